"""The application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route

from orgmap.server.api import asking, describing, explaining
from orgmap.server.bulk.jobs import JOBS, SECONDS, Jobs
from orgmap.server.bulk.pages import Bulk
from orgmap.server.exploring.pages import Explorer, exploring
from orgmap.server.guards import App, Guard
from orgmap.server.pages import starting, styling
from orgmap.server.postcodes import lying
from orgmap.server.problems import TITLES, problem, problem_of
from orgmap.server.reconciling.pages import reconciling
from orgmap.server.served import Served
from orgmap.server.templating import style
from orgmap.server.things import permalink
from orgmap.server.workers import Workers


def application(served: Served) -> App:
    """The whole application of a server."""
    tables = Workers(served.opened, threads=1, seconds=SECONDS, waiting=JOBS)
    bulk = Bulk(served, Jobs(tables))
    explorer = Explorer(served)
    routes: list[BaseRoute] = [
        Route(f"/api/{name}", asking(served, question)) for name, question in served.questions.items()
    ]
    routes += [
        Route("/explore", exploring(served, explorer)),
        Route("/api/postcodes/{outcode}", lying(served)),
        Route("/api", explaining(served)),
        Route("/api/openapi.json", describing(served)),
        Route("/", starting(served)),
        Route("/id/{thing:path}", permalink(served)),
        Route(f"/static/{style()[1]}.css", styling),
        *bulk.routes(),
        *reconciling(served),
        Route("/health", _health(served)),
        Route("/favicon.ico", _no_picture),
        Route("/robots.txt", _robots(served)),
    ]

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        if served.early:
            explorer.begin()
        yield
        await explorer.end()
        for workers in (served.workers, tables):
            workers.close()

    handled: Any = {HTTPException: _refused(served, routes), Exception: _failed}
    inner = Starlette(routes=routes, lifespan=living, exception_handlers=handled)
    inner.router.redirect_slashes = False  # it would lead to wherever the asking program says that it is
    return Guard(inner, served.limits, bulk.uploads, served.problem_page)


def _refused(served: Served, routes: list[BaseRoute]) -> Any:
    """What there is no address for, or no such method; a slash too many leads to the address without."""

    async def refused(request: Request, error: HTTPException) -> Response:
        path, status = request.url.path, error.status_code
        without = {**request.scope, "path": path.rstrip("/")}
        if (
            status == 404
            and path.endswith("/")
            and any(one.matches(without)[0] is Match.FULL for one in routes)
        ):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{served.base}{quote(path.rstrip('/'))}{query}", 307)
        said = {404: "There is no such page.", 405: "This address does not take that method."}
        detail = said.get(status, TITLES.get(status, "No answer."))
        return problem(status, detail, headers=dict(error.headers or {}))

    return refused


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of the program; the guard says where, and nobody is shown more."""
    return problem_of(error)


async def _no_picture(request: Request) -> Response:
    """Browsers ask for one beside the explorer, which has none."""
    return Response(status_code=204, headers={"Cache-Control": "public, max-age=86400"})


def _health(served: Served) -> Any:
    async def health(request: Request) -> Response:
        found = {"status": "ok", "version": served.version, "graph": served.identity[:16] or None}
        return JSONResponse(found, headers={"Cache-Control": "no-store"})

    return health


def _robots(served: Served) -> Any:
    async def robots(request: Request) -> Response:
        closed = "".join(f"Disallow: {served.base}{path}\n" for path in ("/api/", "/bulk", "/reconcile"))
        return PlainTextResponse(
            f"User-agent: *\n{closed}", headers={"Cache-Control": "public, max-age=86400"}
        )

    return robots
