"""Which way each line takes: straight up between neighbours, in a lane beside the boxes, or through the middle.

Lines never cross a box: neighbours are joined through the gap between them, all others leave their box sideways
into a lane where no box stands. Lines to the same box with the same name share their last stretch and their name.
"""

from __future__ import annotations

from typing import NamedTuple

from viz.edges import Edge
from viz.strata import Stratum, column, row_of
from viz.text import width, wrap

LABEL = 107.0
"""Pixels that a lane keeps free for the names of its lines."""

TRACK = 6.0
"""Pixels between two lines in a lane."""

MOST_TRACKS = 8
LABEL_LINE = 16.0
_STUB = 8.0
_FIRST = (
    *(
        "part of",
        "member of",
        "accountable to",
        "commissions for",
        "covers",
        "funds",
        "holds a contract with",
    ),
    *("manages performance", "assures", "authorises", "regulates", "licenses", "inspects", "scrutinises"),
)
"""Lines in the order in which they find their way; where there are too many, the last are told in the table only."""

_MARGIN = 24.0


BusKey = tuple[str, str, str]


class Bus(NamedTuple):
    """Lines that end at one box and say the same: they share an arrow and a name."""

    lane: str
    target: str
    name: str
    edges: tuple[Edge, ...]

    @property
    def key(self) -> BusKey:
        """What no other has: its lane, its end and its name."""
        return self.lane, self.target, self.name

    @property
    def bold(self) -> bool:
        """Whether it tells who took over: these lines are drawn thicker, their names bolder."""
        return self.edges[0].side == "across"

    @property
    def words(self) -> list[str]:
        """Its name, in lines that fit into a lane."""
        return wrap(self.name, LABEL - 14, self.bold)

    @property
    def sources(self) -> tuple[str, ...]:
        """The boxes in which it begins."""
        return tuple(edge.source for edge in self.edges)


class Straight(NamedTuple):
    """A line through the gap between two neighbours, in one of the halves."""

    side: str
    edge: Edge


class Routes(NamedTuple):
    """The way of every line; what found no way is told in the table only."""

    straight: list[Straight]
    buses: list[Bus]
    tracks: dict[BusKey, int]
    untold: list[Edge]

    def track_count(self, lane: str) -> int:
        """How many lines run beside each other in a lane."""
        return 1 + max((track for key, track in self.tracks.items() if key[0] == lane), default=-1)


def routes_of(
    strata: list[Stratum], edges: list[Edge], half: float, closed: frozenset[frozenset[str]] = frozenset()
) -> Routes:
    """Finds a way for every line; `half` is the least width of a half, gaps that are `closed` let no line through."""
    columns = {side: column(strata, side) for side in ("before", "after")}
    rows = row_of(strata)
    straight: list[Straight] = []
    lanes: dict[tuple[str, str, str], list[Edge]] = {}
    untold: list[Edge] = []
    filled: dict[tuple[str, str, str], float] = {}
    for edge in sorted(edges, key=_priority):
        ways = _neighbours(edge, columns)
        for side, gap in ways:
            room = filled.get((side, *gap), 0.0) + width(edge.name, edge.side == "across") + _MARGIN
            if room <= half - _MARGIN and frozenset(gap) not in closed:
                filled[(side, *gap)] = room
                straight.append(Straight(side, edge))
                break
        else:
            lane = _lane(edge, columns, rows, strata, lanes)
            if lane:
                lanes.setdefault((lane, edge.target, edge.name), []).append(edge)
            else:
                untold.append(edge)
    buses = [Bus(*key, tuple(found)) for key, found in lanes.items()]
    tracks, crowded = _tracks(buses, columns, rows)
    untold += [edge for bus in crowded for edge in bus.edges]
    return Routes(straight, [bus for bus in buses if bus.key in tracks], tracks, untold)


def _priority(edge: Edge) -> tuple[int, int, str]:
    return (0 if edge.side == "across" else 1, importance(edge.name), edge.key)


def importance(name: str) -> int:
    """How soon a line must find its way: the lower the sooner."""
    name = name.removesuffix(" (some)")
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _neighbours(edge: Edge, columns: dict[str, list[str]]) -> list[tuple[str, tuple[str, str]]]:
    """The halves in which the two boxes are neighbours, with the gap between them."""
    found = []
    for side, keys in columns.items():
        if edge.side in (side, "both", "across") and edge.source in keys and edge.target in keys:
            one, other = keys.index(edge.source), keys.index(edge.target)
            if abs(one - other) == 1:
                found.append((side, (keys[min(one, other)], keys[max(one, other)])))
    return found


