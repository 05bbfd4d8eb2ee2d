"""Places that only longer names tell: Jesmond, of which North and South Jesmond are parts, and Ashby-de-la-Zouch."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.place_words import BETWEEN_PIECES, pieces_of, place_form
from orgmap.graphmodel.store import PlaceName, Store
from orgmap.queries.place.names import (
    CALLED_AFTER,
    PART_PEOPLE,
    TIMES,
    TOWN,
    UNLISTED,
    Named,
    has_council,
    is_near,
    largest_first,
    named_alike,
    named_places,
)
from orgmap.queries.place.part_names import PARTS, SHORTEST, forms_unparted, forms_with, parts_called_after
from orgmap.queries.place.people import WARD_OF_VILLAGES, several_parts

NO_NAMES = frozenset(
    "airport arboretum area avenue barracks beach bridge broad canal castle cathedral central centre church"
    " city college common country court dock docks east estate factory farm fields forest garden gardens gate"
    " green grove harbour health heath high hill hills hospital house industrial island lake lakes lane market"
    " marina meadows middle mill moor museum north nursery park parks place port prison quarter quay racecourse"
    " river riverside road rural school seafront south spring square stadium station street town university"
    " upper vale valley victoria view village villages walk ward water waterfront west wharf wood woods".split()
)
"""Words that stand in names of wards and small areas, and alone are no place's name."""

_LINKS = frozenset("in on under by le la de cum next with at juxta".split())
"""Words that join a place's name to what tells it from namesakes: Sherburn in Elmet."""


def called_after(store: Store, name: str) -> list[Named]:
    """For each council the place of that name that its wards and small areas have in their longer names.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [place.typed for place in called_after(store, "Jesmond")]
    ['Jesmond, Newcastle upon Tyne (place)']
    """
    by_council: dict[str, list[PlaceName]] = {}
    for row in parts_called_after(store, name):
        by_council.setdefault(row.within, []).append(row)
    return [_place(name, rows) for _, rows in sorted(by_council.items())]


def begun_after(store: Store, name: str) -> list[Named]:
    """For each council the place of that name with which several of its wards and small areas begin, and go on
    differently: Langley in Slough, of which Langley Foxborough and Langley St Mary's are parts.
    """
    form = place_form(name)
    if len(form) < SHORTEST or NO_NAMES.issuperset(form.split()):
        return []
    by_council: dict[str, dict[str, list[PlaceName]]] = {}
    for longer in forms_with(store, form):
        for row in store.place_names(longer) if longer != form else ():
            if row.kind in PARTS and not row.called:
                for piece in BETWEEN_PIECES.split(row.name):
                    if (words := place_form(piece)).startswith(f"{form} "):
                        behind = words.removeprefix(f"{form} ").split()[0]
                        by_council.setdefault(row.within, {}).setdefault(behind, []).append(row)
    return [
        _place(name, [row for rows in found.values() for row in rows])
        for _, found in sorted(by_council.items())
        if len(found) > 1
    ]


def written_otherwise(store: Store, name: str) -> str:
    """The form of the only place whose name differs from this by where its words are parted: Kemptown for “Kemp Town”;
    blank if none does, or several do."""
    form = place_form(name).replace(" ", "")
    if len(form) <= SHORTEST:
        return ""
    found = forms_unparted(store, form)
    return found[0] if len(found) == 1 else ""


def longer_towns(store: Store, name: str) -> list[Named]:
    """Towns whose name begins with this one and goes on with what tells them from others.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [town.typed for town in longer_towns(store, "Sherburn")]
    ['Sherburn in Elmet, North Yorkshire (town)']
    """
    words = place_form(name).split()
    if not words:
        return []
    form = " ".join(words)
    longer = [one.split() for one in forms_with(store, form) if one.startswith(f"{form} ")]
    begun = [one for one in longer if one[len(words)] in _LINKS]
    towns = [place for one in begun for place in named_places(store, " ".join(one))]
    return [place for place in towns if place.rank == TOWN and not place.called]


