"""What came before a body and what became of it, as change events with their weights and sources."""

from __future__ import annotations

from typing import Any

from graphmodel.model import ChangeEvent, Succession
from graphmodel.store import Store
from queries.answers import sources_json
from queries.horizons import horizon_notes
from queries.resolve import life, resolve

Event = tuple[ChangeEvent, list[Succession]]


def lineage(
    store: Store,
    text: str,
    back: bool = True,
    forward: bool = True,
    about: str | None = None,
    at: str | None = None,
    kinds: frozenset[str] | None = None,
) -> dict[str, Any]:
    """Tells what became of a body, event by event, and what it came from.

    `back` and `forward` choose the directions; `about` keeps only what passed on for one service (and
    what passed on as a whole). Returns `{"body", "events", "notes"}`, events by date. Raises
    `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = lineage(store, "ccg:10E", back=False)
    >>> [event["date"] for event in answer["events"]][:2]
    ['2020-04-01', '2022-07-01']
    """
    body = resolve(store, text, at, kinds)
    found: dict[str, Event] = {}
    if forward:
        found |= {event.id: (event, parts) for event, parts in walk(store, body.id, True, about)}
    if back:
        for event, parts in walk(store, body.id, False, about):
            before = found[event.id][1] if event.id in found else []
            found[event.id] = (event, [*before, *(part for part in parts if part not in before)])
    events = sorted(found.values(), key=lambda pair: (pair[0].date or "", pair[0].id))
    notes = horizon_notes(store, {body.kind}, at) if at else []
    if at and not body.period.holds(at):
        notes.insert(0, f"{body.label} was not in force on {at}: {life(body)}.")
    if not events:
        notes.append(f"No change of {body.label} is recorded in these directions.")
    if any(part.weight is not None for _, parts in events for part in parts):
        notes.append("A weight is the share of the predecessor's count that went to the successor.")
    return {"body": body.to_json(), "events": events_json(store, events), "notes": notes}


def walk(store: Store, body: str, forward: bool, about: str | None = None) -> list[Event]:
    """The events that lead on from a body (or back), each with only the successions on the way.

    The way goes with time: what a body gave away before it took over another is no heir of that other.
    """
    reached = {body: "" if forward else _LAST_DAY}
    waiting = {body}
    found: dict[str, Event] = {}
    while waiting:
        upcoming: set[str] = set()
        for event, parts in store.events(ids=waiting):
            for part in parts:
                here, there = (
                    (part.predecessor, part.successor) if forward else (part.successor, part.predecessor)
                )
                if here not in waiting or (about is not None and part.about not in ("", about)):
                    continue
                if (day := _onward(event, reached[here], forward)) is None:
                    continue
                _, known = found.setdefault(event.id, (event, []))
                if part not in known:
                    known.append(part)
                # A body reached again on a better day may lead to more than it did before.
                better = day < reached.get(there, _LAST_DAY) if forward else day > reached.get(there, "")
                if there and (better or there not in reached):
                    reached[there] = day
                    upcoming.add(there)
        waiting = upcoming
    return list(found.values())


_LAST_DAY = "9999-12-31"


def _onward(event: ChangeEvent, reached: str, forward: bool) -> str | None:
    """The day on which a way passes through an event, None if it happened on the wrong side of the day reached."""
    first, last = _span(event)
    if forward:
        return max(reached, first) if last >= reached else None
    return min(reached, last) if first <= reached else None


def _span(event: ChangeEvent) -> tuple[str, str]:
    """The first and the last day on which an event may have happened."""
    if not event.date or event.precision == "not_known":
        return "", _LAST_DAY
    if event.precision == "month":
        return event.date, f"{event.date[:7]}-31"
    return event.date, f"{event.date[:4]}-12-31" if event.precision else event.date


def events_json(store: Store, events: list[Event]) -> list[dict[str, Any]]:
    """Change events as scripts get them: predecessors and successors as bodies, the pairs with their weights."""
    ids = {end for _, parts in events for part in parts for end in (part.predecessor, part.successor)} - {""}
    bodies = {entity.id: entity for entity in store.entities(ids=ids)}
    sources = store.sources({event.source for event, _ in events})

    def body_json(one: str) -> dict[str, Any]:
        return bodies[one].to_json() if one in bodies else {"id": one}

    out = []
    for event, parts in events:
        before = sorted({part.predecessor for part in parts} - {""})
        after = sorted({part.successor for part in parts} - {""})
        abouts = sorted({part.about for part in parts} - {""})
        weights = {part.weight for part in parts}
        counts = sorted({part.counts for part in parts} - {""})
        told: dict[str, Any] = {
            "id": event.id,
            "date": event.date,
            "kind": event.kind,
            "predecessors": [body_json(one) for one in before],
            "successors": [body_json(one) for one in after],
            "about": abouts[0] if len(abouts) == 1 else abouts or None,
            "weight": weights.pop() if len(weights) == 1 else None,
            "counts": counts[0] if len(counts) == 1 else counts or None,
            "pairs": [part._asdict() for part in parts],
            "instrument": event.instrument or None,
            "sources": sources_json(sources, [(event.source, event.locator)]),
        }
        if event.precision:
            told["precision"] = event.precision
        if event.note:
            told["note"] = event.note
        out.append(told)
    return out
