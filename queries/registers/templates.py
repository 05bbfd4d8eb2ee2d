"""Empty files to fill in: their heads, and the rows that documents ask for, each with document and line."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import zip_longest
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Statement
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.term_tables import remembered, term_rows
from orgmap.graphmodel.text import lines_of, shortened
from orgmap.graphmodel.vocabulary import id_of
from orgmap.queries.answers import sources_json

_BETWEEN = "; "


class Template(NamedTuple):
    """A file to fill in: its heads, and which statements of documents make its rows.

    A head may say which part of a statement stands below it (“domain=part”); blank ones are to be filled in. The rows
    are the statements of a `series`, or those named; of their text counts what stands `behind` a mark, and `words` are
    a short name for each, in their order.
    """

    template: str
    title: str
    series: str
    statements: str
    behind: str
    words: str
    heads: str
    description: str

    @property
    def columns(self) -> dict[str, str]:
        """The heads, each with the part of a statement that stands below it."""
        pairs = (head.partition("=") for head in self.heads.split(_BETWEEN))
        return {name: part for name, _, part in pairs}


@remembered
def templates() -> dict[str, Template]:
    """Every template by its name.

    >>> list(templates())[0]
    'rag-domains'
    """
    return {row[0]: Template._make(row) for row in term_rows("templates.csv")}


def template(store: Store, name: str = "") -> dict[str, Any]:
    """The rows of a template, or what templates there are.

    Returns `{"template", "title", "description", "heads", "rows", "notes"}`, a row has `cells` by head and `sources`.
    Raises `NothingFound` with the nearest names.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     found = template(store, "rag-domains")
    >>> len(found["rows"]), found["rows"][0]["cells"]["document"]
    (13, '003:160')
    """
    if not name.strip():
        return _all(store)
    called = "-".join(name.casefold().split())
    if (wanted := templates().get(called)) is None:
        near = get_close_matches(called, templates(), n=3) or list(templates())
        raise NothingFound(f"No template is called “{shortened(name)}”. There are {', '.join(near)}.")
    found = _statements(store, wanted)
    if not found:
        raise NothingFound(f"The documents in this graph say nothing of what “{wanted.template}” is made of.")
    cited = [(statement.source, statement.locator) for statement in found]
    sources = store.sources({source for source, _ in cited})
    return {
        "template": wanted.template,
        "title": wanted.title,
        "description": wanted.description,
        "heads": list(wanted.columns),
        "rows": [
            {
                "cells": {
                    head: _cell(statement, part, wanted, word) for head, part in wanted.columns.items()
                },
                "sources": sources_json(sources, [(statement.source, statement.locator)]),
            }
            for statement, word in zip_longest(found, wanted.words.split(_BETWEEN), fillvalue="")
            if isinstance(statement, Statement)
        ],
        "notes": [],
    }


def _all(store: Store) -> dict[str, Any]:
    counts = {one.template: len(_statements(store, one)) for one in templates().values()}
    return {
        "template": "",
        "title": "Templates",
        "description": "",
        "heads": ["template", "title", "rows", "description"],
        "rows": [
            {
                "cells": {
                    "template": one.template,
                    "title": one.title,
                    "rows": str(counts[one.template]),
                    "description": one.description,
                },
                "sources": [],
            }
            for one in templates().values()
        ],
        "notes": [],
    }


def _statements(store: Store, wanted: Template) -> list[Statement]:
    """The statements that make the rows, in the order of the documents."""
    named = set(wanted.statements.split())
    found = [
        one
        for one in store.statements()
        if one.id in named or (wanted.series and one.series == wanted.series)
    ]
    return sorted(found, key=lambda one: (one.document, _line(one), one.id))


def _line(statement: Statement) -> int:
    return next(iter(lines_of(statement.locator)), 0)


def _cell(statement: Statement, part: str, wanted: Template, word: str) -> str:
    """What stands below a head: a part of the statement, or nothing."""
    match part:
        case "text":
            text = statement.text.partition(wanted.behind)[2] if wanted.behind else ""
            text = text or statement.text
            text = text if text.count(".") > 1 else text.removesuffix(".")
            return text[:1].upper() + text[1:]
        case "words":
            return word
        case "line":
            return f"{statement.document}:{_line(statement)}" if _line(statement) else statement.document
        case "from":
            return statement.valid_from or ""
        case "about":
            mark = id_of("care", "")
            return next((one for one in statement.about.split(_BETWEEN) if one.startswith(mark)), "")
        case "":
            return ""
    return str(getattr(statement, part) or "")
