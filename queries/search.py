"""Finding bodies by some of their words, whatever the spelling."""

from __future__ import annotations

import difflib
from typing import Any

from graphmodel.model import Entity
from graphmodel.store import NamedEntity, Store
from graphmodel.text import normalise
from queries.answers import bodies_json
from queries.resolve import BESIDE_BODIES, candidates

LIMIT = 20


def search(
    store: Store, text: str, kind: str | None = None, at: str | None = None, limit: int = LIMIT
) -> dict[str, Any]:
    """Lists the bodies whose names come nearest to a text, best first; forgives typing errors.

    With `at`, bodies in force on that day come before others. Returns `{"query", "bodies", "notes"}`;
    each body carries the name that `matched`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     search(store, "thanett ccg")["bodies"][0]["id"]
    'ccg:10E'
    """
    words = normalise(text).split()
    notes = []
    exact = [entity.id for entity in candidates(store, text)]
    found = store.names_with(words)
    if not found and not exact and words:
        mended = mend(store, words)
        if mended != words:
            found = store.names_with(mended)
            notes.append(f"Nothing is spelt “{text}”; shown is what comes nearest: “{' '.join(mended)}”.")
            words = mended
    best: dict[str, NamedEntity] = {}
    for named in found:
        if named.id not in best or _closeness(named.name, words) > _closeness(best[named.id].name, words):
            best[named.id] = named
    entities = {e.id: e for e in store.entities(ids=[*best, *exact]) if e.kind not in BESIDE_BODIES}
    if kind:
        entities = {id_: entity for id_, entity in entities.items() if entity.kind == kind}
    ranked = sorted(
        entities.values(),
        key=lambda e: (
            e.id not in exact,
            bool(at) and not e.period.holds(at or ""),
            -_closeness(best[e.id].name if e.id in best else e.name, words),
            _weight(e),
            e.id,
        ),
    )
    if len(ranked) > limit:
        notes.append(f"{len(ranked):,} bodies match; the {limit} nearest are shown. Add words or --kind.")
    bodies = bodies_json(store, ranked[:limit])
    for body in bodies:
        body["matched"] = best[body["id"]].name if body["id"] in best else body["name"]
    return {"query": text, "bodies": bodies, "notes": notes}


def mend(store: Store, words: list[str]) -> list[str]:
    """The words of the names that come nearest to mistyped ones; a word that is known stays."""
    known = store.words()
    starts = set(known)
    mended = []
    for word in words:
        if word in starts or any(other.startswith(word) for other in known):
            mended.append(word)
        else:
            mended.append(next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.7)), word))
    return mended


def _closeness(name: str, words: list[str]) -> float:
    """1 when the name has just these words, less the more others it has."""
    have = normalise(name).split()
    whole = sum(word in have for word in words)
    return (whole + len(words)) / (2 * len(words) + max(0, len(have) - len(words))) if words else 0.0


def _weight(entity: Entity) -> int:
    """Practices come last among equals: there are twenty thousand of them."""
    return {"gp_practice": 2, "primary_care_network": 1}.get(entity.kind, 0)
