"""Rows of a register as it was published: each code with what one edition says of it, in the project's words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.own.form import BEGIN, UTF8, divided, form_of
from orgmap.loaders.published import compact_day
from orgmap.loaders.releases.formats import DAYS, LOOKED_AT, PASSED_OVER, PublishedFormat, headed, recognised

LONGEST = 2_000
"""So many letters has a cell of a register at most."""

REFUSED_AT_MOST = 0.05
"""If a larger part of the rows is not understood, the file is not what it was taken for."""

HEAD = 256 * 1024
"""So many bytes tell what a table is."""

TOP = 30
"""So many rows may stand above the titles of a table: what it is, who made it."""

FIRST_YEAR, LAST_YEAR = 1800, 2099

ROWS_OF_A_SPREADSHEET = (65_536, 1_048_576)
"""A table that was opened and saved in a spreadsheet, older and newer, has no more rows than these."""

TWICE = "is listed twice"

_REWRITTEN = re.compile(r"“(\d{1,4}[/.-]\w{1,3}[/.-]\d{1,4}|\d(\.\d+)?E\+\d+|\d+\.0”|#{3})")
"""How a spreadsheet or a program writes a day, or a code that it took for a number."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Letters that give orders: to a terminal, or to whoever writes from right to left."""


_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Rows = list[tuple[int, list[str]]]
"""Rows of text with the lines on which they end."""


class Listing(NamedTuple):
    """One body as one edition of a register lists it; dates are ISO, ends exclusive, unknown is blank.

    `setting` is what the register says the body is: the prescribing setting of a practice, the role of a commissioner.
    """

    name: str
    postcode: str
    opened: str
    ends: str
    status: str
    commissioner: str
    joined: str
    setting: str
    kind: str = ""
    board: str = ""


class RegisterRow(NamedTuple):
    """A listing with its code and the line of the file on which it ends."""

    line: int
    code: str
    listing: Listing


class RefusedRow(NamedTuple):
    """A row that was not taken: its line, its code as far as it has one, and why."""

    line: int
    code: str
    reason: str


class Contents(NamedTuple):
    """What stands in a published file: its format, its rows, those refused, and up to when it knows something.

    `as_of` is the last day of which the register tells a closure (or an opening, for a format without closures):
    closures appear about a quarter late. `horizon` is the last day of all: joins and openings may lie ahead.
    """

    format: PublishedFormat
    listed: list[RegisterRow]
    refused: list[RefusedRow]
    as_of: str
    horizon: str
    by: str = ""
    """The format of the file, where that holds several registers."""
    note: str = ""
    """What else the file holds, which is passed over."""


