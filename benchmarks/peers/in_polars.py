"""polars: columns in memory, asked by expressions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl

from benchmarks.peers.base import Peer
from benchmarks.peers.columns import NUMBER, body_columns, relation_columns
from benchmarks.register import COVERS, VERBS, Register


def holds(day: Any) -> pl.Expr:
    """Whether a row holds on a day."""
    return (pl.col("begins") <= day) & (pl.col("ends") > day)


class Polars(Peer):
    """Frames in order of subject and of object; a body's rows are found by bisection and cut out."""

    name = "polars"
    how = (
        "frames of numbers in order of subject and of object; a body's rows by bisection, then a filter; joins for"
        " a batch"
    )

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        self.number = {one: number for number, one in enumerate(self.ids)}
        self.bodies = pl.DataFrame(body_columns(register))
        self.relations = pl.DataFrame(relation_columns(register)).sort("subject", "verb", "object")
        self.backward = self.relations.sort("object", "verb", "subject")
        self.postcodes = pl.DataFrame(
            {"postcode": register.postcodes, "area": register.postcode_area},
            schema_overrides={"area": pl.Int32},
        )
        covers = pl.col("verb") == NUMBER[COVERS]
        commissioning = self.bodies.filter("commissions").select(pl.col("node").alias("subject"), "id")
        self.covering = self.relations.filter(covers).join(commissioning, on="subject").sort("begins")

    def _ends(self, frame: pl.DataFrame, start: str, end: str, node: str, verb: str, day: int) -> list[str]:
        number, column, ids = self.number[node], frame[start], self.ids
        first, last = column.search_sorted(number, "left"), column.search_sorted(number, "right")
        rows = frame.slice(first, last - first).filter((pl.col("verb") == NUMBER[verb]) & holds(day))
        return [ids[one] for one in rows[end].to_list()]

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        return self._ends(self.relations, "subject", "object", node, verb, day)

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        return self._ends(self.backward, "object", "subject", node, verb, day)

    def diff(self, before: int, after: int) -> list[Any]:
        """Rows of bodies and relations that hold on one of the days alone, as columns."""
        old, new = holds(before), holds(after)
        frames = ((self.bodies, ["node"]), (self.relations, ["subject", "verb", "object"]))
        wanted = [
            frame.lazy().filter(one).select(columns)
            for frame, columns in frames
            for one in (new & ~old, old & ~new)
        ]
        return [tuple(found.get_columns()) for found in pl.collect_all(wanted)]

    def batch(self, postcodes: list[str], days: list[int]) -> list[str]:
        """Who commissions for each: where the postcode lies, then the last that had begun by then."""
        asked = pl.DataFrame(
            {"postcode": postcodes, "day": days}, schema_overrides={"day": pl.Int32}
        ).with_row_index()
        placed = asked.join(self.postcodes, on="postcode").sort("day")
        found = placed.join_asof(
            self.covering,
            left_on="day",
            right_on="begins",
            by_left="area",
            by_right="object",
            check_sortedness=False,
        )
        return found.sort("index")["id"].to_list()

    def day(self, day: int) -> nx.MultiDiGraph[str]:
        """All that held on a day, its rows handed to NetworkX."""
        ids, graph = self.ids, nx.MultiDiGraph()
        bodies = self.bodies.filter(holds(day))
        graph.add_nodes_from((row["id"], row) for row in bodies.iter_rows(named=True))
        there = set(bodies["node"].to_list())
        graph.add_edges_from(
            (ids[row["subject"]], ids[row["object"]], {**row, "verb": VERBS[row["verb"]]})
            for row in self.relations.filter(holds(day)).iter_rows(named=True)
            if row["subject"] in there and row["object"] in there
        )
        return graph

    def days(self, days: list[int]) -> list[Any]:
        """The bodies of each day and the relations between them, as columns."""
        results = []
        for day in days:
            there = self.bodies.select(holds(day)).to_series()
            rows = self.relations.filter(holds(day)).select("subject", "verb", "object")
            rows = rows.filter(there.gather(rows["subject"]) & there.gather(rows["object"]))
            results.append([(there.arg_true(),), tuple(rows.get_columns())])
        return results
