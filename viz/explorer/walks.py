"""The cases that are walked on the page: their steps with the service that each needs, and where complaints go."""

from __future__ import annotations

from orgmap.graphmodel.listed import Purpose, Walk, WalkStep
from orgmap.graphmodel.model import Entity
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.commissioning.who import in_order
from orgmap.queries.walks.walk import COMPLAINS
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, day_number


def walks_json(packed: Packed, rules: list[Json]) -> Json:
    """Every case with its steps, and what becomes of complaints; who answers, the page works out from the `rules`."""
    store = packed.store
    steps = store.listed(WalkStep)
    needed = store.entities(ids=sorted({step.service for step in steps}))
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    answering = ServiceRules.of(store)
    answering.expect([one.id for one in needed])
    return {
        "walks": [
            {
                "id": walk.id,
                "name": walk.name,
                "text": walk.text,
                "note": walk.note,
                "steps": [
                    [step.text, step.service, _cited(packed, step)] for step in steps if step.walk == walk.id
                ],
                "cited": _cited(packed, walk),
            }
            for walk in store.listed(Walk)
        ],
        "needed": {one.id: _needed(one, answering, numbers) for one in needed},
        "complaints": [
            {
                "about": row.about,
                "text": row.text,
                "from": day_number(row.valid_from),
                "until": day_number(row.valid_until),
                "cited": _cited(packed, row),
            }
            for row in store.listed(Purpose)
            if row.reader == COMPLAINS
        ],
    }


def _needed(service: Entity, answering: ServiceRules, numbers: dict[str, int]) -> list[object]:
    """A service that a case needs: its name, from and until when there was such a service, and its rules."""
    days = [day_number(service.valid_from), day_number(service.valid_until)]
    return [
        service.name,
        *days,
        [numbers[rule.id] for rule in in_order(answering.of_service(service.id))],
    ]


def _cited(packed: Packed, row: Walk | WalkStep | Purpose) -> int:
    return packed.cited.number([(row.source, row.locator)] if row.source else [])
