"""In which district a town lies: the list of built-up areas gives names and codes, and no district.

The ONS numbered the built-up areas of 2022 from north to south by the national grid. So a town's code
tells how far north it lies, and a namesake (a parish, ward, neighbourhood or district of that name)
far from there is another place: the town of Canterbury is not the neighbourhood of that name in Bradford.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.place_words import BETWEEN_PIECES, QUARTERS, pieces_of
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.areas import district_of
from orgmap.loaders.compile.places.bodies import council_area_names, council_ids
from orgmap.loaders.compile.places.layers import Lsoa
from orgmap.loaders.compile.places.parts import PlacePart, Weights
from orgmap.loaders.published import read_table

PLACES = "data/ons/places/onsvisual_cp_places.csv.gz"

METRES_OFF = 2_500
"""How far north or south of where its code puts a town a namesake may lie; twice as much brought in strangers."""

ESTIMATED, NOT_KNOWN = " (extent estimated)", " (extent not known)"
"""Behind a kind: the shares are those of wards and neighbourhoods taken for the place, or of the whole district."""

_IN_BRACKETS = re.compile(r"(?P<name>.+?) \((?P<in_brackets>[^()]+)\)")
_TAIL = re.compile(r" (?:on|upon|by|in|under|le|next|super|cum|juxta) ")


class Listed(NamedTuple):
    """A name on a list: its code, the name, what stood in brackets behind it, and a parish's district."""

    code: str
    name: str
    in_brackets: str
    parent: str


class District(NamedTuple):
    """A council's area (lowest tier): its people by LSOA, and from where to where it reaches north."""

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
        """Metres north on the national grid, between the two nearest numbers known.

        >>> Ruler([10, 20], [600.0, 500.0]).northing("E63000015")
        550.0
        """
        number = int(code[3:])
        after = bisect_left(self.numbers, number)
        if after in (0, len(self.numbers)):
            return self.northings[min(after, len(self.numbers) - 1)]
        left, right = self.numbers[after - 1], self.numbers[after]
        share = (number - left) / (right - left)
        return self.northings[after - 1] * (1 - share) + self.northings[after] * share


class Namesakes(NamedTuple):
    """Where each name occurs: wards and neighbourhoods by name and by piece of a name, districts of parishes."""

    by_word: dict[str, list[PlacePart]]
    parts: dict[str, list[PlacePart]]
    pieces: dict[str, list[PlacePart]]
    parishes: dict[str, set[str]]
    northings: dict[str, float]

    def near(self, name: str, northing: float, pieces: bool = False) -> set[str]:
        """The districts with a ward or neighbourhood of that name (or that has it as a piece) about that far north."""
        found = (self.pieces if pieces else self.parts).get(name, [])
        return {p.district for p in found if abs(self.northings.get(p.code, -1e9) - northing) <= METRES_OFF}

    def holding(self, name: str) -> list[PlacePart]:
        """The wards and neighbourhoods whose name has that (compared) name in it, as whole words."""
        return [
            part for part in self.by_word.get(name.split()[0], []) if f" {name} " in f" {part.plain_name} "
        ]

    def only(self, name: str) -> set[str]:
        """The district of all wards and neighbourhoods that hold the name, if it is one and no parish has the name."""
        holding = self.holding(name)
        districts = {part.district for part in holding}
        begun = any(begins_with(part.name, name) for part in holding)
        return districts if len(districts) == 1 and begun and name not in self.parishes else set()


def read_listed(published: Path, prefix: str) -> list[Listed]:
    """The names with that kind of code, in order: E63 built-up areas of 2022, E04 parishes.

    The ONS made names unique by brackets: “Royston (North Hertfordshire)”.
    """
    listed = []
    for _, row in read_table(published / PLACES, "areacd", "areanm", "parentcd"):
        if row["areacd"].startswith(prefix):
            match = _IN_BRACKETS.fullmatch(row["areanm"])
            name, in_brackets = (match["name"], match["in_brackets"]) if match else (row["areanm"], "")
            listed.append(Listed(row["areacd"], name, in_brackets, row["parentcd"]))
    return sorted(listed)


