"""How much room a lineage picture has: for the words of each column, and for one of what its bands count."""

from __future__ import annotations

from orgmap.viz.kit.widths import width, wrap
from orgmap.viz.lineage.columns import Band, Node

WIDTH = 1232.0
"""Pixels across, as every picture."""

BAR = 10.0
"""Pixels from the left to the right of a bar."""

ROW = 16.0
"""Pixels from one line of a name to the next."""

EDGE = 12.0
"""Pixels at both sides of the picture."""

LABEL = 6.0
"""Pixels between a bar and its words."""

CURVE = 40.0
"""Pixels that bands have at least to bend between two columns."""

GAP = 1.5
"""Pixels between what stands below each other."""

THINNEST = 1.5
"""Pixels: no band is thinner."""

_HEAD_ROOM = 60.0
_MOST_PER_UNIT = 160.0


def head_room(room: float, curve: float) -> float:
    """How wide the words above a column may be: into the space where bands bend."""
    return BAR + LABEL + room + max(0.0, min(curve, 60.0) - 12)


def label_rooms(nodes: list[Node], heads: list[list[str]], count: int) -> list[float]:
    """How wide the words of each column may be: on one line if there is room for all, else the widest wrapped."""
    least, rooms = [], []
    for column in range(count):
        words = [node.words for node in nodes if node.column == column]
        longest = max(
            (width(part, True) for text in (*heads[column], *words) for part in text.split()), default=0
        )
        told = max((width(text) for text in words), default=0.0)
        headed = max((width(text, True) for text in heads[column]), default=0.0)
        rooms.append(max(told, min(headed, 150.0)) + 2)
        least.append(max(longest + 2, _HEAD_ROOM))
    spare = WIDTH - 2 * EDGE - count * (BAR + LABEL) - (count - 1) * CURVE
    while sum(rooms) > spare:
        able = [i for i in range(count) if rooms[i] > least[i]]
        if not able:
            break
        rooms[min(able, key=lambda i: (_height(nodes, i, rooms[i] - 4), -rooms[i], i))] -= 4
    return rooms


def _height(nodes: list[Node], column: int, room: float) -> float:
    """Pixels that the words of a column take below each other when they have so much room."""
    return sum(len(wrap(node.words, room)) * ROW + GAP for node in nodes if node.column == column)


def size_of(nodes: list[Node], bands: list[Band]) -> dict[str, float]:
    """The amount of each bar: what came or what went on, whichever is more; one where nothing is known."""
    came: dict[str, float] = {}
    went: dict[str, float] = {}
    for band in bands:
        went[band.source] = went.get(band.source, 0.0) + band.amount
        came[band.target] = came.get(band.target, 0.0) + band.amount
    return {node.key: max(came.get(node.key, 0.0), went.get(node.key, 0.0)) for node in nodes}


def scale_of(
    nodes: list[Node], bands: list[Band], wrapped: dict[str, tuple[str, ...]], count: int, room: float
) -> float:
    """Pixels for one of what is counted: the most with which every column is low enough."""
    size = size_of(nodes, bands)
    column_of = {node.key: node.column for node in nodes}
    low, high = 0.0, _MOST_PER_UNIT
    for _ in range(40):
        scale = (low + high) / 2
        fits = True
        for column in range(count):
            total = sum(
                max(len(wrapped[node.key]) * ROW, size[node.key] * scale) + GAP
                for node in nodes
                if node.column == column
            )
            total += sum(
                max(THINNEST, band.amount * scale) + GAP
                for band in bands
                if column_of[band.source] < column < column_of[band.target]
            )
            fits = fits and total <= room
        low, high = (scale, high) if fits else (low, scale)
    return low
