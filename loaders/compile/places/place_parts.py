"""Wards and neighbourhoods: named pieces of England whose extent is known, LSOA by LSOA."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.place_areas import district_of
from orgmap.loaders.compile.places.place_codes import council_ids
from orgmap.loaders.compile.places.place_layers import Lsoa
from orgmap.loaders.compile.places.place_small_areas import WARDS, SmallAreas
from orgmap.loaders.published import read_table, read_text

MSOA_CODES = "data/ons/lookups_2019_2024/lookup_msoa11_msoa21_ltla22.csv.gz"
MSOA_NAMES = "data/ons/places/hocl_msoa11_names_centroids.geojson.gz"
POPULATION = "data/ons/population/lsoa11_population_2017_2019_2020.csv.gz"

Weights = dict[str, float]
"""LSOA code → how many people of it live in a place."""


class Part(NamedTuple):
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


def neighbourhood_parts(lsoas: list[Lsoa], people: Weights, found: Neighbourhoods) -> list[Part]:
    """Each MSOA as a named part."""
    members: dict[str, list[Lsoa]] = {}
    for lsoa in lsoas:
        members.setdefault(found.of_lsoa[lsoa.code], []).append(lsoa)
    return [
        Part(
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


def ward_parts(published: Path, small: SmallAreas) -> list[Part]:
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
        Part(code, name, "ward", district, inside[code]) for code, (name, district) in sorted(named.items())
    ]
