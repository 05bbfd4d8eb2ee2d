"""What the tables know where the documents do not say: who covers a place, on a day on which such bodies were there."""

from __future__ import annotations

import re
from typing import Any

from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.statuses import IN_FORCE
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import candidates
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.records.alike import succession_asked
from orgmap.queries.records.asked import Clause

_COVERS = re.compile(
    r"\b(?:covers?|serves?|is in charge of|responsible for|looks? after)\s+(?P<place>.+?)\s*$", re.IGNORECASE
)
MOST = 12
"""So many bodies are named at most."""


def tables_say(store: Store, clauses: list[Clause]) -> dict[str, Any] | None:
    """Which bodies of the kind asked cover the place asked about, or who took over, by the tables; None of all else."""
    for clause in clauses:
        if took := _took_over(store, clause):
            return took
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


def _took_over(store: Store, clause: Clause) -> dict[str, Any] | None:
    """Who took over, or is to take over, from the one body that is named."""
    asked = succession_asked(clause)
    found = candidates(store, asked[0]) if asked and asked[1] else []
    if len(found) != 1:
        return None
    body = found[0]
    steps = [
        (event.date or "", part.successor, event)
        for event, parts in store.events(ids=[body.id], include=IN_FORCE.with_plans())
        for part in parts
        if part.predecessor == body.id and part.successor and not part.stray and event.kind not in GOES_ON
    ]
    if not steps:
        return None
    day = max(one[0] for one in steps)
    ids = list(dict.fromkeys(successor for date, successor, _ in steps if date == day))
    known = store.entities(ids=ids, include=IN_FORCE.with_plans())
    named = [{"id": one.id, "name": one.name} for one in known]
    if not named or len(named) > MOST:
        return None
    event = next(event for date, _, event in steps if date == day)
    ahead = event.status in IN_FORCE.with_plans().plans
    when = f"in {day[:7]}" if event.precision else f"on {day}"
    how = "is planned to pass" if ahead else "passed"
    return {
        "text": f"The tables know it: it {how} {when} to {', '.join(one['name'] for one in named)}.",
        "day": day,
        "bodies": named,
        "command": f"orgmap lineage {body.id} --forward" + (" --include planned" if ahead else ""),
    }


def _first_day(store: Store, kind: str) -> str:
    """The day on which most bodies of a kind began: before it there were none, or few."""
    days = [one.valid_from for one in store.entities(kind=kind) if one.valid_from]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else ""
