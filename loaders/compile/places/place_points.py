"""Places known by a point: in which council's outline each lies, how near a border, and what it reaches over.

A point is no area. Its council is the one in whose outline it lies; its neighbourhoods are those of that council
nearest to it, until as many people live in them as the place is said to have. All of it is estimated.
"""

from __future__ import annotations

import json
import re
from math import cos, hypot, radians
from pathlib import Path
from typing import NamedTuple

from shapely import STRtree
from shapely.affinity import scale
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from orgmap.graphmodel.place_words import place_form
from orgmap.loaders.compile.places.place_codes import council_ids
from orgmap.loaders.compile.places.place_parts import Weights
from orgmap.loaders.compile.places.place_towns import District
from orgmap.loaders.published import read_table, read_text

POINTS = "data/geonames/england_places.csv"
OUTLINES = "data/ons/derived/boundaries/LAD23.geojson.gz"

METRES_TO_BORDER = 1_000
"""A point so near to another council's outline is near the border: the outlines are simplified."""

METRES_TO_SHORE = 5_000
"""How far from a point in no outline a second council is still named."""

WHOLE_DISTRICT = 0.8
"""A place with so much of its district's people is told with those of the whole district: its own are not known."""

METRES_OF_A_VILLAGE, METRES_EACH = 6_000, 20
"""A place reaches no farther than this, and so much for the root of its people; else the number is another place's."""

DEGREE = 111_320
"""Metres in a degree of latitude."""

_BEFORE = r"(?:Great|Royal|High|Chipping|Market|New|Old|East|West|North|South|Isle of)"
_AFTER = r"(?:Town|Village|Regis|(?:on|upon|by|in|under|le|next)[ -](?:the[ -])?[A-Z][a-z]+)"
_FIRST = ("royal ", "great ", "high ", "market ", "chipping ", "city of ")

Middles = dict[str, tuple[float, float]]
"""LSOA code → latitude and longitude of the middle of its postcodes."""


class Point(NamedTuple):
    """A named point: its council (lowest tier, 2023), its people for ranking (None: not known), and its reach."""

    name: str
    others: tuple[str, ...]
    district: str
    near: tuple[str, ...]
    people: float | None
    reach: Weights
    nearest: str

    @property
    def form(self) -> str:
        """The name as it is compared."""
        return place_form(self.name)


class _Outlines:
    """The councils' outlines, to be asked for a point in degrees."""

    def __init__(self, published: Path) -> None:
        features = json.loads(read_text(published / OUTLINES))["features"]
        ids = council_ids(published)
        self.ids = [ids[feature["properties"]["code"]] for feature in features]
        self._shapes = [shape(feature["geometry"]) for feature in features]
        self._tree = STRtree(self._shapes)
        self._metric: dict[int, BaseGeometry] = {}

    def about(self, latitude: float, longitude: float) -> tuple[str, bool, tuple[str, ...]]:
        """The council of a point, whether it lies in an outline at all, and the councils near to it."""
        spot = Spot(longitude, latitude)
        found = sorted(
            (self._metres(number, spot), self.ids[number]) for number in self._tree.query(spot.buffer(0.2))
        )
        inside = bool(found[0][0] == 0)
        own = found[0][1]
        if inside:
            near = tuple(council for metres, council in found[1:] if metres <= METRES_TO_BORDER)
        else:
            near = tuple(council for metres, council in found[1:2] if metres <= METRES_TO_SHORE) or (own,)
        return own, inside, near

    def _metres(self, number: int, spot: Spot) -> float:
        outline = self._shapes[number]
        narrow = cos(radians(outline.centroid.y))
        if number not in self._metric:
            self._metric[number] = scale(outline, xfact=narrow * DEGREE, yfact=DEGREE, origin=(0, 0))
        return float(self._metric[number].distance(Spot(spot.x * narrow * DEGREE, spot.y * DEGREE)))


def read_points(published: Path, districts: dict[str, District], middles: Middles) -> list[Point]:
    """Every listed place with its council and its reach; a population of nought is not known."""
    outlines = _Outlines(published)
    inside = {
        district.id: [(*middles[lsoa], lsoa) for lsoa in sorted(district.people) if lsoa in middles]
        for district in districts.values()
    }
    points = []
    for _, row in read_table(
        published / POINTS, "name", "latitude", "longitude", "population", "other_names"
    ):
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        own, _, near = outlines.about(latitude, longitude)
        district = districts[own]
        people: float | None = float(row["population"])
        everyone = sum(district.people.values())
        nearest = by_distance(inside[own], latitude, longitude)
        if not people or people >= WHOLE_DISTRICT * everyone:
            reach = (
                dict(district.people)
                if people and place_form(row["name"]) == place_form(district.name)
                else {}
            )
            people = None
        else:
            reach = _reach(nearest, district.people, people)
            farthest = max(_metres_off(middles[lsoa], latitude, longitude) for lsoa in reach)
            if farthest > METRES_OF_A_VILLAGE + METRES_EACH * people**0.5:
                people, reach = None, {}
        reach = reach or {nearest[0]: district.people[nearest[0]]}
        others = tuple(other_names(row["name"], row["other_names"]))
        points.append(Point(row["name"], others, own, near, people, reach, nearest[0]))
    return points


def by_distance(lsoas: list[tuple[float, float, str]], latitude: float, longitude: float) -> list[str]:
    """The neighbourhoods with these middles, those nearest to a point first."""
    narrow = cos(radians(latitude))
    return [
        lsoa
        for _, lsoa in sorted(
            (hypot(lat - latitude, (lon - longitude) * narrow), lsoa) for lat, lon, lsoa in lsoas
        )
    ]


def _metres_off(middle: tuple[float, float], latitude: float, longitude: float) -> float:
    north, east = middle[0] - latitude, (middle[1] - longitude) * cos(radians(latitude))
    return hypot(north, east) * DEGREE


def _reach(nearest: list[str], living: Weights, people: float) -> Weights:
    """The nearest neighbourhoods in which so many people live; at least one."""
    found: Weights = {}
    for lsoa in nearest:
        if sum(found.values()) + living[lsoa] / 2 > people and found:
            break
        found[lsoa] = living[lsoa]
    return found


def other_names(name: str, listed: str) -> list[str]:
    """The other names that English people type: shorter ones, and longer ones built as English ones are.

    >>> other_names("Royal Leamington Spa", "Leamington Spa; Rojal Lemington Spa; Leamington")
    ['Leamington Spa', 'Leamington']
    >>> other_names("Ashford", "Ashford i Kent; Ashford on Stour")
    ['Ashford on Stour']
    """
    form = place_form(name)
    shorter = [form, *(form.removeprefix(first) for first in _FIRST if form.startswith(first))]
    longer = re.compile(rf"(?:{_BEFORE} )?{re.escape(name)}(?:[ -]{_AFTER})?")
    found: dict[str, str] = {}
    for other in listed.split("; "):
        if not re.fullmatch(r"[A-Z][A-Za-z' .-]+", other) or (typed := place_form(other)) == form:
            continue
        if any(f"{one} ".startswith(f"{typed} ") for one in shorter) or longer.fullmatch(other):
            found.setdefault(typed, other)
    return [other for typed, other in found.items() if typed not in _NO_NAMES]


_NO_NAMES = {"bury st", "welwyn garden", "hemel", "brent", "london", "london city"}
"""Shorter names that nobody means the place by, or that are another place's."""
