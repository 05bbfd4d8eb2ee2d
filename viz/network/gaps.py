"""The gap between two columns of a network: lines run here, and nowhere else."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.kit.widths import LINE, width
from orgmap.viz.network.scene import Box, Bracket, Label, Link, Way, label_lines

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


SPACE = 3.0
"""Pixels between two boxes of a group."""


class Joint(NamedTuple):
    """Relations of one name between some bodies of the inner column and all bodies of a group."""

    name: str
    outward: bool
    inner: tuple[str, ...]
    links: tuple[int, ...]
    lines: tuple[str, ...]


class Group(NamedTuple):
    """Bodies of a column that stand in the very same relations to the column before; none for a line within it."""

    bodies: tuple[str, ...]
    joints: tuple[Joint, ...]


def bodies_of(groups: list[Group]) -> list[str]:
    """All bodies of a column, from above."""
    return [one for group in groups for one in group.bodies]


def groups_of(step: int, far: dict[str, int], links: list[Link], rank: dict[str, float]) -> list[Group]:
    """Bodies of a column by what they have to do with the column before."""
    ties: dict[str, list[tuple[str, str, bool, int]]] = {one: [] for one in far if far[one] == step}
    for link in links:
        if far[link.subject] == step and far[link.object] == step - 1:
            ties[link.subject].append((link.name, link.object, False, link.number))
        elif far[link.object] == step and far[link.subject] == step - 1:
            ties[link.object].append((link.name, link.subject, True, link.number))
    found: dict[tuple[tuple[str, str, bool], ...], list[str]] = {}
    for one, told in ties.items():
        found.setdefault(tuple(sorted({tie[:3] for tie in told})), []).append(one)
    groups = []
    for key, bodies in found.items():
        joints = []
        for name, outward in sorted({(name, outward) for name, _, outward in key}):
            inner = sorted({one for n, one, o in key if (n, o) == (name, outward)}, key=lambda one: rank[one])
            numbers = {t[3] for one in bodies for t in ties[one] if (t[0], t[2]) == (name, outward)}
            joints.append(Joint(name, outward, tuple(inner), tuple(sorted(numbers)), label_lines(name)))
        groups.append(Group(tuple(bodies), tuple(joints)))
    return groups


def within(step: int, far: dict[str, int], links: list[Link], rank: dict[str, float]) -> list[Group]:
    """Relations inside a column: each object with all its subjects, told in the gap behind the column."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        if far[link.subject] == far[link.object] == step and link.subject != link.object:
            found.setdefault((link.object, link.name), []).append(link)
    groups = []
    for (target, name), told in found.items():
        subjects = sorted({link.subject for link in told}, key=lambda one: rank[one])
        numbers = tuple(sorted(link.number for link in told))
        groups.append(Group((), (Joint(name, False, (target, *subjects), numbers, label_lines(name)),)))
    return groups


def wish(group: Group, rank: dict[str, float]) -> float:
    """Where a group would stand by the bodies it belongs to; equal wishes keep their order."""
    ends = [rank[one] for joint in group.joints for one in joint.inner]
    return sum(ends) / len(ends) if ends else 0.0


def group_height(group: Group, heights: dict[str, float]) -> float:
    """How high a group is: as its boxes, or as the names of its lines."""
    told = sum(LINE * len(joint.lines) + SPACE for joint in group.joints)
    return max(sum(heights[one] + SPACE for one in group.bodies), told) - SPACE


def middles(group: Group, top: float, tall: float) -> list[float]:
    """The height of each label of a group."""
    told = [LINE * len(joint.lines) for joint in group.joints]
    y = top + (tall - sum(told) - SPACE * (len(told) - 1)) / 2
    found = []
    for high in told:
        found.append(y + high / 2)
        y += high + SPACE
    return found
