"""What a store says around bodies and areas: each asked once, and by set where many will be asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from orgmap.graphmodel.model import (
    IN_FORCE,
    Accountability,
    Entity,
    Include,
    Period,
    Relationship,
    Source,
)
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store, relationship_order, surest
from orgmap.graphmodel.vocabulary import kind_of, kinds_beside, of_id, paired
from orgmap.queries.by_set import BySet

UP = ("part_of", "member_of")

ABOVE = "above"
"""Said of kinds of which everything that they are part or a member of has a role for their places, too."""

DAYS = 400
"""So many days are remembered; then all are forgotten. A day's names are kept for each body that was asked about."""


class Surroundings:
    """The relationships of bodies and areas, and who the bodies are on a day.

    What will be asked about is said before (`expect`, `expect_areas`): the first question about one of them then
    reads them all. What a question leads to is expected without being said.
    """

    def __init__(self, store: Store, include: Include = IN_FORCE) -> None:
        self.store = store
        self.include = include
        self._above = self._by_set(self._read_above)
        self._inside = self._by_set(lambda ids: self._read("object", ids, ("part_of",)))
        self._contracts = self._by_set(lambda ids: self._read("subject", ids, ("holds_contract_with",)))
        self._below = self._by_set(self._read_below)
        self._covers = self._by_set(lambda ids: self._read("subject", ids, ("covers",)))
        self._covering = self._by_set(lambda ids: self._read("object", ids, ("covers",)))
        self._supports = self._by_set(lambda ids: self._read("object", ids, ("supports",)))
        self._ties = self._by_set(self._read_ties)
        self._rows = BySet[Entity | None](self._read_rows, None)
        self._lives: dict[str, BySet[tuple[Entity | None, Entity | None]]] = {}
        self._sources = BySet[Source | None](self.store.sources, None)
        self._accountability: list[Accountability] | None = None
        self._accountability_on: dict[str, list[Accountability]] = {}
        self._of_kind: dict[str, list[Period]] = {}

    def expect(self, ids: Iterable[str], at: str | None = None) -> None:
        """Says that it will be asked what these bodies belong to, what stands around them, and who they are then."""
        bodies = list(ids)
        self._above.expect(bodies)
        climbing = [one for one in bodies if (climbs := of_id(one).climbs) and ABOVE not in climbs]
        self._inside.expect(climbing)
        self._contracts.expect(climbing)
        if at:
            self._on(at).expect(bodies)

    def expect_relations(self, ids: Iterable[str]) -> None:
        """Says that it will be asked for every relation of these bodies."""
        bodies = list(ids)
        self._ties.expect(bodies)
        self._supports.expect(bodies)
        self._rows.expect(bodies)

    def expect_reach(self, ids: Iterable[str]) -> None:
        """Says that it will be asked how far these bodies reach, by themselves and by what belongs to them."""
        bodies = list(ids)
        self._covers.expect(bodies)
        self._below.expect(bodies)

    def expect_areas(self, areas: Iterable[str], at: str) -> None:
        """Says that it will be asked what has a role for these areas on a day."""
        first, later = set[str](), set[str]()
        for _, covering in self._covering.all_of(areas):
            first.update(relationship.subject for relationship in covering if relationship.period.holds(at))
            later.update(relationship.subject for relationship in covering if may_emerge(relationship, at))
        self.expect(first)
        self._on(at).expect(later)

    def expect_sources(self, ids: Iterable[str]) -> None:
        """Says that these sources will be cited."""
        self._sources.expect(ids)

    def _by_set(self, read: Callable[[set[str]], dict[str, list[Relationship]]]) -> BySet[list[Relationship]]:
        return BySet[list[Relationship]](read, [])

    def _read(self, end: str, ids: set[str], verbs: tuple[str, ...]) -> dict[str, list[Relationship]]:
        """The statements that have one of these bodies at one end, by that body."""
        found: dict[str, list[Relationship]] = {}
        subjects, objects = (ids if one == end else None for one in ("subject", "object"))
        for relationship in self.store.relationships(
            subjects=subjects, objects=objects, verbs=verbs, include=self.include
        ):
            found.setdefault(getattr(relationship, end), []).append(relationship)
        return found

    def _read_above(self, ids: set[str]) -> dict[str, list[Relationship]]:
        found = self._read("subject", ids, UP)
        upper = {relationship.object for relationships in found.values() for relationship in relationships}
        self.expect(upper)
        self._covers.expect(one for one in upper if "social_care" in of_id(one).traits)
        return found

    def _read_below(self, ids: set[str]) -> dict[str, list[Relationship]]:
        found = self._read("object", ids, UP)
        parts = {relationship.subject for relationships in found.values() for relationship in relationships}
        self.expect_reach(one for one in parts if of_id(one).reach in ("own", "members"))
        return found

    def _read_ties(self, ids: set[str]) -> dict[str, list[Relationship]]:
        """Every relation of each of these bodies; how far it reaches (`covers`) is none."""
        found: dict[str, set[Relationship]] = {one: set() for one in ids}
        met: set[str] = set()
        for relationship in (
            *self.store.relationships(subjects=ids, include=self.include),
            *self.store.relationships(objects=ids, include=self.include),
        ):
            if relationship.verb == "covers":
                continue
            for end in (relationship.subject, relationship.object):
                if end in found:
                    found[end].add(relationship)
                else:
                    met.add(end)
        self._above.expect(one for one in met if of_id(one).reach != "list")
        councils = [one for one in met if "social_care" in of_id(one).traits]
        self._ties.expect(councils)
        self._covers.expect(councils)
        return {one: sorted(relationships, key=relationship_order) for one, relationships in found.items()}

    def _read_rows(self, ids: set[str]) -> dict[str, Entity | None]:
        return {entity.id: entity for entity in self.store.entities(ids=ids)}

    def _on(self, at: str) -> BySet[tuple[Entity | None, Entity | None]]:
        """Bodies under the names of a day, and the stage in shadow form that each is known to be in."""
        if at not in self._lives:
            if len(self._lives) >= DAYS:
                self._lives.clear()
            self._lives[at] = BySet(partial(self._read_lives, at), (None, None))
        return self._lives[at]

    def _read_lives(self, at: str, ids: set[str]) -> dict[str, tuple[Entity | None, Entity | None]]:
        shown = Include.of(["shadow", *self.include.statuses])
        lives = self.store.entities(ids=ids, at=at, include=shown)
        found = surest(lives)
        shadows = {entity.id: entity for entity in reversed(lives) if entity.status == "shadow"}
        if others := ids - found.keys():
            found |= {entity.id: entity for entity in self.store.entities(ids=others)}
        return {one: (found.get(one), shadows.get(one)) for one in ids}

    def entities(self, ids: set[str], at: str) -> dict[str, Entity]:
        """Bodies by id under the names of the day; those not in force then as they last were."""
        return {one: entity for one, (entity, _) in self._on(at).all_of(ids) if entity}

    def rows(self, ids: Iterable[str]) -> list[Entity]:
        """Bodies by id, under the names that they bear or bore last."""
        return [entity for _, entity in self._rows.all_of(sorted(set(ids))) if entity]

    def kind(self, body: str) -> str:
        """The kind of a body: where several kinds have such ids, only its row tells which of them it is."""
        kind = kind_of(body) or ""
        if not kind or len(kinds_beside(kind)) == 1:
            return kind
        row = self._rows[body]
        return row.kind if row else kind

    def any_of_kind(self, kind: str, at: str) -> bool:
        """Whether any body of a kind is in force on a day."""
        if kind not in self._of_kind:
            bodies = self.store.entities(kind=kind)
            self._of_kind[kind] = [body.period for body in bodies if body.status not in PLANS]
        return any(period.holds(at) for period in self._of_kind[kind])

    def in_force(self, ids: list[str], at: str) -> list[str]:
        """Those of the bodies that exist on a day."""
        found = self.entities(set(ids), at)
        return [body for body in ids if body in found and found[body].in_force_on(at)]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Sources by id."""
        return {one: source for one, source in self._sources.all_of(ids) if source}

    def accountability(self) -> list[Accountability]:
        """Every step of accountability."""
        if self._accountability is None:
            self._accountability = self.store.accountability()
            self.expect_sources(one for step in self._accountability for one in step.source.split())
        return self._accountability

    def accountability_on(self, at: str) -> list[Accountability]:
        """Every step of accountability that holds on a day and may be shown."""
        if at not in self._accountability_on:
            if len(self._accountability_on) >= DAYS:
                self._accountability_on.clear()
            self._accountability_on[at] = [
                step
                for step in self.accountability()
                if step.period.holds(at) and self.include.shows(step.status)
            ]
        return self._accountability_on[at]

    def ties(self, body: str, at: str) -> list[Relationship]:
        """Every relation between a body and another on a day; how far it reaches (`covers`) is none."""
        return _holding(self._ties[body], at)

    def above(self, body: str, at: str) -> list[Relationship]:
        """What the body is part or a member of on that day."""
        return _holding(self._above[body], at)

    def below(self, body: str, at: str) -> list[Relationship]:
        """What is part or a member of the body on that day."""
        return _holding(self._below[body], at)

    def supporters(self, body: str, at: str) -> list[Relationship]:
        """What supports the body on that day."""
        return _holding(self._supports[body], at)

    def covered(self, body: str, at: str) -> list[Relationship]:
        """The areas that the body covers on that day."""
        return _holding(self._covers[body], at)

    def covering(self, area: str, at: str) -> list[Relationship]:
        """What covers the area on that day."""
        return _holding(self._covering[area], at)

    def ever_covering(self, area: str) -> list[Relationship]:
        """What covers the area on any day."""
        return self._covering[area]

    def ever_around(self, body: str) -> list[Relationship]:
        """What the body belongs to on any day; of one that gives its places other bodies, also what stands at it."""
        climbs = of_id(body).climbs
        at_it = [*self._inside[body], *self._contracts[body]] if climbs and ABOVE not in climbs else []
        return [*self._above[body], *at_it]

    def standing_at(self, body: str, at: str) -> list[Relationship]:
        """What is part of the body on that day, and whom it pays."""
        return _holding([*self._inside[body], *self._contracts[body]], at)

    def covering_all(self, areas: Iterable[str], at: str) -> Iterator[tuple[str, Relationship]]:
        """What covers each of these areas on that day."""
        for area, relationships in self._covering.all_of(areas):
            yield from ((area, relationship) for relationship in _holding(relationships, at))

    def in_shadow(self, body: str, at: str) -> Entity | None:
        """The stage in shadow form that a body is known to be in on a day."""
        return self._on(at)[body][1]

    def is_planned(self, body: str, at: str) -> bool:
        """Whether a body is there on a day by a plan that was asked for."""
        found = self._on(at)[body][0]
        return bool(found and found.status in self.include.plans and found.period.holds(at))


def _holding(relationships: list[Relationship], at: str) -> list[Relationship]:
    return [
        relationship
        for relationship in relationships
        if ((start := relationship.valid_from) is None or start <= at)
        and ((end := relationship.valid_until) is None or at < end)
    ]


def may_emerge(relationship: Relationship, at: str) -> bool:
    """Whether a group that has not begun will commission for the area that it covers: it may act already."""
    starts = relationship.valid_from
    return (
        starts is not None
        and at < starts
        and bool(paired(kind_of(relationship.subject) or "", "forms_beside"))
    )
