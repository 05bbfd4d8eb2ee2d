"""Compiles the outlines of bodies' areas for `orgmap draw map`: one layer for each kind and vintage.

The outlines stand beside the datasets: no store is built from them, and no question but a map reads them. What
a body of other days covers is read from the graph; its outline is that of the same ground in some layer, or is
joined from the outlines of its parts.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.stores.memory import NetworkxStore
from orgmap.loaders.build import fill_networkx
from orgmap.loaders.compile.boundaries.grounds import Ground, grounds
from orgmap.loaders.compile.boundaries.joining import GRID, Ring, cut, joined, rings_of, shape_of
from orgmap.loaders.compile.boundaries.points import COLUMNS as POINT_COLUMNS
from orgmap.loaders.compile.boundaries.points import point_rows
from orgmap.loaders.curated import records
from orgmap.loaders.published import read_text
from orgmap.loaders.reading import tables_of


class OutlineFile(NamedTuple):
    """One layer: the file's name, the kind of its bodies, on which days it holds, and how many areas it must have."""

    layer: str
    kind: str
    valid_from: str
    expected: int
    valid_until: str = ""
    note: str = ""


class Joined(NamedTuple):
    """A layer for days without published outlines: every body's is that of its parts in other layers, joined.

    `parts` are layers; `joined_from` is what the parts are called on a page.
    """

    layer: str
    kind: str
    valid_from: str
    expected: int
    parts: tuple[str, ...]
    valid_until: str = ""
    joined_from: str = ""
    note: str = ""


class Extra(NamedTuple):
    """A published file of which only those outlines are taken whose ground no layer has."""

    file: str
    column: str
    kind: str
    day: str


LAYERS = records("boundaries/layers", OutlineFile, key="layer")
"""Every layer of which a file of outlines was published."""

EXTRAS = records("boundaries/extras", Extra, key="file")
"""Two boards and two locations changed in April 2023, at Chichester; these files have the new outlines."""


JOINED = records("boundaries/joined", Joined, key="layer")
"""Layers for other days; a body whose ground some published outline shows has that outline, not a joined one."""

CUT_ALONG = "UTLA23"
"""The layer along which a part is cut that went to several bodies."""


