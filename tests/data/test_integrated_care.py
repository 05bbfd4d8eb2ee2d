"""Partnerships, boards, sub-ICB locations, reporting entities and hubs: both sides of 2018, 2020, 2022 and 2026."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from orgmap.loaders.published import compact_day, read_headless, read_table, read_text
from tests.data.one_dataset import SHARED, code_on, holds, in_force, linked, name_on, needs_shared, rows_of

CARE = "integrated_care"
ENTITIES = rows_of(CARE, "entities")
BY_ID = {row["id"]: row for row in ENTITIES}
IDENTIFIERS = rows_of(CARE, "identifiers")
RELATIONSHIPS = rows_of(CARE, "relationships")
NAMES = rows_of(CARE, "names")
SUCCESSIONS = rows_of(CARE, "successions")
EVENTS = {row["id"]: row for row in rows_of(CARE, "events")}

ENDED_2026 = {"QH8", "QHG", "QJG", "QM7", "QMJ", "QMM", "QNQ", "QNX", "QRV", "QU9", "QUE", "QXU"}
NEW_2026 = {"S1Y5D", "S0E4D", "S9B9J", "D7T5G", "T6Y0W", "Z9B2Z"}


def weights(predecessor: str, date: str) -> dict[str, str]:
    """What the changes of a day gave to whom of a body, as written."""
    return {
        row["successor"]: row["weight"]
        for row in SUCCESSIONS
        if row["predecessor"] == predecessor and EVENTS[row["event"]]["date"] == date
    }


@pytest.mark.parametrize(
    ("at", "partnerships", "boards", "locations"),
    [
        ("2016-03-31", 0, 0, 0),
        ("2016-12-01", 44, 0, 0),
        ("2018-03-31", 44, 0, 0),
        ("2018-04-01", 42, 0, 0),
        ("2022-06-30", 42, 0, 0),
        ("2022-07-01", 0, 42, 106),
        ("2026-03-31", 0, 42, 106),
        ("2026-04-01", 0, 36, 106),
        ("2026-10-09", 0, 36, 106),
    ],
)
def test_boards_and_locations_begin_in_july_2022_and_change_in_april_2026(
    at: str, partnerships: int, boards: int, locations: int
) -> None:
    counts = tuple(len(in_force(ENTITIES, prefix, at)) for prefix in ("stp", "icb", "sicbl"))
    assert counts == (partnerships, boards, locations)


def test_twelve_boards_end_and_six_begin_in_april_2026() -> None:
    before, after = in_force(ENTITIES, "icb", "2026-03-31"), in_force(ENTITIES, "icb", "2026-04-01")
    assert before - after == ENDED_2026
    assert after - before == NEW_2026


def test_the_boards_of_2022_were_there_in_shadow_form_shortly_before() -> None:
    shadows = [row for row in rows_of(CARE, "phases") if row["status"] == "shadow"]
    assert len({row["entity"] for row in shadows}) == 42
    assert {(row["from_precision"], row["valid_until"]) for row in shadows} == {("approx", "2022-07-01")}


def test_the_boards_of_2026_are_plans_from_the_day_they_were_announced_until_they_begin() -> None:
    planned = {row["entity"]: row for row in rows_of(CARE, "phases") if row["status"] == "planned"}
    assert set(planned) == {f"icb:{code}" for code in NEW_2026}
    for row in planned.values():
        assert row["status"] == "planned"
        assert not holds(row, "2025-09-08")
        assert holds(row, "2025-09-09")
        assert holds(row, "2026-03-31")
        assert not holds(row, "2026-04-01")


def test_partnership_and_board_share_a_code_but_never_a_day() -> None:
    assert BY_ID["stp:QKS"]["valid_until"] == BY_ID["icb:QKS"]["valid_from"] == "2022-07-01"
    assert code_on(IDENTIFIERS, "stp:QKS", "ods", "2022-06-30") == ["QKS"]
    assert code_on(IDENTIFIERS, "stp:QKS", "ods", "2022-07-01") == []
    assert BY_ID["stp:QKS"]["from_precision"] == "approx"


def test_a_partnership_has_no_register_code_before_the_register_had_it() -> None:
    assert code_on(IDENTIFIERS, "stp:QKS", "ods", "2017-03-31") == []
    assert code_on(IDENTIFIERS, "stp:QKS", "ods", "2017-04-01") == ["QKS"]
    assert code_on(IDENTIFIERS, "stp:QKS", "gss", "2016-12-01") == ["E54000032"]


@pytest.mark.parametrize(
    ("body", "before", "old", "at", "new"),
    [
        ("stp:QE1", "2017-02-13", "E54000004", "2017-02-14", "E54000048"),
        ("stp:QVP", "2016-12-31", "E54000001", "2017-01-01", "E54000046"),
        ("stp:QXU", "2020-03-31", "E54000035", "2020-04-01", "E54000052"),
        ("stp:QNX", "2020-03-31", "E54000033", "2020-04-01", "E54000053"),
        ("icb:QXU", "2023-03-31", "E54000052", "2023-04-01", "E54000063"),
        ("icb:QNX", "2023-03-31", "E54000053", "2023-04-01", "E54000064"),
        ("sicbl:92A", "2023-03-31", "E38000246", "2023-04-01", "E38000264"),
        ("sicbl:70F", "2023-03-31", "E38000248", "2023-04-01", "E38000265"),
        ("icb:QRL", "2026-03-31", "E54000042", "2026-04-01", "E54000067"),
        ("sicbl:D9Y0V", "2026-03-31", "E38000253", "2026-04-01", "E38000266"),
        ("sicbl:92A", "2026-03-31", "E38000264", "2026-04-01", "E38000267"),
    ],
)
def test_a_new_area_code_is_no_new_body(body: str, before: str, old: str, at: str, new: str) -> None:
    assert code_on(IDENTIFIERS, body, "gss", before) == [old]
    assert code_on(IDENTIFIERS, body, "gss", at) == [new]


@pytest.mark.parametrize(
    "at", ["2016-12-01", "2017-06-01", "2020-04-01", "2022-06-30", "2022-07-01", "2024-01-01", "2026-04-01"]
)
def test_every_area_has_one_area_code_on_every_day(at: str) -> None:
    for row in ENTITIES:
        if row["id"].startswith(("stp:", "icb:", "sicbl:")) and holds(row, at):
            assert len(code_on(IDENTIFIERS, row["id"], "gss", at)) == 1, row["id"]


def test_boards_and_the_location_of_2026_have_their_area_codes_from_their_first_day() -> None:
    codes = {code: code_on(IDENTIFIERS, f"icb:{code}", "gss", "2026-04-01") for code in NEW_2026}
    assert codes == {
        "S1Y5D": ["E54000065"],
        "D7T5G": ["E54000066"],
        "T6Y0W": ["E54000068"],
        "S9B9J": ["E54000069"],
        "S0E4D": ["E54000070"],
        "Z9B2Z": ["E54000071"],
    }
    assert code_on(IDENTIFIERS, "sicbl:U2G6B", "gss", "2026-03-31") == []
    assert code_on(IDENTIFIERS, "sicbl:U2G6B", "gss", "2026-04-01") == ["E38000268"]
    assert code_on(IDENTIFIERS, "sicbl:D4U1Y", "gss", "2026-04-01") == []


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [
        ("M1J4Y", "NHS Bedfordshire, Luton and Milton Keynes ICB - M1J4Y", "NHS Central East ICB - M1J4Y"),
        ("06H", "NHS Cambridgeshire and Peterborough ICB - 06H", "NHS Central East ICB - 06H"),
        ("07H", "NHS Hertfordshire and West Essex ICB - 07H", "NHS Essex ICB - 07H"),
        ("06L", "NHS Suffolk and North East Essex ICB - 06L", "NHS Norfolk and Suffolk ICB - 06L"),
        ("93C", "NHS North Central London ICB - 93C", "NHS West and North London ICB - 93C"),
        ("92A", "NHS Surrey Heartlands ICB - 92A", "NHS Surrey and Sussex ICB - 92A"),
        ("97R", "NHS Sussex ICB - 97R", "NHS Surrey and Sussex ICB - 97R"),
    ],
)
def test_a_location_is_named_after_its_board_of_the_day(code: str, before: str, since: str) -> None:
    assert name_on(NAMES, f"sicbl:{code}", "2026-03-31") == [before]
    assert name_on(NAMES, f"sicbl:{code}", "2026-04-01") == [since]
    assert BY_ID[f"sicbl:{code}"]["name"] == since


def test_only_the_23_locations_whose_board_changed_have_another_name() -> None:
    renamed = {row["entity"] for row in NAMES if row["entity"].startswith("sicbl:")}
    assert len(renamed) == 23
    assert "sicbl:D9Y0V" not in renamed
    assert BY_ID["sicbl:U2G6B"]["name"] == "NHS Thames Valley ICB - U2G6B"


def test_names_of_partnerships_change_on_their_day() -> None:
    assert name_on(NAMES, "stp:QNQ", "2020-03-31") == ["Frimley Health"]
    assert name_on(NAMES, "stp:QNQ", "2020-04-01") == ["Frimley Health and Care ICS"]


@pytest.mark.parametrize(
    ("at", "groups"),
    [
        ("2016-03-31", 0),
        ("2016-12-01", 209),
        ("2017-04-01", 207),
        ("2018-04-01", 195),
        ("2019-04-01", 191),
        ("2020-04-01", 135),
        ("2021-04-01", 106),
        ("2022-06-30", 106),
        ("2022-07-01", 0),
    ],
)
def test_every_group_is_in_one_partnership(at: str, groups: int) -> None:
    members = linked(RELATIONSHIPS, "ccg", "member_of", "stp", at)
    assert len(members) == groups
    assert set(members.values()) == in_force(ENTITIES, "stp", at)


@pytest.mark.parametrize(
    ("group", "at", "partnership"),
    [
        ("00J", "2016-12-31", "QMK"),
        ("00J", "2017-01-01", "QVP"),
        ("00J", "2018-03-31", "QVP"),
        ("00J", "2018-04-01", "QHM"),
        ("01H", "2017-03-31", "QT8"),
        ("02Q", "2022-06-30", "QF7"),
        ("09L", "2020-03-31", "QNX"),
        ("92A", "2020-04-01", "QXU"),
        ("10E", "2020-03-31", "QKS"),
        ("91Q", "2020-04-01", "QKS"),
    ],
)
def test_groups_are_in_this_partnership(group: str, at: str, partnership: str) -> None:
    assert linked(RELATIONSHIPS, "ccg", "member_of", "stp", at)[group] == partnership


@pytest.mark.parametrize(
    ("code", "at", "region"),
    [
        ("QKS", "2018-03-31", "Y57"),
        ("QKS", "2018-04-01", "Y59"),
        ("QJK", "2018-04-01", "Y58"),
        ("QHG", "2019-03-31", "Y55"),
        ("QHG", "2019-04-01", "Y61"),
        ("QOP", "2019-03-31", "Y54"),
        ("QOP", "2019-04-01", "Y62"),
        ("QHM", "2018-04-01", "Y54"),
        ("QHM", "2019-04-01", "Y63"),
    ],
)
def test_partnerships_follow_the_new_regions(code: str, at: str, region: str) -> None:
    assert linked(RELATIONSHIPS, "stp", "part_of", "region", at)[code] == region


@pytest.mark.parametrize(
    "at", ["2016-12-01", "2018-04-01", "2019-04-01", "2022-06-30", "2022-07-01", "2026-04-01"]
)
def test_every_partnership_and_board_lies_in_one_region(at: str) -> None:
    for prefix in ("stp", "icb"):
        assert set(linked(RELATIONSHIPS, prefix, "part_of", "region", at)) == in_force(ENTITIES, prefix, at)


def test_a_board_keeps_the_region_of_its_partnership() -> None:
    before = linked(RELATIONSHIPS, "stp", "part_of", "region", "2022-06-30")
    assert before == linked(RELATIONSHIPS, "icb", "part_of", "region", "2022-07-01")


@pytest.mark.parametrize("at", ["2022-07-01", "2026-03-31", "2026-04-01"])
def test_every_location_lies_in_one_board_and_every_board_has_one(at: str) -> None:
    boards = linked(RELATIONSHIPS, "sicbl", "part_of", "icb", at)
    assert set(boards) == in_force(ENTITIES, "sicbl", at)
    assert set(boards.values()) == in_force(ENTITIES, "icb", at)


def test_23_locations_change_board_in_april_2026_one_ends_and_one_begins() -> None:
    before = linked(RELATIONSHIPS, "sicbl", "part_of", "icb", "2026-03-31")
    after = linked(RELATIONSHIPS, "sicbl", "part_of", "icb", "2026-04-01")
    assert len([code for code in before.keys() & after.keys() if after[code] != before[code]]) == 23
    assert (set(before) - set(after), set(after) - set(before)) == ({"D4U1Y"}, {"U2G6B"})
    assert after["U2G6B"] == "S0E4D"
    assert (before["06T"], after["06T"]) == ("QJG", "D7T5G")
    assert (before["91Q"], after["91Q"]) == ("QKS", "QKS")


def test_frimleys_location_was_split_among_three_by_its_people() -> None:
    assert weights("sicbl:D4U1Y", "2026-04-01") == {
        "sicbl:U2G6B": "0.569949",
        "sicbl:D9Y0V": "0.228095",
        "sicbl:92A": "0.201955",
    }
    assert {row["counts"] for row in SUCCESSIONS if row["predecessor"] == "sicbl:D4U1Y"} == {"people"}
    for code in ("D9Y0V", "92A"):
        assert BY_ID[f"sicbl:{code}"]["valid_from"] == "2022-07-01"
        assert not BY_ID[f"sicbl:{code}"]["valid_until"]


def test_a_location_is_no_successor_of_the_group_whose_code_it_keeps() -> None:
    assert not [
        row
        for row in SUCCESSIONS
        if row["successor"].startswith("sicbl:") and row["predecessor"].startswith("ccg:")
    ]
    assert "ccg:91Q" in BY_ID["sicbl:91Q"]["note"]


def test_every_group_is_followed_by_boards_that_got_all_its_practices() -> None:
    followed = {row["predecessor"] for row in SUCCESSIONS if row["predecessor"].startswith("ccg:")}
    assert len(followed) == 106
    for group in followed:
        assert abs(sum(float(weight) for weight in weights(group, "2022-07-01").values()) - 1) < 1e-4
    divided = {group for group in followed if len(weights(group, "2022-07-01")) > 1}
    assert divided == {"ccg:01Y", "ccg:06H", "ccg:D2P2L"}


def test_part_of_three_groups_went_to_a_neighbours_board() -> None:
    assert weights("ccg:01Y", "2022-07-01") == {"icb:QOP": "0.837838", "icb:QJ2": "0.162162"}
    assert weights("ccg:D2P2L", "2022-07-01") == {"icb:QUA": "0.875598", "icb:QHL": "0.124402"}
    assert weights("ccg:06H", "2022-07-01") == {"icb:QUE": "0.988889", "icb:QPM": "0.0111111"}


def test_bassetlaw_changes_from_south_yorkshire_to_nottinghamshire_as_a_whole() -> None:
    assert weights("ccg:02Q", "2022-07-01") == {"icb:QT1": "1"}
    # The partnership's board took its place; the part of its area that came to another is a boundary change.
    assert weights("stp:QF7", "2022-07-01") == {"icb:QF7": "", "icb:QT1": "0.0771391"}


@pytest.mark.parametrize(
    ("day", "old", "new", "number", "counts"),
    [
        ("2022-07-01", "stp:QF7", "icb:QT1", "118280", "people"),  # Bassetlaw
        ("2022-07-01", "stp:QOP", "icb:QJ2", "33604", "people"),  # Glossop
        ("2022-07-01", "stp:QUA", "icb:QHL", "178281", "people"),  # west Birmingham
        ("2022-07-01", "stp:QUE", "icb:QPM", "17070", "people"),  # Oundle
        ("2023-04-01", "sicbl:92A", "sicbl:70F", "6686", "people"),
        ("2024-04-01", "sicbl:03Q", "sicbl:42D", "14", "practices"),
    ],
)
def test_what_passed_between_systems_or_locations_is_a_boundary_change(
    day: str, old: str, new: str, number: str, counts: str
) -> None:
    [pair] = [
        row
        for row in SUCCESSIONS
        if (row["predecessor"], row["successor"]) == (old, new) and row["event"].startswith(day)
    ]
    assert (EVENTS[pair["event"]]["kind"], pair["number"], pair["counts"]) == (
        "boundary_change",
        number,
        counts,
    )


def test_each_board_has_one_event_for_its_groups_and_one_for_its_partnership() -> None:
    of_the_day = [row for row in EVENTS.values() if row["date"] == "2022-07-01"]
    assert len([row for row in of_the_day if row["kind"] == "replaced"]) == 84
    assert all(row["instrument"] for row in of_the_day if row["kind"] == "replaced")
    kent = {row["predecessor"] for row in SUCCESSIONS if row["successor"] == "icb:QKS"}
    assert kent == {"ccg:91Q", "stp:QKS"}


def test_the_boards_of_2026_change_in_three_connected_groups() -> None:
    of_the_day = {row["id"]: row["kind"] for row in EVENTS.values() if row["date"] == "2026-04-01"}
    assert sorted(of_the_day.values()) == ["abolished", "merged", "reorganised", "reorganised", "split"]
    assert weights("icb:QMJ", "2026-04-01") == weights("icb:QRV", "2026-04-01") == {"icb:Z9B2Z": "1"}
    assert set(weights("icb:QJG", "2026-04-01")) == {"icb:D7T5G", "icb:T6Y0W"}
    assert set(weights("icb:QM7", "2026-04-01")) == {"icb:D7T5G", "icb:S1Y5D"}
    assert weights("icb:QNQ", "2026-04-01") == {
        "icb:S0E4D": "0.626866",
        "icb:QRL": "0.208955",
        "icb:S9B9J": "0.164179",
    }
    assert weights("icb:QMM", "2026-04-01") == {"icb:T6Y0W": "1"}
    assert BY_ID["icb:QRL"]["valid_until"] == ""


def test_three_partnerships_become_one_in_2018() -> None:
    for code in ("QMK", "QT8", "QVP"):
        assert BY_ID[f"stp:{code}"]["valid_until"] == BY_ID["stp:QHM"]["valid_from"] == "2018-04-01"
        assert weights(f"stp:{code}", "2018-04-01") == {"stp:QHM": "1"}


CLUSTERED = [row for row in RELATIONSHIPS if row["verb"] == "clustered_with"]


def clustered(at: str, status: str = "in_force") -> set[frozenset[str]]:
    """The pairs of boards that share management on a day."""
    rows = [row for row in CLUSTERED if row["status"] == status and holds(row, at)]
    return {frozenset(row[end].partition(":")[2] for end in ("subject", "object")) for row in rows}


@pytest.mark.parametrize(
    ("at", "pairs"),
    [
        ("2025-06-24", 0),
        ("2025-06-25", 6),
        ("2025-07-13", 6),
        ("2025-07-14", 8),
        ("2025-08-14", 9),
        ("2025-08-31", 9),
        ("2025-09-01", 12),
        ("2025-10-01", 19),
        ("2026-03-31", 19),
        ("2026-04-01", 12),
    ],
)
def test_clusters_begin_on_the_day_they_were_agreed_and_end_with_their_boards(at: str, pairs: int) -> None:
    assert len(clustered(at)) == pairs


def test_clusters_are_bodies_under_one_management_and_end_no_board() -> None:
    boards = {code for pair in clustered("2026-10-09") for code in pair}
    assert len(boards) == 18
    assert boards <= in_force(ENTITIES, "icb", "2026-10-09")
    assert frozenset(("QU9", "QNQ")) in clustered("2025-10-01")
    assert frozenset(("QK1", "QPM")) in clustered("2025-08-14")
    assert not [row for row in CLUSTERED if row["source"] == "general-knowledge"]


def test_what_was_prepared_or_explored_is_planned_or_proposed_only() -> None:
    explored = frozenset(("QKK", "QWE"))
    assert clustered("2026-01-01", "proposed") == {explored}
    assert not [at for at in ("2025-11-01", "2026-05-01", "2026-10-09") if explored in clustered(at)]
    south_west = {frozenset(pair) for pair in (("QOX", "QSL"), ("QOX", "QVV"), ("QSL", "QVV"))}
    assert clustered("2026-04-01", "planned") - {frozenset(("QGH", "QWU"))} == south_west


def test_37_reporting_entities_and_60_hubs_are_no_groups_or_locations() -> None:
    assert len([row for row in ENTITIES if row["kind"] == "sub_icb_reporting_entity"]) == 37
    assert len([row for row in ENTITIES if row["kind"] == "commissioning_hub"]) == 60
    assert len(in_force(ENTITIES, "hub", "2013-04-01")) == 28
    assert in_force(ENTITIES, "hub", "2013-03-31") == set()
    assert "13Q" in in_force(ENTITIES, "hub", "2026-01-01")


def test_two_hubs_of_londons_offices_are_known_from_list_sizes_only() -> None:
    for code, name in (("13D", "North East London CB Hub"), ("13F", "South London CB Hub")):
        row = BY_ID[f"hub:{code}"]
        assert (row["name"], row["from_precision"], row["until_precision"]) == (name, "approx", "approx")
        office = {"13D": "Q61", "13F": "Q63"}[code]
        assert linked(RELATIONSHIPS, "hub", "part_of", "ato", "2014-06-01")[code] == office
        assert code not in in_force(ENTITIES, "hub", "2015-04-01")


@pytest.mark.parametrize(
    ("at", "hubs", "ended"), [("2015-03-31", 28, ""), ("2015-04-01", 14, "12G"), ("2020-04-01", 16, "14C")]
)
def test_hubs_come_and_go_with_area_teams_and_local_offices(at: str, hubs: int, ended: str) -> None:
    assert len(in_force(ENTITIES, "hub", at)) == hubs
    assert ended not in in_force(ENTITIES, "hub", at)


def test_a_reporting_entity_lies_in_the_one_location_of_its_board() -> None:
    assert linked(RELATIONSHIPS, "sicbre", "part_of", "sicbl", "2024-03-31") == {}
    entities = linked(RELATIONSHIPS, "sicbre", "part_of", "sicbl", "2025-01-01")
    assert len(entities) == 37
    assert entities["Z4H8X"] == "W2U3Z"
    assert entities["L6J4J"] == "D4U1Y"
    later = linked(RELATIONSHIPS, "sicbre", "part_of", "sicbl", "2026-04-01")
    closed = {"C7X7P", "I0N2H", "L6J4J", "M3V5R", "R2L3Y"}
    assert (
        set(entities) - set(later) == {code for code, place in entities.items() if place == "D4U1Y"} == closed
    )
    assert len(in_force(ENTITIES, "sicbre", "2026-03-31")) == 37
    assert in_force(ENTITIES, "sicbre", "2026-03-31") - in_force(ENTITIES, "sicbre", "2026-04-01") == closed


@pytest.mark.parametrize(
    ("code", "at", "above"),
    [
        ("13N", "2015-03-31", "at:Q70"),
        ("13N", "2015-04-01", "lo:Q70"),
        ("13N", "2018-04-01", "lo:Q87"),
        ("13W", "2016-03-31", "lo:Q73"),
        ("13W", "2016-04-01", "lo:Q83"),
        ("14F", "2018-03-31", "lo:Q80"),
        ("14F", "2018-04-01", "lo:Q85"),
        ("14F", "2020-03-31", "lo:Q85"),
        ("14F", "2020-04-01", "region:Y58"),
        (
            "14T",
            "2018-03-31",
            "",
        ),  # it is first seen in November 2018, under an office that was new that year
        ("13Q", "2015-03-31", "region:Y54"),
        ("13Q", "2015-04-01", "lo:Q72"),
        ("13Q", "2020-04-01", ""),  # the register says of it and its practices: under no region
        ("15L", "2019-10-31", "lo:Q72"),
        ("27T", "2020-04-01", "region:Y62"),
    ],
)
def test_a_hub_stands_under_the_office_that_the_register_names_and_since_2020_under_a_region(
    code: str, at: str, above: str
) -> None:
    found = [row["object"] for row in RELATIONSHIPS if row["subject"] == f"hub:{code}" and holds(row, at)]
    assert found == ([above] if above else [])


def test_partners_of_2019_are_said_to_be_as_listed_and_within_both_lives() -> None:
    partners = [
        row for row in RELATIONSHIPS if row["verb"] == "member_of" and not row["subject"].startswith("ccg:")
    ]
    assert {row["stated_on"] for row in partners} == {"2019-04-03"}
    assert {row["from_precision"] for row in partners} == {"approx"}
    kent = {row["subject"] for row in partners if row["object"] == "stp:QKS"}
    assert kent == {
        "council:E06000035",
        "council:E10000016",
        "trust:RN7",
        "trust:RPA",
        "trust:RVV",
        "trust:RWF",
        "trust:RXY",
        "trust:RYD",
        "trust:RYY",
    }
    assert not [row for row in partners if row["subject"] == "council:E10000009" and holds(row, "2019-04-01")]
    assert not [row for row in partners if row["subject"] == "trust:R0B" and holds(row, "2019-03-31")]


@needs_shared
@pytest.mark.parametrize(
    ("year", "folders"),
    [
        ("17", ("ons", "lookups", "ccg17_stp17.csv")),
        ("18", ("ons", "lookups", "ccg18_stp18.csv")),
        ("19", ("ons", "lookups", "ccg19_stp19.csv")),
        ("19", ("ons", "lookups", "ccg19_stp19_cal19_jul.csv")),
        ("20", ("ons", "lookups", "ccg20_stp20.csv")),
        ("21", ("ods", "lookups", "CCG21_STP21_NHSER21.csv")),
    ],
)
def test_checked_back_the_look_ups_from_group_to_partnership(year: str, folders: tuple[str, ...]) -> None:
    at = f"20{year}-04-01"
    path = SHARED.joinpath("data", *folders)
    members = linked(RELATIONSHIPS, "ccg", "member_of", "stp", at)
    names = {}
    published = {}
    for _, row in read_table(path, f"CCG{year}CDH", f"STP{year}CD", f"STP{year}NM"):
        published[row[f"CCG{year}CDH"]] = row[f"STP{year}CD"]
        names[row[f"STP{year}CD"]] = row[f"STP{year}NM"]
        assert row.get(f"STP{year}CDH") in (None, members[row[f"CCG{year}CDH"]])
    mine = {group: code_on(IDENTIFIERS, f"stp:{code}", "gss", at)[0] for group, code in members.items()}
    assert mine == published
    called = {
        code_on(IDENTIFIERS, f"stp:{code}", "gss", at)[0]: (
            name_on(NAMES, f"stp:{code}", at) or [BY_ID[f"stp:{code}"]["name"]]
        )[0]
        for code in set(members.values())
    }
    different = {code: (names[code], called[code]) for code in names if names[code] != called[code]}
    # The code history back-dates a later name to two partnerships.
    assert set(different) <= {"E54000024", "E54000053"}


@needs_shared
def test_checked_back_the_list_of_partners_names_the_same_groups() -> None:
    text = read_text(SHARED / "data" / "ods" / "stp" / "stp_partners_current_stps.csv")
    rows = list(csv.reader(io.StringIO(text, newline="")))[5:]
    listed = {(row[10].strip(), row[1].strip()) for row in rows if len(row) > 10 and row[10].strip()}
    assert listed == set(linked(RELATIONSHIPS, "ccg", "member_of", "stp", "2019-04-03").items())


@needs_shared
def test_checked_back_the_boards_of_december_2024() -> None:
    path = SHARED / "data" / "ods" / "icb_names_codes_dec_2024.csv"
    published = {row["ICB24CDH"]: row for _, row in read_table(path, "ICB24CD", "ICB24CDH", "ICB24NM")}
    assert set(published) == in_force(ENTITIES, "icb", "2024-12-01")
    for code, row in published.items():
        assert code_on(IDENTIFIERS, f"icb:{code}", "gss", "2024-12-01") == [row["ICB24CD"]]
        assert BY_ID[f"icb:{code}"]["name"] == row["ICB24NM"]


@needs_shared
def test_checked_back_the_location_codes_of_february_2026() -> None:
    text = (SHARED / "data" / "ods" / "lookups" / "postcodesio_ccgs.json").read_text(encoding="utf-8")
    published = {row["ccg19cdh"]: code for code, row in json.loads(text).items() if code.startswith("E38")}
    mine = {
        code: code_on(IDENTIFIERS, f"sicbl:{code}", "gss", "2026-02-01")[0]
        for code in in_force(ENTITIES, "sicbl", "2026-02-01")
    }
    assert {code: published.get(code) for code in mine} == mine


@needs_shared
def test_checked_back_the_register_of_commissioners() -> None:
    path = SHARED / "data" / "ods" / "eccg" / "eccg_2025.csv"
    rows = [row for _, row in read_headless(path, 27)]
    boards = linked(RELATIONSHIPS, "sicbl", "part_of", "icb", "2025-01-01")
    regions = linked(RELATIONSHIPS, "icb", "part_of", "region", "2025-01-01")
    locations = {row[0]: row for row in rows if row[13].startswith("RO319")}
    assert {code: row[3] for code, row in locations.items()} == boards
    assert {code: row[2] for code, row in locations.items()} == {c: regions[b] for c, b in boards.items()}
    assert {c: row[1].casefold() for c, row in locations.items()} == {
        c: (name_on(NAMES, f"sicbl:{c}", "2025-01-01") or [BY_ID[f"sicbl:{c}"]["name"]])[0].casefold()
        for c in boards
    }
    hubs = {row[0] for row in rows if row[13] == "RO218"}
    assert {c for c in hubs if not next(r for r in rows if r[0] == c)[11]} == in_force(
        ENTITIES, "hub", "2025-01-01"
    )
    assert {row[0] for row in rows if row[13] == "RO327"} == in_force(ENTITIES, "sicbre", "2025-01-01")


@needs_shared
@pytest.mark.parametrize(
    ("name", "at"), [("eccg_2016-02.csv", "2016-02-01"), ("eccg_2018-11.csv", "2018-11-01")]
)
def test_checked_back_the_hubs_of_two_older_registers(name: str, at: str) -> None:
    rows = [row for _, row in read_headless(SHARED / "data" / "ods" / "eccg" / name, 27) if row[13] == "H"]
    assert {row[0] for row in rows if not row[11]} == in_force(ENTITIES, "hub", at) - {"15L"}
    assert all(BY_ID[f"hub:{row[0]}"]["valid_from"] == compact_day(row[10]) for row in rows)
    offices = linked(RELATIONSHIPS, "hub", "part_of", "lo", at)
    assert {row[0]: row[3] for row in rows if not row[11]} == {c: o for c, o in offices.items() if c != "15L"}


@needs_shared
@pytest.mark.parametrize(("edition", "at"), [("2018-05", "2018-04-30"), ("2020-01", "2019-10-31")])
def test_checked_back_the_offices_of_hubs_with_registers_of_practices(edition: str, at: str) -> None:
    path = SHARED / "data" / "ods" / "epraccur" / f"epraccur_{edition}.csv.gz"
    offices = linked(RELATIONSHIPS, "hub", "part_of", "lo", at)
    rows = [row for _, row in read_headless(path, 27) if not row[11] and not row[16]]
    told = {(row[14], row[3]) for row in rows if row[14] in offices}
    assert told == {(code, offices[code]) for code, _ in told}
    assert len(told) > 9


@needs_shared
def test_checked_back_the_boards_of_october_2026() -> None:
    path = SHARED / "data" / "ods" / "icb" / "sub_icb_to_icb_2026-04.csv"
    published = {
        row["sub_icb_ods"]: row["icb_2026_04_ods"]
        for _, row in read_table(path, "sub_icb_ods", "icb_2026_04_ods")
        if row["icb_2026_04_ods"]
    } | {"U2G6B": "S0E4D"}
    assert linked(RELATIONSHIPS, "sicbl", "part_of", "icb", "2026-10-09") == published
    path = SHARED / "data" / "ods" / "icb" / "stp_icb_successions.csv"
    pairs = {
        (row["predecessor_code"], row["successor_code"]) for _, row in read_table(path, "successor_code")
    }
    mine = {
        (row["predecessor"].partition(":")[2], row["successor"].partition(":")[2])
        for row in SUCCESSIONS
        if EVENTS[row["event"]]["date"] in ("2018-04-01", "2026-04-01")
        and row["successor"].startswith(("stp:", "icb:"))
    }
    assert mine == pairs


@needs_shared
def test_checked_back_the_register_s_own_summary_of_april_2026() -> None:
    path = next((SHARED / "data" / "ods" / "april_2026").glob("*.xlsx"))
    words = re.findall(r"NHS [A-Z ,]+ ICB - [A-Z0-9]{3,5}\b", html.unescape(_sheet_words(path)))
    named = {word.rpartition(" - ")[2] for word in words}
    for code in linked(RELATIONSHIPS, "sicbl", "part_of", "icb", "2026-04-01").keys() & named:
        assert BY_ID[f"sicbl:{code}"]["name"].upper() in words, code


def _sheet_words(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/sharedStrings.xml").decode()
