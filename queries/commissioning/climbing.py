"""The chains of accountability upwards: who answers to whom, by a rule about their kinds or a relation of their own."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from orgmap.graphmodel.vocabulary import has, kind_of, of_id
from orgmap.queries.by_set import kept_with
from orgmap.queries.commissioning.own_relations import meeting
from orgmap.queries.commissioning.rule_reach import verdict
from orgmap.queries.commissioning.steps import Step, own_steps, step_json
from orgmap.queries.structure.hierarchy import Chains

DEEPEST = 6

KEPT = 20_000
"""For so many bodies and days the steps upwards are remembered."""

LICENSED_BY = ("licenses", "authorises")
"""Where nobody else holds a body to account, who grants its licence or authorisation does."""

STATUTORY, MANAGING = "statutory", "managing"
"""Lines of accountability: by law in each step, or by administration and management."""


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
    return [with_line(chain) for chain in found]


def with_line(chain: list[dict[str, Any]], line: str = "") -> list[dict[str, Any]]:
    """A chain whose steps say whether it is the line of law: so where each of them is by law, or as `line` says."""
    line = line or (STATUTORY if all(step["basis"] == "statutory" for step in chain) else MANAGING)
    return [{**step, "line": line} for step in chain]


def _answers_for(body: str) -> bool:
    """Whether what is part of a body answers to it, and not to those to whom it answers for other things."""
    return "social_care" in of_id(body).traits


def _steps_up(chains: Chains, body: str, at: str) -> list[Step]:
    """Steps from a body upwards that hold for it: of the first sort that there is."""
    for verb in ("accountable_to", "performance_manages", "part_of", *LICENSED_BY):
        # The other way round a step leads down, to all that a national body oversees: that is not asked.
        end = "object" if verb in ("performance_manages", *LICENSED_BY) else "subject"
        steps = [step for step in steps_by_rule(chains, body, at, (verb,), end) if step.holds == "yes"]
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


def steps_by_rule(
    chains: Chains, body: str, at: str, verbs: tuple[str, ...] = (), end: str = ""
) -> list[Step]:
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
