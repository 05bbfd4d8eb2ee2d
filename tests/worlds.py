"""Small worlds drawn as tables in the test, built into every store there is or written as a folder of data."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from orgmap.graphmodel.store import About as Known
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.loaders.build import fill_networkx, fill_sqlite, from_tables
from orgmap.loaders.dataset import Dataset, DatasetDescription, columns_of
from orgmap.loaders.news import NEWS, apply_news
from orgmap.loaders.reading import Tables
from orgmap.loaders.rows import Row, typed
from tests.neo4j.server import missing

World = dict[str, list[Row]]
"""Typed rows by the name of their table."""

TEST_SOURCE = {"id": "drawn", "title": "Drawn for the test", "verified": "yes"}
DEFAULTS = {"source": "drawn", "status": "in_force", "basis": "published"}


def world(drawing: str) -> World:
    """Reads tables drawn with pipes, see `as_drawn`, and applies what their news says."""
    rows = as_drawn(drawing)
    if not rows.get(NEWS):
        return rows
    read = Tables.of_rows(lambda table: rows.get(table, ()))
    apply_news(read)
    assert not read.wrong, read.wrong
    return {**{table: list(read.rows(table)) for table in TABLES}, "datasets": rows["datasets"]}


def as_drawn(drawing: str) -> World:
    """Reads tables drawn with pipes: a line with the table's name, one with its columns, then rows.

    A cell left out takes its default: the source is the test's own, a kind follows from the id's prefix.
    A table drawn twice is read as one. `datasets` says how far the tables of a kind reach.
    """
    tables: dict[str, list[dict[str, str]]] = {"sources": [TEST_SOURCE]}
    for block in drawing.strip().split("\n\n"):
        name, header, *lines = (line.strip() for line in block.strip().splitlines())
        columns = [cell.strip() for cell in header.split("|")]
        for line in lines:
            cells = [cell.strip() for cell in line.split("|")]
            assert len(cells) == len(columns), f"“{line}” has not the columns of {name}"
            tables.setdefault(name, []).append(dict(zip(columns, cells, strict=True)))
    datasets = tables.pop("datasets", [])
    rows: World = {
        name: list(typed(name, columns_of([_row(name, row) for row in rows], len(TABLES[name].columns))))
        for name, rows in tables.items()
    }
    rows["datasets"] = [tuple(row.get(column, "") for column in Known._fields) for row in datasets]
    return rows


def _row(table: str, cells: dict[str, str]) -> list[str]:
    unknown = set(cells) - set(TABLES[table].columns)
    assert not unknown, f"the table {table} has no column {unknown}"
    if table == "entities":
        cells = {"kind": kind_of(cells["id"]) or "", **cells}
    if table == "events":
        cells = {"id": f"{cells['date']}-{cells['kind']}", **cells}
    defaults = {} if table == "sources" else DEFAULTS
    return [cells.get(column, defaults.get(column, "")) for column in TABLES[table].columns]


def write_data(folder: Path, drawing: str, horizon: str = "2026-01-01") -> Path:
    """Writes a drawn world as a folder of data with one dataset, `drawn`, and gives the folder back."""
    about = DatasetDescription(
        "Drawn", "For the tests.", "Nobody", "None", "None", "Two streets", horizon, horizon
    )
    dataset = Dataset("drawn", about)
    for table, rows in as_drawn(drawing).items():
        for row in rows if table in TABLES else ():
            dataset.add(table, **dict(zip(TABLES[table].columns, row, strict=True)))
    dataset.write(folder)
    return folder


def in_sqlite(tables: World) -> Store:
    """The world in an SQLite file of its own, which goes when it is closed."""
    folder = Path(tempfile.mkdtemp(prefix="orgmap-world-"))
    try:
        fill_sqlite(str(folder / "world.sqlite"), from_tables(tables), "drawn")
        return SqliteStore(folder / "world.sqlite")
    finally:
        shutil.rmtree(folder)  # what is open stays readable


def in_networkx(tables: World) -> Store:
    """The world in the in-memory reference store."""
    return fill_networkx(from_tables(tables))


def in_neo4j(tables: World) -> Store:
    """The world as a graph of its own on a Neo4j that the first such test starts."""
    from tests.neo4j.worlds import in_neo4j as built

    return built(tables)


STORES: dict[str, Callable[[World], Store]] = {"sqlite": in_sqlite, "networkx": in_networkx}
"""Every test in the spec that takes `build` runs once on each store."""

if not missing():
    STORES["neo4j"] = in_neo4j


def many(bodies: int) -> str:
    """A drawn world: a region, its groups, and practices that are members of them."""
    groups = [f"ccg:{number:03}" for number in range(max(1, bodies // 50))]
    practices = [f"practice:P{number:05}" for number in range(bodies - 1 - len(groups))]
    lines = ["entities", "id | name | valid_from | valid_until", "region:Y57 | South | 2013-04-01 |"]
    lines += [f"{one} | NHS Group {one[4:]} CCG | 2013-04-01 |" for one in groups]
    lines += [f"{one} | The Surgery at {one[9:]} | 2013-04-01 |" for one in practices]
    lines += ["", "relationships", "subject | verb | object | valid_from | valid_until"]
    lines += [f"{one} | part_of | region:Y57 | 2013-04-01 |" for one in groups]
    lines += [
        f"{one} | member_of | {groups[number % len(groups)]} | 2013-04-01 |"
        for number, one in enumerate(practices)
    ]
    return "\n".join(lines)
