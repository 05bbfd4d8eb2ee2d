"""The areas that plans would make or end: how far a planned body would reach, and what must be said of it on a map."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import STATUSES, Entity, Include, Relationship
from orgmap.graphmodel.plans.foretold import PlannedEnd
from orgmap.graphmodel.statuses import PLANS, SUPERSEDED
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import parse_kind
from orgmap.queries.plans.marks import begins_words, marked, plan_words, when_words

Point = tuple[int, int]
Ring = tuple[Point, ...]
"""A closed line, as points (longitude, latitude) on the grid."""

_UNSETTLED = frozenset({"provisional", "disputed", SUPERSEDED})
"""A planned area with such a status is not drawn: which neighbourhoods it would be is not settled."""


_NEEDLE = 0.96
"""The cosine of the angle below which a point of a joined border is the tip of a needle."""

_THREAD = 20.0
"""Steps of the grid: what is narrower between two joined areas belongs to the one or the other."""


class PlanMark(NamedTuple):
    """What must be said of a body on a map that a plan would make (`begins`), or is to end.

    `words` stand in its label, `sentence` in the table; `dashed` is whether the plan's day has come on the day drawn.
    """

    words: str
    sentence: str
    begins: bool
    dashed: bool
    cited: tuple[tuple[str, str], ...] = ()


class PlannedGround(NamedTuple):
    """The areas that a planned body would cover, and what its sources leave unsettled, in their words."""

    body: Entity
    areas: frozenset[str]
    unsettled: tuple[str, ...]

    def share_of(self, place: frozenset[str], people: Mapping[str, float]) -> float:
        """Which share of a place's people it would cover."""
        whole = sum(people.get(area, 0.0) for area in place)
        return sum(people.get(area, 0.0) for area in self.areas & place) / whole if whole else 0.0


def planned_grounds(store: Store, kind: str, at: AnyDay, include: Include) -> list[PlannedGround]:
    """The bodies of a kind that would be there on a day by the plans asked for, with the areas they would cover."""
    kind, at = parse_kind(kind), day_of(at)
    bodies = [body for body in store.entities(kind=kind, at=at, include=include) if body.status in PLANS]
    covers: dict[str, list[Relationship]] = {}
    if bodies:
        asked = {body.id for body in bodies}
        for fact in store.relationships(
            subjects=asked, verbs=["covers"], at=at, include=Include.of(STATUSES)
        ):
            covers.setdefault(fact.subject, []).append(fact)
    grounds = []
    for body in bodies:
        facts = covers.get(body.id, [])
        sure = frozenset(fact.object for fact in facts if fact.status not in _UNSETTLED)
        notes = dict.fromkeys(
            fact.note.removeprefix("derived: ") for fact in facts if fact.status == "provisional"
        )
        grounds.append(PlannedGround(body, sure, tuple(notes)))
    return grounds


def parts_of(ground: PlannedGround, candidates: Mapping[str, list[str]]) -> list[str]:
    """The ids of bodies that lie in a planned area and do not overlap, the largest first: all of it, if known.

    `candidates` are the areas of each body that may be one of them.
    """
    left = set(ground.areas)
    parts = []
    for one, areas in sorted(candidates.items(), key=lambda item: (-len(item[1]), item[0])):
        if areas and left.issuperset(areas):
            parts.append(one)
            left -= set(areas)
    return parts


def plan_marks(
    store: Store, bodies: Iterable[Entity], include: Include, at: AnyDay
) -> tuple[dict[str, PlanMark], list[str]]:
    """What must be said of the bodies of a map that are planned or that a plan is to end, and the notes below it.

    The notes say, too, how many plans are left out.
    """
    at = day_of(at)
    rows = {body.id: body.to_json() for body in bodies}
    notes = marked(store, [*rows.values()], include, at)
    ends: dict[str, PlannedEnd] = {}
    marks: dict[str, PlanMark] = {}
    for one, body in rows.items():
        if (status := body.get("status", "in_force")) in PLANS:
            words = plan_words(status)
            said = plan_words(status, body["stated_on"], body["said_by"] or "")
            marks[one] = PlanMark(words, begins_words(body, said), True, True)
        elif end := body.get("to_end"):
            ends[one] = PlannedEnd(**{name: value for name, value in end.items() if name != "law"})
    cited = _cited(store, ends, include) if ends else {}
    for one, end in ends.items():
        when = when_words(end.date, end.precision) if end.date else "on a day not known"
        marks[one] = PlanMark(
            f"to end {when}: {plan_words(end.status)}",
            f"is to end {when}: {plan_words(end.status, end.stated_on, end.said_by)}",
            False,
            bool(end.date) and (end.date or "") <= at,
            cited.get(end.event, ()),
        )
    return marks, notes


