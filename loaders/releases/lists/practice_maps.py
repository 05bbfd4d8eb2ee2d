"""The monthly map beside the tables of registered patients: under which location each practice was on a day."""

from __future__ import annotations

import re

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.formats import ABOVE, formats
from orgmap.loaders.releases.listings import (
    REFUSED_AT_MOST,
    Contents,
    Listing,
    RefusedRow,
    RegisterRow,
    rows_of,
)
from orgmap.loaders.releases.lists.registered import CODE, DAY, PRACTICE, day_of_table, header_of

LOCATION = re.compile(r"[A-Z0-9]{3}|[A-Z][0-9][A-Z][0-9][A-Z]")
"""How codes of groups and locations are written."""


def contents_of_map(raw: bytes, label: str) -> list[Contents]:
    """What a map says; nothing if a file is none. It does not say since when a practice is where it is.

    Raises `DataBroken` with file and line for one that is damaged, or of several days.
    """
    header = header_of(raw)
    form = next((one for one in formats().values() if one.maps_practices and one.places_in(header)), None)
    if not form:
        return []
    rows = rows_of(raw, label)
    places = form.places_in(rows[0][1])
    listed: dict[str, RegisterRow] = {}
    refused: list[RefusedRow] = []
    days: dict[str, int] = {}
    for line, row in rows[1:]:
        if len(row) != len(rows[0][1]):
            raise DataBroken(
                f"{label}:{line}: {len(row)} columns where {len(rows[0][1])} are expected; it may be cut off."
                " Fetch the file again."
            )
        code, above, day = (row[places[column]] for column in (CODE, ABOVE, DAY))
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
    if len(refused) > REFUSED_AT_MOST * max(len(rows) - 1, 1) or not days:
        line, _, reason = refused[0] if refused else RefusedRow(1, "", "no practice is in it")
        raise DataBroken(
            f"{label}:{line}: {reason}; {len(refused):,} of {len(rows) - 1:,} rows are not understood."
            " Fetch the file again."
        )
    if len(days) > 1:
        raise DataBroken(
            f"{label}:{max(days.values())}: is of several days ({', '.join(sorted(days))}). Fetch the file again."
        )
    [day] = days
    return [Contents(form, list(listed.values()), refused, day, day)]
