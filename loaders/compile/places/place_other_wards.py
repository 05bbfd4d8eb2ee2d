"""Wards of other years than 2024: a list has their codes, names, districts and mostly a point in their middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.place_areas import district_of
from orgmap.loaders.compile.places.place_codes import council_area_names, council_ids
from orgmap.loaders.compile.places.place_ground import Ground, extent_of
from orgmap.loaders.compile.places.place_layers import LAYERS, Lsoa
from orgmap.loaders.compile.places.place_merging import NamedPlace
from orgmap.loaders.compile.places.place_parts import Weights
from orgmap.loaders.compile.places.place_points import Middles, by_distance
from orgmap.loaders.published import read_table

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
