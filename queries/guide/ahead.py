"""What changes next for the bodies of a guide: what came after its day, and what is only planned."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of, written
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import event_kinds, of_id
from orgmap.queries.change.changes import events_json
from orgmap.queries.guide.lines import Line, sentence_line
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.plans.plans import plans
from orgmap.queries.plans.statements import day_words

NAMED = 8
"""So many bodies are named in a change; more are counted."""


def what_came(store: Store, bodies: set[str], at: AnyDay) -> list[Line]:
    """The next change of each of these bodies after the day that did happen, the earliest first.

    Of a change of many bodies only what these became or came from is told, strays left out; that a body of the whole
    country took something over changes nothing for the place.
    """
    at = day_of(at)
    local = {one for one in bodies if of_id(one).reach != "country"}
    found = []
    for event, parts in store.events(ids=bodies, after=at, include=IN_FORCE):
        own = [part for part in parts if part.predecessor in bodies or part.successor in local]
        if kept := [part for part in own if not part.stray]:
            found.append((event, kept))
    first: dict[str, str] = {}
    for event, parts in sorted(found, key=lambda pair: pair[0].date or "9999"):
        for part in parts:
            for one in {part.predecessor, part.successor} & bodies:
                first.setdefault(one, event.id)
    nearest = [pair for pair in found if pair[0].id in first.values()]
    return [_came(row) for row in events_json(store, nearest)]


def _came(row: dict[str, Any]) -> Line:
    label = event_kinds()[row["kind"]].label
    who = " → ".join(filter(None, (_names(row["predecessors"]), _names(row["successors"]))))
    day = written(row["date"], row.get("precision", ""))
    text = f"{day}: {label[:1].upper()}{label[1:]}: {who}"
    return sentence_line(text, row["sources"], date=row["date"], status="in_force", event=row["id"])


def _names(bodies: list[dict[str, Any]]) -> str:
    names = [body.get("name") or body["id"] for body in bodies]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def what_is_planned(
    store: Store, place: str, at: AnyDay, include: Include, bodies: set[str], services: set[str]
) -> list[Line]:
    """The open plans that had been stated by the day: those of the place, those on the services asked for, and those
    that are to end or replace a body that the guide names."""
    at = day_of(at)
    try:
        answer = plans(store, place, include=include)
    except NothingFound:
        return []
    rows = [row for row in answer["plans"] if _said_by(row, at) and not row.get("verdict")]
    kept = [
        row
        for row in rows
        if row.get("own") or services & _parts(row, "about", "replaces") or bodies & _parts(row, "replaces")
    ]
    return [_line(row) for row in kept]


def _said_by(row: dict[str, Any], at: str) -> bool:
    """Whether some statement of the plan had been made by the day."""
    days = [one["stated_on"] for one in (row, *row["earlier"]) if one["stated_on"]]
    return not days or min(days) <= at


def _parts(row: dict[str, Any], *cells: str) -> set[str]:
    """What a plan names in these cells, in any of its statements."""
    return {part["id"] for one in (row, *row["earlier"]) for cell in cells for part in one[cell]}


def _line(row: dict[str, Any]) -> Line:
    stated = row["stated_on"] or ""
    stated = stated[: {"month": 7, "year": 4}.get(row.get("stated_precision", ""), len(stated))]
    when = day_words(row["planned_for"], row.get("planned_precision", ""))
    grounds = {one["plan"]: one["text"] for one in row.get("depends_on_plans", ())}
    return sentence_line(
        f"{when}: {row['text']}",
        row["sources"],
        date=row["planned_for"],
        status=row["status"],
        said=plan_words(row["status"], stated, row["said_by"] or ""),
        stated_on=row["stated_on"],
        said_by=row["said_by"],
        condition="; ".join(grounds.get(one, one) for one in row["depends_on"]),
        note=row.get("note"),
        plan=row["plan"] or row["id"],
        own=row.get("own", False),
    )
