"""What the server must know of a question: the command line declares it once, and hands it over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from orgmap.graph import Graph
from orgmap.loaders.own.csvreading import Watch

Typed = Sequence[tuple[str, str]]
"""Names and values as they stand in an address."""

Wanted = dict[str, Any]
"""What to ask a method of `Graph`, by the names of its arguments."""


class Parameter(NamedTuple):
    """One thing that a question takes: its name in an address, what it means, and what may stand there."""

    name: str
    description: str
    required: bool
    repeated: bool
    schema: dict[str, Any]


class Answered(NamedTuple):
    """An answer: as its JSON is, in a sentence why nothing was found, its rows, and what must be said of it."""

    whole: Any
    nothing: str
    title: str
    rows: list[Any]
    notes: tuple[str, ...]


class ServedQuestion(NamedTuple):
    """A question of the command line, as others may ask it.

    `read` turns what stands in an address into what to ask, or raises `WrongUse`; `ask` answers, or raises what
    `Graph` does; `text` writes an answer in one of the `forms`; `nothing` is what a script gets where there is none.
    """

    name: str
    summary: str
    description: str
    method: str
    parameters: tuple[Parameter, ...]
    forms: tuple[str, ...]
    read: Callable[[Typed], Wanted]
    ask: Callable[[Graph, Wanted], Answered]
    text: Callable[[Answered, Wanted, str], str]
    nothing: Callable[[Wanted], Any]


class Made(NamedTuple):
    """What was made of a table that was sent: the text, what was counted, in a sentence how it went, and what must be
    said of it."""

    text: str
    counts: dict[str, int]
    words: str
    notes: tuple[str, ...]


class ServedFile(NamedTuple):
    """A question about a table of the user's own, as others may ask it: the table is sent with it, no file is named.

    `read` turns what stands in an address into what to ask, or raises `WrongUse`; `make` answers for the bytes of a
    table in one of the `forms`, and tells `watch` how far it has read; one that is read at once, and worked on
    afterwards, is not `watched`. A table may have so many `rows`.
    """

    name: str
    summary: str
    description: str
    method: str
    parameters: tuple[Parameter, ...]
    forms: tuple[str, ...]
    rows: int
    read: Callable[[Typed], Wanted]
    make: Callable[[Graph, bytes, Wanted, str, Watch], Made]
    watched: bool = True


SHEET = "xlsx"
"""The form that the server itself makes of a table in CSV."""

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
"""What each form is called on the web."""
