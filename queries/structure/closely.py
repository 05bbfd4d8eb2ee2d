"""Which bodies that stand somewhere stand in a place: how closely the tables tell that, and what must be said of it."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.dates import FIRST_DAY, AnyDay, day_of
from orgmap.graphmodel.model import Place
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import with_space
from orgmap.queries.place.codes import POSTCODES
from orgmap.queries.place.location import in_use_within, postcodes_on

_SMALL = frozenset(
    ("town", "place", "parish", "ward", "neighbourhood", "small area", "postcode", "postal county")
)
"""Places that are a part of the areas in which they lie, and whose own bounds no table has."""

_NOTE = (
    "No table tells the bounds of {label} closely enough: listed is all that stands in the same areas, also beyond it."
    " Within an outcode (CT9) or a postcode sector (CT9 1) only what stands there is listed."
)


def smaller_note(place: Place) -> str:
    """What must be said where what stands in a place is looked for by its areas, and these reach beyond it; blank if
    they do not.

    >>> smaller_note(Place("Margate", "town", "Margate", (("area:1", 1.0),)))[:44]
    'No table tells the bounds of Margate closely'
    """
    sort = place.kind.partition(" (")[0].partition(" of ")[0].replace("_", " ")
    return _NOTE.format(label=place.label) if sort in _SMALL else ""


def beginning(store: Store, place: Place) -> tuple[str, bool]:
    """How the postcodes of an outcode or postcode sector begin, before their space, and whether a letter may follow;
    blank for all other places.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.place.places import place_of
    >>> with open_store() as store:
    ...     [beginning(store, place_of(store, text, "2020-01-01")) for text in ("CT9", "CT9 1", "W1", "Margate")]
    [('CT9 ', False), ('CT9 1', False), ('W1', True), ('', False)]
    """
    if place.share_of != POSTCODES:
        return "", False
    if " " in place.label:
        return place.label, False
    return (
        (f"{place.label} ", False)
        if in_use_within(store, place.label, FIRST_DAY).parts
        else (place.label, True)
    )


def begins_so(postcode: str, start: tuple[str, bool]) -> bool:
    """Whether a postcode begins as those of a place.

    >>> begins_so("CT91AA", ("CT9 ", False)), begins_so("CT101AA", ("CT1 ", False)), begins_so("W1A1AA", ("W1", True))
    (True, False, True)
    """
    text, letter = start
    spaced = with_space(postcode)
    return spaced.startswith(text) and (not letter or spaced[len(text) : len(text) + 1].isalpha())


def standing_so(store: Store, bodies: Iterable[str], start: tuple[str, bool], at: AnyDay) -> set[str]:
    """Those of these bodies that have, on a day, a postcode that begins so."""
    at = day_of(at)
    return {
        body.id
        for body in store.entities(ids=sorted(bodies), at=at)
        if any(begins_so(postcode, start) for postcode in postcodes_on(store, body, at))
    }
