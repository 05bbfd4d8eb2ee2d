"""To whom a body answers: chains upwards, each step with its verb, basis, days and source."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, has, kind_of, of_id
from orgmap.queries.body.letters import letters_note
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.body.statuses import status_notes
from orgmap.queries.by_set import kept_with
from orgmap.queries.commissioning.own_relations import meeting
from orgmap.queries.commissioning.rule_reach import not_known_yet, verdict
from orgmap.queries.commissioning.steps import BESIDE, HOLDS_TO_ACCOUNT, Step, own_steps, step_json
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.documents.beside_answers import documents_say
from orgmap.queries.structure.hierarchy import Chains

DEEPEST = 6

KEPT = 20_000
"""For so many bodies and days the steps upwards are remembered."""

_LICENSED_BY = ("licenses", "authorises")
"""Where nobody else holds a body to account, who grants its licence or authorisation does."""


def answers_to(
    store: Store, text: str, at: AnyDay, include: Include = IN_FORCE, kinds: Kinds = None
) -> dict[str, Any]:
    """Tells to whom a body answers on a day: accountability upwards, then who assures, regulates or advises it.

    Returns `{"body", "at", "chains", "others", "stated", "notes", "steps"}`; a chain is a list of steps
    `{"subject", "verb", "object", "about", "basis", "holds", "valid_from", "valid_until", "sources"}`; `stated` is what
    the documents of the time say of it; `steps` are all of these. Of a body that was not in force on the day no chain
    is told: a note tells its days. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     outright = answers_to(store, "ccg:10E", "2014-06-01")
    >>> outright["chains"][0][0]["object"]["name"]
    'NHS England (legally the NHS Commissioning Board)'
    """
    at = day_of(at)
    kinds = chosen_kinds(kinds)
    check_day(store, at)
    body = resolve(store, text, at, kinds)
    chains = Chains.of(store, include)
    alive = body.in_force_on(at) or chains.is_planned(body.id, at)
    # A rule about a kind holds for no body outside its life: nobody held to account what was not there.
    there = alive or chains.in_shadow(body.id, at) is not None
    outright = answers_to_chains(chains, body.id, at) if there else []
    first = {(one[0]["subject"]["id"], one[0]["verb"], one[0]["object"]["id"]) for one in outright}
    beside = _others(chains, body.id, at) if there else []
    others = [step for step in beside if _triple(step) not in first]
    stated = documents_say(store, body, at, True, include)
    notes = [] if alive else [f"{body.label} was not in force on {at}: {life(body)}."]
    notes += [*status_notes(store, body, at, include), *letters_note(store, text, body)]
    if there and not outright and (others or stated):
        notes.append(
            f"No source says outright to whom {body.label} answered on {at}; what is told stands beside it."
        )
    elif outright and all(chain[0]["verb"] in _LICENSED_BY for chain in outright):
        notes.append(
            f"No source says outright to whom {body.label} answered on {at}; told is who licensed or authorised it."
        )
        notes += _worked_as_one(chains, outright, at)
    elif there and not outright:
        notes.append(f"Not stated: no source says to whom {body.label} answered on {at}.")
    unknown = not_known_yet(chains, body.id, at) if there else []
    return {
        "body": body.to_json(),
        "at": at,
        "chains": outright,
        "others": others,
        "stated": stated,
        "notes": [*notes, *unknown, *horizon_notes(store, {body.kind}, at)],
        "steps": [*(step for chain in outright for step in chain), *others, *stated],
    }


def _worked_as_one(chains: Chains, outright: list[list[dict[str, Any]]], at: str) -> list[str]:
    """A sentence for each body with which the last of a chain worked as one: Monitor as NHS Improvement."""
    last = {chain[-1]["upper"]["id"] for chain in outright}
    steps = [
        step_json(chains, Step.of_rule(rule, (rule.subject, rule.object), "yes"), at)
        for rule in chains.accountability_on(at)
        if rule.verb == "clustered_with" and last & {rule.subject, rule.object}
    ]
    return [f"{step['sentence']}: {step['about']}." for step in steps]


def answers_to_chains(chains: Chains, body: str, at: str) -> list[list[dict[str, Any]]]:
    """Every chain upwards from a body: “is accountable to”; where the sources do not say so, who manages its
    performance; else what it is part of, or who licenses it. A step's `upper` is the body it leads to."""
    found: list[list[dict[str, Any]]] = []

    steps_up = kept_with(chains, "steps up", lambda: lru_cache(maxsize=KEPT)(partial(_steps_up, chains)))

    def climb(current: str, path: list[dict[str, Any]], seen: tuple[str, ...]) -> None:
        ended = len(path) >= DEEPEST or (path and _answers_for(current))
        steps = [] if ended else [step for step in steps_up(current, at) if step.upper not in seen]
        if not steps:
            if path:
                found.append(path)
            return
        for step in steps:
            row = step_json(chains, step, at)
            row["upper"] = row["object"] if step.upper == step.object else row["subject"]
            row["sentence"] += f" ({step.about})" if step.about else ""
            climb(step.upper, [*path, row], (*seen, step.upper))

    climb(body, [], (body,))
    return found


