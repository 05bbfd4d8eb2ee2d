"""Where a name that is no place's may lie: councils in which bodies stand that have it in theirs."""

from __future__ import annotations

from collections import Counter

from orgmap.graphmodel.dates import AnyDay, day_before, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import of_id
from orgmap.queries.place.location import standing_place
from orgmap.queries.structure.hierarchy import Chains

SHORTEST, MOST, TOLD = 5, 40, 2
"""Shorter names are words of many others; of so many bodies the place is looked up; so many councils are told."""

_STANDING = ("list", "postcode")
"""How kinds reach that stand at a postcode."""


def stand_there(store: Store, text: str, at: AnyDay) -> str:
    """A sentence on the councils in which bodies of that name stand, those with most of them first; blank if none does.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     stand_there(store, "Nowhereton", "2024-01-01")
    ''
    """
    at = day_of(at)
    form = normalise(text)
    if len(form) < SHORTEST:
        return ""
    ids = {
        one.id
        for one in store.names_with(form.split())
        if of_id(one.id).reach in _STANDING and f" {form} " in f" {normalise(one.name)} "
    }
    found: dict[str, list[str]] = {}
    for body in store.entities(ids=sorted(ids)[:MOST]) if ids else []:
        for council in _councils_of(store, body, at):
            found.setdefault(council, []).append(f"{body.label} ({body.id})")
    count = Counter({council: len(bodies) for council, bodies in sorted(found.items())})
    counted = [f"{found[council][0]} in {council}" for council, _ in count.most_common(TOLD)]
    return f" In the tables only bodies are called after it: {' and '.join(counted)}." if counted else ""


def _councils_of(store: Store, body: Entity, at: str) -> list[str]:
    """The names of the councils of a day, districts before counties, in whose areas a body stands or last stood."""
    ended = body.valid_until and body.valid_until <= at
    place = standing_place(store, body, day_before(body.valid_until) if ended and body.valid_until else at)
    chains, found = Chains.of(store), []
    for area, _ in place.parts if place else ():
        covering = [relationship.subject for relationship in chains.covering(area, at)]
        councils = [one for one in covering if "local_authority" in of_id(one).traits]
        councils = [one for one in councils if "social_care" not in of_id(one).traits] or councils
        found += [one.label for one in chains.entities(set(councils), at).values()]
    return list(dict.fromkeys(found))
