"""All bodies of a sort that the whole register alone knows, such as pharmacies, on a day, in a place or anywhere."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.register.bodies import (
    PREFIX,
    NamedBody,
    RegisterLookUp,
    declared_roles,
    register_of,
)
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode
from orgmap.graphmodel.vocabulary import kinds, parse_kind
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
    of `list_bodies`; None if no register is loaded, or it has no such sort.

    In a place are those whose postcode lies in it with most of its neighbourhood's people.
    """
    at = day_of(at)
    register = register_of(store)
    release = register.newest() if register else None
    if register is None or release is None:
        return None
    if not (sort := sort_meant(register, sort)):
        return None
    found = register.of_sort(sort, at)
    notes = [f"All of this is what the register says, as it was published on {release.as_of}."]
    if at > release.as_of:
        notes.append(
            f"What opened or closed after {release.as_of} is not known: on {at} they are as last known."
        )
    if not found:
        notes.append(f"The register has bodies of this sort ({sort}), and none that was open on {at}.")
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


def sort_meant(register: RegisterLookUp, typed: str) -> str:
    """The sort of the register's bodies that words mean, one or many of it, with `ods:` before them or not; blank for
    none."""
    known = {one.casefold(): one for one in register.sorts()}
    return next((known[one] for one in _singular(typed) if one in known), "")


def beside_registered(store: Store, typed: str, kind: str, at: AnyDay) -> list[str]:
    """A sentence where words for a kind of the graph are also a sort of the register's bodies: which was taken."""
    at, register, kind = day_of(at), register_of(store), parse_kind(kind)
    release = register.newest() if register else None
    if register is None or release is None:
        return []
    named = dict.fromkeys((typed, kinds()[kind].label, kind))
    sort = next((found for one in named if (found := sort_meant(register, one))), "")
    if not sort or typed == kinds()[kind].prefix:
        return []
    number = register.count_of_sort(sort, at)
    counted = "1 body" if number == 1 else f"{number:,} bodies"
    return [
        f"“{typed}” was taken as the kind of the graph; the register of {release.as_of} has {counted} under such words,"
        f" open on {at}: orgmap list “{PREFIX}:{sort}” lists them."
    ]


def only_registered(store: Store, typed: str) -> str:
    """What to say of words for a sort of body that is no kind of the graph and that no register which is loaded has."""
    register = register_of(store)
    release = register.newest() if register else None
    if register is None or release is None:
        return (
            "Pharmacies, dental practices, care homes, sites and other bodies of the whole register are listed once"
            " that is loaded: orgmap load hscorgrefdataxml.zip."
        )
    words = _singular(typed)
    known = {said.words.casefold() for _, said in declared_roles().values()}
    none = f"The register of {release.as_of} has no body of this sort. " if known & {*words} else ""
    sorts = register.sorts()
    asked = tuple(word[:LETTERS] for word in words[-1].split() if len(word) >= LETTERS)
    alike = [one for one in sorts if any(word.startswith(asked) for word in one.casefold().split())]
    shown = ", ".join(sorted(alike or sorts, key=lambda one: -sorts[one])[:SHOWN])
    return f"{none}The register lists {'bodies like that as' if alike else 'among others'}: {shown}."


def _singular(typed: str) -> list[str]:
    """A sort as it was typed, without `ods:`, and as one of it is called."""
    words = " ".join(typed.removeprefix(f"{PREFIX}:").replace("_", " ").split()).casefold()
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
