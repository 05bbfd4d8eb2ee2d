"""Where everything in a before/after picture stands: widths, heights, and how much of each list there is room for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from orgmap.viz.before_after.boxes import GroupBox, height_of, lines_of
from orgmap.viz.before_after.flow import Line
from orgmap.viz.before_after.lines import LABEL, BoxLine
from orgmap.viz.before_after.routing import ANCHOR, TRACK, Routes, Slot, routes_of, slots_of
from orgmap.viz.before_after.rows import BoxRow, rows_of, tier_label
from orgmap.viz.kit.widths import LINE, wrap

WIDTH = 1232.0
"""Pixels across: what a window of 1280 has room for."""

MARGIN = 118.0
"""Pixels at the left for the names of the rows."""

TOP = 25.0
GAP = 4.0
GAP_TIER = 9.0
GAP_LINE = 24.0
_LEAST_HALF = 330.0
SLOTS = 4.0
"""Pixels of a box's side that no line may use."""

LANE_TOP = 22.0
"""How far down the names of lines begin."""

_BELOW_LETTERS = 7.0
"""Pixels between a row's name and the next row's boxes."""

STRIP = 24.0
"""Pixels between boxes and names where these need more room than the boxes are high: lines run aslant there."""


@dataclass
class PlacedBox:
    """A box with its place and its lines."""

    box: GroupBox
    x: float
    width: float
    y: float = 0.0
    height: float = 0.0
    lines: list[Line] = field(default_factory=list)

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass
class Layout:
    """A whole picture, placed."""

    rows: list[BoxRow]
    routes: Routes
    slots: dict[tuple[str, str], list[Slot]]
    boxes: dict[str, PlacedBox]
    lanes: dict[str, tuple[float, float]]
    strips: dict[str, float]
    bands: list[tuple[str, float, float]]
    height: float
    modes: dict[str, str]


class Frame:
    """What stays the same while lists are shortened: rows, ways, lanes; and the lines of a box once they are set."""

    def __init__(
        self, boxes: list[GroupBox], box_lines: list[BoxLine], closed: frozenset[frozenset[str]] = frozenset()
    ):
        self.rows = rows_of(boxes, box_lines)
        self.routes = routes_of(self.rows, box_lines, _LEAST_HALF, closed)
        self.slots = slots_of(self.routes, self.rows)
        self.strips = _strips(self.slots)
        self.lanes = _lanes(self.routes, self.strips)
        self.set_lines: dict[tuple[str, str], list[Line]] = {}

    def place(self, modes: dict[str, str], airy: frozenset[str] = frozenset()) -> Layout:
        """The picture with each list told in the given way; `airy` boxes are as high as the names of their lines."""
        lanes = self.lanes
        starts = {"span": lanes["left"][1], "before": lanes["left"][1], "after": lanes["middle"][1]}
        half = lanes["middle"][0] - lanes["left"][1]
        whole = lanes["right"][0] - lanes["left"][1]
        placed: dict[str, PlacedBox] = {}
        for box in (box for row in self.rows for box in row.boxes):
            wide = whole if box.side == "span" else half
            key = (box.key, modes[box.key])
            if key not in self.set_lines:
                self.set_lines[key] = lines_of(box, modes[box.key], wide)
            lines = self.set_lines[key]
            needed = (self._side(box.key, lane, box.key in airy) for lane in lanes)
            high = max(height_of(lines), *(SLOTS + one for one in needed))
            placed[box.key] = PlacedBox(box, starts[box.side], wide, 0.0, high, lines)
        bands, bottom = _heights(self.rows, self.routes, placed)
        bottom = max(bottom, *(self.names(lane) for lane in lanes))
        return Layout(self.rows, self.routes, self.slots, placed, lanes, self.strips, bands, bottom, modes)

    def _side(self, key: str, lane: str, airy: bool) -> float:
        """How much of a box's side its lines need; in the middle, names have no other room than beside their box."""
        slots = self.slots.get((key, lane), [])
        return names_height(slots) if airy or lane == "middle" else ANCHOR * len(slots)

    def names(self, lane: str) -> float:
        """How high a picture must be for the names and lines of a lane to stand below each other."""
        return LANE_TOP + 2 + sum(names_height(slots) for (_, at), slots in self.slots.items() if at == lane)


def names_height(slots: list[Slot]) -> float:
    """How high lines with their names are, below each other."""
    return sum(slot.height for slot in slots)


def _strips(slots: dict[tuple[str, str], list[Slot]]) -> dict[str, float]:
    """How wide the strip is in each lane where lines run aslant to their boxes: none where every box has room."""
    low = height_of([[]]) - SLOTS
    found = {"left": 0.0, "middle": 0.0, "right": 0.0}
    for (_, lane), here in slots.items():
        if names_height(here) > low and lane != "middle":
            found[lane] = STRIP
    return found


def _lanes(routes: Routes, strips: dict[str, float]) -> dict[str, tuple[float, float]]:
    """From where to where each lane reaches."""
    wide = {}
    for lane in ("left", "middle", "right"):
        count = routes.track_count(lane)
        wide[lane] = strips[lane] + LABEL + TRACK * (count + 1) if count else 10.0
    wide["middle"] = max(wide["middle"], 40.0)
    half = (WIDTH - MARGIN - sum(wide.values()) - 2) / 2
    left = MARGIN + wide["left"]
    middle = left + half + wide["middle"]
    return {
        "left": (MARGIN, left),
        "middle": (left + half, middle),
        "right": (middle + half, middle + half + wide["right"]),
    }


@cache
def tier_words(tier: str) -> list[str]:
    """The name of a row, in lines that fit into the margin."""
    return wrap(tier_label(tier), MARGIN - 14, bold=True)


def _heights(
    rows: list[BoxRow], routes: Routes, placed: dict[str, PlacedBox]
) -> tuple[list[tuple[str, float, float]], float]:
    """Sets every box under what stands above it; a gap that a line passes through is wide enough for its name."""
    joined = {frozenset((way.box_line.source, way.box_line.target)) for way in routes.straight}
    bands: list[tuple[str, float, float]] = []
    last: dict[str, PlacedBox | None] = {"before": None, "after": None}
    y, tier, named = TOP, "", 0.0
    for row in rows:
        gap = GAP_TIER if row.tier != tier else GAP
        if row.tier != tier:
            y = max(y, named - gap)
        for side in ("before", "after"):
            above, here = last[side], row.of(side)
            if above and here and frozenset((above.box.key, here[0].key)) in joined:
                gap = max(gap, GAP_LINE - (y - above.bottom))
        if row.tier != tier:
            if bands:
                bands[-1] = (bands[-1][0], bands[-1][1], y + gap - 5)
            bands.append((row.tier, y + gap - 5, 0.0))
            named = y + gap + LINE * len(tier_words(row.tier)) + _BELOW_LETTERS
        y += gap
        bottoms = [y]
        for side in ("before", "after"):
            below = y
            for number, box in enumerate(row.of(side)):
                box_placed = placed[box.key]
                above = last[side]
                if number and above:
                    touching = frozenset((above.box.key, box.key)) in joined
                    below += GAP_LINE if touching else GAP
                box_placed.y = below
                below = box_placed.bottom
                last[side] = box_placed
            bottoms.append(below)
        y, tier = max(bottoms), row.tier
    y = max(y, named)
    if bands:
        bands[-1] = (bands[-1][0], bands[-1][1], y + 5)
    return bands, y + 5
