"""Placing a network: one column for each step away from the body in the middle, so that no line crosses a box.

A relation leads from a column to the next one, or stays within its own: so lines run in the gaps
between columns only, each to a label that names it, and from there to all bodies that it is true of.
"""

from __future__ import annotations

from collections.abc import Sequence

from orgmap.viz.kit.widths import LINE
from orgmap.viz.network.gaps import SPACE, Gap, Group, bodies_of, group_height, groups_of, wish, within
from orgmap.viz.network.scene import Box, Bracket, Label, Link, Scene, Way, box_width

_BETWEEN = 9.0


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

    def root(one: str) -> str:
        while home[one] != one:
            one = home[one]
        return one

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
    columns: list[list[Group]] = [[Group(tuple(one for one in far if far[one] == 0), ())]]
    rank: dict[str, float] = {one: 0.0 for one in far if far[one] == 0}
    for step in range(1, deepest + 2):
        groups = [*groups_of(step, far, here, rank), *within(step - 1, far, here, rank)]
        columns.append(sorted(groups, key=lambda group: wish(group, rank)))
        rank |= {one: float(number) for number, one in enumerate(bodies_of(columns[-1]))}
    sizes = [[group_height(group, heights) for group in groups] for groups in columns]
    height = max(sum(size) + _BETWEEN * (len(size) - 1) for size in sizes)
    boxes: dict[str, Box] = {}
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
                boxes[one] = Box(one, x, y, wide, heights[one], names[one])
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


def _moved(one: Bracket, shift: float, way: int, down: float, base: int) -> Bracket:
    middles = tuple(y + down for y in one.middles)
    return Bracket(shift + way * one.x, shift + way * one.outer, middles, one.arrow, one.label + base)
