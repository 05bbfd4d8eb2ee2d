"""Walking the structure: what covers an area, what a body belongs to, who sits at its council."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from orgmap.graphmodel.model import (
    IN_FORCE,
    Accountability,
    Entity,
    Include,
    Period,
    Relationship,
    Source,
)
from orgmap.graphmodel.store import Store, relationship_order
from orgmap.graphmodel.vocabulary import kind_of, kinds, kinds_beside, of_id, paired, roles
from orgmap.queries.by_set import BySet, kept_with

UP = ("part_of", "member_of")

ABOVE = "above"
"""Said of kinds of which everything that they are part or a member of has a role for their places, too."""

DAYS = 400
"""So many days are remembered; then all are forgotten.

A day's names are kept for each body that was asked about.
"""


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles that a body of a kind has for a place that it covers.

    >>> roles_of("integrated_care_board"), roles_of("nhs_trust")
    (('commissioner', 'system'), ())
    """
    return kinds()[kind].roles if kind in kinds() else ()


class RoleFact(NamedTuple):
    """A body, the role it has for a place, and the statements that say so."""

    role: str
    body: str
    facts: tuple[Relationship, ...]


def in_order(found: Iterable[RoleFact]) -> list[RoleFact]:
    """Roles in the order in which they are told."""
    order = list(roles())
    return sorted(found, key=lambda fact: (order.index(fact.role), fact.body))