def _cited(
    store: Store, ends: dict[str, PlannedEnd], include: Include
) -> dict[str, tuple[tuple[str, str], ...]]:
    """The sources of the changes by which bodies are to end."""
    return {
        event.id: ((event.source, event.locator),) for event, _ in store.events(ids=ends, include=include)
    }


def joined(shapes: Iterable[tuple[Ring, ...]]) -> tuple[Ring, ...]:
    """The outline around several areas: their outlines without the borders that two of them share.

    >>> left = ((0, 0), (0, 100), (100, 100), (100, 0))
    >>> right = ((100, 0), (100, 100), (200, 100), (200, 0))
    >>> [sorted(ring) for ring in joined([(left,), (right,)])]
    [[(0, 0), (0, 100), (100, 0), (100, 100), (200, 0), (200, 100)]]
    """
    edges: Counter[tuple[Point, Point]] = Counter()
    given: set[frozenset[Point]] = set()
    for ring in (ring for shape in shapes for ring in shape):
        given.add(frozenset(ring))
        for first, last in zip(ring, (*ring[1:], ring[0]), strict=True):
            edges[min(first, last), max(first, last)] += first != last
    beside: dict[Point, list[Point]] = {}
    for first, last in sorted(edge for edge, count in edges.items() if count % 2):
        beside.setdefault(first, []).append(last)
        beside.setdefault(last, []).append(first)
    # Neighbours simplified apart leave threads between them, which are no part of the border.
    loops = [ring if frozenset(ring) in given else _without_spikes(ring) for ring in _loops(beside)]
    return tuple(ring for ring in loops if frozenset(ring) in given or _breadth(ring) > _THREAD)


def _without_spikes(ring: Ring) -> Ring:
    """A ring without the needles that run into it, where a thread between two neighbours meets the border.

    >>> _without_spikes(((0, 0), (0, 499), (500, 500), (0, 501), (0, 1000), (1000, 1000), (1000, 0)))
    ((0, 0), (0, 499), (0, 501), (0, 1000), (1000, 1000), (1000, 0))
    """
    points = list(ring)
    at = 0
    while at < len(points) and len(points) > 4:
        one, tip, other = points[at - 1], points[at], points[(at + 1) % len(points)]
        if _is_needle(one, tip, other):
            del points[at]
            at = max(0, at - 2)
        else:
            at += 1
    return tuple(points)


def _is_needle(one: Point, tip: Point, other: Point) -> bool:
    """Whether a border runs to a point and back nearly the same way."""
    there, back = (one[0] - tip[0], one[1] - tip[1]), (other[0] - tip[0], other[1] - tip[1])
    lengths = math.hypot(*there) * math.hypot(*back)
    turn = (there[0] * back[0] + there[1] * back[1]) / lengths if lengths else 1.0
    return turn > _NEEDLE and _breadth((one, tip, other)) < _THREAD


def _loops(beside: dict[Point, list[Point]]) -> Iterator[Ring]:
    """The closed lines that lines between points make; at every point as many come as go."""
    for start in beside:
        way = [start]
        while beside[way[-1]]:
            point = way[-1]
            onward = beside[point].pop()
            beside[onward].remove(point)
            if onward in way:
                begun = way.index(onward)
                if len(way) - begun > 2:
                    yield tuple(way[begun:])
                del way[begun + 1 :]
            else:
                way.append(onward)


def _breadth(ring: Ring) -> float:
    """How broad an area is on average, in steps of the grid."""
    sides = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    area = abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in sides)) / 2
    return 2 * area / sum(math.dist(first, last) for first, last in sides)
