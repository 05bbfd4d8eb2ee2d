"""Asking ahead: what a walk through the structure will ask next comes with the answer to its first question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from graphmodel.model import Include, Relationship
from graphmodel.neo4j_reader import Neo4jReader, cells, filled, node
from graphmodel.store import relationship_order

UP = frozenset({"part_of", "member_of"})
COVERS = frozenset({"covers"})
MOST = 512
KEPT = 20_000
"""So many answers are remembered; then all are forgotten."""

FACT = Relationship._fields
FACT_CELLS = "s.key, toLower(type(r)), o.key, " + cells("r", FACT[3:])


class Question(NamedTuple):
    """What holds, on any day, from one body (or to it) by some verbs."""

    side: str
    body: str
    verbs: frozenset[str]
    include: Include


class Expected:
    """Keys that were just given out and will probably be asked about one by one: asked in growing handfuls.

    >>> ones = Expected()
    >>> ones.note(["a", "b", "c"])
    >>> ones.next("a"), ones.next("b")
    (['a'], ['b', 'c'])
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._place: dict[str, int] = {}
        self._size = 1

    def note(self, keys: Iterable[str]) -> None:
        """These were given out; a single one says nothing of what comes next."""
        listed = list(dict.fromkeys(keys))
        if len(listed) > 1:
            self._keys, self._size = listed, 1
            self._place = {key: place for place, key in enumerate(listed)}

    def next(self, key: str) -> list[str]:
        """The key, and more of those that were given out with it the more often this is asked."""
        if key not in self._place:
            return [key]
        place, size = self._place[key], self._size
        self._size = min(MOST, size * 8)
        return self._keys[place : place + size]


class Ahead(Neo4jReader):
    """A reader that remembers what it was told about the surroundings of bodies and areas."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._facts: dict[Question, list[Relationship]] = {}
        self.areas = Expected()

    def _told(self, question: Question) -> list[Relationship] | None:
        """The answer to one of the questions that walks ask; None if it is another question."""
        if question not in self._facts:
            if len(self._facts) > KEPT:
                self._facts.clear()
            if question.side == "object" and question.verbs == COVERS:
                self._look_around(self.areas.next(question.body), question.include)
            elif question.side == "subject" and question.verbs == UP:
                self._look_up([question.body], question.include)
        known = self._facts.get(question)
        return None if known is None else list(known)

    def _look_around(self, areas: list[str], include: Include) -> None:
        """What covers these areas, and what is above that."""
        covering = self._rows(
            f"MATCH {node('o', 'entities')} WHERE o.key IN $ids"
            f" RETURN [o.key, COLLECT {{ MATCH (s)-[r:COVERS]->(o) WHERE {shown('r', include)}"
            f" RETURN [{FACT_CELLS}] }}] AS row",
            ids=areas,
            **shown_values(include),
        )
        told = {area: as_facts(rows) for area, rows in covering}
        for area in areas:
            self._facts[Question("object", area, COVERS, include)] = told.get(area, [])
        above = {fact.subject for facts in told.values() for fact in facts}
        missing = sorted(body for body in above if Question("subject", body, UP, include) not in self._facts)
        if missing:
            self._look_up(missing, include)

    def _look_up(self, bodies: list[str], include: Include) -> None:
        """What these bodies belong to, what that belongs to, and who sits at the councils among them."""
        facts = f"WHERE {shown('r', include)} RETURN [{FACT_CELLS}]"
        rows = self._rows(
            f"MATCH {node('b', 'entities')} WHERE b.key IN $ids"
            " MATCH (b)-[:MEMBER_OF|PART_OF*0..5]->(x) WITH DISTINCT x"
            " RETURN [x.key, x.kind = 'upper_tier_council',"
            f" COLLECT {{ WITH x AS s MATCH (s)-[r:MEMBER_OF|PART_OF]->(o) {facts} }},"
            " CASE WHEN x.kind <> 'upper_tier_council' THEN [] ELSE"
            f" COLLECT {{ WITH x AS o MATCH (s)-[r:PART_OF]->(o) {facts} }} END,"
            " CASE WHEN x.kind <> 'upper_tier_council' THEN [] ELSE"
            f" COLLECT {{ WITH x AS s MATCH (s)-[r:HOLDS_CONTRACT_WITH]->(o) {facts} }} END] AS row",
            ids=bodies,
            **shown_values(include),
        )
        for body in bodies:
            self._facts[Question("subject", body, UP, include)] = []
        for body, council, above, inside, contracts in rows:
            self._facts[Question("subject", body, UP, include)] = as_facts(above)
            if council:
                self._facts[Question("object", body, frozenset({"part_of"}), include)] = as_facts(inside)
                self._facts[Question("subject", body, frozenset({"holds_contract_with"}), include)] = (
                    as_facts(contracts)
                )


def shown(name: str, include: Include) -> str:
    """The condition that an answer may show a statement."""
    known = f" AND ({name}.stated_on IS NULL OR {name}.stated_on <= date($known))"
    return f"{name}.status IN $statuses" + (known if include.as_known_on else "")


def shown_values(include: Include) -> dict[str, Any]:
    """The values of that condition."""
    values: dict[str, Any] = {"statuses": list(include.statuses)}
    return values | ({"known": include.as_known_on} if include.as_known_on else {})


def as_facts(rows: list[list[Any]]) -> list[Relationship]:
    """Statements from rows of `FACT_CELLS`, in the order of every store."""
    return sorted((Relationship(*filled(FACT, row)) for row in rows), key=relationship_order)
