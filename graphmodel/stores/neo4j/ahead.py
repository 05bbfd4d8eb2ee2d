"""Asking ahead: what a walk through the structure will ask next comes with the answer to its first question."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from orgmap.graphmodel.model import Include, Relationship
from orgmap.graphmodel.store import relationship_order
from orgmap.graphmodel.stores.neo4j.reader import Reader, cells, filled, node, ours
from orgmap.graphmodel.vocabulary import kinds

UP = frozenset({"part_of", "member_of"})
COVERS = frozenset({"covers"})
_INSIDE = frozenset({"part_of"})
_CONTRACTS = frozenset({"holds_contract_with"})
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
        self._waiting: dict[str, None] = {}
        self._size = 1

    def note(self, keys: Iterable[str], only_first: bool = False) -> None:
        """These were given out; a single one says nothing of what comes next.

        With `only_first` what was given out before goes on being expected.
        """
        listed = dict.fromkeys(keys)
        if len(listed) > 1 and not (only_first and self._waiting):
            self._waiting, self._size = listed, 1

    def next(self, key: str) -> list[str]:
        """The key, and more of those that were given out with it the more often this is asked."""
        if key not in self._waiting:
            return [key]
        del self._waiting[key]
        found = [key, *islice(self._waiting, self._size - 1)]
        self._size = min(MOST, self._size * 8)
        for one in found[1:]:
            del self._waiting[one]
        return found


class Ahead:
    """What was told about the surroundings of bodies and areas, and what will probably be asked of them next."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.rows
        self._facts: dict[Question, list[Relationship]] = {}
        self.areas = Expected()
        self.bodies = Expected()

    def answer(self, question: Question) -> list[Relationship] | None:
        """The answer to one of the questions that walks ask; None if it is another question."""
        if question not in self._facts:
            if len(self._facts) > KEPT:
                self._facts.clear()
            if question.side == "object" and question.verbs == COVERS:
                self._look_around(self.areas.next(question.body), question.include)
            elif question.side == "subject" and question.verbs == UP:
                self._look_up(question.body, question.include)
        known = self._facts.get(question)
        return None if known is None else list(known)

    def _look_around(self, areas: list[str], include: Include) -> None:
        """What covers these areas, and what is above that."""
        covering = (
            f"MATCH {node('o', 'entities')} WHERE o.key IN $ids"
            f" RETURN ['covered', o.key, {_facts('MATCH (s)-[r:COVERS]->(o)')}, null, null] AS row"
        )
        start = (
            f"MATCH {node('a', 'entities')} WHERE a.key IN $ids"
            f" MATCH (b)-[:COVERS]->(a) WHERE {ours('b')} WITH DISTINCT b"
        )
        rows = self._rows(f"{covering} UNION ALL {start} {_above()}", ids=areas, **_values(include))
        for area in areas:
            self._facts[Question("object", area, COVERS, include)] = []
        self._keep(rows, include)
        # Whether a body was in shadow form is asked next, one by one.
        self.bodies.note(
            fact.subject for area in areas for fact in self._facts[Question("object", area, COVERS, include)]
        )

    def _look_up(self, body: str, include: Include) -> None:
        """What this body belongs to, what that belongs to, and who sits at the councils among them."""
        start = f"MATCH {node('b', 'entities')} WHERE b.key = $id"
        rows = self._rows(f"{start} {_above()}", id=body, **_values(include))
        self._facts[Question("subject", body, UP, include)] = []
        self._keep(rows, include)

    def _keep(self, rows: list[list[Any]], include: Include) -> None:
        for sort, body, first, inside, contracts in rows:
            if sort == "covered":
                self._facts[Question("object", body, COVERS, include)] = as_facts(first)
                continue
            self._facts[Question("subject", body, UP, include)] = as_facts(first)
            if inside is not None:
                self._facts[Question("object", body, _INSIDE, include)] = as_facts(inside)
                self._facts[Question("subject", body, _CONTRACTS, include)] = as_facts(contracts)


def _above() -> str:
    """Rows about everything above the bodies `b`; of councils also what is part of them, and their contracts.

    It takes the values of `_values`.
    """
    council = "CASE WHEN x.kind IN $around THEN {} END"
    return (
        f"MATCH (b)-[:MEMBER_OF|PART_OF*0..5]->(x) WHERE {ours('x')} WITH DISTINCT x"
        f" RETURN ['body', x.key, {_facts('WITH x AS s MATCH (s)-[r:MEMBER_OF|PART_OF]->(o)')},"
        f" {council.format(_facts('WITH x AS o MATCH (s)-[r:PART_OF]->(o)'))},"
        f" {council.format(_facts('WITH x AS s MATCH (s)-[r:HOLDS_CONTRACT_WITH]->(o)'))}] AS row"
    )


def _values(include: Include) -> dict[str, Any]:
    """Which statements may be shown, and the kinds around which bodies of certain kinds are looked for."""
    around = [kind.kind for kind in kinds().values() if set(kind.climbs) & kinds().keys()]
    return {**shown_values(include), "around": around}


def _facts(match: str) -> str:
    return f"COLLECT {{ {match} WHERE {ours('s', 'o')} AND {shown('r')} RETURN [{FACT_CELLS}] }}"


def shown(name: str) -> str:
    """The condition that an answer may show a statement."""
    return f"{name}.status IN $statuses"


def shown_values(include: Include) -> dict[str, Any]:
    """The value of that condition."""
    return {"statuses": list(include.statuses)}


def as_facts(rows: list[list[Any]]) -> list[Relationship]:
    """Statements from rows of `FACT_CELLS`, in the order of every store."""
    return sorted((Relationship(*filled(FACT, row, "relationships")) for row in rows), key=relationship_order)
