"""Asking one graph on a Neo4j server: every answer is of the load that was current from its first row to its last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.errors import DataBroken, StoreOutOfReach
from orgmap.graphmodel.stores.neo4j.schema import GRAPH, SCHEMA
from orgmap.graphmodel.stores.neo4j.server import Server
from orgmap.graphmodel.tables import DATES, TABLES

SMALL = 500
KEPT = 2000
"""Answers of up to so many rows are remembered, and so many of them: within one load they stay what they are."""


class Reader:
    """One graph on a server, pinned to the load that was current when it was opened."""

    def __init__(self, server: Server, graph: str = GRAPH) -> None:
        """Finds the current load. Raises `DataBroken` if there is none, or one of another shape."""
        self.server = server
        self.graph = graph
        self._answers: dict[tuple[str, str], list[list[Any]]] = {}
        found = server.ask(
            "MATCH (g:OrgmapGraph {name: $graph}) MATCH (b:OrgmapBuild {build: g.current})"
            " RETURN b.build, b.schema",
            {"graph": graph},
        )
        again = f"Load it: orgmap load --store {server.address}"
        if not found:
            raise DataBroken(f"There is no graph at {server.address} yet. {again}")
        self.build, schema = found[0]
        if schema != SCHEMA:
            raise DataBroken(f"The graph at {server.address} is of another version of orgmap. {again}")

    def rows(self, question: str, **values: Any) -> list[list[Any]]:
        """The rows of a question, which gives each back as a list called `row`.

        The server looks only after all rows are found whether the load is still the current one: a load
        that was replaced, and is being taken away, gives no answer rather than a part of one.
        """
        key = (question, repr(values))
        if key in self._answers:
            return self._answers[key]
        cypher = (
            f"CALL () {{\n  {question}\n}}\nWITH collect(row) AS rows\n"
            "MATCH (g:OrgmapGraph {name: $graph}) WHERE g.current = $build\nRETURN rows"
        )
        found = self.server.ask(cypher, {"graph": self.graph, "build": self.build, **values})
        if not found:
            raise StoreOutOfReach(
                f"The graph at {self.server.address} was replaced while it was asked. Ask again."
            )
        rows: list[list[Any]] = found[0][0]
        if len(rows) <= SMALL:
            if len(self._answers) >= KEPT:
                self._answers.clear()
            self._answers[key] = rows
        return rows


def node(name: str, table: str) -> str:
    """A pattern for the nodes of a table in the pinned load.

    >>> node("e", "entities")
    "(e:Orgmap {build: $build, table: 'entities'})"
    """
    return f"({name}:Orgmap {{build: $build, table: '{table}'}})"


def ours(*names: str) -> str:
    """The condition that nodes are of the pinned load: other applications may have tied theirs to ours.

    >>> ours("a", "b")
    'a.build = $build AND b.build = $build'
    """
    return " AND ".join(f"{name}.build = $build" for name in names)


def holds(name: str, day: str, valid_from: str = "") -> str:
    """A condition: what is called `name` holds on the day in the parameter `day`.

    >>> holds("r", "at")
    '(r.valid_from IS NULL OR r.valid_from <= date($at)) AND (r.valid_until IS NULL OR r.valid_until > date($at))'
    """
    start = valid_from or f"{name}.valid_from"
    return (
        f"({start} IS NULL OR {start} <= date(${day}))"
        f" AND ({name}.valid_until IS NULL OR {name}.valid_until > date(${day}))"
    )


def on_day(name: str, at: str | None, not_at: str | None, valid_from: str = "") -> list[str]:
    """The conditions for a day on which it holds and a second on which it must not."""
    found = [holds(name, "at", valid_from)] if at else []
    return found + ([f"NOT ({holds(name, 'not_at', valid_from)})"] if not_at else [])


def where(conditions: Iterable[str]) -> str:
    """All conditions as one clause; nothing if there are none."""
    text = " AND ".join(conditions)
    return f" WHERE {text}" if text else ""


def cells(name: str, columns: Iterable[str]) -> str:
    """The properties of what is called `name`, days as ISO text.

    >>> cells("n", ["name", "valid_from"])
    'n.name, toString(n.valid_from)'
    """
    return ", ".join(
        f"toString({name}.{column})" if column in DATES else f"{name}.{column}" for column in columns
    )


def filled(columns: Iterable[str], row: list[Any], table: str = "entities") -> list[Any]:
    """A row of a table with the blanks that a server does not keep; days and numbers that are not known stay None."""
    known = DATES.union(TABLES[table].numbers)
    return [
        "" if cell is None and column not in known else cell
        for column, cell in zip(columns, row, strict=True)
    ]
