"""Walking the structure: what covers an area, what a body belongs to, who sits at its council."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from orgmap.graphmodel.model import (
    IN_FORCE,
    Accountability,
    Entity,
    Include,
    Relationship,
    Source,
)
from orgmap.graphmodel.stages import known_period
from orgmap.graphmodel.store import Dated, Store, relationship_order, surest
from orgmap.graphmodel.vocabulary import kind_of, kinds, kinds_beside, of_id, paired, roles

UP = ("part_of", "member_of")

ABOVE = "above"
"""Said of kinds of which everything that they are part or a member of has a role for their places, too."""

_KEPT: WeakKeyDictionary[Store, dict[Include, Chains]] = WeakKeyDictionary()


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles that a body of a kind has for a place that it covers.

    >>> roles_of("integrated_care_board"), roles_of("nhs_trust")
    (('commissioner', 'system'), ())
    """
    return kinds()[kind].roles if kind in kinds() else ()


class RoleHolder(NamedTuple):
    """A body, the role it has for a place, and the statements that say so."""

    role: str
    body: str
    relationships: tuple[Relationship, ...]


def in_order(found: Iterable[RoleHolder]) -> list[RoleHolder]:
    """Roles in the order in which they are told."""
    order = list(roles())
    return sorted(found, key=lambda holder: (order.index(holder.role), holder.body))


