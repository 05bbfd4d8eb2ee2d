"""The scenes of the explorer: what stands where on each day, at first and when all is shown."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY
from orgmap.graphmodel.model import Relationship
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.network import Network
from orgmap.viz.kit.words import date_words, line_words
from orgmap.viz.network.columns import scene_of
from orgmap.viz.network.scene import Link, Scene, lines_of_box

FIRST = 60
"""Bodies that are shown before more are asked for."""

TALLEST = 630.0
"""Pixels: what a window has left for the first view."""

_ROW = 24.0
_ROOM_FOR_ALL = 60_000
"""Bytes of a page for the whole of other days; the day asked for is always there."""


class Times(NamedTuple):
    """The days on which something changes, each with its first scene and, where there is room, its whole."""

    starts: list[str]
    first: list[int]
    all: list[int | None]
    near: list[int]
    scenes: list[Scene]


def in_order(network: Network, at: str) -> dict[str, int]:
    """The bodies of a day with their distance: nearest first, the large structure before single practices."""
    order = list(kinds())
    # Providers are many; who plans, pays and oversees is wanted first.
    late = {kind.kind for kind in kinds().values() if kind.tier == "provider"}

    def key(item: tuple[str, int]) -> tuple[int, bool, int, str, str]:
        body = network.bodies[item[0]]
        return item[1], body.kind in late, order.index(body.kind), body.label, body.id

    return dict(sorted(network.distances(at).items(), key=key))


def line_name(relation: Relationship) -> str:
    """What the line of a relation is called; one that is not in force says so.

    >>> line_name(Relationship("a", "part_of", "b", status="planned"))
    'part of (planned)'
    """
    words = line_words(relation.verb)
    return words if relation.status == "in_force" else f"{words} ({relation.status})"


def links_of(network: Network, at: str) -> list[Link]:
    """The relations of a day as lines to draw."""
    return [
        Link(number, relation.subject, relation.object, line_name(relation))
        for number, relation in enumerate(network.relations)
        if relation.period.holds(at)
    ]


def is_planned(network: Network, body: str, at: str) -> bool:
    """Whether only a plan says that a body is there on a day, or a plan says that it is there no longer."""
    end = network.ends.get(body)
    return network.bodies[body].status in PLANS or bool(end and end.date and end.date <= at)


def box_names(network: Network) -> dict[str, tuple[str, ...]]:
    """What stands in each body's box, in lines."""
    found = {}
    for one, body in network.bodies.items():
        status = "" if body.status == "in_force" else f" ({body.status})"
        if end := network.ends.get(one):
            status = f" (to end: {date_words(end.date, end.precision)}, {end.status})"
        found[one] = lines_of_box(body.label + status, network.hops, one == network.centre)
    return found


def whole(network: Network, at: str, names: dict[str, tuple[str, ...]]) -> Scene:
    """All bodies of a day in their places."""
    return scene_of(in_order(network, at), links_of(network, at), names, network.hops)


def first_view(network: Network, at: str, names: dict[str, tuple[str, ...]]) -> Scene:
    """At most 60 bodies of a day, the nearest and largest ones, as many as a window has room for."""
    links = links_of(network, at)
    far = dict(list(in_order(network, at).items())[:FIRST])
    scene = scene_of(far, links, names, network.hops)
    while scene.height > TALLEST and len(far) > 2:
        # The last bodies of that column go whose going helps most.
        many = max(1, int((scene.height - TALLEST) / _ROW / 2))
        tries = []
        for step in sorted(set(far.values()) - {0}):
            last = [one for one, other in far.items() if other == step][-many:]
            fewer = _tied({one: step for one, step in far.items() if one not in last}, links)
            tries.append((scene_of(fewer, links, names, network.hops), fewer))
        best = min(tries, key=lambda one: _price(scene, len(far), *one))
        scene, far = best
    return scene


def _price(scene: Scene, bodies: int, lower: Scene, kept: dict[str, int]) -> float:
    """How many bodies are given up for each pixel that a picture comes nearer to its room."""
    won = scene.height - max(lower.height, TALLEST)
    return (bodies - len(kept)) / won if won > 0 else 1000.0 + bodies - len(kept)


def _tied(far: dict[str, int], links: list[Link]) -> dict[str, int]:
    """Those bodies that still hang together with the one in the middle."""
    kept: dict[str, int] = {}
    near: dict[str, set[str]] = {}
    for link in links:
        near.setdefault(link.subject, set()).add(link.object)
        near.setdefault(link.object, set()).add(link.subject)
    for one, step in far.items():
        if step == 0 or any(kept.get(other) == step - 1 for other in near.get(one, ())):
            kept[one] = step
    return kept


def times_of(network: Network) -> Times:
    """Every day on which something changes around the body, with its scenes; equal scenes are kept once."""
    starts = _starts(network)
    names = box_names(network)
    scenes: dict[str, int] = {}
    kept: list[Scene] = []

    def keep(scene: Scene) -> int:
        key = repr(scene)
        if key not in scenes:
            scenes[key] = len(kept)
            kept.append(scene)
        return scenes[key]

    near = [len(network.distances(day)) for day in starts]
    first = [keep(first_view(network, day, names)) for day in starts]
    everything: list[int | None] = [None] * len(starts)
    asked = max(number for number, day in enumerate(starts) if day <= network.at)
    room = _ROOM_FOR_ALL
    for number in sorted(range(len(starts)), key=lambda one: abs(one - asked)):
        if near[number] <= len(kept[first[number]].boxes):
            everything[number] = first[number]
        elif number == asked or room > 0:
            before = len(kept)
            everything[number] = keep(whole(network, starts[number], names))
            if len(kept) > before and number != asked:
                room -= 45 * near[number]
    return Times(starts, first, everything, near, kept)


def _starts(network: Network) -> list[str]:
    """The first days of the stretches in which nothing changes, within the life of the body."""
    if not network.over_time:
        return [network.at]
    life = network.bodies[network.centre].period
    begin = min(max(life.valid_from or FIRST_DAY, FIRST_DAY), network.at)
    days = {begin}
    for relation in network.relations:
        days |= {day for day in (relation.valid_from, relation.valid_until) if day and day > begin}
    return sorted(day for day in days if life.valid_until is None or day < life.valid_until)


def scene_json(scene: Scene, number: dict[str, int], names: dict[str, int]) -> dict[str, Any]:
    """A scene in few letters, for the script: boxes, labels and lines in whole pixels."""
    lines: list[list[int]] = []
    for way in scene.ways:
        points = [round(value) for point in way.points for value in point]
        lines.append([way.label, int(way.arrow), *points])
    return {
        "w": round(scene.width),
        "h": round(scene.height),
        "b": [[number[box.body], round(box.x), round(box.y), round(box.height)] for box in scene.boxes],
        "l": [
            [names[label.name], round(label.x), round(label.y), round(label.width), *label.links]
            for label in scene.labels
        ],
        "p": lines,
        "g": [
            [one.label, int(one.arrow), *(round(value) for value in (one.x, one.outer, *one.middles))]
            for one in scene.brackets
        ],
    }
