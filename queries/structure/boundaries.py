"""Where the bodies of a day lie: their areas with the outlines that the tables hold."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import DataBroken, NothingFound
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Entity, Include, Source, Succession
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import in_place_of, kinds, kinds_with, parse_kind
from orgmap.queries.by_set import kept_with
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.place.areas import areas_by_body
from orgmap.queries.plans.marks import last_day_known
from orgmap.queries.structure.areas_ahead import (
    PlanMark,
    PlannedGround,
    Ring,
    joined,
    parts_of,
    plan_marks,
    planned_grounds,
)
from orgmap.queries.structure.within import LEAST, Scope, ids_above, ids_within, scope_of

GRID = 10_000
"""Steps of the outlines in one degree."""


DAYS_KEPT = 8
"""So many days are remembered with what has an outline on them: plans begin on few, and servers run long."""


class Layer(NamedTuple):
    """The areas of one kind on the days from `valid_from` until before `valid_until`."""

    layer: str
    kind: str
    valid_from: str
    valid_until: str
    note: str

    @property
    def estimated(self) -> bool:
        """Whether its outlines are no published ones and rest on an estimate."""
        return self.note.startswith("estimated")

    def holds(self, at: str) -> bool:
        """Whether the layer is right for a day."""
        return self.valid_from <= at and (not self.valid_until or at < self.valid_until)


class OutlinedBody(NamedTuple):
    """A body with its area: the area's code, the number of the outline, and from whose outlines it was joined.

    `joined_from` is blank where the outline is a published one.
    """

    body: Entity
    gss: str
    outline: int
    joined_from: str = ""


class AreaRow(NamedTuple):
    """An area as the tables have it: of a published area code, or of a body that is named."""

    gss: str
    body: str
    outline: int
    joined_from: str


class MapPoint(NamedTuple):
    """Where a town or village lies, on the grid; `within` is its council where the tables know the place.

    `people` are for ranking only: of mixed years, some of a whole borough.
    """

    name: str
    within: str
    x: int
    y: int
    people: int


class BodyChanges(NamedTuple):
    """What happened to a body between two days: events with all their successions, and the bodies they name."""

    events: dict[str, tuple[ChangeEvent, tuple[Succession, ...]]]
    named: dict[str, Entity]
    sources: dict[str, Source]


class AreaMap(NamedTuple):
    """The areas of one kind on one day; `missing` are bodies whose outline the tables lack.

    `to_come` is whether the day is; `marks` say what is a plan, by body, `unsettled` what a plan leaves open.
    """

    at: str
    layer: Layer
    place: str
    areas: tuple[OutlinedBody, ...]
    missing: tuple[Entity, ...]
    outlines: dict[int, tuple[Ring, ...]]
    sources: dict[str, Source]
    notes: tuple[str, ...]
    to_come: bool = False
    marks: Mapping[str, PlanMark] = {}
    unsettled: Mapping[str, str] = {}


def area_map(
    store: Store,
    at: AnyDay,
    kind: str | None = None,
    within: str | None = None,
    include: Include = IN_FORCE,
) -> AreaMap:
    """The areas of the bodies of a kind on a day, in England or within a place; planned ones if asked for.

    Raises `NothingFound` where the tables hold no outlines for that kind and day, or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     len(area_map(store, "2013-04-01").areas)
    211
    """
    at = day_of(at)
    kind = parse_kind(kind) if kind else None
    check_day(store, at)
    layer = _layer_of(at, kind)
    bodies = {body.id: body for body in store.entities(kind=layer.kind, at=at)}
    of_day = {code: body.id for body in bodies.values() for scheme, code in body.codes if scheme == "gss"}
    grounds = planned_grounds(store, layer.kind, at, include) if include.plans else []
    place = "England"
    notes: list[str] = []
    if within:
        scope = scope_of(store, within, at, include)
        found = _ids_of_place(store, scope, at, layer.kind)
        bodies = {one: body for one, body in bodies.items() if one in found}
        people = store.populations() if grounds else {}
        grounds = [ground for ground in grounds if ground.share_of(scope.areas, people) >= LEAST]
        place = scope.label
        notes += scope.notes
    areas = [area for row in _areas()[layer.layer] if (area := _area(store, row, bodies, of_day))]
    planned, outlines, unsettled = _planned_areas(store, grounds, at)
    outlines |= outlines_of({area.outline for area in areas})
    areas += planned
    if not areas:
        raise NothingFound(f"No {kinds()[layer.kind].label} with an area known is in {place} on {at}.")
    bodies |= {ground.body.id: ground.body for ground in grounds}
    drawn = {area.body.id for area in areas}
    missing = tuple(body for one, body in bodies.items() if one not in drawn)
    marks, said = plan_marks(store, bodies.values(), include, at)
    if layer.note:
        notes.append(f"Areas of {kinds()[layer.kind].plural} on {at}: {layer.note}.")
    cited = {source for body in bodies.values() for source in body.source.split()}
    cited |= {source for mark in marks.values() for each, _ in mark.cited for source in each.split()}
    return AreaMap(
        at,
        layer,
        place,
        tuple(sorted(areas, key=lambda area: (area.body.label, area.gss))),
        missing,
        outlines,
        store.sources(cited),
        (*notes, *horizon_notes(store, {layer.kind}, at), *said),
        at > last_day_known(store),
        marks,
        unsettled,
    )


def _planned_areas(
    store: Store, grounds: list[PlannedGround], at: str
) -> tuple[list[OutlinedBody], dict[int, tuple[Ring, ...]], dict[str, str]]:
    """The areas of planned bodies, joined from those of bodies in force that they would cover whole, their outlines,
    and what is not settled of them."""
    areas: list[OutlinedBody] = []
    outlines: dict[int, tuple[Ring, ...]] = {}
    unsettled: dict[str, str] = {}
    known, reached = outlined_on(store, at) if grounds else ({}, {})
    for ground in grounds:
        parts = parts_of(ground, reached)
        if parts:
            numbers = sorted({known[one].outline for one in parts})
            name = numbers[0] if len(numbers) == 1 else crc32(",".join(map(str, numbers)).encode())
            outlines[name] = joined(outlines_of(set(numbers)).values())
            plurals = sorted({kinds()[known[one].body.kind].plural for one in parts})
            areas.append(OutlinedBody(ground.body, "", name, " and ".join(plurals)))
        lacking = len(ground.areas.difference(*(reached[one] for one in parts)))
        open_parts = [*ground.unsettled, *(["of a part no outline is known"] if parts and lacking else [])]
        if open_parts:
            unsettled[ground.body.id] = f"area known only in part: {'; '.join(open_parts)}"
    return areas, outlines, unsettled


Outlined = tuple[dict[str, OutlinedBody], dict[str, list[str]]]


def outlined_on(store: Store, at: AnyDay) -> Outlined:
    """The bodies in force on a day, of all kinds, that have an outline, and the areas that each of them reaches."""
    at = day_of(at)
    kept = kept_with(store, "outlined", dict[str, Outlined])
    if at not in kept:
        found: dict[str, OutlinedBody] = {}
        for layer in layers():
            if layer.holds(at) and not layer.estimated:
                bodies = {body.id: body for body in store.entities(kind=layer.kind, at=at)}
                codes = {
                    code: one.id for one in bodies.values() for scheme, code in one.codes if scheme == "gss"
                }
                for row in _areas()[layer.layer]:
                    if area := _area(store, row, bodies, codes):
                        found.setdefault(area.body.id, area)
        if len(kept) == DAYS_KEPT:
            kept.clear()
        kept[at] = found, areas_by_body(store, (area.body for area in found.values()), at)
    return kept[at]


def _ids_of_place(store: Store, scope: Scope, at: str, kind: str) -> set[str]:
    """The bodies of a kind in whose areas a place lies; where no table tells their areas, those above the place."""
    if here := _ids_lying_in(store, scope, at, kind):
        return here
    return ids_above(store, _ids_lying_in(store, scope, at), at)


def _ids_lying_in(store: Store, scope: Scope, at: str, kind: str | None = None) -> set[str]:
    return {body for body, share in ids_within(store, scope, at, kind).items() if share and share >= LEAST}


def area_maps(
    store: Store,
    days: Iterable[AnyDay],
    kind: str | None = None,
    within: str | None = None,
    include: Include = IN_FORCE,
) -> list[AreaMap]:
    """The areas of the bodies of a kind on several days; before or after its time, of the kind in its place.

    Raises as `area_map` does.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     maps = area_maps(store, ["2015-03-31", "2015-04-01"], "area_team")
    >>> [(area_map.layer.kind, len(area_map.areas)) for area_map in maps]
    [('area_team', 25), ('local_office', 13)]
    """
    asked = [day_of(day) for day in days]
    kind = parse_kind(kind) if kind else None
    drawn = {(layer.kind, day) for layer in layers() for day in asked if layer.holds(day)}
    maps = []
    for day in asked:
        others = [one for one in in_place_of(kind) if (one, day) in drawn] if kind else []
        asked_in_vain = (kind, day) not in drawn and any((kind, other) in drawn for other in asked)
        maps.append(area_map(store, day, others[0] if asked_in_vain and others else kind, within, include))
    return maps


def _area(
    store: Store, row: AreaRow, bodies: dict[str, Entity], of_day: dict[str, str]
) -> OutlinedBody | None:
    """The area of a row if it is one of these bodies': named, or found by the code of the day, or by an older one."""
    if row.body:
        body = bodies.get(row.body)
    elif row.gss in of_day:
        body = bodies.get(of_day[row.gss])
    else:
        body = next((bodies[one] for one in store.ids_of_code(row.gss) if one in bodies), None)
    if body is None:
        return None
    return OutlinedBody(body, row.gss or dict(body.codes).get("gss", ""), row.outline, row.joined_from)


