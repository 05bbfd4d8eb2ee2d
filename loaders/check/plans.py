"""Rules about plans: none is told as a fact, and none goes on after it was carried out or has nobody left to change."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.graphmodel.vocabulary import event_kinds
from orgmap.loaders.check.world import Finding, World

FACTS = frozenset({"", "in_force"})
"""What the status of a change is that happened."""

AHEAD = frozenset({"enacted", "planned", "conditional", "proposed"})
"""What the status of a change is that may still come."""


def stated(world: World) -> Iterator[Finding]:
    """Statements of plans that say of themselves that they are in force."""
    for row, status in enumerate(world.column("plans", "status")):
        if status in FACTS:
            yield world.fault("stated", "plans", row, "is a plan, and has the status of a fact.")


def carried_out(world: World) -> Iterator[Finding]:
    """Bodies that began by a change that happened, and are still told as planned without an end."""
    kind_of = {
        event: kind
        for event, kind, status in world.cells("events", "id", "kind", "status")
        if status in FACTS
    }
    beginning = {change.kind for change in event_kinds().values() if change.begins == "yes"}
    began = {
        body
        for event, body, status in world.cells("successions", "event", "successor", "status")
        if status in FACTS and kind_of.get(event) in beginning
    }
    cells = world.cells("phases", "entity", "status", "valid_until", "until_precision")
    for row, (body, status, end, exact) in enumerate(cells):
        if body in began and status in AHEAD and not end and not exact:
            yield world.fault("carried_out", "phases", row, f"{body} has begun, and is still {status}.")


def nobody_left(world: World) -> Iterator[Finding]:
    """Planned changes that are to end a body which ended before."""
    ahead = {
        event: (row, day)
        for row, (event, kind, day, status) in enumerate(
            world.cells("events", "id", "kind", "date", "status")
        )
        if status in AHEAD and day and kind in event_kinds() and event_kinds()[kind].ends == "yes"
    }
    for event, body in world.cells("successions", "event", "predecessor"):
        lived = world.lives.get(body)
        if event in ahead and lived and lived.end < ahead[event][1]:
            row, day = ahead[event]
            said = f"is to end {body} on {day}, which ended on {lived.end}."
            yield world.fault("nobody_left", "events", row, said)


RULES = (stated, carried_out, nobody_left)
