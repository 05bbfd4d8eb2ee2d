"""The councils of England since 2009, read from the tables of area codes and of council names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from graphmodel.dates import day_after
from graphmodel.errors import DataBroken
from loaders.compile.council_names import ENDED_2009, ENDED_2009_UNSEEN
from loaders.names import readable_name
from loaders.published import read_table

CODES_BEGIN = "2009-01-01"
"""The day on which today's nine-character codes begin; as a council's start it means "not known"."""

COUNCIL_CODES = ("E06", "E07", "E08", "E09", "E10")
"""Unitary, district, metropolitan, London and county councils; E11 metropolitan counties have no council."""

SAME_BODY_IN_ANOTHER_KIND_OF_CODE = {"E07000025": "E06000053"}
"""The Council of the Isles of Scilly always did a county's work: its new code of 2009 is a mere recode."""

RECODED_BY_ORDER = {
    ("E08000016", "E08000038"): "2025-04-01",
    ("E08000019", "E08000039"): "2025-04-01",
}
"""Newer recodes of which the ONS list says only the year: the day is that of SI 2024/1328."""

BARNSLEY_AND_SHEFFIELD = "The Barnsley and Sheffield (Boundary Change) Order 2024 (SI 2024/1328)"


class AreaCode(NamedTuple):
    """One code that a council's area had, and why it changed; blank dates are not known or open."""

    code: str
    valid_from: str
    valid_until: str
    source: str
    why: str


class Council(NamedTuple):
    """One council: its own start and end, every code, its names, and the county it lay in."""

    id: str
    kind: str
    name: str
    name_source: str
    area: str
    codes: tuple[AreaCode, ...]
    county: str
    register_code: str
    aliases: tuple[str, ...]
    earlier_areas: tuple[tuple[str, str], ...]

    @property
    def valid_from(self) -> str:
        """The first day, blank if it began before the codes did."""
        return self.codes[0].valid_from

    @property
    def valid_until(self) -> str:
        """The day after the last, blank if it goes on."""
        return self.codes[-1].valid_until

    def holds(self, at: str) -> bool:
        """Whether it existed on that day, as far as the codes can tell."""
        return self.valid_from <= at and (not self.valid_until or at < self.valid_until)

    def code_on(self, at: str) -> str:
        """The code of its area on a day on which it existed; the first code for any earlier day."""
        return next((c.code for c in self.codes if not c.valid_until or at < c.valid_until), self.codes[-1].code)


class CodeChange(NamedTuple):
    """One line of the list of code changes: which code became which, when, by what order."""

    old: str
    new: str
    order: str
    date: str


class _Version(NamedTuple):
    name: str
    start: str
    end: str
    parent: str


def read_councils(published: Path) -> list[Council]:
    """Every council of England with a code since 2009, in the order of their first codes."""
    versions = _code_versions(published)
    recodes = {change.old: change for change in read_code_changes(published) if is_recode(change)}
    recoded = {change.new for change in recodes.values()}
    register = _register_rows(published)
    return [
        _council(code, versions, recodes, register)
        for code in sorted(versions)
        if code[:3] in COUNCIL_CODES and code not in recoded
    ]


def ids_by_code(councils: list[Council]) -> dict[str, str]:
    """From any code that a council's area ever had to the council's id."""
    return {code.code: council.id for council in councils for code in council.codes}


def is_recode(change: CodeChange) -> bool:
    """Whether the same council merely got another code, most often because its boundary moved."""
    if change.old == change.new:
        return False
    if change.order.endswith("(Structural Changes) Order 2008") and change.old[:3] != change.new[:3]:
        return False
    return change.old[:3] == change.new[:3] and change.order in BOUNDARY_ORDERS or (
        SAME_BODY_IN_ANOTHER_KIND_OF_CODE.get(change.old) == change.new
    )


BOUNDARY_ORDERS = {
    "The St Albans and Welwyn Hatfield (Boundary Change) Order 2012",
    "The Gateshead and Northumberland (Boundary Change) Order 2013",
    "The East Hertfordshire and Stevenage (Boundary Change) Order 2013",
    BARNSLEY_AND_SHEFFIELD,
}
