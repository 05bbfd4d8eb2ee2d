"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""A Markdown table; whatever would end a cell or begin a tag is escaped.

    >>> print(table(["word", "what"], [["a|b", "<i>"]]))
    | word | what |
    |---|---|
    | a\|b | &lt;i> |
    """
    lines = [f"| {' | '.join(headings)} |", "|" + "---|" * len(headings)]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def code(text: object) -> str:
    """A text as code in a line; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def _cell(value: object) -> str:
    text = " ".join(str(value).split())
    escaped = text.replace("|", "\\|")
    return escaped if "`" in text else escaped.replace("<", "&lt;")
