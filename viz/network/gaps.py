"""The gap between two columns of a network: lines run here, and nowhere else."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.kit.widths import LINE, width
from orgmap.viz.network.columns import Group, Joint, bodies_of, middles
from orgmap.viz.network.scene import Box, Bracket, Label, Way

_BRACKET = 24.0
_LANE = 7.0
_EDGE = 14.0
_APART = 5.0


class _Line(NamedTuple):
    """A line of the gap: whose it is, which of its group's lines, and at what height its name stands."""

    group: Group
    joint: Joint
    place: float
    y: float


class Gap:
    """The lines from the bodies of one column to the groups of the next one."""

    def __init__(
        self, groups: list[Group], tops: list[float], sizes: list[float], boxes: dict[str, Box]
    ) -> None:
        self._lines = [
            _Line(group, joint, place - (len(group.joints) - 1) / 2, y)
            for group, top, tall in zip(groups, tops, sizes, strict=True)
            for place, (joint, y) in enumerate(zip(group.joints, middles(group, top, tall), strict=True))
        ]
        self._lanes = Lanes(
            [
                Trunk(line.y, tuple(boxes[one].y + boxes[one].height / 2 for one in line.joint.inner))
                for line in self._lines
            ]
        )
        names = [width(words) for line in self._lines for words in line.joint.lines]
        self._band = _EDGE + self._lanes.count * _LANE + _EDGE
        self.width = self._band + max(names, default=0.0) + (_BRACKET if bodies_of(groups) else 4.0)

    def draw(
        self,
        edge: float,
        boxes: dict[str, Box],
        labels: list[Label],
        ways: list[Way],
        brackets: list[Bracket],
    ) -> None:
        """Lines from inner bodies along a lane to their name, and from the name to each body of the group."""
        band, outer = edge + self._band, edge + self.width
        for number, line in enumerate(self._lines):
            joint, y = line.joint, line.y
            lane = edge + _EDGE + self._lanes.of[number] * _LANE
            label = len(labels)
            wide = max(width(words) for words in joint.lines)
            top = y - LINE * len(joint.lines) / 2
            labels.append(Label(joint.name, band, top, wide, joint.lines, joint.links))
            for place, end in enumerate(self._lanes.trunks[number].ends):
                # Within a column only the object, told first, gets the arrow.
                arrow = not joint.outward if line.group.bodies else place == 0
                ways.append(Way(((band - 3, y), (lane, y), (lane, end), (edge, end)), arrow, label))
            if line.group.bodies:
                # Several lines to one group keep apart, down to the boxes.
                aside = line.place * _APART
                x = outer - _BRACKET / 2 - 4 + aside
                ways.append(Way(((band + wide + 3, y), (x, y)), False, label))
                heights = (boxes[one].y + boxes[one].height / 2 + aside for one in line.group.bodies)
                brackets.append(Bracket(x, outer, (y, *heights), joint.outward, label))


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
