"""Making a before/after picture fit a window of 1280 × 800: what is told by name, by number, or in the table only."""

from __future__ import annotations

from orgmap.viz.before_after.boxes import GroupBox, height_of, modes_of
from orgmap.viz.before_after.flow import DOT, StyledWords
from orgmap.viz.before_after.layout import SLOTS, Frame, Layout, names_height
from orgmap.viz.before_after.lines import BoxLine, Bundle
from orgmap.viz.before_after.routing import importance

HEIGHT = 738.0
"""Pixels down: what a window has left below title and lead; a page's picture is drawn a little larger than here."""

_LISTED_FIRST = ("local", "sub-regional", "regional", "council", "board", "national", "support", "provider")
"""Tiers in the order in which their bodies are told by name, as long as there is room."""


def layout_of(boxes: list[GroupBox], box_lines: list[BoxLine]) -> tuple[Layout, list[BoxLine]]:
    """Places boxes and lines; what became of bodies is told where there is room, then their names, most wanted first.

    Letters never shrink. Where even numbers are too high, boxes without lines stand together, then lines
    through gaps go round (gaps cost height); lines for which there is no room at all are given back.
    """
    frame, left = _frame(boxes, box_lines)
    boxes = [box for row in frame.rows for box in row.boxes]
    found = frame.place({box.key: "head" for box in boxes})
    for wish in ("count", "row", "columns"):
        for box in sorted(boxes, key=_wanted):
            if wish in modes_of(box):
                longer = frame.place({**found.modes, box.key: wish})
                if longer.height <= max(HEIGHT, found.height):
                    found = longer
    found = _aired(frame, found)
    drawn = {box_line.key for box_line in left} - {box_line.key for box_line in frame.routes.untold}
    return found, [box_line for box_line in box_lines if box_line.key not in drawn]


def _aired(frame: Frame, found: Layout) -> Layout:
    """Boxes as high as the names of their lines where there is room, so that these lines run level."""
    over: dict[str, float] = {}
    for (key, _), slots in frame.slots.items():
        lacking = names_height(slots) + SLOTS - found.boxes[key].height
        if lacking > 0:
            over[key] = max(lacking, over.get(key, 0.0))
    airy: frozenset[str] = frozenset()
    for key in sorted(over, key=lambda key: (over[key], key)):
        higher = frame.place(found.modes, airy | {key})
        if higher.height <= max(HEIGHT, found.height):
            found, airy = higher, airy | {key}
    return found


def _wanted(box: GroupBox) -> int:
    return _LISTED_FIRST.index(box.tier) if box.tier in _LISTED_FIRST else len(_LISTED_FIRST)


def _frame(boxes: list[GroupBox], box_lines: list[BoxLine]) -> tuple[Frame, list[BoxLine]]:
    """Ways for the lines with which the picture is low enough, and the lines that have one."""
    frame, found = _tried(boxes, box_lines)
    if found.height > HEIGHT:
        boxes = _together(boxes, box_lines)
        frame, found = _tried(boxes, box_lines)
    gaps = [frozenset((one.box_line.source, one.box_line.target)) for one in frame.routes.straight]
    gaps.sort(key=lambda gap: -max(found.boxes[key].y for key in gap))
    closed: frozenset[frozenset[str]] = frozenset()
    for gap in gaps:
        if found.height <= HEIGHT:
            break
        closed |= {gap}
        frame, found = _tried(boxes, box_lines, closed)
    left = list(box_lines)
    while found.height > HEIGHT and (bundle := _least(frame, found)):
        left = [box_line for box_line in left if box_line not in bundle.box_lines]
        frame, found = _tried(boxes, left, closed)
    return frame, left


def _tried(
    boxes: list[GroupBox], box_lines: list[BoxLine], closed: frozenset[frozenset[str]] = frozenset()
) -> tuple[Frame, Layout]:
    frame = Frame(boxes, box_lines, closed)
    return frame, frame.place({box.key: "head" for box in boxes})


def _least(frame: Frame, found: Layout) -> Bundle | None:
    """The least important line among those that make the picture higher: at a high box, or in a full lane."""
    costly = []
    for (key, lane), slots in frame.slots.items():
        tall = found.boxes[key].height > height_of(found.boxes[key].lines)
        if tall or frame.names(lane) >= found.height:
            costly += [slot.bundle for slot in slots if not slot.bundle.bold]
    return max(costly, key=lambda bundle: (importance(bundle.name), bundle.key), default=None)


def _together(boxes: list[GroupBox], box_lines: list[BoxLine]) -> list[GroupBox]:
    """Bodies to which no line leads and that are new, or did not change: those of a tier in one box."""
    joined = {end for box_line in box_lines for end in (box_line.source, box_line.target)}
    out = []
    single: dict[tuple[str, str, bool], list[GroupBox]] = {}
    for box in boxes:
        if box.key not in joined and box.change in ("unchanged", "new") and box.bodies:
            single.setdefault((box.tier, box.change, box.counted), []).append(box)
        else:
            out.append(box)
    for (tier, change, counted), found in single.items():
        if len(found) == 1:
            out += found
            continue
        head = [found[0].head[0]]
        key = f"{tier}-{change}-counted" if counted else f"{tier}-{change}"
        for number, box in enumerate(found):
            head += [*([StyledWords(DOT)] if number else []), *box.head[1:]]
        bodies = tuple(body for box in found for body in box.bodies)
        names = {body: name for box in found for body, name in box.names.items()}
        # What is not true of all of them, as that they had a shadow form before, the table tells.
        tail = found[0].tail if len({box.tail for box in found}) == 1 else ()
        joint_box = found[-1]._replace(
            key=key, head=tuple(head), tail=tail, sections=(), bodies=bodies, names=names
        )
        out.append(joint_box)
    return sorted(out, key=lambda box: (box.rank, box.key))
