"""Neo4j on this machine, over its own protocol, with an index on the ids."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase

from benchmarks.peers.base import Peer, climbed
from benchmarks.questions import commissions
from benchmarks.register import COVERS, VERBS, Register
from tests.neo4j.server import start

AT_ONCE = 20_000
"""So many rows are written in one transaction."""

HOLDS = "r.begins <= $day AND r.ends > $day"
LEAF = f"MATCH (:Body {{{{id: $node}}}})-[r:`{{}}`]->(other) WHERE {HOLDS} RETURN other.id"
HUB = f"MATCH (:Body {{{{id: $node}}}})<-[r:`{{}}`]-(other) WHERE {HOLDS} RETURN other.id"
LINEAGE = """
MATCH p = (:Body {id: $node})-[:BECAME*1..12]->(heir)
WHERE all(n IN range(1, length(p) - 1) WHERE relationships(p)[n - 1].day <= relationships(p)[n].day)
RETURN DISTINCT heir.id
"""


class Server(Peer):
    """A server with 2 GiB of heap; each question one statement, sent and read over the local network."""

    name = "Neo4j"
    how = "5.26 with 2 GiB of heap, a type for each kind of relation, an index on ids, a step a statement; no postcodes"

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        running = start(folder / "server", os.getpid(), heap="2g", fast=True)
        self.driver = GraphDatabase.driver(running.url, auth=(running.user, running.password))
        self.session = self.driver.session()
        self.session.run("CREATE CONSTRAINT FOR (b:Body) REQUIRE b.id IS UNIQUE").consume()
        ids = self.ids
        self._write("CREATE (:Body {id: row})", ids)
        columns = (register.subject, register.object, register.begins, register.ends, register.verb)
        ends = "MATCH (a:Body {id: row[0]}) MATCH (b:Body {id: row[1]})"
        pairs = f"{ends} CREATE (a)-[:`%s` {{begins: row[2], ends: row[3]}}]->(b)"
        for number, verb in enumerate(VERBS):
            chosen = (one[register.verb == number].tolist() for one in columns[:4])
            rows = ([ids[a], ids[b], begins, ends] for a, b, begins, ends in zip(*chosen, strict=True))
            self._write(pairs % verb, rows)
        changes = zip(
            *(one.tolist() for one in (register.predecessor, register.successor, register.changed)),
            strict=True,
        )
        became = pairs.replace("begins: row[2], ends: row[3]", "day: row[2]") % "BECAME"
        self._write(became, ([ids[a], ids[b], day] for a, b, day in changes))

    def _write(self, statement: str, rows: Iterable[Any]) -> None:
        for batch in _batches(rows):
            self.session.run(f"UNWIND $rows AS row {statement}", rows=batch).consume()

    def _ask(self, statement: str, **values: Any) -> list[str]:
        return [record[0] for record in self.session.run(statement, **values)]

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        return self._ask(LEAF.format(verb), node=node, day=day)

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        return self._ask(HUB.format(verb), node=node, day=day)

    def chain(self, node: str, day: int) -> list[str]:
        """Step by step upward."""
        return climbed(node, day, self.leaf)

    def who(self, area: str, day: int) -> list[str]:
        """Who commissions for an area."""
        return [body for body in self.hub(area, COVERS, day) if commissions(body)]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs."""
        return [heir for heir in self._ask(LINEAGE, node=node) if heir != node]

    def close(self) -> None:
        """Leaves; the server ends with this process."""
        self.driver.close()


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, AT_ONCE)):
        yield batch
