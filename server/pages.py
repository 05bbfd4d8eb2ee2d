"""The pages for people: the start page with its box, and what went wrong in words."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from orgmap.graph import Graph
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import STATUSES
from orgmap.server.api import Handler
from orgmap.server.forms import typed_in
from orgmap.server.problems import problem_of
from orgmap.server.questions import Typed
from orgmap.server.served import Served
from orgmap.server.templating import style
from orgmap.server.workers import Busy

PLACES = (("Explore", "/explore"), ("Your own table", "/bulk"), ("API", "/api"))
"""Where the head of every page leads."""

NEAR = 8
"""So many bodies are offered whose names come near what was typed."""


async def styling(request: Request) -> Response:
    """The style sheet."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(style()[0], 200, headers, "text/css; charset=utf-8")


def starting(served: Served) -> Handler:
    """The handler of the start page: a box that takes whatever `find` takes, and needs no script."""

    async def start(request: Request) -> Response:
        try:
            typed, at, include = _asked(typed_in(request))
        except WrongUse as error:
            return problem_of(error, 400, page_first=True)
        asked: dict[str, Any] = {"typed": typed, "at": at, "include": include}
        files = served.files.values()
        if not typed:
            return served.page(
                "start.html", 200, served.headers("html"), **asked, files=files, answer=None, near=[]
            )
        if unchanged := served.unchanged(request, "html"):
            return unchanged
        try:
            answer, near, problem = await served.workers.ask(lambda graph: _found(graph, typed, at, include))
        except (OrgmapError, Busy) as error:
            return problem_of(error, page_first=True, **asked)
        if problem:
            return problem_of(problem, page_first=True, **asked, near=near)
        return served.page("start.html", 200, served.headers("html"), **asked, answer=answer, near=near)

    return start


def _asked(words: Typed) -> tuple[str, str, tuple[str, ...]]:
    """What to find, at which day, with which plans. Raises `WrongUse` for what cannot be asked here."""
    found = {"q": "", "at": ""}
    include: list[str] = []
    for name, value in words:
        if name == "include" and value in STATUSES:
            include.append(value)
        elif name in found:
            found[name] = value.strip()
        else:
            raise WrongUse(
                f"“{name}” cannot be asked here so: q is what to find, at the day, include=planned shows plans."
            )
    if len(found["q"]) > 300 or len(found["at"]) > 100:
        raise WrongUse("That is longer than any place is called.")
    return found["q"], found["at"], tuple(include)


def _found(
    graph: Graph, typed: str, at: str, include: tuple[str, ...]
) -> tuple[object, list[object], OrgmapError | None]:
    """The bodies of a place, those whose names come near, or what is to be said instead."""
    near: list[object] = []
    if not any(letter.isdigit() for letter in typed[:4]):
        try:
            near = list(graph.search(typed, limit=NEAR))
        except OrgmapError:
            near = []
    try:
        return graph.find(typed, at or None, include=include).to_dict(), near, None
    except (NothingFound, Ambiguous) as error:
        return None, near, error
