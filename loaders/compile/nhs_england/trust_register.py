"""NHS trusts as seven editions of the register list them: their dates, and how name and postcode changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.nhs_england.trust_reports import ACQUISITIONS, Renamed, acquired_on, renamings
from orgmap.loaders.curated import records
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless


class TrustEdition(NamedTuple):
    """One copy of the register: its file, its number of columns, what to cite, and about when it was made."""

    file: str
    columns: int
    source: str
    as_of: str


EDITIONS = records("trusts/editions", TrustEdition, key="source")
"""The editions, oldest first; only the second and the last state their day. The last two have closed trusts too.

The third shows names of April and July 2020 but neither the openings of October nor the closures of March;
the sixth a name of 13 October 2025.
"""

APPENDED_BY_HAND = {("etr_2015.csv", "R0A"), ("etr_2015.csv", "R0B")}
"""Two rows that a user of the copy of 2015 added: trusts of 2017 and 2019, without a date."""

BOARDS_SHOWN = "2020-04-01"
"""Editions since then give a trust's partnership or board by its address, older ones its area team or office."""

WELSH = "W"
_SITE = re.compile(r"\w.* (HOSPITAL|INFIRMARY)$", re.IGNORECASE)
_OWN_SPELLING = {"2GETHER": "2gether"}


class Seen(NamedTuple):
    """A name, a postcode or a board's code, and the first and last edition that has it.

    `since` is the day from which it held, where another source tells that.
    """

    value: str
    first: TrustEdition
    last: TrustEdition
    since: str = ""
    told_by: str = ""


class Trust(NamedTuple):
    """One trust of the register: its code, dates, and its names, postcodes and boards in order of time."""

    code: str
    life: Period
    names: tuple[Seen, ...]
    postcodes: tuple[Seen, ...]
    boards: tuple[Seen, ...]
    sites: tuple[Seen, ...]
    welsh: bool
    ended_by: str = ""
    """What tells the trust's end, where the register does not."""


class _Row(NamedTuple):
    edition: TrustEdition
    name: str
    postcode: str
    opened: str
    closed: str
    region_code: str
    board: str
    site: str


def read_trusts(published: Path) -> list[Trust]:
    """Every trust of the seven editions, by code. Raises `DataBroken` if two editions disagree on a date."""
    taken_over, renamed = acquired_on(published), renamings(published)
    rows: dict[str, list[_Row]] = {}
    for edition in EDITIONS:
        path = published / "data" / "ods" / "etr" / edition.file
        for line, row in read_headless(path, edition.columns):
            if (edition.file, row[0]) in APPENDED_BY_HAND:
                continue
            if not row[10]:
                raise DataBroken(f"{path}:{line}: {row[0]} has no opening date.")
            dates = compact_day(row[10]), compact_day(row[11])
            rows.setdefault(row[0], []).append(
                _Row(edition, _name(row[1]), row[9], *dates, row[23], row[3], site_of(row[4:8]))
            )
    return [
        _trust(code, stretch, taken_over.get(code, ""), renamed.get(code, []))
        for code, stretch in sorted(rows.items())
    ]


def site_of(address: list[str]) -> str:
    """The hospital that the lines of an address name, with the town, its last line; nothing if they name none.

    >>> site_of(["DE LA COURT HOUSE", "QUEEN ALEXANDRA HOSPITAL", "SOUTHWICK HILL ROAD", "PORTSMOUTH"])
    'Queen Alexandra Hospital, Portsmouth'
    """
    for line in address[:-1]:
        name = line.strip().rpartition(",")[2].strip()
        if _SITE.search(name):
            site, town = readable_name(name), readable_name(address[-1].strip())
            return f"{site}, {town}" if town and town not in site else site
    return ""


def trust_lives(published: Path) -> dict[str, Period]:
    """The dates of every trust of the register, by its code."""
    return {trust.code: trust.life for trust in read_trusts(published)}


def _trust(code: str, rows: list[_Row], taken_over: str, renamed: list[Renamed]) -> Trust:
    opened, closed = {row.opened for row in rows}, {row.closed for row in rows} - {""}
    if len(opened) > 1 or len(closed) > 1:
        raise DataBroken(f"etr: the editions disagree on the dates of {code}: {opened | closed}.")
    until = day_after(closed.pop()) if closed else taken_over or None
    # What the register changed about a trust after its end was never the trust's own.
    own = [row for row in rows if until is None or row.edition.as_of < until] or rows[:1]
    return Trust(
        code,
        Period(opened.pop(), until),
        _dated(_changes([(row.name, row.edition) for row in own]), renamed),
        _changes([(row.postcode, row.edition) for row in own if row.postcode]),
        _changes([(row.board, row.edition) for row in own if row.edition.as_of >= BOARDS_SHOWN]),
        _changes([(row.site, row.edition) for row in own if row.site]),
        any(row.region_code == WELSH for row in rows),
        "" if closed else taken_over and ACQUISITIONS,
    )


def _dated(names: tuple[Seen, ...], renamed: list[Renamed]) -> tuple[Seen, ...]:
    """The names, each change with its day where that is told; a name newer than all editions stands last."""
    dated = [names[0]]
    for name in names[1:]:
        between = [one for one in renamed if dated[-1].last.as_of < one.since <= name.first.as_of]
        dated.append(name._replace(since=between[-1].since, told_by=between[-1].source) if between else name)
    newest = dated[-1]
    for one in renamed:
        if one.since > newest.last.as_of and one.name != newest.value:
            dated.append(Seen(one.name, newest.last, newest.last, one.since, one.source))
    return tuple(dated)


def _changes(values: list[tuple[str, TrustEdition]]) -> tuple[Seen, ...]:
    seen: list[Seen] = []
    for value, edition in values:
        if seen and seen[-1].value == value:
            seen[-1] = seen[-1]._replace(last=edition)
        else:
            seen.append(Seen(value, edition, edition))
    return tuple(seen)


def _name(text: str) -> str:
    first, blank, rest = readable_name(text).partition(" ")
    return _OWN_SPELLING.get(first, first) + blank + rest
