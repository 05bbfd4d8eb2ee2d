"""Putting facts into the JSON that scripts rely on, each with its sources; an answer of many parts as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orgmap.graphmodel.model import Accountability, Entity, Relationship, Rule, Source
from orgmap.graphmodel.store import Store


def each_cited(cited: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Sources with their locators, one by one: a cell may name several, with a locator for each or one for all.

    >>> list(each_cited([("hca-2022 hsca-2012", "s. 1; s. 13")]))
    [('hca-2022', 's. 1'), ('hsca-2012', 's. 13')]
    """
    for source, locator in cited:
        ids, locators = source.split(), locator.split("; ")
        yield from zip(ids, locators if len(locators) == len(ids) else [locator] * len(ids), strict=True)


def sources_json(sources: dict[str, Source], cited: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Cited sources with their titles, each once, in the order of citing; `cited` is (source, locator)."""
    seen = dict.fromkeys(each_cited(cited))
    return [sources[source].to_json(locator) for source, locator in seen if source in sources]


def cited_by(relationships: Iterable[Relationship]) -> list[tuple[str, str]]:
    """What these statements cite, as (source, locator)."""
    return [(relationship.source, relationship.locator) for relationship in relationships]


def cited_by_rule(rule: Rule | Accountability) -> tuple[tuple[str, str], ...]:
    """What a rule cites, as (source, locator): several stand in its cells, and some may have no locator.

    >>> cited_by_rule(Rule("r", "service:x", "", source="act order", locator="section 3"))
    (('act', 'section 3'), ('order', ''))
    """
    named = rule.source.split()
    return tuple(zip(named, [*rule.locator.split("; "), *("" for _ in named)], strict=False))


def said_in(row: Any, *fields: str) -> dict[str, Any]:
    """Those of these fields of a row that are not blank.

    >>> said_in(Relationship("a", "part_of", "b", note="n"), "about", "note")
    {'note': 'n'}
    """
    return {field: value for field in fields if (value := getattr(row, field))}


def bodies_json(store: Store, entities: list[Entity]) -> list[dict[str, Any]]:
    """Bodies as scripts get them, each with the source that knows it."""
    sources = store.sources({entity.source for entity in entities})
    return [
        {**entity.to_json(), "sources": sources_json(sources, [(entity.source, entity.locator)])}
        for entity in entities
    ]


def relationship_json(relationship: Relationship, sources: dict[str, Source]) -> dict[str, Any]:
    """One statement as scripts get it."""
    return _relationship_json(relationship, sources_json(sources, cited_by([relationship])))


def _relationship_json(relationship: Relationship, sources: list[dict[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "subject": relationship.subject,
        "verb": relationship.verb,
        "object": relationship.object,
        "about": relationship.about or None,
        "population": relationship.population or None,
        "basis": relationship.basis or None,
        "status": relationship.status,
        "valid_from": relationship.valid_from,
        "valid_until": relationship.valid_until,
        "stated_on": relationship.stated_on,
        "sources": sources,
    }
    if relationship.from_precision:
        out["from_precision"] = relationship.from_precision
    if relationship.until_precision:
        out["until_precision"] = relationship.until_precision
    if relationship.share_of:
        out["share_of"] = relationship.share_of
    if relationship.note:
        out["note"] = relationship.note
    if relationship.share is not None:
        out["share"] = relationship.share
    return out


def relationships_json(store: Store, relationships: list[Relationship]) -> list[dict[str, Any]]:
    """Statements as scripts get them, their sources looked up together."""
    sources = store.sources({relationship.source for relationship in relationships})
    pairs = {(relationship.source, relationship.locator) for relationship in relationships}
    cited = {pair: sources_json(sources, [pair]) for pair in pairs}
    # Each statement has its own: whoever changes one changes no other.
    return [
        _relationship_json(one, [source.copy() for source in cited[one.source, one.locator]])
        for one in relationships
    ]


PARTS = ("started", "ended", "changed", "relations_started", "relations_ended", "events")
"""The lists of a difference."""

ABOVE = ("started", "ended", "changed", "events")
"""The lists of what changed above a place."""

_WHAT = {"relations_started": "relation_started", "relations_ended": "relation_ended", "events": "event"}


def things(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every body, relation and event of a difference, each with `what` it is; one above a place begins “above_”."""
    for part in PARTS:
        yield from ({"what": _WHAT.get(part, part), **one} for one in answer[part])
    for part in ABOVE if "above" in answer else ():
        yield from ({"what": f"above_{_WHAT.get(part, part)}", **one} for one in answer["above"][part])


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


def things_of_body(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The body itself and each name, code, postcode, status, membership, relation and event, with `what` it is."""
    yield {"what": "body", **answer["body"]}
    for part, what in _PARTS_OF_A_BODY.items():
        yield from ({"what": what, **one} for one in answer.get(part, ()))
    if "registered" in answer:
        yield from _registered_things(answer["body"], answer["registered"])


def _registered_things(body: dict[str, Any], said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the whole register says of a body: the record, its roles, its relations from either end, successions."""
    ours = body["id"]
    record = {key: value for key, value in said.items() if not isinstance(value, list)}
    yield {"what": "registered", "registered": said["is"], "id": ours, **record}
    yield from ({"what": part, part: said[part]} for part in ("address", "uprn") if said[part])
    yield from (
        {"what": "contact", "contact": one["value"], "kind": one["means"]} for one in said["contacts"]
    )
    yield from ({"what": "role", "name": role["is"], **role} for role in said["roles"])
    for tie in said["ties"]:
        yield {"what": "tie", "subject": ours, "object": tie["id"], **tie}
    for one in said["pointing"]:
        verb = {"verb": one["verb"], "relation": one["relation"]}
        yield from (
            {"what": "tie", "subject": ours, "object": to["id"], **verb, **to} for to in one["bodies"]
        )
    yield from ({"what": "succession", "succession": one["way"], **one} for one in said["successions"])


def things_of_lineage(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Under whom a practice was listed, then each event of a lineage, with `what` it is."""
    yield from ({"what": "membership", **one} for one in answer.get("memberships", ()))
    yield from ({"what": "event", **one} for one in answer["events"])
