"""Where a postcode lies, and where a body that has one stood on a day."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity, Period, Place
from orgmap.graphmodel.store import PostcodeRow, Store
from orgmap.graphmodel.text import as_outcode, as_postcode, as_sector, country_of_postcode, with_space
from orgmap.queries.by_set import BySet, kept_with

POPULATION = "population mid-2020"

MOST = 2000
"""So many postcodes and neighbourhoods are remembered."""

COUNTRIES = {
    "S": "Scotland",
    "W": "Wales",
    "N": "Northern Ireland",
    "M": "the Isle of Man",
    "L": "the Channel Islands",
}


class Within(NamedTuple):
    """Areas with the number of postcodes in each, and the day since which there are any, where that comes later."""

    parts: list[tuple[str, int]]
    since: str = ""


def postcodes(store: Store) -> BySet[PostcodeRow | None]:
    """What a store knows of postcodes without their space."""

    def read(keys: set[str]) -> dict[str, PostcodeRow]:
        return store.postcodes(sorted(keys))

    return kept_with(store, "postcodes", lambda: BySet[PostcodeRow | None](read, None, MOST))


def neighbourhoods(store: Store) -> BySet[list[tuple[str, float]]]:
    """The areas of neighbourhoods with their people in each."""
    return kept_with(
        store, "neighbourhoods", lambda: BySet[list[tuple[str, float]]](store.neighbourhoods, [], MOST)
    )


def known_postcode(store: Store, postcode: str, at: AnyDay) -> Place:
    """The place of a postcode without its space, as the lists have it for a day. Raises `NothingFound` if it is not
    known or not in England."""
    label = with_space(postcode)
    row = postcodes(store)[postcode]
    if row is None:
        if country := country_of_postcode(postcode):
            raise NothingFound(f"{label} is not in England: its letters belong to {country}.")
        raise NothingFound(f"Postcode not known: {label} is in none of the lists of English postcodes.")
    return postcode_place(store, postcode, row.on(day_of(at)))


def postcode_place(store: Store, postcode: str, row: PostcodeRow) -> Place:
    """The place of a known postcode from its row, as its newest list has it.

    Raises `NothingFound` if it has no grid reference or is abroad.
    """
    code, seen = row.code, row.seen
    label = with_space(postcode)
    if code[1:].isdigit() and code[:1] in COUNTRIES:
        raise NothingFound(f"{label} is not in England: it lies in {COUNTRIES[code[0]]}.")
    if not code:
        raise NothingFound(f"{label} is a known postcode, but the lists do not say where it lies.")
    notes = []
    if seen == "terminated":
        notes.append(f"{label} is no longer in use; the answer is for the neighbourhood ({code}) it lay in.")
    elif seen == "2014":
        notes.append(f"{label} was in use in 2014 and no longer in 2025; the answer is for where it lay.")
    parts = neighbourhoods(store)[code]
    if not any(people for _, people in parts) and (coded := store.coded(code)):
        parts = sorted((part.area, part.population) for part in coded)
        if kind := next((part.kind for part in coded if part.kind), ""):
            how = "estimated" if "estimated" in kind else "derived"
            notes.append(f"{label} lies in {code}, which is placed by the neighbourhoods of 2011 ({how}).")
    return Place(label, "postcode", label, shares_of(parts), POPULATION, tuple(notes))


def in_use_within(store: Store, outcode: str, at: AnyDay, digit: str = "") -> Within:
    """The areas of the postcodes of an outcode (or of its sector with this digit) that lists have in use on a day, with
    the number in each, most first. Where they have none yet, those of the first day on which they have.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     within = in_use_within(store, "CT9", "2013-06-01")
    >>> within.since, len(within.parts) > 0
    ('', True)
    """
    at, rows = day_of(at), store.of_outcode(outcode, digit)
    found = neighbourhoods(store)
    found.expect(row.code for row in rows if row.code)
    for day in (at, *sorted(day for day in {day for row in rows for day in row.changed} if day > at)):
        counted: Counter[str] = Counter()
        for row, times in rows.items():
            for area, _ in found[code] if (code := row.in_use_on(day)) else ():
                counted[area] += times
        if counted:
            ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
            return Within(ordered, day if day > at else "")
    return Within([], "")


def days_of_lists(store: Store, text: str) -> set[str]:
    """The days on which lists of postcodes have a postcode, an outcode or a sector otherwise than before."""
    if postcode := as_postcode(text):
        row = postcodes(store)[postcode]
        return set(row.moved) if row else set()
    outcode, digit = (sector[:-1], sector[-1]) if (sector := as_sector(text)) else (as_outcode(text), "")
    rows = store.of_outcode(outcode, digit) if outcode else {}
    return {day for row in rows for day in row.changed}


def shares_of(parts: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """People by area as shares of all of them; where nobody lives, every area counts alike."""
    total = sum(people for _, people in parts)
    return tuple((area, people / total if total else 1 / len(parts)) for area, people in parts)


def standing_place(store: Store, body: Entity, at: AnyDay) -> Place | None:
    """Where a body with a postcode stood on a day, if the postcode is known then and lies in England."""
    at = day_of(at)
    for postcode in postcodes_on(store, body, at):
        if row := postcodes(store)[postcode]:
            try:
                return postcode_place(store, postcode, row.on(at))
            except NothingFound:
                return None
    return None


def postcodes_on(store: Store, body: Entity, at: AnyDay) -> list[str]:
    """The postcodes that the registers give for a body on a day, without their space."""
    at = day_of(at)
    words = store.details(body.id).locations
    found = [as_postcode(word.value) for word in words if Period(word.valid_from, word.valid_until).holds(at)]
    return [postcode for postcode in found if postcode]


def why_not_standing(store: Store, body: Entity, at: AnyDay) -> str:
    """Why it is not known where a body with a postcode stood on a day."""
    at = day_of(at)
    unknown = f"Where {body.label} stood on {at} is not known"
    for postcode in postcodes_on(store, body, at):
        country = country_of_postcode(postcode)
        where = (
            f"is not in England but in {country}"
            if country
            else "is in none of the lists of English postcodes"
        )
        return f"{unknown}: its postcode {with_space(postcode)} {where}."
    return f"{unknown}: no register gives its postcode."