class PlacesMeant(NamedTuple):
    """The places that a name may mean, one if there is no doubt, and those of the name that are not meant."""

    places: list[Named]
    beside: list[Named]


def with_quarters(
    store: Store, name: str, places: list[Named], found: list[Named], at: AnyDay
) -> PlacesMeant:
    """The place of a name that was found, or all that could be, with those elsewhere that only longer names tell.

    A village is not taken before a city's quarter: one that is found is taken alone only if a council is called after
    it, or if it has the people of what wards and small areas tell, by an average ward's; these are then beside it. A
    larger town of a longer name is asked about too.
    """
    at = day_of(at)
    here = {place.council: place for place in places}
    quarters = []
    for place in called_after(store, name):
        exact = here.get(place.council)
        if exact is None:
            quarters.append(place)
        elif (
            exact.rank == TOWN and (exact.people or 0.0) <= UNLISTED
        ):  # how large is not known but by its parts
            quarters.append(exact._replace(people=place.people))
    largest = max(place.people or 0.0 for place in places)
    towns = [place for place in longer_towns(store, name) if (place.people or 0.0) > largest]
    towns = [place for place in towns if not any(_overlap(place, other) for other in [*places, *quarters])]
    if len(found) != 1:
        elsewhere = [place for place in quarters if place.council not in here]
        return PlacesMeant(largest_first([*found, *elsewhere, *towns]) if elsewhere or towns else found, [])
    [one] = found
    if one.rank == TOWN and (has_council(store, one, at) or named_alike(one.council, one.called)):
        return PlacesMeant(found, [])
    others = [place for place in quarters if place.council != one.council and not is_near(place.council, one)]
    known = one.people if one.people and one.people > UNLISTED else 0.0
    people = (
        known or several_parts(store, one) / TIMES * PART_PEOPLE / WARD_OF_VILLAGES
    )  # five times a ward's
    rivals = [place for place in others if people < (place.people or 0.0)]
    beside = [place for place in others if place not in rivals]
    return (
        PlacesMeant(largest_first([one, *rivals, *towns]), beside)
        if rivals or towns
        else PlacesMeant(found, beside)
    )


def _overlap(place: Named, other: Named) -> bool:
    """Whether two places of one council are one by two names, as Richmond is Richmond upon Thames."""
    return place.council == other.council and not place.areas.isdisjoint(other.areas)


def only_longer(store: Store, name: str) -> list[Named]:
    """What a name may mean that no place has alone: one, if it is the only one or has five times the next's people."""
    words = place_form(name).split()
    if NO_NAMES.issuperset(words) or words[0] == "st":  # wards called after a church's saint are everywhere
        return []
    found = largest_first([*called_after(store, name), *longer_towns(store, name)])
    if len(found) > 1 and (found[0].people or 0.0) >= TIMES * max(place.people or 0.0 for place in found[1:]):
        return found[:1] if all(place.people for place in found) else found
    return found


def _place(name: str, rows: list[PlaceName]) -> Named:
    """All that is called after a place in one council, as one place by equal shares.

    Its people are an average ward's for each ward or small area, and half of them if another place shares its name.
    """
    total = sum(row.share for row in rows)
    shares: dict[str, float] = {}
    for row in rows:
        shares[row.code] = shares.get(row.code, 0.0) + row.share / total
    kind = "place (extent estimated)" if len(shares) > 1 else "place"
    title = name.strip() if name.strip() != name.strip().lower() else name.strip().title()
    parts = tuple(sorted(shares.items()))
    qualities = (_people(rows), "", CALLED_AFTER, "")
    return Named(title, kind, rows[0].within, "", rows[0].county, *qualities, parts)


def _people(rows: list[PlaceName]) -> float:
    names = {kind: {row.name for row in rows if row.kind == kind} for kind in PARTS}
    return PART_PEOPLE * max(sum(1 / len(pieces_of(one)) for one in found) for found in names.values())
