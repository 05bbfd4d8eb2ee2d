"""How many people are on the lists of practices: the tables of registered patients by their days."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from orgmap.graphmodel.counted.practices import MONTH, ListSize
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.store import Store, each_source
from orgmap.queries.by_set import kept_with

EVERYONE = ""
"""Stands for every sex."""

SEXES = ("female", "male")

OPEN_END = "+"
"""Ends the last band of ages: 95+."""

OLDEST = 1_000
"""Stands for the end of a band that has none."""


NAMED = 5
"""So many practices without a count are named."""


class AgeBand(NamedTuple):
    """Ages from the first to the last, both included.

    >>> AgeBand.of("0-4"), AgeBand.of("17"), AgeBand.of("95+").last
    (AgeBand(first=0, last=4), AgeBand(first=17, last=17), 1000)
    """

    first: int
    last: int

    @classmethod
    def of(cls, text: str) -> AgeBand:
        """The band that a text writes. Raises `WrongUse` for what is none."""
        first, _, last = text.strip().removesuffix(OPEN_END).partition("-")
        if first.isdecimal() and len(first) < 4 and (not last or (last.isdecimal() and len(last) < 4)):
            open_end = text.strip().endswith(OPEN_END)
            band = cls(int(first), OLDEST if open_end else int(last or first))
            if band.first <= band.last and not (open_end and last):
                return band
        raise WrongUse(f"“{text}” are no ages. Write 0-17, 65+ or 42.")

    @property
    def words(self) -> str:
        """The band as people say it."""
        return f"from {self.first}" + ("" if self.last == OLDEST else f" to {self.last}")


class ListTable:
    """The list sizes of one day: of each practice, everyone or one sex, of all ages or of some."""

    def __init__(self, day: str) -> None:
        self.day = day
        self._rows: dict[str, dict[str, ListSize]] = defaultdict(dict)

    @property
    def words(self) -> str:
        """What is counted, and when."""
        return f"patients registered on {self.day}"

    @property
    def practices(self) -> set[str]:
        """All that the table has."""
        return set(self._rows)

    @property
    def sources(self) -> set[str]:
        """The ids of the sources that count."""
        return each_source(row.source for rows in self._rows.values() for row in rows.values())

    def refuse_undivided(self, sex: str, ages: AgeBand | None) -> None:
        """Raises `NothingFound` if people of a sex or of some ages were asked for, and the table divides none so."""
        asked = [word for word, wanted in (("sex", sex), ("age", ages)) if wanted]
        if asked and all(self.people(one, sex, ages) is None for one in self._rows):
            raise NothingFound(
                f"Not known: the table of {self.day} does not divide its people by {' and '.join(asked)}. Load one"
                " that does, such as gp-reg-pat-prac-quin-age.csv."
            )

    def add(self, row: ListSize) -> None:
        """Takes a row in."""
        self._rows[row.entity][row.sex] = row

    def people(self, practice: str, sex: str = EVERYONE, ages: AgeBand | None = None) -> float | None:
        """How many people are on a list; None if the table does not tell it."""
        rows = self._rows.get(practice, {})
        found = None
        if sex in rows:
            found = _of_ages(rows[sex], ages)
        if found is None and sex == EVERYONE and all(one in rows for one in SEXES):
            parts = [_of_ages(row, ages) for row in rows.values() if row.sex != EVERYONE]
            found = sum(part or 0.0 for part in parts) if None not in parts else None
        return found


def _of_ages(row: ListSize, ages: AgeBand | None) -> float | None:
    """The people of some ages; None if a row does not tell ages. Raises `WrongUse` for a band that cuts another."""
    if ages is None:
        return row.people
    if not row.ages:
        return None
    people = 0.0
    for each in row.ages.split():
        band, _, number = each.partition(":")
        there = AgeBand.of(band)
        if there.first > ages.last or there.last < ages.first:
            continue
        if there.first < ages.first or there.last > ages.last:
            raise WrongUse(f"The table of {row.seen_on} does not divide the people counted {there.words}.")
        people += float(number)
    return people


class ListTables:
    """All tables of list sizes that a store has, by their days."""

    def __init__(self, store: Store) -> None:
        self._tables: dict[str, ListTable] = {}
        for row in store.listed(ListSize):
            if row.seen_on:
                self._tables.setdefault(row.seen_on, ListTable(row.seen_on)).add(row)

    @classmethod
    def of(cls, store: Store) -> ListTables:
        """The tables of a store, kept as long as the store is."""
        return kept_with(store, "list sizes", lambda: cls(store))

    def of_day(self, day: str) -> ListTable:
        """The table of a day's month, or else the last one before it.

        Raises `NothingFound` if no table is so old, or there is none: a later one would tell of another time.
        """
        fitting = [one for one in self._tables if one <= day or one[:MONTH] == day[:MONTH]]
        if fitting:
            return self._tables[max(fitting)]
        if first := min(self._tables, default=""):
            raise NothingFound(
                f"Not known: no table of registered patients is of {day} or earlier; the first is of {first}."
            )
        raise NothingFound(
            "Not known: no table of registered patients is in the graph. Load one with orgmap load FILE, such as"
            " gp-reg-pat-prac-all.csv."
        )


def without_count(missing: list[str], table: ListTable) -> list[str]:
    """What to say of practices that a table of list sizes does not count."""
    if not missing:
        return []
    named = ", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else "")
    have = "practice has" if len(missing) == 1 else "practices have"
    return [f"{len(missing):,} {have} no count in the table of {table.day}: {named}."]
