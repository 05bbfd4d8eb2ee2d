"""Finding bodies by some of their words, whatever the spelling."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.naming import kinds_leaned_to, read_name
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise, shortened
from orgmap.graphmodel.vocabulary import has, parse_kind
from orgmap.queries.answers import bodies_json
from orgmap.queries.body.registered import search_registered
from orgmap.queries.body.resolve import ranked
from orgmap.queries.body.similar_names import LETTERS, WORDS, Hit, mend, pool_of, search_words, weigh

__all__ = ["LIMIT", "mend", "search"]

LIMIT = 20


def search(
    store: Store, text: str, kind: str | None = None, at: AnyDay | None = None, limit: int = LIMIT
) -> dict[str, Any]:
    """Lists the bodies whose names come nearest to a text, best first; forgives typing errors.

    With `at`, bodies in force on that day come before others. Returns `{"query", "bodies", "notes"}`;
    each body carries the name that `matched`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     search(store, "thanett ccg")["bodies"][0]["id"]
    'ccg:10E'
    """
    kind = parse_kind(kind) if kind else None
    at = day_of(at) if at else None
    notes = []
    if len(text) > LETTERS or len(text.split()) > WORDS:
        notes.append(f"Only the first {WORDS} words are looked for.")
    exact = {body.id: body for body in ranked(store, text[:LETTERS], at)}
    pool, words = pool_of(store, text)
    if words != search_words(text) and pool and not exact:
        notes.append(
            f"Nothing is spelt “{shortened(text)}”; shown is what comes nearest: “{' '.join(words)}”."
        )
    hits = weigh(store, text, pool, at)
    matched = {hit.body.id: hit.name for hit in hits}
    # “Sheffield Teaching” is the trust whose name has both words before what is called Sheffield alone.
    first = _leaned_to_first(hits, words) if kinds_leaned_to(words) else {}
    found = {**first, **exact, **{hit.body.id: hit.body for hit in hits if hit.body.id not in exact}}
    bodies = [body for body in found.values() if not has(body.kind, "ground") and kind in (None, body.kind)]
    # Whom the register calls just so comes before those of the graph that are only called alike.
    whole = [one for one in bodies if _has_all(words, matched.get(one.id, one.label))]
    registered, said = (
        ([], []) if kind else search_registered(store, text[:LETTERS], max(0, limit - len(whole)))
    )
    if registered:
        first_ids = {one.id for one in whole}
        bodies = [*whole, *(one for one in bodies if one.id not in first_ids)]
    shown = bodies_json(store, bodies[: limit - len(registered)])
    if len(bodies) > len(shown):
        notes.append(
            f"{len(bodies):,} bodies match; the {len(shown)} nearest are shown. Add words or --kind."
        )
    for body in shown:
        body["matched"] = matched.get(body["id"], body["name"])
    place = min(len(whole), len(shown)) if registered else len(shown)
    rows = [*shown[:place], *registered, *shown[place:]]
    notes += said
    return {"query": text, "bodies": rows, "notes": notes}


def _has_all(words: list[str], name: str) -> bool:
    """Whether each of these words begins one of a name."""
    there = normalise(name).split()
    return all(any(one.startswith(word) for one in there) for word in words)


def _leaned_to_first(hits: list[Hit], words: list[str]) -> dict[str, Entity]:
    """The bodies of a kind to which a text leans in whose names all its words stand, or else all the others."""
    kinds = kinds_leaned_to(words)
    others = [word for word in words if not kinds_leaned_to([word])]
    leaning = [hit for hit in hits if hit.body.kind in kinds]
    for wanted in (words, others):
        if found := {
            hit.body.id: hit.body for hit in leaning if set(wanted) <= set(read_name(hit.name).plain.split())
        }:
            return found
    return {}
