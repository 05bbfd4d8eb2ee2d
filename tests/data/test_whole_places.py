"""Places: every postcode and every name leads to a neighbourhood, every neighbourhood to bodies on each day."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from orgmap.loaders.dataset import dataset_folders, read_rows
from tests.data.whole import DATA, Row, expect_none


def rows_of(table: str) -> list[list[str]]:
    """The rows of a table from all datasets."""
    return [row for folder in dataset_folders(DATA) for row in read_rows(folder, table)]


@pytest.fixture(scope="module")
def areas(tables: dict[str, list[Row]]) -> set[str]:
    """The ids of all areas."""
    return {row["id"] for row in tables["entities"] if row["kind"] == "area"}


@pytest.fixture(scope="module")
def neighbourhoods() -> list[list[str]]:
    """The rows of the neighbourhoods."""
    return rows_of("neighbourhoods")


def test_england_has_32844_neighbourhoods_and_each_lies_in_an_area(
    neighbourhoods: list[list[str]], areas: set[str]
) -> None:
    english = [row for row in neighbourhoods if row[0].startswith("E01")]
    assert len(english) == 32_844
    expect_none(row for row in english if row[3] not in areas or not float(row[4] or 0) > 0)
    expect_none(areas - {row[3] for row in english})


def test_the_parent_of_a_neighbourhood_stands_there_too(neighbourhoods: list[list[str]]) -> None:
    known = {row[0] for row in neighbourhoods}
    expect_none(row for row in neighbourhoods if row[2] and row[2] not in known)


def test_nearly_every_postcode_has_a_place() -> None:
    rows = rows_of("postcodes")
    # Code-Point Open lists some hundred postcodes without a position: known, but nobody says where.
    assert sum(len(row[1].split()) for row in rows if not row[2]) < 900
    assert sum(len(row[1].split()) for row in rows) > 2_200_000


COVERED = (
    ("2009-01-01", "council"),
    ("2009-03-31", "council"),
    ("2009-04-01", "council"),
    ("2026-10-09", "council"),
    ("2012-03-31", "pct"),
    ("2013-03-31", "pct"),
    ("2013-04-01", "ccg"),
    ("2020-04-01", "ccg"),
    ("2022-06-30", "ccg"),
    ("2022-07-01", "sicbl"),
    ("2026-03-31", "sicbl"),
)


@pytest.mark.parametrize(("at", "prefix"), COVERED)
def test_every_area_is_covered_on_both_sides_of_a_reform(
    tables: dict[str, list[Row]], areas: set[str], at: str, prefix: str
) -> None:
    covered: Any = Counter(
        row["object"]
        for row in tables["relationships"]
        if row["verb"] == "covers"
        and row["status"] in ("", "in_force")
        and row["subject"].startswith(f"{prefix}:")
        and row["valid_from"] <= at < (row["valid_until"] or "9999")
    )
    assert {area: covered[area] for area in areas if covered[area] != 1} == {}


@pytest.mark.parametrize(
    ("at", "prefix"),
    [("2013-04-01", "pct"), ("2013-03-31", "ccg"), ("2022-07-01", "ccg"), ("2022-06-30", "sicbl")],
)
def test_no_area_is_covered_by_a_body_of_another_era(
    tables: dict[str, list[Row]], at: str, prefix: str
) -> None:
    expect_none(
        row
        for row in tables["relationships"]
        if row["verb"] == "covers"
        and row["status"] == "in_force"
        and row["subject"].startswith(f"{prefix}:")
        and row["valid_from"] <= at < (row["valid_until"] or "9999")
    )
