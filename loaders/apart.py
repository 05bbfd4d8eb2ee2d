"""Two folders of tables side by side: which facts came, ended, changed their status or day, went or are worded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.check import MANY, messages
from orgmap.loaders.reading import Tables

ADDED, ENDED, STATUS, DAY, GONE, WORDS = "added", "ended", "status", "day", "gone", "words"
ORDER = (ENDED, STATUS, DAY, ADDED, GONE, WORDS)
"""What may become of a fact between two editions of the tables, in the order in which it is told."""

_ENDS = "valid_until"
_WHEN = ("valid_from", "status")
"""Columns of a key that may change while the fact stays the same one."""


class Apart(NamedTuple):
    """One fact that differs: what became of it, its table and key, in words, and its cells that are others now."""

    change: str
    table: str
    id: str
    name: str
    columns: dict[str, tuple[str, str]]
    source: str

    def to_json(self) -> dict[str, Any]:
        """The difference as scripts get it."""
        columns = {column: {"was": was, "is": now} for column, (was, now) in self.columns.items()}
        return {**self._asdict(), "columns": columns, "source": self.source.split()}


def tables_apart(old: Path, new: Path) -> list[Apart]:
    """Every fact that differs between two folders of tables, as they are read: with the news of plans applied.

    Raises `DataBroken` with file and line for a folder that the check refuses, `WrongUse` for what is no folder.
    """
    before, after = _whole(old), _whole(new)
    names = {row[0]: row[2] for tables in (before, after) for row in tables.text("entities")}
    found = [one for table in TABLES for one in _of_table(table, before, after, names)]
    return sorted(found, key=lambda one: (ORDER.index(one.change), [*TABLES].index(one.table), one.id))


def _whole(folder: Path) -> Tables:
    if not folder.is_dir():
        raise WrongUse(f"{folder} is not a folder of tables. Name one that holds datasets, like data/.")
    tables = Tables.of_folder(folder)
    if found := messages(folder, tables):
        many = (
            f" ({'at least ' if len(found) >= MANY else ''}{len(found):,} in all)" if len(found) > 1 else ""
        )
        raise DataBroken(f"{found[0]}{many} Nothing was compared.")
    return tables


def _of_table(table: str, before: Tables, after: Tables, names: dict[str, str]) -> Iterator[Apart]:
    """The differences in one table; rows of one fact are paired in the order of their days."""
    old = {tuple(row) for row in before.text(table)}
    new = {tuple(row) for row in after.text(table)}
    groups: dict[tuple[str, ...], tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    columns = TABLES[table].columns
    key = [columns.index(name) for name in TABLES[table].key if name not in _WHEN]
    for side, rows in enumerate((old - new, new - old)):
        for row in sorted(rows):
            groups[tuple(row[at] for at in key)][side].append(row)
    for fact, (gone, come) in groups.items():
        called = " ".join(filter(None, fact))
        name = " ".join(names.get(part) or part for part in fact if part)
        for was, now in zip(gone, come, strict=False):
            cells = {column: (a, b) for column, a, b in zip(columns, was, now, strict=True) if a != b}
            yield Apart(_change(cells), table, called, name, cells, _source(table, now))
        for row in gone[len(come) :]:
            yield Apart(GONE, table, called, name, _said(table, row, 0), _source(table, row))
        for row in come[len(gone) :]:
            yield Apart(ADDED, table, called, name, _said(table, row, 1), _source(table, row))


def _change(cells: dict[str, tuple[str, str]]) -> str:
    """The word for what became of a fact whose cells changed so."""
    if "status" in cells:
        return STATUS
    if _ENDS in cells and not cells[_ENDS][0]:
        return ENDED
    days = {column.name for table in TABLES.values() for column in table.declared if column.type == "day"}
    return DAY if (days - {"stated_on", "as_of"}) & cells.keys() else WORDS


def _said(table: str, row: tuple[str, ...], side: int) -> dict[str, tuple[str, str]]:
    """What the cells of a row say that is there on one side only."""
    pairs = zip(TABLES[table].columns, row, strict=True)
    return {column: ("", cell) if side else (cell, "") for column, cell in pairs if cell}


def _source(table: str, row: tuple[str, ...]) -> str:
    columns = TABLES[table].columns
    return row[columns.index("source")] if "source" in columns else ""
