"""NHS trusts: dates, renamings between editions of the register, reported mergers, and the editions themselves."""

from __future__ import annotations

from collections import Counter

import pytest

from orgmap.loaders.published import compact_day, read_headless, read_table
from tests.data.one_dataset import SHARED, code_on, holds, in_force, name_on, needs_shared, rows_of

ENTITIES = rows_of("trusts", "entities")
BY_ID = {row["id"]: row for row in ENTITIES}
IDENTIFIERS = rows_of("trusts", "identifiers")
NAMES = rows_of("trusts", "names")
LOCATIONS = rows_of("trusts", "locations")
SUCCESSIONS = rows_of("trusts", "successions")
BOARDS = [row for row in rows_of("trusts", "relationships") if row["verb"] == "part_of"]
REGIONS = [row for row in rows_of("integrated_care", "relationships") if row["object"].startswith("region:")]
EVENTS = {row["id"]: row for row in rows_of("trusts", "events")}

EDITIONS = (
    ("etr_2015.csv", 24, "2015-07-01"),
    ("etr_2018-08-31.csv", 27, "2018-08-31"),
    ("etr_2020-21.csv", 24, "2020-08-01"),
    ("etr_2022.csv", 27, "2022-01-01"),
    ("etr_2025-07.csv", 27, "2025-07-01"),
    ("etr_2025.csv", 27, "2025-11-01"),
    ("etr_2026-04.csv", 27, "2026-04-09"),
)
CLOSED_LATE = {
    "etr_2018-08-31.csv": {"RJD", "RY1", "R1E"},
    "etr_2020-21.csv": {"RA3", "RBA", "RC1", "RDD", "RQ8", "RJD"},
}
"""Trusts still open in two editions that later ones closed in October 2017 to May 2018, and in March 2020."""

OPENED_AHEAD = {"etr_2026-04.csv": {"K0N6A"}}
"""A trust that the edition of April 2026 opens on 1 June."""

WELSH = {"RQF", "RT4", "RYT"}
CARE_TRUSTS = {"TAD", "TAE", "TAF", "TAH", "TAJ"}


def test_there_are_274_trusts_of_the_register_and_five_care_trusts() -> None:
    assert len(ENTITIES) == 279
    assert {row["kind"] for row in ENTITIES} == {"nhs_trust", "welsh_trust"}
    assert {row["id"].partition(":")[2] for row in ENTITIES if not row["valid_from"]} == CARE_TRUSTS


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("R0A", "2017-09-30", "2017-10-01"),
        ("R0B", "2019-03-31", "2019-04-01"),
        ("G6V2S", "2024-10-31", "2024-11-01"),
        ("K0N6A", "2026-05-31", "2026-06-01"),
    ],
)
def test_a_trust_exists_from_its_first_day(code: str, before: str, after: str) -> None:
    assert code not in in_force(ENTITIES, "trust", before)
    assert code in in_force(ENTITIES, "trust", after)


@pytest.mark.parametrize(
    ("code", "last", "gone"),
    [
        ("RE9", "2019-03-31", "2019-04-01"),
        ("R0C", "2020-03-26", "2020-03-27"),
        ("R1C", "2024-09-30", "2024-10-01"),
        ("RR1", "2018-04-01", "2018-04-02"),
        ("RNK", "2026-03-31", "2026-04-01"),
        ("RY2", "2026-03-31", "2026-04-01"),
        ("RYV", "2026-03-31", "2026-04-01"),
        ("RVJ", "2026-06-30", "2026-07-01"),
    ],
)
def test_a_trust_is_gone_on_the_day_after_its_last(code: str, last: str, gone: str) -> None:
    assert code in in_force(ENTITIES, "trust", last)
    assert code not in in_force(ENTITIES, "trust", gone)


def test_a_code_used_by_a_primary_care_trust_is_no_trust_here() -> None:
    assert not {f"trust:{code}" for code in ("TAC", "TAG", "TAK", "TAL", "TAM", "TAN", "TAP")} & set(BY_ID)


def test_a_care_trusts_dates_are_not_known_but_for_two_ends() -> None:
    ends = {"TAE": ("2018-06-15", "approx"), "TAF": ("2024-11-01", "")}
    for code in CARE_TRUSTS:
        row = BY_ID[f"trust:{code}"]
        assert row["from_precision"] == "not_known"
        assert (row["valid_until"], row["until_precision"]) == ends.get(code, ("", "not_known"))
    assert BY_ID["trust:TAF"]["valid_until"] == BY_ID["trust:G6V2S"]["valid_from"]


