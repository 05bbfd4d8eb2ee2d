"""Who commissions which service on a day, all over England: each rule told for every body for which it holds."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Period, Rule
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, reach_of
from orgmap.queries.commissioning.rule_reach import Verdict, verdict
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.commissioning.services_of_place import services_told
from orgmap.queries.coverage import check_day
from orgmap.queries.structure.hierarchy import Chains

ENGLAND = "England"


class Commissioned(NamedTuple):
    """A body that commissions a service, by which rule, for whom, as what, and on which days.

    `places` is where: the body whose area it is (its own), or “England” for a national body; `only_for` and
    `not_for` name the bodies that the rule is limited to or leaves out. `holds` is “may” where the sources say that
    some such bodies did and not which.
    """

    subject: str
    verb: str
    object: str
    places: str
    only_for: tuple[str, ...]
    not_for: tuple[str, ...]
    population: str
    basis: str
    status: str
    holds: Verdict
    valid_from: str | None
    valid_until: str | None
    from_precision: str
    until_precision: str
    stated_on: str | None
    rule: str
    source: str
    locator: str
    note: str


def commissioned(store: Store, at: AnyDay, include: Include = IN_FORCE) -> list[Commissioned]:
    """Tells which body commissions which service on a day, one row for each rule that holds for both.

    A service of local commissioners without a rule of its own has the rules for everything that they buy, as in `who`;
    groups that bought in shadow form before they began are told if `include` asks for what is in shadow form.
    Raises `NothingFound` for a day that the tables do not reach.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     edges = [one for one in commissioned(store, "2015-10-01") if one.subject == "council:E10000016"]
    >>> any(one.object == "service:health_visiting" for one in edges)
    True
    """
    at = day_of(at)
    check_day(store, at)
    chains = Chains.of(store, include)
    in_force: dict[str, dict[str, Entity]] = {}
    said: dict[tuple[str, str], Verdict] = {}
    found = []
    rules = ServiceRules.of(store)
    services = [service for service, _ in services_told(store)]
    rules.expect([service.id for service in services])
    for service in services:
        for rule in rules.of_service(service.id):
            if not (rule.period.holds(at) and include.shows(rule.status)):
                continue
            for body in _bodies(store, rule, at, include, in_force):
                key = (rule.id, body.id)
                if key not in said:
                    said[key] = verdict(chains, rule, body.id, at)
                if said[key] != "no":
                    found.append(_told(rule, body, service.id, said[key]))
    return found


def _bodies(
    store: Store, rule: Rule, at: str, include: Include, in_force: dict[str, dict[str, Entity]]
) -> list[Entity]:
    """The bodies that a rule makes commissioners: the one that it names, or those of its kind, if in force."""
    kind = kind_of(rule.commissioner) if ":" in rule.commissioner else rule.commissioner
    if kind is None:
        return []
    if kind not in in_force:
        in_force[kind] = {one.id: one for one in store.entities(kind=kind, at=at, include=include)}
    there = in_force[kind]
    if ":" in rule.commissioner:
        return [there[rule.commissioner]] if rule.commissioner in there else []
    return list(there.values())


def _told(rule: Rule, body: Entity, service: str, holds: Verdict) -> Commissioned:
    both = Period(rule.valid_from, rule.valid_until).clip(body.period) or rule.period
    named = tuple(one for one in rule.bodies.split() if one != body.id)
    national = reach_of(body.kind) == "country"
    limits = named if national or not any(kind_of(one) == body.kind for one in named) else ()
    return Commissioned(
        body.id,
        "commissions",
        service,
        ENGLAND if national else body.id,
        limits if rule.coverage == "only" else (),
        limits if rule.coverage == "except" else (),
        rule.population or "not_stated",
        rule.basis,
        rule.status,
        holds,
        both.valid_from,
        both.valid_until,
        rule.from_precision if both.valid_from == rule.valid_from else body.from_precision,
        rule.until_precision if both.valid_until == rule.valid_until else body.until_precision,
        rule.stated_on,
        rule.id,
        rule.source,
        rule.locator,
        rule.note,
    )
