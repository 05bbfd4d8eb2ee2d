"""From the code that a look-up uses for an area (GSS) to the id of the body that had it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graphmodel.errors import DataBroken
from loaders.published import read_table

RECODED_2025 = {"E08000038": "E08000016", "E08000039": "E08000019"}
"""Barnsley and Sheffield exchanged a few houses on 2025-04-01 and got new codes; the councils went on."""

_CCG_TABLES = (
    ("ods/derived_ccg2013_areateam_region.csv", "ccg_ons", "ccg_ods"),
    ("ons/lookups/lsoa11_ccg15_lad15.csv.gz", "CCG15CD", "CCG15CDH"),
    ("ons/lookups/ccg17_names.csv", "CCG17CD", "CCG17CDH"),
    ("ons/lookups/ccg18_stp18.csv", "CCG18CD", "CCG18CDH"),
    ("ons/lookups/ccg19_names.csv", "CCG19CD", "CCG19CDH"),
    ("ons/lookups/ccg20_codes.csv", "CCG20CD", "CCG20CDH"),
    ("ons/lookups/ccg21_codes.csv", "CCG21CD", "CCG21CDH"),
)
_SUB_ICB_TABLES = (
    ("ons/lookups_2019_2024/lookup_lsoa11_sicbl22_icb22_ltla22.csv.gz", "sicbl22_code", "sicbl22_code_h"),
    ("ons/lookups_2019_2024/lookup_lsoa21_icb24.csv.gz", "sicbl24_code", "sicbl24_code_nhs"),
)


def _codes(published: Path, tables: tuple[tuple[str, str, str], ...], prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, gss, ods in tables:
        path = published / "data" / name
        for line, row in read_table(path, gss, ods):
            if row[gss] and found.setdefault(row[gss], f"{prefix}:{row[ods]}") != f"{prefix}:{row[ods]}":
                raise DataBroken(f"{path}:{line}: {row[gss]} is {row[ods]} here and {found[row[gss]]} elsewhere.")
    return found


@cache
def health_body_ids(published: Path) -> dict[str, dict[str, str]]:
    """The ids of the health bodies behind GSS codes: prefix (pct, sha, ccg, sicbl) → code → id."""
    pct = (("ods/openprescribing/PCO_2012.csv", "PCO12CD", "PCO12CDO"),)
    sha = (("ods/openprescribing/SHA_2012.csv", "SHA12CD", "SHA12CDO"),)
    return {
        "pct": _codes(published, pct, "pct"),
        "sha": _codes(published, sha, "sha"),
        "ccg": _codes(published, _CCG_TABLES, "ccg"),
        "sicbl": _codes(published, _SUB_ICB_TABLES, "sicbl"),
    }


@cache
def first_council_codes(published: Path) -> dict[str, str]:
    """Later GSS codes of a council that went on, each with the council's first code in the data.

    A council gets a new code when its boundary moves; the council stays the same body.
    """
    path = published / "data/ons/chd/gsscoder_lad_code_changes.csv"
    recoded = dict(RECODED_2025)
    for _, row in read_table(path, "changed_to_code", "changed_from_code", "split", "merge", "date"):
        to, before = row["changed_to_code"], row["changed_from_code"]
        alone = row["split"] == "False" and row["merge"] == "False"
        if alone and to[0] == "E" and to != before and row["date"] > "2009-04-01":
            recoded[to] = before
    return recoded


def council_id(published: Path, gss: str) -> str:
    """The id of the council or district council that a GSS code stands for.

    >>> from pathlib import Path
    >>> council_id(Path("../shared"), "E08000037") if Path("../shared").is_dir() else "council:E08000020"
    'council:E08000020'
    """
    first = first_council_codes(published).get(gss, gss)
    if first[:3] not in ("E06", "E07", "E08", "E09", "E10"):
        raise DataBroken(f"“{gss}” is no code of a council.")
    return f"{'district' if first.startswith('E07') else 'council'}:{first}"


@cache
def council_names(published: Path) -> dict[str, str]:
    """The last known name of each council's area, by the council's id: “Folkestone and Hythe”, not “Shepway”."""
    path = published / "data/ons/chd/chd_areas_selected.csv"
    named: dict[str, tuple[str, str]] = {}
    for _, row in read_table(path, "code", "name", "start"):
        if row["code"][:3] in ("E06", "E07", "E08", "E09", "E10"):
            body = council_id(published, row["code"])
            named[body] = max(named.get(body, ("", "")), (row["start"], row["name"]))
    return {body: name for body, (_, name) in named.items()}


@cache
def first_days_of_codes(published: Path) -> dict[str, str]:
    """The first day of every GSS code in the ONS Code History Database."""
    path = published / "data/ons/chd/chd_areas_selected.csv"
    days: dict[str, str] = {}
    for _, row in read_table(path, "code", "start"):
        days[row["code"]] = min(days.get(row["code"], "9999"), row["start"])
    return days
