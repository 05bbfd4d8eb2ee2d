"""The days on which answers change: between two of them a place has the same bodies, names and codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import of_id, reach_of
from orgmap.queries.structure.surroundings import UP


class Borders(NamedTuple):
    """The days, in order, and the bodies around areas whose changes they are."""

    days: list[str]
    bodies: frozenset[str]


def find_borders(store: Store) -> Borders:
    """Every day on which anything around an area changed, or a table ended.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     "2013-04-01" in find_borders(store).days
    True
    """
    relationships = store.relationships(verbs=["covers", "holds_contract_with"])
    bodies = {relationship.subject for relationship in relationships}
    seen: set[str] = set()
    while bodies - seen:
        new = bodies - seen
        seen |= new
        above = store.relationships(subjects=new, verbs=UP)
        relationships += above
        bodies |= {relationship.object for relationship in above}
    councils = {body for body in seen if "social_care" in of_id(body).traits}
    relationships += store.relationships(objects=councils, verbs=["part_of"])
    days = _ends(relationships)
    for entity in store.entities(ids=seen):
        details = store.details(entity.id)
        days |= _ends(details.names) | _ends(details.identifiers)
    for about in store.about():
        days |= {day_after(about.horizon)} if about.horizon else set()
        days |= {about.names_from} if about.names_from else set()
    return Borders(sorted(days), frozenset(seen))


def lives_of_bodies(store: Store) -> set[str]:
    """The first and last days of every body that a place may be named after."""
    return _ends(entity for entity in store.entities() if reach_of(entity.kind) != "list")


def own_days(store: Store, body: Entity) -> set[str]:
    """The days on which a body itself changed: its life, what it belonged to, where it stood."""
    details = store.details(body.id)
    return (
        _ends([body])
        | _ends(store.relationships(subjects=[body.id]))
        | _ends(details.locations)
        | _ends(details.names)
    )


def _ends(dated: Iterable[object]) -> set[str]:
    return {
        day
        for one in dated
        for end in ("valid_from", "valid_until")
        if (day := getattr(one, end)) is not None and day
    }
