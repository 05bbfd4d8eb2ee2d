"""What stands inside a box: its heading and its list, set in as many lines as they need, or as the room allows."""

from __future__ import annotations

from orgmap.viz.before_after.boxes import Box
from orgmap.viz.before_after.flow import DOT, Line, Run, flow, in_columns
from orgmap.viz.kit.widths import LINE

PADDING = 8.0
TOP = 2.0
BOTTOM = 3.0
HANG = 12.0
"""Pixels by which a box's later lines stand in from its first."""


def modes_of(box: Box) -> tuple[str, ...]:
    """The ways to tell more than a heading: what became of the bodies, names in a row, or (in a half) in columns."""
    # Bodies in shadow form are named where they are in force, in the other half.
    if box.counted or len(box.bodies) < 2 or (box.side == "before" and box.change == "shadow"):
        return ("count",)
    return ("count", "row") if box.side == "span" else ("count", "row", "columns")


def lines_of(box: Box, mode: str, wide: float) -> list[Line]:
    """The lines of a box that is so wide, set in that mode."""
    room = wide - 2 * PADDING - 5
    if mode == "head":
        return flow(box.head, room, hang=HANG)
    if mode == "count":
        return flow([*box.head, *box.tail], room, hang=HANG)
    if len(box.sections) == 1 and mode == "row":
        names = _dotted(box, box.sections[0].bodies)
        return flow([*box.head, Run("—"), *names, *box.tail], room, hang=HANG)
    # Headings such as “into NHS North West London CCG” say what the tail would say again.
    tail = () if box.change == "ended" and all(section.heading for section in box.sections) else box.tail
    lines = flow([*box.head, *tail], room, hang=HANG)
    for section in box.sections:
        heading = [Run(f"{section.heading}:", "i")] if section.heading else []
        if mode == "columns" and len(box.sections) <= 2:
            lines += flow(heading, room)
            lines += in_columns([Run(box.names[one], "", one) for one in section.bodies], room)
        else:
            lines += flow([*heading, *_dotted(box, section.bodies)], room, hang=HANG)
    return lines


def _dotted(box: Box, bodies: tuple[str, ...]) -> list[Run]:
    runs: list[Run] = []
    for number, one in enumerate(bodies):
        runs += [Run(DOT)] if number else []
        runs.append(Run(box.names[one], "", one))
    return runs


def height_of(lines: list[Line]) -> float:
    """How high a box with these lines is."""
    return TOP + LINE * len(lines) + BOTTOM
