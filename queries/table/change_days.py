"""The days on which answers change: between two of them a place has the same bodies, names and codes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after, day_before
from orgmap.graphmodel.model import Entity, Include
from orgmap.graphmodel.plans.foretold import planned_ends
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import of_id, reach_of
from orgmap.queries.coverage import abouts
from orgmap.queries.place.councils_then import districts_before
from orgmap.queries.place.location import days_of_lists
from orgmap.queries.plans.marks import last_day_known
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.surroundings import UP


class Borders(NamedTuple):
    """The days, in order, and the bodies around areas whose changes they are; `of_tables` are those of no body's.

    `to_end` has the day to come on which a plan is to end a body: one of the days, though nothing changes with it.
    The days from one border to the next are an era; era 0 lies before the first border.
    """

    days: list[str]
    bodies: frozenset[str]
    of_tables: frozenset[str] = frozenset()
    to_end: Mapping[str, str] = {}


def find_borders(store: Store) -> Borders:
    """Every day on which anything around an area changed, or a table ended.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     "2013-04-01" in find_borders(store).days
    True
    """
    relationships = store.relationships(verbs=["covers", "holds_contract_with"])
    bodies = {relationship.subject for relationship in relationships}
    seen: set[str] = set()
    while bodies - seen:
        new = bodies - seen
        seen |= new
        above = store.relationships(subjects=new, verbs=UP)
        relationships += above
        bodies |= {relationship.object for relationship in above}
    councils = {body for body in seen if "social_care" in of_id(body).traits}
    relationships += store.relationships(objects=councils, verbs=["part_of"])
    days = _ends(relationships)
    for entity in store.entities(ids=seen):
        details = store.details(entity.id)
        days |= _ends(details.names) | _ends(details.identifiers)
    horizons = {day_after(about.horizon) for about in abouts(store) if about.horizon}
    of_tables = horizons | {about.names_from for about in abouts(store) if about.names_from}
    plans = planned_ends(store, None, Include.of("planned"))
    to_end = {body: end.date for body, end in plans.items() if end.date and end.date > last_day_known(store)}
    of_tables |= set(to_end.values())
    return Borders(sorted(days | of_tables), frozenset(seen), frozenset(of_tables), to_end)


class Stretches:
    """For places the eras after which something around them changes: most borders are other places' borders.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     borders = find_borders(store)
    ...     eras = Stretches(Chains(store), borders).of_places(["area:E01024633"])
    >>> "2013-04-01" in [borders.days[era - 1] for era in eras]
    True
    """

    def __init__(self, chains: Chains, borders: Borders) -> None:
        self._chains, self._borders = chains, borders
        self._of_area: dict[str, frozenset[int]] = {}
        self._of_body: dict[str, frozenset[int]] = {}
        self._first = frozenset({1, *(self._era(day) for day in borders.of_tables)})

    def of_places(self, areas: Iterable[str]) -> list[int]:
        """The eras with which something may change for a place in these areas, rising."""
        found = set(self._first)
        for area in areas:
            if area not in self._of_area:
                self._of_area[area] = self._around(area)
            found |= self._of_area[area]
        return sorted(found)

    def _era(self, day: str) -> int:
        """The first era of which all days are on or after a day."""
        return bisect_left(self._borders.days, day) + 1

    def _around(self, area: str) -> frozenset[int]:
        covering = self._chains.ever_covering(area)
        bodies = {relationship.subject for relationship in covering} | districts_before(
            self._chains.store, area
        )
        eras = {self._era(day) for day in _ends(covering)}
        waiting = sorted(bodies)
        while waiting:
            self._chains.expect(waiting)
            upper = {one for body in waiting for one in self._of_one(body, eras)}
            waiting = sorted(upper - bodies)
            bodies |= upper
        return frozenset(eras)

    def _of_one(self, body: str, eras: set[int]) -> set[str]:
        """Adds the eras with which a body changes, and tells which bodies are around it."""
        if body not in self._of_body:
            self._of_body[body] = frozenset(map(self._era, self._days_of(body)))
        relationships = self._chains.ever_around(body)
        eras |= self._of_body[body]
        return {end for one in relationships for end in (one.subject, one.object)}

    def _days_of(self, body: str) -> set[str]:
        """The days on which a body began, ended, changed its name, code or stage, or what it belongs to."""
        details = self._chains.store.details(body)
        days = (
            _ends(self._chains.rows([body])) | _ends(self._chains.ever_around(body)) | _ends(details.phases)
        )
        # Of a stage whose start is not known the last day alone counts.
        days |= {day_before(phase.valid_until) for phase in details.phases if phase.valid_until}
        return days | _ends(details.names) | _ends(details.identifiers)


def lives_of_bodies(store: Store) -> set[str]:
    """The first and last days of every body that a place may be named after."""
    return _ends(entity for entity in store.entities() if reach_of(entity.kind) != "list")


def own_days(store: Store, body: Entity) -> set[str]:
    """The days on which a body itself changed: its life, what it belonged to, where it stood."""
    details = store.details(body.id)
    listed = (days_of_lists(store, word.value) for word in details.locations)
    return (
        set[str]().union(*listed)
        | _ends([body])
        | _ends(store.relationships(subjects=[body.id]))
        | _ends(details.locations)
        | _ends(details.names)
    )


def _ends(dated: Iterable[object]) -> set[str]:
    return {
        day
        for one in dated
        for end in ("valid_from", "valid_until")
        if (day := getattr(one, end)) is not None and day
    }
