"""Names of the councils that ended on 1 April 2009, which today's registers no longer list."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.loaders.curated import lookup, records

ENDED_2009 = lookup("councils/ended_2009")
"""Read in MapIt's list of areas that ended in 2009 (source `mapit-2009`)."""

ENDED_2009_UNSEEN = lookup("councils/ended_2009_unseen")
"""MapIt carried these on under the unitary council, so the older name is general knowledge."""


class Style(NamedTuple):
    """A council's style before and since a day, each with its source; the day is general knowledge, not verified."""

    code: str
    older: str
    older_source: str
    newer: str
    newer_source: str
    day: str


CITIES_SINCE = {style.code: style for style in records("councils/cities", Style, key="code")}
"""The four councils that became a city's in 2022: the register of 2025 shows one so, a list of 2019 its older style."""
