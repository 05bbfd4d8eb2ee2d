"""All bodies of a sort that the whole register alone knows, such as pharmacies, on a day, in a place or anywhere."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.register.bodies import NamedBody, register_of
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode
from orgmap.queries.body.registered import rows_of
from orgmap.queries.structure.closely import begins_so
from orgmap.queries.structure.within import Scope, scope_of


def list_registered(
    store: Store, sort: str, at: AnyDay, within: str | None = None, include: Include = IN_FORCE
) -> dict[str, Any] | None:
    """Lists the bodies of a sort that were open on a day, as the newest release of the register has them, in the form
    of `list_bodies`; None if no register is loaded, or it has none of the sort on that day.

    In a place are those whose postcode lies in it with most of its neighbourhood's people.
    """
    at = day_of(at)
    register = register_of(store)
    release = register.newest() if register else None
    if register is None or release is None:
        return None
    words = " ".join(sort.replace("_", " ").split())
    found = next((some for one in _singular(words) if (some := register.of_sort(one, at))), [])
    if not found:
        return None
    notes = [f"All of this is what the register says, as it was published on {release.as_of}."]
    place = ""
    if within:
        scope = scope_of(store, within, at, include)
        place = scope.described
        placed = _placed(store, found)
        notes += scope.notes
        if unplaced := len(found) - len(placed):
            notes.append(f"{unplaced:,} of all {len(found):,} have no postcode in England that is known.")
        notes += [scope.smaller] if scope.smaller else []
        found = [
            one
            for one in found
            if _lies(scope, placed.get(one.code, []))
            and begins_so(as_postcode(one.postcode) or "", scope.begins)
        ]
    return {"bodies": list(rows_of(store, found, release, at).values()), "notes": notes, "place": place}


def _singular(words: str) -> list[str]:
    """A sort as it was typed, and as one of it is called."""
    one = words.removesuffix("ies") + "y" if words.endswith("ies") else words.removesuffix("s")
    return list(dict.fromkeys([words, one]))


def _placed(store: Store, bodies: list[NamedBody]) -> dict[str, list[tuple[str, float]]]:
    """The areas of the neighbourhood in which each body lies, with its people, of those whose postcode is known."""
    postcodes = {one.code: found for one in bodies if (found := as_postcode(one.postcode))}
    known = store.postcodes(sorted(set(postcodes.values())))
    code_of = {code: known[one].code for code, one in postcodes.items() if one in known}
    areas = store.neighbourhoods(sorted(set(code_of.values()) - {""}))
    return {code: parts for code, one in code_of.items() if (parts := areas.get(one))}


def _lies(scope: Scope, areas: list[tuple[str, float]]) -> bool:
    """Whether most people of these areas live in a place."""
    inside = sum(people for area, people in areas if area in scope.areas)
    return bool(areas) and inside * 2 > sum(people for _, people in areas)
