"""Names that people type for where they live, each with the areas that it lies in and the share in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.text import normalise
from orgmap.loaders.compile.councils.register import Council, read_councils
from orgmap.loaders.compile.places.bodies import council_area_names, council_ids
from orgmap.loaders.compile.places.coded_places import other_wards
from orgmap.loaders.compile.places.layers import Lsoa
from orgmap.loaders.compile.places.parts import PlacePart, Weights
from orgmap.loaders.compile.places.points import Middles, NamedPlace, Town, merged, read_points
from orgmap.loaders.compile.places.towns import (
    ESTIMATED,
    LONDON,
    NOT_KNOWN,
    PARISH,
    District,
    Ground,
    Listed,
    district_of_town,
    extent_of,
    names_in,
    read_ground,
    read_listed,
    read_ruler,
)
from orgmap.loaders.curated import lines
from orgmap.loaders.published import read_table

CALLED_AFTER = "called after it"
"""The basis of a place that is known by the wards and neighbourhoods called after it."""

FORMER_DISTRICT = "former district"

BUILT_UP_AREA, ENGLAND = "E63", "England"

ACROSS_THE_BORDER = (("K08000001", "Chester", "Cheshire West and Chester"),)
"""Built-up areas that reach into Wales are numbered apart; Chester is the one that many people live in."""


class Gazetteer(NamedTuple):
    """All named places; and parishes and wards of other years by code."""

    places: list[NamedPlace]
    coded: list[tuple[str, NamedPlace]]


def read_gazetteer(
    published: Path,
    lsoas: list[Lsoa],
    area_of: dict[str, str],
    people: Weights,
    parts: list[PlacePart],
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
    towns = list(_towns(published, parts, ground))
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
    return Gazetteer([*_of_wholes(wholes, ground), *found, *former], coded)


def _former_districts(published: Path, people: Weights, ground: Ground) -> Iterator[NamedPlace]:
    """The districts that ended before the look-ups begin, under their official names: bodies are looked up so."""
    for council, living in former_districts(published, people):
        total = str(round(sum(living.values())))
        note = f"until {council.valid_until}, by the names of the small areas of 2001"
        yield NamedPlace(
            council.name, FORMER_DISTRICT, ENGLAND, ground.shares(living), people=total, note=note
        )


def _part_names(
    parts: list[PlacePart], ground: Ground, towns: set[tuple[str, str]]
) -> Iterator[tuple[str, NamedPlace]]:
    """Wards and neighbourhoods under their names, in London also under the names that these are made of.

    London has no list of towns: Clapham stands in “Clapham Town” and “Clapham North”, Mayfair in “Mayfair & St
    James's”. What several of one borough are called after is a place in it.
    """
    bearers: dict[tuple[str, str], list[tuple[str, PlacePart]]] = {}
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


def _of_part(part: PlacePart, ground: Ground) -> NamedPlace:
    return NamedPlace(part.name, part.kind, ground.now[part.district].name, ground.shares(part.people))


def _of_wholes(wholes: list[Whole], ground: Ground) -> Iterator[NamedPlace]:
    for whole in wholes:
        people: Weights = {}
        # an ended one tells the part of its successor that was in a county of addresses
        for council in whole.councils:
            people |= (ground.now.get(council) or ground.of_2011[council]).people
        total = round(sum(people.values()))
        yield NamedPlace(
            whole.name, whole.kind, ENGLAND, ground.shares(people), people=str(total), note=whole.note
        )


def _towns(published: Path, parts: list[PlacePart], ground: Ground) -> Iterator[Town]:
    """Built-up areas with the district of each; those of which it is not known are left out."""
    listed = read_listed(published, BUILT_UP_AREA)
    ruler = read_ruler(listed, parts, ground.namesakes.northings)
    by_name = {normalise(district.name): district for district in ground.of_2022.values()}
    placed = [
        (Listed(code, name, "", ""), by_name[normalise(district_name)])
        for code, name, district_name in ACROSS_THE_BORDER
    ]
    for town in listed:
        district: District | None = None
        if town.in_brackets:
            district = by_name.get(normalise(town.in_brackets))
        elif found := district_of_town(
            normalise(town.name), ruler.northing(town.code), ground.now.values(), ground.namesakes
        ):
            district = ground.now[found]
        if district:
            placed.append((town, district))
    return _named_towns([*placed, *_halves(placed)], ground)


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
        alike = kind == NOT_KNOWN or len(counted[normalise(town.name), today.name]) > 1
        within = f"{district.name}, now {today.name}" if alike and district.name != today.name else today.name
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


REGIONS = "data/ons/lookups_2019_2024/lookup_ltla24_region24.csv"
COMBINED = "data/ons/lookups/lad19_cauth19.csv"

NAMES_OF_2001 = "data/ons/lookups/lsoa01_lsoa11_lad11.csv.gz"
"""The ONS called the small areas (LSOAs) of 2001 after the districts of that time: “Penwith 001A”."""

COUNTY = "county"
ENDED = "2009-04-01"

_NUMBER = re.compile(r" \d{3}[A-Z]$")


class Whole(NamedTuple):
    """A region or county: its name, what it is, its councils (lowest tier, of 2023 or 2011), and what is said of it."""

    name: str
    kind: str
    councils: tuple[str, ...]
    note: str


def read_wholes(published: Path) -> list[Whole]:
    """The regions of government, the counties by councils, and the combined authorities of 2019."""
    ids = council_ids(published)
    regions = _grouped(published / REGIONS, "region24_name", "ltla24_code")
    combined = list(_grouped(published / COMBINED, "CAUTH19NM", "LAD19CD"))
    found = [
        Whole(name, "region", _ids(codes, ids), "") for name, codes in regions if codes[0].startswith("E")
    ]
    for where, row in lines("places/counties", "name", "kind", "councils", "note"):
        if unknown := [code for code in row["councils"].split() if code not in ids]:
            raise DataBroken(f"{where}: {', '.join(unknown)} is no code of a council. Mend it.")
        found.append(Whole(row["name"], row["kind"], _ids(row["councils"].split(), ids), row["note"]))
    taken = {whole.name for whole in found}
    note = "as in 2019"
    found += [
        Whole(name, "combined authority", _ids(codes, ids), note)
        for name, codes in combined
        if name not in taken
    ]
    found += [
        Whole(f"{name} Combined Authority", "combined authority", _ids(codes, ids), note)
        for name, codes in combined
    ]
    return found


def county_of(wholes: list[Whole]) -> dict[str, str]:
    """The county that each council lies in, by the council's id."""
    return {
        council: "London" if whole.name == "Greater London" else whole.name
        for whole in wholes
        if whole.kind == COUNTY
        for council in whole.councils
    }


def _grouped(path: Path, name: str, code: str) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for _, row in read_table(path, name, code):
        found.setdefault(row[name], []).append(row[code])
    yield from sorted(found.items())


def _ids(codes: list[str], ids: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[code] for code in codes))


def former_districts(published: Path, people: Weights) -> Iterator[tuple[Council, Weights]]:
    """Each district that ended then with its people of mid-2020, by LSOA of 2011.

    A small area of 2011 that was made of two of 2001 in different districts counts by halves.
    """
    ended = {
        council.area: council
        for council in read_councils(published)
        if not council.is_upper_tier and council.valid_until == ENDED
    }
    named: dict[str, list[str]] = {}
    for _, row in read_table(published / NAMES_OF_2001, "LSOA01NM", "LSOA11CD"):
        named.setdefault(row["LSOA11CD"], []).append(_NUMBER.sub("", row["LSOA01NM"]).replace("&", "and"))
    inside: dict[str, Weights] = {}
    for lsoa, districts in named.items():
        for district in set(districts) & ended.keys():
            share = districts.count(district) / len(districts)
            inside.setdefault(district, {})[lsoa] = people[lsoa] * share
    yield from ((ended[district], weights) for district, weights in sorted(inside.items()))
