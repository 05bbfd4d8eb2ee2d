"""From the words that people use to the service that is meant."""

from __future__ import annotations

from graphmodel.errors import Ambiguous, NothingFound
from graphmodel.model import Entity
from graphmodel.store import Store
from graphmodel.text import normalise
from queries.search import mend

SCOPE = "service:local_commissioning"
"""The group whose rules hold for everything that local commissioners buy."""


def service_of(store: Store, text: str) -> Entity:
    """The one service that a word means; raises `Ambiguous` with the services if it means several.

    Raises `NothingFound` if no service has a name like it.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     service_of(store, "health visitors").name
    'Health visiting and Family Nurse Partnership (0 to 5)'
    """
    found = services_named(store, text)
    leaves = _leaves(store, found)
    if len(leaves) == 1:
        return leaves[0]
    if leaves:
        lines = [f"{service.id} — {service.label}" for service in leaves]
        raise Ambiguous(f"“{text}” could be {len(leaves)} services; name one.", lines)
    raise NothingFound(f"No service is called “{text}”. orgmap list service shows them all.")


def services_named(store: Store, text: str) -> list[Entity]:
    """Services whose id, name or alias is the text; else those with all its words, mistyped ones mended."""
    if text.startswith("service:"):
        return store.entities(ids=[text])
    exact = store.entities(ids=[i for i in store.ids_of_name(normalise(text)) if i.startswith("service:")])
    if exact:
        return exact
    words = normalise(text).split()
    for attempt in (words, mend(store, words)):
        ids = {named.id for named in store.names_with(attempt) if named.id.startswith("service:")}
        if ids:
            return store.entities(ids=ids)
    return []


def _leaves(store: Store, found: list[Entity]) -> list[Entity]:
    """The services themselves: a group stands for those in it."""
    ids = {service.id for service in found}
    inside = {fact.subject: fact.object for fact in store.relationships(objects=ids, verbs=["part_of"])}
    groups = {group for group in inside.values() if group != SCOPE}
    # Where a word names a service and also its group, the service is meant.
    plain = [service for service in found if service.id not in groups]
    if plain:
        return plain
    return store.entities(ids=[one for one in inside if one.startswith("service:")])