def whole_json(text: str, label: str) -> Any:
    """What a text in JSON holds. Raises `DataBroken` with the line of one that is cut off."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise DataBroken(f"{label}:{line}: is no whole JSON. Fetch the file again.") from error


def decoded(raw: bytes, label: str) -> str:
    """A register's text: UTF-8, what a mark at its begin says, or Windows-1252 as older ones are.

    Raises `DataBroken` with the line for none of these.
    """
    encoding = form_of(raw[:BEGIN]).encoding
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as first:
        if encoding != UTF8:
            raise DataBroken(
                f"{label}:1: says that it is {encoding.upper()} text, and is not. Fetch the file again."
            ) from first
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise DataBroken(
                f"{label}:{line}: is neither UTF-8 nor Windows-1252 text. Fetch the file again."
            ) from error
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DataBroken(
            f"{label}:{line}: holds letters that nobody can see (control characters). Fetch the file again."
        )
    return text


def unseen(text: str) -> bool:
    """Whether a text holds letters that nobody can see and that give orders.

    >>> unseen("one line"), unseen("\x1b[2J")
    (False, True)
    """
    return bool(CONTROL.search(text))


def rows_of(raw: bytes, label: str) -> Rows:
    """The rows of a table in letters with the lines on which they end, whatever divides their cells.

    Raises `DataBroken` with file and line for text that is none, a quotation mark never closed, a cell without end,
    and a table that ends where a spreadsheet has no more rows.
    """
    text, divider = divided(decoded(raw, label))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if max(map(len, row)) > LONGEST:
                    raise DataBroken(f"{label}:{reader.line_num}: a cell has more than {LONGEST:,} letters.")
                rows.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error as error:
        raise DataBroken(
            f"{label}:{reader.line_num}: cannot be read ({error}); the file may be cut off. Fetch it again."
        ) from error
    if len(rows) in ROWS_OF_A_SPREADSHEET:
        raise DataBroken(f"{label}:{reader.line_num}: {cut_by_spreadsheet(len(rows))}")
    return rows


def cut_by_spreadsheet(rows: int) -> str:
    """What to say of a table that has exactly as many rows as a spreadsheet can have."""
    return (
        f"has {rows:,} rows, the most that a spreadsheet can have: what came after them was lost when it was saved"
        " there. Load the file as it was published."
    )


def first_rows(raw: bytes, most: int = TOP) -> list[list[str]]:
    """The first rows of a file, as far as it is a table in letters.

    >>> first_rows(b"CODE;SEX\\r\\nA81001;ALL\\r\\n")
    [['CODE', 'SEX'], ['A81001', 'ALL']]
    """
    begin = raw[:HEAD]
    text, divider = divided(begin.decode(form_of(begin).encoding, "replace"))
    lines = [line for line in text.splitlines() if line.strip()]
    if len(begin) == HEAD:
        del lines[-1:]
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines[:most], delimiter=divider)]
    except csv.Error:
        return []


def read_register(raw: bytes, label: str) -> Contents | None:
    """What a file of one of the registers says; None if it is no such file.

    Raises `DataBroken` with file and line if it is one, but damaged: cut off, mixed up, or with too many odd rows.
    """
    first = first_rows(raw, LOOKED_AT)
    form = recognised(first) or headed(first)
    return form and contents_of(form, rows_of(raw, label), label)


def contents_of(form: PublishedFormat, rows: Rows, label: str) -> Contents:
    """The rows of a file whose format is known, read. Raises `DataBroken` as `read_register` does."""
    width = len(rows[0][1])
    rows = [(line, row) for line, row in rows if not form.is_heading(row)]
    listed: dict[str, RegisterRow] = {}
    refused: list[RefusedRow] = []
    passed_over = Counter[str]()
    last = dict.fromkeys(DAYS, "")
    for line, row in rows:
        if len(row) != width:
            raise DataBroken(
                f"{label}:{line}: {len(row)} columns where {width} are expected; the file may be cut off."
            )
        whole = form.padded(row)
        cells = {name: whole[column.place] for name, column in form.columns.items()}
        if (word := form.words.get(("code", cells["code"]))) and word.means == PASSED_OVER:
            passed_over[word.words] += 1
            continue
        code = form.key_of(cells)
        if reason := _odd(form, cells) or (f"{code} {TWICE}" if code in listed else ""):
            refused.append(RefusedRow(line, code[:20], reason))
            continue
        listed[code] = RegisterRow(line, code, _listing(form, cells))
        for column, day in last.items():
            last[column] = max(day, compact_day(cells.get(column, "")))
    if len(refused) > REFUSED_AT_MOST * len(rows):
        line, _, reason = refused[0]
        raise DataBroken(
            f"{label}:{line}: {reason}; {len(refused):,} of {len(rows):,} rows are not what {form.format} lists."
            f" {_mend(reason)}"
        )
    known = max((last[column] for column in form.known_from.split()), default="")
    note = "; ".join(f"{count} rows are of a {what}: passed over" for what, count in passed_over.items())
    found = list(listed.values())
    return Contents(form, found, refused, known or last["opened"], max(last.values()), note=note)


def _mend(reason: str) -> str:
    """What to do about a list whose rows are odd for a reason."""
    if reason.endswith(TWICE):
        return "It may be two files, one behind the other: load each by itself."
    if _REWRITTEN.search(reason):
        return "A spreadsheet wrote days or codes otherwise than they are published: load the file as it was."
    return "Fetch the file again."


def _odd(form: PublishedFormat, cells: dict[str, str]) -> str:
    """What of a row is not understood; blank if all is."""
    for column, cell in cells.items():
        if not form.fits(column, cell) and not form.columns[column].only_tells:
            return f"its {column} “{cell[:40]}” is not understood" if cell else f"it has no {column}"
    for column in {*DAYS} & cells.keys():
        if cells[column] and not is_a_day(compact_day(cells[column])):
            return f"its {column} “{cells[column]}” is no day"
    opened, closed = (cells.get(column, "") for column in ("opened", "closed"))
    return f"it closed on {closed}, before it opened on {opened}" if closed and closed < opened else ""


def _listing(form: PublishedFormat, cells: dict[str, str]) -> Listing:
    days = [compact_day(cells.get(column, "")) for column in ("closed", "left")]
    last = min(filter(None, days), default="")
    said = {column: form.words.get((column, cell)) for column, cell in cells.items()}
    kinds = [word.kind for word in said.values() if word and word.kind]
    status, sort = said.get("status"), said.get("sort")
    return Listing(
        name=cells.get("name", ""),
        postcode=cells.get("postcode", ""),
        opened=compact_day(cells.get("opened", "")),
        ends=day_after(last) if last else "",
        status=status.means if status else "",
        commissioner=cells.get("commissioner", ""),
        joined=compact_day(cells.get("joined", "")),
        setting=sort.means if sort else "",
        kind=kinds[-1] if kinds else "",
        board=cells.get("board", ""),
    )


@lru_cache(maxsize=50_000)
def is_a_day(text: str) -> bool:
    """Whether there is such a day, in the time that registers speak of.

    >>> is_a_day("2013-04-01"), is_a_day("2013-02-30"), is_a_day("0203-04-01"), is_a_day("20130401")
    (True, False, False, False)
    """
    if not _ISO.fullmatch(text):
        return False
    try:
        return FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


def rows_as_text(listed: list[RegisterRow]) -> Iterator[list[str]]:
    """Listings as rows of text, in order of their codes: the same for the same content, however it was packed."""
    for line, code, listing in sorted(listed, key=lambda one: one.code):
        yield [str(line), code, *listing]


def rows_from_text(rows: Iterator[list[str]]) -> Iterator[RegisterRow]:
    """The listings that `rows_as_text` wrote."""
    for line, code, *cells in rows:
        yield RegisterRow(int(line), code, Listing(*cells))
