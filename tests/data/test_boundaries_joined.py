"""Outlines for days that have no published ones: every body has one, and they make up England as their parts do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from shapely import Point, make_valid, transform, union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.store import Store
from orgmap.loaders.compile.boundaries.grounds import grounds
from orgmap.loaders.compile.boundaries.joining import GRID, shape_of
from orgmap.loaders.open import open_store
from orgmap.loaders.published import read_text
from orgmap.queries.structure.boundaries import area_map, layers, outlines_of
from tests.data.test_boundaries import SHARED, only_where_published

DAYS = [
    (layer.kind, layer.valid_from, day_before(layer.valid_until) if layer.valid_until else "2026-11-01")
    for layer in layers()
]
WHOLE_ENGLAND = [
    ("local_office", "2016-04-01"),
    ("local_office", "2018-04-01"),
    ("local_office", "2019-04-01"),
    ("nhs_region", "2018-04-01"),
    ("nhs_region", "2019-04-01"),
    ("nhs_region", "2022-07-01"),
    ("nhs_region", "2026-04-01"),
    ("sustainability_and_transformation_partnership", "2016-04-01"),
    ("sub_icb_location", "2023-04-01"),
    ("integrated_care_board", "2023-04-01"),
    ("integrated_care_board", "2026-04-01"),
    ("primary_care_trust_cluster", "2012-01-01"),
    ("strategic_health_authority_cluster", "2012-01-01"),
]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as store:
        yield store


@cache
def _shape(outline: int) -> BaseGeometry:
    return shape_of(outlines_of({outline})[outline])


def _shapes(store: Store, kind: str, at: str) -> dict[str, BaseGeometry]:
    return {area.body.id: _shape(area.outline) for area in area_map(store, at, kind).areas}


@pytest.fixture(scope="module")
def england(store: Store) -> BaseGeometry:
    return union_all(list(_shapes(store, "integrated_care_board", "2022-07-01").values()))


@pytest.mark.parametrize(("kind", "first", "last"), DAYS)
def test_every_body_in_force_has_one_outline_on_every_day(
    store: Store, kind: str, first: str, last: str
) -> None:
    for day in (first, last):
        told = area_map(store, day, kind)
        assert told.missing == ()
        drawn = [area.body.id for area in told.areas]
        assert sorted(drawn) == sorted({body.id for body in store.entities(kind=kind, at=day)})


def test_an_outline_stands_for_one_ground_and_a_ground_has_one_outline(store: Store) -> None:
    of_ground: dict[tuple[str, frozenset[str]], set[int]] = {}
    of_outline: dict[int, set[frozenset[str]]] = {}
    for kind, first, last in DAYS:
        for day in (first, last):
            found = grounds(store, kind, day)
            for area in area_map(store, day, kind).areas:
                of_ground.setdefault((kind, found[area.body.id]), set()).add(area.outline)
                of_outline.setdefault(area.outline, set()).add(found[area.body.id])
    assert [key for key, outlines in of_ground.items() if len(outlines) > 1] == []
    assert [key for key, found in of_outline.items() if len(found) > 1] == []


@pytest.mark.parametrize(("kind", "day"), WHOLE_ENGLAND)
def test_they_make_up_england_without_gaps_or_overlaps(
    store: Store, england: BaseGeometry, kind: str, day: str
) -> None:
    shapes = _shapes(store, kind, day)
    together = union_all(list(shapes.values()))
    assert sum(one.area for one in shapes.values()) == pytest.approx(together.area, rel=1e-4)
    assert together.symmetric_difference(england).area < england.area * 3e-4


def test_a_joined_outline_is_as_large_as_its_parts(store: Store) -> None:
    boards = _shapes(store, "integrated_care_board", "2026-04-01")
    locations = _shapes(store, "sub_icb_location", "2026-04-01")
    parts: dict[str, list[str]] = {}
    for fact in store.relationships(objects=boards, verbs=["part_of"], at="2026-04-01"):
        if fact.subject.startswith("sicbl:"):
            parts.setdefault(fact.object, []).append(fact.subject)
    assert set(parts) == set(boards)
    for board, one in boards.items():
        inside = union_all([locations[part] for part in parts[board]])
        assert one.area == pytest.approx(inside.area, rel=2e-3)
        assert inside.difference(one).area < inside.area * 2e-3


def test_frimley_is_divided_whole_among_three_boards(store: Store) -> None:
    frimley = _shapes(store, "integrated_care_board", "2026-03-31")["icb:QNQ"]
    boards = _shapes(store, "integrated_care_board", "2026-04-01")
    pieces = {one: frimley.intersection(boards[one]).area for one in ("icb:S0E4D", "icb:S9B9J", "icb:QRL")}
    assert min(pieces.values()) > frimley.area * 0.1
    assert sum(pieces.values()) == pytest.approx(frimley.area, rel=3e-3)


@pytest.mark.parametrize(
    ("town", "north", "east", "board"),
    [
        ("Slough", 51.511, -0.595, "icb:S0E4D"),
        ("Windsor", 51.482, -0.614, "icb:S0E4D"),
        ("Bracknell", 51.416, -0.749, "icb:S0E4D"),
        ("Camberley", 51.337, -0.745, "icb:S9B9J"),
        ("Farnham", 51.215, -0.799, "icb:S9B9J"),
        ("Aldershot", 51.248, -0.763, "icb:QRL"),
        ("Fleet", 51.284, -0.844, "icb:QRL"),
        ("Winchester", 51.063, -1.308, "icb:QRL"),
        ("Brighton", 50.829, -0.137, "icb:S9B9J"),
        ("Oxford", 51.752, -1.258, "icb:S0E4D"),
    ],
)
def test_towns_lie_in_the_board_that_took_over(
    store: Store, town: str, north: float, east: float, board: str
) -> None:
    place = Point(east * GRID, north * GRID)
    boards = _shapes(store, "integrated_care_board", "2026-04-01")
    assert [one for one, area in boards.items() if area.covers(place)] == [board], town


def test_a_district_is_drawn_with_a_published_outline_but_for_the_one_that_came_and_went(
    store: Store,
) -> None:
    for day, count in (("2019-04-01", 192), ("2020-04-01", 188), ("2021-04-01", 181)):
        told = area_map(store, day, "district_council")
        assert len(told.areas) == count
        assert [area.body.name for area in told.areas if area.joined_from] == [
            "Somerset West and Taunton Council"
        ]


def _published(file: str) -> list[dict[str, Any]]:
    path = SHARED / "data/ons/boundaries" / file
    features: list[dict[str, Any]] = json.loads(read_text(path, "utf-8"))["features"]
    return features


@only_where_published
def test_joined_regions_agree_with_the_published_ones_of_2024(store: Store) -> None:
    shapes = {area.gss: _shape(area.outline) for area in area_map(store, "2024-01-01", "nhs_region").areas}
    features = _published("nhser24_bsc.geojson.gz")
    assert len(features) == len(shapes) == 7
    for one in features:
        ours = shapes[one["properties"]["NHSER24CD"]]
        theirs = make_valid(transform(shape(one["geometry"]), lambda points: points * GRID))
        assert ours.intersection(theirs).area / ours.union(theirs).area > 0.99
