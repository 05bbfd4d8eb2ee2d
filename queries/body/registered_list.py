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

LETTERS = 4
"""Words that begin with the same letters, so many, are alike: dentist and dental."""

SHOWN = 8
"""So many sorts are named."""


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


def sorts_like(store: Store, sort: str) -> str:
    """What may be listed instead of a sort that neither the graph nor the register has, as a sentence.

    Where no register is loaded, that one would tell.
    """
    register = register_of(store)
    if register is None or not register.newest():
        return (
            "Pharmacies, dental practices, care homes, sites and other bodies of the whole register are listed once"
            " that is loaded: orgmap load hscorgrefdataxml.zip."
        )
    sorts = register.sorts()
    asked = [word[:LETTERS] for word in _singular(sort.lower())[-1].split() if len(word) >= LETTERS]
    alike = [one for one in sorts if any(word.startswith(tuple(asked)) for word in one.lower().split())]
    shown = sorted(alike or sorts, key=lambda one: -sorts[one])[:SHOWN]
    also = "The register lists bodies like that as" if alike else "The register lists, among others,"
    return f"{also}: {', '.join(shown)}." if alike else f"{also} {', '.join(shown)}."


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
