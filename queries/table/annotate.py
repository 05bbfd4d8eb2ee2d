"""Adding the answers to a table, row by row, however long it is: each cell a place, a practice or a body."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY, AnyDay, Span, as_text, day_of, parse_span, today
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import Place
from orgmap.graphmodel.store import PostcodeRow, Store
from orgmap.graphmodel.stores.postcode_words import ENDED
from orgmap.graphmodel.text import as_postcode, country_of_postcode, with_space
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, the_kind
from orgmap.queries.body.resolve import resolve
from orgmap.queries.coverage import last_horizon, last_planned
from orgmap.queries.place.areas import body_place
from orgmap.queries.place.councils_then import roles_of_area
from orgmap.queries.place.find import (
    bodies_of_parts,
    practice_notes,
    practice_of,
    practice_shares,
    with_itself,
)
from orgmap.queries.place.location import days_of_lists, neighbourhoods, postcode_place, postcodes
from orgmap.queries.place.places import place_of
from orgmap.queries.place.postcodes import other_reading
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.table.change_days import Stretches, find_borders, lives_of_bodies, own_days
from orgmap.queries.table.columns import Cells, Teller, Told, joined, layout, only_note, over_days
from orgmap.queries.table.followed import SUCCESSOR_COLUMNS, Following

__all__ = ["BLOCK", "Added", "Annotator", "Asking", "columns"]

BLOCK = 2000
"""Rows looked up together."""

Key = tuple[str, str, str]
"""A month or year as it was written and taken."""

NO_DAY = -1
"""The era of what is no day: of a month, a year, or what cannot be read."""

CELLS = 50_000
"""So many cells are remembered with the place of each; then all are forgotten."""

DAYS = 2000
"""For so many months and years a place's answers are remembered."""

MANY_ANSWERS = 50_000
"""So many different answers are remembered, so that the same answer is one thing."""


class Added:
    """What is added to all rows that have one answer; who writes them keeps in `text` how it is written."""

    __slots__ = ("cells", "text")

    def __init__(self, cells: Cells) -> None:
        self.cells, self.text = cells, ""


class ByDay:
    """A place, or why there is none, and what is added to a row of it, by what the answer depends on.

    `told` has an answer, once it is known, for the days from each of the eras in `starts` until the next, and behind
    them none, where one looks for what is no day.
    """

    __slots__ = ("ended", "of_spans", "place", "starts", "told")

    def __init__(self, place: Place | str | None, ended: bool) -> None:
        self.place, self.ended = place, ended
        self.starts: list[int] = []
        self.told: list[Added | None] = [None]
        self.of_spans: dict[Key, Added] = {}


NOWHERE = ByDay(None, False)
"""Of a cell that is no known postcode."""

Asking = Callable[[Sequence[str], Sequence[str] | None], list[Added]]
"""Given the cells of rows and their days, tells what is added to each row."""


def columns(to_day: AnyDay | None = None) -> tuple[str, ...]:
    """The columns that are added: with a day to follow bodies to, their successors stand before the note.

    >>> columns("2023-01-01")[-2:]
    ('successor_shares', 'note')
    """
    added = layout().columns
    return (*added[:-1], *SUCCESSOR_COLUMNS, added[-1]) if to_day else added


class Asked(NamedTuple):
    """The days of a row as far as the tables reach, their eras between changes; or what is wrong with them."""

    span: Span
    eras: range
    era: int
    text: str = ""
    wrong: str = ""
    note: str = ""


