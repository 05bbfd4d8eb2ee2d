"""NHS trusts as five editions of the register list them: their dates, and how name and postcode changed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from graphmodel.dates import day_after
from graphmodel.errors import DataBroken
from graphmodel.model import Period
from loaders.names import readable_name
from loaders.published import compact_day, read_headless


class Edition(NamedTuple):
    """One copy of the register: its file, its number of columns, what to cite, and about when it was made."""

    file: str
    columns: int
    source: str
    as_of: str


EDITIONS = (
    Edition("etr_2015.csv", 24, "ods-etr-2015", "2015-07-01"),
    Edition("etr_2018-08-31.csv", 27, "ods-etr-2018-08", "2018-08-31"),
    Edition("etr_2022.csv", 27, "ods-etr-2022", "2022-01-01"),
    Edition("etr_2025-07.csv", 27, "ods-etr-2025-07", "2025-07-01"),
    Edition("etr_2025.csv", 27, "ods-etr-2025", "2025-10-01"),
)
"""The editions, oldest first; only the second states its day. The last has closed trusts as well."""

APPENDED_BY_HAND = {("etr_2015.csv", "R0A"), ("etr_2015.csv", "R0B")}
"""Two rows that a user of the copy of 2015 added: trusts of 2017 and 2019, without a date."""

WELSH = "W"
_OWN_SPELLING = {"2GETHER": "2gether"}


class Seen(NamedTuple):
    """A name or a postcode, and the first and last edition that has it."""

    value: str
    first: Edition
    last: Edition


class Trust(NamedTuple):
    """One trust of the register: its code, dates, and its names and postcodes in order of time."""

    code: str
    life: Period
    names: tuple[Seen, ...]
    postcodes: tuple[Seen, ...]
    welsh: bool


class _Row(NamedTuple):
    edition: Edition
    name: str
    postcode: str
    opened: str
    closed: str
    region_code: str


def read_trusts(published: Path) -> list[Trust]:
    """Every trust of the five editions, by code. Raises `DataBroken` if two editions disagree on a date."""
    rows: dict[str, list[_Row]] = {}
    for edition in EDITIONS:
        path = published / "data" / "ods" / "etr" / edition.file
        for line, row in read_headless(path, edition.columns):
            if (edition.file, row[0]) in APPENDED_BY_HAND:
                continue
            if not row[10]:
                raise DataBroken(f"{path}:{line}: {row[0]} has no opening date.")
            dates = compact_day(row[10]), compact_day(row[11])
            rows.setdefault(row[0], []).append(_Row(edition, _name(row[1]), row[9], *dates, row[23]))
    return [_trust(code, stretch) for code, stretch in sorted(rows.items())]


def trust_lives(published: Path) -> dict[str, Period]:
    """The dates of every trust of the register, by its code."""
    return {trust.code: trust.life for trust in read_trusts(published)}


def _trust(code: str, rows: list[_Row]) -> Trust:
    opened, closed = {row.opened for row in rows}, {row.closed for row in rows} - {""}
    if len(opened) > 1 or len(closed) > 1:
        raise DataBroken(f"etr: the editions disagree on the dates of {code}: {opened | closed}.")
    until = day_after(closed.pop()) if closed else None
    # What the register changed about a trust after its end was never the trust's own.
    own = [row for row in rows if until is None or row.edition.as_of < until] or rows[:1]
    return Trust(
        code,
        Period(opened.pop(), until),
        _changes([(row.name, row.edition) for row in own]),
        _changes([(row.postcode, row.edition) for row in own if row.postcode]),
        any(row.region_code == WELSH for row in rows),
    )


def _changes(values: list[tuple[str, Edition]]) -> tuple[Seen, ...]:
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