def _lane(
    edge: Edge,
    columns: dict[str, list[str]],
    rows: dict[str, int],
    strata: list[Stratum],
    lanes: dict[tuple[str, str, str], list[Edge]],
) -> str:
    """The lane for a line, blank if there is none: left for before, right for after, the middle for successions."""
    ends = {edge.source, edge.target}
    if edge.side != "across":
        if edge.side == "both":
            count = {lane: sum(key[0] == lane for key in lanes) for lane in ("left", "right")}
            return min(count, key=lambda lane: (count[lane], lane))
        return "left" if edge.side == "before" else "right"
    if ends <= set(columns["before"]):
        return "left"
    if ends <= set(columns["after"]):
        return "right"
    between = range(min(rows[one] for one in ends) + 1, max(rows[one] for one in ends))
    return "" if any(strata[row].across for row in between) else "middle"


def _tracks(
    buses: list[Bus], columns: dict[str, list[str]], rows: dict[str, int]
) -> tuple[dict[BusKey, int], list[Bus]]:
    """Gives each line a track in its lane, short ones nearest to the boxes;
    where they are too many, the last get none."""
    tracks: dict[BusKey, int] = {}
    crowded = []
    spans = {bus.key: _span(bus, columns, rows) for bus in buses}
    for bus in sorted(buses, key=lambda bus: (spans[bus.key][1] - spans[bus.key][0], bus.key)):
        start, end = spans[bus.key]
        taken = {
            track
            for other, track in tracks.items()
            if other[0] == bus.lane and spans[other][0] <= end and start <= spans[other][1]
        }
        free = next(number for number in range(len(taken) + 1) if number not in taken)
        if free < MOST_TRACKS:
            tracks[bus.key] = free
        else:
            crowded.append(bus)
    return tracks, crowded


def _span(bus: Bus, columns: dict[str, list[str]], rows: dict[str, int]) -> tuple[int, int]:
    if bus.lane == "middle":
        places = [rows[one] for one in (*bus.sources, bus.target)]
    else:
        keys = columns["before" if bus.lane == "left" else "after"]
        places = [keys.index(one) for one in (*bus.sources, bus.target)]
    return min(places), max(places)


class Slot(NamedTuple):
    """A place on a box's side where a line begins, or ends with its name above it; and how high that is."""

    bus: Bus
    incoming: bool
    height: float


def slots_of(routes: Routes, strata: list[Stratum]) -> dict[tuple[str, str], list[Slot]]:
    """The lines on each side of each box, from top to bottom, so that they cross as little as can be."""
    places = _places(strata)
    found: dict[tuple[str, str], list[tuple[tuple[float, float], Slot]]] = {}
    for bus in routes.buses:
        here = places[bus.target]
        others = [places[one] for one in bus.sources]
        high = LABEL_LINE * len(bus.words) + 4
        order = _order(routes, bus, here, max(others))
        found.setdefault((bus.target, bus.lane), []).append((order, Slot(bus, True, high)))
        for source in dict.fromkeys(bus.sources):
            order = _order(routes, bus, places[source], here)
            found.setdefault((source, bus.lane), []).append((order, Slot(bus, False, _STUB)))
    return {
        key: [slot for _, slot in sorted(slots, key=lambda pair: (pair[0], pair[1].bus.key))]
        for key, slots in found.items()
    }


def _order(routes: Routes, bus: Bus, here: float, there: float) -> tuple[float, float]:
    """Lines upwards stand above lines downwards; a line nearer to the boxes stands nearer to where it goes."""
    if bus.lane == "middle":
        return (there, 0)
    track = routes.tracks[bus.key]
    return (0, track) if there < here else (1, -track)


def _places(strata: list[Stratum]) -> dict[str, float]:
    """How far down each box stands, in rows."""
    found = {}
    for number, stratum in enumerate(strata):
        for side in ("before", "after"):
            for index, box in enumerate(stratum.of(side)):
                found[box.key] = number + index / 100
    return found