class Annotator:
    """Answers cells; remembers what it worked out for each area and era, not the rows.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [row] = Annotator(store).rows([["CT9 1AA"]], 0, at="2013-06-01")
    >>> row[1:3]
    ['ccg:10E', 'NHS Thanet CCG']
    """

    def __init__(self, store: Store, kinds: Kinds = None) -> None:
        self.store = store
        self._kinds = chosen_kinds(kinds)
        self.chains = Chains(store)
        borders = find_borders(store)
        self._borders = borders.days
        self._stretches = Stretches(self.chains, borders)
        self._teller = Teller(store, borders)
        self._of_cell: dict[str, ByDay] = {}
        self._places: dict[PostcodeRow, ByDay] = {}
        self._answers: dict[tuple[object, bool], ByDay] = {}
        self._added: dict[Cells, Added] = {}
        self._other = lru_cache(maxsize=20_000)(self._answer_other)
        self._other_days = lru_cache(maxsize=5_000)(self._answer_other_days)
        self._of_area = lru_cache(maxsize=2_000)(partial(roles_of_area, self.chains))
        self._day = lru_cache(maxsize=20_000)(self._read_days)

    @cached_property
    def last(self) -> str:
        """The last day that is answered: a day to come, until the last plan, as last known."""
        return max(last_horizon(self.store), today(), last_planned(self.store))

    @cached_property
    def _all_days(self) -> set[str]:
        """The borders, and the days on which a body that a place may be named after came or went."""
        return {*self._borders, *lives_of_bodies(self.store)}

    def _read_days(self, text: str) -> Asked:
        """The days of a cell, or what is wrong with them."""
        try:
            span = parse_span(text)
        except WrongUse as error:
            return _wrong(str(error) if text.strip() else "no date")
        reach = f"the tables reach from {FIRST_DAY} to {last_horizon(self.store)}"
        near = max(last_horizon(self.store), today())
        latest = near if span.first <= near else self.last
        if span.last < FIRST_DAY or span.first > latest:
            return _wrong(f"not known for {span.first if span.one_day else text.strip()}: {reach}")
        known = Span(max(span.first, FIRST_DAY), min(span.last, latest))
        begun, ended = (bisect_right(self._borders, day) for day in known)
        era = begun if span.one_day else NO_DAY
        note = f"answered for {known.first} to {known.last} of {text.strip()}" if known != span else ""
        return Asked(known, range(begun, ended + 1), era, text.strip(), note=note)

    def rows(
        self,
        rows: Iterable[list[str]],
        column: int,
        at: AnyDay | None = None,
        at_column: int | None = None,
        to_day: AnyDay | None = None,
    ) -> Iterator[list[str]]:
        """Each row with `columns(to_day)` added; `column` holds the place, practice or body, `at_column` the row's day.

        Rows keep their order and their cells. A row that has no answer gets blanks and a note; in a month or year
        that holds two answers, what differs is blank and the note tells both. With `to_day` ended bodies are followed
        to those that are there on that day.
        """
        at = as_text(at) if at else None  # a month or year is more than its first day here
        asking = self.asking(at, to_day)
        waiting = iter(rows)
        while block := list(islice(waiting, BLOCK)):
            days = None if at_column is None else [row[at_column] for row in block]
            added = asking([row[column] for row in block], days)
            yield from ([*row, *more.cells] for row, more in zip(block, added, strict=True))

    def asking(self, at: AnyDay | None = None, to_day: AnyDay | None = None) -> Asking:
        """A function from the cells of some rows, and from their days, to what is added to each of these rows.

        Without days of their own they are answered for `at`. Rows with the same answer get the same thing.
        """
        to_day = day_of(to_day) if to_day else None
        follower = Following(self.store, to_day) if to_day else None
        fixed = self._day(as_text(at) if at else to_day or today())

        def answer(cells: Sequence[str], days: Sequence[str] | None) -> list[Added]:
            asked = [fixed] * len(cells) if days is None else list(map(self._day, days))
            if len(self._of_cell) > CELLS:
                self._of_cell.clear()
            known = self._of_cell
            if new := {cell for cell in cells if cell not in known}:
                self._look_up(new)
            places = [known[cell] for cell in cells]
            added = [
                place.told[bisect_right(place.starts, one.era) - 1]
                for place, one in zip(places, asked, strict=True)
            ]
            if follower is None and None not in added:
                return added  # type: ignore[return-value]
            return [
                one if one and follower is None else self._rest(follower, cell, when, one)
                for one, cell, when in zip(added, cells, asked, strict=True)
            ]

        return answer

    def _rest(self, follower: Following | None, cell: str, asked: Asked, added: Added | None) -> Added:
        """What is added to a row, if it was not worked out yet; with what became of the body in the cell."""
        if asked.wrong:
            added = self._same(only_note(asked.wrong).row())
        elif added is None:
            by_day = self._of_cell[cell]
            if by_day.place is None:
                added = Added(self._answer(cell.strip(), as_postcode(cell), asked).row(asked.note))
            else:
                added = self._of_place(by_day, asked)
        if follower is None:
            return added
        followed = follower.follow("" if as_postcode(cell) else cell.strip(), asked.span.first)
        return self._same(_with_successor(added.cells, *followed))

    def _look_up(self, cells: set[str]) -> None:
        """Remembers for each cell what is known of its postcode; of other cells that they are none."""
        typed = {cell: as_postcode(cell) for cell in cells}
        rows = self.store.postcodes([postcode for postcode in set(typed.values()) if postcode])
        new = {row: postcode for postcode, row in rows.items() if row not in self._places}
        neighbourhoods(self.store).expect({row.code for row in new if row.code})
        for row, postcode in new.items():
            self._places[row] = self._find_place(postcode, row)
        places = self._places
        for cell, one in typed.items():
            found = rows.get(one) if one else None
            self._of_cell[cell] = NOWHERE if found is None or found.moved else places[found]

    def _of_place(self, by_day: ByDay, asked: Asked) -> Added:
        """What is added for the areas of a postcode: worked out once for each stretch of days, month and year."""
        place = by_day.place
        if not by_day.starts:
            areas = [area for area, _ in place.parts] if isinstance(place, Place) else None
            by_day.starts = [0] if areas is None else [0, *self._stretches.of_places(areas)]
            by_day.told = [None] * (len(by_day.starts) + 1)
        if not isinstance(place, Place):
            reason = by_day.told[0] = self._same(only_note(place or "").row())
            return reason
        if not asked.span.one_day:
            key = (asked.text, *asked.span)
            if len(by_day.of_spans) > DAYS:
                by_day.of_spans.clear()
            if key not in by_day.of_spans:
                cells = self._tell_place(by_day, place, asked).row(asked.note)
                by_day.of_spans[key] = self._same(cells)
            return by_day.of_spans[key]
        number = bisect_right(by_day.starts, asked.era) - 1
        added = by_day.told[number]
        if added is None:
            first = by_day.starts[number]
            # Between two borders all days are alike: the first one stands for them.
            day = self._borders[first - 1] if first else asked.span.first
            added = by_day.told[number] = self._same(self._tell_day(place, by_day.ended, day).row())
        return added

    def _same(self, cells: Cells) -> Added:
        """What has these cells: the same thing for the same cells, as long as they are remembered."""
        if len(self._added) > MANY_ANSWERS:
            self._added.clear()
        return self._added.setdefault(cells, Added(cells))

    def _tell_place(self, by_day: ByDay, place: Place, asked: Asked) -> Told:
        """The answer for the areas of a postcode; over several eras what is the same in all of them."""
        answers: list[tuple[str, Told]] = []
        alike = -1
        for era in asked.eras:
            day = self._borders[era - 1] if era else asked.span.first
            first = by_day.starts[bisect_right(by_day.starts, era) - 1]
            same = first == alike
            answers.append((day, answers[-1][1] if same else self._tell_day(place, by_day.ended, day)))
            alike = first
        return over_days(answers, asked.text) if len(answers) > 1 else answers[0][1]

    def _tell_day(self, place: Place, ended: bool, day: str) -> Told:
        shares = bodies_of_parts(self.chains, place.parts, day, self._of_area)
        notes = ["no longer in use; answered for where it lay"] if ended else []
        return self._teller.tell(shares, day, the_kind("ground"), notes)

    def _find_place(self, postcode: str, row: PostcodeRow) -> ByDay:
        """Where postcodes of a neighbourhood lie, with what was told of these areas; or why it is not known."""
        ended = row.seen in ENDED
        try:
            place: Place | str = postcode_place(self.store, postcode, row)
        except NothingFound as error:
            place = str(error).replace(with_space(postcode), "this postcode")
        where = place if isinstance(place, str) else place.parts
        return self._answers.setdefault((where, ended), ByDay(place, ended))

    def _answer(self, cell: str, postcode: str | None, asked: Asked) -> Told:
        """What is added for a cell that is no known postcode, or one that lay elsewhere on another day."""
        if not cell:
            return only_note("empty cell")
        known = postcodes(self.store)[postcode] if postcode else None
        if postcode and known is None and not other_reading(self.store, cell):
            country = country_of_postcode(postcode)
            return only_note(f"not in England: {country}" if country else "postcode not known")
        if asked.span.one_day:
            return self._other(cell, asked.span.first)
        return self._other_days(cell, asked)

    def _answer_other_days(self, cell: str, asked: Asked) -> Told:
        """The answer for a month or year: asked for each day in it on which it may change."""
        first, last = asked.span
        days = set(self._all_days)
        days |= days_of_lists(self.store, cell)
        if practice := practice_of(self.store, cell):
            days |= own_days(self.store, practice)
        within = [first, *sorted(day for day in days if first < day <= last)]
        return over_days([(day, self._other(cell, day)) for day in within], asked.text)

    def _answer_other(self, cell: str, at: str) -> Told:
        """A practice by its listing, anything else as the place that `find` takes it for."""
        try:
            if self._kinds:
                body = resolve(self.store, cell, at, self._kinds)
                place = body_place(self.store, body, at)
                shares = bodies_of_parts(self.chains, place.parts, at, self._of_area)
                shares = with_itself(self.chains, body.id, place, at, shares)
                return self._teller.tell(shares, at, the_kind("ground"), list(place.notes))
            if practice := practice_of(self.store, cell):
                shares = practice_shares(self.chains, practice, at)
                return self._teller.tell(shares, at, practice.kind, practice_notes(cell, practice))
            place = place_of(self.store, cell, at)
            shares = bodies_of_parts(self.chains, place.parts, at, self._of_area)
            shares = with_itself(self.chains, cell, place, at, shares)
            return self._teller.tell(shares, at, the_kind("ground"), [*_taken(place, cell), *place.notes])
        except Ambiguous as error:
            return only_note(f"{error} {'; '.join(error.candidates[:MANY])}{_more(error.candidates)}")
        except OrgmapError as error:
            return only_note(str(error))


MANY = 8
"""So many candidates stand in a note; the rest are counted."""


def _more(candidates: list[str]) -> str:
    return f" and {len(candidates) - MANY} more" if len(candidates) > MANY else ""


def _taken(place: Place, cell: str) -> list[str]:
    """Which place a name was taken for, where the name alone does not say it."""
    known = place.kind == "postcode" or place.label.casefold() == cell.casefold()
    return [] if known else [f"taken as {place.label}"]


def _wrong(note: str) -> Asked:
    return Asked(Span("", ""), range(0), NO_DAY, wrong=note)


def _with_successor(cells: Cells, successor: Cells, note: str) -> Cells:
    return (*cells[:-1], *successor, joined((note, cells[-1])))
