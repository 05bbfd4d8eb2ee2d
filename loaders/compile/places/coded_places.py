"""Places by their code: small areas of 2021, wards of 2024, counties, regions of government, combined authorities.

Each is given by the areas that its people live in. What was drawn anew in 2021 is made of the small areas of 2011.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.places.place_areas import district_of
from orgmap.loaders.compile.places.place_codes import council_area_names, council_ids
from orgmap.loaders.compile.places.place_layers import Lsoa
from orgmap.loaders.compile.places.place_parts import MSOA_CODES, Part, Weights
from orgmap.loaders.compile.places.place_small_areas import SmallAreas
from orgmap.loaders.published import read_table

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
    published: Path,
    lsoas: list[Lsoa],
    area_of: dict[str, str],
    people: Weights,
    small: SmallAreas,
    wards: Iterable[Part],
) -> list[Coded]:
    """Every place with a code that is no neighbourhood of 2011 and no body, in order of the codes.

    Raises `DataBroken` for a code whose extent the tables do not give.
    """
    names = council_area_names(published)
    found = [
        Coded(part.code, part.name, WARD, names[part.district], _by_area(part.people, area_of))
        for part in wards
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


def _neighbourhoods(published: Path, small: SmallAreas, area_of: dict[str, str]) -> list[Coded]:
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
