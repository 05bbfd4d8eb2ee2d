"""To whom a body answers: chains upwards, each step with its verb, basis, days and source."""

from __future__ import annotations

from typing import Any

from graphmodel.model import IN_FORCE, Accountability, Include
from graphmodel.store import Store
from graphmodel.vocabulary import kind_of, kinds, verbs
from queries.answers import sources_json
from queries.chains import Chains
from queries.horizons import check_day, horizon_notes
from queries.resolve import resolve

HOLDS_TO_ACCOUNT = (
    "performance_manages",
    "assures",
    "authorises",
    "licenses",
    "regulates",
    "inspects",
    "scrutinises",
)
BESIDE = ("advises", "consults", "hosts", "funds", "delegates_to", "supports")
DEEPEST = 6


def answers_to(
    store: Store, text: str, at: str, include: Include = IN_FORCE, kinds: frozenset[str] | None = None
) -> dict[str, Any]:
    """Tells to whom a body answers on a day: accountability upwards, then who assures, regulates or advises it.

    Returns `{"body", "at", "chains", "others", "notes"}`; a chain is a list of steps `{"subject", "verb",
    "object", "about", "basis", "valid_from", "valid_until", "sources"}`. Raises `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     told = answers_to(store, "ccg:10E", "2014-06-01")
    >>> told["chains"][0][0]["object"]["name"]
    'NHS England (legally the NHS Commissioning Board)'
    """
    check_day(store, at)
    body = resolve(store, text, at, kinds)
    chains = Chains.of(store, include)
    told = answers_to_chains(chains, body.id, at)
    others = _others(chains, body.id, at)
    notes = [] if body.period.holds(at) else [f"{body.label} was not in force on {at}."]
    if not told and not others:
        notes.append(f"Not stated: no source says to whom {body.label} answered on {at}.")
    return {
        "body": body.to_json(),
        "at": at,
        "chains": told,
        "others": others,
        "notes": [*notes, *horizon_notes(store, {body.kind}, at)],
    }


def answers_to_chains(chains: Chains, body: str, at: str) -> list[list[dict[str, Any]]]:
    """Every chain upwards from a body: “is accountable to”, or who manages its performance where that is all
    the sources say. A step's `upper` is the body it leads to."""
    found: list[list[dict[str, Any]]] = []

    def climb(current: str, path: list[dict[str, Any]], seen: tuple[str, ...]) -> None:
        steps = [step for step in _steps_up(chains, current, at) if step[2] not in seen]
        if not steps or len(path) >= DEEPEST:
            if path:
                found.append(path)
            return
        for rule, (lower, upper), target in steps:
            step = _step(chains, rule, lower, upper, at)
            step["upper"] = step["object"] if upper == target else step["subject"]
            climb(target, [*path, step], (*seen, target))

    climb(body, [], (body,))
    return found


def _steps_up(chains: Chains, body: str, at: str) -> list[tuple[Accountability, tuple[str, str], str]]:
    """Steps from a body upwards, each with its subject and object and the body it leads to."""
    here = (body, kind_of(body))
    rules = _holding(chains, at)
    steps = [
        (rule, (body, target), target)
        for rule in rules
        if rule.verb == "accountable_to" and rule.subject in here
        for target in _targets(chains, rule.object, body, at)
    ]
    steps = steps or [
        (rule, (target, body), target)
        for rule in rules
        if rule.verb == "performance_manages" and rule.object in here
        for target in _targets(chains, rule.subject, body, at)
    ]
    # Two statements of one step are one step; the first by id stands for both.
    return list({step[2]: step for step in reversed(steps)}.values())[::-1]


def _others(chains: Chains, body: str, at: str) -> list[dict[str, Any]]:
    """Single steps that are no accountability: who assures, regulates, inspects, scrutinises, advises or hosts."""
    told = []
    kind = kind_of(body)
    for rule in _holding(chains, at):
        if rule.verb == "accountable_to":
            continue
        if rule.object in (body, kind) and rule.verb in (*HOLDS_TO_ACCOUNT, *BESIDE):
            told += [_step(chains, rule, one, body, at) for one in _targets(chains, rule.subject, body, at)]
        elif rule.subject in (body, kind) and rule.verb not in (*HOLDS_TO_ACCOUNT, *BESIDE):
            told += [_step(chains, rule, body, one, at) for one in _targets(chains, rule.object, body, at)]
    return told


def _holding(chains: Chains, at: str) -> list[Accountability]:
    return [
        rule
        for rule in chains.accountability()
        if rule.period.holds(at) and rule.status in chains.include.statuses
    ]


def _targets(chains: Chains, other: str, body: str, at: str) -> list[str]:
    """The bodies that the other end of a rule means for this body: the one named, or those of the kind around it.

    A kind with no known body around stands for itself, so that the step is not lost.
    """
    if ":" in other:
        return [other]
    around = [one for one in chains.around(body, at) if kind_of(one) == other]
    return around or [other]


def _step(chains: Chains, rule: Accountability, subject: str, target: str, at: str) -> dict[str, Any]:
    entities = chains.entities({subject, target}, at)
    sources = chains.sources(rule.source.split())
    locators = rule.locator.split("; ") if rule.locator else []
    cited = [(one, locators[i] if i < len(locators) else "") for i, one in enumerate(rule.source.split())]

    def end(one: str) -> dict[str, Any]:
        if one in entities:
            return entities[one].to_json()
        label = kinds()[one].label if one in kinds() else one
        return {"id": None if ":" not in one else one, "kind": kind_of(one) or one, "name": f"the {label}"}

    step: dict[str, Any] = {
        "subject": end(subject),
        "verb": rule.verb,
        "object": end(target),
        "sentence": f"{end(subject)['name']} {verbs()[rule.verb].forward} {end(target)['name']}",
        "about": rule.about or None,
        "basis": rule.basis,
        "status": rule.status,
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
        "instrument": rule.instrument or None,
        "instrument_verified": rule.instrument_verified,
        "verified": rule.verified,
        "sources": sources_json(sources, cited),
    }
    if rule.note:
        step["note"] = rule.note
    return step
