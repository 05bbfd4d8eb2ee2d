"""The small areas (LSOAs) of 2021, made of those of 2011, which the areas are made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from orgmap.loaders.compile.places.place_areas import district_of
from orgmap.loaders.compile.places.place_codes import council_ids, health_body_ids
from orgmap.loaders.compile.places.place_layers import LSOA_CHANGES, SUB_ICB_2024, Lsoa
from orgmap.loaders.published import read_table

WARDS = "data/ons/lookups_2019_2024/lookup_lsoa21_ward24_ltla24.csv.gz"

SmallAreas = dict[str, tuple[str, dict[str, float]]]
"""Code of 2021 → its name, and the people of it by small area of 2011."""


def small_areas(published: Path, lsoas: list[Lsoa], people: dict[str, float]) -> SmallAreas:
    """The small areas of 2021: code → name, and the people of the small areas of 2011 that it was made of.

    Where one was drawn anew from pieces of several, those count that lay in the district and the sub-ICB location
    which the look-ups of 2024 give it, if any did.
    """
    by_code = {lsoa.code: lsoa for lsoa in lsoas}
    pairs: dict[str, list[str]] = {}
    successors: Counter[str] = Counter()
    names: dict[str, str] = {}
    for _, row in read_table(published / LSOA_CHANGES, "lsoa11_code", "lsoa21_code", "lsoa21_name"):
        if row["lsoa11_code"] in by_code:
            pairs.setdefault(row["lsoa21_code"], []).append(row["lsoa11_code"])
            successors[row["lsoa11_code"]] += 1
            names[row["lsoa21_code"]] = row["lsoa21_name"]
    stated = _stated_2024(published)
    found = {}
    for code, olds in sorted(pairs.items()):
        agreeing = [old for old in olds if _lay_in(published, by_code[old]) == stated.get(code)]
        kept = agreeing or olds
        found[code] = (names[code], {old: people[old] / successors[old] for old in kept})
    return found


def _stated_2024(published: Path) -> dict[str, tuple[str, str]]:
    """The district and the sub-ICB location of each small area of 2021 in the look-ups of 2024."""
    ids, locations = council_ids(published), health_body_ids(published)["sicbl"]
    district = {
        row["lsoa21_code"]: ids[row["ltla24_code"]]
        for _, row in read_table(published / WARDS, "lsoa21_code", "ltla24_code")
        if row["lsoa21_code"].startswith("E")
    }
    return {
        row["lsoa21_code"]: (district[row["lsoa21_code"]], locations[row["sicbl24_code"]])
        for _, row in read_table(published / SUB_ICB_2024, "lsoa21_code", "sicbl24_code")
    }


def _lay_in(published: Path, lsoa: Lsoa) -> tuple[str, str]:
    location = health_body_ids(published)["sicbl"][lsoa.row["SICBL24CD"]]
    return district_of(lsoa, "LAD23CD"), location
