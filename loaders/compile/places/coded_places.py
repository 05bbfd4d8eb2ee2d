"""Places by their code: small areas of 2021, counties, regions, combined authorities, wards of 2024 and other years.

Each is given by the areas that its people live in. What was drawn anew in 2021 is made of the small areas of 2011.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.areas import district_of
from orgmap.loaders.compile.places.bodies import council_area_names, council_ids
from orgmap.loaders.compile.places.layers import LAYERS, Lsoa
from orgmap.loaders.compile.places.parts import MSOA_CODES, PlacePart, SmallAreas, Weights
from orgmap.loaders.compile.places.points import Middles, NamedPlace, by_distance
from orgmap.loaders.compile.places.towns import Ground, extent_of
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
    wards: Iterable[PlacePart],
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


WARDS_OF_YEARS = "data/ons/places/drkane_wards_latlong.csv.gz"

BY_ITS_MIDDLE = " (by its middle)"
"""Behind the kind of a ward: of its district's areas it gets the one with the neighbourhood nearest to its middle.

Of 1,482 wards of 2024 in districts of several areas 1,469 lie for the most part in the one so found.
"""


def other_wards(
    published: Path, lsoas: list[Lsoa], people: Weights, middles: Middles, ground: Ground, known: set[str]
) -> Iterator[tuple[str, NamedPlace]]:
    """Code and place of each ward that is not among the `known` ones of 2024; raises `DataBroken` for a new district.

    The year in its kind is that of the list in which it first stands; those of 2016 hold many from before.
    """
    ids, names = council_ids(published), council_area_names(published)
    districts = _districts(lsoas, people)
    path = published / WARDS_OF_YEARS
    for line, row in read_table(path, "WDCD", "WDNM", "LADCD", "SOURCEFILE", "LADCD_ACTIVE", "latitude"):
        code = row["WDCD"]
        if not code.startswith("E05") or code in known:
            continue
        district, today = ids.get(row["LADCD"], ""), ids.get(row["LADCD_ACTIVE"], "")
        if district not in districts or not today:
            raise DataBroken(f"{path}:{line}: {row['LADCD']} is no district of 2011 to 2023.")
        inside = districts[district]
        within = names[today] if district == today else f"{names[district]}, now {names[today]}"
        extent, shares = extent_of(normalise(row["WDNM"]), inside, ground)
        if extent and row["latitude"]:
            spot = float(row["latitude"]), float(row["longitude"])
            nearest = by_distance([(*middles[one], one) for one in inside if one in middles], *spot)[0]
            extent, shares = BY_ITS_MIDDLE, ground.shares({nearest: inside[nearest]})
        yield code, NamedPlace(row["WDNM"], f"ward of {row['SOURCEFILE']}{extent}", within, shares)


def _districts(lsoas: list[Lsoa], people: Weights) -> dict[str, Weights]:
    """Every district (lowest tier) of 2011 to 2023, with the people of all neighbourhoods that ever lay in it."""
    [layer] = [layer for layer in LAYERS if layer.prefix == "district"]
    found: dict[str, Weights] = {}
    for lsoa in lsoas:
        for vintage in layer.vintages:
            found.setdefault(district_of(lsoa, vintage.column), {})[lsoa.code] = people[lsoa.code]
    return found
