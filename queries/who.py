"""Who commissions a service, for whom, through whom, answerable to whom, since when, and who says so."""

from __future__ import annotations

from typing import Any

from graphmodel.model import IN_FORCE, Entity, Include, Rule, Source
from graphmodel.store import Store
from graphmodel.vocabulary import kinds, populations
from queries.accountability import answers_to_chains
from queries.answers import sources_json
from queries.chains import Chains
from queries.find import Share
from queries.horizons import horizon_notes, kinds_of
from queries.otherwise import otherwise
from queries.services import SCOPE, service_of
from queries.setting import Setting, named, setting_of, share_json

LAYERS = ("statutory", "delegated", "joint", "on_behalf_of", "acting_through", "administrative")
"""The order in which simultaneous answers are told: the statutory commissioner first."""


def who(store: Store, service: str, place: str, at: str, include: Include = IN_FORCE) -> dict[str, Any]:
    """Tells who commissions a service for a place or practice on a day; each layer is an answer of its own.

    Returns `{"query", "at", "service", "for", "answers", "otherwise", "notes"}`; `otherwise` tells for whom
    the answers do not hold (detained, serving, registered elsewhere). An answer has `commissioner`,
    `acting_through`, `legally_accountable`, `on_behalf_of`, `supported_by`, `for`, `population`, `basis`,
    `verified`, `fact`, `answers_to`. No answer means that the sources do not state one for that day: a
    note says so. Raises `NothingFound` (no such service or place) or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     told = who(store, "health visiting", "CT9 1AA", "2015-10-01")
    >>> [answer["commissioner"]["name"] for answer in told["answers"]]
    ['Kent County Council']
    """
    wanted = service_of(store, service)
    chains = Chains.of(store, include)
    setting = setting_of(chains, place, at)
    rules = [rule for rule in _rules(store, wanted.id) if rule.period.holds(at) and _shown(rule, include)]
    answers = [
        answer
        for rule in sorted(rules, key=lambda r: (_layer(r), r.id))
        for answer in _answers(chains, setting, wanted, rule)
    ]
    notes = [*setting.notes, *_notes(store, wanted, setting, answers, at, include)]
    notes += horizon_notes(store, {wanted.kind, setting.layer, *kinds_of(answers)}, at)
    return {
        "query": {"service": service, "for": place},
        "at": at,
        "service": wanted.to_json(),
        "for": setting.label,
        "answers": answers,
        "otherwise": otherwise(chains, setting, answers),
        "notes": notes,
    }


def _rules(store: Store, service: str) -> list[Rule]:
    """The service's own rules, and those for everything that local commissioners buy if it is one of these."""
    above = {fact.object for fact in store.relationships(subjects=[service], verbs=["part_of"])}
    services = [service]
    if SCOPE in above:
        services += [fact.subject for fact in store.relationships(objects=[SCOPE], verbs=["part_of"])]
        services = [one for one in services if one == service or one.startswith("service:scope_")]
    return store.rules(services)


def _shown(rule: Rule, include: Include) -> bool:
    if include.as_known_on and rule.stated_on and rule.stated_on > include.as_known_on:
        return False
    return rule.status in include.statuses


def _layer(rule: Rule) -> int:
    return LAYERS.index(rule.basis) if rule.basis in LAYERS else len(LAYERS)


def _covers(rule: Rule, setting: Setting) -> bool:
    """Whether a rule holds here; one whose cases are not known may hold, and the answer says so."""
    here = {share.fact.body for share in setting.shares}
    named_here = bool(here & set(rule.bodies.split()))
    return rule.coverage == "all" or named_here == (rule.coverage == "only")


def _commissioners(rule: Rule, setting: Setting) -> list[Share | str]:
    """The bodies that the rule makes commissioners here; a national body needs no place."""
    if not _covers(rule, setting):
        return []
    if ":" in rule.commissioner:
        return [rule.commissioner]
    return list(setting.bodies(rule.commissioner))


def _answers(chains: Chains, setting: Setting, service: Entity, rule: Rule) -> list[dict[str, Any]]:
    return [_answer(chains, setting, service, rule, found) for found in _commissioners(rule, setting)]


def _answer(
    chains: Chains, setting: Setting, service: Entity, rule: Rule, found: Share | str
) -> dict[str, Any]:
    body = found if isinstance(found, str) else found.fact.body
    through = [one for token in rule.acting_through.split() for one in _bodies(token, setting) if one != body]
    through = chains.in_force(through, setting.at)
    accountable = _first(_bodies(rule.accountable, setting), body)
    behalf = _bodies(rule.on_behalf_of, setting)
    supporters = _supporters(chains, body, setting.at)
    ids = {body, accountable, *through, *behalf, *supporters}
    entities = chains.entities(ids, setting.at)
    sources = chains.sources(rule.source.split())
    answer: dict[str, Any] = {
        "commissioner": named(entities, body),
        "acting_through": [named(entities, one) for one in through],
        "legally_accountable": named(entities, accountable),
        "on_behalf_of": [named(entities, one) for one in behalf],
        "supported_by": [named(entities, one) for one in supporters],
        "for": setting.label,
        "population": populations()[rule.population or "not_stated"].label,
        "basis": rule.basis,
        "status": rule.status,
        "verified": rule.verified,
        "fact": _fact(rule, body, setting, service, entities.get(body), sources),
        "answers_to": answers_to_chains(chains, accountable, setting.at),
    }
    if not isinstance(found, str):
        answer |= share_json(found, setting.share_of)
    if notes := _answer_notes(rule):
        answer["notes"] = notes
    return answer


