"""Who commissions what in all of England: by rule, for whole kinds of bodies, as the law says it of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Rule, Source
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, kinds
from orgmap.queries.commissioning.services import LAYERS, SCOPE
from orgmap.queries.commissioning.services_of_place import Offer, ServicesOfPlace, services_told
from orgmap.queries.coverage import check_day
from orgmap.queries.structure.stand_ins import stand_ins

_NOTE = (
    "By rule, for whole kinds of bodies: which body it is, and what is otherwise in one place,"
    " a matrix of that place tells (orgmap draw services PLACE)."
)


def services_by_rule(store: Store, days: Iterable[AnyDay], include: Include = IN_FORCE) -> ServicesOfPlace:
    """Tells for each service which kinds of body commission it in England, on each of the days.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = services_by_rule(store, ["2015-10-01"])
    >>> [offer] = [one for one in answer.offers if one.service.id == "service:health_visiting"]
    >>> [one["commissioner"]["name"] for one in offer.answers["2015-10-01"]]
    ['upper-tier councils']
    """
    asked = [day_of(day) for day in days]
    for day in asked:
        check_day(store, day)
    inside = {one.subject for one in store.relationships(objects=[SCOPE], verbs=["part_of"])} - {*LAYERS}
    rules: dict[str, list[Rule]] = {}
    for rule in store.rules():
        elsewhere = rule.commissioner in stand_ins() and stand_ins()[rule.commissioner].country
        if include.shows(rule.status) and rule.basis != "acting_through" and not elsewhere:
            for about in inside if rule.service in (SCOPE, *LAYERS) else {rule.service}:
                rules.setdefault(about, []).append(rule)
    named = {rule.commissioner for found in rules.values() for rule in found if ":" in rule.commissioner}
    bodies = {one.id: one for one in store.entities(ids=sorted(named))}
    sources = store.sources(
        {one for found in rules.values() for rule in found for one in rule.source.split()}
    )
    offers, silent = [], []
    for service, group in services_told(store):
        found = rules.get(service.id, [])
        answers = {
            day: _distinct(_answer(rule, bodies, sources) for rule in found if rule.period.holds(day))
            for day in asked
        }
        if any(answers.values()):
            offers.append(Offer(service, group, answers, []))
        else:
            silent.append(service)
    return ServicesOfPlace("England", asked, offers, silent, (_NOTE,))


def _distinct(answers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers without those that say the same of the same; their sources stay with the first."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for answer in answers:
        found.setdefault((answer["commissioner"]["id"], answer["basis"], answer["population"]), answer)
    return list(found.values())


def _answer(rule: Rule, bodies: dict[str, Entity], sources: dict[str, Source]) -> dict[str, Any]:
    """A rule as an answer: its commissioner is a body or, in the plural, a kind of body."""
    basis = rule.basis if rule.coverage in ("", "all") else f"{rule.basis}, in some places"
    return {
        "commissioner": _commissioner(rule.commissioner, bodies),
        "basis": basis,
        "status": rule.status,
        "population": rule.population.replace("_", " "),
        "fact": {
            "valid_from": rule.valid_from,
            "valid_until": rule.valid_until,
            "from_precision": rule.from_precision,
            "sources": [
                {"source": one, "locator": rule.locator} for one in rule.source.split() if one in sources
            ],
        },
    }


def _commissioner(name: str, bodies: dict[str, Entity]) -> dict[str, Any]:
    if name in bodies:
        return bodies[name].to_json()
    kind = name if name in kinds() else kind_of(name) or name
    days = {
        "valid_from": None,
        "valid_until": None,
        "from_precision": "not_known",
        "until_precision": "not_known",
    }
    return {"id": f"every:{kind}", "kind": kind, "name": kinds()[kind].plural, **days}
