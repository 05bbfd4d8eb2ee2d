"""What every page of one server needs: its questions, its workers, its words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from orgmap.graph import Graph
from orgmap.graphmodel.dates import today
from orgmap.server.guards import Limits
from orgmap.server.kept import Kept
from orgmap.server.problems import Problem
from orgmap.server.questions import ServedFile, ServedQuestion
from orgmap.server.templating import style, templates
from orgmap.server.workers import Workers

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')

_HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9a-fA-F:.]+\](:[0-9]{1,5})?")

KEPT_FOR = 3600
"""A browser may keep an answer for so many seconds, but not past midnight: an answer may be that of today."""


@dataclass
class Served:
    """One server: `opened` opens its graph (anew, if given True), which lies at `store`; `files` are the questions
    about tables that are sent; `identity` tells it from others, blank where it may change; `address` is where people
    go; with `early` the explorer is made at the start."""

    opened: Callable[[bool], Graph]
    questions: dict[str, ServedQuestion]
    files: dict[str, ServedFile]
    identity: str
    version: str
    address: str = ""
    limits: Limits = field(default_factory=Limits)
    threads: int = 4
    store: str = ""
    early: bool = False
    kept: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        self.workers = Workers(self.opened, self.threads, self.limits.seconds)
        self.base = quote(urlsplit(self.address).path.rstrip("/"))
        from orgmap.server.pages import PLACES

        words: dict[str, Any] = {"base": self.base, "style": f"static/{style()[1]}.css", "places": PLACES}
        words |= {"version": self.version, "graph": self.identity[:16], "live": True}
        self.templates = templates(self.link, **words)

    def here(self, request: Request) -> str:
        """Where this server is: as it was said, or as whoever asks calls it."""
        host = request.headers.get("host", "")
        scheme = "https" if request.url.scheme == "https" else "http"
        return self.address or f"{scheme}://{host if _HOST.fullmatch(host) else 'localhost'}"

    def listening(self, request: Request) -> str:
        """Where this server is: as it was said, or where it listens, whatever who asks calls it."""
        host, port = request.scope.get("server") or ("127.0.0.1", None)
        shown = f"[{host}]" if ":" in host else host
        return self.address or f"http://{shown}{f':{port}' if port else ''}"

    def link(self, thing: str) -> str:
        """The path of a permalink."""
        return f"{self.base}/id/{quote(thing, safe=':/' if thing.count('/') == 2 else ':')}"

    def tag(self, form: str) -> str:
        """What tells an answer of today in this form from those of other days, graphs and versions; blank if nothing
        does."""
        mark = sha256(f"{self.identity} {self.version} {style()[1]}".encode()).hexdigest()[:16]
        return f'W/"{mark}-{today().replace("-", "")}-{form}"' if self.identity else ""

    def headers(self, form: str, vary: Iterable[str] = ("Accept",)) -> dict[str, str]:
        """How long an answer may be kept, and by what it is told from others."""
        found = {"Vary": ", ".join(vary)} if vary else {}
        if not (tag := self.tag(form)):
            return {**found, "Cache-Control": "no-cache"}
        now = datetime.now()  # noqa: DTZ005 - today is that of the machine, here and in every question
        midnight = datetime.combine(now.date() + timedelta(days=1), time())
        seconds = max(1, min(KEPT_FOR, int((midnight - now).total_seconds())))
        return {**found, "ETag": tag, "Cache-Control": f"public, max-age={seconds}"}

    def unchanged(self, request: Request, form: str) -> Response | None:
        """The short answer for who has it already."""
        tag, known = self.tag(form), request.headers.get("if-none-match", "")
        if not tag or tag not in [one.strip() for one in known.split(",")]:
            return None
        return Response(status_code=304, headers=self.headers(form))

    @staticmethod
    def own_policy(page: str) -> dict[str, str]:
        """The header for a page that says itself, by their hashes, what may run in it."""
        if not (found := _POLICY.search(page)):
            return {}
        policy = html.unescape(found.group(1))
        return {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}

    def page(
        self, name: str, status: int = 200, headers: dict[str, str] | None = None, **words: Any
    ) -> Response:
        """A page for people."""
        text = self.templates.get_template(name).render(**words)
        return Response(text, status, headers, "text/html; charset=utf-8")

    def problem_page(self, problem: Problem) -> Response:
        """What went wrong, for people, with what may have been meant as links."""
        details = problem.details
        words: dict[str, Any] = {"typed": "", "at": "", "near": [], **problem.beside}
        words |= {"title": details["title"], "said": details["detail"]}
        words |= {"candidates": details.get("candidates", [])}
        return self.page("problem.html", problem.status_code, problem.given, **words)
