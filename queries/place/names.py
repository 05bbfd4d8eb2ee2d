"""Which place a name means: regions and counties, towns, parishes, neighbourhoods and wards, and their namesakes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.place_words import has_words_cut_alike, place_form
from orgmap.graphmodel.store import PlaceName, Store
from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import of_id
from orgmap.queries.place.areas import FORMER_DISTRICT
from orgmap.queries.place.location import POPULATION
from orgmap.queries.place.part_names import parts_named

WHOLES = ("region", "county", "traditional county")
"""Kinds that are several councils' areas taken together and are taken for their name."""

FORMER, COMBINED, POSTAL = "former county", "combined authority", "postal county"
"""A county that ended, taken if nothing else has the name; councils that act together; a county that is only written in
addresses, which tells a place from namesakes and is no place itself."""

TOWN, PARISH, NEIGHBOURHOOD, WARD = 1, 2, 3, 4
_RANKS = {"town": TOWN, "place": TOWN, "parish": PARISH, "neighbourhood": NEIGHBOURHOOD, "ward": WARD}
LOCAL = frozenset(_RANKS)
"""Kinds of places that are smaller than a council's area, or have one of their own."""

TIMES = 5
"""A place is taken if it has at least so many times the people of the next of its name."""

CALLED_AFTER = "called after it"
"""The basis of a place that is known by the wards and neighbourhoods called after it."""

UNLISTED = 500.0
"""People of a parish, ward or neighbourhood beside towns: such as had more of a place's name would be listed."""

PART_PEOPLE = 8_000.0
"""People of a ward or neighbourhood of England on average: so many count against a place that is in no list of towns
and is known by a point (Hanwell in Oxfordshire against that in Ealing)."""

UNNAMED = 5_000.0
"""So many people at most live in a town that no ward or small area of its council is called after: of the 494 such
towns of the list of built-up areas whose people GeoNames tells, 98 in 100 have fewer."""

NOT_KNOWN = "extent not known"

NOW = "now "
"""Said before a council that had not begun on the day that is asked about."""

_WORDS = {
    "region": "a region of government",
    "county": "a county",
    "traditional county": "a traditional county",
    FORMER: "a former county",
    COMBINED: "the area of a combined authority",
    POSTAL: "a county written in addresses",
    "town": "a town",
    "place": "a place",
    "parish": "a parish",
    "neighbourhood": "a small area (MSOA)",
    "ward": "a ward",
}

_STYLES = frozenset(
    "borough city district county council metropolitan royal london of the corporation".split()
)


@cache
def _other_county() -> dict[tuple[str, str], str]:
    """The county of today of places in a council that two counties share: Yarm lies south of the Tees."""
    return {
        (place_form(council), place_form(place)): county
        for county, council, places, today in term_rows("county_parts.csv")
        for place in places.split(";")
        if today
    }


class Named(NamedTuple):
    """One place of a name: what `PlaceName` says of it, with all its areas."""

    name: str
    kind: str
    within: str
    called: str
    county: str
    people: float | None
    near: str
    basis: str
    note: str
    parts: tuple[tuple[str, float], ...]

    @property
    def sort(self) -> str:
        """Its kind without what is said of its extent."""
        return self.kind.partition(" (")[0]

    @property
    def rank(self) -> int:
        """Nought for what is made of councils, then towns, parishes, neighbourhoods, wards."""
        return _RANKS.get(self.sort, 0)

    @property
    def council(self) -> str:
        """The council of today in which it lies."""
        return self.within.rpartition(f", {NOW}")[2].removeprefix(NOW)

    @property
    def lying(self) -> str:
        """Where it lies: “in Cheshire East”, or “now in Cheshire East”."""
        return f"{NOW}in {self.council}" if self.within.startswith(NOW) else f"in {self.within}"

    @property
    def areas(self) -> frozenset[str]:
        """The areas that it lies in."""
        return frozenset(area for area, _ in self.parts)

    @property
    def typed(self) -> str:
        """What a person may type to mean just this: “Ashford, Spelthorne (town)”."""
        name = self.called or self.name
        return f"{name} ({self.sort})" if self.rank == 0 else f"{name}, {self.within} ({self.sort})"

    @property
    def described(self) -> str:
        """The place with its kind, council and county: “Ashford, a town in Ashford, Kent”."""
        words = f"{self.called or self.name}, {_WORDS[self.sort]}"
        if self.rank == 0:
            return words
        lying_in = _other_county().get(
            (place_form(self.council), place_form(self.called or self.name)), self.county
        )
        county = f", {lying_in}" if lying_in and lying_in != self.council else ""
        return f"{words} {self.lying}{county}"

    def place(self, text: str) -> Place:
        """The place with what must be said of it."""
        name = self.called or self.name
        notes = [f"{name} is {_WORDS[self.sort]}: {self.note}."] if self.note else []
        if NOT_KNOWN in self.kind:
            whole = self.within.removeprefix(NOW)
            notes.append(f"How far {name} reaches is not known; the answer is for all of {whole}.")
        if self.rank in (NEIGHBOURHOOD, WARD):
            notes.append(
                f"{name} is {_WORDS[self.sort]} {self.lying}; no larger place of that name is meant."
            )
            if self.called:
                notes.append(
                    f"How far {self.name} itself reaches is not known; it may lie in other councils too."
                )
        if self.basis == "estimated":
            notes.append(
                f"Where {name} lies is estimated from a point, by councils' outlines and the nearest neighbourhoods."
            )
        if self.basis == CALLED_AFTER:
            notes.append(
                f"Where {name} lies is estimated from the wards and small areas that are called after it."
            )
        if self.near == self.council:
            notes.append(
                f"{name} lies in no council's outline, near the border with {self.near}, which is taken."
            )
        elif self.near:
            notes.append(f"{name} is near the border with {self.near}.")
        basis = "estimated" if self.basis else ""
        label = name if self.rank == 0 else f"{name}, {self.within}"
        kind = self.sort if self.rank == 0 else self.kind
        return Place(text, kind, label, self.parts, POPULATION, tuple(notes), self.described, basis)


