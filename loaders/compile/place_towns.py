"""Towns and parishes: lists of names that do not say how far each place reaches, and for towns not even where.

The ONS numbered the built-up areas of 2022 from north to south by the national grid. So a town's code
tells how far north it lies, and a namesake (a parish, ward, neighbourhood or district of that name)
far from there is another place: the town of Canterbury is not the neighbourhood of that name in Bradford.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from graphmodel.text import normalise
from loaders.compile.place_codes import council_area_names, council_ids
from loaders.compile.place_parts import Part, Weights
from loaders.published import read_table

PLACES = "data/ons/places/onsvisual_cp_places.csv.gz"

METRES_OFF = 4_000
"""How far north or south of where its code puts a town a namesake's middle may lie."""

_SUFFIX = re.compile(r"(?P<name>.+?) \((?P<district>[^()]+)\)")


class Listed(NamedTuple):
    """A name on a list: its code and, for a parish, the district that the list gives."""

    code: str
    name: str
    parent: str


class District(NamedTuple):
    """A council's area as the towns see it: its people by LSOA, and from where to where it reaches north."""

    id: str
    name: str
    people: Weights
    south: float
    north: float

    def reaches(self, northing: float) -> bool:
        """Whether some of the district lies about that far north."""
        return self.south - METRES_OFF <= northing <= self.north + METRES_OFF


class Ruler(NamedTuple):
    """How far north a built-up area lies, read off its number."""

    numbers: list[int]
    northings: list[float]

    def northing(self, code: str) -> float:
        """Metres north on the national grid, between the two nearest numbers known."""
        number = int(code[3:])
        after = bisect_left(self.numbers, number)
        if after in (0, len(self.numbers)):
            return self.northings[min(after, len(self.numbers) - 1)]
        left, right = self.numbers[after - 1], self.numbers[after]
        share = (number - left) / (right - left)
        return self.northings[after - 1] * (1 - share) + self.northings[after] * share


def read_listed(published: Path, prefix: str) -> list[Listed]:
    """The names with that kind of code: E63 built-up areas, E04 parishes."""
    return [
        Listed(row["areacd"], row["areanm"], row["parentcd"])
        for _, row in read_table(published / PLACES, "areacd", "areanm", "parentcd")
        if row["areacd"].startswith(prefix)
    ]


def name_and_district(name: str) -> tuple[str, str]:
    """Takes apart a name that the ONS made unique: “Royston (North Hertfordshire)”.

    >>> name_and_district("Royston (North Hertfordshire)")
    ('Royston', 'North Hertfordshire')
    """
    match = _SUFFIX.fullmatch(name)
    return (match["name"], match["district"]) if match else (name, "")


def middle(people: Weights, northings: dict[str, float]) -> float | None:
    """How far north the people of a place live on average; None if none of its LSOAs has a postcode."""
    known = {lsoa: weight for lsoa, weight in people.items() if lsoa in northings}
    total = sum(known.values())
    return sum(northings[lsoa] * weight for lsoa, weight in known.items()) / total if total else None


def read_ruler(towns: list[Listed], parts: Iterable[Part], northings: dict[str, float]) -> Ruler:
    """The ruler, from towns that share their name with just one neighbourhood; far-off namesakes are dropped."""
    named: dict[str, list[float]] = {}
    for part in parts:
        if (northing := middle(part.people, northings)) is not None:
            named.setdefault(part.plain_name, []).append(northing)
    marks = []
    for town in sorted(towns):
        found = named.get(normalise(town.name), [])
        if len(found) == 1:
            marks.append((int(town.code[3:]), found[0]))
    near = [
        mark
        for place, mark in enumerate(marks)
        if abs(mark[1] - median(north for _, north in marks[max(0, place - 7) : place + 8])) < 3 * METRES_OFF
    ]
    smooth = [median(north for _, north in near[max(0, place - 2) : place + 3]) for place in range(len(near))]
    return Ruler([number for number, _ in near], smooth)


def contains_name(longer: str, name: str) -> bool:
    """Whether a name holds another as whole words.

    >>> contains_name("margate central", "margate"), contains_name("ashington", "ash")
    (True, False)
    """
    return f" {name} " in f" {longer} "


def town_districts(
    name: str,
    northing: float,
    districts: Iterable[District],
    parts: Iterable[Part],
    parishes: dict[str, set[str]],
) -> set[str]:
    """The districts in which a town of that name can lie, given how far north it is; exact namesakes win.

    `parts` are wards and neighbourhoods that hold the town's name and lie about that far north,
    `parishes` the districts of the parishes of each name.
    """
    reaching = {district.id for district in districts if district.reaches(northing)}
    parts = list(parts)
    exact = {part.district for part in parts if part.plain_name == name} | (
        parishes.get(name, set()) & reaching
    )
    exact |= {d.id for d in districts if d.id in reaching and normalise(d.name) == name}
    return exact or {part.district for part in parts}
