"""Outlines as TopoJSON: borders that areas share are cut into arcs and kept once; neighbours follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from orgmap.queries.structure.areas_ahead import Point, Ring
from orgmap.viz.explorer.columns import Json, steps

Arc = tuple[Point, ...]

COLOURS = 6
"""So many colours are there at most; a seventh is never needed where few areas meet all others."""


class Arcs:
    """The arcs of all rings, each once: a ring is cut where lines meet or part.

    >>> left = ((0, 0), (0, 2), (1, 2), (1, 0))
    >>> right = ((1, 0), (1, 2), (2, 2), (2, 0))
    >>> arcs = Arcs([left, right])
    >>> arcs.of_ring(left), arcs.of_ring(right)
    ([0, 1], [-1, 2])
    """

    def __init__(self, rings: Iterable[Ring]) -> None:
        beside: dict[Point, frozenset[Point]] = {}
        self._cuts: set[Point] = set()
        for ring in rings:
            for before, point, after in zip((ring[-1], *ring[:-1]), ring, (*ring[1:], ring[0]), strict=True):
                here = frozenset((before, after))
                if beside.setdefault(point, here) != here:
                    self._cuts.add(point)
        self.arcs: list[Arc] = []
        self._numbers: dict[Arc, int] = {}

    def of_ring(self, ring: Ring) -> list[int]:
        """The numbers of the arcs of a ring, in order; `~number` where one is walked backwards."""
        cuts = [number for number, point in enumerate(ring) if point in self._cuts]
        if not cuts:
            first = min(range(len(ring)), key=lambda number: ring[number])
            whole = (*ring[first:], *ring[: first + 1])
            return [self._number(whole)]
        closed = (*ring[cuts[0] :], *ring[: cuts[0] + 1])
        places = [number - cuts[0] for number in cuts] + [len(closed) - 1]
        return [self._number(closed[start : end + 1]) for start, end in pairwise(places)]

    def _number(self, arc: Arc) -> int:
        if arc in self._numbers:
            return self._numbers[arc]
        if (back := arc[::-1]) in self._numbers:
            return ~self._numbers[back]
        self._numbers[arc] = len(self.arcs)
        self.arcs.append(arc)
        return self._numbers[arc]

    def to_json(self) -> list[list[int]]:
        """The arcs, each as x, y, x, y …: every point as the step from the one before, over all arcs."""
        found = []
        x = y = 0
        for arc in self.arcs:
            flat: list[int] = []
            for here_x, here_y in arc:
                flat += (here_x - x, here_y - y)
                x, y = here_x, here_y
            found.append(flat)
        return found


def shape_json(shape: list[list[list[int]]]) -> list[list[list[int]]]:
    """An outline with each arc as the step from the one before it in its ring, doubled; odd where it runs backwards.

    >>> shape_json([[[5, -7]]])
    [[[10, 3]]]
    """
    found = []
    for polygon in shape:
        rings = []
        for ring in polygon:
            numbers = [max(arc, ~arc) for arc in ring]
            rings.append([2 * step + (arc < 0) for step, arc in zip(steps(numbers), ring, strict=True)])
        found.append(rings)
    return found


def without_repeats(ring: Ring) -> Ring:
    """A ring without points that stand twice in a row."""
    kept = [point for before, point in zip((ring[-1], *ring[:-1]), ring, strict=True) if point != before]
    return tuple(kept)


def polygons(rings: Iterable[Ring], arcs: Arcs) -> list[list[list[int]]]:
    """The arcs of an area as polygons, each an outer ring with its holes.

    >>> outer, hole = ((0, 0), (0, 9), (9, 9), (9, 0)), ((3, 3), (3, 6), (6, 6), (6, 3))
    >>> [len(polygon) for polygon in polygons([outer, hole], Arcs([outer, hole]))]
    [2]
    """
    known = sorted(
        (ring for ring in map(without_repeats, rings) if len(ring) > 2), key=lambda ring: -abs(area(ring))
    )
    outer: list[tuple[Ring, list[Ring]]] = []
    for ring in known:
        around = [
            pair
            for pair in outer
            if _inside(ring, pair[0]) and not any(_inside(ring, hole) for hole in pair[1])
        ]
        if around:
            around[-1][1].append(_turned(ring, clockwise=False))
        else:
            outer.append((_turned(ring, clockwise=True), []))
    return [[arcs.of_ring(ring), *(arcs.of_ring(hole) for hole in holes)] for ring, holes in outer]


def area(ring: Ring) -> float:
    """The area of a ring on the grid; negative where it runs clockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _turned(ring: Ring, clockwise: bool) -> Ring:
    """A ring that runs that way round, seen with north above: on a globe an outer ring runs clockwise."""
    return ring if (area(ring) < 0) == clockwise else ring[::-1]


