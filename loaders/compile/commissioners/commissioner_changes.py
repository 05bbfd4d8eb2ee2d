"""What became of commissioners, found in the GP practices that passed from one to the next on one day."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.loaders.compile.commissioners.practice_memberships import Memberships
from orgmap.loaders.compile.shared.change_events import Handover, components, kind_of_change
from orgmap.loaders.curated import words_of

STRAYS = 2
"""So few practices may have moved, or be an oddity of coding: no succession."""

LEAST_SHARE = 0.05
"""Nor are fewer practices than this share of the body that ended."""

LEAST_TRANSFER = 5
"""Practices that a body which goes on must give to a new one before that counts as a partial transfer."""

DIVIDING_ORDER = "si-2006-2072"
DIVIDED = words_of("primary_care_trusts/divided")
"""The six “dividing PCTs” of the order that came into force on 1 October 2006, and the trusts that followed each.

That these were divided is law, however few practices passed. Where none did (5JV to 5PT, 5KV to 5QM) the second
trust is the one beside: not verified against the order's schedule.
"""
DIVIDED_ON = "2006-10-01"


class Change(NamedTuple):
    """Bodies that ended on the eve of a day, and the bodies that took over their practices, by code.

    `unsure` counts more that passed, of which no register tells whether they were practices.
    """

    handovers: tuple[Handover, ...]
    unsure: int


def is_stray(practices: int, of: int, most: int) -> bool:
    """Whether so few practices out of all passed that their new body is no successor; `most` went to one body.

    >>> is_stray(1, 40, 39), is_stray(3, 40, 37), is_stray(3, 80, 77), is_stray(1, 1, 1)
    (True, False, True, False)
    """
    return practices < most and (practices <= STRAYS or practices / of < LEAST_SHARE)


def handovers_of(register: Memberships, code: str, day: str) -> list[Handover]:
    """Where the practices of a body went on the day after its last, strays marked; what a law names is no stray."""
    went = {new: many for (date, old, new), many in register.flows.items() if (date, old) == (day, code)}
    total, most = sum(went.values()), max(went.values(), default=0)
    named = DIVIDED.get(code, ()) if day == DIVIDED_ON else ()
    found = [
        Handover(code, new, many / total, many, new not in named and is_stray(many, total, most))
        for new, many in sorted(went.items())
    ]
    return found + [Handover(code, new, 0.0, 0) for new in named if new not in went]


def changes(register: Memberships, day: str) -> list[Change]:
    """What became of the bodies that ended on the eve of `day`; those that share a successor are one change."""
    ended = sorted({old for date, old, _ in register.flows if date == day and register.ended_on(old, day)})
    pairs = [pair for old in ended for pair in handovers_of(register, old, day)]
    found = []
    for group in components(pair for pair in pairs if not pair.stray):
        before = {pair.predecessor for pair in group}
        strays = [pair for pair in pairs if pair.stray and pair.predecessor in before]
        unsure = sum(
            many for (date, old, _), many in register.unsure.items() if date == day and old in before
        )
        found.append(Change((*group, *strays), unsure))
    return found


def partial_transfers(register: Memberships, day: str) -> list[Handover]:
    """Bodies that went on but gave a good part of their practices to a body that began on `day`."""
    return sorted(
        Handover(old, new, practices / register.practices_on_the_eve(old, day), practices)
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
