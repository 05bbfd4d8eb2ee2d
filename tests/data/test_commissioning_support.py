"""Commissioning support units: the nineteen of April 2013, what followed, and what rests on nobody's word."""

from __future__ import annotations

import pytest

from orgmap.loaders.published import read_table
from tests.data.one_dataset import SHARED, code_on, holds, in_force, linked, needs_shared, rows_of

SUPPORT = "commissioning_support"
ENTITIES = rows_of(SUPPORT, "entities")
BY_ID = {row["id"]: row for row in ENTITIES}
IDENTIFIERS = rows_of(SUPPORT, "identifiers")
RELATIONSHIPS = rows_of(SUPPORT, "relationships")
SUCCESSIONS = rows_of(SUPPORT, "successions")
EVENTS = {row["id"]: row for row in rows_of(SUPPORT, "events")}


def test_nineteen_units_work_on_1_april_2013_and_the_working_units_of_2012_are_gone() -> None:
    assert len(in_force(ENTITIES, "csu", "2013-04-01")) == 19
    assert "west_yorkshire" in in_force(ENTITIES, "csu", "2013-02-28")
    assert "west_yorkshire" not in in_force(ENTITIES, "csu", "2013-03-01")
    assert in_force(ENTITIES, "csu", "2012-09-30") == set()


@pytest.mark.parametrize(
    ("unit", "last", "gone", "successor"),
    [
        ("0AM", "2014-09-30", "2014-10-01", "0DC"),
        ("0AX", "2014-09-30", "2014-10-01", "0DC"),
        ("0DC", "2017-03-31", "2017-04-01", "0DJ"),
        ("0AA", "2015-03-31", "2015-04-01", "0DE"),
        ("south", "2015-03-31", "2015-04-01", "0DF"),
    ],
)
def test_one_unit_follows_another_on_the_day(unit: str, last: str, gone: str, successor: str) -> None:
    assert unit in in_force(ENTITIES, "csu", last)
    assert unit not in in_force(ENTITIES, "csu", gone)
    assert successor not in in_force(ENTITIES, "csu", last)
    assert successor in in_force(ENTITIES, "csu", gone)
    pairs = {(row["predecessor"], row["successor"]) for row in SUCCESSIONS}
    assert (f"csu:{unit}", f"csu:{successor}") in pairs


def test_a_unit_without_a_code_has_a_slug_and_says_so() -> None:
    coded = {row["entity"] for row in IDENTIFIERS}
    for row in ENTITIES:
        assert (row["id"] in coded) == row["id"].partition(":")[2].isupper()
        assert ("register code is not known" in row["note"]) == (row["id"] not in coded)


def test_what_passed_only_in_part_is_not_called_a_merger() -> None:
    partial = {event for event, row in EVENTS.items() if row["kind"] == "partial_transfer"}
    pairs = {(row["predecessor"], row["successor"]) for row in SUCCESSIONS if row["event"] in partial}
    assert pairs == {
        ("csu:0CG", "csu:0AQ"),
        ("csu:0CG", "csu:0AE"),
        ("csu:0AT", "csu:0AQ"),
        ("csu:0AP", "csu:0AQ"),
        ("csu:0CC", "csu:south"),
        ("csu:north_west", "csu:0CX"),
        ("csu:yorkshire_and_humber", "csu:0AR"),
    }


def test_whom_a_unit_served_is_known_only_for_kent_and_not_verified() -> None:
    assert len(RELATIONSHIPS) == 8
    assert {row["object"] for row in RELATIONSHIPS} == {
        f"ccg:{code}" for code in ("09C", "09E", "09J", "09W", "10A", "10D", "10E", "99J")
    }
    assert not [row for row in RELATIONSHIPS if holds(row, "2013-03-31") or holds(row, "2014-10-01")]
    assert {row["source"] for row in RELATIONSHIPS} == {"general-knowledge"}
    assert all("not verified" in row["note"] for row in RELATIONSHIPS)
    assert linked(RELATIONSHIPS[:1], "csu", "supports", "ccg", "2013-04-01")


def test_a_unit_whose_end_nobody_tells_is_said_to_end_on_a_day_not_known() -> None:
    assert [row["id"] for row in ENTITIES if row["until_precision"] == "not_known"] == ["csu:0DG"]


@needs_shared
def test_checked_back_the_units_of_the_register() -> None:
    path = SHARED / "data" / "ods" / "csu" / "csu_partial.csv"
    needed = ("ods_code", "name", "start", "end", "successor", "succession_date")
    for _, row in read_table(path, *needed):
        unit = BY_ID[f"csu:{row['ods_code']}"]
        assert code_on(IDENTIFIERS, unit["id"], "ods", "2020-01-01") == [row["ods_code"]]
        assert unit["name"].casefold() == row["name"].casefold()
        # Arden and Greater East Midlands stood in the register half a year before it worked.
        assert unit["valid_from"] == ("2015-04-01" if row["ods_code"] == "0DE" else row["start"])
        assert holds(unit, row["end"] or "2026-10-09")
        assert bool(unit["valid_until"]) == bool(row["end"])
        if row["successor"]:
            events = {s["event"] for s in SUCCESSIONS if s["predecessor"] == unit["id"]}
            assert {EVENTS[event]["date"] for event in events} == {row["succession_date"]}


@needs_shared
def test_checked_back_the_list_says_which_units_worked_in_april_2013() -> None:
    path = SHARED / "facts" / "lists" / "csus.csv"
    listed = [row for _, row in read_table(path, "ods_code", "name", "operating_1_april_2013")]
    assert len(listed) == len(ENTITIES)
    working = {row["name"] for row in listed if row["operating_1_april_2013"] == "yes"}
    on_the_day = in_force(ENTITIES, "csu", "2013-04-01")
    assert working == {BY_ID[f"csu:{unit}"]["name"] for unit in on_the_day}
