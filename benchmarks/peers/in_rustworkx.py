"""rustworkx: graphs in Rust, walked from Python."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rustworkx as rx

from benchmarks.peers.base import Walking, reached
from benchmarks.register import VERBS, Register


class Rustworkx(Walking):
    """A graph for each kind of relation, so that no question passes over the others."""

    name = "rustworkx"
    how = "a PyDiGraph for each kind of relation; days as the payload of an edge"

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        self.number = {one: number for number, one in enumerate(self.ids)}
        self.graphs = {}
        for place, verb in enumerate(VERBS):
            graph = rx.PyDiGraph(multigraph=True)
            graph.add_nodes_from(self.ids)
            rows = np.flatnonzero(register.verb == place)
            columns = (register.subject, register.object, register.begins, register.ends)
            graph.add_edges_from(
                [
                    (subject, target, (begins, ends))
                    for subject, target, begins, ends in zip(
                        *(one[rows].tolist() for one in columns), strict=True
                    )
                ]
            )
            self.graphs[verb] = graph
        self.changes = rx.PyDiGraph(multigraph=True)
        self.changes.add_nodes_from(self.ids)
        pairs = (register.predecessor.tolist(), register.successor.tolist(), register.changed.tolist())
        self.changes.add_edges_from(list(zip(*pairs, strict=True)))

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        edges, ids = self.graphs[verb].out_edges(self.number[node]), self.ids
        return [ids[end] for _, end, (begins, ends) in edges if begins <= day < ends]

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        edges, ids = self.graphs[verb].in_edges(self.number[node]), self.ids
        return [ids[end] for end, _, (begins, ends) in edges if begins <= day < ends]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs, walked in numbers."""
        found = reached(self.number[node], self.heirs)
        return [self.ids[heir] for heir in found]

    def heirs(self, node: int) -> list[tuple[int, int]]:  # type: ignore[override]
        """What a body became in one step, and on which day."""
        return [(heir, day) for _, heir, day in self.changes.out_edges(node)]
