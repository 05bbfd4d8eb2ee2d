"""Where the lines of a placed picture run, and where their names and arrows stand."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.before_after.layout import GAP_LINE, LANE_TOP, SLOTS, Layout, PlacedBox
from orgmap.viz.before_after.lines import LABEL, LABEL_LINE, BoxLine, Bundle, BundleKey
from orgmap.viz.before_after.routing import ANCHOR, TRACK, Slot
from orgmap.viz.kit.widths import width

Way = tuple[tuple[float, float], ...]

_FOOT = 10.0
"""Pixels that a line runs level at a box: an arrow's length."""


class Drawn(NamedTuple):
    """A line with the name beside its arrow, the last point of each way; `joins` run into a way from other boxes."""

    name: str
    box_lines: tuple[BoxLine, ...]
    ways: tuple[Way, ...]
    joins: tuple[Way, ...]
    label: tuple[tuple[float, float, str], ...]

    @property
    def planned(self) -> bool:
        """Whether it tells what only a plan knows: it is drawn dashed."""
        return all(box_line.planned for box_line in self.box_lines)


def lines_of_layout(layout: Layout) -> list[Drawn]:
    """Every line of a picture, in the order in which it is drawn."""
    return [*_straight(layout), *_in_lanes(layout)]


def _straight(layout: Layout) -> list[Drawn]:
    """Lines through gaps, from left to right beside each other, each name at the right of its line."""
    used: dict[frozenset[str], float] = {}
    drawn = []
    for side, box_line in layout.routes.straight:
        source, target = layout.boxes[box_line.source], layout.boxes[box_line.target]
        start, end = _half(layout, side)
        pair = frozenset((side, box_line.source, box_line.target))
        x = start + 22 + used.get(pair, 0.0)
        used[pair] = used.get(pair, 0.0) + width(box_line.name, box_line.side == "across") + 26
        up = target.y < source.y
        tail, tip = (source.y, target.bottom) if up else (source.bottom, target.y)
        nearest = min(abs(tail - tip), GAP_LINE)
        middle = tip + nearest / 2 if up else tip - nearest / 2
        assert x + width(box_line.name) < end
        drawn.append(
            Drawn(
                box_line.name,
                (box_line,),
                (((x, tail), (x, tip)),),
                (),
                ((x + 8, middle + 5, box_line.name),),
            )
        )
    return drawn


def _half(layout: Layout, side: str) -> tuple[float, float]:
    left, middle, right = (layout.lanes[lane] for lane in ("left", "middle", "right"))
    return (left[1], middle[0]) if side == "before" else (middle[1], right[0])


def _in_lanes(layout: Layout) -> list[Drawn]:
    anchors = anchors_of(layout)
    drawn = []
    for bundle in layout.routes.bundles:
        track = _track(layout, bundle)
        hub = _tail(layout, bundle, bundle.hub, anchors)
        tails = [_tail(layout, bundle, other, anchors) for other in bundle.others]
        ways = tuple(_way(hub, tail, track) for tail in tails)
        joins: tuple[Way, ...] = ()
        if not bundle.outward:
            ways, joins = _inward(tails, hub, track)
        drawn.append(Drawn(bundle.name, bundle.box_lines, ways, joins, _label(layout, bundle, hub[-1][1])))
    return drawn


def _tail(layout: Layout, bundle: Bundle, key: str, anchors: dict[AnchorKey, Anchor]) -> Way:
    """The way of a line from a box to where it runs level in its lane."""
    box, anchor = layout.boxes[key], anchors[key, bundle.key]
    # In the middle, lines leave the boxes of the first day at their right.
    right = bundle.lane == "right" or (bundle.lane == "middle" and box.box.side == "before")
    x, out = (box.right, 1) if right else (box.x, -1)
    strip = layout.strips[bundle.lane]
    if abs(anchor.box - anchor.lane) < 0.5 or not strip:
        return ((x, anchor.lane),)
    return ((x, anchor.box), (x + out * _FOOT, anchor.box), (x + out * (_FOOT + strip), anchor.lane))


