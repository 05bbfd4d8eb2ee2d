"""The register's summaries of a change that it plans: who is to be called what, to move where, to close, from a day on;
and its list of the partners of partnerships.

What is planned is no fact, and partners are listed as others name them: neither changes anything in the tables. They
are kept as releases of their own day, cited as sources, and compared with what the tables tell of the day meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after, parse_day
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.text import normalise
from orgmap.loaders.names import readable_name
from orgmap.loaders.releases.formats import CHANGE, PublishedFormat, formats
from orgmap.loaders.releases.kept import Loaded
from orgmap.loaders.releases.listings import Contents, Listing, RegisterRow, is_a_day
from orgmap.loaders.releases.lists.listed_stays import NoCount
from orgmap.loaders.releases.lists.workbooks import Sheet
from orgmap.loaders.releases.register import CodedBodies

RENAMED, MOVED, CLOSED, LISTED = "renamed", "moved", "closed", "listed"

_SUMMARY = re.compile(r"change summary|.*stp partner.*", re.I | re.S)
_UPDATED = re.compile(r"last updated:?", re.I)
_AS_AT = re.compile(r"commissioner as at (?P<day>[^(]+?)\s*(?:\(.*\))?", re.I)
_OF_ENDED = "new code for merged stp"
"""The first title of a list of what has ended."""

_CODED = re.compile(r".* - (?P<code>[A-Z0-9]{3}|[A-Z][0-9][A-Z][0-9][A-Z])", re.S)
_CODE = re.compile(r"[A-Z0-9]{3}|[A-Z][0-9][A-Z][0-9][A-Z]|[A-Z0-9]{6}")


class PlannedChange(NamedTuple):
    """One line of a summary: what a body is to become, what it is to be called or under whom, and from which day."""

    line: int
    what: str
    code: str
    named: str
    day: str


def changes_form(what: str) -> PublishedFormat:
    """The format of summaries that say this of bodies."""
    return next(form for form in formats().values() if (CHANGE, what) in form.words)


def contents_of_summary(sheets: list[Sheet], label: str) -> Contents | None:
    """What a workbook plans; None if it is no summary of a change.

    Raises `DataBroken` for a summary that does not say when it was last updated, or from which day on it holds.
    """
    cells = [(cell, row) for sheet in sheets[:1] for _, row in sheet.rows for cell in row]
    if not any(_SUMMARY.fullmatch(cell) for cell, _ in cells):
        return None
    updated = next((row for cell, row in cells if _UPDATED.fullmatch(cell)), [])
    as_of = next((day for cell in updated if (day := _day(cell))), "")
    if not as_of:
        raise DataBroken(f"{label}:1: does not say when it was last updated. Fetch it again.")
    found = [change for sheet in sheets for change in _changes(sheet)]
    of_partners = any(change.what == LISTED for change in found)
    day = as_of if of_partners else max((change.day for change in found), default="")
    if not day:
        raise DataBroken(f"{label}:1: does not say from which day on its changes hold. Fetch it again.")
    rows: dict[str, RegisterRow] = {}
    unnamed = 0
    for line, what, code, named, since in found:
        coded = _CODED.fullmatch(named)
        if what == MOVED and not coded:
            unnamed += 1
            continue
        listing = Listing(
            name=named if what == RENAMED else "",
            postcode="",
            opened="",
            ends=(since or day) if what == CLOSED else "",
            status=what,
            commissioner=coded["code"] if what == MOVED and coded else named if what == LISTED else "",
            joined=since or day,
            setting="",
        )
        key = f"{code} {what} {named}".rstrip() if what == LISTED else f"{code} {what}"
        rows.setdefault(key, RegisterRow(line, key, listing))
    note = f"{unnamed:,} lines name no code to which a body is to move: passed over." if unnamed else ""
    form = changes_form(LISTED if of_partners else MOVED)
    return Contents(form, list(rows.values()), [], as_of, max(as_of, day), note=note)


def _day(text: str) -> str:
    """20251106 or 1 Apr 2026 as an ISO date; blank for what is no day."""
    try:
        day = f"{text[:4]}-{text[4:6]}-{text[6:]}" if re.fullmatch(r"[0-9]{8}", text) else parse_day(text)
    except WrongUse:
        return ""
    return day if is_a_day(day) else ""


class _Columns(NamedTuple):
    """Where a small table within a sheet has what it says; `day` is that of its heading."""

    what: str
    code: int
    named: int
    closes: int = -1
    day: str = ""


def _columns(row: list[str]) -> _Columns | None:
    """What a row of titles announces; None for any other row."""
    titles = [" ".join(title.split()).lower() for title in row]
    places = {title: place for place, title in enumerate(titles) if title}
    for place, title in enumerate(titles):
        if (heading := _AS_AT.fullmatch(title)) and (codes := {"pcc code", "pcn code"} & places.keys()):
            return _Columns(MOVED, places[codes.pop()], place, day=_day(heading["day"]))
    if {
        "sub icb location code",
        "current sub icb location name",
        "new sub icb location name",
    } <= places.keys():
        return _Columns(RENAMED, places["sub icb location code"], places["new sub icb location name"])
    if {"ods stp code", "ods ccg code"} <= places.keys() and _OF_ENDED not in places:
        return _Columns(LISTED, places["ods ccg code"], places["ods stp code"])
    for code, closes in (
        ("current sub icb location code", "sicbl legal code closure date"),
        ("si-re code", "si-re code legal end date"),
    ):
        if {code, closes} <= places.keys():
            return _Columns(CLOSED, places[code], places[code], places[closes])
    return None


def _changes(sheet: Sheet) -> Iterator[PlannedChange]:
    """What the small tables of a sheet announce, row by row."""
    columns: _Columns | None = None
    for line, row in sheet.rows:
        if begun := _columns(row):
            columns = begun
        elif columns and not _CODE.fullmatch(row[columns.code]):
            columns = columns if columns.what == LISTED else None
        elif columns:
            last = _day(row[columns.closes]) if columns.what == CLOSED else ""
            day = day_after(last) if last else columns.day
            yield PlannedChange(line, columns.what, row[columns.code], row[columns.named], day)


class Comparing:
    """Compares what summaries planned with what the tables tell of the day of the change."""

    def __init__(self, register: CodedBodies, form: PublishedFormat, known_to: str) -> None:
        """`known_to` is the day up to which the tables know."""
        self._register, self._form, self._known_to = register, form, known_to

    def compared(self, loaded: Loaded) -> Iterator[NoCount]:
        """Where the tables tell otherwise, and what they do not reach yet."""
        for line, key, listing in loaded.listed():
            code, what, *_ = key.split()
            day = listing.joined
            body = self._register.body_of(code, self._form.kinds, loaded.release.as_of)
            if not body:
                yield NoCount(line, code, "is in no table")
            elif day > self._known_to:
                yield NoCount(
                    line, code, f"is to be {what} on {day}, which the tables do not reach: no fact yet"
                )
            elif odd := getattr(self, f"_{what}")(body, listing, day):
                yield NoCount(line, code, odd)

    def _renamed(self, body: str, listing: Listing, day: str) -> str:
        row = self._register.bodies[body]
        names = [
            name["name"]
            for name in self._register.names[body]
            if Period(name["valid_from"] or None, name["valid_until"] or None).holds(day)
        ]
        planned = readable_name(listing.name.upper())
        if normalise(planned) in {normalise(name) for name in (row["name"], *names)}:
            return ""
        return f"was to be called “{planned}” from {day}, and is “{row['name']}” in the tables"

    def _listed(self, body: str, listing: Listing, day: str) -> str:
        return (
            self._moved(body, listing, day)
            .replace("was to be under", "is listed under")
            .replace(" from ", " on ")
        )

    def _moved(self, body: str, listing: Listing, day: str) -> str:
        under = [
            tie["object"]
            for tie in self._register.ties[body]
            if tie["subject"] == body
            and Period(tie["valid_from"] or None, tie["valid_until"] or None).holds(day)
        ]
        codes = {self._register.code_of[one] for one in under if one in self._register.code_of}
        if listing.commissioner in codes or not self._register.life(body).holds(day):
            return ""
        return f"was to be under {listing.commissioner} from {day}, and is under {', '.join(sorted(codes)) or 'none'}"

    def _closed(self, body: str, listing: Listing, day: str) -> str:
        ends = self._register.bodies[body]["valid_until"]
        return "" if ends == day else f"was to end on {day}, and ends on {ends or 'no day'} in the tables"
