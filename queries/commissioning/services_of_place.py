"""Who commissions what in a place: every service with its commissioners, on one day or on several."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import id_of, the_kind
from orgmap.queries.commissioning.services import ABOUT_ALL, NOT_COVERED, SCOPE
from orgmap.queries.commissioning.who import who_in_all
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.place.context import settings_of
from orgmap.queries.place.places import place_of
from orgmap.queries.plans.marks import marked
from orgmap.queries.structure.hierarchy import Chains

ALL = id_of("care", "all_services")
"""The group of everything; it says nothing about a service."""


class Offer(NamedTuple):
    """One service in a place: its group and, for each day, the answers to who commissions it."""

    service: Entity
    group: str
    answers: dict[str, list[dict[str, Any]]]
    notes: list[str]


class ServicesOfPlace(NamedTuple):
    """Every service of a place on the days asked about; `silent` are those for which no source names a commissioner."""

    place: str
    days: list[str]
    offers: list[Offer]
    silent: list[Entity]
    notes: tuple[str, ...] = ()


def services_of_place(
    store: Store, place: str, days: Iterable[AnyDay], include: Include = IN_FORCE
) -> ServicesOfPlace:
    """Tells who commissions each service for a place on each of the days.

    Raises `NothingFound` or `Ambiguous` for the place.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     services = services_of_place(store, "CT9 1AA", ["2015-10-01"])
    >>> [offer.service.name for offer in services.offers if "visiting" in offer.service.name]
    ['Health visiting and Family Nurse Partnership (0 to 5)']
    """
    asked = [day_of(day) for day in days]
    for day in asked:
        check_day(store, day)
    label = place_of(store, place, asked[-1]).label if ":" in place else place
    chains = Chains.of(store, include)
    settings = settings_of(chains, [place], asked)
    offers, silent = [], []
    services = services_told(store)
    answered = who_in_all(chains, [service for service, _ in services], settings)
    for service, group in services:
        answers, notes = {}, []
        for found in islice(answered, len(settings)):
            answers[found["at"]] = found["answers"]
            notes += [note for answer in found["answers"] for note in answer.get("notes", ())]
        if any(answers.values()):
            offers.append(Offer(service, group, answers, list(dict.fromkeys(notes))))
        else:
            silent.append(service)
    last = max(asked)
    answers_told = [answer for offer in offers for answers in offer.answers.values() for answer in answers]
    kinds_told = {the_kind("care"), settings[-1].layer}
    notes_told = [
        *horizon_notes(store, kinds_told, last),
        *marked(store, [answers_told, [offer.service.to_json() for offer in offers]], include, last),
    ]
    return ServicesOfPlace(label, asked, offers, silent, tuple(notes_told))


def services_told(store: Store) -> list[tuple[Entity, str]]:
    """Services that are no groups and no rules about several, each with the name of its group, by group and name.

    What is known and not covered is left out: nobody is said to commission it.
    """
    services = {entity.id: entity for entity in store.entities(kind=the_kind("care"))}
    inside = store.relationships(subjects=services, verbs=["part_of"])
    groups = {relationship.object for relationship in inside}
    above: dict[str, list[str]] = {}
    for relationship in inside:
        if relationship.object not in (SCOPE, ALL):
            above.setdefault(relationship.subject, []).append(services[relationship.object].name)
    found = [
        (service, min(above.get(one, ["Other services"])))
        for one, service in services.items()
        if one not in groups and not one.startswith((ABOUT_ALL, f"{NOT_COVERED}_"))
    ]
    return sorted(found, key=lambda pair: (pair[1] == "Other services", pair[1], pair[0].name))
