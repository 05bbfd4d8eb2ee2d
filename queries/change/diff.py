"""What a stretch of time changed: bodies and relations that began, ended or changed between two days."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any, NamedTuple

from orgmap.graphmodel.collecting import no_collecting
from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Entity, Include, Relationship, Succession
from orgmap.graphmodel.store import Store, relationship_order
from orgmap.graphmodel.stores.packed_facts import PackedFacts
from orgmap.graphmodel.vocabulary import kind_of, kinds_beside, national_kind, of_id, parse_kind, things
from orgmap.queries.answers import PARTS, bodies_json, relationships_json
from orgmap.queries.change.changes import events_json
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.plans.marks import planned_successors, plans_between
from orgmap.queries.structure.england import England
from orgmap.queries.structure.within import everyone_on_both, ids_above, scopes_of


@no_collecting()
def diff(
    store: Store,
    before: AnyDay,
    after: AnyDay,
    within: str | None = None,
    kind: str | None = None,
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Compares the structure on two days.

    Returns `{"before", "after", "started", "ended", "changed", "relations_started", "relations_ended",
    "events", "notes"}`. A new code for the same body is no change. `within` is a place or body: then an
    event has only the pairs with an end there (`pairs_elsewhere` counts the others), and what changed among national
    bodies stands apart, in `"above"`, with the same lists. `kind` is one of the vocabulary's; bodies of Wales are
    told only by their kind. Swapping the days swaps started and ended. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = diff(store, "2013-03-31", "2013-04-01", kind="strategic_health_authority")
    >>> len(answer["ended"]), len(answer["started"])
    (10, 0)
    """
    before = day_of(before)
    after = day_of(after)
    kind = parse_kind(kind) if kind else None
    check_day(store, before)
    check_day(store, after)
    wanted, notes = _wanted(store, before, after, within, include)
    kindred = _of_kind(store, kind)
    england = England(store, kind)
    ids = wanted and wanted.local | wanted.above
    started = _of(store.entities(ids=ids, kind=kind, at=after, not_at=before, include=include))
    ended = _of(store.entities(ids=ids, kind=kind, at=before, not_at=after, include=include))
    started, ended = (
        [one for one in some if england.has(one.id)] for some in _without_those_that_go_on(started, ended)
    )
    begun = _relations(store, after, before, wanted, include)
    gone = _relations(store, before, after, wanted, include)
    begun, gone = (_about(some, wanted, kindred, england) for some in _without_the_same(begun, gone))
    first, last = sorted((before, after))
    events = store.events(after=first, until=last, include=include)
    kinds = {entity.kind for entity in (*started, *ended)}
    changed = _changed(store, before, after, wanted, kind, include, england)
    local = wanted.local if wanted else None
    above = wanted and {
        "started": bodies_json(store, _above(started, wanted)),
        "ended": bodies_json(store, _above(ended, wanted)),
        "changed": [one for one in changed if one["id"] not in wanted.local],
        "events": _events(store, _far_from(events, wanted.local), wanted.above, kindred),
    }
    notes += plans_between(store, first, last, wanted and wanted.local, include)
    answer: dict[str, Any] = {
        "before": before,
        "after": after,
        "started": bodies_json(store, _here(started, wanted)),
        "ended": bodies_json(store, _here(ended, wanted)),
        "changed": [one for one in changed if local is None or one["id"] in local],
        "relations_started": relationships_json(store, begun),
        "relations_ended": relationships_json(store, gone),
        "events": _events(store, events, local, kindred),
        **({"above": above} if wanted else {}),
        "notes": [*notes, *england.notes(), *horizon_notes(store, kinds, max(before, after))],
    }
    if not any(answer[part] for part in PARTS):
        answer["notes"].append(f"No table tells a change from {first} to {last} here.")
    return answer


class Wanted(NamedTuple):
    """The bodies of a place on either day, those it belongs to among them, and the national ones above all places."""

    local: set[str]
    above: set[str]


Changes = list[tuple[ChangeEvent, list[Succession]]]


def _wanted(
    store: Store, before: str, after: str, within: str | None, include: Include
) -> tuple[Wanted | None, list[str]]:
    """The ids that an answer within a place may speak of (None for all of England), and notes."""
    if not within:
        return None, []
    found: set[str] = set()
    national: set[str] = set()
    notes: list[str] = []
    days = (before, after)
    on_days = everyone_on_both(store, scopes_of(store, within, days), days)
    for day, (there, said) in zip(days, on_days, strict=True):
        found |= there.keys() | ids_above(store, there, day)
        national |= {entity.id for entity in store.entities(kind=national_kind(), at=day)}
        notes += said
    if include.plans:
        found |= planned_successors(store, found, include, max(days))
    return Wanted(found - national, national), list(dict.fromkeys(notes))


