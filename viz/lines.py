"""Where the lines of a placed picture run, and where their names and arrows stand."""

from __future__ import annotations

from typing import NamedTuple

from viz.edges import Edge
from viz.layout import GAP_LINE, SLOTS, Layout, Placed
from viz.routing import LABEL, LABEL_LINE, TRACK, Bus, BusKey
from viz.text import width

Point = tuple[float, float]


class Drawn(NamedTuple):
    """A line with the name beside its arrow, the last point of each way; `joins` run into a way from other boxes."""

    name: str
    edges: tuple[Edge, ...]
    ways: tuple[tuple[Point, ...], ...]
    joins: tuple[tuple[Point, ...], ...]
    label: tuple[tuple[float, float, str], ...]


def lines_of_layout(layout: Layout) -> list[Drawn]:
    """Every line of a picture, in the order in which it is drawn."""
    return [*_straight(layout), *_in_lanes(layout)]


def _straight(layout: Layout) -> list[Drawn]:
    """Lines through gaps, from left to right beside each other, each name at the right of its line."""
    used: dict[frozenset[str], float] = {}
    drawn = []
    for side, edge in layout.routes.straight:
        source, target = layout.boxes[edge.source], layout.boxes[edge.target]
        start, end = _half(layout, side)
        pair = frozenset((side, edge.source, edge.target))
        x = start + 22 + used.get(pair, 0.0)
        used[pair] = used.get(pair, 0.0) + width(edge.name, edge.side == "across") + 26
        up = target.y < source.y
        tail, tip = (source.y, target.bottom) if up else (source.bottom, target.y)
        nearest = min(abs(tail - tip), GAP_LINE)
        middle = tip + nearest / 2 if up else tip - nearest / 2
        assert x + width(edge.name) < end
        drawn.append(
            Drawn(edge.name, (edge,), (((x, tail), (x, tip)),), (), ((x + 8, middle + 5, edge.name),))
        )
    return drawn


def _half(layout: Layout, side: str) -> tuple[float, float]:
    left, middle, right = (layout.lanes[lane] for lane in ("left", "middle", "right"))
    return (left[1], middle[0]) if side == "before" else (middle[1], right[0])


def _in_lanes(layout: Layout) -> list[Drawn]:
    incoming, outgoing = _ports(layout)
    drawn = []
    for bus in layout.routes.buses:
        target = layout.boxes[bus.target]
        y = incoming[bus.key]
        track = _track(layout, bus)
        tip = target.right if bus.lane == "right" else target.x
        begins = []
        for source in dict.fromkeys(bus.sources):
            box = layout.boxes[source]
            begins.append((box.x if bus.lane == "left" else box.right, outgoing[source, bus.key]))
        ways, joins = _trunk(begins, track, (tip, y))
        drawn.append(Drawn(bus.name, bus.edges, ways, joins, _label(layout, bus, y)))
    return drawn


def _trunk(
    begins: list[Point], track: float, end: Point
) -> tuple[tuple[tuple[Point, ...], ...], tuple[tuple[Point, ...], ...]]:
    """The way from the farthest box above and the farthest below; the other boxes join it."""
    above = sorted(begin for begin in begins if begin[1] < end[1])
    below = sorted(begin for begin in begins if begin[1] >= end[1])
    above.sort(key=lambda begin: begin[1])
    below.sort(key=lambda begin: -begin[1])
    first = [group[0] for group in (above, below) if group]
    joins = [begin for group in (above, below) for begin in group[1:]]
    ways = tuple(_corners(begin, track, end) for begin in first)
    return ways, tuple((begin, (track, begin[1])) for begin in joins)


def _corners(start: Point, track: float, end: Point) -> tuple[Point, ...]:
    if start[1] == end[1]:
        return (start, (track, start[1]), end) if (track - start[0]) * (end[0] - track) < 0 else (start, end)
    return (start, (track, start[1]), (track, end[1]), end)


def _track(layout: Layout, bus: Bus) -> float:
    """Where a line runs up or down: beyond the names at the sides, before them in the middle."""
    start, end = layout.lanes[bus.lane]
    number = layout.routes.tracks[bus.key]
    if bus.lane == "left":
        return end - LABEL - TRACK * (number + 0.7)
    if bus.lane == "right":
        return start + LABEL + TRACK * (number + 0.7)
    return end - LABEL - TRACK * (number + 0.7)


def _label(layout: Layout, bus: Bus, y: float) -> tuple[tuple[float, float, str], ...]:
    words = bus.words
    start, end = layout.lanes[bus.lane]
    out = []
    for number, line in enumerate(words):
        wide = width(line, bus.bold)
        x = start + 11 if bus.lane == "right" else end - 11 - wide
        out.append((x, y - 4 - LABEL_LINE * (len(words) - 1 - number), line))
    return tuple(out)


def _ports(layout: Layout) -> tuple[dict[BusKey, float], dict[tuple[str, BusKey], float]]:
    """How high each line ends at its box and begins at the others."""
    incoming: dict[BusKey, float] = {}
    outgoing: dict[tuple[str, BusKey], float] = {}
    for (key, _), slots in layout.slots.items():
        box = layout.boxes[key]
        y = box.y + SLOTS / 2
        if not any(slot.incoming for slot in slots):
            y += max(0.0, min(box.height - SLOTS - sum(slot.height for slot in slots), 8.0))
        for slot in slots:
            if slot.incoming:
                incoming[slot.bus.key] = y + slot.height - 1
            else:
                outgoing[key, slot.bus.key] = y + slot.height / 2
            y += slot.height
    for (key, bus), y in list(outgoing.items()):
        if bus[0] == "middle":
            outgoing[key, bus] = _level(layout.boxes[key], incoming[bus], y, outgoing, key)
    return incoming, outgoing


def _level(
    box: Placed, wanted: float, otherwise: float, outgoing: dict[tuple[str, BusKey], float], key: str
) -> float:
    """The height of the arrow if the line can begin there too, so that it runs straight."""
    free = all(
        abs(wanted - y) >= 6
        for (other, bus), y in outgoing.items()
        if other == key and bus[0] == "middle" and y != otherwise
    )
    return wanted if free and box.y + 4 <= wanted <= box.bottom - 4 else otherwise
