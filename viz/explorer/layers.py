"""The map layers of the page: for each kind its areas from day to day, those that plans would make among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import STATUSES, Include
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.plans.marks import last_day_known
from orgmap.queries.structure.boundaries import GRID, AreaMap, Layer, area_map, layers, map_points
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, day_number
from orgmap.viz.explorer.ground import INCLUDED
from orgmap.viz.explorer.topology import (
    Arcs,
    coloured,
    label_point,
    neighbours,
    polygons,
    shape_json,
    topology_json,
    without_repeats,
)


class DrawnLayer(NamedTuple):
    """The areas of a kind on the days from one to another, with the plans that the page was asked to include."""

    layer: Layer
    valid_from: str
    valid_until: str
    included: str
    areas: AreaMap


MOST_TOWNS = 700
"""So many towns are named on the map, the largest."""


def topology_part(packed: Packed) -> Json:
    """All outlines as arcs, and the layers with the areas that refer to them."""
    found = drawn_layers(packed.store)
    outlines = {number: rings for edition in found for number, rings in edition.areas.outlines.items()}
    arcs = Arcs(ring for rings in outlines.values() for ring in map(without_repeats, rings) if len(ring) > 2)
    shapes = {number: polygons(rings, arcs) for number, rings in outlines.items()}
    labels = {number: label_point(rings) for number, rings in outlines.items()}
    order = {number: place for place, number in enumerate(shapes)}
    colours: dict[str, dict[str, int]] = {}
    rows = []
    for edition in found:
        shown = edition.areas
        beside = neighbours({area.body.id: shapes[area.outline] for area in shown.areas})
        beside = {one: others - over(shown, one) for one, others in beside.items()}
        before = colours.setdefault(edition.layer.kind, {})
        now = coloured(beside, before)
        before |= now
        rows.append(_row(packed, edition, order, now))
    return {
        **topology_json(arcs, GRID),
        "shapes": [shape_json(shapes[number]) for number in order],
        "labels": [labels[number] for number in order],
        "layers": rows,
        "towns": [[town.name, town.x, town.y, town.people] for town in map_points()[:MOST_TOWNS]],
    }


def over(shown: AreaMap, body: str) -> set[str]:
    """The areas that lie under or over an area by a plan: what the plan would make lies over what it is to end."""
    mark = shown.marks.get(body)
    if mark is None or not mark.dashed:
        return set()
    return {one for one, other in shown.marks.items() if other.dashed and other.begins != mark.begins}


def _row(packed: Packed, edition: DrawnLayer, order: dict[int, int], colours: dict[str, int]) -> Json:
    shown = edition.areas
    marks = {one: mark for one, mark in shown.marks.items() if one in packed.numbers}
    return {
        "kind": list(kinds()).index(edition.layer.kind),
        "from": day_number(edition.valid_from),
        "until": day_number(edition.valid_until or None),
        "included": edition.included,
        "note": edition.layer.note,
        "estimated": edition.layer.estimated,
        "body": [packed.numbers[area.body.id] for area in shown.areas],
        "colour": [colours[area.body.id] for area in shown.areas],
        "shape": [order[area.outline] for area in shown.areas],
        "joined": {str(n): area.joined_from for n, area in enumerate(shown.areas) if area.joined_from},
        "missing": [packed.numbers[body.id] for body in shown.missing],
        "marks": {
            str(packed.numbers[one]): [mark.words, mark.sentence, int(mark.begins), int(mark.dashed)]
            for one, mark in marks.items()
        },
        "unsettled": {str(packed.numbers[one]): words for one, words in shown.unsettled.items()},
    }


def drawn_layers(store: Store) -> list[DrawnLayer]:
    """Every layer with its areas, parted where its bodies change; for days to come also as each sort of plan has it."""
    now = last_day_known(store)
    found = []
    for layer in sorted(layers(), key=lambda one: (one.kind, one.valid_from)):
        days = [layer.valid_from, *_within(layer, _days_of_bodies(store, layer.kind))]
        found += _stretches(store, layer, days, "inForce")
        if layer.valid_until and layer.valid_until <= now:
            continue
        ahead = [day for day in _within(layer, _days_of_plans(store, layer.kind)) if day > now]
        for name, include in INCLUDED.items():
            if include.plans:
                found += _stretches(store, layer, [now, *ahead], name)
    return found


def _stretches(store: Store, layer: Layer, days: Iterable[str], name: str) -> list[DrawnLayer]:
    asked = sorted(set(days))
    found: list[DrawnLayer] = []
    for day, until in zip(asked, [*asked[1:], layer.valid_until], strict=True):
        try:
            shown = area_map(store, day, layer.kind, include=INCLUDED[name])
        except NothingFound:
            continue  # of a day after which less was known: nobody had spoken of such a body
        if shown.layer != layer:
            continue
        if found and found[-1].valid_until == day and _alike(found[-1].areas, shown):
            found[-1] = found[-1]._replace(valid_until=until)
        else:
            found.append(DrawnLayer(layer, day, until, name, shown))
    return found


def _alike(one: AreaMap, other: AreaMap) -> bool:
    """Whether two days have the same map, by all that the page shows of it."""
    return (
        [(area.body.id, area.outline) for area in one.areas]
        == [(area.body.id, area.outline) for area in other.areas]
        and {body.id for body in one.missing} == {body.id for body in other.missing}
        and one.marks == other.marks
        and one.unsettled == other.unsettled
    )


def _within(layer: Layer, days: set[str]) -> list[str]:
    return sorted(day for day in days if layer.valid_from < day and layer.holds(day))


def _days_of_bodies(store: Store, kind: str) -> set[str]:
    """The days on which a body of a kind began or ended."""
    return {day for body in store.entities(kind=kind) for day in (body.valid_from, body.valid_until) if day}


def _days_of_plans(store: Store, kind: str) -> set[str]:
    """The days on which plans begin or end a body of a kind, or its area."""
    bodies = {body.id for body in store.entities(kind=kind)}
    found = _days_of_bodies(store, kind)
    for body in bodies:
        for phase in store.details(body).phases:
            found |= {day for day in (phase.valid_from, phase.valid_until) if day}
    everything = Include.of(STATUSES)
    for event, _ in store.events(ids=bodies, include=everything):
        if event.status in PLANS and event.date:
            found.add(event.date)
    return found
