"""What stands below a body, and who manages it beside the law; from a place up to the top, body by body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orgmap.graphmodel.model import Accountability, Include
from orgmap.graphmodel.vocabulary import has, kind_of, kinds, of_id, verbs
from orgmap.queries.commissioning.climbing import MANAGING, answers_to_chains, targets, with_line
from orgmap.queries.commissioning.rule_reach import verdict
from orgmap.queries.commissioning.steps import (
    BESIDE,
    HOLDS_TO_ACCOUNT,
    UPWARDS,
    Step,
    for_many,
    own_steps,
    step_json,
)
from orgmap.queries.place.find import find
from orgmap.queries.structure.hierarchy import Chains

NAMED = 10
"""So many bodies below are named one by one; more are counted by their kind."""

MEMBER = "member_of"


def managing_chains(chains: Chains, body: str, at: str) -> list[list[dict[str, Any]]]:
    """The chains upwards through those who manage a body beside the law: a trust's cluster, and to whom that answers.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [chain] = managing_chains(Chains(store), "pct:5QA", "2012-06-01")
    >>> [step["upper"]["name"] for step in chain]
    ['NHS Kent and Medway', 'NHS South of England', 'Department of Health']
    """
    found = []
    for step in own_steps(chains, body, at):
        if (
            step.verb != MEMBER
            or step.subject != body
            or not has(kind_of(step.object) or "", "made_of_members")
        ):
            continue
        first = step_json(chains, step, at)
        first["upper"] = first["object"]
        rest = answers_to_chains(chains, step.object, at) or [[]]
        found += [with_line([first, *chain], MANAGING) for chain in rest]
    return found


def steps_below(chains: Chains, body: str, at: str) -> list[dict[str, Any]]:
    """Whom a body holds to account, assures, advises …, and what is part of it: each step that leads to it from below.

    Up to ten bodies are named; more are counted by their kind. What holds of some bodies only, which no source names,
    is told of some.
    """
    here = (body, chains.kind(body))
    found = [
        row for rule in chains.accountability_on(at) for row in _by_rule_below(chains, rule, body, here, at)
    ]
    known = {(row["subject"]["id"], row["verb"], row["object"]["id"]) for row in found}
    parts: dict[tuple[str, str], list[Step]] = {}
    for relationship in chains.below(body, at):
        if relationship.verb in UPWARDS and not has(kind_of(relationship.subject) or "", "only_inside"):
            step = Step.of_relationship(relationship)
            if (step.subject, step.verb, step.object) in known:
                continue
            parts.setdefault((step.verb, kind_of(step.subject) or ""), []).append(step)
    for (_, kind), steps in parts.items():
        if len(steps) <= NAMED:
            found += [step_json(chains, step, at) for step in steps]
        else:
            found.append(_counted(chains, steps[0], kind, len(steps), at, "subject"))
    return found


def _by_rule_below(
    chains: Chains, rule: Accountability, body: str, here: tuple[str, str], at: str
) -> Iterator[dict[str, Any]]:
    """The steps of a rule in which a body stands above."""
    down = rule.verb in (*HOLDS_TO_ACCOUNT, *BESIDE)
    mine, other = (rule.subject, rule.object) if down else (rule.object, rule.subject)
    if rule.verb not in (*HOLDS_TO_ACCOUNT, *BESIDE, *UPWARDS) or mine not in here or mine == other:
        return
    if mine != body and verdict(chains, rule, body, at) != "yes":
        return
    end = "object" if down else "subject"

    def step(target: str, said: str) -> Step:
        return Step.of_rule(rule, (body, target) if down else (target, body), said)

    many = of_id(body).reach == "country" and ":" not in other
    certain = rule.coverage in ("", "all") or ":" in other
    if many or not certain:
        if rule.coverage != "related":
            yield _counted(chains, step(other, "yes"), other, 0, at, end, some=not certain)
        return
    named = targets(chains, other, body, at)
    if len(named) > NAMED or (named == [other] and other in kinds()):
        count = len(named) if named != [other] else 0
        yield _counted(chains, step(named[0], "yes"), other, count, at, end)
        return
    for target in named:
        yield step_json(chains, step(target, "yes"), at)


def _counted(
    chains: Chains, step: Step, kind: str, count: int, at: str, end: str, some: bool = False
) -> dict[str, Any]:
    """A step of many bodies of a kind: counted, or told of some where no source says which."""
    row = step_json(chains, step, at)
    many = kinds()[kind].plural if kind in kinds() else kind
    name = f"some {many}" if some else f"{count:,} {many}" if count else many
    row[end] = {"id": None, "kind": kind, "name": name}
    words = verbs()[step.verb].forward
    subject, target = (
        row["subject"]["name"] or row["subject"]["id"],
        row["object"]["name"] or row["object"]["id"],
    )
    row["sentence"] = f"{subject} {for_many(words) if end == 'subject' else words} {target}"
    if some:
        row["sentence"] += " (which is not known)"
        row["holds"] = "may"
    return row


def of_place(chains: Chains, text: str, at: str, include: Include) -> dict[str, Any]:
    """To whom the bodies of a place answer, each up to the top; what stands beside them is told of each alone.

    Raises what `find` raises for what is no place.
    """
    found = find(chains.store, text, at, include)
    bodies = list(dict.fromkeys(one["id"] for one in found["bodies"]))
    outright = [chain for body in bodies for chain in answers_to_chains(chains, body, at)]
    managing = [chain for body in bodies for chain in managing_chains(chains, body, at)]
    place = found["place"]
    notes = [*found["notes"]]
    silent = [
        str(one["name"] or one["id"])
        for one in {one["id"]: one for one in found["bodies"]}.values()
        if not any(chain[0]["upper"]["id"] != one["id"] and _begins(chain, one["id"]) for chain in outright)
    ]
    if silent:
        notes.append(f"No chain is stated of {', '.join(silent)}: ask of each what stands beside it.")
    return {
        "body": {"id": None, "kind": place.get("kind"), "name": place.get("described") or place.get("name")},
        "at": at,
        "chains": outright,
        "managing": managing,
        "others": [],
        "below": [],
        "stated": [],
        "notes": notes,
        "steps": [step for chain in (*outright, *managing) for step in chain],
    }


def _begins(chain: list[dict[str, Any]], body: str) -> bool:
    return body in (chain[0]["subject"]["id"], chain[0]["object"]["id"])
