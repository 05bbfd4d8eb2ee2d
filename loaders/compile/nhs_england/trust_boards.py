"""The partnership or integrated care board that the register gives each trust by its address, since 2020."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.boards import read_boards
from orgmap.loaders.compile.integrated_care.partnerships import read_partnerships
from orgmap.loaders.compile.nhs_england.trust_register import BOARDS_SHOWN, Seen, Trust, TrustEdition
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays

NOTE = "by the trust's address in the register; a trust is no part of a board, and serves other places too"

Lives = dict[str, list[tuple[str, Period]]]
"""For each code the bodies that had it in turn, each with its life."""


class Stretch(NamedTuple):
    """A code that a trust stood under, and when; the edition that shows it last is the one to cite."""

    code: str
    period: Period
    approx: bool
    last: TrustEdition


def add_trust_boards(dataset: Compiled, published: Path, trusts: list[Trust]) -> None:
    """Adds `part_of` between each trust and the partnership, then the board, in whose area its address lies."""
    lives: Lives = {}
    for partnership in read_partnerships(published):
        lives.setdefault(partnership.code, []).append((f"stp:{partnership.code}", partnership.life))
    for board in read_boards(published):
        lives.setdefault(board.code, []).append((f"icb:{board.code}", board.life))
    for trust in trusts:
        for stretch in _stretches(trust, lives):
            for body, life in lives[stretch.code]:
                if period := life.clip(stretch.period):
                    first = period.valid_from == stretch.period.valid_from
                    span = TwoDays(*period, "approx" if first and stretch.approx else "")
                    ends = (f"trust:{trust.code}", "part_of", body)
                    dataset.add_link(*ends, "administrative", stretch.last.source, span, note=NOTE)


def _stretches(trust: Trust, lives: Lives) -> Iterator[Stretch]:
    """The codes in order; one follows the other when its body ended, else some time before an edition shows it."""
    seen = [board for board in trust.boards if board.value in lives]
    starts = [_start(seen, number, trust, lives) for number in range(len(seen))]
    for number, board in enumerate(seen):
        start, approx = starts[number]
        until = starts[number + 1][0] if number + 1 < len(seen) else trust.life.valid_until
        if period := trust.life.clip(Period(start, until)):
            yield Stretch(board.value, period, approx, board.last)


def _start(seen: list[Seen], number: int, trust: Trust, lives: Lives) -> tuple[str, bool]:
    """The day from which a trust stood under a code, and whether that is only about the day."""
    if not number:
        opened = trust.life.valid_from or ""
        return max(opened, BOARDS_SHOWN), opened < BOARDS_SHOWN
    before, after = seen[number - 1], seen[number]
    ended = lives[before.value][-1][1].valid_until or ""
    if before.last.as_of < ended <= after.first.as_of:
        return ended, False
    return after.first.as_of, True
