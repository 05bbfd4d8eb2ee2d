"""Adding the answers to a table, row by row, however long it is: each cell a place, a practice or a body."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY, AnyDay, Span, as_text, day_of, parse_span, today
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import Place
from orgmap.graphmodel.store import PostcodeRow, Store
from orgmap.graphmodel.text import as_postcode, country_of_postcode, with_space
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, the_kind
from orgmap.queries.body.resolve import resolve
from orgmap.queries.coverage import last_horizon
from orgmap.queries.place.areas import body_place
from orgmap.queries.place.councils_then import roles_of_area
from orgmap.queries.place.find import (
    bodies_of_parts,
    practice_notes,
    practice_of,
    practice_shares,
    with_itself,
)
from orgmap.queries.place.location import postcode_place
from orgmap.queries.place.places import place_of
from orgmap.queries.place.postcodes import other_reading
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.table.change_days import find_borders, lives_of_bodies, own_days
from orgmap.queries.table.columns import Cells, Teller, Told, joined, layout, only_note, over_days
from orgmap.queries.table.followed import SUCCESSOR_COLUMNS, Following

__all__ = ["BLOCK", "Annotator", "columns"]

BLOCK = 2000
"""Rows looked up together."""

ENDED = ("terminated", "2014")
"""Lists whose postcodes are no longer in use."""

Key = int | tuple[str, str, str]
"""What the answer for a place depends on: the era of a day, or a month or year as it was written and taken."""

Answers = dict[Key, Cells]
"""What is added to a row of a place."""


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
    key: Key
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
        self.last = max(last_horizon(store), today())
        borders = find_borders(store)
        self._borders = borders.days
        self._teller = Teller(store, borders)
        self._places: dict[PostcodeRow, tuple[Place | str, Answers]] = {}
        self._answers: dict[tuple[tuple[tuple[str, float], ...], bool], Answers] = {}
        self._other = lru_cache(maxsize=200_000)(self._answer_other)
        self._other_days = lru_cache(maxsize=20_000)(self._answer_other_days)
        self._of_area = lru_cache(maxsize=20_000)(partial(roles_of_area, self.chains))
        self._day = lru_cache(maxsize=50_000)(self._read_days)

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
        if span.last < FIRST_DAY or span.first > self.last:
            return _wrong(f"not known for {span.first if span.one_day else text.strip()}: {reach}")
        known = Span(max(span.first, FIRST_DAY), min(span.last, self.last))
        first, last = (bisect_right(self._borders, day) for day in known)
        key = first if span.one_day else (text.strip(), *known)
        note = f"answered for {known.first} to {known.last} of {text.strip()}" if known != span else ""
        return Asked(known, range(first, last + 1), key, text.strip(), note=note)

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
        to_day = day_of(to_day) if to_day else None
        follower = Following(self.store, to_day) if to_day else None
        block: list[list[str]] = []
        for row in rows:
            block.append(row)
            if len(block) >= BLOCK:
                yield from self._block(block, column, at or to_day, at_column, follower)
                block = []
        if block:
            yield from self._block(block, column, at or to_day, at_column, follower)

    def _block(
        self,
        block: list[list[str]],
        column: int,
        at: str | None,
        at_column: int | None,
        follower: Following | None,
    ) -> Iterator[list[str]]:
        postcodes = [as_postcode(row[column]) for row in block]
        known = self.store.postcodes(list({postcode for postcode in postcodes if postcode}))
        fixed = self._day(at or today())
        for row, postcode in zip(block, postcodes, strict=True):
            asked = fixed if at_column is None else self._day(row[at_column])
            if asked.wrong:
                cells = only_note(asked.wrong).row()
            elif postcode is None or not (found := known.get(postcode)):
                cells = self._answer(row[column].strip(), postcode, asked).row(asked.note)
            else:
                cells = self._answer_postcode(postcode, found, asked)
            if follower:
                followed = follower.follow("" if postcode else row[column].strip(), asked.span.first)
                cells = _with_successor(cells, *followed)
            yield [*row, *cells]

    def _answer_postcode(self, postcode: str, row: PostcodeRow, asked: Asked) -> Cells:
        """What is added for a known postcode: worked out once for each set of areas and stretch of eras."""
        known = self._places.get(row)
        if known is None:
            known = self._places[row] = self._find_place(postcode, row)
        place, answers = known
        if isinstance(place, str):
            return only_note(place).row()
        cells = answers.get(asked.key)
        if cells is None:
            cells = answers[asked.key] = self._tell_place(place, row.seen in ENDED, asked).row(asked.note)
        return cells

    def _tell_place(self, place: Place, ended: bool, asked: Asked) -> Told:
        """The answer for the areas of a postcode; over several eras what is the same in all of them."""
        notes = ["no longer in use; answered for where it lay"] if ended else []
        answers = []
        for era in asked.eras:
            # Between two borders all days are alike: the first one stands for them, so that areas are asked once.
            day = self._borders[era - 1] if era else asked.span.first
            shares = bodies_of_parts(self.chains, place.parts, day, self._of_area)
            answers.append((day, self._teller.tell(shares, day, the_kind("ground"), notes)))
        return over_days(answers, asked.text) if len(answers) > 1 else answers[0][1]

    def _find_place(self, postcode: str, row: PostcodeRow) -> tuple[Place | str, Answers]:
        """Where postcodes of a neighbourhood lie, with what was told of these areas; or why it is not known."""
        try:
            place = postcode_place(self.store, postcode, row.code, row.seen)
        except NothingFound as error:
            return str(error).replace(with_space(postcode), "this postcode"), {}
        return place, self._answers.setdefault((place.parts, row.seen in ENDED), {})

    def _answer(self, cell: str, postcode: str | None, asked: Asked) -> Told:
        """What is added for a cell that is no known postcode."""
        if not cell:
            return only_note("empty cell")
        if postcode and not other_reading(self.store, cell):
            country = country_of_postcode(postcode)
            return only_note(f"not in England: {country}" if country else "postcode not known")
        if asked.span.one_day:
            return self._other(cell, asked.span.first)
        return self._other_days(cell, asked)

    def _answer_other_days(self, cell: str, asked: Asked) -> Told:
        """The answer for a month or year: asked for each day in it on which it may change."""
        first, last = asked.span
        days = set(self._all_days)
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
    return Asked(Span("", ""), range(0), 0, wrong=note)


def _with_successor(cells: Cells, successor: Cells, note: str) -> Cells:
    return (*cells[:-1], *successor, joined((note, cells[-1])))