def _bodies(token: str, setting: Setting) -> list[str]:
    """The bodies that a rule's word means here: an id is itself, a kind those of the place."""
    if not token:
        return []
    if ":" in token:
        return [token]
    return [share.fact.body for share in setting.bodies(token)]


def _first(found: list[str], otherwise: str) -> str:
    """The accountable body: the commissioner itself if it is of that kind, or if none is named."""
    return otherwise if not found or otherwise in found else found[0]


def _supporters(chains: Chains, body: str, at: str) -> list[str]:
    facts = chains.store.relationships(objects=[body], verbs=["supports"], at=at)
    return [fact.subject for fact in facts]


def _fact(
    rule: Rule,
    body: str,
    setting: Setting,
    service: Entity,
    entity: Entity | None,
    sources: dict[str, Source],
) -> dict[str, Any]:
    starts = [day for day in (rule.valid_from, entity.valid_from if entity else None) if day]
    ends = [day for day in (rule.valid_until, entity.valid_until if entity else None) if day]
    locators = rule.locator.split("; ") if rule.locator else []
    cited = [(one, locators[i] if i < len(locators) else "") for i, one in enumerate(rule.source.split())]
    return {
        "rule": rule.id,
        "subject": body,
        "verb": "commissions",
        "object": setting.label["id"] or setting.label["name"],
        "about": service.id,
        "population": rule.population or "not_stated",
        "basis": rule.basis,
        "status": rule.status,
        "valid_from": max(starts, default=None),
        "from_precision": rule.from_precision if rule.valid_from == max(starts, default=None) else "",
        "valid_until": min(ends, default=None),
        "stated_on": rule.stated_on,
        "instrument": rule.instrument or None,
        "instrument_verified": rule.instrument_verified,
        "sources": sources_json(sources, cited),
    }


def _answer_notes(rule: Rule) -> list[str]:
    notes = [rule.note] if rule.note else []
    if rule.coverage == "not_known":
        notes.insert(
            0, "The sources say that this held for some bodies and do not say which: it may not hold here."
        )
    if rule.verified == "no":
        notes.append("not verified against a source")
    if rule.instrument and rule.instrument_verified != "yes":
        notes.append(
            f"The instrument named ({rule.instrument}) was not seen in a source: citation unverified."
        )
    return notes


def _notes(
    store: Store, service: Entity, setting: Setting, answers: list[dict[str, Any]], at: str, include: Include
) -> list[str]:
    """What the answer as a whole must say: nothing stated, both populations, plans left out."""
    notes = []
    rules = _rules(store, service.id)
    if not answers:
        notes.append(_why_not(rules, setting, service, at))
    hidden = [rule for rule in rules if rule.period.holds(at) and not _shown(rule, include)]
    if hidden:
        words = ", ".join(sorted({rule.status for rule in hidden}))
        notes.append(
            f"{len(hidden)} statement(s) with the status {words} are not shown; --include shows them."
        )
    return notes


def _why_not(rules: list[Rule], setting: Setting, service: Entity, at: str) -> str:
    holding = [rule for rule in rules if rule.period.holds(at) and rule.status == "in_force"]
    if not holding:
        return f"Not stated: no source says who commissioned “{service.name}” on {at}."
    wanted = sorted({rule.commissioner for rule in holding if ":" not in rule.commissioner})
    words = " or ".join(kinds()[kind].label for kind in wanted if kind in kinds())
    if any(_covers(rule, setting) for rule in holding) and words:
        return f"A {words} commissioned “{service.name}” on {at}; which one for this place is not known."
    return f"Not stated: the sources name no commissioner of “{service.name}” for this place on {at}."


def compare(
    store: Store, service: str, place: str, before: str, after: str, include: Include = IN_FORCE
) -> dict[str, Any]:
    """Tells who commissioned a service on two days, and what is different.

    Returns `{"before", "after", "changes"}`, the first two as `who` gives them.
    """
    one, other = (who(store, service, place, day, include) for day in (before, after))
    changes = []
    for field, words in (("commissioner", "commissioner"), ("legally_accountable", "legally accountable")):
        old = sorted({answer[field]["id"] for answer in one["answers"]})
        new = sorted({answer[field]["id"] for answer in other["answers"]})
        if old != new:
            changes.append({"what": words, "before": old, "after": new})
    for field in ("population", "basis"):
        old = sorted({answer[field] for answer in one["answers"]})
        new = sorted({answer[field] for answer in other["answers"]})
        if old != new:
            changes.append({"what": field, "before": old, "after": new})
    return {"before": one, "after": other, "changes": changes}
