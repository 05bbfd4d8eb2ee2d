"""What is said of bodies: relations, changes, rules about services, steps of accountability, reforms and plans."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.model import STATUSES, Include, Relationship
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import reach_of, the_kind
from orgmap.queries.answers import cited_by_rule
from orgmap.queries.change.reforms import list_reforms
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.commissioning.services_of_place import services_told
from orgmap.queries.commissioning.who import answer_notes, in_order
from orgmap.queries.plans.plans import plans
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, Once, day_number, rising, sparse

EVERYTHING = Include.of(STATUSES)
"""Whatever is said, with whatever status: the page chooses."""


def relations_json(packed: Packed, relations: Iterable[Relationship], with_locators: bool = True) -> Json:
    """Relations between bodies, in columns; what a body covers is listed by the areas."""
    rows = [one for one in relations if one.subject in packed.numbers and one.object in packed.numbers]
    return {
        "subject": rising([packed.numbers[one.subject] for one in rows]),
        "verb": [one.verb for one in rows],
        "object": [packed.numbers[one.object] for one in rows],
        "about": sparse(one.about for one in rows),
        "from": [day_number(one.valid_from) for one in rows],
        "until": [day_number(one.valid_until) for one in rows],
        "basis": [one.basis for one in rows],
        "status": sparse((one.status for one in rows), "in_force"),
        "statedOn": sparse((day_number(one.stated_on) for one in rows), None),
        "note": sparse(one.note for one in rows),
        "cited": [packed.cited.number([(one.source, one.locator)], with_locators) for one in rows],
    }


def changes_json(packed: Packed) -> Json:
    """Change events with all their successions."""
    found = packed.store.events(include=EVERYTHING)
    events = [event for event, _ in found]
    parts = [(number, part) for number, (_, parts) in enumerate(found) for part in parts]
    return {
        "events": {
            "id": [one.id for one in events],
            "kind": [one.kind for one in events],
            "day": [day_number(one.date) for one in events],
            "precision": sparse(one.precision for one in events),
            "status": sparse((one.status for one in events), "in_force"),
            "statedOn": sparse((day_number(one.stated_on) for one in events), None),
            "goesOn": [number for number, one in enumerate(events) if one.kind in GOES_ON],
            "instrument": sparse(one.instrument for one in events),
            "note": sparse(one.note for one in events),
            "cited": [packed.cited.number([(one.source, one.locator)]) for one in events],
        },
        "successions": {
            "event": rising([number for number, _ in parts]),
            "from": [packed.numbers.get(part.predecessor) for _, part in parts],
            "to": [packed.numbers.get(part.successor) for _, part in parts],
            "weight": [None if part.weight is None else round(part.weight, 4) for _, part in parts],
            "counts": sparse(part.counts for _, part in parts),
            "about": sparse(part.about for _, part in parts),
            "stray": [number for number, (_, part) in enumerate(parts) if part.stray],
            "status": sparse(part.status for _, part in parts),
        },
    }


def services_json(packed: Packed) -> Json:
    """Services by group with their words, and the rules that say who commissions each, in their order."""
    store = packed.store
    listed = services_told(store)
    words: dict[str, set[str]] = {}
    for service, _ in listed:
        words[service.id] = {name.value for name in store.details(service.id).names} - {service.name}
    rules = ServiceRules.of(store)
    rules.expect([service.id for service, _ in listed])
    of_service = {service.id: in_order(rules.of_service(service.id)) for service, _ in listed}
    every = {rule.id: rule for rule in store.rules()}
    every |= {rule.id: rule for found in of_service.values() for rule in found}
    numbers = Once(every)
    others = {one.id: one.name for one in store.entities(kind=the_kind("care"))}
    return {
        "services": {
            "id": [service.id for service, _ in listed],
            "name": [service.name for service, _ in listed],
            "description": [service.note for service, _ in listed],
            "group": [group for _, group in listed],
            "words": [sorted(words[service.id]) for service, _ in listed],
            "rules": [[numbers.number(rule.id) for rule in of_service[service.id]] for service, _ in listed],
        },
        "serviceNames": others,
        "rules": [
            {
                "id": rule.id,
                "about": rule.service,
                "commissioner": rule.commissioner,
                "basis": rule.basis,
                "accountable": rule.accountable,
                "onBehalfOf": rule.on_behalf_of,
                "actingThrough": rule.acting_through.split(),
                "population": rule.population or "not_stated",
                "coverage": rule.coverage,
                "bodies": rule.bodies.split(),
                "status": rule.status,
                "statedOn": day_number(rule.stated_on),
                "from": day_number(rule.valid_from),
                "until": day_number(rule.valid_until),
                "notes": answer_notes(rule),
                "verified": rule.verified == "yes",
                "cited": packed.cited.number(cited_by_rule(rule)),
            }
            for rule in every.values()
        ],
    }


def steps_json(packed: Packed) -> list[Json]:
    """Every step of accountability between kinds or bodies."""
    return [
        {
            "id": step.id,
            "subject": step.subject,
            "verb": step.verb,
            "object": step.object,
            "about": step.about,
            "basis": step.basis,
            "coverage": step.coverage,
            "bodies": step.bodies.split(),
            "status": step.status,
            "statedOn": day_number(step.stated_on),
            "from": day_number(step.valid_from),
            "until": day_number(step.valid_until),
            "note": step.note,
            "cited": packed.cited.number(cited_by_rule(step)),
        }
        for step in packed.store.accountability()
    ]


def reforms_json(packed: Packed) -> list[Json]:
    """The reforms, by date."""
    return [
        {
            "id": one["id"],
            "name": one["name"],
            "day": day_number(one["valid_from"]),
            "note": one.get("note", ""),
            "cited": packed.cited.number(
                [(said["source"], said["locator"] or "") for said in one["sources"]]
            ),
        }
        for one in list_reforms(packed.store)
        if one["valid_from"]
    ]


def plans_json(packed: Packed) -> list[Json]:
    """What is to change, each plan once with its latest statement, by its day."""
    found = plans(packed.store, include=EVERYTHING)["plans"]
    return [
        {
            "id": one["id"],
            "plan": one["plan"] or "",
            "text": one["text"],
            "about": " ".join(_ids(one, "about")),
            "replaces": " ".join(_ids(one, "replaces")),
            "day": day_number(one["planned_for"]),
            "precision": one.get("planned_precision", ""),
            "status": one["status"],
            "statedOn": day_number(one.get("stated_on")),
            "saidBy": one.get("said_by") or "",
            "condition": "; ".join(one.get("depends_on") or ()),
            "passed": bool(one.get("passed")),
            "verdict": one.get("verdict", ""),
            "cited": packed.cited.number(
                [(said["source"], said.get("locator") or "") for said in one.get("sources", ())]
            ),
        }
        for one in found
    ]


def _ids(plan: Json, cell: str) -> list[str]:
    return [one["id"] if isinstance(one, dict) else one for one in plan.get(cell) or () if one]


def all_relations(store: Store) -> list[Relationship]:
    """Every relation of every status, but what areas bodies cover."""
    return [one for one in store.relationships(include=EVERYTHING) if one.verb != "covers"]


def of_lists(relation: Relationship, lists: frozenset[str]) -> bool:
    """Whether a relation is that of a practice: it is in the part that is read when it is needed."""
    return relation.subject in lists or relation.object in lists


def kinds_with_lists(kind: str) -> bool:
    """Whether a kind has lists of people."""
    return reach_of(kind) == "list"