def _inward(tails: list[Way], hub: Way, track: float) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The ways from the farthest box above and the farthest below; the other boxes join them."""
    level = hub[-1][1]
    above = sorted((tail for tail in tails if tail[-1][1] < level), key=lambda tail: tail[-1][1])
    below = sorted((tail for tail in tails if tail[-1][1] >= level), key=lambda tail: -tail[-1][1])
    ways = tuple(_way(group[0], hub, track) for group in (above, below) if group)
    joins = [tail for group in (above, below) for tail in group[1:]]
    return ways, tuple((*tail, (track, tail[-1][1])) for tail in joins)


def _way(start: Way, end: Way, track: float) -> Way:
    """From box to box: out of the first, along the track, into the second."""
    here, there = start[-1], end[-1]
    if here[1] == there[1] and (track - here[0]) * (there[0] - track) >= 0:
        return (*start, *reversed(end))
    return (*start, (track, here[1]), (track, there[1]), *reversed(end))


def _track(layout: Layout, bundle: Bundle) -> float:
    """Where a line runs up or down: beyond the names at the sides, before them in the middle."""
    start, end = layout.lanes[bundle.lane]
    away = layout.strips[bundle.lane] + LABEL + TRACK * (layout.routes.tracks[bundle.key] + 0.7)
    return start + away if bundle.lane == "right" else end - away


def _label(layout: Layout, bundle: Bundle, y: float) -> tuple[tuple[float, float, str], ...]:
    words = bundle.words
    start, end = layout.lanes[bundle.lane]
    away = _FOOT + 1 + layout.strips[bundle.lane]
    out = []
    for number, line in enumerate(words):
        x = start + away if bundle.lane == "right" else end - away - width(line, bundle.bold)
        out.append((x, y - 4 - LABEL_LINE * (len(words) - 1 - number), line))
    return tuple(out)


AnchorKey = tuple[str, BundleKey]


class Anchor(NamedTuple):
    """How high a line touches its box, and how high it runs beside it."""

    box: float
    lane: float


def anchors_of(layout: Layout) -> dict[AnchorKey, Anchor]:
    """The anchor of each line at each of its boxes."""
    found: dict[AnchorKey, Anchor] = {}
    for lane in layout.lanes:
        here = [key for key, at in layout.slots if at == lane]
        here.sort(key=lambda key: (layout.boxes[key].y, layout.boxes[key].x))
        slots = [(key, slot) for key in here for slot in layout.slots[key, lane]]
        wanted = [y for key in here for y in _beside(layout.boxes[key], layout.slots[key, lane])]
        # In the middle, every name has its room beside its box.
        if lane != "middle":
            tops = [y - _down(slot) for y, (_, slot) in zip(wanted, slots, strict=True)]
            tops = spread(tops, [slot.height for _, slot in slots], LANE_TOP, layout.height - 2)
            wanted = [y + _down(slot) for y, (_, slot) in zip(tops, slots, strict=True)]
        for key in here:
            own = [(y, slot.bundle.key) for y, (at, slot) in zip(wanted, slots, strict=True) if at == key]
            for y, (lane_y, bundle) in zip(
                _touching(layout.boxes[key], [y for y, _ in own]), own, strict=True
            ):
                found[key, bundle] = Anchor(y, lane_y)
    return {key: _level(layout, key, found) for key in found}


def _down(slot: Slot) -> float:
    """How far below the top of its room a line runs: below its name, if it stands there."""
    return slot.height - 1 if slot.named else slot.height / 2


def _beside(box: PlacedBox, slots: list[Slot]) -> list[float]:
    """How high the lines on one side of a box would run: their names below each other, in its middle if it is lower."""
    needed = sum(slot.height for slot in slots)
    room = box.height - SLOTS
    y = box.y + SLOTS / 2
    if needed > room:
        y -= (needed - room) / 2
    elif not any(slot.named for slot in slots):
        y += min(room - needed, 8.0)
    out = []
    for slot in slots:
        out.append(y + _down(slot))
        y += slot.height
    return out


def _touching(box: PlacedBox, wanted: list[float]) -> list[float]:
    """How high lines touch a box: as high as they run beside it, as far as it reaches."""
    top, bottom = box.y + SLOTS / 2, box.bottom - SLOTS / 2
    tops = spread([y - ANCHOR / 2 for y in wanted], [ANCHOR] * len(wanted), top, bottom)
    return [y + ANCHOR / 2 for y in tops]


def spread(wanted: list[float], heights: list[float], top: float, bottom: float) -> list[float]:
    """Puts things below each other, each as near as can be to where it wants to be.

    >>> spread([0, 0, 100], [20, 20, 20], 0, 200)
    [0, 20, 100]
    >>> spread([50, 50], [20, 20], 0, 200)
    [40.0, 60.0]
    """
    above = [sum(heights[:number]) for number in range(len(heights))]
    # Neighbours that would overlap are pooled and stand where they would on average.
    pools: list[tuple[float, int]] = []
    for place, before in zip(wanted, above, strict=True):
        pools.append((place - before, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (upper, few), (lower, more) = pools[-2:]
            pools[-2:] = [((upper * few + lower * more) / (few + more), few + more)]
    lowest = bottom - sum(heights)
    places = [min(max(place, top), max(lowest, top)) for place, count in pools for _ in range(count)]
    return [place + before for place, before in zip(places, above, strict=True)]


def _level(layout: Layout, key: AnchorKey, found: dict[AnchorKey, Anchor]) -> Anchor:
    """In the middle, a line begins as high as its arrow where it can, so that it runs straight."""
    box, bundle = key
    anchor = found[key]
    if bundle[0] != "middle" or box == bundle[1]:
        return anchor
    wanted = found[bundle[1], bundle].lane
    placed = layout.boxes[box]
    others = [one.box for at, one in found.items() if at[0] == box and at[1][0] == "middle" and at != key]
    free = all(abs(wanted - y) >= 6 for y in others)
    return Anchor(wanted, wanted) if free and placed.y + 4 <= wanted <= placed.bottom - 4 else anchor