def test_every_trust_has_its_register_code_and_those_of_the_register_a_postcode() -> None:
    for row in ENTITIES:
        code = row["id"].partition(":")[2]
        assert code_on(IDENTIFIERS, row["id"], "ods", "2020-01-01") == [code]
    placed = {row["entity"].partition(":")[2] for row in LOCATIONS}
    assert placed == {row["id"].partition(":")[2] for row in ENTITIES} - CARE_TRUSTS


@pytest.mark.parametrize(
    ("code", "last", "before", "first", "since"),
    [
        (
            "RXY",
            "2025-10-12",
            "Kent and Medway NHS and Social Care Partnership Trust",
            "2025-10-13",
            "Kent and Medway Mental Health NHS Trust",
        ),
        (
            "RWW",
            "2026-03-31",
            "Warrington and Halton Teaching Hospitals NHS Foundation Trust",
            "2026-04-01",
            "North Cheshire and Mersey NHS Foundation Trust",
        ),
        (
            "RY3",
            "2026-03-31",
            "Norfolk Community Health and Care NHS Trust",
            "2026-04-01",
            "East of England Community Health and Care NHS Trust",
        ),
        (
            "RA7",
            "2026-06-30",
            "University Hospitals Bristol and Weston NHS Foundation Trust",
            "2026-07-01",
            "Bristol NHS Foundation Trust",
        ),
        (
            "RA7",
            "2020-03-31",
            "University Hospitals Bristol NHS Foundation Trust",
            "2020-04-01",
            "University Hospitals Bristol and Weston NHS Foundation Trust",
        ),
        (
            "RM3",
            "2021-09-30",
            "Salford Royal NHS Foundation Trust",
            "2021-10-01",
            "Northern Care Alliance NHS Foundation Trust",
        ),
        (
            "RAX",
            "2024-10-31",
            "Kingston Hospital NHS Foundation Trust",
            "2024-11-01",
            "Kingston and Richmond NHS Foundation Trust",
        ),
    ],
)
def test_a_renaming_is_dated_to_the_day_where_one_is_told(
    code: str, last: str, before: str, first: str, since: str
) -> None:
    assert name_on(NAMES, f"trust:{code}", last) == [before]
    assert name_on(NAMES, f"trust:{code}", first) == [since]


def test_other_renamings_are_dated_by_the_edition_that_first_shows_them() -> None:
    assert name_on(NAMES, "trust:RYA", "2020-07-31") == [
        "West Midlands Ambulance Service NHS Foundation Trust"
    ]
    dated = [row for row in NAMES if row["valid_from"] and row["source"].startswith("ods-")]
    assert {row["from_precision"] for row in dated} == {"approx"}
    exact = [row for row in NAMES if row["source"] in ("rcpch-trust-acquisitions", "trust-reports-2026")]
    assert {row["from_precision"] for row in exact} == {""}
    assert len(exact) == 22


@pytest.mark.parametrize(
    ("code", "at", "body"),
    [
        ("RVV", "2020-03-31", None),
        ("RVV", "2020-04-01", "stp:QKS"),
        ("RVV", "2022-06-30", "stp:QKS"),
        ("RVV", "2022-07-01", "icb:QKS"),
        ("RVV", "2026-07-01", "icb:QKS"),
        ("RDU", "2026-03-31", "icb:QNQ"),
        ("RDU", "2026-04-01", "icb:S9B9J"),
        ("RWX", "2026-03-31", "icb:QNQ"),
        ("RWX", "2026-04-01", "icb:S0E4D"),
        ("RDE", "2026-03-31", "icb:QJG"),
        ("RDE", "2026-04-01", "icb:D7T5G"),
        ("RGR", "2026-04-01", "icb:T6Y0W"),
        ("RQW", "2026-04-01", "icb:D7T5G"),
        ("RWG", "2026-04-01", "icb:S1Y5D"),
        ("G6V2S", "2024-10-31", None),
        ("G6V2S", "2024-11-01", "icb:QMJ"),
        ("G6V2S", "2026-04-01", "icb:Z9B2Z"),
        ("K0N6A", "2026-05-31", None),
        ("K0N6A", "2026-06-01", "icb:QKK"),
        ("RVJ", "2026-06-30", "icb:QUY"),
        ("RVJ", "2026-07-01", None),
        ("RQF", "2025-01-01", None),
    ],
)
def test_a_trusts_board_is_that_of_its_address_on_the_day(code: str, at: str, body: str | None) -> None:
    found = [row for row in BOARDS if row["subject"] == f"trust:{code}" and holds(row, at)]
    assert [row["object"] for row in found] == ([body] if body else [])
    assert all(row["basis"] == "administrative" and "address" in row["note"] for row in found)


