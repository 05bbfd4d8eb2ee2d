"""Adding the answers to a table, row by row, however long it is: each cell a place, a practice or a code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from graphmodel.dates import FIRST_DAY, parse_day, today
from graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from graphmodel.model import Place
from graphmodel.store import PostcodeRow, Store
from graphmodel.text import as_postcode, country_of_postcode, safe_cell, with_space
from graphmodel.vocabulary import kind_of
from queries.areas import body_place
from queries.chains import UP, Chains
from queries.find import WHOLE, Share, bodies_of_parts, practice_shares
from queries.horizons import last_horizon
from queries.places import postcode_place
from queries.resolve import resolve

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
    "note",
)
"""The columns that `annotate` adds, in their order."""

BLOCK = 2000
"""Rows looked up together."""

ENDED = ("terminated", "2014")
"""Lists whose postcodes are no longer in use."""

Answers = dict[int, tuple[str, ...]]
"""What is added to a row, by era."""

_ROLE_OF = {"local_healthwatch": ("local_healthwatch", "link")}


class Told(NamedTuple):
    """What is added to one row."""

    cells: tuple[str, ...]


class Annotator:
    """Answers cells; remembers what it worked out for each area and era, not the rows.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     [row] = Annotator(store).rows([["CT9 1AA"]], 0, at="2013-06-01")
    >>> row[1:3]
    ['ccg:10E', 'NHS Thanet CCG']
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chains = Chains(store)
        self.last = max(last_horizon(store), today())
        self._borders = self._find_borders()
        self._names: dict[tuple[str, int], str] = {}
        self._places: dict[PostcodeRow, tuple[Place | str, Answers]] = {}
        self._answers: dict[tuple[tuple[tuple[str, float], ...], bool], Answers] = {}
        self._other = lru_cache(maxsize=200_000)(self._answer_other)
        self._of_area = lru_cache(maxsize=20_000)(self.chains.of_area)
        self._day = lru_cache(maxsize=50_000)(self._read_day)

    def _find_borders(self) -> list[str]:
        """Every day on which anything around an area changed: between two of them all answers are the same."""
        facts = self.store.relationships(verbs=["covers", "holds_contract_with"])
        bodies = {fact.subject for fact in facts}
        seen: set[str] = set()
        while bodies - seen:
            new = bodies - seen
            seen |= new
            above = self.store.relationships(subjects=new, verbs=UP)
            facts += above
            bodies |= {fact.object for fact in above}
        councils = {body for body in seen if body.startswith("council:")}
        facts += self.store.relationships(objects=councils, verbs=["part_of"])
        days = {day for fact in facts for day in (fact.valid_from, fact.valid_until) if day}
        for entity in self.store.entities(ids=seen):
            for word in self.store.details(entity.id).names:
                days |= {day for day in (word.valid_from, word.valid_until) if day}
        return sorted(days)

    def _read_day(self, text: str) -> tuple[str, int, str]:
        """A cell's day as (ISO text, era, what is wrong with it)."""
        try:
            day = parse_day(text)
        except WrongUse as error:
            return "", 0, str(error) if text.strip() else "no date"
        if not FIRST_DAY <= day <= self.last:
            return (
                "",
                0,
                f"not known for {day}: the tables reach from {FIRST_DAY} to {last_horizon(self.store)}",
            )
        return day, bisect_right(self._borders, day), ""

    def rows(
        self, rows: Iterable[list[str]], column: int, at: str | None = None, at_column: int | None = None
    ) -> Iterator[list[str]]:
        """Each row with `COLUMNS` added; `column` holds the place or code, `at_column` the row's own day.

        Rows keep their order and their cells. A row that has no answer gets blanks and a note.
        """
        block: list[list[str]] = []
        for row in rows:
            block.append(row)
            if len(block) >= BLOCK:
                yield from self._block(block, column, at, at_column)
                block = []
        if block:
            yield from self._block(block, column, at, at_column)

    def _block(
        self, block: list[list[str]], column: int, at: str | None, at_column: int | None
    ) -> Iterator[list[str]]:
        postcodes = [as_postcode(row[column]) for row in block]
        known = self.store.postcodes(list({postcode for postcode in postcodes if postcode}))
        fixed = self._day(at or today())
        for row, postcode in zip(block, postcodes, strict=True):
            day, era, wrong = fixed if at_column is None else self._day(row[at_column])
            if wrong:
                yield [*row, *_only_note(wrong)]
            elif postcode is None:
                yield [*row, *self._other(row[column].strip(), day)]
            elif found := known.get(postcode):
                yield [*row, *self._answer_postcode(postcode, found, day, era)]
            else:
                country = country_of_postcode(postcode)
                yield [*row, *_only_note(f"not in England: {country}" if country else "postcode not known")]

    def _answer_postcode(self, postcode: str, row: PostcodeRow, at: str, era: int) -> tuple[str, ...]:
        """What is added for a known postcode: worked out once for each set of areas and era."""
        known = self._places.get(row)
        if known is None:
            known = self._places[row] = self._find_place(postcode, row)
        place, answers = known
        if isinstance(place, str):
            return _only_note(place)
        told = answers.get(era)
        if told is None:
            notes = ["no longer in use; answered for where it lay"] if row.seen in ENDED else []
            # Between two borders all days are alike: the first one stands for them, so that areas are asked once.
            day = self._borders[era - 1] if era else at
            shares = bodies_of_parts(self.chains, place.parts, day, self._of_area)
            told = answers[era] = self._tell(shares, at, notes)
        return told

    def _find_place(self, postcode: str, row: PostcodeRow) -> tuple[Place | str, Answers]:
        """Where postcodes of a neighbourhood lie, with what was told of these areas; or why it is not known."""
        try:
            place = postcode_place(self.store, postcode, row.code, row.seen)
        except NothingFound as error:
            return str(error).replace(with_space(postcode), "this postcode"), {}
        return place, self._answers.setdefault((place.parts, row.seen in ENDED), {})

    def _answer_other(self, cell: str, at: str) -> tuple[str, ...]:
        """A practice's code or any body's code or name; its bodies, or those of its area."""
        if not cell:
            return _only_note("empty cell")
        try:
            body = resolve(self.store, cell, at)
            if kind_of(body.id) == "gp_practice":
                return self._tell(practice_shares(self.chains, body, at), at, [])
            if not body.period.holds(at):
                return _only_note(f"{body.label} was not in force on {at}")
            place = body_place(self.store, body, at)
            return self._tell(bodies_of_parts(self.chains, place.parts, at), at, list(place.notes))
        except Ambiguous:
            return _only_note(f"“{cell}” could be several bodies")
        except OrgmapError as error:
            text = str(error).partition(" Did you mean")[0].removesuffix(" Try orgmap search.")
            return _only_note(
                text if not isinstance(error, NothingFound) else f"“{cell}” is not known: {text}"
            )

    def _tell(self, shares: list[Share], at: str, notes: list[str]) -> tuple[str, ...]:
        cells: dict[str, str] = {}
        for column in COLUMNS[:-1]:
            role = column.removesuffix("_name")
            if column != role:
                body = cells[role]
                cells[column] = self._name(body, at) if body else ""
                continue
            having = [share for share in shares if share.fact.role in _ROLE_OF.get(role, (role,))]
            if len(having) == 1 and having[0].share >= WHOLE:
                cells[column] = having[0].fact.body
            else:
                cells[column] = ""
                if having:
                    parts = ", ".join(f"{share.fact.body} {share.share:.0%}" for share in having)
                    how = "in several" if len(having) > 1 else "known for a part only"
                    notes = [*notes, f"{role} {how}: {parts}"]
                elif role == "commissioner":
                    # No day in this note: it is kept for every day between two changes.
                    notes = [*notes, "commissioner not known for that day"]
        return (*(cells[column] for column in COLUMNS[:-1]), "; ".join(notes))

    def _name(self, body: str, at: str) -> str:
        key = (body, bisect_right(self._borders, at))
        if key not in self._names:
            found = self.store.entities(ids=[body], at=at) or self.store.entities(ids=[body])
            self._names[key] = safe_cell(found[0].label if found else body)
        return self._names[key]


def _only_note(note: str) -> tuple[str, ...]:
    return (*("" for _ in COLUMNS[:-1]), note)
