"""The part of the pack that is read when a practice is first asked for: where each stood, and whom it was with."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity, Relationship
from orgmap.graphmodel.store import PostcodeRow
from orgmap.graphmodel.text import as_postcode, with_space
from orgmap.graphmodel.vocabulary import reach_of
from orgmap.queries.place.location import postcode_place, postcodes
from orgmap.viz.explorer.bodies import Packed, bodies_json, codes_json, names_json
from orgmap.viz.explorer.columns import Json, day_number, rising
from orgmap.viz.explorer.facts import relations_json
from orgmap.viz.explorer.named import Parts

NOT_PLACED = -1
"""Stands for a postcode of which the lists do not say where it lies, or that lies abroad."""


def practices_part(packed: Packed, relations: Iterable[Relationship], areas: list[str]) -> Json:
    """Practices and cost centres in columns: names, postcodes with the areas of these, and whom each was with."""
    parts = Parts(areas)
    return {
        "bodies": bodies_json(packed, packed.practices, with_locators=False),
        "names": names_json(packed, packed.practices),
        "codes": codes_json(packed, packed.practices),
        "relations": relations_json(packed, relations, with_locators=False),
        "locations": locations_json(packed, packed.practices, parts),
        "partLists": parts.to_json(),
    }


def locations_json(packed: Packed, bodies: Iterable[Entity], parts: Parts) -> Json:
    """Where each of these bodies stood, and since when; a postcode that no list knows is left out."""
    known = postcodes(packed.store)
    rows = [
        (one, word, postcode)
        for one in bodies
        for word in packed.details[one.id].locations
        if (postcode := as_postcode(word.value))
    ]
    known.expect(postcode for _, _, postcode in rows)
    found = [(one, word, postcode, row) for one, word, postcode in rows if (row := known[postcode])]
    return {
        "body": rising([packed.numbers[one.id] for one, *_ in found]),
        "postcode": [with_space(postcode) for _, _, postcode, _ in found],
        "parts": [_parts_of(packed, parts, postcode, row) for _, _, postcode, row in found],
        "from": [day_number(word.valid_from) for _, word, _, _ in found],
        "until": [day_number(word.valid_until) for _, word, _, _ in found],
    }


def _parts_of(packed: Packed, parts: Parts, postcode: str, row: PostcodeRow) -> int:
    try:
        return parts.number(postcode_place(packed.store, postcode, row).parts)
    except NothingFound:
        return NOT_PLACED


def standing_json(packed: Packed, areas: list[str]) -> Json:
    """Where other bodies stood that have no area but their postcode's: trusts."""
    parts = Parts(areas)
    bodies = [one for one in packed.bodies if reach_of(one.kind) == "postcode"]
    return {"locations": locations_json(packed, bodies, parts), "partLists": parts.to_json()}