def _inside(ring: Ring, other: Ring) -> bool:
    """Whether a ring lies in another one: by a point of it that is none of the other's."""
    shared = set(other)
    x, y = next((point for point in ring if point not in shared), ring[0])
    found = False
    for (ax, ay), (bx, by) in zip(other, (*other[1:], other[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            found = not found
    return found


def label_point(rings: Iterable[Ring]) -> Point:
    """A point well inside the largest ring of an area, where its name may stand.

    >>> label_point([((0, 0), (0, 100), (100, 100), (100, 0))])
    (50, 33)
    """
    ring = max(rings, key=lambda one: abs(area(one)))
    narrow = 0.6  # a degree of longitude beside one of latitude, in England
    top, bottom = max(y for _, y in ring), min(y for _, y in ring)
    found: tuple[float, float, float] = (-1.0, *ring[0])
    for number in range(1, 24):
        y = bottom + (top - bottom) * number / 24 + 0.01
        xs = sorted(
            ax + (y - ay) / (by - ay) * (bx - ax)
            for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True)
            if (ay > y) != (by > y)
        )
        for left, right in zip(xs[::2], xs[1::2], strict=False):
            above = min(top - y, y - bottom)
            room = min((right - left) / 2 * narrow, above)
            if room > found[0] + 0.5:
                found = (room, (left + right) / 2, y)
    return round(found[1]), round(found[2])


def neighbours(areas: Mapping[str, list[list[list[int]]]]) -> dict[str, set[str]]:
    """Which areas share a border."""
    along: dict[int, list[str]] = {}
    for name, polygons_of in areas.items():
        for number in {max(arc, ~arc) for polygon in polygons_of for ring in polygon for arc in ring}:
            along.setdefault(number, []).append(name)
    found: dict[str, set[str]] = {name: set() for name in areas}
    for names in along.values():
        for one in names:
            found[one].update(other for other in names if other != one)
    return found


def coloured(beside: Mapping[str, set[str]], before: Mapping[str, int]) -> dict[str, int]:
    """A colour for each area, another than its neighbours'; the one it had `before`, if that goes.

    >>> coloured({"a": {"b"}, "b": {"a"}}, {"a": 1, "b": 1})
    {'a': 1, 'b': 0}
    """
    found: dict[str, int] = {}
    used = [0] * COLOURS
    for name in sorted(beside, key=lambda one: (-len(beside[one]), one)):
        taken = {found[other] for other in beside[name] if other in found}
        free = [colour for colour in range(COLOURS) if colour not in taken] or [0]
        old = before.get(name, -1)
        colour = old if old in free else min(free, key=lambda one: (used[one], one))
        found[name] = colour
        used[colour] += 1
    return found


def topology_json(arcs: Arcs, grid: int) -> Json:
    """What TopoJSON says of all of them; `grid` are the steps in one degree."""
    return {
        "type": "Topology",
        "transform": {"scale": [1 / grid, 1 / grid], "translate": [0, 0]},
        "arcs": arcs.to_json(),
    }
