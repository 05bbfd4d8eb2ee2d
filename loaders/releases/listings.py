"""Rows of a register as it was published: each code with what one edition says of it, in the project's words."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after, today
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.published import compact_day
from orgmap.loaders.releases.formats import LOOKED_AT, PASSED_OVER, PublishedFormat, recognised
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

FIRST_YEAR, LAST_YEAR = 1800, 2099

FIRST_OF_A_BODY = "1850"
"""Before this year no body of the tables began: a row that says so was mistyped."""

DAYS = ("opened", "closed", "joined", "left")
"""The columns that hold days."""

LAST = "9999"
"""Comes after every day."""

YEARS_AHEAD = 2
"""So many years ahead may a register plan: a day after that was mistyped."""

MONTHS = 12
"""So many months after its last day a file may know, before that is remarked."""


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
    """The rows of a comma-separated file with the lines on which they end.

    Raises `DataBroken` with file and line for text that is none, a quotation mark never closed, a cell without end, and
    a last line that has none.
    """
    rows = list(_rows(raw, label))
    if odd := not_whole(raw[-1:], label, rows[-1][0] if rows else 1):
        raise odd
    return rows


def _rows(raw: bytes, label: str) -> Iterator[tuple[int, list[str]]]:
    """Row by row; of cells that are the same only one is held."""
    text = io.TextIOWrapper(io.BytesIO(decoded(raw, label).encode()), "utf-8", newline="")
    reader = csv.reader(_lines(text, label), strict=True)
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


def read_register(raw: bytes, label: str) -> Contents | None:
    """What a file of one of the registers says; None if it is no such file.

    Raises `DataBroken` with file and line if it is one, but damaged: cut off, mixed up, or with too many odd rows.
    """
    reading = _rows(raw, label)
    rows = list(islice(reading, LOOKED_AT))
    form = recognised([row for _, row in rows])
    if not form:
        return None
    rows += reading
    if odd := not_whole(raw[-1:], label, rows[-1][0]):
        raise odd
    if form.lists_postcodes:
        raise DataBroken(
            f"{label}: is a list of postcodes that is packed twice over. Unpack it once, and load that."
        )
    return contents_of(form, rows, label)


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
        cells = {name: row[column.place] for name, column in form.columns.items()}
        if (word := form.words.get(("code", cells["code"]))) and word.means == PASSED_OVER:
            passed_over[word.words] += 1
            continue
        code = form.key_of(cells)
        if reason := _odd(form, cells) or (f"{code} is listed twice" if code in listed else ""):
            refused.append(RefusedRow(line, code[:20], reason))
            continue
        listed[code] = RegisterRow(line, code, _listing(form, cells))
        for column, day in last.items():
            last[column] = max(day, compact_day(cells.get(column, "")))
    if len(refused) > REFUSED_AT_MOST * len(rows):
        line, _, reason = refused[0]
        raise DataBroken(
            f"{label}:{line}: {reason}; {len(refused):,} of {len(rows):,} rows are not what {form.format} lists."
            " Fetch the file again."
        )
    known = max((last[column] for column in form.known_from.split()), default="")
    note = "; ".join(f"{count} rows are of a {what}: passed over" for what, count in passed_over.items())
    found = list(listed.values())
    return Contents(form, found, refused, known or last["opened"], max(last.values()), note=note)


def _odd(form: PublishedFormat, cells: dict[str, str]) -> str:
    """What of a row is not understood; blank if all is."""
    for column, cell in cells.items():
        if not form.fits(column, cell):
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

    >>> is_a_day("2013-04-01"), is_a_day("2013-02-30"), is_a_day("0203-04-01")
    (True, False, False)
    """
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
