"""Signs of the tiers: a shape each, so that a picture can be read without colour."""

from __future__ import annotations

from math import cos, pi, sin
from typing import NamedTuple


class Icon(NamedTuple):
    """A shape: what it is called, and its corners around (0, 0), at most 1 away."""

    name: str
    corners: tuple[tuple[float, float], ...]


def _round(corners: int, turn: float, inner: float = 1.0) -> tuple[tuple[float, float], ...]:
    """A regular polygon; with `inner`, every second corner is drawn in: a star."""
    found = []
    for number in range(corners):
        far = inner if number % 2 else 1.0
        angle = turn + 2 * pi * number / corners
        found.append((round(far * cos(angle), 3), round(far * sin(angle), 3)))
    return tuple(found)


_PLUS = (
    *((-0.35, -1.0), (0.35, -1.0), (0.35, -0.35), (1.0, -0.35), (1.0, 0.35), (0.35, 0.35)),
    *((0.35, 1.0), (-0.35, 1.0), (-0.35, 0.35), (-1.0, 0.35), (-1.0, -0.35), (-0.35, -0.35)),
)

ICONS = {
    "national": Icon("star", _round(10, -pi / 2, 0.45)),
    "regional": Icon("triangle", _round(3, -pi / 2)),
    "sub-regional": Icon("diamond", _round(4, 0)),
    "local": Icon("disc", _round(16, 0)),
    "support": Icon("cross", _PLUS),
    "council": Icon("square", _round(4, pi / 4)),
    "board": Icon("hexagon", _round(6, 0)),
    "voice": Icon("triangle on its tip", _round(3, pi / 2)),
    "provider": Icon("flat bar", ((-1, -0.45), (1, -0.45), (1, 0.45), (-1, 0.45))),
}
"""Every tier of bodies with its sign."""
