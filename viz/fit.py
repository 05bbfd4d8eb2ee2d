"""Making a before/after picture fit a window of 1280 × 800: what is told by name, by number, or in the table only."""

from __future__ import annotations

from viz.boxes import Box
from viz.content import height_of, modes_of
from viz.edges import Edge
from viz.flow import DOT, Run
from viz.layout import SLOTS, Frame, Layout
from viz.routing import Bus, importance

HEIGHT = 734.0
"""Pixels down: what a window has left below the title."""

HIGHEST = 784.0
"""Pixels that a picture with many lines may have; the title then scrolls away."""

_LISTED_FIRST = ("local", "sub-regional", "regional", "council", "board", "national", "support", "provider")
"""Tiers in the order in which their bodies are told by name, as long as there is room."""


def layout_of(boxes: list[Box], edges: list[Edge]) -> tuple[Layout, list[Edge]]:
    """Places boxes and lines; bodies are told by name where there is room, the most wanted first, else by number.

    Letters never shrink. Where even numbers are too high, boxes without lines stand together, then lines
    through gaps go round (gaps cost height); lines for which there is no room at all are given back.
    """
    frame, left = _frame(boxes, edges)
    boxes = [box for stratum in frame.strata for box in stratum.boxes]
    found = frame.place({box.key: "count" for box in boxes})
    for wish in ("row", "columns"):
        for box in sorted(boxes, key=_wanted):
            if wish in modes_of(box):
                longer = frame.place({**found.modes, box.key: wish})
                # Whoever commissions locally is what people look for: these names may push the title off.
                most = HIGHEST if box.tier == "local" and wish == "row" else HEIGHT
                if longer.height <= max(most, found.height):
                    found = longer
    told = {edge.key for edge in left} - {edge.key for edge in frame.routes.untold}
    return found, [edge for edge in edges if edge.key not in told]


def _wanted(box: Box) -> int:
    return _LISTED_FIRST.index(box.tier) if box.tier in _LISTED_FIRST else len(_LISTED_FIRST)


def _frame(boxes: list[Box], edges: list[Edge]) -> tuple[Frame, list[Edge]]:
    """Ways for the lines with which the picture is low enough, and the lines that have one."""
    frame, found = _tried(boxes, edges)
    if found.height > HEIGHT:
        boxes = _together(boxes, edges)
        frame, found = _tried(boxes, edges)
    gaps = [frozenset((one.edge.source, one.edge.target)) for one in frame.routes.straight]
    gaps.sort(key=lambda gap: -max(found.boxes[key].y for key in gap))
    closed: frozenset[frozenset[str]] = frozenset()
    for gap in gaps:
        if found.height <= HEIGHT:
            break
        closed |= {gap}
        frame, found = _tried(boxes, edges, closed)
    left = list(edges)
    while found.height > HIGHEST and (bus := _least(frame, found)):
        left = [edge for edge in left if edge not in bus.edges]
        frame, found = _tried(boxes, left, closed)
    return frame, left


def _tried(
    boxes: list[Box], edges: list[Edge], closed: frozenset[frozenset[str]] = frozenset()
) -> tuple[Frame, Layout]:
    frame = Frame(boxes, edges, closed)
    return frame, frame.place({box.key: "count" for box in boxes})


def _least(frame: Frame, found: Layout) -> Bus | None:
    """The least important of the lines for whose names a box is higher than its words need."""
    costly = []
    for bus in frame.routes.buses:
        for key in (bus.target, *bus.sources):
            room = sum(slot.height for slot in frame.slots[key, bus.lane]) + SLOTS
            if room > height_of(found.boxes[key].lines) and not bus.bold:
                costly.append(bus)
    return max(costly, key=lambda bus: (importance(bus.name), bus.key), default=None)


def _together(boxes: list[Box], edges: list[Edge]) -> list[Box]:
    """Unchanged bodies to which no line leads, those of a tier in one box."""
    joined = {end for edge in edges for end in (edge.source, edge.target)}
    out = []
    single: dict[str, list[Box]] = {}
    for box in boxes:
        if box.key not in joined and box.change == "unchanged" and box.bodies:
            single.setdefault(box.tier, []).append(box)
        else:
            out.append(box)
    for tier, found in single.items():
        if len(found) == 1:
            out += found
            continue
        head = [found[0].head[0]]
        for number, box in enumerate(found):
            head += [*([Run(DOT)] if number else []), *box.head[1:]]
        bodies = tuple(one for box in found for one in box.bodies)
        names = {one: name for box in found for one, name in box.names.items()}
        last = found[-1]
        out.append(
            last._replace(key=f"{tier}-unchanged", head=tuple(head), sections=(), bodies=bodies, names=names)
        )
    return sorted(out, key=lambda box: (box.rank, box.key))
