"""What a body commissions or does, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Rule
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, kinds, populations
from orgmap.queries.answers import cited_by_rule, relationships_json, sources_json
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.body.statuses import status_notes
from orgmap.queries.commissioning.acting import acts_by
from orgmap.queries.commissioning.climbing import targets
from orgmap.queries.commissioning.own_relations import meeting
from orgmap.queries.commissioning.rule_reach import verdict
from orgmap.queries.commissioning.services import LAYERS, SCOPE
from orgmap.queries.commissioning.steps import UPWARDS
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.documents.beside_answers import documents_say
from orgmap.queries.place.context import named
from orgmap.queries.structure.hierarchy import Chains

_NOT_DOING = ("part_of", "member_of", "covers")
_FEW = 12
"""So many bodies that a body does something for are named; of more their kind is."""


def what(
    store: Store, text: str, at: AnyDay, include: Include = IN_FORCE, kinds: Kinds = None
) -> dict[str, Any]:
    """Tells which services a body commissions on a day, as what and for whom, and what else it does.

    Returns `{"body", "at", "commissions", "acts_for", "does", "stated", "notes", "rows"}`; a row of `commissions`
    has `service`, `basis`, `legally_accountable`, `population`, `coverage`, `holds` (“may”: the sources say that some
    such bodies did and not which), `valid_from`, `valid_until`, `verified`, `sources`; one of `acts_for` also
    the `commissioners` that act through it. `does` are its relations and what its kind does by rule; `stated`
    is what the documents of the time say; `rows` are all of these. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = what(store, "Kent County Council", "2016-06-01")
    >>> any("Health visiting" in row["service"]["name"] for row in answer["commissions"])
    True
    """
    at = day_of(at)
    kinds = chosen_kinds(kinds)
    check_day(store, at)
    body = resolve(store, text, at, kinds)
    chains = Chains.of(store, include)
    alive = (
        body.in_force_on(at) or chains.in_shadow(body.id, at) is not None or chains.is_planned(body.id, at)
    )
    holding_rules = [rule for rule in store.rules() if rule.period.holds(at) and include.shows(rule.status)]
    rules, acts = [], []
    for rule in holding_rules if alive else ():
        if (said := verdict(chains, rule, body.id, at)) == "no":
            continue
        if rule.commissioner in (body.id, body.kind):
            rules.append((rule, said))
        elif acts_by(chains, rule, body.id, at):
            acts.append((rule, said))
    answer: dict[str, Any] = {
        "body": body.to_json(),
        "at": at,
        "commissions": _rows(store, rules),
        "acts_for": [
            {**row, "commissioners": _commissioners(chains, rule, body.id, at)}
            for (rule, _), row in zip(_sorted(acts), _rows(store, acts), strict=True)
        ],
        "does": _does(chains, body, at, alive),
        "stated": documents_say(store, body, at, False, include),
    }
    notes = [*_notes(chains, body, at, answer), *horizon_notes(store, {body.kind}, at)]
    rows = [*answer["commissions"], *answer["acts_for"], *answer["does"], *answer["stated"]]
    return {**answer, "notes": notes, "rows": rows}


def _notes(chains: Chains, body: Entity, at: str, answer: dict[str, Any]) -> list[str]:
    notes = []
    if not body.in_force_on(at):
        shadow = "; it was there in shadow form" if chains.in_shadow(body.id, at) else ""
        notes.append(f"{body.label} was not in force on {at}: {life(body)}{shadow}.")
        notes += status_notes(chains.store, body, at, chains.include)
    elif not any(answer[key] for key in ("commissions", "acts_for", "does", "stated")):
        notes.append(f"Not stated: no source says what {body.label} commissioned or did on {at}.")
    elif not answer["commissions"]:
        through = "; others acted through it" if answer["acts_for"] else ""
        notes.append(f"No source says that {body.label} commissioned a service itself on {at}{through}.")
    if any(row["service"]["id"] in (SCOPE, *LAYERS) for row in (*answer["commissions"], *answer["acts_for"])):
        inside = chains.store.relationships(objects=[SCOPE], verbs=["part_of"])
        count = len({relationship.subject for relationship in inside} - {*LAYERS})
        notes.append(f"Rules about everything local commissioners buy hold for {count} services.")
    if any(row["holds"] == "may" for row in (*answer["commissions"], *answer["acts_for"])):
        notes.append("“may”: the sources say that this held for some such bodies and do not say which.")
    return notes


def _sorted(rules: Iterable[tuple[Rule, str]]) -> list[tuple[Rule, str]]:
    return sorted(rules, key=lambda pair: (pair[0].service, pair[0].basis, pair[0].id))


def _rows(store: Store, rules: Sequence[tuple[Rule, str]]) -> list[dict[str, Any]]:
    services = {entity.id: entity for entity in store.entities(ids={rule.service for rule, _ in rules})}
    sources = store.sources({source for rule, _ in rules for source in rule.source.split()})
    return [
        {
            "service": services[rule.service].to_json()
            if rule.service in services
            else {"id": rule.service, "name": None},
            "basis": rule.basis,
            "legally_accountable": rule.accountable or rule.commissioner,
            "population": populations()[rule.population or "not_stated"].label,
            "coverage": rule.coverage,
            "holds": said,
            "status": rule.status,
            "valid_from": rule.valid_from,
            "valid_until": rule.valid_until,
            "verified": rule.verified,
            "rule": rule.id,
            "note": rule.note or None,
            "sources": sources_json(sources, [(source, "") for source in rule.source.split()]),
        }
        for rule, said in _sorted(rules)
    ]


def _commissioners(chains: Chains, rule: Rule, body: str, at: str) -> list[dict[str, Any]]:
    """The bodies that act through a body by a rule: the one named, or those of the kind that it meets."""
    found = [rule.commissioner] if ":" in rule.commissioner else meeting(chains, body, rule.commissioner, at)
    entities = chains.entities(set(found), at)
    if found:
        return [named(entities, one) for one in found]
    label = kinds()[rule.commissioner].plural
    return [{"id": None, "kind": rule.commissioner, "name": f"{label} (which ones is not known)"}]


def _does(chains: Chains, body: Entity, at: str, alive: bool) -> list[dict[str, Any]]:
    """What a body does by its own relations and, in its life, by rule: what both say is told once, by the relation."""
    own = _relations(chains, body, at)
    own_pairs = {(row["verb"], row["object"]) for row in own}
    by_rule = _by_rule(chains, body, at) if alive else []
    rows = [*own, *(row for row in by_rule if (row["verb"], row["object"]) not in own_pairs)]
    entities = chains.entities({row["object"] for row in rows}, at)
    for row in rows:
        found = entities.get(row["object"])
        row["object_name"] = found.label if found else None
    return rows


def _relations(chains: Chains, body: Entity, at: str) -> list[dict[str, Any]]:
    """What a body's own relations say that it does."""
    found = chains.store.relationships(subjects=[body.id], at=at, include=chains.include)
    return relationships_json(
        chains.store, [relationship for relationship in found if relationship.verb not in _NOT_DOING]
    )


def _by_rule(chains: Chains, body: Entity, at: str) -> list[dict[str, Any]]:
    """What bodies of its kind do to others, the others named where they are few."""
    rows = []
    for rule in chains.accountability_on(at):
        if rule.subject not in (body.id, body.kind) or rule.verb in UPWARDS:
            continue
        if (said := verdict(chains, rule, body.id, at)) == "no":
            continue
        found = targets(chains, rule.object, body.id, at)
        rows += [
            {
                "subject": body.id,
                "verb": rule.verb,
                "object": one,
                "about": rule.about or None,
                "population": None,
                "basis": rule.basis,
                "holds": said,
                "status": rule.status,
                "valid_from": rule.valid_from,
                "valid_until": rule.valid_until,
                "stated_on": rule.stated_on,
                "verified": rule.verified,
                "note": rule.note or None,
                "sources": sources_json(chains.sources(rule.source.split()), cited_by_rule(rule)),
            }
            for one in (found if len(found) <= _FEW else [rule.object])
        ]
    return rows
