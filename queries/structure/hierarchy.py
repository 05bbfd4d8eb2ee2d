"""Walking the structure: what covers an area, what a body belongs to, who sits at its council."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.model import IN_FORCE, Include, Relationship
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, kinds, of_id, paired, roles
from orgmap.queries.by_set import kept_with
from orgmap.queries.structure.surroundings import ABOVE, UP, Surroundings, may_emerge


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


class Chains(Surroundings):
    """Walks from body to body over what a store says around them."""

    @classmethod
    def of(cls, store: Store, include: Include = IN_FORCE) -> Chains:
        """The chains of a store, kept as long as the store is: a second question asks nothing twice."""
        kept = kept_with(store, "chains", dict[Include, Chains])
        if include not in kept:
            kept[include] = cls(store, include)
        return kept[include]

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

    def around(self, body: str, kinds: tuple[str, ...], at: str) -> list[RoleHolder]:
        """The bodies of these kinds at a body on that day: its parts, whom it pays, and what it is a member of."""
        beside = self.standing_at(body, at)
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
        self.expect_areas(asked, at)
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
        for relationship in self.ever_covering(area):
            if not may_emerge(relationship, at):
                continue
            shadow = self.in_shadow(relationship.subject, at)
            if shadow and shadow.valid_until == relationship.valid_from:
                found.append(RoleHolder("emerging_commissioner", relationship.subject, (relationship,)))
            elif shadow and "shadow" in self.include.statuses:
                early = relationship._replace(status="shadow", note=shadow.note)
                found.append(RoleHolder("emerging_commissioner", relationship.subject, (early,)))
        return found

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
