"""Raphtory: a graph over time in Rust, with days of its own."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute
from raphtory import PersistentGraph

from benchmarks.peers.base import Walking, merged
from benchmarks.register import EVER, VERBS, Register

LIES_IN, BECAME = "lies_in", "became"


class Raphtory(Walking):
    """A persistent graph with a layer for each kind of relation."""

    name = "Raphtory"
    how = (
        "a PersistentGraph loaded from Arrow, a layer for each kind of relation, views of the layers kept; rows of one"
        " relation that touch or overlap merged beforehand, for it ends an edge as a whole"
    )

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        ids, self.graph = pa.array(self.ids), PersistentGraph()
        subject, verb, target, since, until = map(pa.array, zip(*merged(register), strict=True))
        verbs = pa.array(VERBS)
        rows = pa.table(
            {
                "from": ids.take(subject),
                "to": ids.take(target),
                "layer": verbs.take(verb),
                "since": since.cast(pa.int64()),
                "until": until.cast(pa.int64()),
            }
        )
        ended = rows.filter(pa.compute.less(rows["until"], EVER))
        self.graph.load_edges(rows, time="since", src="from", dst="to", layer_col="layer")
        self.graph.load_edge_deletions(ended, time="until", src="from", dst="to", layer_col="layer")
        pairs = {
            "from": ids.take(pa.array(register.predecessor)),
            "to": ids.take(pa.array(register.successor)),
        }
        changed = pa.array(register.changed).cast(pa.int64())
        lies = {"from": pa.array(register.postcodes), "to": ids.take(pa.array(register.postcode_area))}
        ever = pa.array([0] * len(register.postcodes), pa.int64())
        for name, ends, since in ((BECAME, pairs, changed), (LIES_IN, lies, ever)):
            table = pa.table({**ends, "since": since})
            self.graph.load_edges(table, time="since", src="from", dst="to", layer=name)
        self.layers = {name: self.graph.layer(name) for name in (*VERBS, BECAME, LIES_IN)}
        del self.area

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        found = self.layers[verb].node(node)
        return found.at(day).out_neighbours.name.collect() if found else []

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        found = self.layers[verb].node(node)
        return found.at(day).in_neighbours.name.collect() if found else []

    def heirs(self, node: str) -> list[tuple[str, int]]:
        """What a body became in one step, and on which day."""
        found = self.layers[BECAME].node(node)
        return [(edge.dst.name, edge.time.t) for edge in found.out_edges.explode()] if found else []

    def postcode(self, postcode: str, day: int) -> list[str]:
        """Who commissions for a postcode."""
        found = self.layers[LIES_IN].node(postcode)
        return self.who(found.out_neighbours.name.collect()[0], day)
