"""Change events as scripts get them: bodies under their names of the day, pairs with weights, the largest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import ChangeEvent, Entity, Succession
from orgmap.graphmodel.store import Store
from orgmap.queries.answers import said_in, sources_json

Event = tuple[ChangeEvent, list[Succession]]


class NamesOfTheDay:
    """The bodies of change events: a predecessor as it was on the eve of the change, a successor as on its day."""

    def __init__(self, store: Store, events: Iterable[Event]) -> None:
        wanted: dict[str, set[str]] = {}
        everyone: set[str] = set()
        for event, parts in events:
            for part in parts:
                for end, before in ((part.predecessor, True), (part.successor, False)):
                    if end:
                        everyone.add(end)
                        if event.date:
                            wanted.setdefault(self._day(event.date, before), set()).add(end)
        self._ever = {entity.id: entity for entity in store.entities(ids=everyone)} if everyone else {}
        self._then = {
            (entity.id, day): entity for day, found in store.entities_on(wanted).items() for entity in found
        }

    @staticmethod
    def _day(date: str, before: bool) -> str:
        return day_before(date) if before else date

    def of(self, body: str, date: str | None, before: bool) -> Entity | None:
        """The body under its name of the day of a change (or of its eve); as last known if it was not in force."""
        then = self._then.get((body, self._day(date, before))) if date else None
        return then or self._ever.get(body)

    def label(self, body: str, date: str | None, before: bool) -> str:
        """Its name of that day, or its id if nothing is known of it."""
        found = self.of(body, date, before)
        return found.label if found else body


def by_weight(parts: Iterable[Succession]) -> list[Succession]:
    """Pairs of one event in the order in which they are told: the largest share first, strays last.

    >>> small, large = Succession("e", "a", "x", weight=0.1), Succession("e", "a", "y", weight=0.9)
    >>> [part.successor for part in by_weight([small, large])]
    ['y', 'x']
    """
    return sorted(
        parts,
        key=lambda part: (
            bool(part.stray),
            part.predecessor,
            -(part.weight or 0.0),
            part.successor,
            part.about,
        ),
    )


def events_json(
    store: Store, events: list[Event], elsewhere: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """Change events as scripts get them: predecessors and successors as bodies, the pairs with their weights.

    `elsewhere` counts the pairs of an event that were left out because they lie elsewhere.
    """
    names = NamesOfTheDay(store, events)
    sources = store.sources({event.source for event, _ in events})

    def body_json(body: str, date: str | None, before: bool) -> dict[str, Any]:
        found = names.of(body, date, before)
        return found.to_json() if found else {"id": body}

    out = []
    for event, parts in events:
        before = sorted({part.predecessor for part in parts} - {""})
        after = sorted({part.successor for part in parts} - {""})
        abouts = sorted({part.about for part in parts} - {""})
        weights = {part.weight for part in parts}
        counts = sorted({part.counts for part in parts} - {""})
        row: dict[str, Any] = {
            "id": event.id,
            "date": event.date,
            "kind": event.kind,
            "predecessors": [body_json(one, event.date, True) for one in before],
            "successors": [body_json(one, event.date, False) for one in after],
            "about": abouts[0] if len(abouts) == 1 else abouts or None,
            "weight": weights.pop() if len(weights) == 1 else None,
            "counts": counts[0] if len(counts) == 1 else counts or None,
            "pairs": [part.to_json() for part in by_weight(parts)],
            "instrument": event.instrument or None,
            "sources": sources_json(sources, [(event.source, event.locator)]),
        }
        if event.status != "in_force":
            row["status"] = event.status
        row |= said_in(event, "stated_on", "precision", "note")
        if elsewhere and elsewhere.get(event.id):
            row["pairs_elsewhere"] = elsewhere[event.id]
        out.append(row)
    return out
