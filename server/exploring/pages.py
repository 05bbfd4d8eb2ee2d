"""The explorer as the server gives it: the page of `orgmap explore`, told where whole postcodes are answered."""

from __future__ import annotations

import asyncio
import gzip
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.errors import OrgmapError
from orgmap.loaders.open import cache_folder
from orgmap.loaders.outputs import whole_file
from orgmap.server.api import Handler
from orgmap.server.exploring.making import made_apart, wanted_of
from orgmap.server.problems import problem_of
from orgmap.server.questions import MEDIA
from orgmap.server.served import Served
from orgmap.server.workers import Busy
from orgmap.viz.explorer.page import assets_hash, that_may_ask

SECONDS = 2.0
"""So long who asks waits for the page to be put together, before being told to come again."""

AGAIN = 5
"""After so many seconds to ask again while it is put together."""

REST = 60.0
"""So many seconds nobody tries again to put together what could not be."""

KEPT = 3
"""So many pages lie in the cache folder, those of other days and tables among them."""


class _Page(NamedTuple):
    """The page of a day, with what tells it from every other."""

    day: str
    text: bytes
    tag: str


class Explorer:
    """The page, which is put together beside the server, once a day, and kept in the cache folder."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._ready: _Page | None = None
        self._making: asyncio.Task[_Page] | None = None
        self._rests_until = 0.0
        self._why: BaseException = Busy("The map cannot be put together just now.", int(REST))

    def begin(self) -> None:
        """Has the page of today put together, unless it is there, is being made, or just could not be made."""
        there = self._ready is not None and self._ready.day == today()
        if there or self._making or time.monotonic() < self._rests_until:
            return
        self._making = asyncio.get_running_loop().create_task(self._made(today()))
        self._making.add_done_callback(self._done)

    async def page(self) -> _Page:
        """The page; yesterday's while that of today is made. Raises `Busy` where there is none yet."""
        self.begin()
        if self._ready is None and self._making is not None:
            await asyncio.wait([self._making], timeout=SECONDS)
        if self._ready is not None:
            return self._ready
        if self._making is None:
            raise self._why
        raise Busy(
            "The map of all England is being put together, once. It opens here by itself when it is ready.",
            AGAIN,
            comes_by_itself=True,
        )

    async def end(self) -> None:
        """Gives up what is being made."""
        if self._making is not None:
            self._making.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._making

    def _done(self, making: asyncio.Task[_Page]) -> None:
        self._making = None
        if making.cancelled():
            return
        if error := making.exception():
            self._rests_until, self._why = time.monotonic() + REST, error
        else:
            self._ready = making.result()

    async def _made(self, day: str) -> _Page:
        """The page of a day, from the cache folder or made anew."""
        served = self._served
        file = self._file(day)
        page = await asyncio.to_thread(_read, file) if file else b""
        if not page:
            page = await made_apart(wanted_of(served.store, served.version))
            if file:
                await asyncio.to_thread(_keep, file, page)
        text = that_may_ask(page.decode(), "api", f"{served.base}/api").encode()
        return _Page(day, text, f'W/"{sha256(text).hexdigest()[:32]}"')

    def _file(self, day: str) -> Path | None:
        """Where the page is kept, by all that it depends on; nowhere if the graph may change meanwhile."""
        served = self._served
        if not served.identity:
            return None
        mark = sha256(f"{served.identity} {assets_hash()} {served.version} {day}".encode()).hexdigest()
        return cache_folder() / f"explorer-{mark[:24]}.html.gz"


def _read(file: Path) -> bytes:
    """A page that was kept; nothing if there is none, or not the whole of it."""
    try:
        return gzip.decompress(file.read_bytes())
    except (OSError, EOFError, ValueError):
        return b""


def _keep(file: Path, page: bytes) -> None:
    """Keeps a page if it can be kept, and lets old ones go."""
    with suppress(OSError, OrgmapError):
        with whole_file(file) as fresh:
            fresh.write_bytes(gzip.compress(page, 1))
        every = sorted(file.parent.glob("explorer-*.html.gz"), key=lambda one: one.stat().st_mtime)
        for old in every[:-KEPT]:
            old.unlink()


def exploring(served: Served, explorer: Explorer) -> Handler:
    """The handler of the explorer. Who has the page asks whether it is still the same: a new one is seen at once."""

    async def explore(request: Request) -> Response:
        try:
            page = await explorer.page()
        except (OrgmapError, Busy) as error:
            return problem_of(error, page_first=True)
        headers = {"ETag": page.tag, "Cache-Control": "public, no-cache"}
        if page.tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        headers |= served.own_policy(page.text[:20_000].decode("utf-8", "replace"))
        return Response(page.text, 200, headers, MEDIA["html"])

    return explore
