"""Marks on an answer: what is a plan and who says so, whom a plan is to end, what is only as last known.

Every answer of every question passes here, so that none shows a plan as a fact, and all do it alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of, today
from orgmap.graphmodel.model import LAW, OPENED, PLANS, STATUSES, ChangeEvent, Include, Source
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import event_kinds, has, kinds

SUPERSEDED = "superseded"
MANY = 20
"""So many plans are told in words below an answer; more are counted."""


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


def plan_words(status: str, stated_on: str | None = None, said_by: str = "") -> str:
    """What must be said of a plan wherever it stands.

    >>> plan_words("conditional", "2026-01-28", "a trade paper"), plan_words("enacted")
    ('conditional, not law; said by a trade paper on 2026-01-28', 'enacted, its day to come')
    """
    law = {"enacted": ", its day to come", SUPERSEDED: " by a later plan, not law"}
    said = f" by {said_by}" if said_by else ""
    said += f" on {stated_on}" if stated_on else ""
    return f"{status}{law.get(status, '' if status in LAW else ', not law')}{f'; said{said}' if said else ''}"


def planned_ends(store: Store, ids: Iterable[str], include: Include) -> dict[str, PlannedEnd]:
    """The bodies that a plan is to end, with the plan that stands: the latest one, a superseded one only if no other.

    Empty unless `include` asks for plans.
    """
    if not include.plans:
        return {}
    asked = set(ids)
    found: dict[str, list[ChangeEvent]] = {}
    for event, parts in store.events(ids=asked, include=include):
        if event_kinds()[event.kind].ends == "yes":
            for one in {
                part.predecessor
                for part in parts
                if not part.stray and (event.status in PLANS or part.status in PLANS)
            }:
                found.setdefault(one, []).append(event)
    sources = store.sources({event.source for events in found.values() for event in events})
    return {
        one: PlannedEnd(
            event.date,
            event.status,
            event.id,
            event.stated_on,
            said_by(sources.get(event.source)),
            event.precision,
        )
        for one, events in found.items()
        if one in asked
        for event in [max(events, key=_standing)]
    }


def _standing(event: ChangeEvent) -> tuple[bool, str, int, str]:
    """The later a plan was stated the more it stands; a superseded one never before another."""
    return (
        event.status != SUPERSEDED,
        event.stated_on or "",
        -STATUSES.index(event.status),
        event.date or "",
    )


def said_by(source: Source | None) -> str:
    """Who says so: the publisher of a source, or its title."""
    return (source.publisher or source.title) if source else ""


def marked(store: Store, parts: Iterable[Any], include: Include, day: AnyDay | None = None) -> list[str]:
    """Marks every body and fact in the parts of an answer that is a plan, or that a plan is to end, and says it.

    `day` is the last day asked about (None: today). Gives the sentences that must stand below the answer.
    """
    found = list(_things(parts))
    bodies: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        if _is_body(one):
            bodies.setdefault(one["id"], []).append(one)
    notes = []
    if include.plans:
        notes = _marked_plans(store, found, bodies, include)
    day = day_of(day) if day else today()
    notes += left_out(store, bodies, include, day)
    if day > today():
        known = horizons(store)
        for same in bodies.values():
            for body in same:
                if body.get("status", "in_force") not in PLANS and known.get(body["kind"], day) < day:
                    body["last_known"] = known[body["kind"]]
    return notes


def _things(part: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary in an answer, those inside others, too; each object once."""
    waiting, seen = [part], set[int]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if id(one) in seen:
                continue
            seen.add(id(one))
            yield one
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one


def _is_body(one: dict[str, Any]) -> bool:
    return {"id", "kind", "name", "valid_from"} <= one.keys() and one["kind"] in kinds()


