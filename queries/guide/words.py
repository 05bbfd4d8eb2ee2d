"""The lines of a guide in words, as the command line and the page say them alike."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import has
from orgmap.queries.commissioning.rule_reach import SOME
from orgmap.queries.plans.marks import plan_words

NOT_HELD = "not held"
"""What is said of a way to reach a body that no register gives."""

BUYS_NOTHING = "buys_nothing"
"""The trait of kinds that a guide never tells among those who pay."""

PAYS_FOR, SEES_TO, ACTS, FOR_SOME = (
    "pays for",
    "sees to",
    "acts for the body that pays for",
    "for some people",
)
"""How a body's services are told: it buys them, it sees to them, it acts for who does, it does for some people only."""

ACTING = "acting_through"
"""The basis of what a body does for another that stays the one that decides in law."""

MAY_NOT = "for some places, and no source says which: it may not hold here"
"""What is said of a service where sources do not say of which bodies it holds."""

NAMED = 8
"""So many services are named below a body; of more their groups are."""


def paid_words(line: dict[str, Any]) -> dict[str, str]:
    """What a body of a guide pays for, or sees to where it buys nothing; what it does for some people only is apart.

    >>> prison = {"name": "Care in prison", "group": None, "basis": "statutory", "status": "in_force", "through": []}
    >>> body = {"id": "national:nhs_england", "kind": "national_body"}
    >>> paid_words({"body": body, "services": [{**prison, "only_for": ["prisoners"]}]})
    {'for some people': 'only for prisoners: Care in prison'}
    """
    everybody = [one for one in line["services"] if not one.get("only_for")]
    acting = [one for one in everybody if one["basis"] == ACTING]
    own = [one for one in everybody if one["basis"] != ACTING]
    some: dict[str, list[str]] = {}
    for one in line["services"]:
        if only := one.get("only_for"):
            some.setdefault(" and ".join(only), []).append(_service(one))
    verb = SEES_TO if has(line["body"]["kind"], BUYS_NOTHING) else PAYS_FOR
    said = {verb: service_words(own)} if own else {}
    if acting:
        said[ACTS] = service_words([{**one, "basis": "statutory"} for one in acting])
    if some:
        limited = (f"{people}: {'; '.join(names)}" for people, names in some.items())
        said[FOR_SOME] = f"only for {'. Only for '.join(limited)}"
    return said


def service_name(service: dict[str, Any]) -> str:
    """A service that a body pays for, with the people for whom alone it does.

    >>> service_name({"name": "Care in prison", "only_for": ["prisoners"]})
    'Care in prison (only for prisoners)'
    """
    only = service.get("only_for")
    return f"{service['name']} (only for {' and '.join(only)})" if only else str(service["name"])


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
    words += [MAY_NOT] if SOME in service.get("notes", ()) else []
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
    """The ways to reach a body in words, each with the day of its register; what is not held is counted at the end.

    >>> reach_words({"address": None, "telephone": {"value": "01", "seen_on": "2016-02-01"}})
    ['telephone: 01 (register of 2016-02-01)']
    """
    return [f"{field}: {way['value']} ({way_words(way)})" for field, way in reach.items() if way]


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
