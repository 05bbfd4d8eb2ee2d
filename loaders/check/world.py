"""The tables as the check sees them: whole columns, who lived when, and where a row stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain, repeat
from typing import NamedTuple

from orgmap.graphmodel.model import YOURS
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import line_of
from orgmap.loaders.reading import Tables

OPEN = ("", "9999-12-31")
"""What a blank start or end counts as where days are compared."""


class Finding(NamedTuple):
    """A rule that a row breaks: which rule, which row of which table, and what is wrong in a sentence."""

    rule: str
    table: str
    row: int
    said: str


class Lifetime(NamedTuple):
    """From which day to before which day something is; a blank start is before all, a blank end after all."""

    start: str
    end: str

    def has(self, other: Lifetime) -> bool:
        """Whether the other lies within it."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Lifetime) -> bool:
        """Whether there is a day in both."""
        return self.start < other.end and other.start < self.end


class World:
    """All rows of all datasets, by table and by column."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._columns: dict[tuple[str, str], Sequence[str]] = {}
        self._distinct: dict[tuple[str, str], frozenset[str]] = {}
        self._periods: dict[str, list[Lifetime]] = {}

    def column(self, table: str, name: str) -> Sequence[str]:
        """The cells of one column, row by row."""
        if (table, name) not in self._columns:
            place = TABLES[table].columns.index(name)
            parts = [file.columns[place] for file in self.tables.files[table]]
            self._columns[table, name] = parts[0] if len(parts) == 1 else list(chain(*parts))
        return self._columns[table, name]

    def row(self, table: str, number: int) -> list[str]:
        """The cells of one row."""
        return [self.column(table, name)[number] for name in TABLES[table].columns]

    def distinct(self, table: str, name: str) -> frozenset[str]:
        """The different cells of one column."""
        if (table, name) not in self._distinct:
            self._distinct[table, name] = frozenset(self.column(table, name))
        return self._distinct[table, name]

    def cells(self, table: str, *names: str) -> Iterator[tuple[str, ...]]:
        """Some columns side by side, row by row."""
        return zip(*(self.column(table, name) for name in names), strict=True)

    def periods(self, table: str) -> list[Lifetime]:
        """The period of each row of a table."""
        if table not in self._periods:
            pairs = list(
                zip(self.column(table, "valid_from"), self.column(table, "valid_until"), strict=True)
            )
            lives = {(start, end): Lifetime(start, end or OPEN[1]) for start, end in set(pairs)}
            self._periods[table] = [lives[pair] for pair in pairs]
        return self._periods[table]

    @cached_property
    def lives(self) -> dict[str, Lifetime]:
        """When every body lived."""
        return dict(zip(self.column("entities", "id"), self.periods("entities"), strict=True))

    @cached_property
    def whole_lives(self) -> dict[str, Lifetime]:
        """The same with the phases before and after the legal life, in which a body was in the making or planned."""
        lives = dict(self.lives)
        for body, period in zip(self.column("phases", "entity"), self.periods("phases"), strict=True):
            if body in lives:
                start, end = lives[body]
                lives[body] = Lifetime(min(start, period.start), max(end, period.end))
        return lives

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """The kind of every body."""
        return dict(self.cells("entities", "id", "kind"))  # type: ignore[arg-type]

    def key(self, table: str, row: int) -> str:
        """What tells a row from the others, for people."""
        return _KEYS.get(table, _key)(table, self.row(table, row))

    def fault(self, rule: str, table: str, row: int, said: str) -> Finding:
        """A finding about one row, which its sentence names."""
        return Finding(rule, table, row, f"{table} {self.key(table, row)}: {said}")

    def to_mend(self, table: str, row: int, *others: int) -> int:
        """Of rows that clash the one to mend: the first that is named, unless only another is a user's own."""
        bundled = sum(file.size for file in self.tables.files[table] if not file.dataset.startswith(YOURS))
        return row if row >= bundled else next((one for one in others if one >= bundled), row)

    def place(self, table: str, row: int) -> tuple[str, int]:
        """The file and the line of a row; of a row in memory nothing and its number."""
        for file in self.tables.files[table]:
            if row < file.size:
                if file.lines:
                    return str(file.path), file.lines[row]
                return (str(file.path), line_of(file.path, row)) if file.path else ("", row + 2)
            row -= file.size
        raise IndexError(row)

    def dataset(self, table: str) -> Iterator[str]:
        """The dataset of each row of a table."""
        for file in self.tables.files[table]:
            yield from repeat(file.dataset, file.size)


def _key(table: str, row: list[str]) -> str:
    columns = TABLES[table].columns
    return " ".join(row[columns.index(name)] for name in TABLES[table].key).strip()


_KEYS: dict[str, Callable[[str, list[str]], str]] = {
    "place_names": lambda table, row: f"{row[0]} ({row[1]})",
    "place_codes": lambda table, row: f"{row[0]} ({row[2]})",
    "postcodes": lambda table, row: f"{row[0]} {row[1].partition(' ')[0]}",
}
"""How rows are named whose key would say too much."""

Rule = Callable[[World], Iterator[Finding]]
"""A rule of the tables: finds the rows that break it. `graphmodel/terms/rules.csv` says each in a sentence."""
