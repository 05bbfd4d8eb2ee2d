"""Where towns and villages lie on a map: GeoNames' points, with the named place of the tables that each is."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from shapely import STRtree
from shapely.geometry import Point as Spot
from shapely.geometry import shape

from orgmap.graphmodel.place_words import place_form
from orgmap.loaders.compile.boundaries.joining import GRID
from orgmap.loaders.published import read_table, read_text

POINTS = "data/geonames/england_places.csv"
OUTLINES = "data/ons/derived/boundaries/LAD23.geojson.gz"
COLUMNS = ("name", "within", "x", "y", "people")
NEAR = 0.02
"""Degrees: outlines are simplified, so a point may lie just outside its council."""

SORTS = ("town", "place")
"""The sorts of named places that GeoNames has points of."""

PointRow = tuple[str, str, str, str, str]


def point_rows(published: Path, data: Path) -> list[PointRow]:
    """Every point with the name and council of the tables where they know it, the largest first.

    `within` is blank where the tables know no such place, or several that it could be. `people` only ranks.
    """
    known = _named_places(data / "places" / "place_names.csv.gz")
    features = json.loads(read_text(published / OUTLINES))["features"]
    shapes = [shape(feature["geometry"]) for feature in features]
    tree = STRtree(shapes)
    best: dict[tuple[str, str, int, int], PointRow] = {}
    columns = ("name", "latitude", "longitude", "population", "other_names")
    for _, row in read_table(published / POINTS, *columns):
        longitude, latitude = float(row["longitude"]), float(row["latitude"])
        spot = Spot(longitude, latitude)
        council = _council(features[int(tree.nearest(spot))])
        names = [row["name"], *(other.strip() for other in row["other_names"].split(";"))]
        near = {place_form(_council(features[int(n)])) for n in tree.query(spot, "dwithin", NEAR)}
        near.add(place_form(council))
        meant = (_one(known[place_form(name)], council, near) for name in names)
        name, within = next(filter(None, meant), ("", ""))
        name = name or row["name"]
        x, y = round(longitude * GRID), round(latitude * GRID)
        made = (name, within, str(x), str(y), row["population"])
        # One place has one point: that of most people. Points of no known place stay apart.
        key = (name, within, 0, 0) if within else (name, "", x, y)
        if key not in best or int(best[key][4]) < int(made[4]):
            best[key] = made
    return sorted(best.values(), key=lambda made: (-int(made[4]), made))


def _council(feature: dict[str, Any]) -> str:
    name: str = feature["properties"]["name"]
    return name.removesuffix(", City of").removesuffix(", County of")


def _one(places: set[tuple[str, str]], council: str, near: set[str]) -> tuple[str, str] | None:
    """The place that lies in the council, or the only one in those near; two spellings of a name are one place."""
    here = [place for place in places if place_form(place[1]) == place_form(council)]
    beside = [place for place in places if place_form(place[1]) in near]
    if not here and len(beside) > 1:
        return None
    return min(here or beside, key=lambda place: (len(place[0]), place), default=None)


def _named_places(path: Path) -> dict[str, set[tuple[str, str]]]:
    """Towns and places of the tables, name and council, by their name as it is compared."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    text = gzip.decompress(path.read_bytes()).decode()
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if row["kind"].partition(" (")[0] in SORTS:
            found[place_form(row["name"])].add((row["name"], row["within"]))
    return found
