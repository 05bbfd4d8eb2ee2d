"""The description of the API (OpenAPI 3.1), made of what the questions say of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.server.problems import DETAILS, TITLES
from orgmap.server.questions import MEDIA, SHEET, Parameter, ServedFile, ServedQuestion
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
    questions: Iterable[ServedQuestion], files: Iterable[ServedFile], version: str, address: str
) -> dict[str, Any]:
    """The whole document. `files` are the questions that take a table; `address` is where the server is."""
    schemas = Schemas()
    paths: dict[str, Any] = {f"/api/{one.name}": {"get": _asked(one, schemas)} for one in questions}
    for one in files:
        asked = paths.setdefault(f"/api/{one.name}", {})
        asked["post"] = _of_a_table(one, schemas, f"{_named(one)}{'_of_a_table' if asked else ''}")
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
    return {
        "operationId": _named(question),
        "summary": question.summary,
        **({"description": question.description} if question.description else {}),
        "parameters": [*map(_parameter, question.parameters), _forms(question.forms)],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": _NOTES,
                "content": _content(question.forms, question.method, schemas),
            },
            **_problems(_ERRORS),
        },
    }


def _named(question: ServedQuestion | ServedFile) -> str:
    return question.name.replace("-", "_")


def _forms(forms: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "description": "How to write the answer; without it the Accept header tells.",
        "schema": {"type": "string", "enum": list(forms), "default": forms[0]},
    }


def _content(forms: tuple[str, ...], method: str, schemas: Schemas) -> dict[str, Any]:
    """An answer in its forms, that in JSON with its shape."""
    content: dict[str, Any] = {
        MEDIA[form].partition(";")[0]: {"schema": {"type": "string"}} for form in forms
    }
    if "json" in forms:
        content["application/json"] = {"schema": schemas.of_question(method)}
    return content


_NOTES = {
    "X-Orgmap-Notes": {
        "description": "What must be said of an answer whose form has no place for it: a JSON list of sentences.",
        "schema": {"type": "string"},
    }
}


def _of_a_table(question: ServedFile, schemas: Schemas, named: str) -> dict[str, Any]:
    table, forms = {"schema": {"type": "string"}}, (*question.forms, SHEET)
    return {
        "operationId": named,
        "summary": question.summary,
        "description": question.description,
        "parameters": [*map(_parameter, question.parameters), _forms(forms)],
        "requestBody": {"required": True, "content": {"text/csv": table}},
        "responses": {
            "200": {"description": "The answer.", "content": _content(forms, question.method, schemas)},
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
