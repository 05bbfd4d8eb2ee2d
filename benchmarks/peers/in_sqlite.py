"""SQLite with the indexes that these questions need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import apsw
import numpy as np

from benchmarks.peers.base import STEPS, Peer
from benchmarks.questions import commissions
from benchmarks.register import COVERS, UPWARD, VERBS, Register

TABLES = """
CREATE TABLE body (id TEXT PRIMARY KEY, kind TEXT, begins INTEGER, ends INTEGER) WITHOUT ROWID;
CREATE TABLE relation (subject TEXT, verb TEXT, object TEXT, begins INTEGER, ends INTEGER);
CREATE TABLE change (predecessor TEXT, successor TEXT, day INTEGER);
CREATE TABLE postcode (postcode TEXT PRIMARY KEY, area TEXT) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX forward ON relation (subject, verb, object, begins, ends);
CREATE INDEX backward ON relation (object, verb, subject, begins, ends);
CREATE INDEX heirs ON change (predecessor, day, successor);
ANALYZE;
"""

HOLDS = "begins <= ? AND ends > ?"
LEAF = f"SELECT object FROM relation WHERE subject = ? AND verb = ? AND {HOLDS}"
FIRST = f"{LEAF} ORDER BY object LIMIT 1"
HUB = f"SELECT subject FROM relation WHERE object = ? AND verb = ? AND {HOLDS}"
POSTCODE = (
    f"SELECT subject FROM postcode JOIN relation ON object = area WHERE postcode = ? AND verb = ? AND {HOLDS}"
)
LINEAGE = """
WITH RECURSIVE reached(id, since) AS (
    VALUES (?1, 0) UNION SELECT successor, day FROM reached JOIN change ON predecessor = id AND day >= since
) SELECT DISTINCT id FROM reached WHERE id != ?1
"""
BODIES = "SELECT id FROM body WHERE begins <= ?1 AND ends > ?1 AND NOT (begins <= ?2 AND ends > ?2)"
RELATIONS = BODIES.replace("id FROM body", "subject, verb, object FROM relation INDEXED BY forward")
ASKED = (
    "SELECT number, subject FROM asked CROSS JOIN postcode USING (postcode) JOIN relation ON object = area"
)
BATCH = f"{ASKED} WHERE verb = '{COVERS}' AND begins <= day AND ends > day"


class Tuned(Peer):
    """One file with covering indexes both ways."""

    name = "SQLite, tuned"
    how = (
        "a file mapped into memory, 256 MB of cache, covering indexes both ways, prepared statements, one recursive"
        " query for a lineage, a temporary table for a batch"
    )

    def __init__(self, register: Register | None, folder: Path) -> None:
        """Without a register the file that another process filled is opened."""
        self.ids = register.ids if register else []
        path = folder / "peer.sqlite"
        if register:
            path.unlink(missing_ok=True)
        self.db = apsw.Connection(str(path))
        self.execute = self.db.execute
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144", "mmap_size=4000000000"):
            self.execute(f"PRAGMA {pragma}")
        if register:
            self._fill(register)

    def _fill(self, register: Register) -> None:
        ids, db = self.ids, self.db
        db.execute(f"{TABLES} BEGIN")
        lives = zip(ids, register.kinds, register.born.tolist(), register.died.tolist(), strict=True)
        db.executemany("INSERT INTO body VALUES (?, ?, ?, ?)", lives)
        columns = (register.subject, register.verb, register.object, register.begins, register.ends)
        rows = zip(*(one.tolist() for one in columns), strict=True)
        db.executemany(
            "INSERT INTO relation VALUES (?, ?, ?, ?, ?)",
            ((ids[s], VERBS[v], ids[o], b, e) for s, v, o, b, e in rows),
        )
        pairs = (register.predecessor.tolist(), register.successor.tolist(), register.changed.tolist())
        changes = ((ids[p], ids[s], day) for p, s, day in zip(*pairs, strict=True))
        db.executemany("INSERT INTO change VALUES (?, ?, ?)", changes)
        lies = zip(register.postcodes, register.postcode_area.tolist(), strict=True)
        db.executemany("INSERT INTO postcode VALUES (?, ?)", sorted((one, ids[area]) for one, area in lies))
        db.execute(f"COMMIT; {INDEXES}")

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        return [end for (end,) in self.execute(LEAF, (node, verb, day, day))]

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        return [end for (end,) in self.execute(HUB, (node, verb, day, day))]

    def chain(self, node: str, day: int) -> list[str]:
        """Step by step upward: a statement for each step and kind of relation."""
        chain, execute = [node], self.execute
        while len(chain) < STEPS:
            steps = (execute(FIRST, (chain[-1], verb, day, day)).fetchone() for verb in UPWARD)
            above = next(filter(None, steps), None)
            if not above or above[0] in chain:
                break
            chain.append(above[0])
        return chain

    def who(self, area: str, day: int) -> list[str]:
        """Who commissions for an area."""
        return [body for (body,) in self.execute(HUB, (area, COVERS, day, day)) if commissions(body)]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs."""
        return [heir for (heir,) in self.execute(LINEAGE, (node,))]

    def postcode(self, postcode: str, day: int) -> list[str]:
        """Who commissions for a postcode."""
        return [body for (body,) in self.execute(POSTCODE, (postcode, COVERS, day, day)) if commissions(body)]

    def diff(self, before: int, after: int) -> list[Any]:
        """Rows of bodies and relations that hold on one of the days alone; rows of texts, as SQLite gives them."""
        days = ((after, before), (before, after))
        return [self.execute(statement, two).fetchall() for statement in (BODIES, RELATIONS) for two in days]

    def batch(self, postcodes: list[str], days: list[int]) -> list[str]:
        """Who commissions for each."""
        self.execute("CREATE TEMP TABLE asked (number INTEGER PRIMARY KEY, postcode TEXT, day INTEGER)")
        self.execute("BEGIN")
        self.db.executemany(
            "INSERT INTO asked VALUES (?, ?, ?)", zip(range(len(days)), postcodes, days, strict=True)
        )
        found = {number: body for number, body in self.execute(BATCH) if commissions(body)}
        self.execute("COMMIT; DROP TABLE asked")
        return [found[number] for number in range(len(days))]

    def plain(self, question: str, answers: list[Any]) -> list[Any]:
        """Ids as the numbers of nodes, for the comparison of columns."""
        if question == "diff":
            number = {one: place for place, one in enumerate([*self.ids])} | {
                v: k for k, v in enumerate(VERBS)
            }
            turned = [
                [
                    tuple(np.array([[number[cell] for cell in row] for row in table]).reshape(-1, width).T)
                    for table, width in zip(one, (1, 1, 3, 3), strict=True)
                ]
                for one in answers
            ]
            return super().plain(question, turned)
        return super().plain(question, answers)

    def close(self) -> None:
        """Closes the file."""
        self.db.close()