def names_in(name: str) -> list[str]:
    """The places that a ward or neighbourhood is called after, as they are written.

    >>> names_in("Clapham Town"), names_in("Mayfair & St James's"), names_in("West Ham")
    (['Clapham'], ['Mayfair', "St James's"], ['West Ham'])
    """
    found = []
    for piece in BETWEEN_PIECES.split(name):
        words = piece.split()
        while len(words) > 1 and normalise(words[-1]) in QUARTERS:
            words.pop()
        found.append(" ".join(words))
    return [one for one in dict.fromkeys(found) if len(one) > 2]


def begins_with(longer: str, name: str) -> bool:
    """Whether a piece of a name begins with a (compared) name.

    >>> begins_with("Huddersfield Leeds Road & Fartown", "huddersfield")
    True
    """
    return any(f"{piece} ".startswith(f"{name} ") for piece in pieces_of(longer))


def short_form(name: str) -> str:
    """A compared name without what tells which river or sea: “clacton on sea” is called “clacton”."""
    return _TAIL.split(name.removeprefix("royal "))[0]


def middle(people: Weights, northings: dict[str, float]) -> float | None:
    """How far north the people of a place live on average; None if none of its LSOAs has a postcode."""
    known = {lsoa: weight for lsoa, weight in people.items() if lsoa in northings}
    total = sum(known.values())
    return sum(northings[lsoa] * weight for lsoa, weight in known.items()) / total if total else None


def read_ruler(towns: Iterable[Listed], parts: Iterable[PlacePart], middles: dict[str, float]) -> Ruler:
    """The ruler, from towns that share their name with just one neighbourhood.

    Some of these are namesakes far off; what is kept is the longest run of marks that goes south as
    the numbers go up.
    """
    named: dict[str, list[float]] = {}
    for part in parts:
        if part.kind == "neighbourhood" and part.code in middles:
            named.setdefault(part.plain_name, []).append(middles[part.code])
    marks = []
    for town in towns:
        found = [] if town.in_brackets else named.get(normalise(town.name), [])
        if len(found) == 1:
            marks.append((int(town.code[3:]), found[0]))
    kept = _longest_way_south(marks)
    return Ruler([number for number, _ in kept], [northing for _, northing in kept])


def _longest_way_south(marks: list[tuple[int, float]]) -> list[tuple[int, float]]:
    lowest: list[float] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, (_, northing) in enumerate(marks):
        length = bisect_right(lowest, -northing)
        before.append(ends[length - 1] if length else None)
        lowest[length : length + 1] = [-northing]
        ends[length : length + 1] = [place]
    way = []
    step: int | None = ends[-1] if ends else None
    while step is not None:
        way.append(marks[step])
        step = before[step]
    return way[::-1]


def district_of_town(
    name: str, northing: float, districts: Iterable[District], namesakes: Namesakes
) -> str | None:
    """The one district in which a town of that (compared) name can lie; None if there is none or more than one.

    A parish counts if no other has its name or a ward or neighbourhood backs it: how far north a
    parish lies is not known, only how far its district reaches.
    """
    reaching = {district.id: district for district in districts if district.reaches(northing)}
    parishes = namesakes.parishes.get(name, set())
    here = parishes & set(reaching)
    parts = namesakes.near(name, northing)
    named_so = {
        d.id for d in reaching.values() if name in {normalise(n) for n in (d.name, *d.name.split(" and "))}
    }
    pieces = namesakes.near(name, northing, pieces=True)
    candidates = parts | here | named_so
    if len(candidates) > 1:
        candidates = here & (pieces | named_so)
    elif not here | named_so and pieces - candidates and candidates:
        candidates = (
            set()
        )  # a ward here, a piece of a neighbourhood's name there: Washford in Kent or in Somerset
    elif candidates == here and not parts | named_so | (pieces & here) and len(parishes) > 1:
        candidates = set()
    elif not candidates:
        short = short_form(name)
        candidates = pieces or namesakes.near(short, northing, pieces=True)
        candidates = candidates or (namesakes.only(name) or namesakes.only(short)) & set(reaching)
    return candidates.pop() if len(candidates) == 1 else None


PARISH = "E04"

LONDON = "council:E09"
"""London's built-up areas are its boroughs: a town is never one of London's wards (Winchmore Hill lies in Bucks)."""


