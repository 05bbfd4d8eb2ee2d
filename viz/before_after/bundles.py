"""Lines that begin or end at one box and say the same are drawn as one: one name, one stretch that they share."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.viz.before_after.lines import Edge
from orgmap.viz.kit.widths import wrap
from orgmap.viz.kit.words import listed

LABEL = 107.0
"""Pixels that a lane keeps free for the names of its lines."""

LABEL_LINE = 16.0

BusKey = tuple[str, str, bool, tuple[str, ...]]


class Bus(NamedTuple):
    """Lines that share one end, the hub, and say the same: its name stands there.

    `outward` ones begin at the hub and have an arrow at each other end; all others have their one arrow at the hub.
    """

    lane: str
    hub: str
    outward: bool
    names: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def key(self) -> BusKey:
        """What no other has: its lane, its hub, its direction and its names."""
        return self.lane, self.hub, self.outward, self.names

    @property
    def name(self) -> str:
        """What it says; two boxes may have to do with each other in several ways."""
        return listed(list(self.names))

    @property
    def bold(self) -> bool:
        """Whether it tells who took over: these lines are drawn thicker, their names bolder."""
        return self.edges[0].side == "across"

    @property
    def words(self) -> list[str]:
        """Its name, in lines that fit into a lane."""
        return wrap(self.name, LABEL - 14, self.bold)

    @property
    def high(self) -> float:
        """How many pixels its name takes in a lane."""
        return LABEL_LINE * len(self.words) + 4

    @property
    def others(self) -> tuple[str, ...]:
        """The boxes at its other ends."""
        ends = (edge.target if self.outward else edge.source for edge in self.edges)
        return tuple(dict.fromkeys(ends))


def stars_of(lane: str, edges: list[Edge]) -> list[Bus]:
    """As few stars as can be that hold every line: from one box to many, or from many to one.

    >>> edges = [Edge("council", one, "scrutinises", "both") for one in ("group", "trust")]
    >>> [(star.hub, star.outward, star.others) for star in stars_of("left", edges)]
    [('council', True, ('group', 'trust'))]
    """
    left = list(edges)
    stars = []
    while left:
        found: dict[tuple[str, bool, str], list[Edge]] = {}
        for edge in left:
            found.setdefault((edge.target, False, edge.name), []).append(edge)
            if edge.side != "across":
                found.setdefault((edge.source, True, edge.name), []).append(edge)
        # Where both hold as many, the name stands at the arrow.
        best = min(found, key=lambda key: (-len(found[key]), key[1], key))
        stars.append(Bus(lane, *best[:2], best[2:], tuple(found[best])))
        left = [edge for edge in left if edge not in found[best]]
    return merged(stars)


def merged(stars: list[Bus]) -> list[Bus]:
    """Stars between the very same boxes as one line with several names; what became of bodies stays told apart."""
    found: dict[tuple[str, str, bool, str, frozenset[tuple[str, str]]], list[Bus]] = {}
    for star in stars:
        ends = frozenset((edge.target if star.outward else edge.source, edge.side) for edge in star.edges)
        apart = star.name if star.bold else ""
        found.setdefault((star.lane, star.hub, star.outward, apart, ends), []).append(star)
    return [
        Bus(
            *key[:3],
            tuple(sorted({name for star in alike for name in star.names})),
            tuple(edge for star in alike for edge in star.edges),
        )
        for key, alike in found.items()
    ]
