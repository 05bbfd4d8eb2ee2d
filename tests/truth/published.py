"""Reading the published tables for comparison: by column name, or by the register's layout."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ORGMAP_SHARED") or ROOT.parent / "shared")
"""The folder with the published tables."""

DATA = SHARED / "data"

WHOLE = os.environ.get("ORGMAP_TRUTH") == "whole"
"""Whether sections that take very long ask everything, as `--whole` wants; else a part of it, and say so."""


def kept(every: int) -> Callable[[int], bool]:
    """Which numbers are asked: all if everything is, else one in so many."""
    return lambda number: WHOLE or number % every == 0


def part_told(every: int, what: str) -> str:
    """A sentence that only a part was asked; blank if all was."""
    return "" if WHOLE else f"Asked is one in {every} of {what}; all of them with `--whole`."


REGISTER = (
    "code name region geography address_1 address_2 address_3 address_4 address_5 postcode opened closed status"
    " sub_type commissioner joined left phone x1 x2 x3 amended x4 parent x5 setting x6"
).split()
"""The columns of a register without a header, as its publisher describes them."""


def text_of(table: str) -> str:
    """A published file's text, unpacked; old registers are cp1252, all others UTF-8, some with a mark in front."""
    path = DATA / table
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


@lru_cache(maxsize=4)
def rows_of(table: str, *columns: str) -> list[dict[str, str]]:
    """The rows of a table as dictionaries; `columns` name those of a file that has no header."""
    reader = csv.DictReader(io.StringIO(text_of(table), newline=""), fieldnames=list(columns) or None)
    return [
        {
            (name or "").strip(): (cell or "").strip()
            for name, cell in row.items()
            if not isinstance(cell, list)
        }
        for row in reader
        if any(row.values())
    ]


def lines_of(table: str) -> tuple[str, list[str]]:
    """The header of a table that is too long to be kept as dictionaries, and its lines."""
    header, *lines = text_of(table).splitlines()
    return header, lines


def parsed(header: str, lines: list[str]) -> list[dict[str, str]]:
    """Some lines of a table as dictionaries."""
    return list(csv.DictReader([header, *lines]))


@lru_cache(maxsize=2)
def register(table: str) -> list[dict[str, str]]:
    """The rows of a register without a header, its days as ISO dates."""
    return [
        {**row, **{name: iso(row[name]) for name in ("opened", "closed", "joined", "left")}}
        for row in rows_of(table, *REGISTER)
    ]


def iso(day: str) -> str:
    """A register's yyyymmdd as an ISO date; what is no such date is blank.

    >>> iso("20130401")
    '2013-04-01'
    """
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else ""
