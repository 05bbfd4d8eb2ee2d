"""Joining outlines to one, and cutting one along others.

The published outlines were simplified one by one, so neighbours leave hairline gaps and overlaps at a common
border. Shapes are therefore widened until they meet, joined, and narrowed again.
"""

from __future__ import annotations

from collections.abc import Iterable

from shapely import MultiPolygon, Polygon, make_valid, simplify, union_all
from shapely.geometry.base import BaseGeometry

GRID = 10_000
"""Steps in one degree, as fine as the outlines were: some 7 metres from west to east, 11 from south to north."""

SLIVER = 6.0
"""Grid steps: what is not twice as wide is no gap and no piece, but the error of simplified outlines."""

_FINE = 2.5
_SMALL = 1_000.0

Ring = tuple[tuple[int, int], ...]


def joined(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """One shape without the borders between these shapes."""
    wide = union_all([_grown(shape, SLIVER) for shape in shapes])
    return _grown(wide, -SLIVER)


def cut(shape: BaseGeometry, along: Iterable[BaseGeometry]) -> BaseGeometry:
    """The part of a shape that lies in these others, without the slivers at their borders."""
    part = shape.intersection(joined(along))
    return _grown(_grown(part, -SLIVER), SLIVER).intersection(shape)


def shape_of(rings: Iterable[Ring]) -> BaseGeometry:
    """Rings as a shape: a ring inside another one is a hole."""
    shape: BaseGeometry = MultiPolygon()
    for ring in rings:
        shape = shape.symmetric_difference(make_valid(Polygon(ring)))
    return shape


def rings_of(shape: BaseGeometry) -> tuple[Ring, ...]:
    """A shape as rings on the grid, simplified as far as the published outlines are; the holes of slivers left out."""
    found: list[Ring] = []
    for part in getattr(simplify(shape, _FINE), "geoms", None) or [simplify(shape, _FINE)]:
        if not isinstance(part, Polygon):
            continue
        holes = [hole for hole in part.interiors if Polygon(hole).area > _SMALL]
        for ring in (part.exterior, *holes):
            points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
            kept = [
                point for point, before in zip(points, [points[-1], *points], strict=False) if point != before
            ]
            if len(kept) > 2:
                found.append(tuple(kept))
    return tuple(sorted(found, key=lambda ring: (-Polygon(ring).area, ring)))


def _grown(shape: BaseGeometry, by: float) -> BaseGeometry:
    return shape.buffer(by, join_style="mitre", mitre_limit=2.0)
