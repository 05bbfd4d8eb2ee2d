"""Where lines touch boxes, and how high they run in their lane: names keep apart even where boxes stand close."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.before_after.bundles import BusKey
from orgmap.viz.before_after.layout import LANE_TOP, SLOTS, Layout, Placed
from orgmap.viz.before_after.routing import PORT, Slot

PortKey = tuple[str, BusKey]


class Port(NamedTuple):
    """How high a line touches its box, and how high it runs beside it."""

    box: float
    lane: float


def ports_of(layout: Layout) -> dict[PortKey, Port]:
    """The port of each line at each of its boxes."""
    found: dict[PortKey, Port] = {}
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
            own = [(y, slot.bus.key) for y, (at, slot) in zip(wanted, slots, strict=True) if at == key]
            for y, (lane_y, bus) in zip(_touching(layout.boxes[key], [y for y, _ in own]), own, strict=True):
                found[key, bus] = Port(y, lane_y)
    return {key: _level(layout, key, found) for key in found}


def _down(slot: Slot) -> float:
    """How far below the top of its room a line runs: below its name, if it stands there."""
    return slot.height - 1 if slot.named else slot.height / 2


def _beside(box: Placed, slots: list[Slot]) -> list[float]:
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


def _touching(box: Placed, wanted: list[float]) -> list[float]:
    """How high lines touch a box: as high as they run beside it, as far as it reaches."""
    top, bottom = box.y + SLOTS / 2, box.bottom - SLOTS / 2
    tops = spread([y - PORT / 2 for y in wanted], [PORT] * len(wanted), top, bottom)
    return [y + PORT / 2 for y in tops]


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
            (one, few), (other, more) = pools[-2:]
            pools[-2:] = [((one * few + other * more) / (few + more), few + more)]
    lowest = bottom - sum(heights)
    places = [min(max(place, top), max(lowest, top)) for place, count in pools for _ in range(count)]
    return [place + before for place, before in zip(places, above, strict=True)]


def _level(layout: Layout, key: PortKey, found: dict[PortKey, Port]) -> Port:
    """In the middle, a line begins as high as its arrow where it can, so that it runs straight."""
    box, bus = key
    port = found[key]
    if bus[0] != "middle" or box == bus[1]:
        return port
    wanted = found[bus[1], bus].lane
    placed = layout.boxes[box]
    others = [one.box for at, one in found.items() if at[0] == box and at[1][0] == "middle" and at != key]
    free = all(abs(wanted - y) >= 6 for y in others)
    return Port(wanted, wanted) if free and placed.y + 4 <= wanted <= placed.bottom - 4 else port
