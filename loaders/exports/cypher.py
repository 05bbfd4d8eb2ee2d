"""A Cypher script that makes the graph in an empty database: for a day or a small world; England takes its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from orgmap.graphmodel.stores.neo4j.schema import STATEMENTS
from orgmap.loaders.exports.neo4j_import import BUILD, graph_nodes
from orgmap.loaders.neo4j.graph_rows import Edges, Nodes, cypher_of, graph_rows, labels_of, search_words
from orgmap.loaders.rows import Progress, Rows

BLOCK = 200
"""So many rows stand in one statement."""


def write_script(target: Path, rows: Rows, say: Progress, whole: bool) -> None:
    """Writes statements for cypher-shell; each ends with a semicolon at the end of its line.

    Unless it is the whole graph, orgmap itself refuses to answer from it, see `graph_nodes`.
    """
    parts = list(graph_rows(rows))
    words: set[str] = set()
    counts = {"nodes": 0, "edges": 0}
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write("// The graph of orgmap, for an empty database: cypher-shell --file THIS_FILE\n")
        for one in STATEMENTS:
            file.write(f"{one};\n")
        for done, part in enumerate(parts):
            say(part.table if isinstance(part, Nodes) else part.type, done, len(parts))
            for block in _blocks(part.rows):
                counts["nodes" if isinstance(part, Nodes) else "edges"] += len(block)
                if isinstance(part, Nodes):
                    words |= search_words(block)
                _write_block(file, part, block)
        # Last, because only now is the graph whole: readers look for these.
        for label, about in graph_nodes(BUILD, sorted(words), whole, **counts).items():
            file.write(f"CREATE (:{label} {literal(about)});\n")


def _blocks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while block := list(islice(waiting, BLOCK)):
        yield block


def _write_block(file: TextIO, part: Nodes | Edges, block: list[Any]) -> None:
    cypher = cypher_of(part).replace("$build", literal(BUILD))
    if isinstance(part, Edges):
        file.write(f"{cypher.replace('$rows', _listed(block))};\n")
        return
    alike: dict[str, list[Any]] = {}
    for row in block:
        alike.setdefault(":".join(["Orgmap", *labels_of(part.table, row)]), []).append(row)
    for labels, rows in alike.items():
        with_labels = cypher.replace("(n:Orgmap)", f"(n:{labels})", 1)
        file.write(f"{with_labels.replace('$rows', _listed(rows), 1)};\n")


def _listed(rows: list[Any]) -> str:
    return "[\n" + ",\n".join(literal(row) for row in rows) + "\n]"


def literal(value: Any) -> str:
    """A value as Cypher writes it.

    >>> literal({"name": "St John's", "valid_from": date(2013, 4, 1), "forms": ["a"]})
    "{name: 'St John\\\\'s', valid_from: date('2013-04-01'), forms: ['a']}"
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(cell)}" for name, cell in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        return f"'{escaped}'"
    return repr(value)
