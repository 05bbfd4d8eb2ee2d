"""The questions over the web: `/api/find?place=CT9+1AA&at=2013-06-01`, answered as the command line answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from orgmap.graph import Graph
from orgmap.graphmodel.dates import today
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError
from orgmap.server.forms import NotInThisForm, form_of, typed_in
from orgmap.server.openapi import openapi
from orgmap.server.problems import problem, problem_of
from orgmap.server.questions import MEDIA, Answered, ServedQuestion, Wanted
from orgmap.server.served import Served
from orgmap.server.workers import Busy

Handler = Callable[[Request], Awaitable[Response]]

MOST_NOTES = 4000
"""So many letters of notes stand in a header."""


def asking(served: Served, question: ServedQuestion) -> Handler:
    """The handler of one question."""

    async def answer(request: Request) -> Response:
        try:
            typed = typed_in(request)
            form = form_of(request, question.forms, typed)
            wanted = question.read([(name, value) for name, value in typed if name != "format"])
        except NotInThisForm as error:
            return problem(406, str(error))
        except OrgmapError as error:
            return problem_of(error, 400)
        if unchanged := served.unchanged(request, form):
            return unchanged
        try:
            text = await answered(served, question, wanted, form)
        except _Nothing as nothing:
            return problem_of(nothing.why, answer=nothing.answer)
        except (OrgmapError, Busy) as error:
            empty = question.nothing(wanted) if isinstance(error, NothingFound | Ambiguous) else None
            return problem_of(error, answer=empty)
        said, _, body = text.partition(b"\n")
        headers = served.headers(form) | ({"X-Orgmap-Notes": said.decode()} if said else {})
        if form == "html":
            headers |= served.own_policy(body.decode())
        if form == "csv":
            headers["Content-Disposition"] = f'inline; filename="{question.name}.csv"'
        return Response(body, 200, headers, MEDIA[form])

    return answer


class _Nothing(Exception):
    """There is an answer, and nothing in it."""

    def __init__(self, why: NothingFound, answer: object) -> None:
        super().__init__(str(why))
        self.why, self.answer = why, answer


async def answered(served: Served, question: ServedQuestion, wanted: Wanted, form: str) -> bytes:
    """An answer in one form, behind a line of notes that this form has no place for; a kept one if there is one.

    Raises what the question does, and `Busy`.
    """
    key = (question.name, form, today(), served.identity, repr(sorted(wanted.items())))
    if served.identity and (kept := served.kept.get(key)) is not None:
        return kept

    def work(graph: Graph) -> bytes:
        found = question.ask(graph, wanted)
        if found.nothing:
            raise _Nothing(NothingFound(found.nothing), found.whole)
        return f"{_said(found, form)}\n{question.text(found, wanted, form)}".encode()

    text = await served.workers.ask(work)
    if served.identity:
        served.kept.put(key, text)
    return text


def _said(found: Answered, form: str) -> str:
    """The notes of an answer, unless they stand in it."""
    inside = form == "json" and isinstance(found.whole, dict) and "notes" in found.whole
    notes = [] if inside else list(found.notes)
    while notes and len(text := json.dumps(notes)) > MOST_NOTES:
        notes.pop()
    return text if notes else ""


def describing(served: Served) -> Handler:
    """The handler of the API's own description."""
    document = openapi(
        served.questions.values(), served.files.values(), served.version, served.address or "/"
    )

    async def describe(request: Request) -> Response:
        return JSONResponse(document, headers={"Cache-Control": "public, max-age=3600"})

    return describe


def explaining(served: Served) -> Handler:
    """The handler of the page that tells people of the API."""

    async def explain(request: Request) -> Response:
        words: dict[str, Any] = {"questions": served.questions.values(), "files": served.files.values()}
        words["served"] = set(served.questions)
        return served.page("api.html", 200, {"Cache-Control": "public, max-age=3600"}, **words)

    return explain
