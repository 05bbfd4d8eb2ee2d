"""From outlines in degrees to shapes in pixels: one scale for all maps of a page, as few points as the eye needs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.queries.structure.areas_ahead import Ring
from orgmap.queries.structure.boundaries import GRID

FINE = 0.5
"""Pixels: shapes are drawn on a grid of this width, so that they stay small."""

_TINY = 1.2
_STRAY = 0.6

Point = tuple[float, float]


class Scale(NamedTuple):
    """How a map's degrees become pixels: evenly, with longitudes as short as they are in the middle of the map."""

    west: float
    north: float
    across: float
    down: float
    width: float
    height: float

    def point(self, place: tuple[int, int]) -> Point:
        """Where a point of the grid lies in the picture."""
        return (place[0] - self.west) * self.across, (self.north - place[1]) * self.down


def scale_for(rings: Iterable[Ring], room: tuple[float, float]) -> Scale:
    """The scale with which all these rings just fit into a room of pixels (across, down).

    >>> scale_for([((0, 520000), (10000, 520000), (10000, 530000))], (100, 100)).height
    100.0
    """
    xs, ys = zip(*((x, y) for ring in rings for x, y in ring), strict=True)
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    squeeze = math.cos(math.radians((south + north) / 2 / GRID))
    down = min(room[0] / max(1.0, (east - west) * squeeze), room[1] / max(1, north - south))
    return Scale(
        west,
        north,
        down * squeeze,
        down,
        round((east - west) * squeeze * down, 1),
        round((north - south) * down, 1),
    )


def shape(rings: tuple[Ring, ...], scale: Scale) -> str:
    """The `d` of an area in steps of half pixels; the largest ring stays, however small it is."""
    drawn = [_simplified([scale.point(place) for place in ring]) for ring in rings]
    sizes = [_extent(ring) for ring in drawn]
    largest = max(range(len(drawn)), key=lambda number: (sizes[number], -number))
    return "".join(
        _path(ring) for number, ring in enumerate(drawn) if number == largest or sizes[number] > _TINY
    )


def label_place(rings: tuple[Ring, ...], scale: Scale, width: float, height: float) -> Point | None:
    """The middle of where words of this size lie wholly inside the largest ring of an area, if they do.

    >>> square = ((0, 0), (0, 1000), (1000, 1000), (1000, 0))
    >>> even = Scale(0, 1000, 0.1, 0.1, 100, 100)
    >>> label_place((square,), even, 60, 14), label_place((square,), even, 160, 14)
    ((50.0, 50.0), None)
    """
    ring = max(([scale.point(place) for place in ring] for ring in rings), key=_extent)
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    if bottom - top < height or max(x for x, _ in ring) - min(x for x, _ in ring) < width:
        return None
    middle, steps = (top + bottom) / 2, 16
    found = []
    for number in range(1, steps):
        y = top + (bottom - top) * number / steps
        if top <= y - height / 2 and y + height / 2 <= bottom:
            found += [(right - left, (left + right) / 2, y) for left, right in _inside(ring, y, height)]
    widest = max((room for room, _, _ in found), default=0.0)
    if widest < width:
        return None
    # As near to the middle as there is a little air at both sides.
    ample = [one for one in found if one[0] >= min(widest, width * 1.3)]
    _, x, y = min(ample, key=lambda one: (abs(one[2] - middle), -one[0], one[1]))
    return x, y


def _inside(ring: list[Point], y: float, height: float) -> list[tuple[float, float]]:
    """Stretches inside a ring that are free from a little above `y` to a little below."""
    found = _crossings(ring, y)
    out = []
    for left, right in found:
        for x, py in ring:
            # A corner of the outline within the strip narrows it from the side on which it lies.
            if abs(py - y) <= height / 2 + 1 and left < x < right:
                if x - left < right - x:
                    left = x
                else:
                    right = x
        for edge in (y - height / 2, y + height / 2):
            fitting = [
                (max(left, a), min(right, b))
                for a, b in _crossings(ring, edge)
                if min(right, b) > max(left, a)
            ]
            left, right = max(fitting, key=lambda one: one[1] - one[0]) if fitting else (0.0, 0.0)
        out.append((left, right))
    return out


def _crossings(ring: list[Point], y: float) -> list[tuple[float, float]]:
    xs = sorted(
        ax + (y - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (ay > y) != (by > y)
    )
    return list(zip(xs[::2], xs[1::2], strict=False))


def _extent(ring: list[Point]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _simplified(ring: list[Point]) -> list[Point]:
    """A ring without the points that its line strays from by less than the eye sees (Douglas and Peucker)."""
    far = max(range(len(ring)), key=lambda number: math.dist(ring[0], ring[number]))
    closed = [*ring, ring[0]]
    kept, ends = {0, far}, [(0, far), (far, len(ring))]
    while ends:
        first, last = ends.pop()
        found, stray = max(
            (
                (number, _stray(closed[number], closed[first], closed[last]))
                for number in range(first + 1, last)
            ),
            key=lambda one: one[1],
            default=(0, 0.0),
        )
        if stray > _STRAY:
            kept.add(found)
            ends += [(first, found), (found, last)]
    out = [ring[number] for number in sorted(kept)]
    return out if len(out) > 2 else ring[:4]


def _stray(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    long = math.hypot(across, down)
    if not long:
        return math.dist(point, start)
    return abs(across * (start[1] - point[1]) - (start[0] - point[0]) * down) / long


def _path(ring: list[Point]) -> str:
    """A ring in whole steps of the fine grid: first where it begins, then from point to point."""
    x, y = round(ring[0][0] / FINE), round(ring[0][1] / FINE)
    out = f"M{x} {y}l"
    steps = []
    for px, py in ring[1:]:
        to_x, to_y = round(px / FINE), round(py / FINE)
        if (to_x, to_y) != (x, y):
            steps += [str(to_x - x), str(to_y - y)]
            x, y = to_x, to_y
    joined = ""
    for step in steps:
        joined += step if not joined or step.startswith("-") else f" {step}"
    return f"{out}{joined}z" if steps else f"{out}1 0 0 1z"
