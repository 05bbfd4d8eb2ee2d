"""The explorer as the server gives it: the page of `orgmap explore`, told where whole postcodes are answered."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from orgmap.graph import Graph
from orgmap.graphmodel.errors import OrgmapError
from orgmap.server.api import Handler
from orgmap.server.pages import problem_page
from orgmap.server.questions import MEDIA
from orgmap.server.served import Served
from orgmap.server.workers import Busy
from orgmap.viz.explorer.page import explorer_html, that_may_ask

SECONDS = 25.0
"""So long who asks waits for the page to be put together."""

LONGEST = 900.0
"""So long it may take on a busy machine."""


def explorer_page(graph: Graph, version: str, api: str) -> str:
    """The page as one text; with an `api` it asks there for what it does not hold itself."""
    page = explorer_html(graph.store, version)
    return that_may_ask(page, "api", api) if api else page


class _Explorer:
    """The page, which is put together once, when somebody first asks for it."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._making: asyncio.Future[bytes] | None = None

    async def page(self) -> bytes:
        """The page. Raises `Busy` while it takes long to put together: it goes on being made."""
        if self._making is None or (self._making.done() and self._making.exception()):
            served = self._served
            work = served.workers.ask(
                lambda graph: explorer_page(graph, served.version, f"{served.base}/api").encode(), LONGEST
            )
            self._making = asyncio.ensure_future(work)
        try:
            return await asyncio.wait_for(asyncio.shield(self._making), SECONDS)
        except TimeoutError as error:
            raise Busy("The map is being put together, once. Open it again in half a minute.", 30) from error


def exploring(served: Served) -> Handler:
    """The handler of the explorer."""
    explorer = _Explorer(served)

    async def explore(request: Request) -> Response:
        if unchanged := served.unchanged(request, "html"):
            return unchanged
        try:
            page = await explorer.page()
        except (OrgmapError, Busy) as error:
            return problem_page(served, error)
        headers = served.headers("html", ()) | served.own_policy(page[:20_000].decode("utf-8", "replace"))
        return Response(page, 200, headers, MEDIA["html"])

    return explore
