"""The columns of a lineage picture: which body stands in which, and which of many are told as one number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.change.descent import Descent
from orgmap.viz.kit.words import how_many, short_name

CROWDED = 26
"""Bars in a column from which bodies without a name are counted together."""


class Node(NamedTuple):
    """A bar of the picture: one body, or a counted group of a kind that passed on to the same bodies."""

    key: str
    ids: tuple[str, ...]
    kind: str
    column: int
    words: str


class Band(NamedTuple):
    """What passed from one bar to another: how much, in which events; `known` is whether all of it is known."""

    source: str
    target: str
    amount: float
    known: bool
    events: tuple[str, ...]


def few_words(number: int, kind: str) -> str:
    """A number of bodies, by the kind's abbreviation where people use one.

    >>> few_words(8, "clinical_commissioning_group"), few_words(1, "nhs_trust")
    ('8 CCGs', '1 NHS trust')
    """
    if short := kinds()[kind].short:
        return f"{number} {short}{'' if number == 1 else 's'}"
    return how_many(number, kind)


def measure(descent: Descent) -> str:
    """What a band's width means: `practices`, or `equal` where the tables do not count them."""
    counted = [
        flow
        for flow in descent.flows
        if flow.counts == "practices" and descent.practices.get(flow.predecessor)
    ]
    return "practices" if descent.flows and len(counted) > 0.9 * len(descent.flows) else "equal"


def amounts(descent: Descent) -> dict[tuple[str, str, str], float | None]:
    """The width of what passed, by predecessor, successor and event, None if not known.

    In practices: the share that went on, of those listed under the predecessor on its last day. Equal: each
    body counts one, divided by the shares that are known, else evenly.
    """
    by_practices = measure(descent) == "practices"
    successors: dict[str, int] = {}
    for flow in descent.flows:
        successors[flow.predecessor] = successors.get(flow.predecessor, 0) + 1
    found: dict[tuple[str, str, str], float | None] = {}
    for flow in descent.flows:
        key = (flow.predecessor, flow.successor, flow.event)
        if by_practices:
            number = descent.practices.get(flow.predecessor)
            known = number is not None and flow.share is not None and flow.counts == "practices"
            found[key] = number * flow.share if known else None  # type: ignore[operator]
        else:
            found[key] = flow.share if flow.share is not None else 1 / successors[flow.predecessor]
    return found


def columns(descent: Descent) -> dict[str, int]:
    """The column of each body: after all its predecessors, as late as its successors allow, kinds by blocks.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.change.descent import descent_of
    >>> with open_store() as store:
    ...     found = columns(descent_of(store, "ccg:10E"))
    >>> found["pct:5QA"] < found["ccg:10E"] < found["ccg:91Q"] < found["icb:QKS"]
    True
    """
    before: dict[str, set[str]] = {one: set() for one in descent.bodies}
    after: dict[str, set[str]] = {one: set() for one in descent.bodies}
    for flow in descent.flows:
        before[flow.successor].add(flow.predecessor)
        after[flow.predecessor].add(flow.successor)
    kind = {one: body.kind for one, body in descent.bodies.items()}
    early: dict[str, int] = {}
    for one in _in_order(before):
        early[one] = max((early[other] + 1 for other in before[one]), default=0)
    # Bodies of a kind stand together: a block begins after the last column of every kind that it replaced.
    for _ in range(len(set(kind.values()))):
        last: dict[str, int] = {}
        for one, column in early.items():
            last[kind[one]] = max(last.get(kind[one], 0), column)
        for one in _in_order(before):
            others = [last[kind[other]] + 1 for other in before[one] if kind[other] != kind[one]]
            own = [early[other] + 1 for other in before[one]]
            early[one] = max([early[one], *others, *own])
    first: dict[str, int] = {}
    last = {}
    for one, column in early.items():
        first[kind[one]] = min(first.get(kind[one], column), column)
        last[kind[one]] = max(last.get(kind[one], 0), column)
    successors = {
        (kind[one], kind[other]) for one in after for other in after[one] if kind[one] != kind[other]
    }
    end = {
        one: min((first[new] - 1 for old, new in successors if old == one), default=last[one]) for one in last
    }
    final: dict[str, int] = {}
    for one in reversed(_in_order(before)):
        final[one] = min([final[other] - 1 for other in after[one]] + [max(end[kind[one]], early[one])])
    return _closed_up(final)


