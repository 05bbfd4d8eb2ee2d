"""The rows of a user's file whose columns have names that are known: short files, read whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.text import shortened
from orgmap.loaders.own.csvreading import Readable, called, numbered_rows, reading


class NamedRow(NamedTuple):
    """A row: its line, its cells by column, and why it is none of the table; blank if it is one."""

    line: int
    cells: dict[str, str]
    fault: str = ""


def named_rows(
    file: Readable, needed: Sequence[str], optional: Sequence[str], what: str, most: int
) -> list[NamedRow]:
    """The rows of a file that are not blank, in its order. A row of another width is kept with its fault.

    `what` is what stands in a row, in words: “case”. Raises `WrongUse` with file and line for a file that is no CSV
    table, lacks a column, has one that is unknown or there twice, or has no row or more than `most`.
    """
    found: list[NamedRow] = []
    path = called(file)
    with reading(file, path, choice=False) as lines:
        rows = ((line, row) for line, row in numbered_rows(lines, path, file) if any(map(str.strip, row)))
        line, cells = next(rows, (1, []))
        header = [cell.strip().casefold() for cell in cells]
        _check_header(path, line, header, needed, optional)
        for row in _rows(rows, header):
            found.append(row)
            if len(found) > most:
                raise WrongUse(f"{path}:{row.line}: more than {most:,} {what}s stand in it; divide it.")
    if not found:
        raise WrongUse(f"{path}: no {what} stands in it.")
    return found


def _rows(rows: Iterator[tuple[int, list[str]]], header: list[str]) -> Iterator[NamedRow]:
    for line, cells in rows:
        named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        wide = len(cells) == len(header)
        yield NamedRow(line, named, "" if wide else _width(len(cells), len(header)))


def _width(there: int, expected: int) -> str:
    do = " A cell with a comma in it stands between quotation marks." if there > expected else ""
    return f"{there} columns where {expected} are expected.{do}"


def _check_header(
    path: Path, line: int, header: list[str], needed: Sequence[str], optional: Sequence[str]
) -> None:
    """Raises `WrongUse` for columns that are missing, unknown or there twice."""
    known = ", ".join(chain(needed, optional))
    if not any(header):
        raise WrongUse(f"{path}:{line}: it is empty: it needs a header and rows. Known columns are {known}.")
    if missing := [name for name in needed if name not in header]:
        there = f" There are {', '.join(shortened(name) for name in header[:20])}."
        lacks = f"column {missing[0]} is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
        raise WrongUse(f"{path}:{line}: the {lacks} missing.{there} Known are {known}.")
    if unknown := [name for name in header if name not in (*needed, *optional)]:
        names = ", ".join(shortened(name) or "one without a name" for name in unknown[:20])
        raise WrongUse(f"{path}:{line}: unknown columns: {names}. Known are {known}.")
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise WrongUse(f"{path}:{line}: columns that stand there twice: {', '.join(twice)}.")
