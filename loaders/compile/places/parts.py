"""Named pieces of England whose extent is known, LSOA by LSOA: wards, neighbourhoods, and the small areas of 2021."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.areas import district_of
from orgmap.loaders.compile.places.bodies import council_ids, health_body_ids
from orgmap.loaders.compile.places.layers import LSOA_CHANGES, SUB_ICB_2024, Lsoa
from orgmap.loaders.published import read_table, read_text

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


MSOA_CODES = "data/ons/lookups_2019_2024/lookup_msoa11_msoa21_ltla22.csv.gz"
MSOA_NAMES = "data/ons/places/hocl_msoa11_names_centroids.geojson.gz"
POPULATION = "data/ons/population/lsoa11_population_2017_2019_2020.csv.gz"

Weights = dict[str, float]
"""LSOA code → how many people of it live in a place."""


class PlacePart(NamedTuple):
    """A ward or neighbourhood: its name, the council it lies in (lowest tier, 2023), and its people by LSOA."""

    code: str
    name: str
    kind: str
    district: str
    people: Weights

    @property
    def plain_name(self) -> str:
        """The name as it is compared."""
        return normalise(self.name)


class Neighbourhoods(NamedTuple):
    """The middle-layer areas (MSOA of 2011): code → name, and the one in which each LSOA lies."""

    names: dict[str, str]
    of_lsoa: dict[str, str]


def read_population(published: Path, lsoas: list[Lsoa]) -> Weights:
    """People in mid-2020 in each LSOA; raises `DataBroken` if one is missing."""
    people = {
        row["lsoa11_code"]: float(row["pop_mid2020"])
        for _, row in read_table(published / POPULATION, "lsoa11_code", "pop_mid2020")
        if row["pop_mid2020"]
    }
    if missing := [lsoa.code for lsoa in lsoas if lsoa.code not in people]:
        raise DataBroken(f"{published / POPULATION}: no population for {', '.join(missing[:9])}.")
    return {lsoa.code: people[lsoa.code] for lsoa in lsoas}


def read_neighbourhoods(published: Path, lsoas: list[Lsoa]) -> Neighbourhoods:
    """The MSOAs with the House of Commons Library's names; an LSOA's name is its MSOA's with a letter added.

    Two MSOAs (Northumberland 001 and Isles of Scilly 001) are not in the list of names and keep the official one.
    """
    codes = {r["msoa11_name"]: r["msoa11_code"] for _, r in read_table(published / MSOA_CODES, "msoa11_code")}
    features = json.loads(read_text(published / MSOA_NAMES))["features"]
    spoken = {f["properties"]["msoa11cd"]: f["properties"]["msoa11hclnm"] for f in features}
    names: dict[str, str] = {}
    of_lsoa: dict[str, str] = {}
    for lsoa in lsoas:
        official = lsoa.name[:-1]
        if official not in codes:
            raise DataBroken(f"{published / MSOA_CODES}: no MSOA is called “{official}” ({lsoa.code}).")
        of_lsoa[lsoa.code] = codes[official]
        names[codes[official]] = spoken.get(codes[official]) or official
    return Neighbourhoods(names, of_lsoa)


def neighbourhood_parts(lsoas: list[Lsoa], people: Weights, found: Neighbourhoods) -> list[PlacePart]:
    """Each MSOA as a named part."""
    members: dict[str, list[Lsoa]] = {}
    for lsoa in lsoas:
        members.setdefault(found.of_lsoa[lsoa.code], []).append(lsoa)
    return [
        PlacePart(
            code,
            found.names[code],
            "neighbourhood",
            _mostly(inside),
            {lsoa.code: people[lsoa.code] for lsoa in inside},
        )
        for code, inside in sorted(members.items())
    ]


def _mostly(lsoas: list[Lsoa]) -> str:
    counted = Counter(district_of(lsoa, "LAD23CD") for lsoa in lsoas)
    return min(counted, key=lambda district: (-counted[district], district))


def ward_parts(published: Path, small: SmallAreas) -> list[PlacePart]:
    """Each ward of 2024 with the people of the small areas of 2021 that fit it best."""
    inside: dict[str, Weights] = {}
    named: dict[str, tuple[str, str]] = {}
    for line, ward in read_table(published / WARDS, "lsoa21_code", "ward24_code", "ward24_name"):
        if not ward["ward24_code"].startswith("E"):
            continue
        if ward["lsoa21_code"] not in small:
            raise DataBroken(f"{published / WARDS}:{line}: {ward['lsoa21_code']} is no small area of 2021.")
        weights = inside.setdefault(ward["ward24_code"], {})
        for lsoa, people in small[ward["lsoa21_code"]][1].items():
            weights[lsoa] = weights.get(lsoa, 0.0) + people
        named[ward["ward24_code"]] = (ward["ward24_name"], council_ids(published)[ward["ltla24_code"]])
    return [
        PlacePart(code, name, "ward", district, inside[code])
        for code, (name, district) in sorted(named.items())
    ]
