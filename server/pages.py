"""The pages for people: the start page with its box, and what went wrong in words."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from orgmap.graph import Graph
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from orgmap.server.api import Handler, typed_in
from orgmap.server.problems import TITLES, problem_of, status_of
from orgmap.server.served import Served
from orgmap.server.templating import style
from orgmap.server.workers import Busy

PLACES = (("Explore", "/explore"), ("A whole table", "/bulk"), ("API", "/api"))
"""Where the head of every page leads."""

NEAR = 8
"""So many bodies are offered whose names come near what was typed."""


async def styling(request: Request) -> Response:
    """The style sheet."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(style()[0], 200, headers, "text/css; charset=utf-8")


def problem_page(
    served: Served, error: Exception, status: int = 0, typed: str = "", at: str = ""
) -> Response:
    """What went wrong, in words, with the candidates as links."""
    status = status or status_of(error)
    candidates = error.candidates if isinstance(error, Ambiguous) else []
    if not isinstance(error, OrgmapError | Busy):
        return problem_of(error)
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, Busy):
        headers["Retry-After"] = str(error.seconds)
    return served.page(
        "problem.html",
        status,
        headers,
        title=TITLES.get(status, "No answer"),
        said=str(error),
        candidates=candidates,
        near=[],
        typed=typed,
        at=at,
    )


def starting(served: Served) -> Handler:
    """The handler of the start page: a box that takes whatever `find` takes, and needs no script."""

    async def start(request: Request) -> Response:
        typed, at = "", ""
        try:
            for name, value in typed_in(request):
                if name not in ("q", "at"):
                    raise WrongUse(f"“{name}” is no parameter of this page: q is what to find, at the day.")
                typed, at = (value.strip(), at) if name == "q" else (typed, value.strip())
            if len(typed) > 300 or len(at) > 100:
                raise WrongUse("That is longer than any place is called.")
        except WrongUse as error:
            return problem_page(served, error, 400)
        if not typed:
            return served.page(
                "start.html", 200, served.headers("html"), typed="", at=at, answer=None, near=[]
            )
        if unchanged := served.unchanged(request, "html"):
            return unchanged
        try:
            answer, near, problem = await served.workers.ask(lambda graph: _found(graph, typed, at))
        except (OrgmapError, Busy) as error:
            return problem_page(served, error, typed=typed, at=at)
        if problem and not near:
            return problem_page(served, problem, typed=typed, at=at)
        if problem:
            status, words = status_of(problem), str(problem)
            more = problem.candidates if isinstance(problem, Ambiguous) else []
            headers = {"Cache-Control": "no-store"}
            shown: dict[str, object] = {
                "candidates": more,
                "typed": typed,
                "at": at,
                "near": near,
                "said": words,
            }
            return served.page("problem.html", status, headers, title=TITLES[status], **shown)
        shown = {"typed": typed, "at": at, "answer": answer, "near": near}
        return served.page("start.html", 200, served.headers("html"), **shown)

    return start


def _found(graph: Graph, typed: str, at: str) -> tuple[object, list[object], OrgmapError | None]:
    """The bodies of a place, those whose names come near, or what is to be said instead."""
    near: list[object] = []
    if not any(letter.isdigit() for letter in typed[:4]):
        try:
            near = list(graph.search(typed, limit=NEAR))
        except OrgmapError:
            near = []
    try:
        return graph.find(typed, at or None).to_dict(), near, None
    except (NothingFound, Ambiguous) as error:
        return None, near, error
