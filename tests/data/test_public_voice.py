"""Boards, Healthwatch and LINks: one for each upper-tier council on every day, and known exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import read_rows
from orgmap.loaders.published import read_table

DATA = data_folder()
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
HORIZON = "2025-04-01"


def rows(table: str, dataset: str = "public_voice") -> list[dict[str, str]]:
    return [dict(zip(TABLES[table].columns, row, strict=True)) for row in read_rows(DATA / dataset, table)]


def holds(row: dict[str, str], at: str) -> bool:
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


ENTITIES = rows("entities")
RELATIONSHIPS = rows("relationships")
COUNCILS = [row for row in rows("entities", "councils") if row["kind"] == "upper_tier_council"]


def bodies(prefix: str, at: str) -> set[str]:
    return {row["id"] for row in ENTITIES if row["id"].startswith(f"{prefix}:") and holds(row, at)}


def by_council(prefix: str, at: str, status: str = "in_force") -> dict[str, list[str]]:
    """Each upper-tier council of a day with its bodies of a kind; councils may be told by part_of or by contract."""
    found: dict[str, list[str]] = {row["id"]: [] for row in COUNCILS if holds(row, at)}
    for row in RELATIONSHIPS:
        ends = (row["subject"], row["object"])
        if row["verb"] == "member_of" or row["status"] != status or not holds(row, at):
            continue
        body, council = sorted(ends, key=lambda end: end.startswith("council:"))
        if body.startswith(f"{prefix}:"):
            found[council].append(body)
    return found


DAYS = sorted(
    {
        day
        for row in [*RELATIONSHIPS, *COUNCILS]
        for day in (row["valid_from"], row["valid_until"])
        if "2013-04-01" <= day <= HORIZON
    }
    | {
        "2013-04-01",
        "2019-03-31",
        "2020-03-31",
        "2021-03-31",
        "2022-06-30",
        "2023-03-31",
        "2025-03-31",
        HORIZON,
    }
)
"""Every day on which something changes since the boards began, and some days before changes."""


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("prefix", ["hwb", "healthwatch"])
def test_every_upper_tier_council_has_exactly_one(prefix: str, at: str) -> None:
    assert {council: found for council, found in by_council(prefix, at).items() if len(found) != 1} == {}


@pytest.mark.parametrize(
    ("at", "boards", "healthwatch", "links"),
    [
        ("2008-03-31", 0, 0, 0),
        ("2009-03-31", 0, 0, 143),
        ("2009-04-01", 0, 0, 152),
        ("2013-03-31", 0, 0, 152),
        ("2013-04-01", 151, 148, 0),
        ("2019-03-31", 151, 146, 0),
        ("2019-04-01", 151, 146, 0),
        ("2021-04-01", 152, 146, 0),
        ("2023-04-01", 153, 149, 0),
        ("2025-03-31", 153, 149, 0),
        ("2025-04-01", 153, 150, 0),
    ],
)
def test_so_many_serve_councils_with_joint_ones_counted_once(
    at: str, boards: int, healthwatch: int, links: int
) -> None:
    serving = [
        len({body for found in by_council(prefix, at).values() for body in found})
        for prefix in ("hwb", "healthwatch", "link")
    ]
    assert serving == [boards, healthwatch, links]
    assert len(bodies("healthwatch", at)) == healthwatch
    assert len(bodies("link", at)) == links


def test_on_the_first_day_there_are_exactly_151_boards() -> None:
    assert bodies("hwb", "2013-03-31") == set()
    assert len(bodies("hwb", "2013-04-01")) == 151


def test_boards_are_shadow_from_about_april_2012_and_labelled_so() -> None:
    medway = "council:E06000035"
    assert by_council("hwb", "2012-12-01")[medway] == []
    assert by_council("hwb", "2012-12-01", "shadow")[medway] == ["hwb:E06000035"]
    assert by_council("hwb", "2012-03-31", "shadow")[medway] == []
    assert by_council("hwb", "2013-04-01", "shadow")[medway] == []
    others = [row for row in rows("phases") if row["entity"] != "hwb:E10000016"]
    assert len(others) == 150
    assert {
        (row["status"], row["valid_from"], row["valid_until"], row["from_precision"]) for row in others
    } == {("shadow", "2012-04-01", "2013-04-01", "approx")}


def test_kent_s_board_met_in_shadow_form_in_january_2012() -> None:
    kent = "council:E10000016"
    assert by_council("hwb", "2011-12-31", "shadow")[kent] == []
    assert by_council("hwb", "2012-01-01", "shadow")[kent] == ["hwb:E10000016"]
    assert by_council("hwb", "2013-03-31", "shadow")[kent] == ["hwb:E10000016"]
    assert by_council("hwb", "2013-04-01", "shadow")[kent] == []
    [phase] = [row for row in rows("phases") if row["entity"] == "hwb:E10000016"]
    assert (phase["source"], phase["from_precision"]) == ("doc-000", "month")


def test_bournemouth_and_poole_shared_one_board_until_their_councils_ended() -> None:
    before, after = by_council("hwb", "2019-03-31"), by_council("hwb", "2019-04-01")
    assert before["council:E06000028"] == before["council:E06000029"] == ["hwb:bournemouth_and_poole"]
    assert after["council:E06000058"] == ["hwb:E06000058"]
    assert "hwb:bournemouth_and_poole" not in bodies("hwb", "2019-04-01")


def test_no_board_belongs_to_a_metropolitan_county() -> None:
    assert not [row for row in RELATIONSHIPS if "E11" in row["subject"] + row["object"]]


def test_joint_boards_stand_beside_the_statutory_ones() -> None:
    joint = {row["object"]: row for row in RELATIONSHIPS if row["verb"] == "member_of"}
    assert set(joint) == {
        "jhwb:kent_and_medway",
        "jhwb:south_tees",
        "jhwb:cambridgeshire_and_peterborough",
    }
    assert by_council("hwb", "2021-06-01")["council:E10000016"] == ["hwb:E10000016"]
    assert "jhwb:kent_and_medway" not in bodies("jhwb", "2018-03-31")
    assert "jhwb:kent_and_medway" in bodies("jhwb", "2018-04-01")


def test_the_link_of_kent_gave_way_to_healthwatch_kent() -> None:
    assert by_council("link", "2013-03-31")["council:E10000016"] == ["link:E10000016"]
    assert by_council("healthwatch", "2013-03-31")["council:E10000016"] == []
    assert by_council("link", "2013-04-01")["council:E10000016"] == []
    assert by_council("healthwatch", "2013-04-01")["council:E10000016"] == ["healthwatch:E10000016"]
    passed = {(row["predecessor"], row["successor"]) for row in rows("successions")}
    assert ("link:E10000016", "healthwatch:E10000016") in passed


def test_every_link_was_replaced_by_a_healthwatch() -> None:
    replaced = {
        row["predecessor"] for row in rows("successions") if row["successor"].startswith("healthwatch:")
    }
    assert bodies("link", "2013-03-31") <= replaced


def test_the_link_of_a_council_that_began_in_2009_begins_with_it() -> None:
    assert by_council("link", "2009-04-01")["council:E06000047"] == ["link:E06000047"]
    assert by_council("link", "2009-03-31")["council:E10000010"] == []


@pytest.mark.parametrize(
    ("council", "before", "date", "after"),
    [
        ("council:E09000033", "central_west_london", "2022-07-01", "E09000033"),
        ("council:E09000013", "central_west_london", "2022-07-01", "E09000013"),
        ("council:E06000018", "E06000018", "2018-01-01", "nottingham_and_nottinghamshire"),
        ("council:E10000003", "E10000003", "2017-01-01", "cambridgeshire_and_peterborough"),
        ("council:E06000062", "E10000021", "2025-04-01", "E06000062"),
    ],
)
def test_a_healthwatch_took_over_on_a_day(council: str, before: str, date: str, after: str) -> None:
    day_before = max(
        day for day in (f"{int(date[:4]) - 1}-12-31", date[:5] + "03-31", date[:5] + "06-30") if day < date
    )
    assert by_council("healthwatch", day_before)[council] == [f"healthwatch:{before}"]
    assert by_council("healthwatch", date)[council] == [f"healthwatch:{after}"]


def test_a_new_council_keeps_the_healthwatch_of_the_old_one() -> None:
    assert by_council("healthwatch", "2020-03-31")["council:E10000002"] == ["healthwatch:E10000002"]
    assert by_council("healthwatch", "2020-04-01")["council:E06000060"] == ["healthwatch:E10000002"]
    assert by_council("healthwatch", "2019-04-01")["council:E06000058"] == ["healthwatch:dorset"]
    assert by_council("healthwatch", "2023-04-01")["council:E06000063"] == ["healthwatch:E06000063"]


def test_what_is_not_verified_says_so() -> None:
    unverified = {row["id"] for row in rows("sources") if row["verified"] == "no"}
    assert unverified == {"general-knowledge"}
    assert {row["id"] for row in ENTITIES if row["source"] in unverified} == {
        "healthwatch:cambridgeshire_and_peterborough",
        "jhwb:south_tees",
    }
    patterned = [row for row in ENTITIES if "not looked up one by one" in row["note"]]
    assert len(patterned) > 350


def test_people_find_a_board_by_the_council_and_its_short_name() -> None:
    names = {(row["entity"], row["name"]) for row in rows("names")}
    assert ("hwb:E10000016", "Kent HWB") in names
    assert ("hwb:bournemouth_and_poole", "Poole HWB") in names
    assert ("healthwatch:E10000002", "Healthwatch Buckinghamshire") in names


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)
@pytest.mark.parametrize(
    ("prefix", "file", "at"),
    [
        ("hwb", "health_and_wellbeing_boards_2013.csv", "2013-04-01"),
        ("healthwatch", "healthwatch_2013.csv", "2013-04-01"),
        ("link", "links_2008_2013.csv", "2013-03-31"),
    ],
)
def test_each_council_has_the_body_that_the_list_of_2013_names(prefix: str, file: str, at: str) -> None:
    codes = {row["code"]: row["entity"] for row in rows("identifiers", "councils") if row["scheme"] == "gss"}
    names = {row["id"]: row["name"] for row in ENTITIES}
    found = by_council(prefix, at)
    stated = [row for _, row in read_table(SHARED / "facts" / "lists" / file)]
    assert len(stated) == len(found) == 152
    for row in stated:
        assert [names[body] for body in found[codes[row["utla_ons"]]]] == [row["name"]]
