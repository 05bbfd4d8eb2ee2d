"""The tables as the news sees them: rows of text by column, which may be changed, taken away and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import columns_of, lines_of
from orgmap.loaders.reading import File, Tables


class Cells:
    """One row of a table, whose cells are read and written by the name of their column.

    >>> row = Cells("phases", [""] * 9)
    >>> row["status"] = "enacted"
    >>> row["status"], row["source"]
    ('enacted', '')
    """

    __slots__ = ("_at", "row")

    def __init__(self, table: str, row: list[str]) -> None:
        self._at, self.row = PLACES[table], row

    def __getitem__(self, column: str) -> str:
        return self.row[self._at[column]]

    def __setitem__(self, column: str, cell: str) -> None:
        self.row[self._at[column]] = cell

    def __contains__(self, column: str) -> bool:
        return column in self._at


PLACES = {name: {column: at for at, column in enumerate(table.columns)} for name, table in TABLES.items()}
"""Where each column of each table stands."""


class Book:
    """All rows of all datasets, to be changed in place and then put back into the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._rows: dict[str, list[list[list[str]]]] = {}
        self._gone: set[int] = set()

    def by_file(self, table: str) -> list[list[list[str]]]:
        """The rows of each file of a table."""
        if table not in self._rows:
            files = self.tables.files[table]
            self._rows[table] = [list(map(list, zip(*file.columns, strict=True))) for file in files]
        return self._rows[table]

    def rows(self, table: str) -> Iterator[Cells]:
        """The rows of a table from all datasets."""
        return (
            Cells(table, row) for rows in self.by_file(table) for row in rows if id(row) not in self._gone
        )

    @cached_property
    def bodies(self) -> dict[str, Cells]:
        """Every body by its id."""
        return {row["id"]: row for row in self.rows("entities")}

    @cached_property
    def events(self) -> dict[str, Cells]:
        """Every change by its id."""
        return {row["id"]: row for row in self.rows("events")}

    @cached_property
    def sides(self) -> dict[str, tuple[set[str], set[str]]]:
        """Who was there before each change, and after; those who got only a few strays are neither."""
        found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for row in self.rows("successions"):
            if not row["stray"]:
                found[row["event"]][0].update({row["predecessor"]} - {""})
                found[row["event"]][1].update({row["successor"]} - {""})
        return found

    @cached_property
    def phases(self) -> dict[str, list[Cells]]:
        """The stages of each body."""
        found: dict[str, list[Cells]] = defaultdict(list)
        for row in self.rows("phases"):
            found[row["entity"]].append(row)
        return found

    @cached_property
    def ties(self) -> list[Cells]:
        """All relations."""
        return list(self.rows("relationships"))

    def take_away(self, gone: list[Cells]) -> None:
        """Takes rows out of their table."""
        self._gone |= {id(one.row) for one in gone}

    def add(self, table: str, dataset: str, path: Path | None, line: int, cells: dict[str, str]) -> None:
        """Adds a row that follows from a line of another table's file."""
        row = [cells.get(column, "") for column in TABLES[table].columns]
        self.by_file(table).append([row])
        self.tables.files[table].append(File(dataset, path, columns_of([row], len(row)), [line]))

    def put_back(self) -> None:
        """Puts all rows that were looked at back into the tables; those that stay are still known by their lines."""
        for table, files in self._rows.items():
            for number, (file, rows) in enumerate(zip(self.tables.files[table], files, strict=True)):
                kept = [at for at, row in enumerate(rows) if id(row) not in self._gone]
                columns = columns_of((rows[at] for at in kept), len(file.columns))
                changed = file._replace(columns=columns)
                if len(kept) < len(rows):
                    lines = file.lines or (lines_of(file.path) if file.path else range(2, len(rows) + 2))
                    changed = changed._replace(lines=[lines[at] for at in kept], read=len(rows))
                self.tables.files[table][number] = changed
