"""DuckDB: columns in memory, asked in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.peers.base import Peer, climbed
from benchmarks.peers.columns import NUMBER, body_columns, relation_columns
from benchmarks.register import COVERS, Register

ENDS = """
SELECT body.id FROM relation r JOIN body ON body.node = r.{end}
WHERE r.{start} = (SELECT node FROM body WHERE id = $1) AND r.verb = $2 AND r.begins <= $3 AND r.ends > $3
"""
LEAF = ENDS.format(start="subject", end="object")
HUB = ENDS.format(start="object", end="subject")
WHO = f"{HUB} AND body.commissions"
POSTCODE = """
SELECT body.id FROM postcode p JOIN relation r ON r.object = p.area JOIN body ON body.node = r.subject
WHERE p.postcode = $1 AND r.verb = $2 AND r.begins <= $3 AND r.ends > $3 AND body.commissions
"""
LINEAGE = """
WITH RECURSIVE reached(node, since) AS (
    SELECT node, 0 FROM body WHERE id = $1
    UNION SELECT successor, day FROM reached JOIN change ON predecessor = reached.node AND day >= since
) SELECT DISTINCT id FROM reached JOIN body USING (node) WHERE id != $1
"""
BATCH = """
SELECT body.id FROM asked JOIN postcode p USING (postcode) JOIN covering r ON r.object = p.area
AND r.begins <= asked.day AND r.ends > asked.day JOIN body ON body.node = r.subject ORDER BY asked.number
"""
ON = "begins <= {0} AND ends > {0}"
BODIES = f"SELECT node FROM body WHERE {ON.format('$1')} AND NOT ({ON.format('$2')})"
RELATIONS = BODIES.replace("node FROM body", "subject, verb, object FROM relation")
THERE = f"SELECT node FROM body WHERE {ON.format('$1')}"
GRAPH = f"""
SELECT subject, verb, object FROM relation WHERE {ON.format("$1")} AND subject IN ({THERE}) AND object IN ({THERE})
"""


class Duck(Peer):
    """Tables in memory, sorted by subject, with an index on each side of a relation."""

    name = "DuckDB"
    how = "tables in memory, in order of subject, texts as numbers, an index on each side; results as arrays"

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        self.db = db = duckdb.connect()
        bodies = pl.DataFrame(body_columns(register))  # noqa: F841 - DuckDB finds it by its name
        relations = pl.DataFrame(relation_columns(register)).sort("subject", "verb", "object")  # noqa: F841
        changes = pl.DataFrame(  # noqa: F841
            {"predecessor": register.predecessor, "successor": register.successor, "day": register.changed}
        )
        lies = pl.DataFrame({"postcode": register.postcodes, "area": register.postcode_area})  # noqa: F841
        db.execute("CREATE TABLE body AS FROM bodies; CREATE TABLE relation AS FROM relations")
        db.execute("CREATE TABLE change AS FROM changes; CREATE TABLE postcode AS FROM lies")
        db.execute(
            "CREATE INDEX a ON body (id); CREATE INDEX b ON body (node); CREATE INDEX p ON postcode (postcode)"
        )
        db.execute("CREATE INDEX s ON relation (subject); CREATE INDEX o ON relation (object)")
        db.execute(
            "CREATE TABLE covering AS SELECT r.* FROM relation r JOIN body ON body.node = r.subject"
            f" WHERE verb = {NUMBER[COVERS]} AND commissions"
        )

    def leaf(self, node: str, verb: str, day: int) -> list[str]:
        """The other ends of a body's relations."""
        return [end for (end,) in self.db.execute(LEAF, [node, NUMBER[verb], day]).fetchall()]

    def hub(self, node: str, verb: str, day: int) -> list[str]:
        """The bodies whose relations lead here."""
        return [end for (end,) in self.db.execute(HUB, [node, NUMBER[verb], day]).fetchall()]

    def chain(self, node: str, day: int) -> list[str]:
        """Step by step upward."""
        return climbed(node, day, self.leaf)

    def who(self, area: str, day: int) -> list[str]:
        """Who commissions for an area."""
        return [body for (body,) in self.db.execute(WHO, [area, NUMBER[COVERS], day]).fetchall()]

    def lineage(self, node: str) -> list[str]:
        """All heirs of heirs."""
        return [heir for (heir,) in self.db.execute(LINEAGE, [node]).fetchall()]

    def postcode(self, postcode: str, day: int) -> list[str]:
        """Who commissions for a postcode."""
        return [body for (body,) in self.db.execute(POSTCODE, [postcode, NUMBER[COVERS], day]).fetchall()]

    def diff(self, before: int, after: int) -> list[Any]:
        """Rows of bodies and relations that hold on one of the days alone, as arrays."""
        days = ((after, before), (before, after))
        return [
            tuple(self.db.execute(statement, two).fetchnumpy().values())
            for statement in (BODIES, RELATIONS)
            for two in days
        ]

    def batch(self, postcodes: list[str], days: list[int]) -> list[str]:
        """Who commissions for each."""
        asked = pl.DataFrame({"number": range(len(days)), "postcode": postcodes, "day": days})  # noqa: F841
        return self.db.execute(BATCH).fetchnumpy()["id"].tolist()

    def days(self, days: list[int]) -> list[Any]:
        """The bodies of each day and the relations between them, as arrays."""
        return [
            [tuple(self.db.execute(statement, [day]).fetchnumpy().values()) for statement in (THERE, GRAPH)]
            for day in days
        ]

    def close(self) -> None:
        """Closes the database."""
        self.db.close()