class Chains:
    """The relationships around bodies and areas, each asked of the store once, and by set where many will be asked.

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
        self._of_kind: dict[str, list[Period]] = {}

    @classmethod
    def of(cls, store: Store, include: Include = IN_FORCE) -> Chains:
        """The chains of a store, kept as long as the store is: a second question asks nothing twice."""
        kept = kept_with(store, "chains", dict[Include, Chains])
        if include not in kept:
            kept[include] = cls(store, include)
        return kept[include]

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
            first.update(fact.subject for fact in covering if fact.period.holds(at))
            later.update(fact.subject for fact in covering if _may_emerge(fact, at))
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
        if end == "subject":
            for fact in self.store.relationships(subjects=ids, verbs=verbs, include=self.include):
                found.setdefault(fact.subject, []).append(fact)
        else:
            for fact in self.store.relationships(objects=ids, verbs=verbs, include=self.include):
                found.setdefault(fact.object, []).append(fact)
        return found

    def _read_above(self, ids: set[str]) -> dict[str, list[Relationship]]:
        found = self._read("subject", ids, UP)
        upper = {fact.object for facts in found.values() for fact in facts}
        self.expect(upper)
        self._covers.expect(one for one in upper if "social_care" in of_id(one).traits)
        return found

    def _read_below(self, ids: set[str]) -> dict[str, list[Relationship]]:
        found = self._read("object", ids, UP)
        parts = {fact.subject for facts in found.values() for fact in facts}
        self.expect_reach(one for one in parts if of_id(one).reach in ("own", "members"))
        return found

    def _read_ties(self, ids: set[str]) -> dict[str, list[Relationship]]:
        """Every relation of each of these bodies; how far it reaches (`covers`) is none."""
        found: dict[str, set[Relationship]] = {one: set() for one in ids}
        met: set[str] = set()
        for fact in (
            *self.store.relationships(subjects=ids, include=self.include),
            *self.store.relationships(objects=ids, include=self.include),
        ):
            if fact.verb == "covers":
                continue
            for end in (fact.subject, fact.object):
                if end in found:
                    found[end].add(fact)
                else:
                    met.add(end)
        self._above.expect(one for one in met if of_id(one).reach != "list")
        councils = [one for one in met if "social_care" in of_id(one).traits]
        self._ties.expect(councils)
        self._covers.expect(councils)
        return {one: sorted(facts, key=relationship_order) for one, facts in found.items()}

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
        lives = self.store.entities(ids=ids, at=at, include=Include.of(["shadow"]))
        found = {entity.id: entity for entity in lives}
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
            self._of_kind[kind] = [entity.period for entity in self.store.entities(kind=kind)]
        return any(period.holds(at) for period in self._of_kind[kind])

    def in_force(self, ids: list[str], at: str) -> list[str]:
        """Those of the bodies that exist on a day."""
        found = self.entities(set(ids), at)
        return [body for body in ids if body in found and found[body].period.holds(at)]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Sources by id."""
        return {one: source for one, source in self._sources.all_of(ids) if source}

    def accountability(self) -> list[Accountability]:
        """Every step of accountability."""
        if self._accountability is None:
            self._accountability = self.store.accountability()
            self.expect_sources(one for step in self._accountability for one in step.source.split())
        return self._accountability

    def belongs_to(self, body: str, at: str) -> list[str]:
        """Everything that a body is part or a member of on a day, and what that belongs to, the nearest first."""
        found: list[str] = []
        waiting = [body]
        while waiting:
            upper = [fact.object for one in waiting for fact in self.above(one, at)]
            waiting = [one for one in dict.fromkeys(upper) if one not in found and one != body]
            found += waiting
        return found

    def beside(self, body: str, at: str) -> list[str]:
        """Every body that stands in one relation with a body on a day, whichever of them it begins from."""
        return sorted({fact.object if fact.subject == body else fact.subject for fact in self.ties(body, at)})

    def members(self, body: str, at: str) -> list[str]:
        """What is part or a member of a body on a day."""
        return sorted(
            {fact.subject for fact in self.ties(body, at) if fact.object == body and fact.verb in UP}
        )

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

    def covering_all(self, areas: Iterable[str], at: str) -> Iterator[tuple[str, Relationship]]:
        """What covers each of these areas on that day."""
        for area, facts in self._covering.all_of(areas):
            yield from ((area, fact) for fact in _holding(facts, at))

    def around(self, body: str, kinds: tuple[str, ...], at: str) -> list[RoleFact]:
        """The bodies of these kinds at a body on that day: its parts, whom it pays, and what it is a member of."""
        beside = _holding([*self._inside[body], *self._contracts[body]], at)
        found = []
        for fact in (*beside, *self.above(body, at)):
            other = fact.subject if fact.object == body else fact.object
            if kind_of(other) in kinds:
                found += [RoleFact(role, other, (fact,)) for role in of_id(other).roles]
        return found

    def climb(self, body: str, first: Relationship, at: str) -> list[RoleFact]:
        """The roles of a body that a fact names, and of everything above it, each with the facts on the way."""
        found: dict[tuple[str, str], RoleFact] = {}
        waiting: list[tuple[str, tuple[Relationship, ...]]] = [(body, (first,))]
        while waiting:
            current, path = waiting.pop(0)
            kind = of_id(current)
            for role in kind.roles:
                found.setdefault((role, current), RoleFact(role, current, path))
            if ABOVE not in kind.climbs:
                # A council sits in partnerships for their whole area: that gives its places no partnership.
                for around in self.around(current, kind.climbs, at) if kind.climbs else ():
                    found.setdefault((around.role, around.body), around._replace(facts=path + around.facts))
            elif len(path) < 6:
                waiting += [(fact.object, (*path, fact)) for fact in self.above(current, at)]
        return list(found.values())

    def of_areas(self, areas: Iterable[str], at: str) -> set[str]:
        """Every body with a role for any of these areas on that day."""
        asked = sorted(set(areas))
        self.expect_areas(asked, at)
        first = {fact.subject: fact for area in asked for fact in self._with_a_role(area, at)}
        above = {role.body for body, fact in first.items() for role in self.climb(body, fact, at)}
        return above | {role.body for area in asked for role in self._emerging(area, at)}

    def _with_a_role(self, area: str, at: str) -> list[Relationship]:
        """What covers the area on that day and does so in its own right."""
        covering = self.covering(area, at)
        # A trust's own SHA is the statutory one; the area's best fit stands in where no trust is known.
        here = {kind_of(fact.subject) for fact in covering}
        return [
            fact for fact in covering if here.isdisjoint(paired(kind_of(fact.subject) or "", "yields_to"))
        ]

    def of_area(self, area: str, at: str) -> list[RoleFact]:
        """Every body with a role for an area on that day, once for each role."""
        found: dict[tuple[str, str], RoleFact] = {}
        for fact in self._with_a_role(area, at):
            for role in self.climb(fact.subject, fact, at):
                found.setdefault((role.role, role.body), role)
        for role in self._emerging(area, at):
            found.setdefault((role.role, role.body), role)
        return in_order(found.values())

    def _emerging(self, area: str, at: str) -> list[RoleFact]:
        """Groups that will commission for the area and already act in shadow form on that day.

        If shadow forms are asked for, also those that exist and do not act yet; their fact says that.
        """
        found = []
        for fact in self._covering[area]:
            if not _may_emerge(fact, at):
                continue
            shadow = self.in_shadow(fact.subject, at)
            if shadow and shadow.valid_until == fact.valid_from:
                found.append(RoleFact("emerging_commissioner", fact.subject, (fact,)))
            elif shadow and "shadow" in self.include.statuses:
                early = fact._replace(status="shadow", note=shadow.note)
                found.append(RoleFact("emerging_commissioner", fact.subject, (early,)))
        return found

    def in_shadow(self, body: str, at: str) -> Entity | None:
        """The stage in shadow form that a body is known to be in on a day."""
        return self._on(at)[body][1]

    def of_practice(self, practice: str, at: str) -> list[RoleFact]:
        """Every body with a role for a practice's registered patients on that day."""
        # A network may lie under a neighbouring commissioner: the practice's own listing decides.
        listed = self.above(practice, at)
        networks = [fact for fact in listed if of_id(fact.object).reach == "lists"]
        own = [fact for fact in listed if fact not in networks]
        found: dict[tuple[str, str], RoleFact] = {}
        for fact in own:
            for role in self.climb(fact.object, fact, at):
                found.setdefault((role.role, role.body), role)
        for fact in networks:
            for word in of_id(fact.object).roles:
                found[word, fact.object] = RoleFact(word, fact.object, (fact,))
        return in_order(found.values())


def _holding(facts: list[Relationship], at: str) -> list[Relationship]:
    return [
        fact
        for fact in facts
        if ((start := fact.valid_from) is None or start <= at)
        and ((end := fact.valid_until) is None or at < end)
    ]


def _may_emerge(fact: Relationship, at: str) -> bool:
    """Whether a group that has not begun will commission for the area that it covers: it may act already."""
    starts = fact.valid_from
    return starts is not None and at < starts and bool(paired(kind_of(fact.subject) or "", "forms_beside"))
