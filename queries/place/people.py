"""How many people a place may have where no table tells it, so that the larger of one name stands first."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.place_words import pieces_of, place_form
from orgmap.graphmodel.store import PlaceName, Store
from orgmap.queries.place.names import (
    CALLED_AFTER,
    NEIGHBOURHOOD,
    NOT_KNOWN,
    PART_PEOPLE,
    TIMES,
    TOWN,
    UNLISTED,
    WARD,
    Named,
    largest_first,
    named_alike,
)
from orgmap.queries.place.part_names import PARTS, parts_beginning_with, parts_called_after, parts_named

POINT = "estimated"
"""The basis of a place that only a point tells; the people told with a quarter's point may be those of a part of it."""

MANY = 5_000.0
"""A namesake that may have so many people is told where it is not meant."""

VILLAGE, WARD_OF_VILLAGES = 2_000.0, 6_000.0
"""People that count for a place that no ward or small area is called after, and for each that is, beside a town whose
people are known: such a ward has other villages in it."""


def people_about(store: Store, place: Named) -> float:
    """The people of a place, or else those of the council of its name, or of the wards or small areas called after it.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.place.names import named_places
    >>> with open_store() as store:
    ...     [round(people_about(store, place), -5) for place in named_places(store, "Stoke-on-Trent")]
    [300000.0]
    """
    if place.people and place.basis != POINT:
        return place.people
    if named_alike(place.council, place.called or place.name) and NOT_KNOWN not in place.kind:
        return _in_its_areas(store, place)
    if place.sort == "parish":
        return UNLISTED
    if parts := _parts(store, place) or parts_beginning_with(store, place.name, place.council):
        return max(place.people or 0.0, PART_PEOPLE * parts)
    return min(
        place.people or 0.0, VILLAGE
    )  # the people told with such a point are as often those of another place


def several_parts(store: Store, place: Named) -> float:
    """The people that the wards or small areas called after a place tell, if there are several; else none."""
    return people_about(store, place) if parts_named(store, place.name, place.council) > 1 else 0.0


def by_people(store: Store, places: Iterable[Named]) -> list[Named]:
    """Places by the people they may have, of those alike the one in the larger council: Stoke-on-Trent before Stoke."""
    known = largest_first(places)
    return sorted(known, key=lambda place: (-people_about(store, place), -_in_its_areas(store, place)))


def with_many(store: Store, places: Iterable[Named]) -> list[Named]:
    """Those of the places that may have many people, largest first."""
    return [place for place in by_people(store, places) if people_about(store, place) >= MANY]


def clearly_largest(store: Store, places: list[Named]) -> list[Named]:
    """The town whose people are five times what its namesakes can have, if wards are called after it.

    Where no table tells its people, several wards or small areas tell how many they may be. One ward alone is no town:
    it counts little against the only town of the name (Poplar in Tower Hamlets); several, and small areas, may be
    quarters that somebody means (Hyde Park in Leeds). What is only called so is asked about.
    """
    towns = [place for place in by_people(store, places) if place.rank == TOWN]
    if not towns or (first := towns[0]).basis == CALLED_AFTER or first.called:
        return []
    parts = parts_named(store, first.name, first.council)
    people = first.people or several_parts(store, first)
    if not people or not parts:
        return []
    others = [place for place in places if place is not first]
    if [place.rank for place in others] == [WARD]:
        return [first] if people >= PART_PEOPLE else []
    return [first] if all(_against(store, place) * TIMES <= people for place in others) else []


def _against(store: Store, place: Named) -> float:
    """How many people count for a place beside a larger one of its name."""
    if place.people is not None:
        return place.people
    if named_alike(place.council, place.called or place.name):
        return float("inf")
    each = PART_PEOPLE if place.rank in (NEIGHBOURHOOD, WARD) else WARD_OF_VILLAGES
    return max(VILLAGE, each * _parts(store, place))


def _parts(store: Store, place: Named) -> float:
    """How many wards, or else small areas, are called after a place; of “Elm & Christchurch” each has a half."""
    rows = [row for name in {place.name, place.called or place.name} for row in _called(store, name)]
    here = {(row.kind, row.name) for row in rows if row.within == place.council}
    return max(sum(1 / len(pieces_of(name)) for sort, name in here if sort == kind) for kind in PARTS)


def _called(store: Store, name: str) -> list[PlaceName]:
    exact = [row for row in store.place_names(place_form(name)) if row.kind in PARTS and not row.called]
    return [*exact, *parts_called_after(store, name)]


def _in_its_areas(store: Store, place: Named) -> float:
    living = store.populations()
    return sum(living.get(area, 0.0) for area in place.areas)
