"""Lanes between two columns of a network: upright stretches of lines, so that no two lie on each other."""

from __future__ import annotations

from typing import NamedTuple


class Trunk(NamedTuple):
    """A line's upright stretch: the height of its label, and of every body that it leads to."""

    label: float
    ends: tuple[float, ...]

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it reaches, from above."""
        return min(self.label, *self.ends), max(self.label, *self.ends)


class Lanes:
    """Gives each trunk a lane, the first one that is free where it runs.

    >>> lanes = Lanes([Trunk(0, (10,)), Trunk(5, (20,)), Trunk(30, (40,))])
    >>> lanes.of, lanes.count
    ([0, 1, 0], 2)
    """

    def __init__(self, trunks: list[Trunk]) -> None:
        self.trunks = trunks
        self.of = [0] * len(trunks)
        free: list[float] = []
        for number in sorted(range(len(trunks)), key=lambda one: trunks[one].span):
            start, end = trunks[number].span
            lane = next((lane for lane, until in enumerate(free) if until + 4 < start), len(free))
            if lane == len(free):
                free.append(end)
            free[lane] = end
            self.of[number] = lane
        self.count = len(free)
