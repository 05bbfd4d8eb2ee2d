"""Published files as people have them: opened and saved again in a spreadsheet, put together, fetched in part."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

Cells = list[list[str]]


def rewritten(raw: bytes, change: Callable[[Cells], Cells] = list, divider: str = ",") -> bytes:
    """A table written anew, its cells changed, without quotation marks where none are needed."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    text = io.StringIO()
    csv.writer(text, delimiter=divider).writerows(change(rows))
    return text.getvalue().encode()


def without_blank_end(rows: Cells) -> Cells:
    """Rows as a spreadsheet saves them: without the columns at the end that are blank in all of them."""
    width = 1 + max(place for row in rows for place, cell in enumerate(row) if cell)
    return [row[:width] for row in rows]


def with_cell(place: int, cell: str, *only: int) -> Callable[[Cells], Cells]:
    """Puts something into one column, of all rows or of these."""

    def change(rows: Cells) -> Cells:
        return [
            [*row[:place], cell, *row[place + 1 :]] if not only or number in only else row
            for number, row in enumerate(rows)
        ]

    return change


def with_numbers(rows: Cells) -> Cells:
    """Rows with a number before each, as programs write tables."""
    return [["", *map(str, range(len(rows[0])))], *([str(number), *row] for number, row in enumerate(rows))]


STANDARD_TITLES = (
    "Organisation Code,Name,National Grouping,High Level Health Geography,Address Line 1,Address Line 2,Address Line 3,"
    "Address Line 4,Address Line 5,Postcode,Open Date,Close Date,Status,Sub-type,Commissioner,Join Date,Left Date,"
    "Telephone,Null,Null,Null,Amended,Null,Provider,Null,Prescribing Setting,Null"
)
"""The titles that people and programs put above the lists of the register, which have none."""

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab\nsize 12345\n"
PAGE = b"\n<!DOCTYPE html>\n<html><head><title>Please\n sign in</title></head><body></body></html>"
GUIDE = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\n\x00\x01\x02\nendstream\n"
BESIDE_A_FILE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "
