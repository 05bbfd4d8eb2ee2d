"""Who replaced whom through all eras: the bodies of a lineage, or of a place, and what passed between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY, AnyDay, day_before, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Entity, Include, Source, Succession
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, has, kinds_with, of_id, practice_kind
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.changes import NamesOfTheDay
from orgmap.queries.change.lineage import walk
from orgmap.queries.change.successors import BOUNDARY, GOES_ON
from orgmap.queries.coverage import horizon_notes, is_plan, is_planned, last_horizon
from orgmap.queries.plans.marks import plan_notes
from orgmap.queries.structure.within import LEAST, ids_within, scope_of


class Flow(NamedTuple):
    """What passed from one body to another: its share of the predecessor (None: not known), and the event."""

    event: str
    predecessor: str
    successor: str
    share: float | None
    counts: str


class Descent(NamedTuple):
    """The bodies of a lineage, what passed between them, and every change event that touched one of them.

    `practices` counts the GP practices proper listed under a body on its last known day (none: not known);
    `beside` are bodies that an event names and the lineage does not hold; what is dated after `last_day`,
    on which the tables end, is a plan. `names` has the bodies of each change under their names of its day.
    """

    label: str
    bodies: dict[str, Entity]
    flows: tuple[Flow, ...]
    events: dict[str, tuple[ChangeEvent, tuple[Succession, ...]]]
    beside: dict[str, Entity]
    practices: dict[str, int]
    sources: dict[str, Source]
    notes: tuple[str, ...]
    last_day: str
    names: NamesOfTheDay


def descent_of(
    store: Store,
    text: str,
    at: AnyDay | None = None,
    include: Include = IN_FORCE,
    kinds: Kinds = None,
) -> Descent:
    """All that a body came from and all that became of it; planned changes only if `include` asks for them.

    Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     descent = descent_of(store, "ccg:10E")
    >>> "pct:5QA" in descent.bodies, "icb:QKS" in descent.bodies, "ccg:09C" in descent.bodies
    (True, True, False)
    """
    at = day_of(at) if at else None
    kinds = chosen_kinds(kinds)
    body = resolve(store, text, at, kinds)
    ids = {body.id}
    for forward in (True, False):
        for event, parts in walk(store, body.id, forward, over_borders=False, include=include):
            for part in parts if event.kind not in GOES_ON else ():
                ids |= {end for end in (part.predecessor, part.successor) if end and not part.stray}
    return _descent(store, body.label, ids, include, body.id)


def descent_within(store: Store, text: str, include: Include = IN_FORCE) -> Descent:
    """The local commissioners of a place through all eras: those in force there, and those they came from.

    Raises `NothingFound` or `Ambiguous`.
    """
    if normalise(text) == "england":
        raise WrongUse(
            "All of England's commissioners since 1999 are more than one picture holds: name a region, a county, a"
            " council or a body, or draw what one reform changed everywhere: orgmap draw reform 2013."
        )
    found: set[str] = set()
    slight: set[str] = set()
    label, failed = text, None
    for day in _days(store):
        try:
            scope = scope_of(store, text, day)
        except NothingFound as error:
            failed = error
            continue
        # A place is called as it was asked for, not as the body that bears its name at the time.
        label = scope.label if ":" in text else text
        for kind in kinds_with("local_commissioner"):
            for one, share in ids_within(store, scope, day, kind).items():
                (found if share and share >= LEAST else slight).add(one)
    if not found:
        raise failed or NothingFound(f"No local commissioner of {text} is known.")
    if include.plans:
        found |= _planned(store, found, include)
    early = [one for one in sorted(found) if "known_by_lists" in of_id(one).traits]
    for one in early:
        for event, parts in walk(store, one, False, over_borders=False):
            if event.kind not in GOES_ON:
                found |= {part.predecessor for part in parts if part.predecessor and not part.stray}
    descent = _descent(store, label, found, include)
    names = [entity.label for entity in store.entities(ids=sorted(slight - found))]
    notes = []
    if names:
        notes.append(f"Not drawn, because they cover less than 1% of the people here: {', '.join(names)}.")
    if early:
        notes.append(
            "What stands before April 2010 are the bodies from which the later ones came: not all of them lay here."
        )
    return descent._replace(notes=(*descent.notes, *notes, *_elsewhere(descent)))


def _elsewhere(descent: Descent) -> list[str]:
    """A note on bodies outside the place with which those in it had to do."""
    outside = {
        end
        for event, parts in descent.events.values()
        if event.kind not in GOES_ON
        for part in parts
        for one, end in ((part.predecessor, part.successor), (part.successor, part.predecessor))
        if not part.stray
        if one in descent.bodies and end in descent.beside
    }
    if not outside:
        return []
    return [
        f"Bands to and from {len(outside)} bodies that cover no part of this place, or are no local"
        " commissioners, are not drawn; the tables name them."
    ]


def _days(store: Store) -> list[str]:
    """Days on which the local commissioners may be others than before: one within each of their eras."""
    changed = {
        event.date
        for event, parts in store.events()
        if event.date and any(_commissions(part.successor) for part in parts if part.successor)
    }
    first_map = "2011-04-01"
    days = {day for day in changed if day > first_map} | {first_map, last_horizon(store)}
    return sorted(days)


def _planned(store: Store, ids: set[str], include: Include) -> set[str]:
    """The local commissioners that are to take over from these by plan."""
    last = last_horizon(store)
    return {
        part.successor
        for event, parts in store.events(ids=sorted(ids), include=include)
        if is_planned(event, last) and event.kind not in GOES_ON
        for part in parts
        if not part.stray and part.predecessor in ids and _commissions(part.successor)
    }


def _descent(
    store: Store, label: str, ids: Iterable[str], include: Include, asked: str | None = None
) -> Descent:
    last, plans = last_horizon(store), bool(include.plans)
    bodies = {
        entity.id: entity
        for entity in store.entities(ids=sorted(ids))
        if entity.id == asked
        or (plans and include.shows(entity.status))
        or (entity.status not in PLANS and not is_plan(entity.valid_from, last))
    }
    known = store.events(ids=sorted(bodies), include=include.with_plans())
    found = {event.id: (event, tuple(parts)) for event, parts in known}
    events = {
        one: pair
        for one, pair in found.items()
        if not is_planned(pair[0], last) or (plans and include.shows(pair[0].status))
    }
    flows = []
    for event, parts in sorted(events.values(), key=lambda pair: (pair[0].date or "", pair[0].id)):
        for part in parts:
            if event.kind in GOES_ON or not _passes(bodies, event, part):
                continue
            flows.append(Flow(event.id, part.predecessor, part.successor, part.weight, part.counts))
    ends = {
        end for _, parts in events.values() for part in parts for end in (part.predecessor, part.successor)
    }
    beside = {entity.id: entity for entity in store.entities(ids=sorted(ends - set(bodies) - {""}))}
    cited = {event.source for event, _ in events.values()} | {body.source for body in bodies.values()}
    notes = horizon_notes(store, {body.kind for body in bodies.values()}, last)
    notes += plan_notes(store, bodies.values(), include)
    if hidden := len(found) - len(events):
        notes.append(f"Planned changes that are not shown: {hidden}; --include planned shows them.")
    return Descent(
        label,
        bodies,
        _acyclic(flows),
        events,
        beside,
        _practices(store, bodies),
        store.sources(cited),
        tuple(notes),
        last,
        NamesOfTheDay(store, [(event, list(parts)) for event, parts in events.values()]),
    )


def transfers(descent: Descent) -> list[Flow]:
    """What passed between two bodies of a descent that both went on, by date: no body took over from another.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     found = transfers(descent_within(store, "Cumbria"))
    >>> [(one.predecessor, one.successor) for one in found]
    [('ccg:01H', 'ccg:01K')]
    """
    return [
        Flow(event.id, part.predecessor, part.successor, part.weight, part.counts)
        for event, parts in sorted(descent.events.values(), key=lambda pair: (pair[0].date or "", pair[0].id))
        if event.kind == BOUNDARY
        for part in parts
        if not part.stray and part.predecessor != part.successor
        if {part.predecessor, part.successor} <= descent.bodies.keys()
    ]


def _passes(bodies: dict[str, Entity], event: ChangeEvent, part: Succession) -> bool:
    """Whether one body took over from another: the one ended with the event, or the other began with it.

    Who got a few strays took nothing over; the tables name it.
    """
    if part.stray:
        return False
    one, other = bodies.get(part.predecessor), bodies.get(part.successor)
    if one is None or other is None or one.id == other.id:
        return False
    return event.date is None or one.valid_until == event.date or other.valid_from == event.date


def _acyclic(flows: list[Flow]) -> tuple[Flow, ...]:
    """Flows without those that lead back to where they came from; earlier ones stay."""
    onward: dict[str, set[str]] = {}
    kept = []
    for flow in flows:
        reached, waiting = {flow.successor}, [flow.successor]
        while waiting:
            for one in onward.get(waiting.pop(), set()) - reached:
                reached.add(one)
                waiting.append(one)
        if flow.predecessor not in reached:
            onward.setdefault(flow.predecessor, set()).add(flow.successor)
            kept.append(flow)
    return tuple(kept)


def _practices(store: Store, bodies: dict[str, Entity]) -> dict[str, int]:
    """How many practices are listed under each commissioner on its last day, or on the last day known."""
    last = last_horizon(store)
    by_day: dict[str, list[str]] = {}
    for body in bodies.values():
        if has(body.kind, "local_commissioner"):
            day = day_before(body.valid_until) if body.valid_until else last
            by_day.setdefault(max(day, FIRST_DAY), []).append(body.id)
    found: dict[str, int] = {}
    for day, ids in sorted(by_day.items()):
        # A board's practices are listed under the sub-ICB locations inside it.
        inside = {
            relationship.subject: relationship.object
            for relationship in store.relationships(objects=ids, verbs=["part_of"], at=day)
            if "lists_for_whole" in of_id(relationship.subject).traits
        }
        listed = store.relationships(objects=[*ids, *inside], verbs=["member_of"], at=day)
        proper = {entity.id for entity in store.entities(kind=practice_kind(), at=day)}
        for relationship in listed:
            if relationship.subject in proper:
                one = inside.get(relationship.object, relationship.object)
                found[one] = found.get(one, 0) + 1
    return found


def _commissions(body: str) -> bool:
    """Whether a body stands at the local commissioner's desk."""
    return "local_commissioner" in of_id(body).traits
