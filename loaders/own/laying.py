"""The rows of a user's own tables, laid over the project's: completed, marked, refused where they clash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.model import YOURS, whose
from orgmap.graphmodel.stores.schema import BROUGHT
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.term_tables import laid_over
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.loaders.dataset import columns_of
from orgmap.loaders.own.folder import OwnTable, name_of, read_own
from orgmap.loaders.own.words import wrong_words
from orgmap.loaders.reading import File, Tables
from orgmap.loaders.wrong import Wrong

SOURCES = "sources"

_BLANK_IS = {"status": "in_force", "verified": "no", "coverage": "all"}
"""What a column that must not be blank means where a user leaves it out."""


def lay(tables: Tables, folder: Path) -> None:
    """Adds the rows of a folder of own tables, as a dataset of its own; its faults come to those of the tables.

    Each row cites a source of the user's, whose title says so: the one that it names, in the user's `sources.csv` or
    among the project's, and else the folder itself.
    """
    wrong = wrong_words(folder, laid_over())
    read = {table: read_own(folder, table) for table in BROUGHT}
    for own in read.values():
        wrong += own.wrong
    tables.wrong += wrong
    if wrong:
        return
    dataset = f"{YOURS}{name_of(folder)}"
    sources = _Sources(tables, folder, read[SOURCES])
    for table, own in read.items():
        if table != SOURCES and own.rows:
            tables.wrong += _clashes(tables, table, own)
            rows = [_row(table, row, sources) for row in own.rows]
            columns = columns_of(rows, len(TABLES[table].columns))
            tables.files[table].append(File(dataset, own.path, columns, own.lines))
    tables.wrong += _clashes(tables, SOURCES, read[SOURCES])
    columns = columns_of(sources.rows, len(TABLES[SOURCES].columns))
    tables.files[SOURCES].append(File(dataset, read[SOURCES].path, columns, sources.lines))
    # A user's tables say nothing of how far they reach: no horizon of theirs is told, nor widens the project's.
    cells = {"title": f"Your own tables, {name_of(folder)}", "horizon": "", "as_of": ""}
    tables.about[dataset] = cells


def _row(table: str, cells: dict[str, str], sources: _Sources) -> list[str]:
    """A row with all its columns: what is left out is blank, or what a blank means."""
    row = {column.name: cells.get(column.name, "") for column in TABLES[table].declared}
    for column in TABLES[table].declared:
        if column.required and not row[column.name] and column.name in _BLANK_IS:
            row[column.name] = _BLANK_IS[column.name]
    if table == "entities" and not row["kind"]:
        row["kind"] = kind_of(row["id"]) or ""
    if "source" in row:
        row["source"] = sources.cited(row["source"])
    return list(row.values())


class _Sources:
    """The sources that a folder's rows cite, each marked as the user's: `rows` has them as they are needed."""

    def __init__(self, tables: Tables, folder: Path, own: OwnTable) -> None:
        self._mark = f"{YOURS}{name_of(folder)}"
        self._called = name_of(folder)
        self._columns = TABLES[SOURCES].columns
        self._there = {row[0]: row for row in tables.text(SOURCES)}
        self._named: dict[str, str] = {}
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        for cells, line in zip(own.rows, own.lines, strict=True):
            row = _row(SOURCES, cells, self)
            self._add(cells["id"], dict(zip(self._columns, row, strict=True)), line)

    def cited(self, cell: str) -> str:
        """What a row cites, in the words of the laid-over tables; a source that nobody describes stays as it is."""
        if not cell:
            return self._named.get("") or self._add(
                "", {"title": "No other source given", "verified": "yes"}, 1
            )
        return " ".join(map(self._one, cell.split()))

    def _one(self, source: str) -> str:
        if source in self._named:
            return self._named[source]
        if source in self._there:
            return self._add(source, dict(zip(self._columns, self._there[source], strict=True)), 1)
        return source

    def _add(self, source: str, cells: dict[str, str], line: int) -> str:
        marked = f"{self._mark}.{source}" if source else self._mark
        title = f"{cells['title']} (from your own tables: {self._called})"
        whole = {**cells, "id": marked, "title": title if cells["title"] else ""}
        self.rows.append([whole.get(column, "") for column in self._columns])
        self.lines.append(line)
        return self._named.setdefault(source, marked)


def _clashes(tables: Tables, table: str, own: OwnTable) -> Iterator[Wrong]:
    """Rows that give an id of the tables below a meaning of their own."""
    [*key] = TABLES[table].key
    if len(key) != 1:
        return
    place = TABLES[table].columns.index(key[0])
    wanted = {row.get(key[0], "") for row in own.rows}
    taken = {
        word: whose(f"{file.dataset}.")
        for file in tables.files[table]
        for word in file.columns[place]
        if word in wanted
    }
    for row, line in zip(own.rows, own.lines, strict=True):
        if (word := row.get(key[0], "")) in taken:
            said = f"{word} is in {f'the tables of {taken[word]}' if taken[word] else 'the bundled tables'} already."
            mend = "Lay a relation or a name over it, or choose another id."
            yield Wrong(own.path, line, said, mend)
