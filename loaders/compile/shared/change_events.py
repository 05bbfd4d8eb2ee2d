"""Change events from pairs of bodies: which predecessor's work went to which successor on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.loaders.compile.shared.code_history import Run
from orgmap.loaders.compile.shared.compiled import Compiled


class Handover(NamedTuple):
    """One predecessor and one successor (either may be none), with the share of the predecessor that passed, if known.

    `number` is how many of what is counted passed; a `stray` is a pair of which too few passed for a succession.
    """

    predecessor: str
    successor: str
    weight: float | None = None
    number: int | None = None
    stray: bool = False


def components(pairs: Iterable[Handover]) -> list[list[Handover]]:
    """The pairs in groups that share no body with each other, in a fixed order.

    >>> [len(group) for group in components([Handover("a", "x"), Handover("b", "x"), Handover("c", "y")])]
    [2, 1]
    """
    groups: list[list[Handover]] = []
    for pair in sorted(pairs, key=lambda pair: (pair.predecessor, pair.successor)):
        touching = [
            group
            for group in groups
            if any(pair.predecessor == o.predecessor or pair.successor == o.successor for o in group)
        ]
        for group in touching:
            groups.remove(group)
        groups.append([*(other for group in touching for other in group), pair])
    return sorted(groups)


def kind_of_change(pairs: Iterable[Handover]) -> str:
    """Whether connected pairs are a renaming, a merger, a split or a reorganisation.

    >>> kind_of_change([Handover("at:Q67", "lo:Q81"), Handover("at:Q68", "lo:Q81")])
    'merged'
    """
    pairs = list(pairs)
    before, after = {pair.predecessor for pair in pairs}, {pair.successor for pair in pairs}
    if len(before) > 1:
        return "reorganised" if len(after) > 1 else "merged"
    return "split" if len(after) > 1 else "renamed"


def add_event(
    dataset: Compiled,
    event: str,
    kind: str,
    date: str,
    pairs: Iterable[Handover],
    source: str,
    counts: str = "",
    **cells: str,
) -> None:
    """Adds one event with a succession for every pair; `counts` says what the weights and numbers count."""
    dataset.add("events", id=event, kind=kind, date=date, source=source, **cells)
    for pair in pairs:
        row = pair._asdict() | {"stray": "yes" if pair.stray else ""}
        uncounted = pair.weight is None and pair.number is None
        dataset.add("successions", event=event, counts="" if uncounted else counts, **row)


def add_changes(
    dataset: Compiled,
    date: str,
    pairs: Iterable[Handover],
    source: str,
    *,
    kind: str = "",
    name: str = "",
    **cells: str,
) -> None:
    """Adds one event for each connected group of pairs; a stray connects nothing, and stands with its predecessor.

    `kind` overrides the kind that the number of bodies gives; `name` tells the event's id from that of another event
    of the day with the same successor.
    """
    pairs = list(pairs)
    for group in components(pair for pair in pairs if not pair.stray):
        before = {pair.predecessor for pair in group}
        strays = sorted(pair for pair in pairs if pair.stray and pair.predecessor in before)
        named = kind or kind_of_change(group)
        first = min(pair.successor for pair in group).replace(":", "-")
        event = "-".join(part for part in (date, named.replace("_", "-"), name, first) if part)
        add_event(dataset, event, named, date, [*group, *strays], source, **cells)


def add_beginning(
    dataset: Compiled, date: str, name: str, bodies: Iterable[str], source: str, **cells: str
) -> None:
    """Adds one event by which bodies begin that take over from none."""
    pairs = [Handover("", body) for body in bodies]
    add_event(dataset, f"{date}-created-{name}", "created", date, pairs, source, **cells)


def add_end(
    dataset: Compiled, date: str, name: str, bodies: Iterable[str], source: str, **cells: str
) -> None:
    """Adds one event by which bodies end and no successor is known."""
    pairs = [Handover(body, "") for body in bodies]
    add_event(dataset, f"{date}-abolished-{name}", "abolished", date, pairs, source, **cells)


def value_on(runs: Iterable[Run], day: str) -> str | None:
    """The value that held on a day, or None if none did."""
    return next(
        (r.value for r in runs if r.valid_from <= day and (not r.valid_until or day < r.valid_until)), None
    )


def passing(members: dict[str, list[Run]], taking_over: dict[str, str], date: str) -> list[Handover]:
    """For every body with members on the day before `date`: whose they, or their successors, are on that day.

    `members` has the dated bodies of each member, `taking_over` the successor of each member that ended.
    A weight is the share of the body's members, by number.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for member, runs in members.items():
        before = value_on(runs, day_before(date))
        after = value_on(runs, date) or value_on(members.get(taking_over.get(member, ""), []), date)
        if before and after:
            pairs[before, after] += 1
            totals[before] += 1
    return [Handover(old, new, count / totals[old]) for (old, new), count in sorted(pairs.items())]
