"""Looking up again and again who commissions a service for an area on a day: all that it takes is held in lists."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Include, Rule
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.commissioning.who import in_order
from orgmap.queries.place.councils_then import roles_of_area
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.table.change_days import Stretches, find_borders


class _Here(NamedTuple):
    """The bodies with a role for an area in one stretch of days, all and by kind."""

    bodies: frozenset[str]
    of_kind: dict[str, list[str]]


class CommissionerLookUp:
    """Tells who commissions a service for an area on a day, as `who` does, by id and without its reasons.

    What is around an area, and which rules a service has, is worked out when it is first asked about.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     look_up = CommissionerLookUp(store)
    ...     [look_up.of("area:E01024633", "service:health_visiting", day) for day in ("2015-09-30", "2015-10-01")]
    [('national:nhs_england',), ('council:E10000016',)]
    """

    def __init__(self, store: Store, include: Include = IN_FORCE) -> None:
        self._chains, self._rules = Chains.of(store, include), ServiceRules.of(store)
        borders = find_borders(store)
        self._borders, self._stretches = borders.days, Stretches(self._chains, borders)
        self._areas: dict[str, tuple[list[str], list[_Here | None]]] = {}
        self._services: dict[str, tuple[list[str], list[list[Rule]]]] = {}

    def of(self, area: str, service: str, at: AnyDay) -> tuple[str, ...]:
        """The ids of the commissioners, the statutory one first; nobody where the sources name none."""
        at = day_of(at)
        here = self._here(area, at)
        days, rules = self._services.get(service) or self._of_service(service)
        found: list[str] = []
        for rule in rules[bisect_right(days, at)]:
            if rule.coverage not in ("", "all"):
                named = not here.bodies.isdisjoint(rule.bodies.split())
                if named != (rule.coverage == "only"):
                    continue
            if ":" in rule.commissioner:
                found.append(rule.commissioner)
            else:
                found += here.of_kind.get(rule.commissioner, ())
        return tuple(found)

    def _here(self, area: str, at: str) -> _Here:
        known = self._areas.get(area)
        if known is None:
            starts = [self._borders[era - 1] for era in self._stretches.of_places([area])]
            known = self._areas[area] = (starts, [None] * len(starts))
        starts, stretches = known
        number = bisect_right(starts, at) - 1
        if number < 0:
            return self._around(area, at)
        here = stretches[number]
        if here is None:
            here = stretches[number] = self._around(area, starts[number])
        return here

    def _around(self, area: str, at: str) -> _Here:
        bodies = frozenset(role.body for role in roles_of_area(self._chains, area, at))
        of_kind: dict[str, list[str]] = {}
        for body in sorted(bodies):
            of_kind.setdefault(kind_of(body) or "", []).append(body)
        return _Here(bodies, of_kind)

    def _of_service(self, service: str) -> tuple[list[str], list[list[Rule]]]:
        """The days on which a service's rules change, and those that hold before the first and from each on."""
        shown = [
            rule
            for rule in in_order(self._rules.of_service(service))
            if self._chains.include.shows(rule.status)
        ]
        days = sorted({day for rule in shown for day in rule.period if day})
        held = [[rule for rule in shown if rule.valid_from is None]]
        held += [[rule for rule in shown if rule.period.holds(day)] for day in days]
        self._services[service] = days, held
        return days, held
