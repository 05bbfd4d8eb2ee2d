"""Writing answers: JSON for scripts, CSV for spreadsheets, tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from orgmap.cli.kit.folding import folded
from orgmap.cli.kit.harmless import for_data, in_a_cell, in_json, unfiltered
from orgmap.cli.kit.options import Format
from orgmap.graphmodel.term_tables import laid_over

Columns = dict[str, Callable[[Any], Any]]
"""Table headings, each with how to get its cell from a row of the answer."""


YOUR_TABLES = "Your tables"
"""The column that names the user's own tables that say something of a row; only where some are laid over ours."""


def with_yours(columns: Columns) -> Columns:
    """The columns of a table, and where own tables are laid over ours the one that names them."""
    return {**columns, YOUR_TABLES: _whose} if laid_over() else columns


def sources_of_yours(answer: Any) -> list[dict[str, Any]]:
    """Every source anywhere in an answer that is of a user's own tables."""
    return [one for one in _of_yours(answer) if "title" in one]


def _of_yours(answer: Any) -> Iterator[dict[str, Any]]:
    """Everything in an answer that is marked as a user's."""
    if isinstance(answer, dict) and "yours" in answer:
        yield answer
    if isinstance(answer, dict | list):
        for one in answer.values() if isinstance(answer, dict) else answer:
            yield from _of_yours(one)


def _whose(row: Any) -> str:
    return "; ".join(dict.fromkeys(str(one["yours"]) for one in _of_yours(row)))


def write(answer: Any, form: Format, columns: Columns) -> None:
    """Writes an answer as JSON, or its rows as lines of JSON or as CSV, to standard output."""
    out = for_data(sys.stdout)
    if form is Format.json:
        print(json_text(answer, _narrow()), file=out)
    elif form is Format.ndjson:
        for one in answer:
            print(json_text(one, _narrow(), indent=None), file=out)
    else:
        write_csv(out, columns, answer)


def json_text(answer: Any, narrow: bool = False, indent: int | None = 2) -> str:
    """An answer as JSON; `narrow` spells letters outside ASCII as escapes, without `indent` it is one line."""
    return in_json(json.dumps(answer, ensure_ascii=narrow, indent=indent))


def cells_of(columns: Columns, rows: Iterable[Any]) -> list[list[str]]:
    """The rows of an answer as the cells of a table."""
    return [[_text(get(row)) for get in columns.values()] for row in rows]


def print_rows(columns: Columns, rows: Iterable[Any]) -> None:
    """The rows of an answer as a table for people; nothing where there is none."""
    if cells := cells_of(columns, rows):
        print_table(list(columns), cells)


def _narrow() -> bool:
    """Whether standard output lacks some letters: JSON then spells them as escapes and loses none."""
    return (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def write_csv(out: TextIO, columns: Columns, rows: Iterable[Any]) -> None:
    """The rows of an answer as CSV, no cell of which a spreadsheet takes for a formula."""
    from orgmap.graphmodel.text import csv_writer, safe_cell

    writer = csv_writer(out)
    writer.writerow([heading.replace(" ", "_").lower() for heading in columns])
    writer.writerows([[safe_cell(cell) for cell in row] for row in cells_of(columns, rows)])


def print_table(headings: list[str], cells: list[list[str]]) -> None:
    """A table: drawn on a terminal, plain aligned text in a pipe. Empty columns are left out."""
    keep = [i for i in range(len(headings)) if any(row[i] for row in cells)]
    headings = [headings[i] for i in keep]
    cells = [[in_a_cell(row[i]) for i in keep] for row in cells]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(header_style="bold")
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in cells:
            table.add_row(*(Text(cell) for cell in row))
        Console(file=unfiltered(sys.stdout)).print(table)
        return
    widths = [max(len(row[i]) for row in [headings, *cells]) for i in range(len(headings))]
    for row in [headings, *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def print_folded(text: str, indent: int = 0, deeper: int = 2) -> None:
    """Running text on lines that fit every screen, broken where sense breaks; its later lines stand deeper."""
    print(folded(in_a_cell(text), indent, deeper))


def print_sources(sources: list[dict[str, Any]]) -> None:
    """The sources of an answer, each once, below it."""
    titles = list(dict.fromkeys((one["title"], one.get("verified", True)) for one in sources))
    for title, verified in titles:
        print(f"source: {title}{unverified(title, verified)}")


def unverified(title: str, verified: bool) -> str:
    """What follows the title of a source that nobody has looked up; nothing where the title says so itself.

    >>> unverified("Health Act 1999", False), unverified("Not verified against a source", False)
    (' (not verified against a source)', '')
    """
    doubt = "not verified against a source"
    return "" if verified or doubt in title.lower() else f" ({doubt})"
