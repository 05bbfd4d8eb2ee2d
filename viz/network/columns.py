"""Placing a network: one column for each step away from the body in the middle, so that no line crosses a box.

A relation leads from a column to the next one, or stays within its own: so lines run in the gaps
between columns only, each to a label that names it, and from there to all bodies that it is true of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from orgmap.viz.kit.widths import LINE, width
from orgmap.viz.network.scene import BodyBox, Bracket, Label, Link, Scene, Way, box_width, label_lines

_BETWEEN = 9.0
_BRACKET = 24.0
_LANE = 7.0
_EDGE = 14.0
_APART = 5.0
SPACE = 3.0
"""Pixels between two boxes of a group."""


def scene_of(
    far: dict[str, int], links: Sequence[Link], names: dict[str, tuple[str, ...]], hops: int
) -> Scene:
    """Places bodies (with their distance from the middle, in the order wished) and the relations among them.

    >>> names = {"a": ("A",), "b": ("B",)}
    >>> scene = scene_of({"a": 0, "b": 1}, [Link(7, "b", "a", "part of")], names, 1)
    >>> [box.body for box in scene.boxes], scene.labels[0].lines, scene.labels[0].links
    (['a', 'b'], ('part of',), (7,))
    """
    heights = {one: LINE * len(names[one]) + 4.0 for one in far}
    links = [link for link in links if link.subject in far and link.object in far]
    centre = next(one for one, step in far.items() if step == 0)
    halves = _halves(far, links, heights, centre) if hops == 1 else [dict(far)]
    return _joined([_one_side(half, links, names, heights, box_width(hops)) for half in halves])


def _halves(
    far: dict[str, int], links: Sequence[Link], heights: dict[str, float], centre: str
) -> list[dict[str, int]]:
    """The bodies around a middle in two halves, as high as each other; related ones stay on one side."""
    home = {one: one for one in far}

    def root(body: str) -> str:
        while home[body] != body:
            body = home[body]
        return body

    for link in links:
        if centre not in (link.subject, link.object):
            home[root(link.object)] = root(link.subject)
    clusters: dict[str, list[str]] = {}
    for one in far:
        if one != centre:
            clusters.setdefault(root(one), []).append(one)
    total = sum(heights[one] + SPACE for one in far if one != centre)
    right, left, filled = [centre], [centre], 0.0
    for cluster in clusters.values():
        # The first half of the order stands on the left; a picture of few bodies needs one side only.
        side = left if filled < total / 2 and len(far) > 6 else right
        side += cluster
        filled += sum(heights[one] + SPACE for one in cluster)
    return [{one: far[one] for one in side} for side in (right, left) if len(side) > 1 or side is right]


def _one_side(
    far: dict[str, int],
    links: Sequence[Link],
    names: dict[str, tuple[str, ...]],
    heights: dict[str, float],
    wide: float,
) -> Scene:
    """The columns from the middle to the right."""
    here = [link for link in links if link.subject in far and link.object in far]
    deepest = max(far.values())
    columns: list[list[AlikeBodies]] = [[AlikeBodies(tuple(one for one in far if far[one] == 0), ())]]
    rank: dict[str, float] = {one: 0.0 for one in far if far[one] == 0}
    for step in range(1, deepest + 2):
        groups = [*groups_of(step, far, here, rank), *within(step - 1, far, here, rank)]
        columns.append(sorted(groups, key=lambda group: wish(group, rank)))
        rank |= {one: float(number) for number, one in enumerate(bodies_of(columns[-1]))}
    sizes = [[group_height(group, heights) for group in groups] for groups in columns]
    height = max(sum(size) + _BETWEEN * (len(size) - 1) for size in sizes)
    boxes: dict[str, BodyBox] = {}
    labels: list[Label] = []
    ways: list[Way] = []
    brackets: list[Bracket] = []
    x = 0.0
    for groups, size in zip(columns, sizes, strict=True):
        y = (height - sum(size) - _BETWEEN * (len(size) - 1)) / 2
        tops = [y + sum(size[:place]) + _BETWEEN * place for place in range(len(size))]
        gap = Gap(groups, tops, size, boxes) if groups and groups[0].joints else None
        edge = x
        x += gap.width if gap else 0.0
        for group, top, tall in zip(groups, tops, size, strict=True):
            y = top + (tall - sum(heights[one] + SPACE for one in group.bodies) + SPACE) / 2
            for one in group.bodies:
                boxes[one] = BodyBox(one, x, y, wide, heights[one], names[one])
                y += heights[one] + SPACE
        if gap:
            gap.draw(edge, boxes, labels, ways, brackets)
        x += wide if bodies_of(groups) else 0.0
    return Scene(x, height, list(boxes.values()), labels, ways, brackets)


def _joined(scenes: list[Scene]) -> Scene:
    """The right side and, mirrored, the left one, around the same middle."""
    right = scenes[0]
    if len(scenes) == 1:
        return right
    left = scenes[1]
    middle = right.boxes[0]
    height = max(left.height, right.height)
    shift = left.width - middle.width
    up, down = (height - left.height) / 2, (height - right.height) / 2
    boxes = [box._replace(x=box.x + shift, y=box.y + down) for box in right.boxes]
    labels = [label._replace(x=label.x + shift, y=label.y + down) for label in right.labels]
    ways = [way._replace(points=tuple((x + shift, y + down) for x, y in way.points)) for way in right.ways]
    brackets = [_moved(one, shift, 1, down, 0) for one in right.brackets]
    base = len(labels)
    brackets += [_moved(one, left.width, -1, up, base) for one in left.brackets]
    boxes += [box._replace(x=left.width - box.x - box.width, y=box.y + up) for box in left.boxes[1:]]
    labels += [label._replace(x=left.width - label.x - label.width, y=label.y + up) for label in left.labels]
    ways += [
        Way(tuple((left.width - x, y + up) for x, y in way.points), way.arrow, way.label + base)
        for way in left.ways
    ]
    return Scene(shift + right.width, height, boxes, labels, ways, brackets)


def _moved(bracket: Bracket, shift: float, way: int, down: float, base: int) -> Bracket:
    middles = tuple(y + down for y in bracket.middles)
    return Bracket(
        shift + way * bracket.x, shift + way * bracket.outer, middles, bracket.arrow, bracket.label + base
    )


class _Line(NamedTuple):
    """A line of the gap: whose it is, which of its group's lines, and at what height its name stands."""

    group: AlikeBodies
    joint: Joint
    place: float
    y: float


