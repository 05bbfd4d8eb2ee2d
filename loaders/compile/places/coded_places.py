"""Places by their code: small areas of 2021, wards of 2024, counties, regions of government, combined authorities.

Each is given by the areas that its people live in. What was drawn anew in 2021 is made of the small areas of 2011.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graphmodel.errors import DataBroken
from loaders.compile.places.place_areas import district_of
from loaders.compile.places.place_codes import council_area_names, council_ids, health_body_ids
from loaders.compile.places.place_layers import LSOA_CHANGES, SUB_ICB_2024, Lsoa
from loaders.compile.places.place_parts import MSOA_CODES, WARDS, Part, Weights
from loaders.published import read_table

SMALL_AREA, NEIGHBOURHOOD, WARD = "small area of 2021", "neighbourhood of 2021", "ward"

_WHOLES = (
    ("data/ons/lookups_2019_2024/lookup_ltla24_region24.csv", "ltla24_code", "region24", "region"),
    ("data/ons/lookups/lad17_cty17.csv", "LAD17CD", "CTY17", "county"),
    ("data/ons/lookups/lad19_cauth19.csv", "LAD19CD", "CAUTH19", "combined authority"),
)
_COLUMNS = {"region24": ("region24_code", "region24_name")}
_TAKEN = ("E11", "E12", "E47")
"""Codes of metropolitan counties, regions and combined authorities; E10 is a county council's."""


class Coded(NamedTuple):
    """A place that has a code, and its people in each area."""

    code: str
    name: str
    kind: str
    within: str
    people: dict[str, float]


def coded_places(
    published: Path, lsoas: list[Lsoa], area_of: dict[str, str], people: Weights, parts: Iterable[Part]
) -> list[Coded]:
    """Every place with a code that is no neighbourhood of 2011 and no body, in order of the codes.

    Raises `DataBroken` for a code whose extent the tables do not give.
    """
    small = _small_areas(published, lsoas, people)
    names = council_area_names(published)
    found = [
        Coded(part.code, part.name, WARD, names[part.district], _by_area(part.people, area_of))
        for part in parts
        if part.kind == "ward"
    ]
    known = {lsoa.code for lsoa in lsoas}
    found += [
        Coded(code, name, SMALL_AREA, "", _by_area(weights, area_of))
        for code, (name, weights) in small.items()
        if code not in known
    ]
    found += _neighbourhoods(published, small, area_of)
    found += _wholes(published, lsoas, area_of, people)
    return sorted(found)


def _by_area(weights: Weights, area_of: dict[str, str]) -> dict[str, float]:
    counted: dict[str, float] = {}
    for lsoa, count in sorted(weights.items()):
        counted[area_of[lsoa]] = counted.get(area_of[lsoa], 0.0) + count
    return counted


def _small_areas(published: Path, lsoas: list[Lsoa], people: Weights) -> dict[str, tuple[str, Weights]]:
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


def _neighbourhoods(
    published: Path, small: dict[str, tuple[str, Weights]], area_of: dict[str, str]
) -> list[Coded]:
    """The neighbourhoods (MSOAs) that are new in 2021; a small area bears the name of its own, and a letter."""
    members: dict[str, Weights] = {}
    for name, weights in small.values():
        inside = members.setdefault(name[:-1], {})
        for lsoa, count in weights.items():
            inside[lsoa] = inside.get(lsoa, 0.0) + count
    path = published / MSOA_CODES
    rows = [row for _, row in read_table(path, "msoa11_code", "msoa21_code", "msoa21_name")]
    known = {row["msoa11_code"] for row in rows}
    found = {}
    for row in rows:
        code, name = row["msoa21_code"], row["msoa21_name"]
        if code.startswith("E") and code not in known:
            if name not in members:
                raise DataBroken(f"{path}: no small area of 2021 lies in {name}.")
            found[code] = Coded(code, name, NEIGHBOURHOOD, "", _by_area(members[name], area_of))
    return list(found.values())


def _wholes(published: Path, lsoas: list[Lsoa], area_of: dict[str, str], people: Weights) -> list[Coded]:
    """Regions, metropolitan counties and combined authorities: the people of their councils' areas."""
    ids = council_ids(published)
    inside: dict[str, Weights] = {}
    for lsoa in lsoas:
        inside.setdefault(district_of(lsoa, "LAD23CD"), {})[lsoa.code] = people[lsoa.code]
    found = []
    for path, district, whole, kind in _WHOLES:
        code, name = _COLUMNS.get(whole, (f"{whole}CD", f"{whole}NM"))
        members: dict[tuple[str, str], Weights] = {}
        for _, row in read_table(published / path, district, code, name):
            if row[code].startswith(_TAKEN):
                members.setdefault((row[code], row[name]), {}).update(inside.get(ids[row[district]], {}))
        found += [
            Coded(code, name, kind, "", _by_area(weights, area_of))
            for (code, name), weights in sorted(members.items())
            if weights
        ]
    return found
