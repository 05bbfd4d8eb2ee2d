"""What a body commissions or does, and for whom."""

from __future__ import annotations

from typing import Any

from graphmodel.model import IN_FORCE, Include, Rule
from graphmodel.store import Store
from graphmodel.vocabulary import kind_of, populations
from queries.answers import facts_json, sources_json
from queries.horizons import check_day, horizon_notes
from queries.resolve import life, resolve
from queries.services import SCOPE

_NOT_DOING = ("part_of", "member_of", "covers")


def what(
    store: Store, text: str, at: str, include: Include = IN_FORCE, kinds: frozenset[str] | None = None
) -> dict[str, Any]:
    """Tells which services a body commissions on a day, as what and for whom, and what else it does.

    Returns `{"body", "at", "commissions", "does", "notes"}`; a row of `commissions` has `service`, `basis`,
    `legally_accountable`, `population`, `coverage`, `valid_from`, `valid_until`, `verified`, `sources`.
    Raises `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     told = what(store, "Kent County Council", "2016-06-01")
    >>> any("Health visiting" in row["service"]["name"] for row in told["commissions"])
    True
    """
    check_day(store, at)
    body = resolve(store, text, at, kinds)
    kind = kind_of(body.id) or ""
    rules = [
        rule
        for rule in store.rules()
        if rule.commissioner in (body.id, kind) and rule.period.holds(at) and rule.status in include.statuses
    ]
    rules = [rule for rule in rules if _may_hold(rule, body.id)] if body.period.holds(at) else []
    services = {entity.id: entity for entity in store.entities(ids={rule.service for rule in rules})}
    sources = store.sources({source for rule in rules for source in rule.source.split()})
    done = [
        fact
        for fact in store.relationships(subjects=[body.id], at=at, include=include)
        if fact.verb not in _NOT_DOING
    ]
    notes = [] if body.period.holds(at) else [f"{body.label} was not in force on {at}: {life(body)}."]
    if not rules and body.period.holds(at):
        notes.append(f"Not stated: no source says that {body.label} commissioned a service on {at}.")
    if any(rule.service.startswith("service:scope_") for rule in rules):
        inside = store.relationships(objects=[SCOPE], verbs=["part_of"])
        notes.append(f"Rules about everything local commissioners buy hold for {len(inside)} services.")
    commissions = []
    for rule in sorted(rules, key=lambda r: (r.service, r.basis, r.id)):
        commissions.append(
            {
                "service": services[rule.service].to_json()
                if rule.service in services
                else {"id": rule.service},
                "basis": rule.basis,
                "legally_accountable": rule.accountable or rule.commissioner,
                "population": populations()[rule.population or "not_stated"].label,
                "coverage": rule.coverage,
                "status": rule.status,
                "valid_from": rule.valid_from,
                "valid_until": rule.valid_until,
                "verified": rule.verified,
                "rule": rule.id,
                "note": rule.note or None,
                "sources": sources_json(sources, [(source, "") for source in rule.source.split()]),
            }
        )
    return {
        "body": body.to_json(),
        "at": at,
        "commissions": commissions,
        "does": facts_json(store, done),
        "notes": [*notes, *horizon_notes(store, {body.kind}, at)],
    }


def _may_hold(rule: Rule, body: str) -> bool:
    """Whether the rule's coverage leaves this body in (bodies of other kinds in a coverage say nothing of it)."""
    named = rule.bodies.split()
    if rule.coverage == "only" and any(kind_of(one) == kind_of(body) for one in named):
        return body in named
    return rule.coverage in ("all", "only") or body not in named
