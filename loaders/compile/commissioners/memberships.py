"""What practices' memberships tell of commissioners: their lives, and who took over from whom.

Only GP practices proper are counted: hospices, prisons and clinics stand in the register, too, and are listed
under whom they please.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.strays import is_stray
from orgmap.loaders.compile.practices.register import (
    GP_PRACTICE,
    last_setting,
    memberships_of_practices,
    observed_lives,
    read_records,
)
from orgmap.loaders.compile.shared.change_events import Handover, components, kind_of_change
from orgmap.loaders.curated import words_of

Flows = Counter[tuple[str, str, str]]
"""How many practices passed on a day from one commissioner to another: (day, old code, new code)."""


class Memberships(NamedTuple):
    """What the register of memberships says of commissioners.

    `lives`: code → life. `flows`: (day, old code, new code) → GP practices proper that left the old one on the
    eve and joined the new one on the day. `unsure` are as many more, of which no register tells whether they
    were practices. `spells`: code → how many practices proper belonged to it from one day until another.
    """

    lives: dict[str, Period]
    flows: Flows
    unsure: Flows
    spells: dict[str, Counter[Period]]

    def ended_on(self, code: str, day: str) -> bool:
        """Whether the body's last day was the eve of `day`."""
        return self.lives[code].valid_until == day

    def practices_on_the_eve(self, code: str, day: str) -> int:
        """How many practices it had on the day before `day`."""
        spells = self.spells.get(code, Counter[Period]())
        return sum(many for spell, many in spells.items() if spell.holds(day_before(day)))


def read_memberships(published: Path) -> Memberships:
    """What ODS epcmem tells: every practice's memberships of a commissioner since 1999."""
    settings = {code: last_setting(record) for code, record in read_records(published).items()}
    flows, unsure, spells = Flows(), Flows(), defaultdict[str, Counter[Period]](Counter)
    for practice, stays in memberships_of_practices(published).items():
        setting = settings.get(practice, "")
        passed = [
            (new.joined, old.commissioner, new.commissioner)
            for old, new in pairwise(stays)
            if old.ends == new.joined and old.commissioner != new.commissioner
        ]
        if setting == GP_PRACTICE:
            flows.update(passed)
            for stay in stays:
                spells[stay.commissioner][Period(stay.joined, stay.ends or None)] += 1
        elif not setting:
            unsure.update(passed)
    return Memberships(observed_lives(published), flows, unsure, spells)


LEAST_TRANSFER = 5
"""Practices that a body which goes on must give to a new one before that counts as a partial transfer."""

DIVIDING_ORDER = "si-2006-2072"
DIVIDED = words_of("primary_care_trusts/divided")
"""The six “dividing PCTs” of the order that came into force on 1 October 2006, and the trusts that followed each.

That these were divided is law, however few practices passed. Where none did (5JV to 5PT, 5KV to 5QM) the second
trust is the one beside: not verified against the order's schedule.
"""
DIVIDED_ON = "2006-10-01"


class Ending(NamedTuple):
    """Bodies that ended on the eve of a day, and the bodies that took over their practices, by code.

    `unsure` counts more that passed, of which no register tells whether they were practices.
    """

    handovers: tuple[Handover, ...]
    unsure: int


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


def changes(register: Memberships, day: str) -> list[Ending]:
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
        found.append(Ending((*group, *strays), unsure))
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
