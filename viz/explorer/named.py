"""The places of the page: outcodes, and every named place with the areas in which it lies."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from string import ascii_uppercase

from orgmap.graphmodel.dates import FIRST_DAY
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import country_of_postcode
from orgmap.graphmodel.vocabulary import of_id
from orgmap.queries.place.areas import former_extent
from orgmap.queries.place.codes import POSTCODES
from orgmap.queries.place.councils_then import on_day
from orgmap.queries.place.location import POPULATION, in_use_within
from orgmap.queries.place.names import POSTAL, TOWN, Named, named_places
from orgmap.queries.place.refused.abroad import names_abroad
from orgmap.queries.structure.boundaries import map_points
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, Once, day_number, sparse
from orgmap.viz.explorer.meant import meant_json


class Parts:
    """Lists of areas with the share of a place in each, once."""

    def __init__(self, areas: Iterable[str]) -> None:
        self._numbers = {area: number for number, area in enumerate(areas)}
        self.lists = Once[tuple[tuple[int, float], ...]]()

    def number(self, parts: Iterable[tuple[str, float]]) -> int:
        """The number of the areas of a place."""
        return self.lists.number(
            tuple((self._numbers[area], share) for area, share in parts if area in self._numbers)
        )

    def to_json(self) -> list[list[float]]:
        """All the lists by number: area, share, area, share …"""
        return [[number for pair in one for number in pair] for one in self.lists.values]


def places_part(packed: Packed, areas: list[str], day: str) -> Json:
    """Named places and outcodes, in columns, with their areas, and what a name that several have means on a day."""
    store, parts = packed.store, Parts(areas)
    found = every_place(store)
    points = {(point.name, point.within): (point.x, point.y) for point in reversed(map_points())}
    lying = Once[tuple[tuple[int, str], ...]]()
    known: dict[tuple[str, str, str], int] = {}
    days = _days_of_councils(store)
    lies = []
    for place in found:
        key = _place_of(place)
        if key not in known:
            known[key] = lying.number(_lying(store, place, days))
        lies.append(known[key])
    texts = Once[str]([""])
    return {
        "name": [place.name for place in found],
        "kind": [texts.number(place.kind) for place in found],
        "called": sparse(place.called for place in found),
        "within": [texts.number(place.within) for place in found],
        "county": [texts.number(place.county) for place in found],
        "people": [None if place.people is None else round(place.people) for place in found],
        "points": sparse((_point(place, points) for place in found), None),
        "near": sparse(place.near for place in found),
        "basis": sparse(place.basis for place in found),
        "note": sparse(place.note for place in found),
        "parts": [parts.number(place.parts) for place in found],
        "lying": lies,
        "lyings": lying.values,
        "texts": texts.values,
        "former": _former(packed, parts),
        "outcodes": _outcodes(store, parts),
        "partLists": parts.to_json(),
        "shareOf": {"people": POPULATION, "postcodes": POSTCODES},
        "abroad": _abroad(),
        "meant": meant_json(packed, found, day),
    }


def _abroad() -> Json:
    """Names of places outside England by country, those of lesser lists apart, and the letters of its postcodes."""
    found: dict[str, Json] = {}
    for name, (country, lesser) in sorted(names_abroad().items()):
        lists = found.setdefault(country, {"names": [], "lesser": [], "letters": []})
        lists["lesser" if lesser else "names"].append(name)
    pairs = (first + second for first in ascii_uppercase for second in ("", *ascii_uppercase))
    for letters in pairs:
        elsewhere = country_of_postcode(letters)
        if elsewhere and elsewhere in found:
            found[elsewhere]["letters"].append(letters)
    return found


def _point(place: Named, points: dict[tuple[str, str], tuple[int, int]]) -> tuple[int, int] | None:
    """Where a town or village lies; nothing for what is no settlement, such as a ward."""
    return points.get((place.name, place.within)) if place.rank == TOWN else None


def every_place(store: Store) -> list[Named]:
    """Every named place once, by council, sort and name: so columns hardly change from row to row."""
    found: dict[tuple[str, str, str, str], Named] = {}
    for form in store.place_forms():
        for place in named_places(store, form):
            if place.sort == POSTAL:
                continue
            found.setdefault((place.name, place.kind, place.within, place.called), place)
    return sorted(found.values(), key=lambda place: (place.within, place.sort, place.name, place.called))


def _place_of(place: Named) -> tuple[str, str, str]:
    """By what the council of a place on a day is told."""
    area = max(place.parts, key=lambda part: part[1])[0] if place.parts else ""
    return area if place.rank else "", place.within, "not known" if "not known" in place.kind else ""


def _lying(store: Store, place: Named, days: list[str]) -> tuple[tuple[int, str], ...]:
    """From which day on a place is said to lie in which council."""
    said = [(day, on_day(store, place, day).within) for day in (days if place.rank else days[:1])]
    kept = [said[0], *(now for before, now in pairwise(said) if now[1] != before[1])]
    return tuple((day_number(day) or 0, within) for day, within in kept)


def _days_of_councils(store: Store) -> list[str]:
    """The days on which a place may come to lie in another council, or this bears another name."""
    councils = [body for body in store.entities() if "local_authority" in of_id(body.id).traits]
    days = {day for body in councils for day in (body.valid_from, body.valid_until) if day}
    ids = [body.id for body in councils]
    for fact in store.relationships(subjects=ids, verbs=["covers"]):
        days |= {day for day in fact.period if day}
    for body in ids:
        for name in store.details(body).names:
            days |= {day for day in (name.valid_from, name.valid_until) if day}
    return [FIRST_DAY, *sorted(day for day in days if day > FIRST_DAY)]


def _former(packed: Packed, parts: Parts) -> Json:
    """How far districts reached that ended before the look-ups begin, by their number."""
    found = (
        (packed.numbers[body.id], former_extent(packed.store, body))
        for body in packed.bodies
        if body.valid_until
    )
    return {str(number): parts.number(areas) for number, areas in found if areas}


def _outcodes(store: Store, parts: Parts) -> Json:
    """Outcodes with the number of their postcodes in each area, and from which days on these are others."""
    found = {one: _lie(store, one, parts) for one in store.outcodes()}
    found = {one: lie for one, lie in found.items() if lie}
    return {
        "name": list(found),
        "parts": [lie[0][1] for lie in found.values()],
        "later": sparse((lie[1:] for lie in found.values()), []),
    }


def _lie(store: Store, outcode: str, parts: Parts) -> list[tuple[int, int]]:
    """From which day on the postcodes of an outcode that are in use lie in which areas; nothing if none ever was."""
    changes = {day for row in store.of_outcode(outcode) for day in row.changed}
    days = [FIRST_DAY, *sorted(day for day in changes if day > FIRST_DAY)]
    within = [(day, in_use_within(store, outcode, day).parts) for day in days]
    said = [(day_number(day) or 0, parts.number(areas)) for day, areas in within if areas]
    return said[:1] + [now for before, now in pairwise(said) if now[1] != before[1]]
