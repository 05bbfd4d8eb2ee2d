"""The monthly map beside the tables of registered patients: under which location each practice was on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.releases.formats import ABOVE, PublishedFormat, titled
from orgmap.loaders.releases.listings import (
    REFUSED_AT_MOST,
    Contents,
    Listing,
    RefusedRow,
    RegisterRow,
)
from orgmap.loaders.releases.lists.registered import CODE, DAY, PRACTICE, day_of_table
from orgmap.loaders.releases.shapes.titled import titled_table

LOCATION = re.compile(r"[A-Z0-9]{3}|[A-Z][0-9][A-Z][0-9][A-Z]")
"""How codes of groups and locations are written."""


def map_form(titles: Sequence[str]) -> PublishedFormat | None:
    """The format of maps with these titles; None if they are those of none."""
    form = titled(titles)
    return form if form and form.maps_practices else None


def contents_of_map(raw: bytes, label: str, as_of: str = "") -> list[Contents]:
    """What a map says; nothing if a file is none. It does not say since when a practice is where it is.

    Raises `DataBroken` with file and line for one that is damaged, or of several days.
    """
    table = titled_table(raw, label, map_form)
    form = table and map_form(table.titles)
    if table is None or form is None:
        return []
    places = form.places_in(table.titles)
    if as_of and DAY in places:
        raise WrongUse(f"{label} says itself of which day it is: leave out --as-of.")
    if DAY not in places and not as_of:
        raise DataBroken(f"{label}:{table.line}: does not say of which day it is. Say it with --as-of DAY.")
    listed: dict[str, RegisterRow] = {}
    refused: list[RefusedRow] = []
    days: dict[str, int] = {}
    for line, row in table.rows:
        code, above = (row[places[column]] for column in (CODE, ABOVE))
        day = row[places[DAY]] if DAY in places else as_of
        odd = (
            f"its code “{code[:40]}” is no practice's"
            if not PRACTICE.fullmatch(code)
            else f"its location “{above[:40]}” is not understood"
            if not LOCATION.fullmatch(above)
            else f"its day “{day[:40]}” is no day"
            if not day_of_table(day)
            else f"{code} is listed twice"
            if code in listed
            else ""
        )
        if odd:
            refused.append(RefusedRow(line, code[:20], odd))
            continue
        days.setdefault(day_of_table(day), line)
        listed[code] = RegisterRow(line, code, Listing("", "", "", "", "", above, "", ""))
    if len(refused) > REFUSED_AT_MOST * max(len(table.rows), 1) or not days:
        line, _, reason = refused[0] if refused else RefusedRow(table.line, "", "no practice is in it")
        raise DataBroken(
            f"{label}:{line}: {reason}; {len(refused):,} of {len(table.rows):,} rows are not understood."
            " Fetch the file again."
        )
    if len(days) > 1:
        raise DataBroken(
            f"{label}:{max(days.values())}: is of several days ({', '.join(sorted(days))}). Fetch the file again."
        )
    [day] = days
    return [Contents(form, list(listed.values()), refused, day, day)]