class Gap:
    """The lines from the bodies of one column to the groups of the next one."""

    def __init__(
        self, groups: list[AlikeBodies], tops: list[float], sizes: list[float], boxes: dict[str, BodyBox]
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
        boxes: dict[str, BodyBox],
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


class Joint(NamedTuple):
    """Relations of one name between some bodies of the inner column and all bodies of a group."""

    name: str
    outward: bool
    inner: tuple[str, ...]
    links: tuple[int, ...]
    lines: tuple[str, ...]


class AlikeBodies(NamedTuple):
    """Bodies of a column that stand in the very same relations to the column before; none for a line within it."""

    bodies: tuple[str, ...]
    joints: tuple[Joint, ...]


def bodies_of(groups: list[AlikeBodies]) -> list[str]:
    """All bodies of a column, from above."""
    return [one for group in groups for one in group.bodies]


def groups_of(step: int, far: dict[str, int], links: list[Link], rank: dict[str, float]) -> list[AlikeBodies]:
    """Bodies of a column by what they have to do with the column before."""
    ties: dict[str, list[tuple[str, str, bool, int]]] = {one: [] for one in far if far[one] == step}
    for link in links:
        if far[link.subject] == step and far[link.object] == step - 1:
            ties[link.subject].append((link.name, link.object, False, link.number))
        elif far[link.object] == step and far[link.subject] == step - 1:
            ties[link.object].append((link.name, link.subject, True, link.number))
    found: dict[tuple[tuple[str, str, bool], ...], list[str]] = {}
    for one, of_body in ties.items():
        found.setdefault(tuple(sorted({tie[:3] for tie in of_body})), []).append(one)
    groups = []
    for key, bodies in found.items():
        joints = []
        for name, outward in sorted({(name, outward) for name, _, outward in key}):
            inner = sorted({one for n, one, o in key if (n, o) == (name, outward)}, key=lambda one: rank[one])
            numbers = {t[3] for one in bodies for t in ties[one] if (t[0], t[2]) == (name, outward)}
            joints.append(Joint(name, outward, tuple(inner), tuple(sorted(numbers)), label_lines(name)))
        groups.append(AlikeBodies(tuple(bodies), tuple(joints)))
    return groups


def within(step: int, far: dict[str, int], links: list[Link], rank: dict[str, float]) -> list[AlikeBodies]:
    """Relations inside a column: each object with all its subjects, told in the gap behind the column."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        if far[link.subject] == far[link.object] == step and link.subject != link.object:
            found.setdefault((link.object, link.name), []).append(link)
    groups = []
    for (target, name), alike in found.items():
        subjects = sorted({link.subject for link in alike}, key=lambda one: rank[one])
        numbers = tuple(sorted(link.number for link in alike))
        groups.append(AlikeBodies((), (Joint(name, False, (target, *subjects), numbers, label_lines(name)),)))
    return groups


def wish(group: AlikeBodies, rank: dict[str, float]) -> float:
    """Where a group would stand by the bodies it belongs to; equal wishes keep their order."""
    ends = [rank[one] for joint in group.joints for one in joint.inner]
    return sum(ends) / len(ends) if ends else 0.0


def group_height(group: AlikeBodies, heights: dict[str, float]) -> float:
    """How high a group is: as its boxes, or as the names of its lines."""
    names_height = sum(LINE * len(joint.lines) + SPACE for joint in group.joints)
    return max(sum(heights[one] + SPACE for one in group.bodies), names_height) - SPACE


def middles(group: AlikeBodies, top: float, tall: float) -> list[float]:
    """The height of each label of a group."""
    heights = [LINE * len(joint.lines) for joint in group.joints]
    y = top + (tall - sum(heights) - SPACE * (len(heights) - 1)) / 2
    found = []
    for high in heights:
        found.append(y + high / 2)
        y += high + SPACE
    return found