def named_places(store: Store, name: str) -> list[Named]:
    """Every place of exactly that name, in any ordinary way of writing it; in one council only the largest.

    A postal county is among them.
    """
    found: dict[tuple[str, ...], list[PlaceName]] = {}
    for row in store.place_names(place_form(name)):
        if row.kind == FORMER_DISTRICT or not has_words_cut_alike(name, f"{row.name} {row.called}"):
            continue  # a district that ended is a body, whose extent only stands here
        found.setdefault((row.name, row.kind, row.within, row.called), []).append(row)
    places = [_named(rows) for rows in found.values()]
    by_council: dict[str, dict[tuple[int, bool], list[Named]]] = {}
    for place in places:
        if place.rank:
            by_council.setdefault(place.within, {}).setdefault((place.rank, bool(place.called)), []).append(
                place
            )
    local: list[Named] = []
    for here in by_council.values():
        # The place of the whole name, else the town of a longer one; beside this what lies elsewhere in the council.
        order = sorted(here, key=lambda sort: (sort[0] > TOWN, sort[1], sort[0]))
        first, *others = (_one(here[sort]) for sort in order)
        local.append(first)
        if first.called and first.rank == TOWN:
            local += [place for place in others if not place.called and not place.areas <= first.areas][:1]
    towns = [place for place in local if place.rank == TOWN and not place.called]
    alone = [place for place in local if place.rank <= TOWN or not _part_of(place, towns)]
    return [*(place for place in places if place.rank == 0), *alone]


def _part_of(place: Named, towns: list[Named]) -> bool:
    """Whether a parish or ward is that of a town of its name."""
    return any(town.council == place.council and town.areas & place.areas for town in towns)


def _named(rows: list[PlaceName]) -> Named:
    first = rows[0]
    parts = tuple((row.code, row.share) for row in rows)
    qualities = (first.county, first.people, first.near, first.basis, first.note)
    return Named(first.name, first.kind, first.within, first.called, *qualities, parts)


def _one(places: list[Named]) -> Named:
    """Several places of one name and sort in one council as one, by equal shares: no one can tell them apart."""
    largest = max(places, key=lambda place: (place.people or 0.0, place.kind))
    shares: dict[str, float] = {}
    for place in places:
        for area, share in place.parts:
            shares[area] = shares.get(area, 0.0) + share / len(places)
    return largest._replace(parts=tuple(sorted(shares.items()))) if len(places) > 1 else largest


def named_alike(council: str, name: str) -> bool:
    """Whether the area of a council has a place's very name.

    >>> named_alike("Stockton-on-Tees", "Stockton on Tees"), named_alike("Wiltshire", "Stockton")
    (True, False)
    """
    return place_form(council) == place_form(name)


def largest_first(places: Iterable[Named]) -> list[Named]:
    """Places by their people, those not known behind, then by sort and council."""
    return sorted(places, key=lambda place: (-(place.people or 0.0), place.rank, place.within))


