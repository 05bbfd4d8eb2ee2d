"""Who took over from whom within a stretch of time, heir by heir, to the bodies that are there at its end."""

from __future__ import annotations

from typing import NamedTuple

from graphmodel.model import ChangeEvent, Succession
from graphmodel.vocabulary import kind_of

Events = dict[str, tuple[ChangeEvent, list[Succession]]]
"""Change events by id, each with its successions."""


GOES_ON = frozenset({"clustered", "boundary_change"})
"""Kinds of change after which a body is still there: whoever stands at the other end did not take over."""


class Heir(NamedTuple):
    """A body that took over from another (or, the other way, one that it took over from), and by which event."""

    body: str
    event: str
    kind: str


def steps(events: Events, forward: bool) -> dict[str, list[Heir]]:
    """Who took over from each body directly, or from whom it took over."""
    found: dict[str, list[Heir]] = {}
    for event, parts in sorted(events.values(), key=lambda pair: (pair[0].date or "", pair[0].id)):
        for part in parts if event.kind not in GOES_ON else ():
            here, there = (
                (part.predecessor, part.successor) if forward else (part.successor, part.predecessor)
            )
            if here:
                found.setdefault(here, []).append(Heir(there, event.id, event.kind))
    return found


def heirs_of(one: str, onward: dict[str, list[Heir]], alive: set[str]) -> tuple[Heir, ...]:
    """Who has taken over from a body by the second day: an heir that has ended too passes on to its own.

    The event is that by which the last one took over; over several steps the kind sums them up.
    """
    found: dict[str, Heir] = {}
    seen = {one}
    waiting = [(heir, frozenset({heir.kind})) for heir in onward.get(one, ())]
    while waiting:
        heir, kinds = waiting.pop(0)
        if heir.body in seen:
            continue
        seen.add(heir.body)
        further = [] if heir.body in alive else [step for step in onward.get(heir.body, []) if step.body]
        waiting += [(step, kinds | {step.kind}) for step in further]
        if not further:
            found.setdefault(heir.body, heir._replace(kind=_sum(kinds, one, heir.body)))
    return tuple(found.values())


def _sum(kinds: frozenset[str], one: str, heir: str) -> str:
    """What several changes come to: another kind of body replaced this one; among the same kind names do not matter."""
    if len(kinds) == 1:
        return next(iter(kinds))
    if kind_of(one) != kind_of(heir):
        return "replaced"
    kinds -= {"renamed"}
    return next(iter(kinds)) if len(kinds) == 1 else "reorganised"
