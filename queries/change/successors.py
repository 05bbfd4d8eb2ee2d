"""Who took over from whom within a stretch of time, step by step, to the bodies that are there at its end."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import ChangeEvent, Entity, Succession
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.change.own_part import OwnPart

Events = dict[str, tuple[ChangeEvent, list[Succession]]]
"""Change events by id, each with its successions."""


BOUNDARY = "boundary_change"
"""The kind of change by which a body that goes on gives a part of its area or its practices to another."""

GOES_ON = frozenset({"clustered", BOUNDARY})
"""Kinds of change after which a body is still there: whoever stands at the other end did not take over."""


class Takeover(NamedTuple):
    """A body that took over from another (or, the other way, one that it took over from), and by which event."""

    body: str
    event: str
    kind: str


def steps(events: Events, forward: bool) -> dict[str, list[Takeover]]:
    """Who took over from each body directly, or from whom it took over; who got a few strays did not."""
    found: dict[str, list[Takeover]] = {}
    for event, parts in sorted(events.values(), key=lambda pair: (pair[0].date or "", pair[0].id)):
        for part in parts if event.kind not in GOES_ON else ():
            here, there = (
                (part.predecessor, part.successor) if forward else (part.successor, part.predecessor)
            )
            if here and not part.stray:
                found.setdefault(here, []).append(Takeover(there, event.id, event.kind))
    return found


def latest_successors(body: str, onward: dict[str, list[Takeover]], alive: set[str]) -> tuple[Takeover, ...]:
    """Who has taken over from a body by the second day: a successor that has ended too passes on to its own.

    The event is that by which the last one took over; over several steps the kind sums them up.
    """
    found: dict[str, Takeover] = {}
    seen = {body}
    waiting = [(takeover, frozenset({takeover.kind})) for takeover in onward.get(body, ())]
    while waiting:
        takeover, kinds = waiting.pop(0)
        if takeover.body in seen:
            continue
        seen.add(takeover.body)
        further = (
            [] if takeover.body in alive else [step for step in onward.get(takeover.body, []) if step.body]
        )
        waiting += [(step, kinds | {step.kind}) for step in further]
        if not further:
            found.setdefault(takeover.body, takeover._replace(kind=_sum(kinds, body, takeover.body)))
    return tuple(found.values())


def _sum(kinds: frozenset[str], body: str, successor: str) -> str:
    """What several changes come to: another kind of body replaced this one; among the same kind names do not matter."""
    if len(kinds) == 1:
        return next(iter(kinds))
    if kind_of(body) != kind_of(successor):
        return "replaced"
    kinds -= {"renamed"}
    return next(iter(kinds)) if len(kinds) == 1 else "reorganised"


class Successor(NamedTuple):
    """A body that has taken over from an ended one: its share of the work, what the share counts, and how sure it is.

    `body` is blank for the share of which nobody knows who has it; `weight` is None where no table weighs it.
    A `stray` got next to nothing (see `Succession`); its weight counts all the same, so that all weights sum to 1.
    """

    body: str
    weight: float | None
    counts: str = ""
    stray: bool = False


def successors_on(store: Store, body_id: str, day: AnyDay) -> list[Successor]:
    """Who has taken over by a day from a body that had ended by then, the largest share first.

    A successor that has ended too passes on to its own. If it was divided, the practices (or the places) of the body
    asked about tell who took over of that body, not the shares of the divided one as a whole; the weights along the
    way are multiplied. Only what happened when a body ended counts: what it gave away before is no part of what it
    left. Empty for a body that has not ended by the day, and where nobody is known to have taken over. Raises nothing
    for an unknown id.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [successor.body for successor in successors_on(store, "ccg:10E", "2021-06-01")]
    ['ccg:91Q']
    """
    day = day_of(day)
    shares: dict[str, list[Successor]] = {}
    waiting: list[tuple[str, Successor, frozenset[str]]] = [
        (body_id, Successor(body_id, 1.0), frozenset({body_id}))
    ]
    own: OwnPart | None = None
    while waiting:
        ids = sorted({one for one, _, _ in waiting})
        lives = {entity.id: entity for entity in store.entities(ids=ids)}
        left = _left(store, {one: lives[one].valid_until for one in ids if one in lives}, day)
        upcoming: list[tuple[str, Successor, frozenset[str]]] = []
        for one, so_far, seen in waiting:
            if one == body_id and one in lives:
                own = OwnPart(store, lives[one])
            ended = one in lives and not _is_there(lives[one], day)
            onward = [part for part in left.get(one, ()) if part.successor not in seen] if ended else []
            if not onward:
                shares.setdefault("" if ended else one, []).append(so_far)
            alone = len(left.get(one, ())) == 1
            merged = one != body_id and ended and not _is_all_from(store, lives[one], seen)
            if own and merged and len(onward) > 1 and so_far.weight != 0:
                onward = own.shared_out(one, lives[one].valid_until or "", onward)
            for part in onward:
                passed = _passed(so_far, part, alone)
                upcoming.append((part.successor, passed, seen | {part.successor}))
        waiting = upcoming
    found = [_summed(one, parts) for one, parts in shares.items()]
    if {successor.body for successor in found} <= {"", body_id}:
        return []
    return sorted(
        found,
        key=lambda successor: (
            not successor.body,
            successor.stray,
            -(successor.weight or 0.0),
            successor.body,
        ),
    )


def _is_all_from(store: Store, successor: Entity, seen: frozenset[str]) -> bool:
    """Whether a body began with what came from these bodies, and had nothing from others."""
    came = [
        (event, part.predecessor)
        for event, parts in store.events(ids=[successor.id])
        for part in parts
        if part.successor == successor.id and part.predecessor and not (part.about or part.stray)
        if event.kind not in GOES_ON
    ]
    began = successor.valid_from and any(_happened_on(event, successor.valid_from) for event, _ in came)
    return bool(began) and {one for _, one in came} <= seen


def _is_there(body: Entity, day: str) -> bool:
    return body.valid_until is None or day < body.valid_until


def _left(store: Store, ends: dict[str, str | None], day: str) -> dict[str, list[Succession]]:
    """What each of these bodies left to whom when it ended, as a whole and by a day."""
    found: dict[str, list[Succession]] = {}
    for event, parts in store.events(ids=sorted(one for one, end in ends.items() if end and end <= day)):
        for part in parts:
            end = ends.get(part.predecessor)
            if event.kind in GOES_ON or part.about or not part.successor or not end or end > day:
                continue
            if part.predecessor != part.successor and _happened_on(event, end):
                found.setdefault(part.predecessor, []).append(part)
    return found


def _happened_on(event: ChangeEvent, day: str) -> bool:
    """Whether an event may be the one by which a body ended on the eve of a day."""
    first, last = span(event)
    return first <= day <= last


def _passed(so_far: Successor, part: Succession, alone: bool) -> Successor:
    """What came to a successor over one more step; what passed to a single one passed whole."""
    weight = 1.0 if part.weight is None and alone else part.weight
    return Successor(
        part.successor,
        None if weight is None or so_far.weight is None else so_far.weight * weight,
        "; ".join(sorted({*so_far.counts.split("; "), part.counts} - {""})),
        so_far.stray or bool(part.stray),
    )


def _summed(body: str, parts: list[Successor]) -> Successor:
    """All that came to one body on several ways; it is a stray if each of them is."""
    weights = [part.weight for part in parts]
    known = [weight for weight in weights if weight is not None]
    counts = sorted({count for part in parts for count in part.counts.split("; ")} - {""})
    return Successor(
        body,
        sum(known) if len(known) == len(weights) else None,
        "; ".join(counts),
        all(part.stray for part in parts),
    )


LAST_DAY = "9999-12-31"


def span(event: ChangeEvent) -> tuple[str, str]:
    """The first and the last day on which an event may have happened.

    >>> span(ChangeEvent("e", "merged", "2013-04-01")), span(ChangeEvent("e", "merged", "2013-04-01", "month"))
    (('2013-04-01', '2013-04-01'), ('2013-04-01', '2013-04-31'))
    """
    if not event.date or event.precision == "not_known":
        return "", LAST_DAY
    if event.precision == "month":
        return event.date, f"{event.date[:7]}-31"
    return event.date, f"{event.date[:4]}-12-31" if event.precision else event.date
