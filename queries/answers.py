"""Putting facts into the JSON that scripts rely on, each with its sources; an answer of many parts as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orgmap.graphmodel.model import Entity, Relationship, Source
from orgmap.graphmodel.store import Store


def sources_json(sources: dict[str, Source], cited: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Cited sources with their titles, each once, in the order of citing; `cited` is (source, locator)."""
    seen = []
    for source, locator in cited:
        if source and (source, locator) not in seen:
            seen.append((source, locator))
    return [sources[source].to_json(locator) for source, locator in seen if source in sources]


def cited_by(facts: Iterable[Relationship]) -> list[tuple[str, str]]:
    """What these statements cite, as (source, locator)."""
    return [(fact.source, fact.locator) for fact in facts]


def bodies_json(store: Store, entities: list[Entity]) -> list[dict[str, Any]]:
    """Bodies as scripts get them, each with the source that knows it."""
    sources = store.sources({entity.source for entity in entities})
    return [
        {**entity.to_json(), "sources": sources_json(sources, [(entity.source, entity.locator)])}
        for entity in entities
    ]


def fact_json(fact: Relationship, sources: dict[str, Source]) -> dict[str, Any]:
    """One statement as scripts get it."""
    return _fact_json(fact, sources_json(sources, cited_by([fact])))


def _fact_json(fact: Relationship, sources: list[dict[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "subject": fact.subject,
        "verb": fact.verb,
        "object": fact.object,
        "about": fact.about or None,
        "population": fact.population or None,
        "basis": fact.basis or None,
        "status": fact.status,
        "valid_from": fact.valid_from,
        "valid_until": fact.valid_until,
        "stated_on": fact.stated_on,
        "sources": sources,
    }
    if fact.from_precision:
        out["from_precision"] = fact.from_precision
    if fact.until_precision:
        out["until_precision"] = fact.until_precision
    if fact.share_of:
        out["share_of"] = fact.share_of
    if fact.note:
        out["note"] = fact.note
    if fact.share is not None:
        out["share"] = fact.share
    return out


def facts_json(store: Store, facts: list[Relationship]) -> list[dict[str, Any]]:
    """Statements as scripts get them, their sources looked up together."""
    sources = store.sources({fact.source for fact in facts})
    cited = {pair: sources_json(sources, [pair]) for pair in {(fact.source, fact.locator) for fact in facts}}
    # Each statement has its own: whoever changes one changes no other.
    return [
        _fact_json(fact, [source.copy() for source in cited[fact.source, fact.locator]]) for fact in facts
    ]


PARTS = ("started", "ended", "changed", "relations_started", "relations_ended", "events")
"""The lists of a difference."""

ABOVE = ("started", "ended", "changed", "events")
"""The lists of what changed above a place."""

_WHAT = {"relations_started": "relation_started", "relations_ended": "relation_ended", "events": "event"}


def things(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every body, relation and event of a difference, each with `what` it is; one above a place begins “above_”."""
    for part in PARTS:
        yield from ({"what": _WHAT.get(part, part), **one} for one in told[part])
    for part in ABOVE if "above" in told else ():
        yield from ({"what": f"above_{_WHAT.get(part, part)}", **one} for one in told["above"][part])


_PARTS_OF_A_BODY = {
    "names": "name",
    "codes": "code",
    "postcodes": "postcode",
    "phases": "status",
    "memberships": "membership",
    "relations": "relation",
    "events": "event",
}
"""The lists that are told of one body, each with what a row of it is."""


def things_of_body(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The body itself and each name, code, postcode, status, membership, relation and event, with `what` it is."""
    yield {"what": "body", **told["body"]}
    for part, what in _PARTS_OF_A_BODY.items():
        yield from ({"what": what, **one} for one in told.get(part, ()))


def things_of_lineage(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Under whom a practice was listed, then each event of a lineage, with `what` it is."""
    yield from ({"what": "membership", **one} for one in told.get("memberships", ()))
    yield from ({"what": "event", **one} for one in told["events"])
