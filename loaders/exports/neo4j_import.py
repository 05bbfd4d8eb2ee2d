"""CSV files for `neo4j-admin database import`: the quickest way to get the graph into an empty Neo4j of one's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from orgmap.graphmodel.stores.neo4j.schema import GRAPH, SCHEMA, STATEMENTS
from orgmap.graphmodel.text import safe_cell
from orgmap.loaders.neo4j.graph_rows import Nodes, Properties, graph_rows, labels_of, search_words
from orgmap.loaders.package import FILE, as_text, neo4j_package
from orgmap.loaders.rows import Progress, Rows

BUILD = "exported"
"""The load that exported files make."""

LIST = "|"
"""What divides the members of a list; no list of ours holds it."""

_HEAD = """\
#!/bin/sh
# Makes the database neo4j of the files beside this one. The server must be stopped and the database not there
# yet (or add --overwrite-destination, which deletes what is in it). Afterwards start the server and run
# schema.cypher with cypher-shell: it creates the indexes.
cd "$(dirname "$0")" || exit 1
exec neo4j-admin database import full neo4j "$@" --array-delimiter='|' --multiline-fields=true"""


def write_import_files(folder: Path, rows: Rows, say: Progress, whole: bool) -> None:
    """Writes a file for each kind of node and relationship, a script that imports them, and the indexes' Cypher.

    No cell can be taken for a formula by a spreadsheet. Unless it is the whole graph, orgmap itself refuses to
    answer from it, see `graph_nodes`.
    """
    parts = list(graph_rows(rows))
    options = []
    words: set[str] = set()
    headings: dict[str, list[str]] = {}
    counts = {"nodes": 0, "edges": 0}
    for done, part in enumerate(parts):
        if isinstance(part, Nodes):
            name, sort, listed = part.table, "nodes", list(part.rows)
            words |= search_words(listed)
            lines = _node_lines(part.table, listed)
        else:
            name, sort = f"{part.type.lower()}-{part.start}", "relationships"
            lines = _edge_lines(part.type, part.start, part.end, edges := list(part.rows))
            counts["edges"] += len(edges)
        say(name, done, len(parts))
        written = _write(folder / f"{sort}-{name}.csv", lines, headings)
        if sort == "nodes":
            counts["nodes"] += written
        if written:
            options.append(f"--{sort}={sort}-{name}.csv")
    for name, row in graph_nodes(BUILD, sorted(words), whole, **counts).items():
        _write(folder / f"nodes-{name}.csv", _lines([{**row, ":LABEL": name}]), headings)
        options.append(f"--nodes=nodes-{name}.csv")
    (folder / "import.sh").write_text(" \\\n    ".join([_HEAD, *options]) + "\n", encoding="utf-8")
    (folder / FILE).write_text(as_text(neo4j_package(headings)), encoding="utf-8")
    (folder / "schema.cypher").write_text("".join(f"{one};\n" for one in STATEMENTS), encoding="utf-8")


def graph_nodes(build: str, words: list[str], whole: bool, nodes: int, edges: int) -> dict[str, Properties]:
    """What tells readers which load is the current one, by label; a part of the graph is never that.

    Asked about another day, one day's graph would say that no table knows. The node of the load itself stays, so
    that `orgmap load` afterwards takes the part away.
    """
    about = {"build": build, "graph": GRAPH, "schema": SCHEMA, "fingerprint": build, "finished": build}
    load = {"OrgmapBuild": {**about, "words": words, "nodes": nodes, "edges": edges}}
    return {"OrgmapGraph": {"name": GRAPH, "current": build}, **load} if whole else load


def _node_lines(table: str, rows: list[Properties]) -> Iterator[list[str]]:
    ours = {"build": BUILD, "table": table}
    return _lines(
        [{**row, **ours, ":LABEL": LIST.join(["Orgmap", *labels_of(table, row)])} for row in rows],
        {"key": f"key:ID({table})"},
    )


def _edge_lines(
    kind: str, start: str, end: str, rows: list[tuple[str, str, Properties]]
) -> Iterator[list[str]]:
    return _lines(
        [{":START_ID": one, ":END_ID": other, ":TYPE": kind, **about} for one, other, about in rows],
        {":START_ID": f":START_ID({start})", ":END_ID": f":END_ID({end})"},
    )


def _lines(rows: list[Properties], named: dict[str, str] | None = None) -> Iterator[list[str]]:
    """A heading that says what each column holds, then the rows."""
    types: dict[str, str] = {}
    for row in rows:
        for column, cell in row.items():
            types.setdefault(column, _type(cell))
    if rows:
        yield [
            (named or {}).get(column, column if column[0] == ":" else f"{column}{of}")
            for column, of in types.items()
        ]
        yield from ([_cell(row.get(column)) for column in types] for row in rows)


def _type(cell: Any) -> str:
    if isinstance(cell, list):
        return ":string[]"
    names = {bool: ":boolean", int: ":long", float: ":double", date: ":date"}
    return names.get(type(cell), ":string")


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, list):
        return safe_cell(LIST.join(cell))
    return safe_cell(cell) if isinstance(cell, str) else str(cell)


def _write(path: Path, lines: Iterator[list[str]], headings: dict[str, list[str]]) -> int:
    """Writes the lines if there are any, notes the heading, and says how many rows there were."""
    heading = next(lines, None)
    if heading is None:
        return 0
    headings[path.name] = heading
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        for line in lines:
            writer.writerow(line)
            count += 1
    return count
