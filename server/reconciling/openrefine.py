"""Reconciliation of names with bodies for OpenRefine and others: the W3C group's Reconciliation Service API, 0.2."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from orgmap.graph import Graph
from orgmap.graphmodel.dates import day_of, today
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.register.bodies import FoundRecord
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import kinds, things
from orgmap.queries.body.resolve import resolve
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.table.annotate import Annotator, columns
from orgmap.server.registered.reconciling import (
    NEAR,
    SURE,
    near_records,
    record_row,
    record_value,
    records_of,
    sorts_among,
    type_of,
    types_of_register,
)
from orgmap.server.wording import life_words

BATCH = 50
"""So many names may be asked at once."""

IDS = 200
PROPERTIES = 20
MOST = 20
"""So many candidates are given at most."""

AT = "at"
"""The property, and the setting, that says on which day."""


class Lookup(NamedTuple):
    """One name to look for: among which kinds, on which day, what else must hold of it."""

    text: str
    among: frozenset[str] | None
    at: str
    others: tuple[tuple[str, str], ...]
    limit: int


def types() -> list[dict[str, str]]:
    """The kinds of body, as the specification has types."""
    return [{"id": one.kind, "name": one.label} for one in kinds().values() if one.kind not in things()]


def manifest(address: str, version: str) -> dict[str, Any]:
    """What this service can do, and where."""
    own = f"{address}/reconcile"
    suggest = {
        kind: {
            "service_url": own,
            "service_path": f"/suggest/{kind}",
            "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
        }
        for kind in ("entity", "type", "property")
    }
    setting = {
        "type": "text",
        "name": AT,
        "label": "Day",
        "default": "",
        "help_text": "2013-04-01; blank: today",
    }
    return {
        "versions": ["0.2"],
        "name": "orgmap: bodies of England's health and care",
        "identifierSpace": f"{address}/id/",
        "schemaSpace": "urn:orgmap:terms:",
        "documentation": f"{address}/api",
        "serviceVersion": version,
        "view": {"url": f"{address}/id/{{{{id}}}}"},
        "preview": {"url": f"{own}/preview?id={{{{id}}}}", "width": 420, "height": 220},
        "defaultTypes": types(),
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": own, "service_path": "/properties"},
            "property_settings": [setting],
        },
    }


def lookups(batch: Any) -> dict[str, Lookup]:
    """The names of a batch. Raises `WrongUse` for what the specification does not allow."""
    if not isinstance(batch, dict) or len(batch) > BATCH:
        raise WrongUse(f"queries must be an object of at most {BATCH} queries.")
    return {key: _lookup(one) for key, one in batch.items()}


def _lookup(query: Any) -> Lookup:
    if not isinstance(query, dict) or not isinstance(text := query.get("query", ""), str):
        raise WrongUse("Each query must be an object with a text “query”.")
    limit = query.get("limit", 5)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise WrongUse("“limit” must be a number from 1.")
    wanted = [] if query.get("type") is None else query["type"]
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise WrongUse("“type” must be a text or a list of texts.")
    given = [] if query.get("properties") is None else query["properties"]
    if not isinstance(given, list) or not all(
        isinstance(one, dict) and isinstance(one.get("pid"), str) for one in given
    ):
        raise WrongUse("“properties” must be a list of objects with “pid” and “v”.")
    values = [(one["pid"], word) for one in given for word in _values(one.get("v"))]
    at = next((word for pid, word in values if pid == AT and word), "")
    rest = tuple((pid, word) for pid, word in values if pid != AT and word)
    among = frozenset(wanted) if wanted else None
    return Lookup(text.strip()[:300], among, day_of(at) if at else "", rest, int(min(limit, MOST)))


def _values(value: Any) -> list[str]:
    """The values of a property as texts."""
    if isinstance(value, list):
        return [text for one in value for text in _values(one)]
    if isinstance(value, dict):
        return _values(value.get("id") or value.get("name"))
    return [] if value is None else [str(value)[:300].strip()]


def candidates(graph: Graph, wanted: Lookup) -> list[dict[str, Any]]:
    """The bodies that a name may mean, the likeliest first; one that it means without doubt is a match."""
    if not wanted.text:
        return []
    rows = _of_graph(graph, wanted)
    most = NEAR if any(row["features"][0]["value"] == SURE for row in rows) else SURE
    near = near_records(graph, wanted.text, sorts_among(wanted.among), wanted.at)
    rows += [_record(row, min(score, most), wanted) for row, score in near]
    rows = sorted(rows, key=lambda row: (-row["score"], row["id"]))[: wanted.limit]
    best = [row for row in rows if row["score"] == SURE]
    for row in rows:
        row["match"] = best == [row]
    return rows


def _of_graph(graph: Graph, wanted: Lookup) -> list[dict[str, Any]]:
    """The bodies of the graph that a name may mean."""
    among = wanted.among
    if among is not None and (not (among := among & set(kinds())) or among <= things()):
        return []
    sure: list[str] = []
    try:
        sure = [resolve(graph.store, wanted.text, wanted.at or today(), among).id]
    except Ambiguous as error:
        sure = [word for one in error.candidates for word in one.split() if ":" in word]
    except OrgmapError:
        pass
    scores = dict.fromkeys(sure, SURE) | {
        body: score for body, score in _near(graph, wanted, among) if body not in sure
    }
    found = {one.id: one for one in graph.store.entities(ids=scores) if not among or one.kind in among}
    return [_candidate(found[body], score, wanted) for body, score in scores.items() if body in found]


def _near(graph: Graph, wanted: Lookup, among: frozenset[str] | None) -> Iterable[tuple[str, float]]:
    """Bodies whose names come near, with how near."""
    from rapidfuzz.fuzz import token_sort_ratio

    only = next(iter(among)) if among and len(among) == 1 else None
    try:
        rows = list(graph.search(wanted.text, kind=only, at=wanted.at or None, limit=MOST))
    except OrgmapError:
        return
    for row in rows:
        name = str(row.get("matched") or row["name"] or row["id"])
        yield row["id"], round(min(NEAR, token_sort_ratio(wanted.text.casefold(), name.casefold())), 1)


def _candidate(body: Entity, score: float, wanted: Lookup) -> dict[str, Any]:
    """A body as a candidate."""
    own = {"name": body.name, "kind": body.kind, **dict(body.codes)}
    own |= {"valid_from": body.valid_from or "", "valid_until": body.valid_until or ""}
    plan = f"; {plan_words(body.status)}" if body.status in PLANS else ""
    return {
        "id": body.id,
        "name": body.label,
        "description": f"{kinds()[body.kind].label}, {life_words(body.to_json())}{plan}",
        "type": [{"id": body.kind, "name": kinds()[body.kind].label}],
        **_scored(own, score, wanted),
    }


def _record(row: dict[str, Any], score: float, wanted: Lookup) -> dict[str, Any]:
    """A body of the register as a candidate."""
    own = {**row, **row["codes"]}
    return {
        "id": row["id"],
        "name": row["name"] or row["id"],
        "description": f"{row['kind']} in the register, {life_words(row)}",
        "type": [type_of(row["kind"])],
        **_scored(own, score, wanted),
    }


def _scored(own: dict[str, Any], score: float, wanted: Lookup) -> dict[str, Any]:
    """The score of a candidate: each property that was given and is not its own takes from it."""
    features = [{"id": "name", "value": score}]
    for pid, word in wanted.others:
        same = str(own.get(pid) or "").casefold() == word.casefold()
        features.append({"id": pid, "value": same})
        score = score if same else round(score / 2, 1)
    return {"score": score, "features": features, "match": False}


def _text(value: str | None) -> list[dict[str, Any]]:
    return [{"str": value}] if value else []


def _date(value: str | None) -> list[dict[str, Any]]:
    return [{"date": f"{value}T00:00:00Z"}] if value else []


def _bodies(of: str) -> Callable[[Graph, Entity, str], list[dict[str, Any]]]:
    """The bodies on one side of the changes of another."""

    def values(graph: Graph, body: Entity, at: str) -> list[dict[str, Any]]:
        other = "predecessor" if of == "successor" else "successor"
        ids = [
            getattr(part, of)
            for _, parts in graph.store.events(ids=[body.id])
            for part in parts
            if getattr(part, other) == body.id and getattr(part, of) and not part.stray
        ]
        return [{"id": one.id, "name": one.label} for one in graph.store.entities(ids=ids)]

    return values


def _code(scheme: str) -> Callable[[Graph, Entity, str], list[dict[str, Any]]]:
    return lambda graph, body, at: _text(dict(body.codes).get(scheme))


_OWN: dict[str, tuple[str, Callable[[Graph, Entity, str], list[dict[str, Any]]]]] = {
    "name": ("Name", lambda graph, body, at: _text(body.name)),
    "kind": ("Kind", lambda graph, body, at: [{"id": body.kind, "name": kinds()[body.kind].label}]),
    "valid_from": ("First day", lambda graph, body, at: _date(body.valid_from)),
    "valid_until": ("First day on which it was no more", lambda graph, body, at: _date(body.valid_until)),
    "ods": ("ODS code", _code("ods")),
    "gss": ("GSS code", _code("gss")),
    "predecessors": ("Came from", _bodies("predecessor")),
    "successors": ("Became", _bodies("successor")),
}
"""What is known of a body itself."""


def properties() -> dict[str, str]:
    """What can be fetched of a body, by id: its own, and the columns that `annotate` adds for its area."""
    return {key: label for key, (label, _) in _OWN.items()} | {
        column: column.replace("_", " ").capitalize() for column in columns() if column not in _OWN
    }


def extended(graph: Graph, wanted: Any) -> dict[str, Any]:
    """The values of some properties of some bodies. Raises `WrongUse` for what the specification does not allow."""
    ids, asked = _extension(wanted)
    found = {one.id: one for one in graph.store.entities(ids=ids)}
    records = records_of(graph, ids)
    named = properties()
    unknown = [key for key, _ in asked if key not in named]
    if unknown:
        raise WrongUse(f"“{unknown[0][:80]}” is no property: {', '.join(named)}.")
    rows: dict[str, Any] = {body: {} for body in ids}
    teller = Annotator(graph.store)
    for body in ids:
        for key, at in asked:
            if body in found:
                rows[body][key] = _value(graph, teller, found[body], key, at)
            else:
                rows[body][key] = _recorded(graph, teller, records[body], key, at) if body in records else []
    return {"meta": [{"id": key, "name": named[key]} for key, _ in asked], "rows": rows}


def _value(graph: Graph, teller: Annotator, body: Entity, key: str, at: str) -> list[dict[str, Any]]:
    if key in _OWN:
        return _OWN[key][1](graph, body, at)
    return _annotated(graph, teller, body.id, key, at)


def _recorded(graph: Graph, teller: Annotator, found: FoundRecord, key: str, at: str) -> list[dict[str, Any]]:
    """A value of a body that the register alone has."""
    if key not in _OWN:
        return _annotated(graph, teller, record_row(found)["id"], key, at)
    value = record_value(graph, found, key)
    if isinstance(value, list):
        return value
    return _date(value) if key.startswith("valid_") else _text(value)


def _annotated(graph: Graph, teller: Annotator, body: str, key: str, at: str) -> list[dict[str, Any]]:
    """What `annotate` adds for the area of a body."""
    [row] = teller.rows([[body]], 0, at or today())
    cell = row[1 + columns().index(key)]
    if named := graph.store.entities(ids=[cell]) if ":" in cell else []:
        return [{"id": named[0].id, "name": named[0].label}]
    return _text(cell)


def _extension(wanted: Any) -> tuple[list[str], list[tuple[str, str]]]:
    if not isinstance(wanted, dict):
        raise WrongUse("extend must be an object with “ids” and “properties”.")
    ids, asked = wanted.get("ids"), wanted.get("properties")
    if not isinstance(ids, list) or len(ids) > IDS or not all(isinstance(one, str) for one in ids):
        raise WrongUse(f"“ids” must be a list of at most {IDS} texts.")
    if not isinstance(asked, list) or len(asked) > PROPERTIES:
        raise WrongUse(f"“properties” must be a list of at most {PROPERTIES} objects.")
    found = []
    for one in asked:
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            raise WrongUse("Each property must be an object with a text “id”.")
        settings = one.get("settings") or {}
        at = settings.get(AT, "") if isinstance(settings, dict) else ""
        if not isinstance(at, str):
            raise WrongUse("The setting “at” must be a text.")
        found.append((one["id"], day_of(at) if at.strip() else ""))
    return list(dict.fromkeys(ids)), found


def suggested(graph: Graph, what: str, prefix: str) -> list[dict[str, Any]]:
    """What a person may mean who has typed the beginning of a name."""
    near = prefix.casefold()
    if what == "type":
        every = [*types(), *types_of_register(graph)]
        return [one for one in every if near in one["name"].casefold() or one["id"].startswith(near)][:MOST]
    if what == "property":
        named = [{"id": key, "name": label} for key, label in properties().items()]
        return [one for one in named if near in one["name"].casefold() or near in one["id"]][:MOST]
    found = candidates(graph, Lookup(prefix[:300], None, "", (), MOST))
    return [
        {"id": one["id"], "name": one["name"], "description": one["description"], "notable": one["type"]}
        for one in found
    ]


def flyout(graph: Graph, what: str, key: str) -> tuple[str, str]:
    """Name and description of a body, a type or a property. Raises `NothingFound`."""
    if what == "type" and key in kinds():
        return kinds()[key].label, kinds()[key].description
    if what == "property" and key in (named := properties()):
        return named[key], ""
    if what == "entity" and (found := graph.store.entities(ids=[key])):
        body = _candidate(found[0], 100.0, Lookup("", None, "", (), 1))
        return body["name"], body["description"]
    if (
        what == "type"
        and (named := {one["id"]: one["name"] for one in types_of_register(graph)})
        and key in named
    ):
        return named[key], "A sort of body that the register of organisations has."
    if what == "entity" and (record := records_of(graph, [key]).get(key)):
        body = _record(record_row(record), SURE, Lookup("", None, "", (), 1))
        return body["name"], body["description"]
    raise NothingFound(f"There is nothing with the id “{key[:80]}”.")
