"""What stands inside a box: its heading and its list, set in as many lines as they need, or as the room allows."""

from __future__ import annotations

from viz.boxes import Box
from viz.flow import Line, Run, flow, in_a_row, in_columns
from viz.text import LINE

PADDING = 8.0
TOP = 5.0
BOTTOM = 6.0


MODES = {"columns": "row", "row": "count", "count": ""}
"""Each way to tell a list, with the next shorter one."""


def first_mode(box: Box) -> str:
    """How a box would best tell its list."""
    if box.counted or len(box.bodies) < 2:
        return "count"
    return "row" if box.side == "span" else "columns"


def lines_of(box: Box, mode: str, wide: float) -> list[Line]:
    """The lines of a box that is so wide, set in that mode."""
    room = wide - 2 * PADDING
    if mode == "count":
        return flow(box.head, room, hang=12)
    if box.side == "span" and len(box.sections) == 1:
        runs = [*box.head, Run("—"), *_dotted(box, box.sections[0].bodies)]
        return flow(runs, room, hang=12)
    lines = flow(box.head, room, hang=12)
    for section in box.sections:
        items = [Run(box.names[one], "", one) for one in section.bodies]
        if section.heading:
            if mode == "row" or len(box.sections) > 2 or box.side == "span":
                lines += flow([Run(f"{section.heading}:", "i"), *_dotted(box, section.bodies)], room, hang=12)
                continue
            lines += flow([Run(f"{section.heading}:", "i")], room)
        lines += in_columns(items, room) if mode == "columns" else in_a_row(items, room)
    return lines


def _dotted(box: Box, bodies: tuple[str, ...]) -> list[Run]:
    runs: list[Run] = []
    for number, one in enumerate(bodies):
        runs += [Run("·")] if number else []
        runs.append(Run(box.names[one], "", one))
    return runs


def height_of(lines: list[Line]) -> float:
    """How high a box with these lines is."""
    return TOP + LINE * len(lines) + BOTTOM
