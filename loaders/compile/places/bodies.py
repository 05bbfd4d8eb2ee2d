"""The bodies that cover places: the id behind each area code (GSS), and the names and lives that datasets give."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile import compile_dataset
from orgmap.loaders.compile.councils.register import ids_by_code, read_councils
from orgmap.loaders.compile.integrated_care.april_2026 import LOCATION_AREAS
from orgmap.loaders.compile.shared.code_history import code_versions
from orgmap.loaders.published import read_table

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
_PCT_TABLES = (("ods/openprescribing/PCO_2012.csv", "PCO12CD", "PCO12CDO"),)
_SHA_TABLES = (("ods/openprescribing/SHA_2012.csv", "SHA12CD", "SHA12CDO"),)


def _codes(published: Path, tables: tuple[tuple[str, str, str], ...], prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, gss, ods in tables:
        path = published / "data" / name
        for line, row in read_table(path, gss, ods):
            if row[gss] and found.setdefault(row[gss], f"{prefix}:{row[ods]}") != f"{prefix}:{row[ods]}":
                raise DataBroken(
                    f"{path}:{line}: {row[gss]} is {row[ods]} here and {found[row[gss]]} elsewhere."
                )
    return found


@cache
def health_body_ids(published: Path) -> dict[str, dict[str, str]]:
    """The ids of the health bodies behind GSS codes: prefix (pct, sha, ccg, sicbl) → code → id."""
    return {
        "pct": _codes(published, _PCT_TABLES, "pct"),
        "sha": _codes(published, _SHA_TABLES, "sha"),
        "ccg": _codes(published, _CCG_TABLES, "ccg"),
        "sicbl": {
            **_codes(published, _SUB_ICB_TABLES, "sicbl"),
            **{area: f"sicbl:{code}" for code, area in LOCATION_AREAS.items()},
        },
    }


@cache
def council_ids(published: Path) -> dict[str, str]:
    """The id of the council or district council behind every GSS code that its area ever had."""
    return ids_by_code(read_councils(published))


@cache
def council_area_names(published: Path) -> dict[str, str]:
    """The last known name of each council's area, by the council's id: “Folkestone and Hythe”, not “Shepway”."""
    return {council.id: council.area for council in read_councils(published)}


@cache
def first_days_of_codes(published: Path) -> dict[str, str]:
    """The first day of every GSS code of a clinical commissioning group or sub-ICB location."""
    days: dict[str, str] = {}
    for version in code_versions(published, "E38"):
        days.setdefault(version.code, version.valid_from)
    return days


HOLDERS = ("primary_care_trusts", "clinical_commissioning_groups", "integrated_care", "councils")
"""The datasets that hold the bodies whose areas are known."""

_PREFIXES = ("pct:", "sha:", "ccg:", "sicbl:", "icb:", "council:", "district:")


class KnownBody(NamedTuple):
    """What places need of a body: its name and the days on which it existed."""

    name: str
    life: Period


class Bodies(dict[str, KnownBody]):
    """Bodies by id; asking for one that no dataset holds raises `DataBroken`."""

    def __missing__(self, body: str) -> KnownBody:
        raise DataBroken(f"“{body}” covers a place, and no dataset knows it.")


def known_bodies(published: Path) -> Bodies:
    """Every body that may cover an area, compiled anew from the published tables."""
    columns = TABLES["entities"].columns
    body, name, start, end = (columns.index(column) for column in ("id", "name", "valid_from", "valid_until"))
    bodies = Bodies()
    for holder in HOLDERS:
        dataset = compile_dataset(holder, published)
        for row in dataset.rows["entities"]:
            if row[body].startswith(_PREFIXES):
                bodies[row[body]] = KnownBody(row[name], Period(row[start] or None, row[end] or None))
    return bodies
