"""What came before a body and what became of it, as change events with their weights and sources."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import FIRST_DAY, AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Entity, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, reach_of
from orgmap.queries.answers import relationship_json
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.change.changes import Event, events_json
from orgmap.queries.change.successors import GOES_ON, LAST_DAY, span, successors_on
from orgmap.queries.commissioning.services import any_of
from orgmap.queries.coverage import horizon_notes
from orgmap.queries.plans.marks import plans_ahead


def lineage(
    store: Store,
    text: str,
    back: bool = True,
    forward: bool = True,
    about: str | None = None,
    at: AnyDay | None = None,
    kinds: Kinds = None,
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Tells what became of a body, event by event, and what it came from.

    `back` and `forward` choose the directions; `about`, a service by its id, name or alias, keeps only what passed on
    for it (and what passed on as a whole). Returns `{"body", "events", "notes"}`, events by date; for a practice also
    `"memberships"`: the commissioners and networks that it was listed under, one after the other. Raises
    `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = lineage(store, "ccg:10E", back=False)
    >>> [event["date"] for event in answer["events"]][:2]
    ['2020-04-01', '2022-07-01']
    """
    at = day_of(at) if at else None
    kinds = chosen_kinds(kinds)
    body = resolve(store, text, at, kinds)
    services = any_of(store, about) if about else None
    found: dict[str, Event] = {}
    if forward:
        found |= {
            event.id: (event, parts) for event, parts in walk(store, body.id, True, services, include=include)
        }
    if back:
        for event, parts in walk(store, body.id, False, services, include=include):
            before = found[event.id][1] if event.id in found else []
            found[event.id] = (event, [*before, *(part for part in parts if part not in before)])
    events = sorted(found.values(), key=lambda pair: (pair[0].date or "", pair[0].id))
    notes = horizon_notes(store, {body.kind}, at) if at else []
    if at and not body.in_force_on(at):
        notes.insert(0, f"{body.label} was not in force on {at}: {life(body)}.")
    left_out = [
        one.changes_left_out for one in store.about() if body.kind in one.kinds and one.changes_left_out
    ]
    if not events and not left_out:
        notes.append(f"No change of {body.label} is recorded in these directions.")
    elif not events:
        notes.append(f"What {body.label} came from, and what became of it, is not known.")
    notes += left_out
    if forward:
        successors = {part.successor for _, parts in found.values() for part in parts if part.successor}
        notes += plans_ahead(store, sorted({body.id, *successors}), include)
    if any(part.weight is not None for _, parts in events for part in parts):
        notes.append("A weight is the share of the predecessor's count that went to the successor.")
    if forward and not services and (own := _own_part(store, body, events)):
        notes.append(own)
    return {
        "body": body.to_json(),
        "events": events_json(store, events),
        **memberships(store, body),
        "notes": notes,
    }


def _own_part(store: Store, body: Entity, events: list[Event]) -> str:
    """Where this body's own part went, if one that took over from it was divided later."""
    by = {(event.id, part.predecessor) for event, parts in events for part in parts if not part.stray}
    divided = {
        one
        for event, one in by
        for found, parts in events
        if found.id == event and found.kind not in GOES_ON and one not in ("", body.id)
        if len({part.successor for part in parts if part.predecessor == one and not part.stray}) > 1
    }
    day = max((span(event)[0] for event, _ in events), default="")
    successors = successors_on(store, body.id, day) if divided else []
    successors = [successor for successor in successors if successor.body]
    if not successors:
        return ""
    if any(successor.weight is None for successor in successors):
        names = ", ".join(successor.body for successor in successors)
        return f"{names}: which of them took over of {body.label} itself is not known."
    proper = [successor for successor in successors if not successor.stray]
    shares = ", ".join(f"{successor.body} {successor.weight:.0%}" for successor in proper)
    counts = "; ".join(sorted({successor.counts for successor in proper if successor.counts}))
    return f"Of {body.label} itself ({body.id}){f', by its {counts},' if counts else ''} on {day}: {shares}."


def memberships(store: Store, body: Entity) -> dict[str, list[dict[str, Any]]]:
    """Under which commissioners and networks a practice was listed, and when; nothing for any other body.

    Returns `{"memberships"}`. Each has the body under its name of the first day, the days, how surely they are known,
    and who says so.
    """
    if reach_of(body.kind) != "list":
        return {}
    relationships = store.relationships(subjects=[body.id], verbs=["member_of"])
    relationships.sort(
        key=lambda relationship: (
            relationship.valid_from or "",
            relationship.valid_until or LAST_DAY,
            relationship.object,
        )
    )
    rows = []
    for relationship in relationships:
        then = store.entities(ids=[relationship.object], at=relationship.valid_from or FIRST_DAY)
        known = then or store.entities(ids=[relationship.object])
        said = relationship_json(relationship, store.sources([relationship.source]))
        kept = ("valid_from", "from_precision", "valid_until", "until_precision", "basis", "note", "sources")
        other = known[0].to_json() if known else {"id": relationship.object}
        rows.append({"body": other, **{key: said[key] for key in kept if key in said}})
    return {"memberships": rows}


def walk(
    store: Store,
    body: str,
    forward: bool,
    services: set[str] | None = None,
    over_borders: bool = True,
    include: Include = IN_FORCE,
) -> list[Event]:
    """The events that lead on from a body (or back), each with only the successions on the way.

    The way goes with time: what a body gave away before it took over another is no part of what came from that other.
    It leads on from who got a part of an area only if `over_borders`: both bodies went on then.
    """
    reached = {body: "" if forward else LAST_DAY}
    waiting = {body}
    found: dict[str, Event] = {}
    while waiting:
        upcoming: set[str] = set()
        for event, parts in store.events(ids=waiting, include=include):
            for part in parts:
                here, there = (
                    (part.predecessor, part.successor) if forward else (part.successor, part.predecessor)
                )
                if here not in waiting or (services is not None and part.about not in ("", *services)):
                    continue
                if part.stray and here != body:
                    continue  # a few strays are told of the body asked about, and lead nowhere
                if (day := _onward(event, reached[here], forward)) is None:
                    continue
                _, known = found.setdefault(event.id, (event, []))
                if part not in known:
                    known.append(part)
                # A body reached again on a better day may lead to more than it did before.
                better = day < reached.get(there, LAST_DAY) if forward else day > reached.get(there, "")
                passes = there and not part.stray and (over_borders or event.kind != "boundary_change")
                if passes and (better or there not in reached):
                    reached[there] = day
                    upcoming.add(there)
        waiting = upcoming
    return list(found.values())


def _onward(event: ChangeEvent, reached: str, forward: bool) -> str | None:
    """The day on which a way passes through an event, None if it happened on the wrong side of the day reached."""
    first, last = span(event)
    if forward:
        return max(reached, first) if last >= reached else None
    return min(reached, last) if first <= reached else None