def _marked_plans(
    store: Store, found: list[dict[str, Any]], bodies: dict[str, list[dict[str, Any]]], include: Include
) -> list[str]:
    """Marks what is planned, and whom plans are to end, and says both in words."""
    sentences: dict[str, None] = {}
    planned = {one for one, same in bodies.items() if any(body.get("status") in PLANS for body in same)}
    said = _who_said(store, planned, include)
    for one in sorted(planned):
        for body in bodies[one]:
            if body.get("status") in PLANS:
                stated_on, by = said.get((one, body["status"]), (None, ""))
                body |= {"stated_on": stated_on, "said_by": by or None, **_law(body["status"])}
        words = plan_words(body["status"], stated_on, by)
        when = f" on {body['valid_from']}" if body["valid_from"] else ""
        sentences[f"{body['name'] or one} ({one}) is to begin{when}: {words}."] = None
    ends = planned_ends(store, bodies.keys() - planned, include)
    for one, end in sorted(ends.items()):
        for body in bodies[one]:
            body["to_end"] = {**end.to_json(), **_law(end.status)}
        when = f" on {end.date}" if end.date else ", on a day not known"
        words = plan_words(end.status, end.stated_on, end.said_by)
        sentences[f"{body['name'] or one} ({one}) is to end{when}: {words}."] = None
    for one in found:
        if not _is_body(one) and one.get("status") in PLANS and "stated_on" in one and "said_by" not in one:
            cited = [source["title"] for source in one.get("sources", ()) if source.get("title")]
            one |= {"said_by": "; ".join(dict.fromkeys(cited)) or None, **_law(one["status"])}
    told = list(sentences)
    rest = [f"… and {len(told) - MANY} more plans; --format json has all."] if len(told) > MANY else []
    return told[:MANY] + rest


def _law(status: str) -> dict[str, bool]:
    return {} if status in LAW else {"law": False}


def _who_said(
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
    sources = store.sources({phase.source for _, phase in phases} | {event.source for _, event in events})
    for one, event in sorted(events, key=lambda pair: _standing(pair[1])):
        said[one, event.status] = (event.stated_on, said_by(sources.get(event.source)))
    for one, phase in phases:
        source = sources.get(phase.source)
        stated = (source.as_of if source else None) or phase.valid_from
        said.setdefault((one, phase.value), (stated, said_by(source)))
    return said


def horizons(store: Store) -> dict[str, str]:
    """The last day that the tables know, by kind of body."""
    known: dict[str, str] = {}
    for about in store.about():
        for kind in about.kinds:
            known[kind] = max(about.horizon, known.get(kind, ""))
    return known


def left_out(
    store: Store, bodies: dict[str, list[dict[str, Any]]], include: Include, day: AnyDay
) -> list[str]:
    """A sentence that counts the planned changes until a day that an answer leaves out; none if there are none.

    Counted are changes, rules and relations of the bodies and services in the answer, dated after the last day that
    the tables know of them.
    """
    day = day_of(day)
    wanted = frozenset(OPENED["planned"]) - set(include.statuses)
    if not wanted or not bodies:
        return []
    known = horizons(store)
    since = {one: known.get(same[0]["kind"], "") for one, same in bodies.items()}
    if day <= (earliest := min(since.values())):
        return []
    shown = include.with_plans()
    changes: set[tuple[str, ...]] = set()
    touched: set[str] = set()
    for event, parts in store.events(ids=bodies.keys(), after=earliest or None, until=day, include=shown):
        ends = {end for part in parts for end in (part.predecessor, part.successor) if end}
        if event.status in wanted and any((event.date or "") > since[one] for one in ends & bodies.keys()):
            changes.add(("event", event.id))
            touched |= ends
    services = [one for one in bodies if has(bodies[one][0]["kind"], "care")]
    for rule in store.rules(services) if services else ():
        if rule.status in wanted and rule.period.holds(day) and (rule.valid_from or "") > earliest:
            changes.add(("rule", rule.id))
    for ends_asked in ({"subjects": bodies.keys()}, {"objects": bodies.keys()}):
        for fact in store.relationships(**ends_asked, at=day, include=Include(tuple(sorted(wanted)))):
            if (fact.valid_from or "") > earliest and not {fact.subject, fact.object} & touched:
                changes.add((fact.subject, fact.verb, fact.object))
    if not changes:
        return []
    number = len(changes)
    return [f"{number} planned change{'' if number == 1 else 's'} until then: add --include planned."]
