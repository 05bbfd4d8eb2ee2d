"""What is added to one row of a table: bodies, names and codes in columns, and in a note what must be said of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import Entity, whose
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import remembered
from orgmap.graphmodel.text import safe_cell
from orgmap.graphmodel.vocabulary import kind_of, roles
from orgmap.queries.coverage import known_to_notes
from orgmap.queries.place.find import WHOLE, Share
from orgmap.queries.table.change_days import Borders

_SCHEMES = {"_code": "ods", "_gss": "gss"}
_PARTS = ("_name", *_SCHEMES)


class AddedColumns(NamedTuple):
    """The columns that `annotate` adds, in their order: ids, names, then codes (`_code` is ODS's) of the day, a note.

    `of_role` has the column for each role, `places` for each column of ids where the body's name and codes go.
    """

    columns: tuple[str, ...]
    of_role: dict[str, str]
    places: dict[str, tuple[tuple[int, str], ...]]


@remembered
def layout() -> AddedColumns:
    """The columns for the roles that there are: own kinds may have some of their own.

    >>> layout().columns[0], layout().columns[-1]
    ('commissioner', 'note')
    """
    of_role = {role.role: role.column for role in roles().values() if role.column}
    # What is told of a body in a column beside its id, by the first role that has it.
    codes = {role.column: role.codes for role in reversed(roles().values()) if role.column}
    columns = []
    for column in dict.fromkeys(of_role.values()):
        columns += [column, *(f"{column}_name" for word in codes[column] if word == "name")]
    for column in dict.fromkeys(of_role.values()):
        columns += [f"{column}_{word}" for word in codes[column] if word != "name"]
    index = {column: number for number, column in enumerate(columns)}
    places = {
        column: tuple((index[f"{column}{part}"], part) for part in _PARTS if f"{column}{part}" in index)
        for column in index
        if not column.endswith(_PARTS)
    }
    return AddedColumns((*columns, "note"), of_role, places)


_Named = tuple[str, ...]
"""What stands in the columns of `_PARTS`."""

NEARLY_ALL = 0.995
"""A body with at least this share of a place is told as the one of all of it: in whole percents it has 100."""

LAST = "9999-12-31"
"""Later than every day."""

Cells = tuple[str, ...]
"""One cell for each of the columns."""


class Told(NamedTuple):
    """The answer for one row: a cell for each column but the note, and what must be said, sentence by sentence."""

    cells: Cells
    notes: tuple[str, ...] = ()

    def row(self, *before: str) -> Cells:
        """The cells of all columns; the note says each sentence once, after those given here.

        >>> Told(nothing(), ("a", "b.")).row("b.", "")[-1]
        'b; a'
        """
        return (*self.cells, joined((*before, *self.notes)))


def nothing() -> Cells:
    """Blank cells for all columns but the note."""
    return ("",) * (len(layout().columns) - 1)


def joined(notes: Iterable[str]) -> str:
    """Sentences in one cell, each once, a full stop only behind the last.

    >>> joined(["Taken as Kent.", "", "Not known.", "Taken as Kent."])
    'Taken as Kent; Not known.'
    """
    *before, last = list(dict.fromkeys(note for note in notes if note)) or [""]
    return "; ".join([*(note.removesuffix(".") for note in before), last])


def only_note(note: str) -> Told:
    """A row that has no answer."""
    return Told(nothing(), (note,))


def over_days(answers: list[tuple[str, Told]], asked: str) -> Told:
    """One row for a month or year from the answers of the days on which they may change, in order.

    What is the same all through stands in its column; what differs leaves it blank, and a note tells from when what
    holds.
    """
    changes = [answers[0]]
    for day, answer in answers[1:]:
        if answer.cells != changes[-1][1].cells:
            changes.append((day, answer))
    notes = tuple(note for _, answer in answers for note in answer.notes)
    if len(changes) == 1:
        return Told(changes[0][1].cells, notes)
    cells, said = [], []
    for number, column in enumerate(layout().columns[:-1]):
        values = [(day, answer.cells[number]) for day, answer in changes]
        if len({value for _, value in values}) == 1:
            cells.append(values[0][1])
            continue
        cells.append("")
        id_column = next((column.removesuffix(part) for part in _PARTS if column.endswith(part)), column)
        if id_column == column or not _differs(changes, id_column):
            said.append(f"{column} in {asked}: {_from_when(values)}")
    return Told(tuple(cells), (*said, *notes))


def _differs(changes: list[tuple[str, Told]], column: str) -> bool:
    return len({answer.cells[layout().columns.index(column)] for _, answer in changes}) > 1


def _from_when(values: list[tuple[str, str]]) -> str:
    """“pct:5QA to 2013-03-31, ccg:10E from 2013-04-01”: each value with its days, a value that goes on told once."""
    runs = [values[0]]
    for day, value in values[1:]:
        if value != runs[-1][1]:
            runs.append((day, value))
    words = []
    for number, (day, value) in enumerate(runs):
        start = f" from {day}" if number else ""
        end = f" to {day_before(runs[number + 1][0])}" if number + 1 < len(runs) else ""
        words.append(f"{value or 'none'}{start}{end}")
    return ", ".join(words)


class Teller:
    """Puts the bodies of a place into columns, under their names and codes of the day.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     Teller(store, Borders([], frozenset())).tell([], "2013-06-01", "area").notes
    ('commissioner not known for that day',)
    """

    def __init__(self, store: Store, borders: Borders) -> None:
        self._store = store
        self._layout = layout()
        self._borders = borders
        self._bodies: dict[int, dict[str, _Named]] = {}
        self._alike: dict[_Named, _Named] = {}
        self._beyond: dict[int, list[tuple[str, frozenset[str]]]] = {}
        self._abouts = store.about()

    def tell(self, shares: list[Share], at: str, layer: str, notes: Iterable[str] = ()) -> Told:
        """The answer for the bodies of a place or practice (`layer` says which) on a day."""
        era = bisect_right(self._borders.days, at)
        cells, said = list(nothing()), list(notes)
        by_role: dict[str, list[Share]] = {}
        for share in shares:
            if column := self._layout.of_role.get(share.holder.role):
                by_role.setdefault(column, []).append(share)
        for column, places in self._layout.places.items():
            having = by_role.get(column)
            if having is None:
                if column == "commissioner":
                    # No day in this note: it is kept for every day between two changes.
                    said.append("commissioner not known for that day")
            elif most := _as_good_as_all(having):
                self._fill(cells, column, places, most.holder.body, at, era)
                if most.share < WHOLE or len(having) > 1:
                    rest = [share.holder.body for share in having if share != most] or ["not known"]
                    said.append(f"{column} for next to nothing of it: {', '.join(rest)}")
            else:
                parts = ", ".join(f"{share.holder.body} {share.share:.0%}" for share in having)
                how = "in several" if len(having) > 1 else "known for a part only"
                said.append(f"{column} {how}: {parts}")
        said += [*_estimated(by_role), *_yours(by_role)]
        named = {share.holder.body for having in by_role.values() for share in having}
        if ends := sum(self._borders.to_end.get(body, LAST) <= at for body in named):
            said.append(
                f"{ends} planned end{'' if ends == 1 else 's'} of these bodies until then: see orgmap plans"
            )
        if beyond := self._beyond_horizon(era, at):
            kinds = {layer, *(kind_of(one.holder.body) for having in by_role.values() for one in having)}
            said += [note for note, of in beyond if kinds & of]
        return Told(tuple(cells), tuple(said))

    def _fill(
        self, cells: list[str], column: str, places: tuple[tuple[int, str], ...], body: str, at: str, era: int
    ) -> None:
        """Puts a body's id, name and codes into the columns of its role."""
        cells[self._layout.columns.index(column)] = body
        if not places:
            return
        named = self._body(body, at, era)
        for index, part in places:
            cells[index] = named[_PARTS.index(part)]

    def _body(self, body: str, at: str, era: int) -> _Named:
        """The name and codes of a body on a day; those of an era are asked for together."""
        known = self._bodies.get(era)
        if known is None:
            together = self._store.entities(ids=self._borders.bodies, at=at)
            known = self._bodies[era] = {entity.id: self._named(entity) for entity in together}
        if body not in known:
            found = self._store.entities(ids=[body], at=at) or self._store.entities(ids=[body])
            known[body] = self._named(found[0] if found else Entity(body, "", body, None, None))
        return known[body]

    def _named(self, entity: Entity) -> _Named:
        """What stands in the columns of a body; most bodies are called alike in era after era, and kept once."""
        codes = dict(entity.codes)
        named = (safe_cell(entity.label), *(codes.get(scheme, "") for scheme in _SCHEMES.values()))
        return self._alike.setdefault(named, named)

    def _beyond_horizon(self, era: int, at: str) -> list[tuple[str, frozenset[str]]]:
        """What must be said on a day beyond the horizon of a table, with the kinds of body it holds for."""
        if era not in self._beyond:
            self._beyond[era] = [
                (_in_a_cell(note), frozenset(about.kinds))
                for about in self._abouts
                for note in known_to_notes([about], about.kinds, at)
            ]
        return self._beyond[era]


def _in_a_cell(note: str) -> str:
    return note.removesuffix(".").replace("; ", ", ")


def _as_good_as_all(having: list[Share]) -> Share | None:
    """The body that has the whole place, or all of it but what would be told as nothing; None if it is split.

    A few postcodes of an outcode beyond a border make no split of it.
    """
    most = max(having, key=lambda share: share.share)
    several = sum(share.share >= 1 - NEARLY_ALL for share in having) > 1
    return most if most.share >= NEARLY_ALL and not several else None


def _estimated(by_role: dict[str, list[Share]]) -> list[str]:
    """A sentence for what rests on an estimate, such as the primary care trust of a place."""
    roles = [
        role
        for role, having in by_role.items()
        if any(
            relationship.basis == "estimated"
            for share in having
            for relationship in share.holder.relationships
        )
    ]
    return [f"estimated: {', '.join(sorted(roles))}"] if roles else []


def _yours(by_role: dict[str, list[Share]]) -> list[str]:
    """A sentence for what a user's own tables say."""
    found = {
        (yours, role)
        for role, having in by_role.items()
        for share in having
        for relationship in share.holder.relationships
        if (yours := whose(relationship.source))
    }
    folders = sorted({folder for folder, _ in found})
    return [
        f"from your own tables ({folder}): {', '.join(sorted(role for one, role in found if one == folder))}"
        for folder in folders
    ]
