"""What is added to one row of a table: bodies, names and codes in columns, and in a note what must be said of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from graphmodel.dates import day_before
from graphmodel.model import Entity
from graphmodel.store import Store
from graphmodel.text import safe_cell
from graphmodel.vocabulary import kind_of
from queries.find import WHOLE, Share
from queries.horizons import known_to_notes

COLUMNS = (
    "commissioner",
    "commissioner_name",
    "sub_icb_location",
    "system",
    "system_name",
    "region",
    "upper_tier_council",
    "upper_tier_council_name",
    "health_and_wellbeing_board",
    "local_healthwatch",
    "commissioner_code",
    "commissioner_gss",
    "sub_icb_location_code",
    "sub_icb_location_gss",
    "system_code",
    "system_gss",
    "region_code",
    "region_gss",
    "upper_tier_council_gss",
    "note",
)
"""The columns that `annotate` adds, in their order: ids, names, then codes (`_code` is ODS's) of the day."""

_ROLE_OF = {"local_healthwatch": ("local_healthwatch", "link")}
_SCHEMES = {"_code": "ods", "_gss": "gss"}
_PARTS = ("_name", *_SCHEMES)

Cells = tuple[str, ...]
"""One cell for each of `COLUMNS`."""


class Told(NamedTuple):
    """The answer for one row: a cell for each column but the note, and what must be said, sentence by sentence."""

    cells: Cells
    notes: tuple[str, ...] = ()

    def row(self, *before: str) -> Cells:
        """The cells of `COLUMNS`; the note says each sentence once, after those given here.

        >>> Told(NOTHING, ("a", "b")).row("b", "")[-1]
        'b; a'
        """
        return (*self.cells, "; ".join(dict.fromkeys(note for note in (*before, *self.notes) if note)))


NOTHING: Cells = ("",) * (len(COLUMNS) - 1)


def only_note(note: str) -> Told:
    """A row that has no answer."""
    return Told(NOTHING, (note,))


def over_days(answers: list[tuple[str, Told]], asked: str) -> Told:
    """One row for a month or year from the answers of the days on which they may change, in order.

    What is the same all through stands in its column; what differs leaves it blank, and a note tells from when what
    holds.
    """
    changes = [answers[0]]
    for day, told in answers[1:]:
        if told.cells != changes[-1][1].cells:
            changes.append((day, told))
    notes = tuple(note for _, told in answers for note in told.notes)
    if len(changes) == 1:
        return Told(changes[0][1].cells, notes)
    cells, said = [], []
    for number, column in enumerate(COLUMNS[:-1]):
        values = [(day, told.cells[number]) for day, told in changes]
        if len({value for _, value in values}) == 1:
            cells.append(values[0][1])
            continue
        cells.append("")
        id_column = next((column.removesuffix(part) for part in _PARTS if column.endswith(part)), column)
        if id_column == column or not _differs(changes, id_column):
            said.append(f"{column} in {asked}: {_from_when(values)}")
    return Told(tuple(cells), (*said, *notes))


def _differs(changes: list[tuple[str, Told]], column: str) -> bool:
    return len({told.cells[COLUMNS.index(column)] for _, told in changes}) > 1


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

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     Teller(store, []).tell([], "2013-06-01", "area").notes
    ('commissioner not known for that day',)
    """

    def __init__(self, store: Store, borders: list[str]) -> None:
        self._store = store
        self._borders = borders
        self._bodies: dict[tuple[str, int], Entity | None] = {}

    def tell(self, shares: list[Share], at: str, layer: str, notes: Iterable[str] = ()) -> Told:
        """The answer for the bodies of a place or practice (`layer` says which) on a day."""
        cells: dict[str, str] = {}
        said = list(notes)
        shown: list[Share] = []
        for column in COLUMNS[:-1]:
            if column.endswith(_PARTS):
                continue
            having = [share for share in shares if share.fact.role in _ROLE_OF.get(column, (column,))]
            shown += having
            if len(having) == 1 and having[0].share >= WHOLE:
                cells |= self._of_body(column, having[0].fact.body, at)
            elif having:
                parts = ", ".join(f"{share.fact.body} {share.share:.0%}" for share in having)
                how = "in several" if len(having) > 1 else "known for a part only"
                said.append(f"{column} {how}: {parts}")
            elif column == "commissioner":
                # No day in this note: it is kept for every day between two changes.
                said.append("commissioner not known for that day")
        said += _estimated(shown)
        layers = {layer} | {kind for share in shown if (kind := kind_of(share.fact.body))}
        said += [_in_a_cell(note) for note in known_to_notes(self._store, layers, at)]
        return Told(tuple(cells.get(column, "") for column in COLUMNS[:-1]), tuple(said))

    def _of_body(self, column: str, body: str, at: str) -> dict[str, str]:
        """The columns of one role: the body's id, its name and its codes."""
        entity = self.body(body, at)
        codes = dict(entity.codes) if entity else {}
        of_codes = {f"{column}{part}": codes.get(scheme, "") for part, scheme in _SCHEMES.items()}
        return {column: body, f"{column}_name": safe_cell(entity.label if entity else body), **of_codes}

    def body(self, body: str, at: str) -> Entity | None:
        """A body under its name and codes of a day."""
        key = (body, bisect_right(self._borders, at))
        if key not in self._bodies:
            found = self._store.entities(ids=[body], at=at) or self._store.entities(ids=[body])
            self._bodies[key] = found[0] if found else None
        return self._bodies[key]


def _in_a_cell(note: str) -> str:
    return note.removesuffix(".").replace("; ", ", ")


def _estimated(shares: list[Share]) -> list[str]:
    """A sentence for what rests on an estimate, such as the primary care trust of a place."""
    roles = {
        share.fact.role for share in shares if any(fact.basis == "estimated" for fact in share.fact.facts)
    }
    return [f"estimated: {', '.join(sorted(roles))}"] if roles else []
