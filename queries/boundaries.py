"""Where the bodies of a day lie: their areas with the outlines that the tables hold."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graphmodel.datafiles import data_folder
from graphmodel.errors import DataBroken, NothingFound
from graphmodel.model import ChangeEvent, Entity, Source, Succession
from graphmodel.store import Store
from graphmodel.vocabulary import kinds
from queries.horizons import check_day, horizon_notes
from queries.scope import ids_within, scope_of

COMMISSIONERS = ("primary_care_trust", "clinical_commissioning_group", "integrated_care_board")
"""Whose areas are drawn if no kind is asked for: those that commissioned on the day."""

GRID = 10_000
"""Steps of the outlines in one degree."""

Ring = tuple[tuple[int, int], ...]
"""A closed line, as points (longitude, latitude) on the grid."""


class Layer(NamedTuple):
    """The areas of one kind on the days from `valid_from` until before `valid_until`."""

    layer: str
    kind: str
    valid_from: str
    valid_until: str
    note: str

    def holds(self, at: str) -> bool:
        """Whether the layer is right for a day."""
        return self.valid_from <= at and (not self.valid_until or at < self.valid_until)


class Area(NamedTuple):
    """A body with its area: the code by which the outline was found, and the number of the outline."""

    body: Entity
    gss: str
    outline: int


class Passing(NamedTuple):
    """What happened to a body between two days: events with all their successions, and the bodies they name."""

    events: dict[str, tuple[ChangeEvent, tuple[Succession, ...]]]
    named: dict[str, Entity]
    sources: dict[str, Source]


class AreaMap(NamedTuple):
    """The areas of one kind on one day; `missing` are bodies in force whose outline the tables lack."""

    at: str
    layer: Layer
    place: str
    areas: tuple[Area, ...]
    missing: tuple[Entity, ...]
    outlines: dict[int, tuple[Ring, ...]]
    sources: dict[str, Source]
    notes: tuple[str, ...]


def area_map(store: Store, at: str, kind: str | None = None, within: str | None = None) -> AreaMap:
    """The areas of the bodies of a kind on a day, in England or within a place.

    Raises `NothingFound` where the tables hold no outlines for that kind and day, or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     len(area_map(store, "2013-04-01").areas)
    211
    """
    check_day(store, at)
    layer = _layer_of(at, kind)
    bodies = {body.id: body for body in store.entities(kind=layer.kind, at=at)}
    place = "England"
    if within:
        scope = scope_of(store, within, at)
        found = ids_within(store, scope, at, layer.kind)
        bodies = {one: body for one, body in bodies.items() if found.get(one, 0.0) >= 0.01}
        place = scope.label
    by_code = {dict(body.codes).get("gss", ""): body for body in bodies.values()}
    areas = []
    for gss, outline in _areas()[layer.layer]:
        body = by_code.get(gss) or next(
            (bodies[one] for one in store.ids_of_code(gss) if one in bodies), None
        )
        if body:
            areas.append(Area(body, gss, outline))
    if not areas:
        raise NothingFound(f"No {kinds()[layer.kind].label} with an area known is in {place} on {at}.")
    drawn = {area.body.id for area in areas}
    missing = tuple(body for one, body in bodies.items() if one not in drawn)
    notes = [f"Areas of {kinds()[layer.kind].plural} on {at}: {layer.note}."] if layer.note else []
    return AreaMap(
        at,
        layer,
        place,
        tuple(sorted(areas, key=lambda area: (area.body.label, area.gss))),
        missing,
        _outlines({area.outline for area in areas}),
        store.sources({area.body.source for area in areas}),
        (*notes, *horizon_notes(store, {layer.kind}, at)),
    )


def passing(store: Store, maps: list[AreaMap]) -> Passing:
    """The changes of the bodies on several maps between the first day and the last."""
    days = sorted(told.at for told in maps)
    bodies = {area.body.id for told in maps for area in told.areas}
    bodies |= {body.id for told in maps for body in told.missing}
    events = {
        event.id: (event, tuple(parts))
        for event, parts in store.events(after=days[0], until=days[-1])
        if any(part.predecessor in bodies or part.successor in bodies for part in parts)
    }
    ends = {
        end for _, parts in events.values() for part in parts for end in (part.predecessor, part.successor)
    }
    named = {entity.id: entity for entity in store.entities(ids=sorted(ends - {""}))}
    return Passing(events, named, store.sources({event.source for event, _ in events.values()}))


def _layer_of(at: str, kind: str | None) -> Layer:
    layers = _layers()
    wanted = (kind,) if kind else COMMISSIONERS
    known = [layer for layer in layers if layer.kind in wanted]
    for layer in known:
        if layer.holds(at):
            return layer
    told = kinds()[kind].plural if kind else "local commissioners"
    if not known:
        have = ", ".join(dict.fromkeys(kinds()[layer.kind].prefix for layer in layers))
        raise NothingFound(f"The tables hold no outlines of {told}. They have: {have}.")
    days = "; ".join(f"{layer.valid_from} until {layer.valid_until or 'now'}" for layer in known)
    raise NothingFound(f"The tables hold no outlines of {told} for {at}. They have: {days}.")


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
def _layers() -> tuple[Layer, ...]:
    return tuple(Layer(*row) for row in _rows("layers.csv", list(Layer._fields)))


@cache
def _areas() -> dict[str, list[tuple[str, int]]]:
    """The areas of each layer: the code and the number of the outline."""
    found: dict[str, list[tuple[str, int]]] = {}
    for layer, gss, _, outline in _rows("areas.csv.gz", ["layer", "gss", "name", "outline"]):
        found.setdefault(layer, []).append((gss, int(outline)))
    return found


@cache
def _rings() -> dict[int, str]:
    return {int(number): rings for number, rings in _rows("outlines.csv.gz", ["outline", "rings"])}


def _outlines(wanted: set[int]) -> dict[int, tuple[Ring, ...]]:
    return {one: tuple(_ring(ring) for ring in _rings()[one].split(";")) for one in sorted(wanted)}


def _ring(steps: str) -> Ring:
    numbers = [int(number) for number in steps.split()]
    x = y = 0
    points = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return tuple(points)
