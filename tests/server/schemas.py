"""What the answers of a reconciliation service look like, as the W3C Entity Reconciliation Community Group has it.

Written from the text of the Reconciliation Service API, version 0.2 (reconciliation-api.github.io/specs/0.2/).
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}


def _object(required: str, **fields: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": fields}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


_NAMED = _object("id name", id=TEXT, name=TEXT)
_TYPES = _list({"anyOf": [_object("id", id=TEXT, name=TEXT), TEXT]})
_WITH_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
_SERVICE = {
    "type": "object",
    "properties": {
        "service_url": {"type": "string", "pattern": "^https?://[^/]+(/[^/]+)*$"},
        "service_path": {"type": "string", "pattern": "^/"},
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}

MANIFEST = _object(
    "versions name identifierSpace schemaSpace view",
    versions={"type": "array", "contains": {"const": "0.2"}, "items": TEXT},
    name=TEXT,
    identifierSpace={"type": "string", "format": "uri"},
    schemaSpace={"type": "string", "format": "uri"},
    documentation=TEXT,
    serviceVersion=TEXT,
    view=_object("url", url=_WITH_ID),
    preview=_object("url width height", url=_WITH_ID, width={"type": "integer"}, height={"type": "integer"}),
    defaultTypes={**_list(_NAMED), "uniqueItems": True},
    suggest={"type": "object", "properties": dict.fromkeys(("entity", "type", "property"), _SERVICE)},
    extend={
        "type": "object",
        "properties": {
            "propose_properties": _object("service_url service_path", service_url=TEXT, service_path=TEXT),
            "property_settings": _list(
                _object(
                    "type label name",
                    type={"enum": ["number", "text", "checkbox", "select"]},
                    label=TEXT,
                    name=TEXT,
                )
            ),
        },
    },
)

RESULTS = {
    "type": "object",
    "additionalProperties": _object(
        "result",
        result=_list(
            _object(
                "id name score",
                id=TEXT,
                name=TEXT,
                description=TEXT,
                score={"type": "number"},
                match={"type": "boolean"},
                type=_TYPES,
                features=_list(_object("id value", id=TEXT, value={"type": ["number", "boolean"]})),
            )
        ),
    ),
}


def _only(**fields: Any) -> dict[str, Any]:
    return {**_object(" ".join(fields), **fields), "additionalProperties": False}


_VALUE = {
    "anyOf": [
        {"type": "object", "maxProperties": 0},
        _only(id=TEXT, name=TEXT),
        _only(str=TEXT),
        _only(float={"type": "number"}),
        _only(int={"type": "integer"}),
        _only(date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}),
    ]
}
EXTENSION = _object(
    "meta rows",
    meta=_list(_object("id name", id=TEXT, name=TEXT, type=_object("id", id=TEXT))),
    rows={
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": _list(_VALUE)},
    },
)
SUGGESTED = _object(
    "result", result=_list(_object("id name", id=TEXT, name=TEXT, description=TEXT, notable=_TYPES))
)
PROPOSED = _object("properties", properties=_list(_NAMED), type=TEXT, limit={"type": "integer"})
