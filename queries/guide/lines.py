"""The lines of a guide: a body with why it stands in a part, or a sentence; each says who says so."""

from __future__ import annotations

from typing import Any

NOT_STATED = "Not stated"
"""So begins a line for which there is no source."""

Line = dict[str, Any]
"""A line as scripts get it."""


def body_line(body: dict[str, Any], sources: list[dict[str, Any]], **more: Any) -> Line:
    """A line for a body; `more` says why it stands there.

    >>> body_line({"id": "icb:QKS"}, [], role="system")["role"]
    'system'
    """
    line: Line = {"role": None, "body": body, "text": None, "services": [], "sources": sources}
    return {**line, **{key: value for key, value in more.items() if value not in (None, "")}}


def sentence_line(text: str, sources: list[dict[str, Any]] | None = None, **more: Any) -> Line:
    """A line that is a sentence; without a source it says that nothing is stated.

    >>> sentence_line("Not stated: nobody says so.")["body"] is None
    True
    """
    line: Line = {"role": None, "body": None, "text": text, "services": [], "sources": sources or []}
    return {**line, **{key: value for key, value in more.items() if value not in (None, "")}}


def once(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sources, each once, in their order."""
    return list({(one["source"], one.get("locator")): one for one in sources}.values())
