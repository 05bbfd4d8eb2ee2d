"""NHS England's regions, area teams and local offices: counts, both sides of every change, published tables."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter

import pytest

from orgmap.loaders.published import read_headless, read_table
from tests.data.one_dataset import SHARED, code_on, holds, in_force, linked, name_on, needs_shared, rows_of

TEAMS = "nhs_england_teams"
ENTITIES = rows_of(TEAMS, "entities")
IDENTIFIERS = rows_of(TEAMS, "identifiers")
RELATIONSHIPS = rows_of(TEAMS, "relationships")
NAMES = rows_of(TEAMS, "names")
PHASES = rows_of(TEAMS, "phases")
SUCCESSIONS = rows_of(TEAMS, "successions")
EVENTS = {row["id"]: row for row in rows_of(TEAMS, "events")}

FIRST_REGIONS = {"Y54", "Y55", "Y56", "Y57"}
FIVE_REGIONS = {"Y54", "Y55", "Y56", "Y58", "Y59"}
SEVEN_REGIONS = {"Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"}


@pytest.mark.parametrize(
    ("at", "regions"),
    [
        ("2013-03-31", set()),
        ("2013-04-01", FIRST_REGIONS),
        ("2018-03-31", FIRST_REGIONS),
        ("2018-04-01", FIVE_REGIONS),
        ("2019-03-31", FIVE_REGIONS),
        ("2019-04-01", SEVEN_REGIONS),
        ("2026-04-01", SEVEN_REGIONS),
    ],
)
def test_the_south_is_split_in_2018_and_the_other_regions_outside_london_in_2019(
    at: str, regions: set[str]
) -> None:
    assert in_force(ENTITIES, "region", at) == regions


@pytest.mark.parametrize(
    ("at", "teams", "offices"),
    [
        ("2013-03-31", 0, 0),
        ("2013-04-01", 25, 0),
        ("2015-03-31", 25, 0),
        ("2015-04-01", 0, 13),
        ("2016-03-31", 0, 13),
        ("2016-04-01", 0, 14),
        ("2018-03-31", 0, 14),
        ("2018-04-01", 0, 14),
        ("2020-03-31", 0, 14),
        ("2020-04-01", 0, 0),
    ],
)
def test_area_teams_give_way_to_local_offices_which_end_in_2020(at: str, teams: int, offices: int) -> None:
    assert (len(in_force(ENTITIES, "at", at)), len(in_force(ENTITIES, "lo", at))) == (teams, offices)


def test_londons_three_team_offices_make_the_27_of_the_documents_and_no_area_team() -> None:
    assert in_force(ENTITIES, "ato", "2013-04-01") == {"Q61", "Q62", "Q63"}
    assert "Q71" in in_force(ENTITIES, "at", "2013-04-01")
    assert in_force(ENTITIES, "at", "2013-04-01").isdisjoint({"Q61", "Q62", "Q63"})
    assert in_force(ENTITIES, "ato", "2015-04-01") == set()


def test_londons_groups_were_shared_out_among_its_three_offices() -> None:
    offices = linked(RELATIONSHIPS, "ccg", "part_of", "ato", "2014-06-01")
    london = {
        c for c, team in linked(RELATIONSHIPS, "ccg", "part_of", "at", "2014-06-01").items() if team == "Q71"
    }
    assert set(offices) == london
    assert Counter(offices.values()) == {"Q61": 12, "Q62": 8, "Q63": 12}
    assert (offices["07M"], offices["09A"], offices["08K"]) == ("Q61", "Q62", "Q63")
    assert linked(RELATIONSHIPS, "ccg", "part_of", "ato", "2013-03-31") == {}
    assert linked(RELATIONSHIPS, "ccg", "part_of", "ato", "2015-04-01") == {}
    names = {row["id"]: (row["name"], row["source"]) for row in ENTITIES if row["id"].startswith("ato:")}
    assert names["ato:Q62"] == ("North West London Area Team", "openprescribing-list-sizes")


def test_before_april_2013_teams_and_regions_are_shadows_only() -> None:
    on = "2013-03-31"
    shadows = {row["entity"] for row in PHASES if row["status"] == "shadow" and holds(row, on)}
    assert len([body for body in shadows if body.startswith("at:")]) == 25
    assert {body for body in shadows if body.startswith("region:")} == {f"region:{r}" for r in FIRST_REGIONS}
    assert not [row for row in PHASES if holds(row, "2013-04-01")]
    assert not [row for row in PHASES if row["entity"].startswith("region:") and holds(row, "2012-09-30")]


def test_a_shadow_phase_that_nothing_published_shows_says_so() -> None:
    unverified = {row["entity"] for row in PHASES if row["source"] == "general-knowledge"}
    assert len(unverified) == 23
    assert all("not verified" in row["note"] for row in PHASES if row["entity"] in unverified)


def test_on_1_april_2013_every_group_has_one_area_team_and_through_it_one_region() -> None:
    teams = linked(RELATIONSHIPS, "ccg", "part_of", "at", "2013-04-01")
    regions = linked(RELATIONSHIPS, "at", "part_of", "region", "2013-04-01")
    assert len(teams) == 211
    assert set(teams.values()) == set(regions) == in_force(ENTITIES, "at", "2013-04-01")
    assert set(regions.values()) == FIRST_REGIONS
    assert (teams["10E"], regions["Q67"]) == ("Q67", "Y57")


@pytest.mark.parametrize(
    ("at", "above", "groups"),
    [
        ("2013-03-31", "at", 0),
        ("2015-03-31", "at", 211),
        ("2015-04-01", "at", 0),
        ("2015-04-01", "lo", 209),
        ("2017-04-01", "lo", 207),
        ("2018-04-01", "lo", 195),
        ("2019-04-01", "lo", 191),
        ("2020-03-31", "lo", 191),
        ("2020-04-01", "lo", 0),
        ("2020-03-31", "region", 0),
        ("2020-04-01", "region", 135),
        ("2021-04-01", "region", 106),
        ("2022-06-30", "region", 106),
        ("2022-07-01", "region", 0),
    ],
)
def test_every_group_stands_under_one_team_or_from_2020_directly_under_a_region(
    at: str, above: str, groups: int
) -> None:
    assert len(linked(RELATIONSHIPS, "ccg", "part_of", above, at)) == groups


@pytest.mark.parametrize("at", ["2013-04-01", "2015-04-01", "2016-04-01", "2018-04-01", "2019-04-01"])
def test_every_team_in_force_lies_in_a_region_in_force(at: str) -> None:
    for prefix in ("at", "lo"):
        regions = linked(RELATIONSHIPS, prefix, "part_of", "region", at)
        assert set(regions) == in_force(ENTITIES, prefix, at)
        assert set(regions.values()) <= in_force(ENTITIES, "region", at)


def test_every_region_is_part_of_nhs_england_for_all_its_life() -> None:
    for at in ("2013-04-01", "2018-04-01", "2019-04-01", "2026-04-01"):
        above = linked(RELATIONSHIPS, "region", "part_of", "national", at)
        assert set(above) == in_force(ENTITIES, "region", at)
        assert set(above.values()) == {"nhs_england"}


@pytest.mark.parametrize(
    ("office", "at", "region"),
    [
        ("Q81", "2018-03-31", "Y57"),
        ("Q88", "2018-04-01", "Y59"),
        ("Q79", "2019-03-31", "Y55"),
        ("Q79", "2019-04-01", "Y61"),
        ("Q75", "2019-03-31", "Y54"),
        ("Q75", "2019-04-01", "Y62"),
        ("Q74", "2019-04-01", "Y63"),
    ],
)
def test_local_offices_follow_the_new_regions(office: str, at: str, region: str) -> None:
    assert linked(RELATIONSHIPS, "lo", "part_of", "region", at)[office] == region


@pytest.mark.parametrize(
    ("group", "at", "office"),
    [
        ("10E", "2015-03-31", "Q67"),
        ("10E", "2015-04-01", "Q81"),
        ("10E", "2018-03-31", "Q81"),
        ("10E", "2018-04-01", "Q88"),
        ("06F", "2019-03-31", "Q78"),
        ("06F", "2019-04-01", "Q79"),
        ("03D", "2019-03-31", "Q72"),
        ("03D", "2019-04-01", "Q74"),
        ("00T", "2016-03-31", "Q73"),
        ("00T", "2016-04-01", "Q83"),
        ("00Q", "2016-04-01", "Q84"),
        ("07L", "2015-03-31", "Q71"),
        ("07L", "2015-04-01", "Q71"),
    ],
)
def test_groups_change_office_on_the_day_of_the_change(group: str, at: str, office: str) -> None:
    prefix = "at" if at < "2015-04-01" else "lo"
    assert linked(RELATIONSHIPS, "ccg", "part_of", prefix, at)[group] == office


@pytest.mark.parametrize(
    ("region", "before", "old", "at", "new"),
    [
        ("Y60", "2022-06-30", "E40000008", "2022-07-01", "E40000011"),
        ("Y63", "2022-06-30", "E40000009", "2022-07-01", "E40000012"),
        ("Y61", "2023-12-31", "E40000007", "2024-01-01", "E40000013"),
        ("Y62", "2023-12-31", "E40000010", "2024-01-01", "E40000014"),
    ],
)
def test_a_region_keeps_its_register_code_when_its_area_code_changes(
    region: str, before: str, old: str, at: str, new: str
) -> None:
    body = f"region:{region}"
    assert code_on(IDENTIFIERS, body, "gss", before) == [old]
    assert code_on(IDENTIFIERS, body, "gss", at) == [new]
    assert code_on(IDENTIFIERS, body, "ods", at) == [region]


def test_every_body_has_one_area_code_on_every_day_and_its_register_code() -> None:
    for at in (
        "2013-04-01",
        "2015-04-01",
        "2017-04-01",
        "2018-04-01",
        "2019-04-01",
        "2022-07-01",
        "2024-02-01",
    ):
        for row in ENTITIES:
            if holds(row, at):
                assert len(code_on(IDENTIFIERS, row["id"], "ods", at)) == 1
                areas = 0 if row["id"].startswith("ato:") else 1
                assert len(code_on(IDENTIFIERS, row["id"], "gss", at)) == areas


def test_a_local_office_changes_its_name_with_its_region() -> None:
    assert name_on(NAMES, "lo:Q79", "2019-03-31") == ["NHS England Midlands and East (East)"]
    assert name_on(NAMES, "lo:Q79", "2019-04-01") == ["NHS England East of England (East)"]


def test_the_changes_are_as_many_as_the_story_has() -> None:
    kinds = [EVENTS[event]["kind"] for event in EVENTS]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "created": 2,
        "merged": 11,
        "renamed": 2,
        "split": 4,
        "reorganised": 1,
        "boundary_change": 2,
        "abolished": 1,
    }


def test_what_a_team_handed_on_adds_up_to_the_whole_of_it() -> None:
    sums: dict[tuple[str, str], float] = {}
    for row in SUCCESSIONS:
        if row["weight"] and EVENTS[row["event"]]["kind"] != "boundary_change":
            key = (row["event"], row["predecessor"])
            sums[key] = sums.get(key, 0.0) + float(row["weight"])
    assert len(sums) == 25 + 1 + 4 + 3
    assert all(abs(total - 1) < 1e-4 for total in sums.values())


@pytest.mark.parametrize(
    ("old", "new"), [("at:Q67", "lo:Q81"), ("at:Q68", "lo:Q81"), ("at:Q71", "lo:Q71"), ("lo:Q73", "lo:Q83")]
)
def test_one_team_follows_another(old: str, new: str) -> None:
    assert [row for row in SUCCESSIONS if (row["predecessor"], row["successor"]) == (old, new)]


@needs_shared
def test_checked_back_the_look_up_of_april_2013() -> None:
    path = SHARED / "data" / "ods" / "derived_ccg2013_areateam_region.csv"
    published = {
        row["ccg_ods"]: row for _, row in read_table(path, "ccg_ods", "area_team_ods", encoding="cp1252")
    }
    teams = linked(RELATIONSHIPS, "ccg", "part_of", "at", "2013-04-01")
    regions = linked(RELATIONSHIPS, "at", "part_of", "region", "2013-04-01")
    assert {code: row["area_team_ods"] for code, row in published.items()} == teams
    assert {row["area_team_ods"]: row["region_ods"] for row in published.values()} == regions
    for row in published.values():
        team = f"at:{row['area_team_ods']}"
        assert code_on(IDENTIFIERS, team, "gss", "2013-04-01") == [row["area_team_ons"]]


@needs_shared
@pytest.mark.parametrize("year", ["17", "18"])
def test_checked_back_the_look_ups_to_local_offices(year: str) -> None:
    path = SHARED / "data" / "ons" / "lookups" / f"ccg{year}_nhsrlo{year}_nhser{year}.csv"
    at = f"20{year}-04-01"
    offices = linked(RELATIONSHIPS, "ccg", "part_of", "lo", at)
    regions = linked(RELATIONSHIPS, "lo", "part_of", "region", at)
    area = {row["entity"]: row["code"] for row in IDENTIFIERS if row["scheme"] == "gss" and holds(row, at)}
    seen = {(row[f"NHSRLO{year}CD"], row[f"NHSER{year}CD"]) for _, row in read_table(path, f"NHSER{year}CD")}
    assert seen == {(area[f"lo:{office}"], area[f"region:{regions[office]}"]) for office in offices.values()}
    pairs = sorted(row[f"NHSRLO{year}CD"] for _, row in read_table(path, f"NHSRLO{year}CD"))
    assert pairs == sorted(area[f"lo:{office}"] for office in offices.values())
    for _, row in read_table(path, f"CCG{year}CD"):
        if code := row.get("CCG18CDH"):
            assert offices[code] == row["NHSRLO18CDH"]
            assert regions[offices[code]] == row["NHSER18CDH"]


@needs_shared
def test_checked_back_the_look_up_to_regions_of_april_2021() -> None:
    path = SHARED / "data" / "ods" / "lookups" / "CCG21_STP21_NHSER21.csv"
    published = {row["CCG21CDH"]: row["NHSER21CDH"] for _, row in read_table(path, "CCG21CDH", "NHSER21CDH")}
    assert linked(RELATIONSHIPS, "ccg", "part_of", "region", "2021-04-01") == published


@needs_shared
@pytest.mark.parametrize(
    ("name", "at"), [("eccg_2016-02.csv", "2016-02-01"), ("eccg_2018-11.csv", "2018-11-01")]
)
def test_checked_back_the_register_of_groups(name: str, at: str) -> None:
    offices = linked(RELATIONSHIPS, "ccg", "part_of", "lo", at)
    regions = linked(RELATIONSHIPS, "lo", "part_of", "region", at)
    different = {
        row[0]: (row[2], row[3], offices[row[0]])
        for _, row in read_headless(SHARED / "data" / "ods" / "eccg" / name, 27)
        if row[13] == "C"
        and row[0] in offices
        and (row[2], row[3]) != (regions[offices[row[0]]], offices[row[0]])
    }
    assert different == {}


@needs_shared
def test_checked_back_the_register_of_offices() -> None:
    rows = read_headless(SHARED / "data" / "ods" / "eauth_2018-11.csv", 27)
    offices = {row[0]: row for _, row in rows if row[0].startswith("Q")}
    for code, row in offices.items():
        entity = next(entity for entity in ENTITIES if entity["id"] == f"lo:{code}")
        assert row[1].casefold() in {n.casefold() for n in name_on(NAMES, entity["id"], "2018-11-01")} | {
            entity["name"].casefold()
        }
        assert row[11] == "" or entity["valid_until"] == "2018-04-01"
    regions = linked(RELATIONSHIPS, "lo", "part_of", "region", "2018-11-01")
    assert {code: row[2] for code, row in offices.items() if not row[11]} == regions


@needs_shared
def test_checked_back_the_snapshots_of_the_code_history() -> None:
    text = gzip.decompress((SHARED / "data" / "ons" / "chd" / "chd_snapshot_membership.csv.gz").read_bytes())
    area = {}
    for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig"))):
        if row["entity"] == "E38" and row["parent"].startswith("E39"):
            area.setdefault(row["snapshot"], []).append(row["parent"])
    assert {"2013-04-01", "2015-04-01", "2019-04-01"} <= set(area)
    for at, parents in area.items():
        prefix = "at" if at < "2015-04-01" else "lo"
        teams = linked(RELATIONSHIPS, "ccg", "part_of", prefix, at)
        mine = sorted(code_on(IDENTIFIERS, f"{prefix}:{team}", "gss", at)[0] for team in teams.values())
        assert mine == sorted(parents)


@needs_shared
def test_checked_back_the_regions_of_february_2026() -> None:
    text = (SHARED / "data" / "ods" / "lookups" / "postcodesio_nhs_regions.json").read_text(encoding="utf-8")
    at = "2026-02-01"
    mine = {
        code_on(IDENTIFIERS, row["id"], "gss", at)[0]: row["name"]
        for row in ENTITIES
        if row["id"].startswith("region:") and holds(row, at)
    }
    assert mine == json.loads(text)
