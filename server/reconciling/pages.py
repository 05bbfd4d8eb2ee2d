"""The addresses of the reconciliation service."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from orgmap.graph import Graph
from orgmap.graphmodel.errors import NothingFound, OrgmapError, WrongUse
from orgmap.server.body_page import body_words
from orgmap.server.forms import typed_in
from orgmap.server.guards import POLICY
from orgmap.server.problems import problem_of
from orgmap.server.reconciling import openrefine
from orgmap.server.registered.record import is_of_register, record_words, shown_record
from orgmap.server.served import Served
from orgmap.server.workers import Busy

NO_STORE = {"Cache-Control": "no-store"}

FRAMED = {"Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")}
"""A preview stands in a frame of the program that asks for it."""


def reconciling(served: Served) -> list[Route]:
    """The routes of the service."""

    async def service(request: Request) -> Response:
        try:
            fields = await _fields(request)
            if "queries" in fields:
                asked = openrefine.lookups(_json(fields["queries"], "queries"))
                return await _answered(served, lambda graph: _results(graph, asked))
            if "extend" in fields:
                wanted = _json(fields["extend"], "extend")
                return await _answered(served, lambda graph: openrefine.extended(graph, wanted))
            if fields:
                raise WrongUse("Ask with queries or extend; without either this is the manifest.")
        except OrgmapError as error:
            return problem_of(error, 400)
        return JSONResponse(openrefine.manifest(served.here(request), served.version), headers=NO_STORE)

    async def suggest(request: Request) -> Response:
        what = request.path_params["what"]
        prefix = request.query_params.get("prefix", "")[:300]
        if what not in ("entity", "type", "property"):
            return problem_of(NothingFound("Suggested are entities, types and properties."))
        return await _answered(served, lambda graph: {"result": openrefine.suggested(graph, what, prefix)})

    async def flyout(request: Request) -> Response:
        what, key = request.path_params["what"], request.query_params.get("id", "")

        def words(graph: Graph) -> dict[str, str]:
            name, more = openrefine.flyout(graph, what, key)
            return {"id": key, "html": str(Markup("<p><strong>{}</strong><br>{}</p>").format(name, more))}

        return await _answered(served, words)

    async def proposed(request: Request) -> Response:
        found = [{"id": key, "name": label} for key, label in openrefine.properties().items()]
        most = request.query_params.get("limit", "")
        found = found[: int(most)] if most.isascii() and most.isdigit() and len(most) < 6 else found
        answer: dict[str, Any] = {"properties": found}
        if wanted := request.query_params.get("type"):
            answer["type"] = wanted[:200]
        return JSONResponse(answer, headers=NO_STORE)

    async def preview(request: Request) -> Response:
        key = request.query_params.get("id", "")[:200]

        def page(graph: Graph) -> str:
            preview = served.templates.get_template("preview.html")
            if is_of_register(key):
                whole = shown_record(graph, key, "").to_dict()
                return preview.render(thing=whole["body"]["id"], **record_words(graph, whole))
            if not graph.store.entities(ids=[key]):
                raise NothingFound(f"There is nothing with the id “{key}”.")
            return preview.render(thing=key, **body_words(graph, key, "", ()))

        try:
            text = await served.workers.ask(page)
        except (OrgmapError, Busy) as error:
            return problem_of(error)
        return Response(text, 200, {**NO_STORE, **FRAMED}, "text/html; charset=utf-8")

    return [
        Route("/reconcile", service, methods=["GET", "POST"]),
        Route("/reconcile/suggest/{what}", suggest),
        Route("/reconcile/flyout/{what}", flyout),
        Route("/reconcile/properties", proposed),
        Route("/reconcile/preview", preview),
    ]


async def _answered(served: Served, work: Callable[[Graph], dict[str, Any]]) -> Response:
    try:
        return JSONResponse(await served.workers.ask(work), headers=NO_STORE)
    except WrongUse as error:
        return problem_of(error, 400)
    except (OrgmapError, Busy) as error:
        return problem_of(error)


def _results(graph: Graph, asked: dict[str, openrefine.Lookup]) -> dict[str, Any]:
    return {key: {"result": openrefine.candidates(graph, one)} for key, one in asked.items()}


async def _fields(request: Request) -> dict[str, str]:
    """What was sent in the address, or as a form. Raises `WrongUse` for what is no text."""
    fields = dict(typed_in(request))
    if request.method == "POST":
        try:
            sent = (await request.body()).decode("ascii")
            fields |= dict(parse_qsl(sent, errors="strict", max_num_fields=20))
        except ValueError as error:
            raise WrongUse(
                "The form that was sent cannot be read: application/x-www-form-urlencoded."
            ) from error
    return fields


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{name} is not JSON.") from error
