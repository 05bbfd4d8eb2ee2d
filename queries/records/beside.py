"""What the tables know where the documents do not say: who covers a place, on a day on which such bodies were there."""

from __future__ import annotations

import re
from typing import Any

from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.records.asked import Clause

_COVERS = re.compile(
    r"\b(?:covers?|serves?|is in charge of|responsible for|looks? after)\s+(?P<place>.+?)\s*$", re.IGNORECASE
)
MOST = 12
"""So many bodies are named at most."""


def tables_say(store: Store, clauses: list[Clause]) -> dict[str, Any] | None:
    """Which bodies of the kind asked cover the place asked about, by the tables; None if that is not what is asked."""
    for clause in clauses:
        place = _COVERS.search(clause.text)
        if not place or len(clause.kinds) != 1:
            continue
        kind = clause.kinds[0]
        day = clause.days[0].first if clause.days else _first_day(store, kind)
        if not day:
            continue
        try:
            found = list_bodies(store, kind, day, place["place"])["bodies"]
        except (NothingFound, Ambiguous, WrongUse):
            continue
        if not found or len(found) > MOST:
            continue
        named = [{"id": one["id"], "name": one["name"]} for one in found]
        return {
            "text": f"The tables know it: on {day} {', '.join(one['name'] for one in named)}.",
            "day": day,
            "bodies": named,
            "command": f"orgmap list {kinds()[kind].prefix} --within {place['place']!r} --at {day}",
        }
    return None


def _first_day(store: Store, kind: str) -> str:
    """The day on which most bodies of a kind began: before it there were none, or few."""
    days = [one.valid_from for one in store.entities(kind=kind) if one.valid_from]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else ""
