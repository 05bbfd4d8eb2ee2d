"""What became of commissioners, found in the practices that passed from one to the next on one day."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from loaders.compile.commissioners.practice_memberships import Memberships
from loaders.compile.shared.change_events import Handover, components, kind_of_change

LEAST_PRACTICES = 2
"""One practice that goes elsewhere has moved; it is no succession."""

LEAST_SHARE = 0.05
"""Nor are fewer practices than this share of the body that ended."""

LEAST_TRANSFER = 5
"""Practices that a body which goes on must give to a new one before that counts as a partial transfer."""


class Change(NamedTuple):
    """Bodies that ended on the eve of a day, and the bodies that took over their practices, by code.

    `strays` counts practices of theirs that went to bodies which are no successors.
    """

    handovers: tuple[Handover, ...]
    strays: int


def is_succession(practices: int, of: int) -> bool:
    """Whether so many practices out of all make the body that took them a successor.

    >>> is_succession(1, 40), is_succession(2, 40), is_succession(1, 1)
    (False, True, True)
    """
    return practices == of or (practices >= LEAST_PRACTICES and practices / of >= LEAST_SHARE)


def changes(register: Memberships, day: str) -> list[Change]:
    """What became of the bodies that ended on the eve of `day`; connected ones are one change."""
    handovers: list[Handover] = []
    strays: Counter[str] = Counter()
    for (date, old, new), practices in register.flows.items():
        if date != day or not register.ended_on(old, day):
            continue
        before = register.passed_on(old, day)
        if is_succession(practices, before):
            handovers.append(Handover(old, new, practices / before))
        else:
            strays[old] += practices
    return [
        Change(tuple(group), sum(strays[old] for old in {pair.predecessor for pair in group}))
        for group in components(handovers)
    ]


def partial_transfers(register: Memberships, day: str) -> list[Handover]:
    """Bodies that went on but gave a good part of their practices to a body that began on `day`."""
    return sorted(
        Handover(old, new, practices / register.practices_on_the_eve(old, day))
        for (date, old, new), practices in register.flows.items()
        if date == day
        and practices >= LEAST_TRANSFER
        and not register.ended_on(old, day)
        and register.lives[new].valid_from == day
    )


def kind_of_succession(pairs: list[Handover]) -> str:
    """The kind of change between connected bodies: another kind of body, or the same in other numbers.

    >>> kind_of_succession([Handover("pcg:4AA01", "pct:5AA"), Handover("pcg:4AA02", "pct:5AA")])
    'replaced'
    >>> kind_of_succession([Handover("pct:5LL", "pct:5QA"), Handover("pct:5LN", "pct:5QA")])
    'merged'
    """
    before = {pair.predecessor.partition(":")[0] for pair in pairs}
    after = {pair.successor.partition(":")[0] for pair in pairs}
    return kind_of_change(pairs) if before & after else "replaced"
