"""Names that people type for where they live, each with the areas that it lies in and the share in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.places.place_codes import council_area_names, council_ids
from orgmap.loaders.compile.places.place_ground import LONDON, PARISH, Ground, extent_of, read_ground
from orgmap.loaders.compile.places.place_layers import Lsoa
from orgmap.loaders.compile.places.place_merging import ESTIMATED, NOT_KNOWN, NamedPlace, Town, merged
from orgmap.loaders.compile.places.place_other_wards import other_wards
from orgmap.loaders.compile.places.place_parts import Part, Weights
from orgmap.loaders.compile.places.place_points import Middles, read_points
from orgmap.loaders.compile.places.place_towns import (
    District,
    Listed,
    district_of_town,
    names_in,
    read_listed,
    read_ruler,
)
from orgmap.loaders.compile.places.place_wholes import Whole, county_of, former_districts, read_wholes

CALLED_AFTER = "called after it"
"""The basis of a place that is known by the wards and neighbourhoods called after it."""

FORMER_DISTRICT = "former district"

BUILT_UP_AREA, ENGLAND = "E63", "England"

ACROSS_THE_BORDER = (("K08000001", "Chester", "Cheshire West and Chester"),)
"""Built-up areas that reach into Wales are numbered apart; Chester is the one that many people live in."""


class Gazetteer(NamedTuple):
    """All named places, parishes and wards of other years by code, and built-up areas in no district known."""

    places: list[NamedPlace]
    coded: list[tuple[str, NamedPlace]]
    unplaced: list[str]


def read_gazetteer(
    published: Path,
    lsoas: list[Lsoa],
    area_of: dict[str, str],
    people: Weights,
    parts: list[Part],
    northings: dict[str, float],
    middles: Middles,
) -> Gazetteer:
    """Regions, counties, towns, parishes, wards and neighbourhoods.

    `area_of` tells the area of each LSOA, `people` how many live there, `northings` how far north it lies,
    `middles` its latitude and longitude.
    """
    ground = read_ground(published, lsoas, area_of, people, parts, northings)
    wholes = read_wholes(published)
    counties = county_of(wholes)
    towns, unplaced = _towns(published, parts, ground)
    points = read_points(published, ground.now, middles)
    councils = {place_form(name) for name in council_area_names(published).values()}
    placed = merged(towns, points, ground.now, councils, ground.shares)
    parishes = list(_parishes(published, ground, {(town.district, town.form): town for town in placed}))
    named_once = {(district, normalise(place.name)): place for _, district, place in reversed(parishes)}
    named = (
        part for part in parts if not part.name[-3:].isdigit()
    )  # no spoken name, only “Northumberland 001”
    wards = _part_names(list(named), ground, {(town.district, town.form) for town in placed})
    listed = [(district, place) for (district, _), place in reversed(named_once.items())]
    local = [*((town.district, town.place) for town in placed), *listed, *wards]
    found = [place._replace(county=counties[district]) for district, place in local]
    known = {part.code for part in parts}
    coded = [(code, place) for code, _, place in parishes]
    coded += other_wards(published, lsoas, people, middles, ground, known)
    former = _former_districts(published, people, ground)
    return Gazetteer([*_wholes(wholes, ground), *found, *former], coded, unplaced)


def _former_districts(published: Path, people: Weights, ground: Ground) -> Iterator[NamedPlace]:
    """The districts that ended before the look-ups begin, under their official names: bodies are looked up so."""
    for council, living in former_districts(published, people):
        total = str(round(sum(living.values())))
        note = f"until {council.valid_until}, by the names of the small areas of 2001"
        yield NamedPlace(
            council.name, FORMER_DISTRICT, ENGLAND, ground.shares(living), people=total, note=note
        )


def _part_names(
    parts: list[Part], ground: Ground, towns: set[tuple[str, str]]
) -> Iterator[tuple[str, NamedPlace]]:
    """Wards and neighbourhoods under their names, in London also under the names that these are made of.

    London has no list of towns: Clapham stands in “Clapham Town” and “Clapham North”, Mayfair in “Mayfair & St
    James's”. What several of one borough are called after is a place in it.
    """
    bearers: dict[tuple[str, str], list[tuple[str, Part]]] = {}
    for part in parts:
        yield part.district, _of_part(part, ground)
        for name in names_in(part.name) if part.district.startswith(LONDON) else ():
            if (part.district, place_form(name)) not in towns:
                bearers.setdefault((part.district, place_form(name)), []).append((name, part))
    for (district, form), found in sorted(bearers.items()):
        name, part = found[0]
        if len(found) == 1:
            if place_form(part.name) != form:
                yield district, _of_part(part, ground)._replace(name=name, called=part.name)
            continue
        reach: Weights = {}
        for _, one in found:
            reach |= one.people
        place = _of_part(part._replace(people=reach), ground)
        extent = ESTIMATED if len(place.shares) > 1 else ""
        people = str(round(sum(reach.values())))
        yield district, place._replace(name=name, kind=f"place{extent}", people=people, basis=CALLED_AFTER)


def _of_part(part: Part, ground: Ground) -> NamedPlace:
    return NamedPlace(part.name, part.kind, ground.now[part.district].name, ground.shares(part.people))


def _wholes(wholes: list[Whole], ground: Ground) -> Iterator[NamedPlace]:
    for whole in wholes:
        people: Weights = {}
        # an ended one tells the part of its heir that was in a county of addresses
        for council in whole.councils:
            people |= (ground.now.get(council) or ground.of_2011[council]).people
        total = round(sum(people.values()))
        yield NamedPlace(
            whole.name, whole.kind, ENGLAND, ground.shares(people), people=str(total), note=whole.note
        )


def _towns(published: Path, parts: list[Part], ground: Ground) -> tuple[list[Town], list[str]]:
    listed = read_listed(published, BUILT_UP_AREA)
    ruler = read_ruler(listed, parts, ground.namesakes.northings)
    by_name = {normalise(district.name): district for district in ground.of_2022.values()}
    placed = [
        (Listed(code, name, "", ""), by_name[normalise(told)]) for code, name, told in ACROSS_THE_BORDER
    ]
    unplaced = []
    for town in listed:
        district: District | None = None
        if town.told:
            district = by_name.get(normalise(town.told))
        elif found := district_of_town(
            normalise(town.name), ruler.northing(town.code), ground.now.values(), ground.namesakes
        ):
            district = ground.now[found]
        if district:
            placed.append((town, district))
        else:
            unplaced.append(town.code)
    return list(_named_towns([*placed, *_halves(placed)], ground)), unplaced


def _halves(placed: list[tuple[Listed, District]]) -> Iterator[tuple[Listed, District]]:
    """“Brighton and Hove” is also called “Brighton”, unless another town has that name."""
    taken = {normalise(town.name) for town, _ in placed}
    halves: dict[str, list[tuple[Listed, District]]] = {}
    for town, district in placed:
        for half in town.name.split(" and ") if " and " in town.name else ():
            if normalise(half) not in taken:
                halves.setdefault(half, []).append((town._replace(name=half), district))
    yield from (found[0] for found in halves.values() if len(found) == 1)


def _named_towns(placed: list[tuple[Listed, District]], ground: Ground) -> Iterator[Town]:
    """Towns with their extents; the district of 2022 is named where that of today would not tell two apart."""
    counted: dict[tuple[str, str], set[str]] = {}
    for town, district in placed:
        now = ground.now[ground.became.get(district.id, district.id)].name
        counted.setdefault((normalise(town.name), now), set()).add(district.name)
    for town, district in placed:
        kind, shares = extent_of(normalise(town.name), district.people, ground)
        today = ground.now[ground.became.get(district.id, district.id)]
        told = kind == NOT_KNOWN or len(counted[normalise(town.name), today.name]) > 1
        within = f"{district.name}, now {today.name}" if told and district.name != today.name else today.name
        yield Town(today.id, place_form(town.name), NamedPlace(town.name, f"town{kind}", within, shares))


def _parishes(
    published: Path, ground: Ground, towns: dict[tuple[str, str], Town]
) -> Iterator[tuple[str, str, NamedPlace]]:
    """Parishes by code, with the district that the list gives.

    How far one reaches is taken from the town of that name, if the district has one.
    """
    for parish in read_listed(published, PARISH):
        district = ground.now[council_ids(published)[parish.parent]]
        kind, shares = extent_of(normalise(parish.name), district.people, ground)
        town = towns.get((district.id, place_form(parish.name)))
        if kind == NOT_KNOWN and town and NOT_KNOWN not in town.place.kind:
            kind, shares = ESTIMATED, town.place.shares
        yield parish.code, district.id, NamedPlace(parish.name, f"parish{kind}", district.name, shares)
