"""Points of towns and villages: each where its council is, each of a place that the tables know or of none."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.compile.boundaries.points import point_rows
from orgmap.queries.structure.boundaries import GRID, map_points

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def test_well_known_towns_lie_where_they_lie() -> None:
    places = {(point.name, point.within): (point.x / GRID, point.y / GRID) for point in map_points()}
    assert places["Margate", "Thanet"] == pytest.approx((1.386, 51.381), abs=0.01)
    assert places["Ashford", "Ashford"] == pytest.approx((0.87, 51.15), abs=0.02)
    assert places["Ashford", "Spelthorne"] == pytest.approx((-0.46, 51.43), abs=0.02)
    assert places["Truro", "Cornwall"] == pytest.approx((-5.05, 50.26), abs=0.02)
    assert places["Newcastle upon Tyne", "Newcastle upon Tyne"] == pytest.approx((-1.61, 54.97), abs=0.02)


def test_a_point_is_of_a_place_of_the_tables_or_of_none_and_no_place_has_two() -> None:
    with gzip.open(
        data_folder() / "places" / "place_names.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        known = {(row["name"], row["within"]) for row in csv.DictReader(file)}
    of_places = [(point.name, point.within) for point in map_points() if point.within]
    assert len(of_places) == len(set(of_places)) > 4_500
    assert set(of_places) <= known
    assert len(map_points()) - len(of_places) < 50


def test_the_largest_come_first_and_all_lie_in_england() -> None:
    people = [point.people for point in map_points()]
    assert people == sorted(people, reverse=True)
    assert all(-65_000 < point.x < 18_000 and 499_000 < point.y < 558_500 for point in map_points())


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)
def test_they_are_those_of_the_published_list() -> None:
    made = point_rows(SHARED, data_folder())
    assert [(name, within, int(x), int(y), int(people)) for name, within, x, y, people in made] == [
        tuple(point) for point in map_points()
    ]
