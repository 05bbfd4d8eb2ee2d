"""Places that are not in England: what is refused with the country it lies in."""

from __future__ import annotations

from functools import cache

from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_outcode, country_of_postcode
from orgmap.graphmodel.vocabulary import term_rows

ABROAD = {
    "wales": "Wales",
    "scotland": "Scotland",
    "northern ireland": "Northern Ireland",
    "ireland": "Ireland",
}
"""Countries by name."""


@cache
def _names() -> dict[str, str]:
    return {place_form(name): country for name, country, _ in term_rows("outside_england.csv")}


def country_called_in(name: str) -> str:
    """The country that a place of that name lies in outside England; blank if none is known.

    Whether England has such a place too is not looked at: that is to be asked first.

    >>> country_called_in("Cardiff"), country_called_in("City of Edinburgh Council"), country_called_in("Margate")
    ('Wales', 'Scotland', '')
    """
    form = place_form(name)
    return ABROAD.get(form) or _names().get(form) or _names().get(without_style(name)) or ""


def why_abroad(store: Store, text: str, named: bool, unknown: list[str]) -> str:
    """Why a text that is no place in England is none, if it is one elsewhere; else blank.

    `named` tells whether England has a place of the name itself, `unknown` what stood behind it and is not in England.
    """
    name, *behind = (part.strip() for part in text.split(","))
    if any(place_form(part) in ABROAD for part in behind):
        return f"“{text}” is not in England: only places in England are known."
    for part in unknown:
        if country := country_called_in(part):
            return f"“{text}” is not in England: {part} is in {country}."
    if not named and (country := country_called_in(text) or country_called_in(name)):
        if country.removeprefix("the ") in name:
            return f"{country[0].upper()}{country[1:]} is not in England: only places in England are known."
        return f"“{name}” is not in England: a place of that name is in {country}."
    for outcode in filter(None, map(as_outcode, text.replace(",", " ").split())):
        if country := country_of_postcode(outcode):
            return f"“{text}” is not in England: the letters of {outcode} belong to {country}."
        if not store.outcode(outcode):
            return f"“{text}” is no place in England: no postcode there begins with {outcode}."
    return ""
