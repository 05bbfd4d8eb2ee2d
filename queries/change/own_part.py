"""Where the practices and places of one body went when another, into which it had merged, was divided."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import Entity, Succession
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.strays import LEAST_SHARE, is_stray
from orgmap.graphmodel.vocabulary import of_id, practice_kind

PLACES = "residents"
"""What the shares count where they rest on places and not on practices."""


class OwnPart:
    """What a body had when it ended, followed through the divisions of those that took over from it.

    A share of a merged body says nothing of one of those that merged: all of one may have gone to one side.
    """

    def __init__(self, store: Store, body: Entity) -> None:
        self._store = store
        self._body = body
        self._last_day = day_before(body.valid_until) if body.valid_until else ""

    @cached_property
    def _practices(self) -> frozenset[str]:
        return self._listed(self._body.id, self._last_day)

    @cached_property
    def _places(self) -> frozenset[str]:
        return self._covered(self._body.id, self._last_day)

    def shared_out(self, divided: str, day: str, parts: list[Succession]) -> list[Succession]:
        """The successions of a body that was divided, weighed by what of the body asked about went with each.

        By practices, else by places; who got nothing is left out. With neither known no pair has a weight.
        """
        eve = day_before(day)
        practices = self._practices & self._listed(divided, eve) if self._practices else frozenset()
        taken = [len(practices & self._listed(part.successor, day)) for part in parts] if practices else []
        if total := sum(taken):
            return [
                part._replace(
                    weight=many / total,
                    counts="practices",
                    number=many,
                    stray="yes" if is_stray(many, total, max(taken)) else "",
                )
                for part, many in zip(parts, taken, strict=True)
                if many
            ]
        places = self._places & self._covered(divided, eve) if self._places else frozenset()
        people = [self._people(places & self._covered(part.successor, day)) for part in parts if places]
        if not sum(people):
            return [part._replace(weight=None, counts="", number=None) for part in parts]
        return [
            part._replace(
                weight=many / sum(people),
                counts=PLACES,
                number=many,
                stray="yes" if many / sum(people) < LEAST_SHARE else "",
            )
            for part, many in zip(parts, people, strict=True)
            if many
        ]

    def _people(self, areas: Iterable[str]) -> float:
        populations = self._store.populations()
        return sum(populations.get(area, 0.0) for area in areas)

    def _below(self, body: str, day: str) -> tuple[set[str], set[str]]:
        """Everything that is part or a member of a body on a day, the practices apart.

        A network may lie under a neighbouring commissioner, so its practices are not asked.
        """
        found, practices, waiting = {body}, set[str](), {body}
        while waiting:
            relationships = self._store.relationships(
                objects=sorted(waiting), verbs=("part_of", "member_of"), at=day
            )
            below = {relationship.subject for relationship in relationships}
            practices |= {one for one in below if of_id(one).reach == "list"}
            waiting = {one for one in below - found if of_id(one).reach not in ("list", "lists")}
            found |= waiting
        return found, practices

    def _listed(self, body: str, day: str) -> frozenset[str]:
        practices = self._below(body, day)[1]
        proper = self._store.entities(ids=sorted(practices), kind=practice_kind(), at=day)
        return frozenset(entity.id for entity in proper)

    def _covered(self, body: str, day: str) -> frozenset[str]:
        payers = self._store.relationships(objects=[body], verbs=["holds_contract_with"], at=day)
        bodies = self._below(body, day)[0] | {relationship.subject for relationship in payers}
        return frozenset(
            relationship.object
            for relationship in self._store.relationships(subjects=sorted(bodies), verbs=["covers"], at=day)
        )
