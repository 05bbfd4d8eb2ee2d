"""Bodies of a network's column that stand in the very same relations: one line, with one name, tells of them all."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.kit.widths import LINE
from orgmap.viz.network.scene import Link, label_lines

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
