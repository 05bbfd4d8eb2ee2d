"""What holds for every request: its size, its time, how many one client may send, and the headers of every answer."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

from orgmap.server.problems import SHOWN, Problem, problem, say_where

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'"
)
"""Nothing runs in our pages; only the explorer brings a policy of its own, with the hashes of what it runs."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": POLICY,
}

NOT_CHANGED = 304

_KEPT = {name: value for name, value in HEADERS.items() if name != "content-security-policy"}
"""The headers of an answer that nothing has changed: a browser would put its policy in place of the one that came with
the page."""

OPEN = ("/api", "/id/", "/reconcile")
"""What pages of others may ask: it is public, and there is nobody to be."""

SHARED = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, Location, Retry-After, X-Orgmap-Notes, X-Orgmap-Outcome",
}
"""What lets them read the answer, and what stands beside it."""

CLIENTS = 20_000
"""So many clients are remembered."""


class Limits(NamedTuple):
    """How much a client may ask for: requests in a minute (0: as many as it likes), bytes, seconds."""

    per_minute: int = 600
    body: int = 64_000
    upload: int = 10_000_000
    seconds: float = 30.0
    address: int = 6000


class Guard:
    """Stands before the application; nothing that it lets through can be too large or too slow, or leave a trace."""

    def __init__(
        self, app: App, limits: Limits, uploads: tuple[str, ...], page: Callable[[Problem], App]
    ) -> None:
        """`page` makes a page of what went wrong, for who would rather read one."""
        self._app, self._limits, self._uploads, self._page = app, limits, uploads, page
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, begun = scope["path"], False
        scope[SHOWN] = self._page

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = {name.lower() for name, _ in message["headers"]}
                wanted = {
                    **(_KEPT if message["status"] == NOT_CHANGED else HEADERS),
                    **(SHARED if path.startswith(OPEN) else {}),
                }
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in wanted.items() if k.encode() not in given),
                ]
            await send(message)

        if refused := self._refused(scope):
            await refused(scope, receive, answer)
            return
        try:
            body = await self._body(scope, receive)
            if body is None:
                await problem(413, "That is more than may be sent here.")(scope, receive, answer)
                return
            await self._app(scope, _once(body, receive), answer)
        except TimeoutError:
            if not begun:
                await problem(408, "The request came too slowly.")(scope, receive, answer)
        except Exception as error:
            say_where(error)
            if not begun:
                await problem(500, "Something went wrong. This is a fault of the program, not yours.")(
                    scope, receive, answer
                )

    def _refused(self, scope: MutableMapping[str, Any]) -> Any:
        """What is refused before anybody looks at it."""
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._limits.address:
            return problem(414, f"An address may have {self._limits.address:,} letters.")
        if scope["method"] == "OPTIONS":
            methods = "GET, HEAD, POST, OPTIONS"
            headers = {
                "Allow": methods,
                "Access-Control-Allow-Methods": methods,
                "Access-Control-Max-Age": "86400",
            }
            headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            return _Empty(204, headers)
        if wait := self._wait(_client(scope)):
            return problem(
                429,
                f"More than {self._limits.per_minute} requests in a minute. Wait {wait} seconds.",
                headers={"Retry-After": str(wait)},
            )
        return None

    def _wait(self, client: str) -> int:
        """How many seconds a client has to wait; 0 if it need not. What it did not use it may use later, up to a third
        of a minute's requests at once."""
        if not (each := self._limits.per_minute):
            return 0
        now, most = time.monotonic(), max(each / 3, 1)
        left, last = self._buckets.pop(client, (most, now))
        left = min(most, left + (now - last) * each / 60)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return 0 if left >= 1 else int((1 - left) * 60 / each) + 1

    async def _body(self, scope: MutableMapping[str, Any], receive: Receive) -> bytes | None:
        """All that was sent, or None if it is too much. Raises `TimeoutError` if it does not come."""
        most = self._limits.upload if scope["path"].startswith(self._uploads) else self._limits.body
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > most:
            return None
        if scope["method"] in ("GET", "HEAD"):
            return b""
        parts, size = [], 0
        async with asyncio.timeout(self._limits.seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    break
                size += len(message.get("body", b""))
                if size > most:
                    return None
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    break
        return b"".join(parts)


class _Empty:
    """An answer without words."""

    def __init__(self, status: int, headers: dict[str, str]) -> None:
        self._status, self._headers = status, headers

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        headers = [(name.lower().encode(), value.encode()) for name, value in self._headers.items()]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _once(body: bytes, receive: Receive) -> Receive:
    """The body that was read, and then whatever comes."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again


def _client(scope: MutableMapping[str, Any]) -> str:
    """Who asks: an address, of the longer ones the net that one subscriber has."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    return host if address.version == 4 else str(ip_network(f"{host}/64", strict=False))
