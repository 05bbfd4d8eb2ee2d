"""Places that are not in England: what is refused with the country it lies in."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.postcode_words import EVER
from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.text import as_outcode, country_of_postcode
from orgmap.queries.place.part_names import parts_called_after

ABROAD = {
    "wales": "Wales",
    "scotland": "Scotland",
    "northern ireland": "Northern Ireland",
    "ireland": "Ireland",
}
"""Countries by name."""


LESSER = frozenset({"ons-wards", "ons-places-2025"})
"""Lists with villages and wards: their names are looked at only where nothing in England is called after them."""


_ISLE = "isle of "
"""So begin names of landscapes, as well as of councils."""


class Elsewhere(NamedTuple):
    """Where a place outside England lies, and by which list."""

    country: str
    source: str


@cache
def _names() -> dict[str, Elsewhere]:
    return {place_form(name): Elsewhere(*rest) for name, *rest in term_rows("outside_england.csv")}


def names_abroad() -> dict[str, tuple[str, bool]]:
    """For each name of a place outside England the country in which it lies, and whether only a lesser list has it.

    A name of a lesser list tells something only where nothing in England is called after it.

    >>> names_abroad()["cardiff"]
    ('Wales', False)
    """
    whole = {name: (country, False) for name, country in ABROAD.items()}
    return {name: (one.country, one.source in LESSER) for name, one in _names().items()} | whole


def country_called_in(store: Store, name: str) -> str:
    """The country that a place of that name lies in outside England; blank if none is known.

    Whether England has a place of just that name is not looked at: that is to be asked first.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [country_called_in(store, name) for name in ("Cardiff", "City of Edinburgh Council", "Margate")]
    ['Wales', 'Scotland', '']
    """
    form = place_form(name)
    if form in ABROAD:
        return ABROAD[form]
    bare = without_style(name)
    if form.startswith(_ISLE) and store.place_names(bare):
        bare = ""  # the Isle of Ely is called after Ely, and none of Cardiff's
    found = _names().get(form) or _names().get(bare)
    if not found or (found.source in LESSER and parts_called_after(store, name)):
        return ""
    return found.country


def why_abroad(store: Store, text: str, named: bool, unknown: list[str]) -> str:
    """Why a text that is no place in England is none, if it is one elsewhere; else blank.

    `named` tells whether England has a place of the name itself, `unknown` what stood behind it and is not in England.
    """
    name, *behind = (part.strip() for part in text.split(","))
    if any(place_form(part) in ABROAD for part in behind):
        return f"“{text}” is not in England: only places in England are known."
    for part in unknown:
        if country := country_called_in(store, part):
            return f"“{text}” is not in England: {part} is in {country}."
    if not named and (country := country_called_in(store, text) or country_called_in(store, name)):
        if country.removeprefix("the ") in name:
            return f"{country[0].upper()}{country[1:]} is not in England: only places in England are known."
        return f"“{name}” is not in England: a place of that name is in {country}."
    outcodes = [outcode for word in text.replace(",", " ").split() if (outcode := as_outcode(word))]
    for outcode in outcodes:
        if elsewhere := country_of_postcode(outcode):
            return f"“{text}” is not in England: the letters of {outcode} belong to {elsewhere}."
        if not any(row.in_use_on(EVER) for row in store.of_outcode(outcode)):
            return f"“{text}” is no place in England: no postcode there begins with {outcode}."
    return ""
