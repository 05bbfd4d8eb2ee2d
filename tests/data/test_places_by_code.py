"""Wards of every year, and parishes, by their codes: each in its council, with how well its extent is known."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from orgmap.loaders.compile.places.bodies import council_area_names, council_ids
from orgmap.loaders.published import read_table
from tests.data.one_dataset import SHARED, needs_shared, rows_of

ROWS = rows_of("places", "place_codes")
BY_CODE = defaultdict(list)
for _row in ROWS:
    BY_CODE[_row["code"]].append(_row)

EVER_COVERED = defaultdict(set)
for _row in rows_of("places", "relationships"):
    EVER_COVERED[_row["subject"]].add(_row["object"])


def test_as_many_wards_and_parishes_as_the_lists_have() -> None:
    kinds = Counter(rows[0]["kind"].partition(" (")[0] for rows in BY_CODE.values())
    assert (kinds["ward"], kinds["parish"]) == (6784, 10480)
    years = {kind.removeprefix("ward of "): n for kind, n in kinds.items() if kind.startswith("ward of ")}
    assert sum(years.values()) == 6146
    assert (years["2016"], years["2025"], years["2026"]) == (5145, 335, 371)


@pytest.mark.parametrize(
    ("code", "name", "kind", "within", "areas"),
    [
        ("E05000026", "Abbey", "ward of 2016", "Barking and Dagenham", 1),
        ("E05001411", "Adel and Wharfedale", "ward of 2016 (by its middle)", "Leeds", 1),
        ("E05007420", "Farnham Castle", "ward of 2016 (by its middle)", "Waverley", 1),
        ("E05000932", "Ainsdale", "ward", "Sefton", 1),
        ("E04000001", "Blackrod", "parish", "Bolton", 1),
    ],
)
def test_a_code_leads_to_its_name_council_and_areas(
    code: str, name: str, kind: str, within: str, areas: int
) -> None:
    rows = BY_CODE[code]
    assert {(row["name"], row["kind"], row["within"]) for row in rows} == {(name, kind, within)}
    assert len(rows) == areas


def test_the_parts_of_a_parish_or_a_ward_of_another_year_make_the_whole() -> None:
    for code, rows in BY_CODE.items():
        if rows[0]["kind"].startswith(("parish", "ward of ")):
            assert sum(int(row["population"]) for row in rows) == 10_000, code


def test_a_ward_placed_by_its_middle_lies_in_one_area() -> None:
    assert {len(rows) for rows in BY_CODE.values() if "middle" in rows[0]["kind"]} == {1}


@needs_shared
@pytest.mark.parametrize(
    ("table", "code", "council"),
    [
        ("drkane_wards_latlong.csv.gz", "WDCD", "LADCD"),
        ("onsvisual_cp_places.csv.gz", "areacd", "parentcd"),
    ],
)
def test_checked_back_every_listed_ward_and_parish_lies_in_its_council(
    table: str, code: str, council: str
) -> None:
    ids, names = council_ids(SHARED), council_area_names(SHARED)
    rows = [
        row
        for _, row in read_table(SHARED / "data" / "ons" / "places" / table, code, council)
        if row[code].startswith(("E04", "E05")) and row[council][:3] in ("E06", "E07", "E08", "E09")
    ]
    assert len(rows) > 10_000
    for row in rows:
        if row[code] == "E05014284":
            continue  # a ward of 2022 that lies in two districts of before
        own = ids[row[council]]
        found = BY_CODE[row[code]]
        assert found, row
        if found[0]["kind"] != "ward":
            assert names[own] in found[0]["within"].split(", now "), row
        inside = sum(int(part["population"]) for part in found if part["area"] in EVER_COVERED[own])
        total = sum(int(part["population"]) for part in found)
        assert inside > 0.5 * total, row
