"""Putting facts into the JSON that scripts rely on, each with its sources."""

from __future__ import annotations

from collections.abc import Iterable
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
        "sources": sources_json(sources, cited_by([fact])),
    }
    for key in ("from_precision", "until_precision", "share_of", "note"):
        if value := getattr(fact, key):
            out[key] = value
    if fact.share is not None:
        out["share"] = fact.share
    return out


def facts_json(store: Store, facts: list[Relationship]) -> list[dict[str, Any]]:
    """Statements as scripts get them, their sources looked up together."""
    sources = store.sources({fact.source for fact in facts})
    return [fact_json(fact, sources) for fact in facts]