class Ground(NamedTuple):
    """What towns and parishes are placed on."""

    area_of: dict[str, str]
    now: dict[str, District]
    of_2022: dict[str, District]
    of_2011: dict[str, District]
    became: dict[str, str]
    namesakes: Namesakes

    def shares(self, people: Weights) -> dict[str, float]:
        """Which part of these people lives in each area; to four places, and together exactly one."""
        return shares_in(people, self.area_of)


def read_ground(
    published: Path,
    lsoas: list[Lsoa],
    area_of: dict[str, str],
    people: Weights,
    parts: list[PlacePart],
    northings: dict[str, float],
) -> Ground:
    """The ground; `people` in each LSOA, `northings` how far north it lies."""
    exact: dict[str, list[PlacePart]] = {}
    pieces: dict[str, list[PlacePart]] = {}
    by_word: dict[str, list[PlacePart]] = {}
    for part in parts:
        if part.district.startswith(LONDON):
            continue
        for word in sorted(set(part.plain_name.split())):
            by_word.setdefault(word, []).append(part)
        exact.setdefault(part.plain_name, []).append(part)
        for piece in pieces_of(part.name):
            pieces.setdefault(piece, []).append(part)
    parishes: dict[str, set[str]] = {}
    for parish in read_listed(published, PARISH):
        parishes.setdefault(normalise(parish.name), set()).add(council_ids(published)[parish.parent])
    found = ((part.code, middle(part.people, northings)) for part in parts)
    middles = {code: northing for code, northing in found if northing is not None}
    return Ground(
        area_of,
        _districts_by(published, lsoas, people, northings, "LAD23CD"),
        _districts_by(published, lsoas, people, northings, "LAD22CD"),
        _districts_by(published, lsoas, people, northings, "LAD11CD"),
        {district_of(lsoa, "LAD22CD"): district_of(lsoa, "LAD23CD") for lsoa in lsoas},
        Namesakes(by_word, exact, pieces, parishes, middles),
    )


def _districts_by(
    published: Path, lsoas: list[Lsoa], people: Weights, northings: dict[str, float], column: str
) -> dict[str, District]:
    inside: dict[str, Weights] = {}
    for lsoa in lsoas:
        inside.setdefault(district_of(lsoa, column), {})[lsoa.code] = people[lsoa.code]
    found = {}
    for district, weights in sorted(inside.items()):
        reach = [northings[lsoa] for lsoa in weights if lsoa in northings]
        name = council_area_names(published)[district]
        found[district] = District(district, name, weights, min(reach), max(reach))
    return found


def shares_in(people: Weights, area_of: dict[str, str]) -> dict[str, float]:
    """Which part of these people lives in each area; to four places, and together exactly one."""
    total = sum(people.values())
    exact: dict[str, float] = {}
    for lsoa, weight in sorted(people.items()):
        exact[area_of[lsoa]] = exact.get(area_of[lsoa], 0.0) + weight / total
    shares = {area: round(share, 4) for area, share in sorted(exact.items()) if round(share, 4)}
    largest = max(shares, key=lambda area: shares[area])
    shares[largest] = round(shares[largest] + 1 - sum(shares.values()), 4)
    return shares


def extent_of(name: str, people: Weights, ground: Ground) -> tuple[str, dict[str, float]]:
    """What is known of how far a place in a district reaches: a word for its kind, and its shares of areas.

    In a district that lies in one area it makes no difference; elsewhere the wards and neighbourhoods
    of that name stand for the place, and the whole district where there are none.
    """
    whole = shares_in(people, ground.area_of)
    if len(whole) == 1:
        return "", whole
    begun = [part for part in ground.namesakes.holding(name) if begins_with(part.name, name)]
    for parts in (ground.namesakes.pieces.get(name, []), begun):
        if found := _people_of(parts, people):
            return ESTIMATED, shares_in(found, ground.area_of)
    return NOT_KNOWN, whole


def _people_of(parts: list[PlacePart], inside: Weights) -> Weights:
    """The people of several wards and neighbourhoods that may overlap, as far as they live in a district."""
    found: Weights = {}
    for part in parts:
        for lsoa, weight in part.people.items():
            if lsoa in inside:
                found[lsoa] = max(found.get(lsoa, 0.0), weight)
    return found