def namesakes(store: Store, places: list[Named], at: AnyDay) -> list[Named]:
    """Of the local places of a name the one that is meant, or all that could be.

    One is meant that is alone, or alone among the towns has a council named after it that is in force, or has five
    times the people of the next; a town whose people no table tells counts for all that it may have.

    A parish or ward counts as no more than the smallest town listed, but in London, where no towns are listed, for
    all its people, and beside places that only a point tells, for those of an average ward; what is only called so
    there is never taken before a town.
    """
    at = day_of(at)
    places = _where_parishes_are(store, places)
    towns = [place for place in places if place.rank == TOWN and not place.called]
    shorter = [place for place in places if place.called and place.rank == TOWN]
    smaller = [place for place in places if place.rank > TOWN]
    if len(places) == 1:
        return places
    if not towns:
        after = [place for place in shorter if named_alike(place.council, place.called)]
        if len(after) == 1 and all(place.called for place in smaller):
            return after  # Southend-on-Sea is no rival of “Forster Park & Southend”
        return (shorter and not smaller and _outnumbering(store, shorter)) or largest_first(places)
    rivals = any(_is_rival(place) for place in smaller) and largest_first(towns)[0].sort == "place"
    lone = len(towns) == 1 and not shorter and towns[0].people is None and towns[0].basis != CALLED_AFTER
    if lone and not rivals and parts_named(store, towns[0].name, towns[0].council, longer=False):
        return towns
    named_after = [place for place in towns if has_council(store, place, at)]
    if len(named_after) == 1:
        return named_after
    taken = _outnumbering(
        store,
        [*towns, *shorter],
        max(
            (PART_PEOPLE if rivals and _is_rival(place) else place.people or UNLISTED for place in smaller),
            default=0.0,
        ),
    )
    known = taken and not taken[0].called and taken[0].basis != CALLED_AFTER
    return taken if known else largest_first(places)


def is_near(council: str, place: Named) -> bool:
    """Whether a place lies near the border with a council."""
    return f" {place_form(council)} " in f" {place_form(place.near)} "


def _where_parishes_are(store: Store, places: list[Named]) -> list[Named]:
    """The places without points near a border beyond which the parish of the very name lies: this is meant, unless
    there is a parish of the name at both sides.
    """
    kept = {place: place for place in places}
    for point in (place for place in places if place.basis and place.near):
        beyond = [
            other
            for other in places
            if other.sort == "parish" and not other.called and is_near(other.council, point)
        ]
        if beyond and not any(
            row.within == point.within and row.kind.startswith("parish")
            for row in store.place_names(place_form(point.name))
        ):
            kept.pop(point)
            kept[beyond[0]] = beyond[0]._replace(people=beyond[0].people or point.people)
    return list(kept.values())


def _is_rival(place: Named) -> bool:
    """Whether a ward or neighbourhood has just that name, so that a quarter or suburb of many people may be meant."""
    return place.rank in (NEIGHBOURHOOD, WARD) and not place.called


def _outnumbering(store: Store, places: list[Named], next_after: float = 0.0) -> list[Named]:
    """The one with five times the people of the next, if there is such a one."""
    first, *others = largest_first(places)
    if not first.people or first.people < TIMES * next_after:
        return []
    least = first.people / TIMES
    return [first] if all(_at_most(store, place) <= least for place in others) else []


def _at_most(store: Store, place: Named) -> float:
    """How many people a place may have: those of the wards called after it, if no table tells its own."""
    if place.people is not None:
        return place.people
    if named_alike(place.council, place.name):
        return float("inf")
    parts = max(parts_named(store, name, place.council) for name in {place.name, place.called or place.name})
    return max(UNNAMED, PART_PEOPLE * parts)


def has_council(store: Store, place: Named, at: AnyDay) -> bool:
    """Whether a council that covers most of the place on the day is named after it."""
    at = day_of(at)
    area = max(place.parts, key=lambda part: part[1])[0]
    covering = store.relationships(objects=[area], verbs=["covers"], at=at)
    councils = {
        relationship.subject
        for relationship in covering
        if "local_authority" in of_id(relationship.subject).traits
    }
    return any(_named_after(body.label, place.name) for body in store.entities(ids=councils, at=at))


def _named_after(council: str, name: str) -> bool:
    """Whether a council is called after a place: Barking and Dagenham after Barking, Richmond upon Thames not after
    Richmond.
    """
    words = normalise(council).split()
    pieces: list[list[str]] = [[]]
    for word in words:
        if word == "and":
            pieces.append([])
        elif word not in _STYLES:
            pieces[-1].append(word)
    return place_form(name) in {place_form(" ".join(piece)) for piece in [words, *pieces] if piece}


def is_a_place(store: Store, text: str, body: Entity) -> bool:
    """Whether a text names a town or village, and of a body only a part of its names: Glossop, not its network."""
    names = {normalise(one) for one in (body.label, *(name.value for name in store.details(body.id).names))}
    part = any(set(normalise(text).split()) <= set(name.split()) for name in names)  # a code is none
    return part and normalise(text) not in names and bool(named_places(store, text))
