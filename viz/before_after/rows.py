"""The rows of a before/after picture: tiers from top to bottom, each with boxes across both halves and within them."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.before_after.boxes import GroupBox
from orgmap.viz.before_after.lines import SIDES, BoxLine
from orgmap.viz.kit.palette import tiers

ORDER = (
    *("national", "regional", "sub-regional", "local", "support", "council", "board", "provider", "people"),
)
"""The rows from top to bottom; the public voice stands with the boards."""


class BoxRow(NamedTuple):
    """One row of boxes: one across both halves, or those of each half, one below the other."""

    tier: str
    across: GroupBox | None
    before: tuple[GroupBox, ...] = ()
    after: tuple[GroupBox, ...] = ()

    def of(self, side: str) -> tuple[GroupBox, ...]:
        """The boxes that show one of the days."""
        if self.across:
            return (self.across,)
        return self.before if side == "before" else self.after

    @property
    def boxes(self) -> tuple[GroupBox, ...]:
        """All its boxes, before first."""
        return (self.across,) if self.across else (*self.before, *self.after)


def tier_label(tier: str) -> str:
    """What a row is called."""
    if tier == "board":
        return f"{tiers()['board'].label} and {tiers()['voice'].label.lower()}"
    return "People" if tier == "people" else tiers()[tier].label


def rows_of(boxes: list[GroupBox], box_lines: list[BoxLine]) -> list[BoxRow]:
    """The boxes by rows: in each tier first what spans both halves above, then the halves, then what spans below.

    Nothing spans both halves between a body and who took over from it, if these are of neighbouring tiers.
    """
    found: list[BoxRow] = []
    upper, lower = _passing(boxes, box_lines)
    for tier in ORDER:
        here = [box for box in boxes if box.tier == tier]
        across = [box for box in here if box.side == "span"]
        halves = [box for box in here if box.side != "span"]
        first = min((box.rank for box in halves), default=0)
        # National bodies that go on are those that lines lead to from below.
        above = [box for box in across if not halves or (box.rank <= first and tier != "national")]
        if halves and tier in upper | lower:
            above = across if tier in upper else []
        below = [box for box in across if box not in above]
        found += [BoxRow(tier, box) for box in above]
        if halves:
            found.append(
                BoxRow(
                    tier,
                    None,
                    tuple(box for box in halves if box.side == "before"),
                    tuple(box for box in halves if box.side == "after"),
                )
            )
        found += [BoxRow(tier, box) for box in below]
    return found


def _passing(boxes: list[GroupBox], box_lines: list[BoxLine]) -> tuple[set[str], set[str]]:
    """Tiers from which, and tiers into which work passes downwards or upwards: the upper ones and the lower ones."""
    halves = {box.key: ORDER.index(box.tier) for box in boxes if box.side != "span"}
    filled = {ORDER.index(box.tier) for box in boxes}
    upper, lower = set(), set()
    for box_line in box_lines:
        if box_line.side == "across" and {box_line.source, box_line.target} <= halves.keys():
            high, low = sorted((halves[box_line.source], halves[box_line.target]))
            if high < low and not filled & set(range(high + 1, low)):
                upper.add(ORDER[high])
                lower.add(ORDER[low])
    return upper - lower, lower - upper


def column(rows: list[BoxRow], side: str) -> list[str]:
    """The keys of the boxes that show one of the days, from top to bottom."""
    assert side in SIDES
    return [box.key for row in rows for box in row.of(side)]


def row_numbers_of(rows: list[BoxRow]) -> dict[str, int]:
    """In which row each box stands."""
    return {box.key: number for number, row in enumerate(rows) for box in row.boxes}
