"""Rows of a register as it was published: each code with what one edition says of it, in the project's words."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after, today
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.own.form import divided, form_of
from orgmap.loaders.published import compact_day
from orgmap.loaders.releases.formats import DAYS, LOOKED_AT, PASSED_OVER, PublishedFormat, headed, recognised
from orgmap.loaders.releases.texts import decoded, not_whole, unseen

LONGEST = 2_000
"""So many letters has a cell of a register at most."""

MOST_CELLS = 12_000_000
"""So many cells has a list at most: a table of patients by area has eight million."""

LONGEST_LINE = 500_000
"""So many letters has a line at most."""

MOST_HELD = 200_000
"""So many different cells are held once for all rows that have them."""

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

FIRST_OF_A_BODY = "1850"
"""Before this year no body of the tables began: a row that says so was mistyped."""

LAST = "9999"
"""Comes after every day."""

YEARS_AHEAD = 2
"""So many years ahead may a register plan: a day after that was mistyped."""

MONTHS = 12
"""So many months after its last day a file may know, before that is remarked."""


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


def rows_of(raw: bytes, label: str) -> Rows:
    """The rows of a table in letters with the lines on which they end, whatever divides their cells.

    Raises `DataBroken` with file and line for text that is none, a quotation mark never closed, a cell without end, a
    last line that has none, and a table that ends where a spreadsheet has no more rows.
    """
    rows = list(_rows(raw, label))
    line = rows[-1][0] if rows else 1
    if odd := not_whole(raw[-1:], label, line):
        raise odd
    if len(rows) in ROWS_OF_A_SPREADSHEET:
        raise DataBroken(f"{label}:{line}: {cut_by_spreadsheet(len(rows))}")
    return rows


def _rows(raw: bytes, label: str) -> Iterator[tuple[int, list[str]]]:
    """Row by row; of cells that are the same only one is held."""
    letters, divider = divided(decoded(raw, label))
    text = io.TextIOWrapper(io.BytesIO(letters.encode()), "utf-8", newline="")
    reader = csv.reader(_lines(text, label), delimiter=divider, strict=True)
    seen, held = 0, dict[str, str]()
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            seen += len(cells)
            if seen > MOST_CELLS:
                raise DataBroken(f"{label}:{reader.line_num}: has more cells than a list can; refused.")
            if any(cells):
                if max(map(len, cells)) > LONGEST:
                    raise DataBroken(
                        f"{label}:{reader.line_num}: a cell has more than {LONGEST:,} letters. Fetch it again."
                    )
                if len(held) < MOST_HELD:
                    held.update((cell, cell) for cell in cells if cell not in held)
                yield reader.line_num, [held.get(cell, cell) for cell in cells]
    except csv.Error as error:
        raise DataBroken(
            f"{label}:{reader.line_num}: cannot be read ({error}); the file may be cut off. Fetch it again."
        ) from error


def _lines(text: io.TextIOWrapper, label: str) -> Iterator[str]:
    for number, line in enumerate(text, start=1):
        if len(line) > LONGEST_LINE:
            raise DataBroken(f"{label}:{number}: a line has more than {LONGEST_LINE:,} letters; refused.")
        yield line


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
    if form and form.lists_postcodes:
        raise DataBroken(
            f"{label}: is a list of postcodes that is packed twice over. Unpack it once, and load that."
        )
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
                " Fetch it again."
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
        if unseen(cell):
            return f"its {column} holds letters that nobody can see"
    days = {column: compact_day(cells[column]) for column in DAYS if cells.get(column)}
    for column, day in days.items():
        if not is_a_day(day):
            return f"its {column} “{cells[column]}” is no day"
        if odd := mistyped(day):
            return f"its {column} {odd}"
    for first, last in (("opened", "closed"), ("joined", "left")):
        if first in days and days.get(last, LAST) < days[first]:
            return f"its {last} {days[last]} comes before its {first} {days[first]}"
    return ""


def mistyped(day: str) -> str:
    """What is wrong with a day that lies too far ahead, or back; blank if it does not.

    >>> mistyped("2092-04-01"), mistyped("2020-04-01")
    ('2092-04-01 lies further ahead than a register plans', '')
    """
    if day < FIRST_OF_A_BODY:
        return f"{day} lies before all bodies"
    if int(day[:4]) > int(today()[:4]) + YEARS_AHEAD:
        return f"{day} lies further ahead than a register plans"
    return ""


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


def day_said(said: str, last_day: str, file: str) -> str:
    """The day up to which a file knows: the one that the user says, or else the last that it tells.

    Raises `WrongUse` for a day before one that the file tells, unless that is still to come.
    """
    if said and said < last_day <= today():
        raise WrongUse(
            f"{file} tells what happened on {last_day}: it knows more than --as-of {said} says. Leave that out."
        )
    return said or last_day


def old_for_its_day(said: str, last_day: str) -> str:
    """What to say of a file of which the user says that it knows to a day long after the last that it tells.

    >>> old_for_its_day("2026-10-31", "2018-04-30")
    'the last day that it tells is 2018-04-30, long before 2026-10-31: it may be an old file'
    """
    if (
        not said
        or not last_day
        or int(said[:4]) * 12 + int(said[5:7]) <= int(last_day[:4]) * 12 + int(last_day[5:7]) + MONTHS
    ):
        return ""
    return f"the last day that it tells is {last_day}, long before {said}: it may be an old file"