@pytest.mark.parametrize(
    "at", ["2020-04-01", "2022-06-30", "2022-07-01", "2026-03-31", "2026-04-01", "2026-07-01"]
)
def test_every_trust_of_england_has_one_board_by_its_address(at: str) -> None:
    placed = Counter(row["subject"].partition(":")[2] for row in BOARDS if holds(row, at))
    assert set(placed.values()) == {1}
    late = {"R0C"} if at == "2020-04-01" else set()
    assert set(placed) == in_force(ENTITIES, "trust", at) - CARE_TRUSTS - WELSH - late


def test_the_last_name_of_every_renamed_trust_is_the_name_of_the_trust() -> None:
    for row in NAMES:
        if row["use"] == "official":
            assert BY_ID[row["entity"]]["name"] == row["name"]


def test_older_names_of_kents_trusts_are_marked_as_not_verified() -> None:
    unverified = [row for row in NAMES if row["source"] == "general-knowledge"]
    assert len(unverified) == 7
    assert all("not verified" in row["note"] for row in unverified)


def test_mergers_are_those_that_the_register_and_the_list_report_and_fall_on_the_trusts_last_day() -> None:
    second_hand = [event for event, row in EVENTS.items() if row["note"].startswith("second-hand")]
    assert (len(EVENTS), len(second_hand)) == (36, 2)
    for row in SUCCESSIONS:
        ended = BY_ID[row["predecessor"]]["valid_until"]
        assert ended in (EVENTS[row["event"]]["date"], "")  # blank: the register was read before
        assert holds(BY_ID[row["successor"]], EVENTS[row["event"]]["date"])
    new = {row["predecessor"] for row in SUCCESSIONS if row["successor"] == "trust:R0B"}
    assert new == {"trust:RE9", "trust:RLN"}


@needs_shared
def test_checked_back_every_acquisition_of_the_list() -> None:
    path = SHARED / "facts" / "reform_2026" / "trust_acquisitions_2014_2026.csv"
    listed = {
        (f"trust:{row['acquired_ods']}", f"trust:{row['acquirer_ods']}")
        for _, row in read_table(path, "acquirer_ods", "acquired_ods")
        if row["acquired_ods"]
    } | {("trust:RDD", "trust:RAJ"), ("trust:RQ8", "trust:RAJ")}  # these two by name only
    ours = {(row["predecessor"], row["successor"]) for row in SUCCESSIONS}
    assert listed <= ours
    assert len(listed) == 33


def test_a_trust_that_was_divided_among_two_has_both() -> None:
    heirs = {row["successor"] for row in SUCCESSIONS if row["predecessor"] == "trust:RW6"}
    assert heirs == {"trust:RM3", "trust:R0A"}


@needs_shared
@pytest.mark.parametrize(("name", "columns", "at"), EDITIONS)
def test_checked_back_every_edition_has_the_trusts_of_its_day(name: str, columns: int, at: str) -> None:
    rows = list(read_headless(SHARED / "data" / "ods" / "etr" / name, columns))
    dated = {row[0]: row for _, row in rows if row[10]}
    assert {row[0] for _, row in rows} - set(dated) <= {"R0A", "R0B"}
    for code, row in dated.items():
        assert BY_ID[f"trust:{code}"]["valid_from"] == compact_day(row[10])
        called = {n.casefold() for n in name_on(NAMES, f"trust:{code}", at)} or {
            BY_ID[f"trust:{code}"]["name"].casefold()
        }
        ended = BY_ID[f"trust:{code}"]["valid_until"]
        assert (ended and ended <= at) or row[1].casefold() in called
    open_then = {code for code, row in dated.items() if not row[11] or compact_day(row[11]) >= at}
    odd = CLOSED_LATE.get(name, set()) | OPENED_AHEAD.get(name, set())
    assert open_then - odd == in_force(ENTITIES, "trust", at) - CARE_TRUSTS
    boards = {row["subject"].partition(":")[2]: row["object"] for row in BOARDS if holds(row, at)}
    if at >= "2020-04-01":
        assert {code: body.partition(":")[2] for code, body in boards.items()} == {
            code: dated[code][3] for code in boards
        }
        regions = {row["subject"]: row["object"][7:] for row in REGIONS if holds(row, at)}
        assert {code: regions[body] for code, body in boards.items()} == {
            code: dated[code][2] for code in boards
        }


@needs_shared
def test_checked_back_the_trusts_of_the_list_of_partners() -> None:
    path = SHARED / "data" / "ods" / "stp" / "stp_partners_caretrusts.csv"
    assert {row["ORG CODE"] for _, row in read_table(path, "ORG CODE")} == CARE_TRUSTS
