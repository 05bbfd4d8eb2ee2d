"""Plans about bodies: by which change one is to end, and who said that one is to come.

Answers and exports mark bodies with it, so that nobody takes a plan for a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.knowledge import VOUCHES
from orgmap.graphmodel.model import STATUSES, ChangeEvent, Entity, Include, Source
from orgmap.graphmodel.statuses import PLANS, SUPERSEDED
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import event_kinds


class PlannedEnd(NamedTuple):
    """By which change a body is to end, with which status, as was said on a day by somebody."""

    date: str | None
    status: str
    event: str
    stated_on: str | None
    said_by: str
    precision: str = ""

    def to_json(self) -> dict[str, Any]:
        """The end as scripts get it."""
        return {name: value for name, value in self._asdict().items() if value or name != "precision"}


def planned_ends(store: Store, ids: Iterable[str] | None, include: Include) -> dict[str, PlannedEnd]:
    """The bodies that a plan is to end, with the plan that does so first; a superseded one only if there is no other.

    Of these bodies, or of all (`ids` is None). Empty unless `include` asks for plans.
    """
    if not include.plans:
        return {}
    asked = None if ids is None else set(ids)
    found: dict[str, list[ChangeEvent]] = {}
    for event, parts in store.events(ids=asked, include=include):
        if event_kinds()[event.kind].ends == "yes":
            for one in {
                part.predecessor
                for part in parts
                if part.predecessor and not part.stray and (event.status in PLANS or part.status in PLANS)
            }:
                found.setdefault(one, []).append(event)
    cited = {source for events in found.values() for event in events for source in event.source.split()}
    sources = store.sources(cited)
    return {
        one: PlannedEnd(
            event.date,
            event.status,
            event.id,
            event.stated_on,
            said_by(event.source, sources),
            event.precision,
        )
        for one, events in found.items()
        if asked is None or one in asked
        for event in [_first_to_come(events)]
    }


def who_said(
    store: Store, planned: set[str], include: Include
) -> dict[tuple[str, str], tuple[str | None, str]]:
    """Of planned bodies, by their status: when it was said, and by whom; by the change, else by the stage itself."""
    if not planned:
        return {}
    said: dict[tuple[str, str], tuple[str | None, str]] = {}
    phases = [(one, phase) for one in sorted(planned) for phase in store.details(one).phases]
    events = [
        (part.successor, event)
        for event, parts in store.events(ids=planned, include=include)
        for part in parts
        if event.status in PLANS and part.successor in planned
    ]
    cited = {one for _, phase in phases for one in phase.source.split()}
    cited |= {one for _, event in events for one in event.source.split()}
    sources = store.sources(cited)
    for one, event in sorted(events, key=lambda pair: _standing(pair[1])):
        said[one, event.status] = (event.stated_on, said_by(event.source, sources))
    dated: dict[str, str] = {}
    if {(one, phase.value) for one, phase in phases} - said.keys():
        for plan in store.plans():
            for body in planned.intersection(plan.facts.split()):
                dated[body] = max(dated.get(body, ""), plan.stated_on or "")
    for one, phase in phases:
        stated = max(
            (sources[cited].as_of or "" for cited in phase.source.split() if cited in sources), default=""
        )
        stated = stated or dated.get(one, "")
        said.setdefault((one, phase.value), (stated or None, said_by(phase.source, sources)))
    return said


def _first_to_come(events: list[ChangeEvent]) -> ChangeEvent:
    """Of several plans to end one body the first; of the same plan, stated several times, the latest word."""
    latest = {event.kind: event for event in sorted(events, key=_standing)}
    stand = sorted(latest.values(), key=_standing, reverse=True)
    return min(stand, key=lambda event: (event.status == SUPERSEDED, event.date or "9999"))


def _standing(event: ChangeEvent) -> tuple[bool, str, int, str]:
    """The later a plan was stated the more it stands; a superseded one never before another."""
    return (
        event.status != SUPERSEDED,
        event.stated_on or "",
        -STATUSES.index(event.status),
        event.date or "",
    )


def plans_of_bodies(
    store: Store, bodies: Iterable[Entity], include: Include
) -> dict[str, dict[str, str | None]]:
    """What a file must say of bodies: of a planned one when that was said and by whom, of others their planned end.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     bodies = store.entities(ids=["national:nhs_england"])
    ...     plans_of_bodies(store, bodies, Include.of("planned"))["national:nhs_england"]["to_end_status"]
    'conditional'
    """
    status = {body.id: body.status for body in bodies}
    planned = {one for one, stage in status.items() if stage in PLANS}
    found: dict[str, dict[str, str | None]] = {}
    for (one, stage), (stated_on, by) in who_said(store, planned, include).items():
        if status[one] == stage:
            found[one] = {"stated_on": stated_on, "said_by": by}
    for one, end in planned_ends(store, None, include).items():
        if one in status and one not in planned:
            found[one] = {
                "to_end": end.date,
                "to_end_status": end.status,
                "to_end_stated_on": end.stated_on,
                "to_end_said_by": end.said_by,
            }
    return found


def said_by(cited: str, sources: dict[str, Source]) -> str:
    """Who says so: the publishers of the sources that a row names, or their titles; none younger than the day."""
    found = [sources[one] for one in cited.split() if one in sources]
    found = [source for source in found if not source.title.startswith(VOUCHES)]
    return " and ".join(dict.fromkeys(source.publisher or source.title for source in found))
