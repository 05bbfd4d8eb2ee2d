"""Placing the bars and bands of a lineage picture: nothing overlaps, and the same bodies stand in the same places."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.kit.widths import LINE, width, wrap
from orgmap.viz.lineage.columns import Band, Node

HEIGHT = 690.0
"""Pixels down: what a window has left below the title."""

_WIDEST_CURVE = 190.0
_SWEEPS = 10


class Bar(NamedTuple):
    """A bar in its place: `y` and `height` of the bar, `top` and `room` of what it has for its words."""

    node: Node
    x: float
    y: float
    height: float
    top: float
    room: float
    lines: tuple[str, ...]


class Ribbon(NamedTuple):
    """A band as the points through which its upper edge runs: straight, then bending, by turns."""

    band: Band
    points: tuple[tuple[float, float], ...]
    height: float


class PlacedBands(NamedTuple):
    """The picture in its places: `xs` are the left ends of the columns, `above` the room for the words above."""

    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]
    xs: tuple[float, ...]
    above: tuple[float, ...]
    head: float
    height: float


class _Slot:
    """A place in a column: a bar with words, or a band that passes by (`node` is None)."""

    def __init__(
        self, node: Node | None, key: str, thick: float, room: float, lines: tuple[str, ...]
    ) -> None:
        self.node, self.key, self.thick, self.room, self.lines = node, key, thick, room, lines
        self.top = 0.0

    @property
    def middle(self) -> float:
        return self.top + self.room / 2


Link = tuple[_Slot, _Slot, float, int]
"""A piece of a band between neighbouring columns: both ends, its amount, the number of its band."""


def place(nodes: list[Node], bands: list[Band], heads: list[list[str]]) -> PlacedBands:
    """Places bars in columns and bands between them; `heads` are the words above each column."""
    count = max((node.column for node in nodes), default=0) + 1
    rooms = label_rooms(nodes, heads, count)
    wrapped = {node.key: tuple(wrap(node.words, rooms[node.column])) for node in nodes}
    spare = WIDTH - 2 * EDGE - sum(rooms) - count * (BAR + LABEL)
    curve = min(_WIDEST_CURVE, spare / max(1, count - 1))
    above = [head_room(room, curve) for room in rooms[:-1]] + [BAR + LABEL + rooms[-1]]
    head_lines = max(
        sum(len(wrap(words, room, True)) for words in texts) for texts, room in zip(heads, above, strict=True)
    )
    head = head_lines * LINE + 12.0
    scale = scale_of(nodes, bands, wrapped, count, HEIGHT - head - 8)
    slots, links = _slots(nodes, bands, wrapped, scale, count)
    _order(slots, links)
    _settle(slots, links, HEIGHT - head - 8)
    low = min(slot.top for column in slots for slot in column)
    every = [slot for column in slots for slot in column]
    for slot in every:
        slot.top += head - low
    height = max(slot.top + slot.room for slot in every) + 8
    xs = []
    x = EDGE
    for column in range(count):
        xs.append(x)
        x += BAR + LABEL + rooms[column] + curve
    bars = tuple(
        Bar(
            slot.node,
            xs[slot.node.column],
            slot.middle - slot.thick / 2,
            slot.thick,
            slot.top,
            slot.room,
            slot.lines,
        )
        for slot in every
        if slot.node
    )
    return PlacedBands(
        bars, _ribbons(bands, slots, links, xs, rooms, scale), tuple(xs), tuple(above), head, height
    )


def _slots(
    nodes: list[Node], bands: list[Band], wrapped: dict[str, tuple[str, ...]], scale: float, count: int
) -> tuple[list[list[_Slot]], list[Link]]:
    size = size_of(nodes, bands)
    columns: list[list[_Slot]] = [[] for _ in range(count)]
    slot_of: dict[str, _Slot] = {}
    for node in sorted(nodes, key=lambda one: (one.column, one.words, one.key)):
        thick = max(3.0, size[node.key] * scale)
        lines = wrapped[node.key]
        slot = _Slot(node, node.key, thick, max(thick, len(lines) * ROW), lines)
        columns[node.column].append(slot)
        slot_of[node.key] = slot
    links: list[Link] = []
    for number, band in enumerate(bands):
        last = slot_of[band.source]
        thick = max(THINNEST, band.amount * scale)
        end = slot_of[band.target]
        first_column = last.node.column if last.node else 0
        for column in range(first_column + 1, end.node.column if end.node else 0):
            passing = _Slot(None, f"{number}", thick, thick, ())
            columns[column].append(passing)
            links.append((last, passing, thick, number))
            last = passing
        links.append((last, end, thick, number))
    return columns, links


def _order(columns: list[list[_Slot]], links: list[Link]) -> None:
    """Sorts each column so that bands cross little: by the middle of what stands before, then behind, by turns."""
    before, after = _neighbours(links)
    for sweep in range(_SWEEPS):
        towards, walk = (before, columns[1:]) if sweep % 2 == 0 else (after, columns[-2::-1])
        for column in walk:
            position = {id(slot): number for each in columns for number, slot in enumerate(each)}
            relative = {id(slot): (n + 0.5) / len(each) for each in columns for n, slot in enumerate(each)}
            column.sort(
                key=lambda slot: (
                    _mean([(relative[id(other)], weight) for other, weight in towards.get(id(slot), [])])
                    if towards.get(id(slot))
                    else relative[id(slot)],
                    position[id(slot)],
                )
            )


def _neighbours(
    links: list[Link],
) -> tuple[dict[int, list[tuple[_Slot, float]]], dict[int, list[tuple[_Slot, float]]]]:
    before: dict[int, list[tuple[_Slot, float]]] = {}
    after: dict[int, list[tuple[_Slot, float]]] = {}
    for one, other, weight, _ in links:
        after.setdefault(id(one), []).append((other, weight))
        before.setdefault(id(other), []).append((one, weight))
    return before, after


def _mean(pairs: list[tuple[float, float]]) -> float:
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)


def _settle(columns: list[list[_Slot]], links: list[Link], room: float) -> None:
    """Moves bars towards what they are joined to, in their order, without overlap and inside the picture."""
    before, after = _neighbours(links)
    for column in columns:
        _stack(column, [(room - sum(slot.room + GAP for slot in column)) / 2] * len(column), room)
    for sweep in range(_SWEEPS):
        towards, walk = (before, columns) if sweep % 2 == 0 else (after, columns[::-1])
        for column in walk:
            wishes = [
                _mean([(other.middle, weight) for other, weight in towards[id(slot)]]) - slot.room / 2
                if towards.get(id(slot))
                else slot.top
                for slot in column
            ]
            _stack(column, wishes, room)


def _stack(column: list[_Slot], wishes: list[float], room: float) -> None:
    """Puts slots where they wish to be, pushed down, then up, as far as it takes."""
    floor = 0.0
    for slot, wish in zip(column, wishes, strict=True):
        slot.top = max(floor, wish)
        floor = slot.top + slot.room + GAP
    ceiling = room
    for slot in reversed(column):
        slot.top = min(slot.top, ceiling - slot.room)
        ceiling = slot.top - GAP


def _ribbons(
    bands: list[Band],
    columns: list[list[_Slot]],
    links: list[Link],
    xs: list[float],
    rooms: list[float],
    scale: float,
) -> tuple[Ribbon, ...]:
    """The way of every band: straight beside the words of its column, bending between columns."""
    column_of = {id(slot): number for number, column in enumerate(columns) for slot in column}
    leaves, arrives = _offsets(links)
    points: dict[int, list[tuple[float, float]]] = {}
    for number, (one, other, _, band) in enumerate(links):
        way = points.setdefault(band, [])
        column = column_of[id(one)]
        y = leaves[number]
        if one.node:
            way.append((xs[column] + BAR, y))
        way.append((xs[column] + BAR + LABEL + rooms[column], y))
        way.append((xs[column_of[id(other)]], arrives[number]))
    return tuple(
        Ribbon(band, tuple(points[number]), max(THINNEST, band.amount * scale))
        for number, band in enumerate(bands)
    )


def _end(link: Link, side: int) -> _Slot:
    return link[1] if side else link[0]


def _offsets(links: list[Link]) -> tuple[dict[int, float], dict[int, float]]:
    """Where each piece of a band leaves a bar and arrives at one: in the order of the other ends, centred."""
    leaves: dict[int, float] = {}
    arrives: dict[int, float] = {}
    for side, found in ((0, leaves), (1, arrives)):
        at: dict[int, list[int]] = {}
        for number, link in enumerate(links):
            at.setdefault(id(link[side]), []).append(number)
        for numbers in at.values():
            slot = _end(links[numbers[0]], side)
            numbers.sort(key=lambda number: (_end(links[number], 1 - side).middle, number))
            y = slot.middle - sum(links[number][2] for number in numbers) / 2
            for number in numbers:
                found[number] = y
                y += links[number][2]
    return leaves, arrives


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
    words_of: list[list[str]] = [[] for _ in range(count)]
    for node in nodes:
        words_of[node.column].append(node.words)
    for column, words in enumerate(words_of):
        longest = max(
            (width(part, True) for text in (*heads[column], *words) for part in text.split()), default=0
        )
        widest = max((width(text) for text in words), default=0.0)
        headed = max((width(text, True) for text in heads[column]), default=0.0)
        rooms.append(max(widest, min(headed, 150.0)) + 2)
        least.append(max(longest + 2, _HEAD_ROOM))
    spare = WIDTH - 2 * EDGE - count * (BAR + LABEL) - (count - 1) * CURVE
    narrowed = [_height(*column) for column in zip(words_of, rooms, strict=True)]
    while sum(rooms) > spare:
        able = [i for i in range(count) if rooms[i] > least[i]]
        if not able:
            break
        chosen = min(able, key=lambda i: (narrowed[i], -rooms[i], i))
        rooms[chosen] -= 4
        narrowed[chosen] = _height(words_of[chosen], rooms[chosen])
    return rooms


def _height(words: list[str], room: float) -> float:
    """Pixels that the words of a column take below each other when they have a little less room than this."""
    return sum(len(wrap(text, room - 4)) * ROW + GAP for text in words)


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