def passing(store: Store, maps: list[AreaMap]) -> BodyChanges:
    """The changes of the bodies on several maps between the first day and the last."""
    days = sorted(area_map.at for area_map in maps)
    bodies = {area.body.id for area_map in maps for area in area_map.areas}
    bodies |= {body.id for area_map in maps for body in area_map.missing}
    events = {
        event.id: (event, tuple(parts))
        for event, parts in store.events(after=days[0], until=days[-1])
        if any(part.predecessor in bodies or part.successor in bodies for part in parts)
    }
    ends = {
        end for _, parts in events.values() for part in parts for end in (part.predecessor, part.successor)
    }
    named = {entity.id: entity for entity in store.entities(ids=sorted(ends - {""}))}
    return BodyChanges(events, named, store.sources({event.source for event, _ in events.values()}))


def _layer_of(at: str, kind: str | None) -> Layer:
    known_layers = layers()
    # Whose areas are drawn if no kind is asked for: those that commissioned on the day.
    wanted = (kind,) if kind else [one for one in kinds_with("local_commissioner") if _commissions(one)]
    known = [layer for layer in known_layers if layer.kind in wanted]
    for layer in known:
        if layer.holds(at):
            return layer
    bodies_meant = kinds()[kind].plural if kind else "local commissioners"
    if not known:
        have = ", ".join(dict.fromkeys(kinds()[layer.kind].prefix for layer in known_layers))
        raise NothingFound(f"The tables hold no outlines of {bodies_meant}. They have: {have}.")
    days = "; ".join(f"{first} until {until or 'now'}" for first, until in _stretches(known))
    raise NothingFound(f"The tables hold no outlines of {bodies_meant} for {at}. They have: {days}.")


