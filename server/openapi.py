"""The description of the API (OpenAPI 3.1), made of what the questions say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.server.problems import DETAILS, TITLES
from orgmap.server.questions import MEDIA, Parameter, ServedQuestion
from orgmap.server.schemas import Schemas

_ERRORS = (400, 404, 406, 409, 414, 422, 429, 503)

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "exit_code": {"type": "integer", "description": "The exit code of the command line."},
        "candidates": {"type": "array", "items": {"type": "string"}},
        "answer": {"description": "What the command line gives a script where there is no answer."},
    },
}


def openapi(
    questions: Iterable[ServedQuestion], annotate: ServedQuestion, version: str, address: str
) -> dict[str, Any]:
    """The whole document. `annotate` is the question that takes a table; `address` is where the server is."""
    schemas = Schemas()
    paths: dict[str, Any] = {f"/api/{one.name}": {"get": _asked(one, schemas)} for one in questions}
    paths["/api/annotate"] = {"post": _annotated(annotate)}
    schemas.named["Problem"] = PROBLEM
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "orgmap",
            "version": version,
            "summary": "Who commissions what for whom in England's health and care",
            "description": "The questions of the command line, with its options and its JSON. What went wrong is told"
            " as problem details; `exit_code` is what the command line would have ended with.",
        },
        "servers": [{"url": address or "/"}],
        "paths": paths,
        "components": {"schemas": schemas.named},
    }


def _asked(question: ServedQuestion, schemas: Schemas) -> dict[str, Any]:
    forms = {
        "name": "format",
        "in": "query",
        "description": "How to write the answer; without it the Accept header tells.",
        "schema": {"type": "string", "enum": list(question.forms), "default": "json"},
    }
    content: dict[str, Any] = {
        MEDIA[form].partition(";")[0]: {"schema": {"type": "string"}} for form in question.forms
    }
    content["application/json"] = {"schema": schemas.of_question(question.method)}
    return {
        "operationId": question.name.replace("-", "_"),
        "summary": question.summary,
        **({"description": question.description} if question.description else {}),
        "parameters": [*map(_parameter, question.parameters), forms],
        "responses": {
            "200": {"description": "The answer.", "headers": _NOTES, "content": content},
            **_problems(_ERRORS),
        },
    }


_NOTES = {
    "X-Orgmap-Notes": {
        "description": "What must be said of an answer whose form has no place for it: a JSON list of sentences.",
        "schema": {"type": "string"},
    }
}


def _annotated(question: ServedQuestion) -> dict[str, Any]:
    table = {"schema": {"type": "string"}}
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {
        "operationId": question.name,
        "summary": question.summary,
        "description": question.description,
        "parameters": [*map(_parameter, question.parameters)],
        "requestBody": {"required": True, "content": {"text/csv": table}},
        "responses": {
            "200": {"description": "The table.", "content": {"text/csv": table, sheet: table}},
            **_problems((400, 404, 406, 408, 411, 413, 415, 422, 429, 503)),
        },
    }


def _problems(statuses: Iterable[int]) -> dict[str, Any]:
    content: dict[str, Any] = {DETAILS: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    content["text/html"] = {"schema": {"type": "string", "description": "The same, for who prefers a page."}}
    return {str(status): {"description": TITLES[status], "content": content} for status in statuses}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": parameter.schema,
    }
