"""Which way each line takes: straight up between neighbours, in a lane beside the boxes, or through the middle.

Lines never cross a box: neighbours are joined through the gap between them, all others leave their box sideways
into a lane where no box stands. Lines that share an end and a name share a stretch and that name.
"""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.before_after.lines import BoxLine, Bundle, BundleKey, bundles_of, merged
from orgmap.viz.before_after.rows import BoxRow, column, row_numbers_of
from orgmap.viz.kit.widths import width

TRACK = 6.0
"""Pixels between two lines in a lane."""

MOST_TRACKS = 11
ANCHOR = 8.0
"""Pixels of a box's side that a line takes at least."""

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


class Straight(NamedTuple):
    """A line through the gap between two neighbours, in one of the halves."""

    side: str
    box_line: BoxLine


class Routes(NamedTuple):
    """The way of every line; what found no way is told in the table only."""

    straight: list[Straight]
    bundles: list[Bundle]
    tracks: dict[BundleKey, int]
    untold: list[BoxLine]

    def track_count(self, lane: str) -> int:
        """How many lines run beside each other in a lane."""
        return 1 + max((track for key, track in self.tracks.items() if key[0] == lane), default=-1)


def routes_of(
    rows: list[BoxRow], box_lines: list[BoxLine], half: float, closed: frozenset[frozenset[str]] = frozenset()
) -> Routes:
    """Finds a way for every line; `half` is the least width of a half, gaps that are `closed` let no line through."""
    columns = {side: column(rows, side) for side in ("before", "after")}
    row_numbers = row_numbers_of(rows)
    straight: list[Straight] = []
    ways: dict[str, list[BoxLine]] = {}
    filled: dict[tuple[str, str, str], float] = {}
    for box_line in sorted(box_lines, key=_priority):
        for side, gap in _neighbours(box_line, columns):
            room = filled.get((side, *gap), 0.0) + width(box_line.name, box_line.side == "across") + _MARGIN
            if room <= half - _MARGIN and frozenset(gap) not in closed:
                filled[(side, *gap)] = room
                straight.append(Straight(side, box_line))
                break
        else:
            ways.setdefault(_way(box_line, columns, row_numbers, rows), []).append(box_line)
    untold = ways.pop("none", [])
    bundles = _in_lanes(ways)
    tracks, crowded = _tracks(bundles, columns, row_numbers)
    untold += [box_line for bundle in crowded for box_line in bundle.box_lines]
    return Routes(straight, [bundle for bundle in bundles if bundle.key in tracks], tracks, untold)


def _priority(box_line: BoxLine) -> tuple[int, int, str]:
    return (0 if box_line.side == "across" else 1, importance(box_line.name), box_line.key)


def importance(name: str) -> int:
    """How soon a line must find its way: the lower the sooner."""
    name = name.removesuffix(" (some)")
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _neighbours(box_line: BoxLine, columns: dict[str, list[str]]) -> list[tuple[str, tuple[str, str]]]:
    """The halves in which the two boxes are neighbours, with the gap between them."""
    found = []
    for side, keys in columns.items():
        if box_line.side in (side, "both", "across") and box_line.source in keys and box_line.target in keys:
            source_at, target_at = keys.index(box_line.source), keys.index(box_line.target)
            if abs(source_at - target_at) == 1:
                found.append((side, (keys[min(source_at, target_at)], keys[max(source_at, target_at)])))
    return found


def _way(
    box_line: BoxLine, columns: dict[str, list[str]], row_numbers: dict[str, int], rows: list[BoxRow]
) -> str:
    """The lane for a line: left for before, right for after, either for both, the middle for successions."""
    ends = {box_line.source, box_line.target}
    if box_line.side != "across":
        return {"before": "left", "after": "right", "both": "either"}[box_line.side]
    if ends <= set(columns["before"]):
        return "left"
    if ends <= set(columns["after"]):
        return "right"
    between = range(min(row_numbers[one] for one in ends) + 1, max(row_numbers[one] for one in ends))
    return "none" if any(rows[row].across for row in between) else "middle"


