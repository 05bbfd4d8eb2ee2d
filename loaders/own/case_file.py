"""Cases of one's own to walk through the structure: a table with a script, a home and a practice in each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.published import Readable, called, read_text

NEEDED = ("script",)
OPTIONAL = ("case", "resident", "practice", "at", "and", "note")
"""The columns of such a table: what is walked, and whose case it is, where they live, their practice, the days."""

MOST = 1_000
"""So many cases a table may have: each is kept whole until all are walked."""


class CaseRow(NamedTuple):
    """A row of such a table: its line and cells, or why it cannot be read."""

    line: int
    cells: dict[str, str]
    fault: str = ""


def read_cases(file: Readable) -> list[CaseRow]:
    """The rows of somebody's own table of cases, in the order of the file; a bad row is kept with its reason.

    Raises `WrongUse` for a file that is no such table.
    """
    path = called(file)
    try:
        rows = _rows(file)
        line, header = next(rows, (1, []))
        header = [name.strip().casefold() for name in header]
        _check(path, line, header)
        found = [_row(number, header, cells) for number, cells in rows if any(map(str.strip, cells))]
    except DataBroken as broken:
        raise WrongUse(
            f"{broken} A table of cases has the column script, and resident or practice."
        ) from None
    except csv.Error as error:
        raise WrongUse(f"{path}: it is no CSV table ({error}).") from None
    if not found:
        raise WrongUse(f"{path}: no case stands in it.")
    if len(found) > MOST:
        raise WrongUse(f"{path}: {len(found):,} cases stand in it; divide it into tables of {MOST:,}.")
    return found


def _rows(file: Readable) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(read_text(file), newline=""))
    for row in reader:
        yield reader.line_num, row


def _check(path: Path, line: int, header: list[str]) -> None:
    """Raises `WrongUse` for columns that are missing, unknown or there twice."""
    if missing := [name for name in NEEDED if name not in header]:
        raise WrongUse(f"{path}:{line}: the columns {', '.join(missing)} are missing.")
    if unknown := [name for name in header if name not in (*NEEDED, *OPTIONAL)]:
        known = ", ".join((*NEEDED, *OPTIONAL))
        raise WrongUse(f"{path}:{line}: unknown columns: {', '.join(unknown)}. Known are {known}.")
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise WrongUse(f"{path}:{line}: columns that stand there twice: {', '.join(twice)}.")


def _row(line: int, header: list[str], cells: list[str]) -> CaseRow:
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    if len(cells) != len(header):
        return CaseRow(line, named, f"{len(cells)} columns where {len(header)} are expected.")
    return CaseRow(line, named, "" if named["script"] else "which case is walked is missing (script).")
