"""Look-ups of areas: columns of codes whose titles carry a year (LSOA11CD, CCG20CD), found by their spellings."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.formats import PublishedFormat, formats, titled
from orgmap.loaders.releases.kept import Coming, coming_of_a_day
from orgmap.loaders.releases.listings import REFUSED_AT_MOST, RefusedRow
from orgmap.loaders.releases.opening import UnpackedFile
from orgmap.loaders.releases.shapes.titled import titled_table
from orgmap.loaders.releases.texts import unseen

GROUND = "neighbourhood"
"""The column that holds neighbourhoods; all others hold bodies."""

ENGLAND = "E"
YEAR_BEGINS = "04-01"
"""Bodies change in April: a look-up that names a year is taken to know no more than its first of April."""

LINES = "line"
_NAME = re.compile(r"(\w*[0-9]{2})(?:NM|_NAME)", re.IGNORECASE)
_CODE = re.compile(r"([A-Z][0-9]{8})?", re.ASCII)


class LookLink(NamedTuple):
    """Two columns, the bodies of one of which lie in those of the other, and the kinds that both are of."""

    lower: str
    upper: str
    kinds: tuple[str, ...]
    lower_kinds: tuple[str, ...]


class Look(NamedTuple):
    """A look-up's header: where each column stands, and the year of the newest."""

    form: PublishedFormat
    places: dict[str, int]
    year: int


def links(form: PublishedFormat, columns: Sequence[str]) -> list[LookLink]:
    """What a look-up with these columns tells: which of its columns lies in which other one."""
    found: dict[tuple[str, str], list[str]] = {}
    for (column, _), word in form.words.items():
        if column in columns and word.means in columns:
            found.setdefault((word.means, column), []).append(word.kind)
    kinds_of: dict[str, dict[str, None]] = {}
    for (column, _), word in form.words.items():
        kinds_of.setdefault(column, {})[word.kind] = None
    return [
        LookLink(lower, upper, tuple(kinds), tuple(kinds_of.get(lower, ())))
        for (lower, upper), kinds in found.items()
    ]


def look_of(header: Sequence[str]) -> Look | None:
    """What a header tells; None if it is that of no look-up, or has the same column for two years."""
    if (listing := titled(header)) and listing.lists_postcodes:
        return None
    titles = [title.strip().lower() for title in header]
    if any(map(unseen, titles)) or len([one for one in titles if one]) != len({one for one in titles if one}):
        return None
    for form in [one for one in formats().values() if one.looks_up]:
        found: dict[str, list[tuple[int, int]]] = {}
        for one in form.titles:
            for place, title in enumerate(titles):
                if said := one.spelling.fullmatch(title):
                    found.setdefault(one.column, []).append((place, int(said[1])))
        years = [year for column, some in found.items() for _, year in some if column != GROUND]
        places = {column: some[0][0] for column, some in found.items()}
        if (
            form.looks_up
            and years
            and all(len(some) == 1 for some in found.values())
            and links(form, [*places])
        ):
            return Look(form, places, 2000 + max(years))
    return None


def codes_missing(header: Sequence[str]) -> list[str]:
    """The titles of the codes that a look-up lacks of which it has the names, where they would tell what lies in what.

    Names are shared and change: what only they tell is not read.

    >>> codes_missing(["LSOA11CD", "LSOA11NM", "LAD20NM"]), codes_missing(["LAD26CD", "LAD26NM"])
    (['LAD20CD'], [])
    """
    if titled(header):
        return []
    titles = [title.strip() for title in header]
    for form in [one for one in formats().values() if one.looks_up]:
        has = _columns_in(form, titles)
        could = _columns_in(form, [_NAME.sub(r"\1_CODE" if "_" in one else r"\1CD", one) for one in titles])
        linked = {column for link in links(form, [*could]) for column in (link.lower, link.upper)}
        if missing := [title for column, title in could.items() if column in linked - has.keys()]:
            return missing
    return []


def _columns_in(form: PublishedFormat, titles: Sequence[str]) -> dict[str, str]:
    """The columns of a format that stand in a header, each with its title."""
    found = [
        (one.column, title)
        for title in titles
        for one in form.titles
        if one.spelling.fullmatch(title.lower())
    ]
    return dict(reversed(found))


def lookup_coming(part: UnpackedFile, as_of: str = "") -> Coming | None:
    """The release that a look-up makes; None if the file is none.

    Raises `DataBroken` with file and line if it is one, but cut off, or with too many rows that are not understood.
    """
    table = titled_table(part.raw, part.label, look_of)
    look = table and look_of(table.titles)
    if table is None or look is None:
        if nameless := titled_table(part.raw, part.label, codes_missing):
            missing = ", ".join(codes_missing(nameless.titles))
            raise DataBroken(
                f"{part.label}:{nameless.line}: is a look-up that names areas or bodies without their codes:"
                f" {missing} is missing. Take the edition of it that has the codes."
            )
        return None
    kept, refused = dict[tuple[str, ...], int](), list[RefusedRow]()
    abroad = Counter[str]()
    for line, row in table.rows:
        codes = tuple(row[place] for place in look.places.values())
        if odd := next((code for code in codes if not _CODE.fullmatch(code)), None):
            refused.append(RefusedRow(line, odd[:20], "is no code of an area"))
        elif country := next((code[0] for code in codes if code and code[0] != ENGLAND), ""):
            abroad[country] += 1
        else:
            kept.setdefault(codes, line)
    if not table.rows or len(refused) > REFUSED_AT_MOST * len(table.rows):
        odd_row = (
            f"{refused[0].line}: “{refused[0].code}” {refused[0].reason}"
            if refused
            else f"{table.line}: has no rows"
        )
        raise DataBroken(f"{part.label}:{odd_row}. Fetch the file again.")
    raw = "".join(_written(look, kept)).encode()
    day = as_of or f"{look.year}-{YEAR_BEGINS}"
    missing = ", ".join(codes_missing(table.titles))
    passed = [f"{abroad.total():,} rows that lie outside England"] if abroad else []
    passed += [f"names without codes ({missing} is missing)"] if missing else []
    note = f"passed over: {', '.join(passed)}" if passed else ""
    return coming_of_a_day(look.form.format, day, part, raw, len(kept), refused, note)


def _written(look: Look, kept: dict[tuple[str, ...], int]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([LINES, *look.places])
    writer.writerows([line, *codes] for codes, line in sorted(kept.items()))
    yield text.getvalue()


def rows_kept(raw: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The columns and rows of a look-up that is kept, each row with its line."""
    reader = csv.reader(io.StringIO(raw.decode(), newline=""))
    [_, *columns] = next(reader)
    return columns, [(int(line), codes) for line, *codes in reader]
