"""The colours of a map: neighbours differ; of two maps what changed hands has one colour and number on both."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.structure.areas_ahead import Ring
from orgmap.queries.structure.boundaries import AreaMap, BodyChanges, OutlinedBody
from orgmap.viz.map.labels import MOST_NUMBERS, map_name
from orgmap.viz.map.tables import area_state

PALE = ("#cfe3f5", "#f7d9b6", "#d5ecc8", "#e6d3ee", "#f3eda2", "#bfe3df", "#f3cdd3")
"""Fills that dark letters can be read on, told apart by people who see colours otherwise too."""

CALM = "#efefec"
"""The fill of what did not change between two days."""

_CHANGED = ("moved", "new", "ended", "handed", "begins")


class Colours(NamedTuple):
    """The fill of each area by map, the numbers of what changed hands, and the key to the numbers.

    `by` says whose colour an area of the other map has: `successor` or `predecessor`; blank where nothing changed.
    """

    fills: tuple[dict[str, str], ...]
    numbers: tuple[dict[str, str], ...]
    key: tuple[str, ...]
    by: str


def colours_of(maps: list[AreaMap], changes: BodyChanges) -> Colours:
    """The colours of one map, or of two with what changed between them."""
    if len(maps) == 1:
        return Colours((_told_apart(maps[0], maps[0].areas),), ({},), (), "")
    changed = [[area for area in one.areas if area_state(area, one, maps) in _CHANGED] for one in maps]
    if not all(changed):
        calm = not any(changed)
        apart = [
            _told_apart(one, one.areas if calm else own)
            if calm or own
            else {area.body.id: CALM for area in one.areas}
            for one, own in zip(maps, changed, strict=True)
        ]
        return Colours(tuple(apart), ({}, {}), (), "")
    # Whichever day has fewer bodies gives the colours: those that merged bear the colour of the one that they made.
    lead = 1 if len(changed[1]) <= len(changed[0]) else 0
    leaders = {area.body.id: area for area in changed[lead]}
    follow = _followed(changes, forward=lead == 1)
    led = {area.body.id: _leader(area.body.id, follow, leaders) for area in changed[1 - lead]}
    own = _told_apart(maps[lead], changed[lead])
    fills: list[dict[str, str]] = [{}, {}]
    fills[lead] = {area.body.id: own.get(area.body.id, CALM) for area in maps[lead].areas}
    fills[1 - lead] = {
        area.body.id: own.get(led.get(area.body.id, ""), CALM) for area in maps[1 - lead].areas
    }
    numbers, key = _numbered(maps, lead, changed[lead], led)
    return Colours(tuple(fills), numbers, key, "successor" if lead else "predecessor")


def _numbered(
    maps: list[AreaMap], lead: int, leaders: list[OutlinedBody], led: dict[str, str]
) -> tuple[tuple[dict[str, str], ...], tuple[str, ...]]:
    """A number for each that gives its colour, the same for those that have it, and the key; none if there are many."""
    numbers: list[dict[str, str]] = [{}, {}]
    if not 1 < len(leaders) <= MOST_NUMBERS:
        return ({}, {}), ()
    named = sorted((", ".join(map_name(area, maps[lead])), area.body.id) for area in leaders)
    key = []
    for number, (name, one) in enumerate(named, start=1):
        numbers[lead][one] = str(number)
        numbers[1 - lead] |= {other: str(number) for other, leader in led.items() if leader == one}
        key.append(f"{number} {name}")
    return tuple(numbers), tuple(key)


def _followed(changes: BodyChanges, forward: bool) -> dict[str, list[tuple[float, str]]]:
    """Who took over from each body, or from whom it took over, with how much of the predecessor it was."""
    found: dict[str, list[tuple[float, str]]] = {}
    for event, parts in changes.events.values():
        for part in parts if event.kind not in GOES_ON else ():
            ends = (part.predecessor, part.successor) if forward else (part.successor, part.predecessor)
            if all(ends) and not part.stray:
                weight = 0.5 if part.weight is None else part.weight
                found.setdefault(ends[0], []).append((weight, ends[1]))
    return found


def _leader(body: str, follow: dict[str, list[tuple[float, str]]], leaders: dict[str, OutlinedBody]) -> str:
    """The one on the other map to whom most of a body went, or from whom most of it came, over all steps."""
    if body in leaders:
        return body
    best: dict[str, float] = {body: 1.0}
    waiting, found = [body], ("", 0.0)
    while waiting:
        here = waiting.pop(0)
        for weight, other in follow.get(here, ()):
            share = best[here] * weight
            if share > best.get(other, 0.0):
                best[other] = share
                waiting.append(other)
                if other in leaders and share > found[1]:
                    found = other, share
    return found[0]


def _told_apart(area_map: AreaMap, areas: list[OutlinedBody] | tuple[OutlinedBody, ...]) -> dict[str, str]:
    """A fill for each of these areas so that no two neighbours have the same."""
    beside = _neighbours({area.body.id: area_map.outlines[area.outline] for area in areas})
    fills: dict[str, str] = {}
    used: dict[str, int] = dict.fromkeys(PALE, 0)
    for one in sorted(beside, key=lambda body: (-len(beside[body]), body)):
        near = [fills[other] for other in beside[one] if other in fills]
        fills[one] = min(PALE, key=lambda fill: (near.count(fill), used[fill], PALE.index(fill)))
        used[fills[one]] += 1
    return fills


def _neighbours(outlines: dict[str, tuple[Ring, ...]]) -> dict[str, set[str]]:
    """Which areas have a border in common: two points at least."""
    at: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one, rings in outlines.items():
        for point in {point for ring in rings for point in ring}:
            at[point].append(one)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for here in at.values():
        for one in here if len(here) > 1 else ():
            for other in here:
                if one != other:
                    shared[one, other] += 1
    found: dict[str, set[str]] = {one: set() for one in outlines}
    for (one, other), points in shared.items():
        if points > 1:
            found[one].add(other)
    return found
