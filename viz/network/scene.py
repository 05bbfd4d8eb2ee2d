"""What a drawn network is made of: boxes, names of lines, and lines, all in pixels."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.kit.widths import wrap

ICON = 20.0
"""Pixels that the sign of a box's tier takes, left of its name."""

BAND = 112.0
"""Pixels that the name of a line may be wide."""

_BOX_WIDTHS = {1: 218.0, 2: 250.0, 3: 184.0}


class Link(NamedTuple):
    """One relation of the picture: its number in the data, its ends, and its name."""

    number: int
    subject: str
    object: str
    name: str


class BodyBox(NamedTuple):
    """A body in its place."""

    body: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


class Label(NamedTuple):
    """The name of a line, in its place, with the numbers of the relations it stands for."""

    name: str
    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    links: tuple[int, ...]


class Way(NamedTuple):
    """A stretch of a line: its corners, whether it ends in an arrow, and to which label it belongs."""

    points: tuple[tuple[float, float], ...]
    arrow: bool
    label: int


class Bracket(NamedTuple):
    """The end of a line that holds for a whole group: an upright stretch with a stub to each body."""

    x: float
    outer: float
    middles: tuple[float, ...]
    arrow: bool
    label: int


class Scene(NamedTuple):
    """A network, drawn in numbers."""

    width: float
    height: float
    boxes: list[BodyBox]
    labels: list[Label]
    ways: list[Way]
    brackets: list[Bracket]


def box_width(hops: int) -> float:
    """How wide the boxes of a network of so many steps are."""
    return _BOX_WIDTHS.get(hops, 190.0)


def lines_of_box(name: str, hops: int, bold: bool = False) -> tuple[str, ...]:
    """A name in lines that fit into a box."""
    return tuple(wrap(name, box_width(hops) - ICON - 10, bold))


def label_lines(name: str) -> tuple[str, ...]:
    """A line's name in lines that fit between two columns."""
    return tuple(wrap(name, BAND))
