"""The outlines for maps: small, whole, the same as what they were made from, and no part of any store."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.compile.boundaries.boundaries import (
    JOINED,
    LAYERS,
    Boundaries,
    Joined,
    OutlineFile,
    compile_boundaries,
)
from orgmap.loaders.compile.boundaries.joining import GRID
from orgmap.loaders.dataset import dataset_folders
from orgmap.loaders.published import read_text
from orgmap.queries.structure.boundaries import _areas, layers, outlines_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FOLDER = data_folder() / "boundaries"
only_where_published = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)


def test_they_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 1_000_000


def test_no_store_is_built_from_them() -> None:
    assert FOLDER not in dataset_folders(data_folder())


def test_every_layer_has_a_known_kind_and_its_areas() -> None:
    made = (*LAYERS, *JOINED)
    assert [layer.layer for layer in layers()] == [layer.layer for layer in made]
    for layer, expected in zip(layers(), made, strict=True):
        assert layer.kind in kinds()
        assert layer.valid_from < (layer.valid_until or "9999")
        rows = _areas()[layer.layer]
        if layer.layer not in ("LAD11", "LAD23"):  # the published files hold unitary councils too
            assert len(rows) == expected.expected
        assert len({row.gss or row.body for row in rows}) == len(rows)
        assert all(bool(row.gss) != bool(row.body) for row in rows)


def test_layers_of_a_kind_do_not_overlap() -> None:
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for layer in layers():
        by_kind.setdefault(layer.kind, []).append((layer.valid_from, layer.valid_until or "9999"))
    for periods in by_kind.values():
        periods.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(periods))


def test_every_area_has_an_outline_within_england() -> None:
    wanted = {row.outline for rows in _areas().values() for row in rows}
    found = outlines_of(wanted)
    assert set(found) == wanted
    for rings in found.values():
        for ring in rings:
            assert len(ring) > 2
            assert all(-6.5 < x / GRID < 1.8 and 49.8 < y / GRID < 55.9 for x, y in ring)


@only_where_published
def test_an_outline_read_back_is_the_published_one() -> None:
    path = SHARED / "data/ons/derived/boundaries/CCG13.geojson.gz"
    published = {one["properties"]["code"]: one for one in json.loads(read_text(path, "utf-8"))["features"]}
    areas = {row.gss: row.outline for row in _areas()["CCG13"]}
    for code in ("E38000184", "E38000002", "E38000010"):
        geometry = published[code]["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = outlines_of({areas[code]})[areas[code]]
        told = {(x, y) for ring in rings for x, y in ring}
        expected = {(round(x * GRID), round(y * GRID)) for part in parts for ring in part for x, y in ring}
        assert told == expected


@only_where_published
def test_compiled_again_they_are_the_same(tmp_path: Path) -> None:
    compile_boundaries(SHARED, data_folder()).write(tmp_path)
    for file in FOLDER.iterdir():
        assert (tmp_path / "boundaries" / file.name).read_bytes() == file.read_bytes()


def test_a_layer_that_lost_an_area_is_refused() -> None:
    layer = OutlineFile("X", "nhs_region", "2013-04-01", 2)
    with pytest.raises(DataBroken, match="0 areas where 2 are expected"):
        Boundaries().add(layer, [], Path("x.geojson"), {})


def test_an_outline_that_is_not_closed_is_refused() -> None:
    layer = OutlineFile("X", "nhs_region", "2013-04-01", 1)
    open_ring = {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53]]]}
    feature = {"properties": {"code": "E1", "name": "X"}, "geometry": open_ring}
    with pytest.raises(DataBroken, match="not closed"):
        Boundaries().add(layer, [feature], Path("x.geojson"), {})


def _square(west: int) -> dict[str, object]:
    corners = [[west, 52], [west + 1, 52], [west + 1, 53], [west, 53], [west, 52]]
    return {
        "properties": {"code": f"E{west}", "name": ""},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def test_a_ground_that_no_outlines_make_up_is_refused() -> None:
    made = Boundaries()
    known = {"E0": frozenset({"area:0"}), "E1": frozenset({"area:1"})}
    parts = OutlineFile("PARTS", "nhs_region", "2013-04-01", 2, "2014-04-01")
    made.add(parts, [_square(0), _square(1)], Path("x.geojson"), known)
    whole = Joined("WHOLE", "nhs_region", "2014-04-01", 1, ("PARTS",), joined_from="regions of 2013")
    made.join(whole, {"region:X": ("", frozenset({"area:0", "area:1"}))})
    assert made.areas[-1] == ("WHOLE", "", "region:X", "", "3", "regions of 2013")
    with pytest.raises(DataBroken, match="no outline shows area:2 of region:X"):
        made.join(whole, {"region:X": ("", frozenset({"area:0", "area:2"}))})
