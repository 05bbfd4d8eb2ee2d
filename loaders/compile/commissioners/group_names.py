"""The names of clinical commissioning groups: the last official one, those before it, and short forms."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.code_history import Run, code_versions, join_runs
from orgmap.loaders.compile.shared.group_register import group_of_area
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_headless, read_table

FULL_NAMES_FROM = "2015-07-01"
"""Before this day the ONS wrote “NHS Thanet” for NHS Thanet CCG; that was no change of name."""

YEARLY = (
    ("ons/lookups/ccg17_stp17.csv", "CCG17"),
    ("ons/lookups/ccg18_stp18.csv", "CCG18"),
    ("ons/lookups/ccg19_stp19.csv", "CCG19"),
    ("ons/lookups/ccg20_stp20.csv", "CCG20"),
    ("ods/lookups/CCG21_STP21_NHSER21.csv", "CCG21"),
)
"""ONS tables with the full names of each year's groups, oldest first."""


class GroupNames(NamedTuple):
    """A group's names: the last official one, dated runs if it changed, and what a list of 2013 called it.

    `listed_2013` is blank unless that list says more than the later name without “CCG”.
    """

    name: str
    runs: tuple[Run, ...]
    listed_2013: str


def group_names(published: Path, lives: dict[str, Period]) -> dict[str, GroupNames]:
    """The names of every clinical commissioning group, by register code."""
    last = _last_names(published)
    runs = _dated_names(published)
    listed = _names_of_2013(published)
    names = {}
    for code in lives:
        if code not in last:
            raise DataBroken(f"{code}: no table names this clinical commissioning group.")
        own = runs.get(code, [])
        if own and own[-1].value != last[code]:
            raise DataBroken(
                f"{code}: is “{last[code]}” in the yearly tables and “{own[-1].value}” in the history."
            )
        known = ["", short_name(last[code]), *(short_name(run.value) for run in own)]
        differs = listed.get(code, "") not in known
        if own:
            own[0] = own[0]._replace(valid_from=str(lives[code].valid_from))
            own[-1] = own[-1]._replace(valid_until=str(lives[code].valid_until))
        names[code] = GroupNames(last[code], tuple(own), listed[code] if differs else "")
    return names


def short_name(name: str) -> str:
    """A group's name without its legal form, as it stood on letters.

    >>> short_name("NHS Thanet CCG")
    'NHS Thanet'
    """
    return name.removesuffix(" CCG")


def full_name(name: str) -> str:
    """A group's name with its legal form in words.

    >>> full_name("NHS Thanet CCG")
    'NHS Thanet Clinical Commissioning Group'
    """
    return f"{short_name(name)} Clinical Commissioning Group"


def _last_names(published: Path) -> dict[str, str]:
    register = published / "data" / "ods" / "eccg" / "eccg_2016-02.csv"
    names = {
        row[0]: _spelled(readable_name(row[1])) for _, row in read_headless(register, 27) if row[13] == "C"
    }
    for name, vintage in YEARLY:
        for _, row in read_table(published / "data" / name, f"{vintage}CDH", f"{vintage}NM"):
            names[row[f"{vintage}CDH"]] = _spelled(row[f"{vintage}NM"])
    return names


def _dated_names(published: Path) -> dict[str, list[Run]]:
    group = group_of_area(published)
    found: dict[str, list[Run]] = {}
    for version in code_versions(published, "E38"):
        if version.code in group and FULL_NAMES_FROM <= version.valid_from < "2022-07-01":
            run = Run(_spelled(version.name), version.valid_from, version.valid_until)
            found.setdefault(group[version.code], []).append(run)
    return {code: join_runs(runs) for code, runs in found.items()}


def _spelled(name: str) -> str:
    # The tables write “&” in one year and “and” in the next, with stray blanks: no change of name.
    return " ".join(name.replace("&", " and ").replace("’", "'").split())


def _names_of_2013(published: Path) -> dict[str, str]:
    path = published / "data" / "ods" / "openprescribing" / "CCG_APR_2013.csv"
    rows = read_table(path, "CCG13CDH", "CCG13NM", encoding="cp1252")
    return {row["CCG13CDH"]: _spelled(row["CCG13NM"]) for _, row in rows}
