"""What places known by name are placed on: districts, and the wards and neighbourhoods that share their names."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.place_words import pieces_of
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.place_areas import district_of
from orgmap.loaders.compile.places.place_codes import council_area_names, council_ids
from orgmap.loaders.compile.places.place_layers import Lsoa
from orgmap.loaders.compile.places.place_merging import ESTIMATED, NOT_KNOWN
from orgmap.loaders.compile.places.place_parts import Part, Weights
from orgmap.loaders.compile.places.place_towns import District, Namesakes, begins_with, middle, read_listed

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
    parts: list[Part],
    northings: dict[str, float],
) -> Ground:
    """The ground; `people` in each LSOA, `northings` how far north it lies."""
    exact: dict[str, list[Part]] = {}
    pieces: dict[str, list[Part]] = {}
    by_word: dict[str, list[Part]] = {}
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
        _districts(published, lsoas, people, northings, "LAD23CD"),
        _districts(published, lsoas, people, northings, "LAD22CD"),
        _districts(published, lsoas, people, northings, "LAD11CD"),
        {district_of(lsoa, "LAD22CD"): district_of(lsoa, "LAD23CD") for lsoa in lsoas},
        Namesakes(by_word, exact, pieces, parishes, middles),
    )


def _districts(
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


def _people_of(parts: list[Part], inside: Weights) -> Weights:
    """The people of several wards and neighbourhoods that may overlap, as far as they live in a district."""
    found: Weights = {}
    for part in parts:
        for lsoa, weight in part.people.items():
            if lsoa in inside:
                found[lsoa] = max(found.get(lsoa, 0.0), weight)
    return found
