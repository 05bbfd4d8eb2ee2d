"""NetworkX, asked naively: the answers with which all others are compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx

from benchmarks.peers.base import Walking
from benchmarks.register import VERBS, Register


class Naive(Walking):
    """All rows as edges of one graph; a question looks at every edge of a node."""

    name = "NetworkX, naive"
    how = "one MultiDiGraph of all rows with their days; each question looks at all edges of a node"

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        ids, graph = self.ids, nx.MultiDiGraph()
        lives = zip(register.kinds, register.born.tolist(), register.died.tolist(), strict=True)
        graph.add_nodes_from(
            (one, {"kind": kind, "begins": begins, "ends": ends})
            for one, (kind, begins, ends) in zip(ids, lives, strict=True)
        )
        columns = (register.subject, register.verb, register.object, register.begins, register.ends)
        graph.add_edges_from(
            (ids[subject], ids[target], {"verb": VERBS[verb], "begins": begins, "ends": ends})
            for subject, verb, target, begins, ends in zip(*(one.tolist() for one in columns), strict=True)
        )
        self.graph = graph
        self.changes = nx.MultiDiGraph()
        pairs = (register.predecessor.tolist(), register.successor.tolist(), register.changed.tolist())
        self.changes.add_edges_from(
            (ids[before], ids[after], {"day": day}) for before, after, day in zip(*pairs, strict=True)
        )
        self.number = {one: number for number, one in enumerate(ids)}

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        edges = self.graph.out_edges(node, data=True)
        return [end for _, end, row in edges if row["verb"] == verb and row["begins"] <= day < row["ends"]]

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        edges = self.graph.in_edges(node, data=True)
        return [end for end, _, row in edges if row["verb"] == verb and row["begins"] <= day < row["ends"]]

    def heirs(self, node: str) -> list[tuple[str, int]]:
        """What a body became in one step, and on which day."""
        return [(heir, row["day"]) for _, heir, row in self.changes.out_edges(node, data=True)]

    def diff(self, before: int, after: int) -> list[Any]:
        """Rows of bodies and relations that hold on one of the days alone."""
        tables: list[list[Any]] = []
        for rows in (self.graph.nodes(data=True), self.graph.edges(data=True)):
            began, gone = [], []
            for *key, row in rows:
                old, new = (row["begins"] <= one < row["ends"] for one in (before, after))
                if old != new:
                    (began if new else gone).append((*key, row.get("verb", "")))
            tables += [began, gone]
        number = self.number
        bodies = [([number[node] for node, _ in table],) for table in tables[:2]]
        relations = [
            tuple(zip(*((number[s], VERBS.index(verb), number[o]) for s, o, verb in table), strict=True))
            or ((), (), ())
            for table in tables[2:]
        ]
        return [*bodies, *relations]

    def day(self, day: int) -> nx.MultiDiGraph[str]:
        """All that held on a day."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(
            (one, row) for one, row in self.graph.nodes(data=True) if row["begins"] <= day < row["ends"]
        )
        graph.add_edges_from(
            (subject, target, row)
            for subject, target, row in self.graph.edges(data=True)
            if row["begins"] <= day < row["ends"] and subject in graph and target in graph
        )
        return graph
