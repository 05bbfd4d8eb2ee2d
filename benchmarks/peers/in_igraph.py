"""igraph: graphs in C, walked from Python."""

from __future__ import annotations

from pathlib import Path

import igraph as ig
import numpy as np

from benchmarks.peers.base import Walking, reached
from benchmarks.register import VERBS, Register


class Igraph(Walking):
    """A graph for each kind of relation; its edges' ends and days in lists beside it, by their numbers."""

    name = "igraph"
    how = "a Graph for each kind of relation; ends and days in lists by the edge's number, quicker than attributes"

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        self.number = {one: number for number, one in enumerate(self.ids)}
        self.graphs = {}
        for place, verb in enumerate(VERBS):
            rows = np.flatnonzero(register.verb == place)
            columns = (register.subject, register.object, register.begins, register.ends)
            subjects, targets, begins, ends = (one[rows] for one in columns)
            graph = ig.Graph(len(self.ids), np.stack([subjects, targets], 1).tolist(), directed=True)
            self.graphs[verb] = (graph, *(one.tolist() for one in (subjects, targets, begins, ends)))
        self.became, self.changed = register.successor.tolist(), register.changed.tolist()
        pairs = zip(register.predecessor.tolist(), self.became, strict=True)
        self.changes = ig.Graph(len(self.ids), list(pairs), directed=True)

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        graph, _, targets, begins, ends = self.graphs[verb]
        edges, ids = graph.incident(self.number[node], "out"), self.ids
        return [ids[targets[edge]] for edge in edges if begins[edge] <= day < ends[edge]]

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        graph, subjects, _, begins, ends = self.graphs[verb]
        edges, ids = graph.incident(self.number[node], "in"), self.ids
        return [ids[subjects[edge]] for edge in edges if begins[edge] <= day < ends[edge]]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs, walked in numbers."""
        return [self.ids[heir] for heir in reached(self.number[node], self.heirs)]

    def heirs(self, node: int) -> list[tuple[int, int]]:  # type: ignore[override]
        """What a body became in one step, and on which day."""
        return [(self.became[edge], self.changed[edge]) for edge in self.changes.incident(node, "out")]
