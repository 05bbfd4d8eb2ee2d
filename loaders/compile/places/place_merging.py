"""Towns of the list of built-up areas and places known by a point, taken together as one list of places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from orgmap.graphmodel.place_words import place_form
from orgmap.loaders.compile.places.place_parts import Weights
from orgmap.loaders.compile.places.place_points import Point
from orgmap.loaders.compile.places.place_towns import District, short_form

ESTIMATED, NOT_KNOWN = " (extent estimated)", " (extent not known)"
"""Behind a kind: the shares are those of wards and neighbourhoods taken for the place, or of the whole district."""


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