def _in_lanes(ways: dict[str, list[BoxLine]]) -> list[Bundle]:
    """The lines of each lane; those that hold on both days join what already runs, or go where there is more room."""
    found = {lane: bundles_of(lane, ways.get(lane, [])) for lane in ("left", "middle", "right")}
    apart = [box_line for box_line in ways.get("either", []) if not _join(found, box_line)]
    for bundle in sorted(bundles_of("", apart), key=lambda bundle: (-bundle.high, bundle.key)):
        lane = min(("left", "right"), key=lambda lane: (sum(bundle.high for bundle in found[lane]), lane))
        found[lane].append(bundle._replace(lane=lane))
    return [bundle for lane in found for bundle in merged(found[lane])]


def _join(found: dict[str, list[Bundle]], box_line: BoxLine) -> bool:
    """Lets a line join one that says the same from or to the same box, if there is one."""
    for lane in ("left", "right"):
        for number, bundle in enumerate(found[lane]):
            end = box_line.source if bundle.outward else box_line.target
            if bundle.names == (box_line.name,) and bundle.hub == end and not bundle.bold:
                found[lane][number] = bundle._replace(box_lines=(*bundle.box_lines, box_line))
                return True
    return False


def _tracks(
    bundles: list[Bundle], columns: dict[str, list[str]], row_numbers: dict[str, int]
) -> tuple[dict[BundleKey, int], list[Bundle]]:
    """Gives each line a track in its lane, short ones nearest to the boxes;
    where they are too many, the last get none."""
    tracks: dict[BundleKey, int] = {}
    crowded = []
    spans = {bundle.key: _span(bundle, columns, row_numbers) for bundle in bundles}
    for bundle in sorted(
        bundles, key=lambda bundle: (spans[bundle.key][1] - spans[bundle.key][0], bundle.key)
    ):
        start, end = spans[bundle.key]
        taken = {
            track
            for other, track in tracks.items()
            if other[0] == bundle.lane and spans[other][0] <= end and start <= spans[other][1]
        }
        free = next(number for number in range(len(taken) + 1) if number not in taken)
        if free < MOST_TRACKS:
            tracks[bundle.key] = free
        else:
            crowded.append(bundle)
    return tracks, crowded


def _span(bundle: Bundle, columns: dict[str, list[str]], row_numbers: dict[str, int]) -> tuple[int, int]:
    if bundle.lane == "middle":
        places = [row_numbers[one] for one in (*bundle.others, bundle.hub)]
    else:
        keys = columns["before" if bundle.lane == "left" else "after"]
        places = [keys.index(one) for one in (*bundle.others, bundle.hub)]
    return min(places), max(places)


class Slot(NamedTuple):
    """A place on a box's side where a line begins or ends, `named` if its name stands there; and how high that is."""

    bundle: Bundle
    named: bool
    height: float


def slots_of(routes: Routes, rows: list[BoxRow]) -> dict[tuple[str, str], list[Slot]]:
    """The lines on each side of each box, from top to bottom, so that they cross as little as can be."""
    places = _places(rows)
    found: dict[tuple[str, str], list[tuple[tuple[float, float], Slot]]] = {}
    for bundle in routes.bundles:
        here = places[bundle.hub]
        order = _order(routes, bundle, here, max(places[one] for one in bundle.others))
        found.setdefault((bundle.hub, bundle.lane), []).append((order, Slot(bundle, True, bundle.high)))
        for other in bundle.others:
            order = _order(routes, bundle, places[other], here)
            found.setdefault((other, bundle.lane), []).append((order, Slot(bundle, False, ANCHOR)))
    return {
        key: [slot for _, slot in sorted(slots, key=lambda pair: (pair[0], pair[1].bundle.key))]
        for key, slots in found.items()
    }


def _order(routes: Routes, bundle: Bundle, here: float, there: float) -> tuple[float, float]:
    """Lines upwards stand above lines downwards; a line nearer to the boxes stands nearer to where it goes."""
    if bundle.lane == "middle":
        return (there, 0)
    track = routes.tracks[bundle.key]
    return (0, track) if there < here else (1, -track)


def _places(rows: list[BoxRow]) -> dict[str, float]:
    """How far down each box stands, in rows."""
    found = {}
    for number, row in enumerate(rows):
        for side in ("before", "after"):
            for index, box in enumerate(row.of(side)):
                found[box.key] = number + index / 100
    return found
