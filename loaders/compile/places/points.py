"""Places known by a point, taken together with the towns of the list of built-up areas as one list of places.

A point is no area. Its council is the one in whose outline it lies; its neighbourhoods are those of that council
nearest to it, until as many people live in them as the place is said to have. All of it is estimated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from math import cos, hypot, radians
from pathlib import Path
from typing import NamedTuple

from shapely import STRtree
from shapely.affinity import scale
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from orgmap.graphmodel.place_words import place_form
from orgmap.loaders.compile.places.bodies import council_ids
from orgmap.loaders.compile.places.parts import Weights
from orgmap.loaders.compile.places.towns import ESTIMATED, NOT_KNOWN, District, short_form
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
        points.append(Point(row["name"], others, own, near, people, reach))
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


class NamedPlace(NamedTuple):
    """A name with its kind, the council that tells it from namesakes, and its shares of areas.

    `people` (for ranking; blank: not known), `near` (councils within a kilometre of its point), `called` (its
    whole name, if this is a shorter or other one), `basis` (blank, or estimated: placed by a point).
    """

    name: str
    kind: str
    within: str
    shares: dict[str, float]
    county: str = ""
    people: str = ""
    near: str = ""
    called: str = ""
    basis: str = ""
    note: str = ""


class Town(NamedTuple):
    """A place in a council (lowest tier, 2023), and its compared name."""

    district: str
    form: str
    place: NamedPlace


Shares = Callable[[Weights], dict[str, float]]
"""Turns people by LSOA into shares of areas."""


def merged(
    towns: list[Town], points: list[Point], districts: dict[str, District], councils: set[str], shares: Shares
) -> list[Town]:
    """Every town and every point once; towns with the people of their points, and all with their other names.

    `councils` are the compared names of all councils' areas, also of those that ended.
    """
    found: dict[tuple[str, str], list[Town]] = {}
    for town in towns:
        found.setdefault((town.district, town.form), []).append(town)
    pointed: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        pointed.setdefault((point.district, point.form), []).append(point)
    placed: list[Town] = []
    others: list[Town] = []
    named_so = {town.form for town in towns}
    for key, here in sorted(pointed.items()):
        if key[1] in councils - named_so and all(point.people is None for point in here):
            continue  # a council's whole area, told as if it were a town: Mendip
        place = _of_points(here, districts, shares)
        known = found.pop(key, []) or _across_the_border(here, found, pointed)
        own = [_told_by(town, place) for town in known] or [Town(*key, place)]
        placed += own
        names = dict.fromkeys(name for point in here for name in point.others)
        others += _other_names(own[0], names)
    rest = [town for known in found.values() for town in known]
    whole = {(town.district, town.form) for town in [*placed, *rest]}
    for town in [*placed, *rest]:
        others += _other_names(town, {_short(town.place.name): None})
    called: dict[tuple[str, str], dict[str, Town]] = {}
    for town in others:
        if (town.district, town.form) not in whole:
            called.setdefault((town.district, town.form), {})[town.place.called] = town
    # A shorter name that two places of one council could have tells neither.
    rest += [town for named in called.values() if len(named) == 1 for town in named.values()]
    return _one_name_each([*placed, *rest])


def _across_the_border(
    points: list[Point], towns: dict[tuple[str, str], list[Town]], pointed: dict[tuple[str, str], list[Point]]
) -> list[Town]:
    """The town that a point within a kilometre of its council stands for, if that council has no such point."""
    for point in points:
        for council in point.near:
            key = (council, point.form)
            if key in towns and key not in pointed:
                return towns.pop(key)
    return []


def _of_points(points: list[Point], districts: dict[str, District], shares: Shares) -> NamedPlace:
    """The place of a point, or of several with one name in one council."""
    reach: Weights = {}
    for point in points:
        reach |= point.reach
    district = districts[points[0].district]
    people = [point.people for point in points]
    known = [number for number in people if number is not None]
    near = sorted({districts[council].name for point in points for council in point.near})
    extent = "" if len(shares(district.people)) == 1 else ESTIMATED
    return NamedPlace(
        points[0].name,
        f"place{extent}",
        district.name,
        shares(reach),
        people=str(round(max(known))) if len(known) == len(people) else "",
        near=" and ".join(near),
        basis="estimated",
    )


def _told_by(town: Town, point: NamedPlace) -> Town:
    """A town with what its point tells: the people, the border, and the reach where no other is known."""
    near = point.near if within_of(town.place) == point.within else point.within
    place = town.place._replace(people=point.people, near=near)
    if NOT_KNOWN in place.kind and near == point.near:
        place = place._replace(kind=f"town{ESTIMATED}", shares=point.shares, within=point.within)
    return town._replace(place=place)


def within_of(place: NamedPlace) -> str:
    """The council of today in which a place lies: “Cumberland” of “Allerdale, now Cumberland”."""
    return place.within.rpartition(", now ")[2]


def _short(name: str) -> str:
    """A name without what tells which river or sea: “Clacton” for “Clacton-on-Sea”."""
    short = short_form(place_form(name))
    return name[: len(short)] if place_form(name[: len(short)]) == short else ""


def _other_names(town: Town, names: dict[str, None]) -> Iterator[Town]:
    for name in names:
        if name and place_form(name) != town.form:
            yield town._replace(
                form=place_form(name), place=town.place._replace(name=name, called=town.place.name)
            )


def _one_name_each(towns: list[Town]) -> list[Town]:
    """Two places that one name in one council and kind could mean, as one: the larger comes first."""
    found: dict[tuple[str, str, str], Town] = {}
    for town in towns:
        key = (town.place.name, town.place.kind, town.place.within)
        if key not in found or float(town.place.people or 0) > float(found[key].place.people or 0):
            found[key] = town
    return list(found.values())