def write_tables(
    folder: Path,
    layers: Sequence[tuple[str, ...]],
    areas: Sequence[tuple[str, ...]],
    outlines: Mapping[str, int],
) -> None:
    """Writes layers, areas and outlines into a folder, each file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(str(number), outline) for outline, number in outlines.items()]
    columns = ("layer", "gss", "body", "name", "outline", "joined_from")
    _write(folder / "layers.csv", _table(("layer", "kind", "valid_from", "valid_until", "note"), layers))
    _write(folder / "areas.csv.gz", _packed(_table(columns, sorted(areas))))
    _write(folder / "outlines.csv.gz", _packed(_table(("outline", "rings"), rows)))


def write_points(folder: Path, points: Sequence[tuple[str, ...]]) -> None:
    """Writes where towns and villages lie."""
    _write(folder / "points.csv.gz", _packed(_table(POINT_COLUMNS, points)))


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _packed(raw: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
        file.write(raw)
    return packed.getvalue()


def _write(path: Path, raw: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(raw)
    os.replace(beside, path)


FOLDER = "data/ons/derived/boundaries"


class Boundaries:
    """The compiled layers, areas and outlines, ready to be written."""

    def __init__(self) -> None:
        self.layers: list[tuple[str, ...]] = []
        self.areas: list[tuple[str, ...]] = []
        self.outlines: dict[str, int] = {}
        self.points: list[tuple[str, ...]] = []
        self._rings: dict[int, tuple[Ring, ...]] = {}
        self._published: dict[Ground, int] = {}
        self._joined: dict[tuple[str, Ground], tuple[int, str]] = {}
        self._parts: dict[str, list[tuple[Ground, int]]] = {}

    def add(
        self, layer: OutlineFile, features: list[dict[str, Any]], where: Path, known: Mapping[str, Ground]
    ) -> None:
        """Adds a published layer; every outline that an earlier layer had is kept once.

        `known` is the ground of each body by its area code.
        """
        if len(features) != layer.expected:
            raise DataBroken(f"{where}: {len(features)} areas where {layer.expected} are expected.")
        self.layers.append((layer.layer, layer.kind, layer.valid_from, layer.valid_until, layer.note))
        for feature in features:
            properties = feature["properties"]
            if layer.kind == "district_council" and not properties["code"].startswith("E07"):
                continue  # the file also holds unitary councils, which are no districts
            number = self._number(tuple(_rings(feature["geometry"], where)))
            self.areas.append((layer.layer, properties["code"], "", properties["name"], str(number), ""))
            if ground := known.get(properties["code"]):
                self._keep(layer.layer, ground, number)
                self._published.setdefault(ground, number)

    def add_missing(
        self, extra: Extra, features: list[dict[str, Any]], where: Path, known: Mapping[str, Ground]
    ) -> None:
        """Takes the outlines whose ground no layer shows, simplified as the others are."""
        for feature in features:
            ground = known.get(feature["properties"][extra.column])
            if ground and ground not in self._published:
                rings = rings_of(shape_of(_rings(feature["geometry"], where)))
                self._published[ground] = self._number(rings)

    def join(self, layer: Joined, bodies: Mapping[str, tuple[str, Ground]]) -> None:
        """Adds a layer of bodies (name and ground by id); outlines that were not published are joined from parts."""
        if len(bodies) != layer.expected:
            raise DataBroken(f"{layer.layer}: {len(bodies)} bodies where {layer.expected} are expected.")
        self.layers.append((layer.layer, layer.kind, layer.valid_from, layer.valid_until, layer.note))
        for body, (name, ground) in sorted(bodies.items()):
            number, joined_from = self._outline(layer, body, ground)
            self.areas.append((layer.layer, "", body, name, str(number), joined_from))
            self._keep(layer.layer, ground, number)

    def write(self, data: Path) -> None:
        """Writes `data/boundaries`, the same bytes for the same outlines."""
        write_tables(data / "boundaries", self.layers, self.areas, self.outlines)
        write_points(data / "boundaries", self.points)

    def _number(self, rings: tuple[Ring, ...]) -> int:
        number = self.outlines.setdefault(";".join(_steps(ring) for ring in rings), len(self.outlines) + 1)
        self._rings[number] = rings
        return number

    def _keep(self, layer: str, ground: Ground, number: int) -> None:
        self._parts.setdefault(layer, []).append((ground, number))

    def _outline(self, layer: Joined, body: str, ground: Ground) -> tuple[int, str]:
        """The number of the outline of a ground, and what it is joined from if no published one shows it."""
        if ground in self._published:
            return self._published[ground], ""
        if not layer.joined_from:
            raise DataBroken(f"{layer.layer}: no published outline shows the ground of {body}.")
        # The same ground on other days keeps its outline, so that nothing seems to have moved.
        if (layer.kind, ground) not in self._joined:
            rings, joined_from = self._join(layer, body, ground)
            self._joined[layer.kind, ground] = self._number(rings), joined_from
        return self._joined[layer.kind, ground]

    def _join(self, layer: Joined, body: str, ground: Ground) -> tuple[tuple[Ring, ...], str]:
        """The outline of a ground and what it is of: all parts that lie in it, pieces of those that do so in part."""
        parts = [part for one in layer.parts for part in self._parts[one]]
        inside = [part for part in parts if part[0] <= ground]
        shapes = [shape_of(self._rings[number]) for _, number in inside]
        left, joined_from = ground.difference(*(part for part, _ in inside)), layer.joined_from
        for part, number in parts:
            if piece := part & left:
                councils = [one for one in self._parts[CUT_ALONG] if one[0] & piece]
                if part.intersection(frozenset().union(*(one for one, _ in councils))) != piece:
                    raise DataBroken(f"{layer.layer}: no councils tell what of {number} belongs to {body}.")
                shapes.append(
                    cut(shape_of(self._rings[number]), [shape_of(self._rings[one]) for _, one in councils])
                )
                left -= piece
                joined_from = f"{layer.joined_from}, one of them cut along council boundaries"
        if left:
            raise DataBroken(f"{layer.layer}: no outline shows {', '.join(sorted(left))} of {body}.")
        return rings_of(joined(shapes)), joined_from


def compile_boundaries(published: Path, data: Path) -> Boundaries:
    """All layers: the published outlines, and those joined for the bodies in the tables of `data`.

    Raises `DataBroken` where a layer has another number of areas than expected, an outline is not closed, or the
    outlines of a body's parts do not make up its ground.
    """
    made, store = Boundaries(), _graph(data)
    for layer in LAYERS:
        where, features = _features(published, f"{FOLDER}/{layer.layer}.geojson")
        day = day_before(layer.valid_until) if layer.valid_until else layer.valid_from
        made.add(layer, features, where, _by_code(store, layer.kind, day, features, "code"))
    for extra in EXTRAS:
        where, features = _features(published, extra.file)
        made.add_missing(
            extra, features, where, _by_code(store, extra.kind, extra.day, features, extra.column)
        )
    for derived in JOINED:
        found = grounds(store, derived.kind, derived.valid_from)
        names = {body.id: body.name for body in store.entities(ids=found, at=derived.valid_from)}
        made.join(derived, {body: (names[body], ground) for body, ground in found.items()})
    made.points.extend(point_rows(published, data))
    return made


def _graph(data: Path) -> NetworkxStore:
    """The graph of the tables, without its postcodes: they take long, and no outline needs them."""
    rows = tables_of(data)
    return fill_networkx(lambda table: () if table in ("postcodes", "place_names") else rows(table))


def _features(published: Path, name: str) -> tuple[Path, list[dict[str, Any]]]:
    found = sorted(published.glob(f"{name}*"))
    if not found:
        raise DataBroken(f"{published / name}: the outlines are missing.")
    try:
        features: list[dict[str, Any]] = json.loads(read_text(found[0], "utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataBroken(f"{found[0]}: is no GeoJSON ({error}).") from error
    return found[0], features


def _by_code(
    store: Store, kind: str, at: str, features: list[dict[str, Any]], column: str
) -> dict[str, Ground]:
    """The ground of the bodies of a day, by the area codes of a file: those of the day, or else any they ever had."""
    found = grounds(store, kind, at)
    codes = {dict(body.codes).get("gss", ""): body.id for body in store.entities(kind=kind, at=at)}
    known = {}
    for feature in features:
        code = feature["properties"][column]
        body = codes.get(code) or next((one for one in store.ids_of_code(code) if one in found), "")
        if body:
            known[code] = found[body]
    return known


def _rings(geometry: dict[str, Any], where: Path) -> Iterator[Ring]:
    """The outer and inner rings of an area on the grid, those that vanish on it left out."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        for ring in part:
            if ring[0] != ring[-1]:
                raise DataBroken(f"{where}: an outline is not closed at {ring[0]}.")
            points: list[tuple[int, int]] = []
            for longitude, latitude in ring[:-1]:
                point = (round(longitude * GRID), round(latitude * GRID))
                if not points or point != points[-1]:
                    points.append(point)
            if len(points) > 2:
                yield tuple(points)


def _steps(ring: Ring) -> str:
    """A ring as its first point, then the steps from point to point; the last step back is left out."""
    numbers = [*ring[0]]
    for (x, y), (next_x, next_y) in pairwise(ring):
        numbers += [next_x - x, next_y - y]
    return " ".join(str(number) for number in numbers)