class Chains:
    """The relationships around bodies and areas, each asked of the store once."""

    def __init__(self, store: Store, include: Include = IN_FORCE) -> None:
        self.store = store
        self.include = include
        self._above: dict[str, list[Relationship]] = {}
        self._around: dict[str, list[Relationship]] = {}
        self._covering: dict[str, list[Relationship]] = {}
        self._entities: dict[tuple[str, str], Entity | None] = {}
        self._sources: dict[str, Source] = {}
        self._accountability: list[Accountability] | None = None
        self._ties: dict[str, list[Relationship]] = {}

    @classmethod
    def of(cls, store: Store, include: Include = IN_FORCE) -> Chains:
        """The chains of a store, kept as long as the store is: a second question asks nothing twice."""
        kept = _KEPT.setdefault(store, {})
        if include not in kept:
            kept[include] = cls(store, include)
        return kept[include]

    def entities(self, ids: set[str], at: str) -> dict[str, Entity]:
        """Bodies by id under the names of the day; those not in force then as they last were."""
        missing = {body for body in ids if (body, at) not in self._entities}
        if missing:
            shown = Include.of(["shadow", *self.include.statuses])
            found = surest(self.store.entities(ids=missing, at=at, include=shown))
            if others := missing - found.keys():
                found |= {entity.id: entity for entity in self.store.entities(ids=others)}
            self._entities |= {(body, at): found.get(body) for body in missing}
        return {body: entity for body in ids if (entity := self._entities[body, at])}

    def kind(self, body: str) -> str:
        """The kind of a body: where several kinds have such ids, only its row tells which of them it is."""
        kind = kind_of(body) or ""
        if not kind or len(kinds_beside(kind)) == 1:
            return kind
        return next((one.kind for one in self.store.entities(ids=[body])), kind)

    def in_force(self, ids: list[str], at: str) -> list[str]:
        """Those of the bodies that exist on a day."""
        found = self.entities(set(ids), at)
        return [body for body in ids if body in found and found[body].in_force_on(at)]

    def sources(self, ids: list[str]) -> dict[str, Source]:
        """Sources by id."""
        if missing := [one for one in ids if one not in self._sources]:
            self._sources |= self.store.sources(missing)
        return {one: self._sources[one] for one in ids if one in self._sources}

    def accountability(self) -> list[Accountability]:
        """Every step of accountability."""
        if self._accountability is None:
            self._accountability = self.store.accountability()
        return self._accountability

    def belongs_to(self, body: str, at: str) -> list[str]:
        """Everything that a body is part or a member of on a day, and what that belongs to, the nearest first."""
        found: list[str] = []
        waiting = [body]
        while waiting:
            upper = [relationship.object for one in waiting for relationship in self.above(one, at)]
            waiting = [one for one in dict.fromkeys(upper) if one not in found and one != body]
            found += waiting
        return found

    def beside(self, body: str, at: str) -> list[str]:
        """Every body that stands in one relation with a body on a day, whichever of them it begins from."""
        return sorted(
            {
                relationship.object if relationship.subject == body else relationship.subject
                for relationship in self.ties(body, at)
            }
        )

    def members(self, body: str, at: str) -> list[str]:
        """What is part or a member of a body on a day."""
        return sorted(
            {
                relationship.subject
                for relationship in self.ties(body, at)
                if relationship.object == body and relationship.verb in UP
            }
        )

    def ties(self, body: str, at: str) -> list[Relationship]:
        """Every relation between a body and another on a day; how far it reaches (`covers`) is none."""
        if body not in self._ties:
            relationships = {
                *self.store.relationships(subjects=[body], include=self.include),
                *self.store.relationships(objects=[body], include=self.include),
            }
            self._ties[body] = sorted(
                (f for f in relationships if f.verb != "covers"), key=relationship_order
            )
        return [relationship for relationship in self._ties[body] if relationship.period.holds(at)]

    def above(self, body: str, at: str) -> list[Relationship]:
        """What the body is part or a member of on that day."""
        if body not in self._above:
            self._above[body] = self.store.relationships(subjects=[body], verbs=UP, include=self.include)
        return [relationship for relationship in self._above[body] if relationship.period.holds(at)]

    def covering(self, area: str, at: str) -> list[Relationship]:
        """What covers the area on that day."""
        return [relationship for relationship in self._all_covering(area) if relationship.period.holds(at)]

    def _all_covering(self, area: str) -> list[Relationship]:
        if area not in self._covering:
            self._covering[area] = self.store.relationships(
                objects=[area], verbs=["covers"], include=self.include
            )
        return self._covering[area]

    def _read_covering(self, areas: Iterable[str]) -> None:
        """Reads what covers many areas in one question."""
        waiting = [area for area in areas if area not in self._covering]
        self._covering.update((area, []) for area in waiting)
        if waiting:
            for relationship in self.store.relationships(
                objects=waiting, verbs=["covers"], include=self.include
            ):
                self._covering[relationship.object].append(relationship)

    def around(self, body: str, kinds: tuple[str, ...], at: str) -> list[RoleHolder]:
        """The bodies of these kinds at a body on that day: its parts, whom it pays, and what it is a member of."""
        if body not in self._around:
            self._around[body] = [
                *self.store.relationships(objects=[body], verbs=["part_of"], include=self.include),
                *self.store.relationships(
                    subjects=[body], verbs=["holds_contract_with"], include=self.include
                ),
            ]
        beside = [relationship for relationship in self._around[body] if relationship.period.holds(at)]
        found = []
        for relationship in (*beside, *self.above(body, at)):
            other = relationship.subject if relationship.object == body else relationship.object
            if kind_of(other) in kinds:
                found += [RoleHolder(role, other, (relationship,)) for role in of_id(other).roles]
        return found

    def climb(self, body: str, first: Relationship, at: str) -> list[RoleHolder]:
        """The roles of a body that a fact names, and of everything above it, each with the facts on the way."""
        found: dict[tuple[str, str], RoleHolder] = {}
        waiting: list[tuple[str, tuple[Relationship, ...]]] = [(body, (first,))]
        while waiting:
            current, path = waiting.pop(0)
            kind = of_id(current)
            for role in kind.roles:
                found.setdefault((role, current), RoleHolder(role, current, path))
            if ABOVE not in kind.climbs:
                # A council sits in partnerships for their whole area: that gives its places no partnership.
                for around in self.around(current, kind.climbs, at) if kind.climbs else ():
                    found.setdefault(
                        (around.role, around.body), around._replace(relationships=path + around.relationships)
                    )
            elif len(path) < 6:
                waiting += [
                    (relationship.object, (*path, relationship)) for relationship in self.above(current, at)
                ]
        return list(found.values())

    def of_areas(self, areas: Iterable[str], at: str) -> set[str]:
        """Every body with a role for any of these areas on that day."""
        asked = sorted(set(areas))
        self._read_covering(asked)
        first = {
            relationship.subject: relationship
            for area in asked
            for relationship in self._with_a_role(area, at)
        }
        above = {
            role.body for body, relationship in first.items() for role in self.climb(body, relationship, at)
        }
        return above | {role.body for area in asked for role in self._emerging(area, at)}

    def _with_a_role(self, area: str, at: str) -> list[Relationship]:
        """What covers the area on that day and does so in its own right."""
        covering = self.covering(area, at)
        # A trust's own SHA is the statutory one; the area's best fit stands in where no trust is known.
        here = {kind_of(relationship.subject) for relationship in covering}
        return [
            relationship
            for relationship in covering
            if here.isdisjoint(paired(kind_of(relationship.subject) or "", "yields_to"))
        ]

    def of_area(self, area: str, at: str) -> list[RoleHolder]:
        """Every body with a role for an area on that day, once for each role."""
        found: dict[tuple[str, str], RoleHolder] = {}
        for relationship in self._with_a_role(area, at):
            for role in self.climb(relationship.subject, relationship, at):
                found.setdefault((role.role, role.body), role)
        for role in self._emerging(area, at):
            found.setdefault((role.role, role.body), role)
        return in_order(found.values())

    def _emerging(self, area: str, at: str) -> list[RoleHolder]:
        """Groups that will commission for the area and already act in shadow form on that day.

        If shadow forms are asked for, also those that exist and do not act yet; their fact says that.
        """
        found = []
        for relationship in self._all_covering(area):
            starts = relationship.valid_from
            if (
                starts is None
                or at >= starts
                or not paired(kind_of(relationship.subject) or "", "forms_beside")
            ):
                continue
            shadow = self.in_shadow(relationship.subject, at)
            if shadow and shadow.valid_until == starts:
                found.append(RoleHolder("emerging_commissioner", relationship.subject, (relationship,)))
            elif shadow and "shadow" in self.include.statuses:
                early = relationship._replace(status="shadow", note=shadow.note)
                found.append(RoleHolder("emerging_commissioner", relationship.subject, (early,)))
        return found

    def in_shadow(self, body: str, at: str) -> Dated | None:
        """The stage in shadow form that a body is known to be in on a day."""
        for phase in self.store.details(body).phases:
            known = known_period(phase.valid_from, phase.valid_until, phase.from_precision)
            if phase.value == "shadow" and known.holds(at):
                return phase
        return None

    def of_practice(self, practice: str, at: str) -> list[RoleHolder]:
        """Every body with a role for a practice's registered patients on that day."""
        # A network may lie under a neighbouring commissioner: the practice's own listing decides.
        listed = self.above(practice, at)
        networks = [relationship for relationship in listed if of_id(relationship.object).reach == "lists"]
        own = [relationship for relationship in listed if relationship not in networks]
        found: dict[tuple[str, str], RoleHolder] = {}
        for relationship in own:
            for role in self.climb(relationship.object, relationship, at):
                found.setdefault((role.role, role.body), role)
        for relationship in networks:
            for word in of_id(relationship.object).roles:
                found[word, relationship.object] = RoleHolder(word, relationship.object, (relationship,))
        return in_order(found.values())
