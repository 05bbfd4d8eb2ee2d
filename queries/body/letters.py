"""A register's letters of a council that ended and goes on under the same name: NYK is North Yorkshire."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.place_words import without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_code, normalise
from orgmap.graphmodel.vocabulary import has


def council_of_letters(store: Store, text: str, body: Entity, at: AnyDay) -> Entity:
    """The council that is meant by an ended council's letters: the one in force that alone took over, under its name.

    Letters of a council that was divided, or that went on under another name, still mean the ended one.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [ended] = store.entities(ids=["council:E10000023"])
    ...     council_of_letters(store, "NYK", ended, "2024-06-01").id
    'council:E06000065'
    """
    at = day_of(at)
    letters = (as_code(text) or "").isalpha() and body.id in store.ids_of_code(as_code(text) or "")
    end = body.valid_until
    if not letters or not has(body.kind, "local_authority") or end is None or end > at:
        return body
    successors = {
        part.successor
        for event, parts in store.events(ids=[body.id])
        for part in parts
        if event.date == end and part.predecessor == body.id and part.successor and not part.stray
    }
    alive = store.entities(ids=successors, at=at) if len(successors) == 1 else []
    return next((one for one in alive if one.kind == body.kind and _same_name(one, body)), body)


def letters_note(store: Store, text: str, body: Entity) -> list[str]:
    """What must be said where a body is meant by the letters of the council that it followed."""
    code = as_code(text) or ""
    coded = store.ids_of_code(code)
    if not code.isalpha() or body.id in coded or not has(body.kind, "local_authority"):
        return []
    return [
        f"{code} was the code of {old.label} ({old.id}), which ended on {old.valid_until}; {body.label} followed it."
        for old in store.entities(ids=coded)
        if old.valid_until and council_of_letters(store, text, old, old.valid_until).id == body.id
    ]


def _same_name(one: Entity, other: Entity) -> bool:
    return _bare(one.label) == _bare(other.label)


def _bare(name: str) -> str:
    return without_style(name) or normalise(name)
