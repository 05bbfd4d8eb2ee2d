"""The application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from orgmap.server.api import asking, describing, explaining
from orgmap.server.bulk.jobs import JOBS, SECONDS, Jobs
from orgmap.server.bulk.pages import handlers
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

UPLOADS = ("/bulk", "/api/annotate")
"""Where files may be sent to."""


def application(served: Served) -> App:
    """The whole application of a server."""
    tables = Workers(served.opened, threads=1, seconds=SECONDS, waiting=JOBS)
    page, table, annotate = handlers(served, Jobs(tables))
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
        Route("/bulk", page, methods=["GET", "POST"]),
        Route("/bulk/{token}", table, methods=["GET", "POST", "DELETE"]),
        Route("/api/annotate", annotate, methods=["POST"]),
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

    inner = Starlette(
        routes=routes, lifespan=living, exception_handlers={HTTPException: _refused, Exception: _failed}
    )
    return Guard(inner, served.limits, UPLOADS, served.problem_page)


async def _refused(request: Request, error: Exception) -> Response:
    """What there is no address for, or no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    said = {404: "There is no such page.", 405: "This address does not take that method."}
    return problem(status, said.get(status, TITLES.get(status, "No answer.")), headers=headers)


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
