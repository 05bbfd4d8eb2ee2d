"""What a stretch of time changed: bodies and relations that began, ended or changed between two days."""

from __future__ import annotations

from typing import Any

from graphmodel.model import IN_FORCE, Entity, Include, Relationship
from graphmodel.store import Store
from graphmodel.vocabulary import NO_BODIES
from queries.answers import bodies_json, facts_json
from queries.horizons import check_day, horizon_notes
from queries.lineage import events_json
from queries.scope import everyone_within, ids_above, scope_of


def diff(
    store: Store,
    before: str,
    after: str,
    within: str | None = None,
    kind: str | None = None,
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Compares the structure on two days.

    Returns `{"before", "after", "started", "ended", "changed", "relations_started", "relations_ended",
    "events", "notes"}`. A new code for the same body is no change. `within` is a place or body, and takes in
    the bodies above it, up to the national ones; `kind` is one of the vocabulary's. Swapping the days swaps
    started and ended. Raises `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = diff(store, "2013-03-31", "2013-04-01", kind="strategic_health_authority")
    >>> len(answer["ended"]), len(answer["started"])
    (10, 0)
    """
    check_day(store, before)
    check_day(store, after)
    wanted, notes = _wanted(store, before, after, within)
    started = _of(store.entities(kind=kind, at=after, not_at=before, include=include), wanted)
    ended = _of(store.entities(kind=kind, at=before, not_at=after, include=include), wanted)
    started, ended = _without_those_that_go_on(started, ended)
    begun = store.relationships(at=after, not_at=before, include=include)
    gone = store.relationships(at=before, not_at=after, include=include)
    begun, gone = _without_the_same(begun, gone)
    first, last = sorted((before, after))
    events = [
        (event, parts)
        for event, parts in store.events(after=first, until=last)
        if any(_counts(end, wanted, kind) for part in parts for end in (part.predecessor, part.successor))
    ]
    kinds = {entity.kind for entity in (*started, *ended)}
    return {
        "before": before,
        "after": after,
        "started": bodies_json(store, started),
        "ended": bodies_json(store, ended),
        "changed": _changed(store, before, after, wanted, kind, include),
        "relations_started": facts_json(store, _about(begun, wanted, kind)),
        "relations_ended": facts_json(store, _about(gone, wanted, kind)),
        "events": events_json(store, events),
        "notes": [*notes, *horizon_notes(store, kinds, max(before, after))],
    }


def _wanted(store: Store, before: str, after: str, within: str | None) -> tuple[set[str] | None, list[str]]:
    """The ids that an answer within a place may speak of, those above it too (None for all of England), and notes."""
    if not within:
        return None, []
    found: set[str] = set()
    notes: list[str] = []
    for day in (before, after):
        scope = scope_of(store, within, day)
        there, said = everyone_within(store, scope, day)
        found |= there.keys() | ids_above(store, there, day)
        notes += said
    return found, list(dict.fromkeys(notes))


def _of(entities: list[Entity], wanted: set[str] | None) -> list[Entity]:
    return [e for e in entities if (wanted is None or e.id in wanted) and e.kind not in NO_BODIES]


def _without_those_that_go_on(
    started: list[Entity], ended: list[Entity]
) -> tuple[list[Entity], list[Entity]]:
    """Drops bodies whose status only passed from one row to the next: on both days they were the same."""
    both = {(e.id, e.status) for e in started} & {(e.id, e.status) for e in ended}
    return [e for e in started if (e.id, e.status) not in both], [
        e for e in ended if (e.id, e.status) not in both
    ]


def _counts(body: str, wanted: set[str] | None, kind: str | None) -> bool:
    from graphmodel.vocabulary import kind_of

    return bool(body) and (wanted is None or body in wanted) and (kind is None or kind_of(body) == kind)


def _about(facts: list[Relationship], wanted: set[str] | None, kind: str | None) -> list[Relationship]:
    """Relations with an end that is asked for; with a place, both ends must lie in it (or be its areas)."""

    def inside(body: str) -> bool:
        return wanted is None or body in wanted or body.startswith("area:")

    return [
        fact
        for fact in facts
        if inside(fact.subject)
        and inside(fact.object)
        and (_counts(fact.subject, wanted, kind) or _counts(fact.object, wanted, kind))
    ]


def _same(fact: Relationship) -> tuple[str, ...]:
    return (fact.subject, fact.verb, fact.object, fact.about, fact.population, fact.status)


def _without_the_same(
    begun: list[Relationship], gone: list[Relationship]
) -> tuple[list[Relationship], list[Relationship]]:
    """Drops what only passed from one row to the next: the same statement on other evidence is no change."""
    both = {_same(fact) for fact in begun} & {_same(fact) for fact in gone}
    return [f for f in begun if _same(f) not in both], [f for f in gone if _same(f) not in both]


def _changed(
    store: Store, before: str, after: str, wanted: set[str] | None, kind: str | None, include: Include
) -> list[dict[str, Any]]:
    """Bodies in force on both days under another name."""
    old = {(e.id, e.status): e for e in _of(store.entities(kind=kind, at=before, include=include), wanted)}
    new = {(e.id, e.status): e for e in _of(store.entities(kind=kind, at=after, include=include), wanted)}
    changed = [key for key in sorted(old.keys() & new.keys()) if old[key].name != new[key].name]
    told = zip(
        bodies_json(store, [old[key] for key in changed]),
        bodies_json(store, [new[key] for key in changed]),
        strict=True,
    )
    return [{"id": one["id"], "kind": one["kind"], "before": one, "after": other} for one, other in told]