def _in_order(before: dict[str, set[str]]) -> list[str]:
    """Bodies, each after all that it replaced."""
    done: dict[str, None] = {}
    waiting = sorted(before)
    while waiting:
        ready = [one for one in waiting if before[one] <= done.keys()]
        done |= dict.fromkeys(ready)
        waiting = [one for one in waiting if one not in done]
    return list(done)


def _closed_up(columns: dict[str, int]) -> dict[str, int]:
    used = {column: number for number, column in enumerate(sorted(set(columns.values())))}
    return {one: used[column] for one, column in columns.items()}


def nodes(descent: Descent, most: int) -> list[Node]:
    """The bars of the picture: each body by name, but where more than `most` share a column, fewer by number.

    First bodies without a name that passed on to the same bodies are counted together, then all such, then
    all that passed most of theirs on to the same body, then all of a kind.
    """
    column = columns(descent)
    passed: dict[str, dict[str, float]] = {}
    for (one, other, _), amount in amounts(descent).items():
        after = passed.setdefault(one, {})
        after[other] = after.get(other, 0.0) + (amount or 0.0)
    successors = {one: sorted(found) for one, found in passed.items()}
    chief = {
        one: sorted(found, key=lambda other: (-found[other], other))[:1] for one, found in passed.items()
    }
    out: list[Node] = []
    for number in sorted(set(column.values())):
        here = sorted(one for one in column if column[one] == number)
        groups: list[tuple[str, ...]] = [(one,) for one in here]
        fewer = min(most, CROWDED)
        steps = (
            (True, successors, fewer),
            (True, chief, fewer),
            (False, successors, most),
            (False, chief, most),
        )
        for unnamed_only, by, limit in (*steps, (False, {}, most)):
            if len(groups) > limit:
                groups = _grouped(descent, here, by, unnamed_only)
        out += [_node(descent, group, number) for group in groups]
    return out


def _grouped(
    descent: Descent, here: Iterable[str], by: dict[str, list[str]], unnamed_only: bool
) -> list[tuple[str, ...]]:
    """Bodies of a column in groups of a kind that passed on to the same bodies."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in here:
        body = descent.bodies[one]
        alone = unnamed_only and bool(body.name)
        found.setdefault((one,) if alone else (body.kind, *by.get(one, ())), []).append(one)
    return sorted(tuple(group) for group in found.values())


def _node(descent: Descent, group: tuple[str, ...], column: int) -> Node:
    body = descent.bodies[group[0]]
    if len(group) > 1:
        key = f"{column}-{group[0].replace(':', '-')}"
        return Node(key, group, body.kind, column, few_words(len(group), body.kind))
    words = short_name(body.name, body.kind) if body.name else body.id.partition(":")[2]
    return Node(body.id, group, body.kind, column, words)


def bands(descent: Descent, bars: list[Node]) -> list[Band]:
    """What passed between the bars, one band for each two."""
    bar_of = {one: bar.key for bar in bars for one in bar.ids}
    found: dict[tuple[str, str], list[tuple[float | None, str]]] = {}
    for (one, other, event), amount in amounts(descent).items():
        found.setdefault((bar_of[one], bar_of[other]), []).append((amount, event))
    return [
        Band(
            source,
            target,
            sum(amount or 0.0 for amount, _ in parts),
            all(amount is not None for amount, _ in parts),
            tuple(dict.fromkeys(event for _, event in parts)),
        )
        for (source, target), parts in sorted(found.items())
        if source != target
    ]
