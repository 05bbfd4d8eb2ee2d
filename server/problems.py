"""What went wrong: a page for people, problem details in JSON (RFC 9457) for programs, by what each accepts."""

from __future__ import annotations

import sys
import traceback
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse

from orgmap.graphmodel.errors import (
    Ambiguous,
    DataBroken,
    NothingFound,
    OrgmapError,
    StoreOutOfReach,
    Unexpected,
    WrongUse,
)
from orgmap.server.forms import NotInThisForm, accepted
from orgmap.server.questions import MEDIA
from orgmap.server.workers import Busy

STATUS: dict[type[OrgmapError], int] = {
    NothingFound: 404,
    WrongUse: 422,
    Ambiguous: 409,
    DataBroken: 503,
    StoreOutOfReach: 503,
    Unexpected: 500,
}
"""What each exit code of the command line is on the web; words that cannot even be read are 400."""

TITLES = {
    400: "The address cannot be read",
    404: "Nothing found, or not known",
    405: "This cannot be done here",
    406: "Not in this form",
    408: "Too slow",
    409: "Which one?",
    411: "The length is not said",
    413: "Too much at once",
    414: "The address is too long",
    415: "Not this kind of file",
    422: "This cannot be asked",
    429: "Too many requests",
    431: "The headers are too long",
    500: "A fault of the program",
    503: "No answer just now",
}

LONGEST = 2000
"""So many letters of a sentence are told: it may repeat what was asked."""


def status_of(error: Exception) -> int:
    """What an error is on the web."""
    if isinstance(error, Busy):
        return 503
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


SHOWN = "orgmap.problem_page"
"""By this name a request bears what makes a page of a problem."""

DETAILS = "application/problem+json"


class Problem(JSONResponse):
    """Problem details; for who would rather read a page, a page that says the same. The request itself decides."""

    def __init__(
        self,
        status: int,
        details: dict[str, Any],
        headers: dict[str, str] | None = None,
        page_first: bool = False,
        **beside: Any,
    ) -> None:
        """`page_first` where a page is what this address gives who says nothing; `beside` stands on the page alone."""
        self.given = {"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})}
        self.details, self.page_first, self.beside = details, page_first, beside
        super().__init__(details, status, self.given, DETAILS)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """See ASGI."""
        page = scope.get(SHOWN)
        if page and _wants_page(scope, self.page_first):
            await page(self)(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _wants_page(scope: Any, page_first: bool) -> bool:
    """Whether a request would rather have a page: a format that it names goes before what it accepts."""
    for name, value in parse_qsl(scope["query_string"].decode("latin-1")):
        if name == "format" and value in MEDIA:
            return bool(value == "html")
    said = b",".join(value for name, value in scope["headers"] if name == b"accept").decode("latin-1")
    if DETAILS in said:
        return False
    try:
        return accepted(said or "*/*", ("html", "json") if page_first else ("json", "html")) == "html"
    except NotInThisForm:
        return False


def problem(
    status: int,
    detail: str,
    more: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    page_first: bool = False,
    **beside: Any,
) -> Problem:
    """What went wrong, in a sentence; `more` is for programs, `beside` for the page."""
    shown = detail if len(detail) <= LONGEST else f"{detail[:LONGEST]}…"
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "No answer"),
        "status": status,
        "detail": shown,
    }
    return Problem(status, {**body, **(more or {})}, headers, page_first, **beside)


def problem_of(
    error: Exception, status: int = 0, answer: Any = None, page_first: bool = False, **beside: Any
) -> Problem:
    """What an error says; `answer` is what a script gets where there is none."""
    more: dict[str, Any] = {}
    headers = {}
    if isinstance(error, OrgmapError):
        more["exit_code"] = error.exit_code
    if isinstance(error, Ambiguous):
        more["candidates"] = error.candidates
    if answer is not None:
        more["answer"] = answer
    if isinstance(error, Busy):
        headers["Retry-After"] = str(error.seconds)
        if error.comes_by_itself:
            headers["Refresh"] = str(error.seconds)
    return problem(status or status_of(error), _words(error), more, headers, page_first, **beside)


def _words(error: Exception) -> str:
    """What to say: of a fault of the program never the values that it met."""
    if isinstance(error, OrgmapError | Busy):
        return str(error)
    return "Something went wrong. This is a fault of the program, not yours."


def say_where(error: BaseException) -> None:
    """One line on standard error: what a fault was and where, without the values that it met."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "orgmap/" in frame.filename]
    last = frames[-1] if frames else None
    place = f"{last.filename.rpartition('orgmap/')[2]}:{last.lineno}" if last else "an unknown line"
    print(f"orgmap: {type(error).__name__} at {place}", file=sys.stderr, flush=True)