def _answers_for(body: str) -> bool:
    """Whether what is part of a body answers to it, and not to those to whom it answers for other things."""
    return "social_care" in of_id(body).traits


def _steps_up(chains: Chains, body: str, at: str) -> list[Step]:
    """Steps from a body upwards that hold for it: of the first sort that there is."""
    for verb in ("accountable_to", "performance_manages", "part_of", *_LICENSED_BY):
        # The other way round a step leads down, to all that a national body oversees: that is not asked.
        end = "object" if verb in ("performance_manages", *_LICENSED_BY) else "subject"
        steps = [step for step in _by_rule(chains, body, at, (verb,), end) if step.holds == "yes"]
        if end == "object":
            steps = [step._replace(upper=step.subject) for step in steps if step.object == body]
        else:
            steps = [step._replace(upper=step.object) for step in steps if step.subject == body]
        if verb == "part_of" and not has(kind_of(body) or "", "only_inside"):
            steps += [
                step._replace(upper=step.object)
                for step in own_steps(chains, body, at)
                if step.verb == verb and step.subject == body
            ]
        if steps:
            # Two statements of one step are one step; the first by id stands for both.
            return list({step.upper: step for step in reversed(steps)}.values())[::-1]
    return []


def _others(chains: Chains, body: str, at: str) -> list[dict[str, Any]]:
    """Single steps that are no chain: who assures, inspects, scrutinises, advises or hosts it, what it belongs to."""
    by_rule = [
        step
        for step in _by_rule(chains, body, at)
        if step.verb != "accountable_to"
        and (step.object == body) == (step.verb in (*HOLDS_TO_ACCOUNT, *BESIDE))
    ]
    known = {(step.subject, step.verb, step.object) for step in by_rule if step.holds == "yes"}
    own = [
        step for step in own_steps(chains, body, at) if (step.subject, step.verb, step.object) not in known
    ]
    sure = {(step.subject, step.verb, step.object) for step in own}
    kept = [
        step for step in by_rule if step.holds == "yes" or (step.subject, step.verb, step.object) not in sure
    ]
    return [step_json(chains, step, at) for step in (*kept, *own)]


def _by_rule(chains: Chains, body: str, at: str, verbs: tuple[str, ...] = (), end: str = "") -> list[Step]:
    """The steps between kinds that hold, or may hold, for a body on a day, each with the bodies it means for it.

    With `end` only those in which the body stands at that end, “subject” or “object”.
    """
    here = (body, chains.kind(body))
    steps = []
    for rule in chains.accountability_on(at):
        if verbs and rule.verb not in verbs:
            continue
        for mine, other in ((rule.subject, rule.object), (rule.object, rule.subject)):
            if end and mine != getattr(rule, end):
                continue
            if mine not in here or (said := verdict(chains, rule, body, at)) == "no":
                continue
            for target in targets(chains, other, body, at):
                ends = (body, target) if mine == rule.subject else (target, body)
                steps.append(Step.of_rule(rule, ends, said))
            if rule.subject == rule.object:
                break
    return steps


def targets(chains: Chains, other: str, body: str, at: str) -> list[str]:
    """The bodies that the other end of a step means for a body: the one named, or those of the kind that it meets.

    A kind of which none is known to meet it stands for itself, so that the step is not lost.
    """
    return [other] if ":" in other else meeting(chains, body, other, at) or [other]


def _triple(step: dict[str, Any]) -> tuple[str, str, str]:
    return step["subject"]["id"], step["verb"], step["object"]["id"]