def _relations(
    store: Store, at: str, not_at: str, wanted: Wanted | None, include: Include
) -> list[Relationship]:
    """The relations that hold on one of the days alone; with a place those of which one end lies in it."""
    if wanted is None:
        return store.relationships(at=at, not_at=not_at, include=include)
    from_it = store.relationships(subjects=wanted.local, at=at, not_at=not_at, include=include)
    to_it = store.relationships(objects=wanted.local, at=at, not_at=not_at, include=include)
    return sorted(
        [*from_it, *(relationship for relationship in to_it if relationship.subject not in wanted.local)],
        key=relationship_order,
    )


def _of_kind(store: Store, kind: str | None) -> Callable[[str], bool]:
    """Whether a body is of the kind asked for; where ids of several kinds look alike, the body itself tells."""
    if kind is None:
        return bool
    if len(kinds_beside(kind)) == 1:
        return lambda body: kind_of(body) == kind
    ids = {entity.id for entity in store.entities(kind=kind)}
    return lambda body: body in ids


def _here(entities: list[Entity], wanted: Wanted | None) -> list[Entity]:
    return [entity for entity in entities if wanted is None or entity.id in wanted.local]


def _above(entities: list[Entity], wanted: Wanted | None) -> list[Entity]:
    return [entity for entity in entities if wanted is not None and entity.id in wanted.above]


def _events(
    store: Store, events: Changes, ids: set[str] | None, kindred: Callable[[str], bool]
) -> list[dict[str, Any]]:
    """The events of these bodies (None: of all), each with the pairs of which one end is theirs."""
    kept: Changes = []
    elsewhere: dict[str, int] = {}
    for event, parts in events:
        ends = [(part, [end for end in (part.predecessor, part.successor) if end]) for part in parts]
        own = [part for part, both in ends if ids is None or any(end in ids for end in both)]
        if any(kindred(end) for part in own for end in (part.predecessor, part.successor)):
            kept.append((event, own))
            elsewhere[event.id] = len(parts) - len(own)
    return events_json(store, kept, elsewhere)


def _far_from(events: Changes, local: set[str]) -> Changes:
    """Events that touch no body of the place: what changed among national bodies alone."""
    ends = ({end for part in parts for end in (part.predecessor, part.successor)} for _, parts in events)
    return [pair for pair, touched in zip(events, ends, strict=True) if not touched & local]


def _of(entities: list[Entity]) -> list[Entity]:
    return [entity for entity in entities if entity.kind not in things()]


def _without_those_that_go_on(
    started: list[Entity], ended: list[Entity]
) -> tuple[list[Entity], list[Entity]]:
    """Drops bodies whose status only passed from one row to the next: on both days they were the same."""
    both = {(e.id, e.status) for e in started} & {(e.id, e.status) for e in ended}
    return [e for e in started if (e.id, e.status) not in both], [
        e for e in ended if (e.id, e.status) not in both
    ]


def _is_ground(body: str) -> bool:
    return "ground" in of_id(body).traits


def _about(
    relationships: list[Relationship], wanted: Wanted | None, kindred: Callable[[str], bool], england: England
) -> list[Relationship]:
    """Relations with an end that is asked for; with a place, one end lies in it, the other there, too, or above it."""

    def inside(body: str) -> bool:
        return wanted is None or body in wanted.local or body in wanted.above or _is_ground(body)

    def local(relationship: Relationship) -> bool:
        return wanted is None or relationship.subject in wanted.local or relationship.object in wanted.local

    if wanted is None and kindred is bool:
        return england.relationships(relationships)
    return [
        relationship
        for relationship in relationships
        if inside(relationship.subject)
        and inside(relationship.object)
        and local(relationship)
        and (kindred(relationship.subject) or kindred(relationship.object))
        and england.has(relationship.subject, relationship.object)
    ]


_same = itemgetter(
    *map(Relationship._fields.index, ("subject", "verb", "object", "about", "population", "status"))
)
"""What makes two rows the same statement."""


def _without_the_same(
    begun: list[Relationship], gone: list[Relationship]
) -> tuple[list[Relationship], list[Relationship]]:
    """Drops what only passed from one row to the next: the same statement on other evidence is no change."""
    both = set(map(_same, begun)).intersection(map(_same, gone))
    if not both:
        return begun, gone
    return [f for f in begun if _same(f) not in both], [f for f in gone if _same(f) not in both]


def _changed(
    store: Store,
    before: str,
    after: str,
    wanted: Wanted | None,
    kind: str | None,
    include: Include,
    england: England,
) -> list[dict[str, Any]]:
    """Bodies in force on both days under another name."""
    ids = wanted and wanted.local | wanted.above
    if isinstance(store, PackedFacts):
        renamed = set(store.renamed(before, after))
        ids = renamed if ids is None else renamed & ids
    old, new = (
        {(e.id, e.status): e for e in _of(store.entities(ids=ids, kind=kind, at=day, include=include))}
        for day in (before, after)
    )
    both = sorted(old.keys() & new.keys())
    changed = [key for key in both if old[key].name != new[key].name and england.has(key[0])]
    pairs = zip(
        bodies_json(store, [old[key] for key in changed]),
        bodies_json(store, [new[key] for key in changed]),
        strict=True,
    )
    return [{"id": one["id"], "kind": one["kind"], "before": one, "after": other} for one, other in pairs]