def _commissions(kind: str) -> bool:
    return "commissioner" in kinds()[kind].roles


def _stretches(layers: list[Layer]) -> list[tuple[str, str]]:
    """The days that layers hold on, without a break where one follows another."""
    found: list[tuple[str, str]] = []
    for first, until in sorted((layer.valid_from, layer.valid_until) for layer in layers):
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], until)
        else:
            found.append((first, until))
    return found


def _rows(name: str, columns: list[str]) -> Iterator[list[str]]:
    path = Path(data_folder()) / "boundaries" / name
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataBroken(f"{path}: cannot be read ({error}). Restore it from the repository.") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    if (header := next(reader, [])) != columns:
        raise DataBroken(f"{path}:1: the columns are {header}, expected {columns}.")
    for row in reader:
        if len(row) != len(columns):
            raise DataBroken(f"{path}:{reader.line_num}: {len(row)} columns, not {len(columns)}.")
        yield row


@cache
def layers() -> tuple[Layer, ...]:
    """Every layer that the tables hold outlines of."""
    return tuple(Layer(*row) for row in _rows("layers.csv", list(Layer._fields)))


@cache
def _areas() -> dict[str, list[AreaRow]]:
    """The areas of each layer."""
    found: dict[str, list[AreaRow]] = {}
    columns = ["layer", "gss", "body", "name", "outline", "joined_from"]
    for layer, gss, body, _, outline, joined_from in _rows("areas.csv.gz", columns):
        found.setdefault(layer, []).append(AreaRow(gss, body, int(outline), joined_from))
    return found


@cache
def _rings() -> dict[int, str]:
    return {int(number): rings for number, rings in _rows("outlines.csv.gz", ["outline", "rings"])}


def outlines_of(wanted: set[int]) -> dict[int, tuple[Ring, ...]]:
    """The outlines with these numbers, each as its rings on the grid.

    >>> sorted(outlines_of({1})) == [1]
    True
    """
    return {one: tuple(_ring(ring) for ring in _rings()[one].split(";")) for one in sorted(wanted)}


def _ring(steps: str) -> Ring:
    numbers = [int(number) for number in steps.split()]
    x = y = 0
    points = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return tuple(points)


@cache
def map_points() -> tuple[MapPoint, ...]:
    """Where the towns and villages of England lie, the largest first.

    >>> map_points()[0].name
    'London'
    """
    rows = _rows("points.csv.gz", list(MapPoint._fields))
    return tuple(MapPoint(name, within, int(x), int(y), int(people)) for name, within, x, y, people in rows)
