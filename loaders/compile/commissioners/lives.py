"""Which body a register's commissioner code stood for on which days, and which group followed which.

A code is not an identity: 91Q is a clinical commissioning group until 30 June 2022 and a sub-ICB
location from 1 July 2022.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.april_2026 import BERKSHIRE_EAST, BOARDS_CHANGED, FRIMLEY
from orgmap.loaders.compile.practices.register import observed_lives
from orgmap.loaders.published import compact_day, read_headless, read_table
from orgmap.loaders.releases.stays import Bearer, Lives, PracticeSuccessor

REGISTERS = ("eccg_2016-02.csv", "eccg_2018-11.csv", "eccg_2025.csv")
"""Three editions of the commissioner register; each holds codes that another has dropped."""

GROUPS_END = "2022-07-01"
"""Clinical commissioning groups were abolished; their codes went on as sub-ICB locations."""

LEGAL_STARTS = {"13T": "2015-04-01"}
"""Codes that the register opened before the body was in force (13T on 2014-11-26)."""

WELSH_BOARDS_FOLLOW = "2009-10-01"
"""Seven health boards took over from 22 local health boards in Wales."""

_HUB_TYPES = {"H", "RO218"}
_REPORTING_ENTITY = "RO327"


def commissioner_lives(published: Path) -> Lives:
    """Every commissioner code of the practice registers, with the bodies it stood for in order of time."""
    lives: Lives = dict(_registered(published))
    lives[BERKSHIRE_EAST] = (Bearer(f"sicbl:{BERKSHIRE_EAST}", Period(BOARDS_CHANGED, None)),)
    for code, life in observed_lives(published).items():
        if code not in lives:
            lives[code] = (Bearer(_prefix(code) + code, _welsh_life(code) or life),)
    return lives


def group_successions(published: Path) -> dict[str, PracticeSuccessor]:
    """For each clinical commissioning group that merged: the code that took over, and when."""
    path = published / "data/ods/derived_ccg_succession.csv"
    return {
        row["old_code"]: PracticeSuccessor(row["new_code"], compact_day(row["effective_date"]))
        for _, row in read_table(path, "old_code", "new_code", "effective_date")
    }


def _registered(published: Path) -> Iterator[tuple[str, tuple[Bearer, ...]]]:
    """Groups, sub-ICB locations and hubs as the newest register that has them dates them."""
    for name in REGISTERS:
        for _, row in read_headless(published / "data/ods/eccg" / name, 27):
            code, kind = row[0], row[13]
            if kind == _REPORTING_ENTITY:
                continue
            start = LEGAL_STARTS.get(code, compact_day(row[10]))
            end = day_after(compact_day(row[11])) if row[11] else None
            if kind in _HUB_TYPES:
                yield code, (Bearer(f"hub:{code}", Period(start, end)),)
            elif end and end <= GROUPS_END:
                yield code, (Bearer(f"ccg:{code}", Period(start, end)),)
            else:
                location = Period(GROUPS_END, BOARDS_CHANGED if code == FRIMLEY else end)
                yield (
                    code,
                    (Bearer(f"ccg:{code}", Period(start, GROUPS_END)), Bearer(f"sicbl:{code}", location)),
                )


def _welsh_life(code: str) -> Period | None:
    if re.fullmatch("7A[1-7]", code):
        return Period(WELSH_BOARDS_FOLLOW, None)
    return Period("2003-04-01", WELSH_BOARDS_FOLLOW) if re.fullmatch("6[A-C][0-9]", code) else None


def _prefix(code: str) -> str:
    for pattern, prefix in (
        ("4W[A-Z0-9]{3}", "lhg:"),
        ("4[A-Z0-9]{4}", "pcg:"),
        ("5[A-Z0-9]{2}|T[A-Z]{2}", "pct:"),
        ("6[A-C][0-9]|7A[1-7]", "lhb:"),
    ):
        if re.fullmatch(pattern, code):
            return prefix
    raise DataBroken(f"epcmem: “{code}” is neither in eccg nor shaped like a code of an earlier body.")


GROUP_TABLES = (
    ("ods", "openprescribing", "CCG_APR_2013.csv", "CCG13"),
    ("ons", "lookups", "ccg17_stp17.csv", "CCG17"),
    ("ons", "lookups", "ccg18_stp18.csv", "CCG18"),
    ("ons", "lookups", "ccg19_stp19.csv", "CCG19"),
    ("ons", "lookups", "ccg20_stp20.csv", "CCG20"),
    ("ods", "lookups", "CCG21_STP21_NHSER21.csv", "CCG21"),
)
"""ONS tables that give both codes of every group of one vintage; together they have every code of a group."""


def group_periods(published: Path) -> dict[str, Period]:
    """The legal life of every clinical commissioning group by its register code."""
    return {
        code: body.life
        for code, bodies in commissioner_lives(published).items()
        for body in bodies
        if body.id == f"ccg:{code}"
    }


def group_of_area(published: Path) -> dict[str, str]:
    """The register code of the group that an E38 area code stood for, for every vintage from 2013 to 2021."""
    codes: dict[str, str] = {}
    for *folders, name, vintage in GROUP_TABLES:
        path = published.joinpath("data", *folders, name)
        encoding = "cp1252" if vintage == "CCG13" else "utf-8-sig"
        for line, row in read_table(path, f"{vintage}CD", f"{vintage}CDH", encoding=encoding):
            area, group = row[f"{vintage}CD"], row[f"{vintage}CDH"]
            if codes.setdefault(area, group) != group:
                raise DataBroken(f"{path}:{line}: {area} is {group} here and {codes[area]} in another table.")
    return codes
