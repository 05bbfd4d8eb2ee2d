"""The lines of a guide in words, as the command line and the page say them alike."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.graphmodel.statuses import PLANS
from orgmap.queries.plans.marks import plan_words

NOT_HELD = "not held"
"""What is said of a way to reach a body that no register gives."""

NAMED = 8
"""So many services are named below a body; of more their groups are."""


def service_words(services: list[dict[str, Any]]) -> str:
    """The services that a body pays for: few by name, with what is special of each, many by their groups.

    >>> gp = {"name": "GP services", "group": None, "basis": "delegated", "status": "in_force", "through": []}
    >>> service_words([gp])
    'GP services (delegated)'
    """
    if len(services) <= NAMED:
        return "; ".join(_service(one) for one in services)
    groups: dict[str, int] = {}
    for one in services:
        name = one["group"] or "Other services"
        groups[name] = groups.get(name, 0) + 1
    return f"{len(services)} services: {'; '.join(f'{name} ({number})' for name, number in groups.items())}"


def _service(service: dict[str, Any]) -> str:
    words = [] if service["basis"] == "statutory" else [service["basis"].replace("_", " ")]
    words += [] if service["status"] == "in_force" else [f"{service['status']}, not law"]
    if service["through"]:
        words.append(f"through {', '.join(one['name'] or one['id'] for one in service['through'])}")
    return f"{service['name']} ({'; '.join(words)})" if words else str(service["name"])


def way_words(way: dict[str, Any]) -> str:
    """From which register a way to reach a body is, and whose it is.

    >>> way_words({"value": "01", "seen_on": "2016-02-01"})
    'register of 2016-02-01'
    """
    part = f", of {way['of']['name']}" if "of" in way else ""
    note = f"; {way['note']}" if "note" in way else ""
    return f"register of {way['seen_on']}{part}{note}"


def reach_words(reach: dict[str, Any]) -> list[str]:
    """The ways to reach a body in words, each with the day of its register, or “not held”.

    >>> reach_words({"address": None, "telephone": {"value": "01", "seen_on": "2016-02-01"}})
    ['address: not held', 'telephone: 01 (register of 2016-02-01)']
    """
    return [
        f"{field}: {way['value']} ({way_words(way)})" if way else f"{field}: {NOT_HELD}"
        for field, way in reach.items()
    ]


def all_sources(line: dict[str, Any]) -> list[dict[str, Any]]:
    """What a line cites, and what says what its body is for and how to reach it."""
    beside = [line.get("purpose"), line.get("for_reader"), *(line.get("reach") or {}).values()]
    return [*line["sources"], *(source for one in beside if one for source in one["sources"])]


def status_words(body: dict[str, Any]) -> str:
    """What must be said of a body that only a plan knows, that is in shadow form, or that a plan is to end.

    >>> end = {"date": "2027-04-01", "status": "enacted", "stated_on": "2026-03-10"}
    >>> status_words({"status": "shadow"}), status_words({"to_end": end})
    ('shadow', 'to end on 1 April 2027: enacted, its day to come; said on 2026-03-10')
    """
    words = []
    status = body.get("status") or "in_force"
    if status in PLANS:
        words.append(plan_words(status, body.get("stated_on"), body.get("said_by") or ""))
    elif status != "in_force":
        words.append(status)
    if end := body.get("to_end"):
        day = f" on {written(end['date'], end.get('precision') or '')}" if end.get("date") else ""
        words.append(
            f"to end{day}: {plan_words(end['status'], end.get('stated_on'), end.get('said_by') or '')}"
        )
    return "; ".join(words)
