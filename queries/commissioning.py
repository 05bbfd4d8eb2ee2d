"""Who commissions for the people of a place, on two days: one service, or how many services each body does."""

from __future__ import annotations

from graphmodel.errors import NothingFound, WrongUse
from graphmodel.model import IN_FORCE, Include
from graphmodel.store import Store
from graphmodel.vocabulary import kind_of
from queries.relation import PLACE, Relation
from queries.services import SCOPE
from queries.who import who


def commissioning(
    store: Store,
    days: tuple[str, str],
    wanted: set[str],
    service: str | None,
    within: str | None,
    include: Include = IN_FORCE,
) -> tuple[list[Relation], set[str]]:
    """Gives who commissions a service for a place on two days (without a service: how many each body commissions),
    and which bodies above the place take part.

    Raises `WrongUse` if a service is asked for without a place, `NothingFound` or `Ambiguous` for the service.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     found, _ = commissioning(store, ("2015-09-30", "2015-10-01"), set(), "health visiting", "Thanet")
    >>> [(one.subjects, one.side) for one in found if one.verb == "commissions"]
    [(('national:nhs_england',), 'before'), (('council:E10000016',), 'after')]
    """
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
    for answer in who(store, service, within, day, include)["answers"]:
        body, fact = answer["commissioner"]["id"], answer["fact"]
        dates = {"valid_from": fact["valid_from"], "valid_until": fact["valid_until"]}
        cited = tuple((source["source"], source["locator"] or "") for source in fact["sources"])
        note = " ".join(answer.get("notes", ()))
        common = {"basis": answer["basis"], "status": answer["status"], "cited": cited, **dates}
        about = f"{answer['about']['name']}, for {answer['population']}" if "about" in answer else ""
        about = about or f"for {answer['population']}"
        out.append(Relation((body,), "commissions", (PLACE,), side, about, note=note, **common))
        for other in answer["acting_through"]:
            out.append(Relation((body,), "acts_through", (other["id"],), side, **common))
        if (accountable := answer["legally_accountable"]["id"]) != body:
            out.append(Relation((body,), "on_behalf_of", (accountable,), side, **common))
    return out


def _all_services(store: Store, side: str, day: str, wanted: set[str], include: Include) -> list[Relation]:
    """For each kind (or national body) that commissions: its bodies here, and how many services."""
    inside = {fact.subject for fact in store.relationships(objects=[SCOPE], verbs=["part_of"])}
    services: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for rule in store.rules():
        if rule.period.holds(day) and rule.status in include.statuses and rule.basis != "acting_through":
            own = services.setdefault(rule.commissioner, set())
            own |= inside if rule.service.startswith("service:scope_") else {rule.service}
            sources.setdefault(rule.commissioner, set()).update(rule.source.split())
    out = []
    for token in sorted(services):
        if ":" in token:
            bodies: tuple[str, ...] = (token,) if kind_of(token) == "national_body" or token in wanted else ()
        else:
            bodies = tuple(sorted(one for one in wanted if kind_of(one) == token))
        if bodies:
            cited = tuple((source, "") for source in sorted(sources[token]))
            count = len(services[token])
            about = f"{count} kinds of service" if count > 1 else "1 kind of service"
            out.append(Relation(bodies, "commissions", (PLACE,), side, about, cited=cited))
    if not out:
        raise NothingFound(f"Not stated: no source says who commissioned what on {day}.")
    return out
