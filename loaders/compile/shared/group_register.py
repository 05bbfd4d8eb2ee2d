"""Clinical commissioning groups as other datasets need them: their legal lives and both kinds of code."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.commissioner_lives import commissioner_lives
from orgmap.loaders.published import read_table

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
