"""National bodies and reforms: who existed when, under which name, and dates that can be checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.dates import day_after, day_before
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.national.national_bodies import NationalBody
from orgmap.loaders.curated import lines, records
from orgmap.loaders.dataset import read_rows
from orgmap.loaders.published import read_table
from tests.data.responsibility_lists import own_table

FOLDER = data_folder() / "national_bodies"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(TABLES[table].columns, row, strict=True)) for row in read_rows(FOLDER, table))


def holds(row: dict[str, str], at: str) -> bool:
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


def in_force(at: str) -> set[str]:
    return {row["id"] for row in rows("entities") if row["kind"] == "national_body" and holds(row, at)}


def official_name(body: str, at: str) -> str:
    own = (row for row in rows("names") if row["entity"] == body and row["valid_from"])
    (name,) = (row["name"] for row in own if row["use"] in ("official", "former") and holds(row, at))
    return name


@pytest.mark.parametrize(
    ("body", "first_day", "last_day"),
    [
        ("nhs_commissioning_board_authority", "2011-10-31", "2012-09-30"),
        ("nhs_england", "2012-10-01", ""),
        ("public_health_england", "2013-04-01", "2021-09-30"),
        ("health_education_england_special_health_authority", "2012-06-28", "2015-03-31"),
        ("health_education_england", "2015-04-01", "2023-03-31"),
        ("health_and_social_care_information_centre", "2013-04-01", "2023-01-31"),
        ("monitor", "2004-01-05", "2022-06-30"),
        ("nhs_trust_development_authority", "2012-06-01", "2022-06-30"),
        ("healthwatch_england", "2012-10-01", ""),
    ],
)
def test_a_body_exists_from_its_first_day_to_its_last(body: str, first_day: str, last_day: str) -> None:
    body = f"national:{body}"
    assert body not in in_force(day_before(first_day))
    assert body in in_force(first_day)
    if last_day:
        assert body in in_force(last_day)
        assert body not in in_force(day_after(last_day))
    else:
        assert body in in_force("2026-11-22")


@pytest.mark.parametrize(
    ("body", "at", "name"),
    [
        ("nhs_england", "2012-10-01", "NHS Commissioning Board"),
        ("nhs_england", "2013-03-31", "NHS Commissioning Board"),
        ("nhs_england", "2013-04-01", "NHS England (legally the NHS Commissioning Board)"),
        ("nhs_england", "2022-06-30", "NHS England (legally the NHS Commissioning Board)"),
        ("nhs_england", "2022-07-01", "NHS England"),
        ("department_of_health_and_social_care", "2018-01-07", "Department of Health"),
        ("department_of_health_and_social_care", "2018-01-08", "Department of Health and Social Care"),
        (
            "national_institute_for_health_and_clinical_excellence",
            "2005-03-31",
            "National Institute for Clinical Excellence",
        ),
        (
            "national_institute_for_health_and_clinical_excellence",
            "2005-04-01",
            "National Institute for Health and Clinical Excellence",
        ),
    ],
)
def test_one_body_has_one_name_after_another(body: str, at: str, name: str) -> None:
    assert official_name(f"national:{body}", at) == name


def test_nhs_england_is_known_by_that_name_since_spring_2013() -> None:
    known = [row for row in rows("names") if row["name"] == "NHS England" and row["use"] == "alias"]
    assert [(row["entity"], row["valid_from"]) for row in known] == [("national:nhs_england", "2013-03-26")]
    assert "national:nhs_england" in {row["id"] for row in rows("entities") if row["name"] == "NHS England"}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("NHSCB", "nhs_england"),
        ("NHS Commissioning Board", "nhs_england"),
        ("DH", "department_of_health_and_social_care"),
        ("PHE", "public_health_england"),
        ("NHS Digital", "health_and_social_care_information_centre"),
        ("NHS Resolution", "nhs_litigation_authority"),
        ("PropCo", "nhs_property_services"),
    ],
)
def test_a_body_is_found_by_its_abbreviation_or_other_name(name: str, body: str) -> None:
    assert {row["entity"] for row in rows("names") if row["name"] == name} == {f"national:{body}"}


def test_what_the_law_of_2022_brought_together_is_one_change() -> None:
    lines = [row for row in rows("successions") if row["event"].startswith("2022-07-01")]
    assert {row["successor"] for row in lines} == {"national:nhs_england"}
    assert {row["predecessor"] for row in lines} == {
        "national:monitor",
        "national:nhs_improvement",
        "national:nhs_trust_development_authority",
    }


def test_monitor_and_the_trust_development_authority_stayed_legal_bodies_in_2016() -> None:
    (event,) = (row for row in rows("events") if row["date"] == "2016-04-01")
    assert event["kind"] == "clustered"
    assert {"national:monitor", "national:nhs_trust_development_authority"} <= in_force("2016-04-01")


def test_what_nobody_has_read_says_so() -> None:
    doubted = {row["id"] for row in rows("sources") if row["verified"] == "no"}
    assert doubted == {"general-knowledge"}
    assert "national:monitor" in {row["id"] for row in rows("entities") if row["source"] in doubted}
    assert "national:nhs_commissioning_board_authority" not in {
        row["id"] for row in rows("entities") if row["source"] in doubted
    }


def test_a_reform_is_a_day_with_a_citation_and_never_ends() -> None:
    reforms = {row["id"]: row for row in rows("entities") if row["kind"] == "reform"}
    assert all(row["valid_from"] and row["source"] and not row["valid_until"] for row in reforms.values())
    for slug, day in (
        ("2002", "2002-04-01"),
        ("2006_sha", "2006-07-01"),
        ("2006_pct", "2006-10-01"),
        ("2013", "2013-04-01"),
        ("2015_area_teams", "2015-04-01"),
        ("2016_stps", "2016-04-01"),
        ("2022", "2022-07-01"),
        ("2026", "2026-04-01"),
    ):
        assert reforms[f"reform:{slug}"]["valid_from"] == day


def test_on_the_day_of_every_exact_reform_something_begins_in_the_tables(
    tables: dict[str, list[dict[str, str]]],
) -> None:
    days = {row["valid_from"] for row in tables["entities"] if not row["id"].startswith("reform:")}
    for row in rows("entities"):
        if row["kind"] == "reform" and row["id"] != "reform:2023_nhs_england":
            assert row["valid_from"] in days, row["id"]


@needs_shared
def test_checked_back_every_row_of_the_list_is_a_body_a_kind_or_elsewhere() -> None:
    path = SHARED / "facts" / "lists" / "national_and_type_bodies_aliases.csv"
    listed = {row["id"]: row for _, row in read_table(path, "id", "aliases", "start", "end")}
    bodies = records("national_bodies/bodies", NationalBody)
    left_out = {row["listed"] for row in own_table("national_list_left_out")}
    assert set(listed) <= {row for body in bodies for row in body.listed} | left_out
    named = {body.name for body in bodies} | {name.cells["name"] for name in lines("national_bodies/names")}
    for row in listed.values():
        aliases = {alias.strip(' "') for alias in row["aliases"].split(";")} - {""}
        assert row["id"] in left_out or aliases <= named | left_out
    ours = {row["id"]: row for row in rows("entities")}
    for body in bodies:
        first, last = listed[body.listed[0]], listed[body.listed[-1]]
        row = ours[f"national:{body.body}"]
        if body.body != "care_quality_commission":
            assert row["valid_from"] == first["start"]
        if len(last["end"]) == 10 and body.body != "nhsx":
            assert row["valid_until"] == day_after(last["end"])
