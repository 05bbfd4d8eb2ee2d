"""Names of landscapes and parts of the country that nobody administers: the Potteries, Teesside, the Isle of Dogs."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.term_tables import term_rows


class Informal(NamedTuple):
    """The councils in which such an area lies, and what can be asked for instead."""

    councils: tuple[str, ...]
    offers: tuple[str, ...]


def informal_area(name: str) -> Informal | None:
    """What is known of an area that nobody administers, by any way of writing its name; None if the name is none.

    >>> informal_area("The Potteries").councils
    ('Stoke-on-Trent', 'Newcastle-under-Lyme')
    """
    return _areas().get(place_form(name))


@cache
def _areas() -> dict[str, Informal]:
    return {
        place_form(name): Informal(_listed(councils), _listed(offers))
        for name, councils, offers in term_rows("informal_areas.csv")
    }


def area_or_place(text: str, area: Informal, places: list[str]) -> Ambiguous:
    """The question which is meant: such an area, for which something else can be asked, or small places of its name."""
    lines = [one for one in area.offers if not any(place.startswith(one) for place in places)]
    reason = "is an area that nobody administers, and places have that name too"
    return Ambiguous(f"“{text}” {reason}; name one so.", [*lines, *places])


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(";") if one.strip())


def nobody_administers(text: str, area: Informal) -> NothingFound:
    """The refusal of such an area, with what can be asked for instead."""
    offers = " or ".join(f"“{one}”" for one in area.offers)
    reason = "nobody administers that area, and no table tells how far it reaches"
    return NothingFound(
        f"No place is called “{text}”: {reason}. Did you mean {offers}? An English postcode always works."
    )
