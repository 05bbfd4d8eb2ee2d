"""Who commissions for the people of a place, on two days: one service, or how many services each body does."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include, Rule
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, of_id, reach_of
from orgmap.queries.commissioning.rule_reach import verdict
from orgmap.queries.commissioning.services import LAYERS, SCOPE
from orgmap.queries.commissioning.who import who
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.relation import PLACE, Relation


def commissioning(
    store: Store,
    days: tuple[AnyDay, AnyDay],
    wanted: set[str],
    service: str | None,
    within: str | None,
    include: Include = IN_FORCE,
) -> tuple[list[Relation], set[str]]:
    """Gives who commissions a service for a place on two days (without a service: how many each body commissions),
    and which bodies above the place take part.

    Raises `WrongUse` if a service is asked for without a place, `NothingFound` or `Ambiguous` for the service.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     found, _ = commissioning(store, ("2015-09-30", "2015-10-01"), set(), "health visiting", "Thanet")
    >>> [(one.subjects, one.side) for one in found if one.verb == "commissions"]
    [(('national:nhs_england',), 'before'), (('council:E10000016',), 'after')]
    """
    days = (day_of(days[0]), day_of(days[1]))
    if service and within is None:
        raise WrongUse("Who commissions a service depends on the place: add --within PLACE.")
    out: list[Relation] = []
    for side, day in zip(("before", "after"), days, strict=True):
        if service and within:
            out += _one_service(store, side, day, service, within, include)
        else:
            out += _all_services(store, side, day, wanted, include)
    ends = {one for relation in out for one in (*relation.subjects, *relation.objects)}
    return out, ends - wanted - {PLACE}


def _one_service(
    store: Store, side: str, day: str, service: str, within: str, include: Include
) -> list[Relation]:
    out = []
    result = who(store, service, within, day, include)
    name = result["service"]["name"]
    taken = "" if normalise(name) == normalise(service) else f"{name}, "
    for answer in result["answers"]:
        body, rule = answer["commissioner"]["id"], answer["fact"]
        dates = {"valid_from": rule["valid_from"], "valid_until": rule["valid_until"]}
        cited = tuple((source["source"], source["locator"] or "") for source in rule["sources"])
        note = " ".join(answer.get("notes", ()))
        common = {"basis": answer["basis"], "status": answer["status"], "cited": cited, **dates}
        about = f"{taken}for {answer['population']}"
        out.append(Relation((body,), "commissions", (PLACE,), side, about, note=note, **common))
        for other in answer["acting_through"]:
            out.append(Relation((body,), "acts_through", (other["id"],), side, **common))
        for accountable in (answer["legally_accountable"], *answer.get("also_accountable", ())):
            if accountable["id"] != body:
                out.append(Relation((body,), "on_behalf_of", (accountable["id"],), side, **common))
    return out


def _all_services(store: Store, side: str, day: str, wanted: set[str], include: Include) -> list[Relation]:
    """How many services each body here commissions by rules that hold for it, and how many it may commission."""
    chains = Chains.of(store, include)
    parts = store.relationships(objects=[SCOPE], verbs=["part_of"])
    inside = {relationship.subject for relationship in parts} - {*LAYERS}
    of_kind: dict[str, list[str]] = {}
    for one in sorted(wanted):
        of_kind.setdefault(kind_of(one) or "", []).append(one)
    surely: dict[str, set[str]] = {}
    maybe: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for rule in store.rules():
        if not rule.period.holds(day) or not include.shows(rule.status) or rule.basis == "acting_through":
            continue
        services = inside if rule.service in (SCOPE, *LAYERS) else {rule.service}
        for body in _commissioners(rule, of_kind, wanted):
            said = verdict(chains, rule, body, day)
            if said != "no":
                buying = surely if said == "yes" else maybe
                buying.setdefault(body, set()).update(services)
                sources.setdefault(body, set()).update(rule.source.split())
    names = {
        one.id: one.label
        for one in store.entities(ids=sorted(set().union(*surely.values(), *maybe.values())))
    }
    alike: dict[tuple[str, str], list[str]] = {}
    for body in sources:
        sure = surely.get(body, set())
        about = _told(sure, maybe.get(body, set()) - sure, names)
        kind = kind_of(body) or ""
        alike.setdefault((body if reach_of(kind) == "country" else kind, about), []).append(body)
    out = []
    for (_, about), bodies in sorted(alike.items()):
        cited = tuple((one, "") for one in sorted({one for body in bodies for one in sources[body]}))
        out.append(Relation(tuple(sorted(bodies)), "commissions", (PLACE,), side, about, cited=cited))
    if not out:
        raise NothingFound(f"Not stated: no source says who commissioned what on {day}.")
    return out


def _commissioners(rule: Rule, of_kind: dict[str, list[str]], wanted: set[str]) -> list[str]:
    """The bodies here that a rule makes commissioners; a national body takes part in every place."""
    if ":" not in rule.commissioner:
        return of_kind.get(rule.commissioner, [])
    beyond = of_id(rule.commissioner).reach == "country" or rule.commissioner in wanted
    return [rule.commissioner] if beyond else []


def _told(sure: set[str], maybe: set[str], names: dict[str, str]) -> str:
    """“2 kinds of service: Audiology; Dentistry; and it may be 1 more: Optics”."""
    words = f"{_kinds_of(len(sure))}: {_named(sure, names)}" if sure else ""
    if maybe:
        more = f"{len(maybe)} more" if sure else _kinds_of(len(maybe))
        words += f"{'; and ' if sure else ''}it may be {more}: {_named(maybe, names)}"
    return words


def _kinds_of(number: int) -> str:
    return f"{number} kinds of service" if number != 1 else "1 kind of service"


def _named(services: set[str], names: dict[str, str]) -> str:
    return "; ".join(sorted(names.get(one, one) for one in services))
