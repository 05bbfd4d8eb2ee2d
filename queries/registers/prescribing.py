"""What practices prescribed: the tables of prescribing by their months."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.counted.practices import (
    MONTH,
    Amounts,
    Prescribed,
    chapters_of,
    parts_of_pounds,
    sum_of,
)
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.store import Store, each_source
from orgmap.graphmodel.term_tables import remembered, term_rows
from orgmap.queries.by_set import kept_with

NAMED = 5
"""So many codes, or months, are named."""

MEANS = (
    "Items count under the practice that prescribed them, in the month for which they were claimed once they were"
    " dispensed: where they were dispensed can be elsewhere. Costs are in pounds: the net ingredient cost is by list"
    " prices, the actual cost less the average discount, with payments for containers and the like."
)
"""What tables of prescribing count, as every answer says."""


@remembered
def chapters() -> dict[str, str]:
    """The names of the chapters of the British National Formulary, by their numbers.

    >>> chapters()["04"]
    'Central Nervous System'
    """
    return {number: name for number, name in term_rows("bnf_chapters.csv")}


def parse_chapter(text: str) -> str:
    """The number of a chapter that was typed: by its number or its name. Raises `WrongUse` for what is none.

    >>> parse_chapter("4"), parse_chapter("skin"), parse_chapter("")
    ('04', '13', '')
    """
    typed = text.strip()
    if not typed:
        return ""
    number = typed.zfill(2)
    named = [one for one, name in chapters().items() if name.lower() == typed.lower()]
    if number in chapters() or named:
        return number if number in chapters() else named[0]
    known = ", ".join(f"{one} {name}" for one, name in chapters().items())
    raise WrongUse(f"“{text}” is no chapter of the British National Formulary. They are: {known}.")


class PrescribingTable:
    """What was prescribed in one month, practice by practice; what is of no practice is kept apart."""

    def __init__(self, month: str) -> None:
        self.month = month
        self._placed: dict[str, Prescribed] = {}
        self._apart: list[Prescribed] = []

    def add(self, row: Prescribed) -> None:
        """Takes a row in."""
        if row.entity:
            self._placed[row.entity] = row
        else:
            self._apart.append(row)

    @property
    def practices(self) -> set[str]:
        """All of which it tells something and which the graph has."""
        return set(self._placed)

    @property
    def sources(self) -> set[str]:
        """The ids of the sources that count."""
        return each_source(row.source for row in (*self._placed.values(), *self._apart))

    def amounts(self, practice: str, chapter: str = "") -> Amounts | None:
        """What a practice prescribed, of one chapter or of all; None if the table does not have it."""
        row = self._placed.get(practice)
        return _of_chapter(row, chapter) if row else None

    def unidentified(self, chapter: str = "") -> Amounts:
        """What prescribers prescribed whom the table has not identified."""
        return sum_of(_of_chapter(row, chapter) for row in self._apart if row.unidentified)

    def unknown(self, chapter: str = "") -> tuple[Amounts, list[str]]:
        """What was prescribed under codes that the graph does not have, and these codes."""
        rows = [row for row in self._apart if not row.unidentified]
        return sum_of(_of_chapter(row, chapter) for row in rows), sorted(row.code for row in rows)

    def total(self, chapter: str = "") -> Amounts:
        """All that the table tells."""
        return sum_of(_of_chapter(row, chapter) for row in (*self._placed.values(), *self._apart))

    def words(self, chapter: str = "") -> str:
        """What is counted, and when."""
        named = f" of chapter {chapter} ({chapters()[chapter]})" if chapter else ""
        return f"items{named} prescribed by practices in {self.month}"


def _of_chapter(row: Prescribed, chapter: str) -> Amounts:
    if chapter:
        return chapters_of(row.chapters).get(chapter, Amounts())
    costs = map(parts_of_pounds, (row.ingredient_cost or 0.0, row.actual_cost or 0.0))
    return Amounts(round(row.items or 0.0), *costs)


class PrescribingTables:
    """All tables of prescribing that a store has, by their months."""

    def __init__(self, store: Store) -> None:
        self._tables: dict[str, PrescribingTable] = {}
        for row in store.listed(Prescribed):
            if row.seen_on:
                month = row.seen_on[:MONTH]
                self._tables.setdefault(month, PrescribingTable(month)).add(row)

    @classmethod
    def of(cls, store: Store) -> PrescribingTables:
        """The tables of a store, kept as long as the store is."""
        return kept_with(store, "prescribing", lambda: cls(store))

    def of_month(self, day: str) -> PrescribingTable:
        """The table of a day's month. Raises `NothingFound` if there is none: another month's tells nothing of it."""
        month = day[:MONTH]
        if found := self._tables.get(month):
            return found
        if self._tables:
            raise NothingFound(
                f"Not known: no table of prescribing of {month} is in the graph. There {_months(self._tables)}."
            )
        raise NothingFound(
            "Not known: no table of prescribing is in the graph. Load one with orgmap load FILE, such as"
            f" EPD_{month.replace('-', '')}.csv."
        )


def _months(months: Iterable[str]) -> str:
    """Which months there are."""
    there = sorted(months)
    if len(there) == 1:
        return f"is one of {there[0]}"
    named = ", ".join(there) if len(there) <= NAMED else f"{len(there):,} from {there[0]} to {there[-1]}"
    return f"are {named}"


def apart_notes(table: PrescribingTable, chapter: str = "") -> list[str]:
    """What of a table is under no body: of prescribers not identified, and of codes that the graph does not have."""
    said = []
    if (unidentified := table.unidentified(chapter)).items:
        said.append(
            f"{unidentified.items:,} items are of prescribers whom the table does not identify, and under no body."
        )
    unknown, codes = table.unknown(chapter)
    if unknown.items:
        named = ", ".join(codes[:NAMED]) + (", …" if len(codes) > NAMED else "")
        practices = "practice" if len(codes) == 1 else "practices"
        said.append(f"{unknown.items:,} items are of {len(codes):,} {practices} that no table has: {named}.")
    return said
