"""What became of a body that ended: who followed it, the largest share first."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.store import Store

TOLD = 3
"""So many of those that followed are named."""


class Follower(NamedTuple):
    """A body that took over when another ended, and which share of it, if a table says so."""

    body: Entity
    weight: float | None
    counts: str


def followers(store: Store, body: Entity) -> list[Follower]:
    """Who took over from a body on the day on which it ended, under their names of that day; who got strays did not.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [penwith] = store.entities(ids=["district:E07000023"])
    ...     [one.body.id for one in followers(store, penwith)]
    ['council:E06000052']
    """
    if not body.valid_until:
        return []
    found: dict[str, tuple[float | None, str]] = {}
    for event, parts in store.events(ids=[body.id]):
        for part in parts if event.date == body.valid_until else ():
            if part.predecessor == body.id and part.successor and not part.stray:
                known = found.get(part.successor)
                if known is None or (known[0] or 0.0) < (part.weight or 0.0):
                    found[part.successor] = (part.weight, part.counts)
    named = {one.id: one for one in store.entities(ids=found)}
    named |= {one.id: one for one in store.entities(ids=found, at=body.valid_until)}
    order = sorted(found, key=lambda one: (-(found[one][0] or 0.0), one))
    return [Follower(named[one], *found[one]) for one in order if one in named]


def became(store: Store, body: Entity) -> str:
    """A sentence on the end of a body and on those that followed it; blank if it goes on."""
    if not body.valid_until:
        return ""
    found = followers(store, body)
    if not found:
        return f"{body.label} ended on {body.valid_until}."
    successors = [f"{one.body.label} ({_share(one)}{one.body.id})" for one in found[:TOLD]]
    more = f" and {len(found) - TOLD} more" if len(found) > TOLD else ""
    return f"{body.label} ended on {body.valid_until} and was followed by {_listed(successors)}{more}."


def _share(follower: Follower) -> str:
    return f"{follower.weight:.0%} of its {follower.counts}, " if follower.weight and follower.counts else ""


def _listed(words: list[str]) -> str:
    """Words with commas and an “and”.

    >>> _listed(["A", "B", "C"])
    'A, B and C'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
