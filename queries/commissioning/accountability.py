"""To whom a body answers: chains upwards, each step with its verb, basis, days and source."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, has
from orgmap.queries.body.letters import letters_note
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.body.statuses import status_notes
from orgmap.queries.commissioning.climbing import LICENSED_BY, answers_to_chains, steps_by_rule
from orgmap.queries.commissioning.oversight import managing_chains, of_place, steps_below
from orgmap.queries.commissioning.rule_reach import not_known_yet
from orgmap.queries.commissioning.steps import (
    BESIDE,
    HOLDS_TO_ACCOUNT,
    SOME_BODIES,
    Step,
    own_steps,
    step_json,
    told_of_some,
)
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.documents.beside_answers import documents_say
from orgmap.queries.place.names import is_a_place, named_places
from orgmap.queries.structure.hierarchy import Chains


def answers_to(
    store: Store, text: str, at: AnyDay, include: Include = IN_FORCE, kinds: Kinds = None
) -> dict[str, Any]:
    """Tells to whom a body answers on a day: accountability upwards, then who assures, regulates or advises it.

    Returns `{"body", "at", "chains", "managing", "others", "below", "stated", "notes", "steps"}`; a chain is a list of
    steps `{"subject", "verb", "object", "about", "basis", "line", "holds", "valid_from", "valid_until", "sources"}`,
    whose `line` tells the line of law from one of management; `managing` are chains through who manages the body
    beside the law; `below` is who answers to it; `stated` is what the documents of the time say of it; `steps` are all
    of these. What is no body and a place is answered for each of its bodies. Of a body that was not in force on the
    day no chain is told: a note tells its days. Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     outright = answers_to(store, "ccg:10E", "2014-06-01")
    >>> outright["chains"][0][0]["object"]["name"]
    'NHS England (legally the NHS Commissioning Board)'
    """
    at = day_of(at)
    kinds = chosen_kinds(kinds)
    check_day(store, at)
    chains = Chains.of(store, include)
    try:
        body = resolve(store, text, at, kinds)
    except NothingFound as no_body:
        if kinds is not None:
            raise
        try:
            return of_place(chains, text, at, include)
        except NothingFound:
            raise no_body from None
    if kinds is None and is_a_place(store, text, body):
        answer = of_place(chains, text, at, include)
        said = f"“{text}” was taken as the place; of {body.label} ask with its whole name, or as {body.id}."
        return {**answer, "notes": [said, *answer["notes"]]}
    if has(body.kind, "care"):
        raise NothingFound(
            f"{body.label} is a service, and no body that answers to one: orgmap who “{body.label}” tells who"
            " commissions it."
        )
    alive = body.in_force_on(at) or chains.is_planned(body.id, at)
    # A rule about a kind holds for no body outside its life: nobody held to account what was not there.
    there = alive or chains.in_shadow(body.id, at) is not None
    outright = answers_to_chains(chains, body.id, at) if there else []
    first = {(one[0]["subject"]["id"], one[0]["verb"], one[0]["object"]["id"]) for one in outright}
    managing = managing_chains(chains, body.id, at) if there else []
    below = steps_below(chains, body.id, at) if there else []
    beside = _others(chains, body.id, at) if there else []
    others = [step for step in beside if _triple(step) not in first]
    stated = documents_say(store, body, at, True, include)
    notes = [] if alive else [f"{body.label} was not in force on {at}: {life(body)}."]
    notes += [*status_notes(store, body, at, include), *letters_note(store, text, body)]
    bare = without_style(body.label) == place_form(text)
    if bare or (normalise(text) != normalise(body.label) and named_places(store, text)):
        notes.append(
            f"“{text}” was taken as {body.label}; a postcode of the place has each of its bodies answered."
        )
    if there and not outright and (others or stated):
        notes.append(
            f"No source says outright to whom {body.label} answered on {at}; what is told stands beside it."
        )
    elif outright and all(chain[0]["verb"] in LICENSED_BY for chain in outright):
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
        "managing": managing,
        "others": others,
        "below": below,
        "stated": stated,
        "notes": [*notes, *unknown, *horizon_notes(store, {body.kind}, at)],
        "steps": [
            *(step for chain in (*outright, *managing) for step in chain),
            *others,
            *below,
            *stated,
        ],
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


def _others(chains: Chains, body: str, at: str) -> list[dict[str, Any]]:
    """Single steps that are no chain: who assures, inspects, scrutinises, advises or hosts it, what it belongs to."""
    by_rule = [
        step
        for step in steps_by_rule(chains, body, at)
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
    return [
        told_of_some(row, body) if step.holds != "yes" and step.unsure == SOME_BODIES else row
        for step in (*kept, *own)
        for row in [step_json(chains, step, at)]
    ]


def _triple(step: dict[str, Any]) -> tuple[str, str, str]:
    return step["subject"]["id"], step["verb"], step["object"]["id"]
