"""Addresses: a postcode or outcode in a longer text is what is meant, if the rest of the text can be true of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Place
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_outcode, as_postcode, as_sector, with_space
from orgmap.graphmodel.vocabulary import kind_of, kinds_with
from orgmap.queries.place.codes import place_of_code
from orgmap.queries.place.location import in_use_within, known_postcode
from orgmap.queries.place.parts import called_after
from orgmap.queries.place.qualifiers import MOST_PARTS, qualifier_of

_POSTCODE = re.compile(r"(?<![\w:])[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[,()]")
_DISTRICTS = 100
"""Outcodes are numbered up to so many."""


def address_by_postcode(store: Store, text: str, at: AnyDay) -> Place | None:
    """The postcode in an address; None if there is none, or it lies far from every place that the address names.

    Raises `NothingFound` for a postcode that is not known or lies abroad.
    """
    at = day_of(at)
    found = {as_postcode(one.group()) or "" for one in _POSTCODE.finditer(text)}
    rest = _POSTCODE.sub(",", text)
    if len(found) != 1 or not any(letter.isalpha() for letter in rest):
        return None
    [postcode] = found
    return _held(store, known_postcode(store, postcode, at), postcode, rest, at)


def address_by_outcode(store: Store, text: str, at: AnyDay) -> Place | None:
    """The same for an outcode or sector at the end of a text, before its first comma or in brackets."""
    at = day_of(at)
    for code, rest in _outcodes(text):
        if place := place_of_code(store, code, at):
            return _held(store, place, code.upper(), rest, at)
    return None


def _outcodes(text: str) -> Iterator[tuple[str, str]]:
    pieces = [piece.strip() for piece in _BETWEEN.split(text)]
    pieces = [piece for piece in pieces if piece]
    for number in dict.fromkeys((len(pieces) - 1, 0)):
        rest = ",".join([*pieces[:number], *pieces[number + 1 :]])
        if rest and _is_outcode(pieces[number]):
            yield pieces[number], rest
    words = pieces[-1].split() if pieces else []
    for count in (2, 1):
        if len(words) > count and _is_outcode(code := " ".join(words[-count:])):
            yield code, ",".join([*pieces[:-1], " ".join(words[:-count])])


def _is_outcode(text: str) -> bool:
    return bool(as_outcode(text) or as_sector(text))


def _held(store: Store, place: Place, code: str, rest: str, at: str) -> Place | None:
    """The place of a code if what stands beside it names it, or names none, or has its post town."""
    areas = {area for area, _ in place.parts}
    named: dict[str, set[str]] = {}
    for part in [one.strip() for one in _BETWEEN.split(rest) if one.strip()][-MOST_PARTS:]:
        qualifier = qualifier_of(store, part, at)
        if qualifier and qualifier.kind:
            continue
        named_areas = set(qualifier.areas) if qualifier else set()
        named_areas |= {area for one in called_after(store, part) for area in one.areas}
        if named_areas:
            named[part] = named_areas
    if not named or any(areas & named_areas for named_areas in named.values()):
        return place
    name = next(
        (part for part, named_areas in named.items() if _same_letters(store, code, named_areas, at)), ""
    )
    if not name:
        return None
    label = with_space(code) if as_postcode(code) else place.label
    note = f"{label} lies in {_councils(store, areas, at)}, and not in “{name}”; the {place.kind} is taken."
    return place._replace(notes=(*place.notes, note))


def _same_letters(store: Store, code: str, areas: set[str], at: str) -> bool:
    """Whether other postcodes that begin with the same letters lie in these areas: BS37 is Bristol's, and not in it."""
    letters = code[: 2 if code[1:2].isalpha() else 1]
    beside = (in_use_within(store, f"{letters}{number}", at) for number in range(_DISTRICTS))
    return any(area in areas for within in beside for area, _ in within.parts)


def _councils(store: Store, areas: set[str], at: str) -> str:
    """The councils that cover these areas, districts before counties, in words."""
    relationships = store.relationships(objects=sorted(areas), verbs=["covers"], at=at)
    ids = {relationship.subject for relationship in relationships}
    for kind in reversed(kinds_with("local_authority")):
        if found := sorted(one for one in ids if kind_of(one) == kind):
            named = store.entities(ids=found, at=at)
            return " and ".join(f"the area of {body.label}" for body in named)
    return "another place"
