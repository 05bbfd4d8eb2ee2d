"""The reform ahead: every row of the given lists stands in one place, as sure as it says; none of it is in force."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.check.plans import AHEAD
from orgmap.loaders.reading import tables_of
from tests.running import ROOT

GIVEN = ROOT.parent / "shared" / "facts" / "reform_2026"
HEALTH, COUNCILS, PARTS = "health_reform_2026.csv", "lgr_2026.csv", "lgr_constituents.csv"

HOW_SURE = {
    "planned": {"planned"},
    "conditional": {"conditional"},
    "proposed": {"proposed", "conditional"},
    "disputed": {"disputed", "conditional"},
    "consulted": {"proposed"},
    "decided": {"planned"},
    "decided (partly read)": {"planned"},
    "pending (outcome not found)": {"disputed"},
    "in_force (shadow)": {"enacted"},
    "in_force": {"conditional"},
}
"""What the status of a plan is by that of the row: `enacted` and what a Bill row folds in are told apart below."""

Row = dict[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """All rows of a table of the project, as texts."""
    columns = TABLES[table].columns
    found = tables_of(data_folder())(table)
    return tuple(
        {column: "" if cell is None else str(cell) for column, cell in zip(columns, row, strict=True)}
        for row in found
    )


@cache
def plans() -> tuple[Row, ...]:
    """Every statement of a plan."""
    return rows("plans")


@cache
def left_out() -> tuple[Row, ...]:
    """The rows that are no plan, each with its reason and where it stands instead."""
    path = data_folder() / "curated" / "reform_ahead" / "left_out.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def ids() -> frozenset[str]:
    """What a row may point to: bodies, changes, rules, steps of accountability."""
    tables = ("entities", "events", "rules", "accountability")
    return frozenset(row["id"] for table in tables for row in rows(table))


def given(name: str) -> list[Row]:
    """A given list; skips where it is not at hand."""
    if not GIVEN.is_dir():
        pytest.skip("the given lists are not at hand")
    with (GIVEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbered() -> dict[str, Row]:
    """The rows of the three lists of plans by the ids that the project gives them."""
    found = {row["id"]: row for row in given(HEALTH)}
    found |= {f"LGR{number:03}": row for number, row in enumerate(given(COUNCILS), start=1)}
    return found | {f"LGC{number:03}": row for number, row in enumerate(given(PARTS), start=1)}


def placed() -> Counter[str]:
    """In how many places each row stands."""
    told = (row for plan in plans() for row in plan["row"].split())
    return Counter([*told, *(row["row"] for row in left_out())])


def test_each_given_row_is_a_plan_or_left_out_and_never_both() -> None:
    wanted = numbered()
    assert len(wanted) == 300 + 192 + 88
    found = placed()
    assert sorted(wanted.keys() - found) == []
    assert sorted(row for row, count in found.items() if row in wanted and count != 1) == []
    assert {row for row in found if row[:2] in ("HR", "LG")} == wanted.keys()


def test_what_is_left_out_has_a_reason_and_stands_where_it_says() -> None:
    for row in left_out():
        assert row["reason"]
        assert set(row["where"].split()) <= ids(), row["row"]
        assert row["where"] or not row["reason"].startswith("in the tables as"), row["row"]


def test_every_membership_of_a_combined_authority_is_in_the_tables() -> None:
    wanted = given("combined_authorities.csv")
    told = Counter(
        (row["subject"], row["valid_from"] if row["status"] == "in_force" else "", row["valid_until"])
        for row in rows("relationships")
        if row["verb"] == "member_of" and row["object"].startswith("ca:")
    )
    assert len(wanted) == 97
    assert told == Counter((row["member_product_id"], row["from"], row["until"]) for row in wanted)


def test_every_trust_that_was_taken_over_has_its_successor_in_the_tables() -> None:
    wanted = given("trust_acquisitions_2014_2026.csv")
    told = {(row["predecessor"], row["successor"]) for row in rows("successions")}
    missing = [
        row["acquired_ods"]
        for row in wanted
        if row["acquired_ods"]
        and (f"trust:{row['acquired_ods']}", f"trust:{row['acquirer_ods']}") not in told
    ]
    assert len(wanted) == 32
    renamed = [row["acquirer_ods"] for row in wanted if not row["acquired_ods"]]
    assert {f"trust:{code}" for code in renamed} <= {row["entity"] for row in rows("names")}
    assert missing == []


def test_a_plan_is_as_sure_as_its_row_says() -> None:
    listed = numbered()
    for plan in plans():
        for row in plan["row"].split():
            if ":" in row:
                continue  # a line of a document
            status = listed[row]["status"]
            if row.startswith("HR") and status == "enacted":
                may = {"planned"}  # there it means a plan that was carried out since
            elif row.startswith("LGR") and plan["id"].startswith("hr"):
                continue  # the councils' list repeats the health list, less exactly
            else:
                may = HOW_SURE.get(status, {status})
            assert plan["status"] in may, (plan["id"], row, status)


NOT_THE_ROWS_DAY = {"hr006", "hr221", "lgr112", "lgr113", "lgr150", "lgr166"}
"""Plans whose row dates the stage of a Bill or an order, or tells the planned day in its note alone."""


def test_a_plan_has_the_days_of_its_row() -> None:
    listed = numbered()
    for plan in plans():
        row = listed[plan["row"].split()[0]] if plan["id"].startswith(("hr", "lgr")) else None
        if not row:
            continue
        said = row.get("stated_on") or row.get("decided_or_stated_on") or row["source_date"]
        months = {said[:7], row["date"][:7] if plan["id"].startswith("lgr") else ""} - {""}
        assert plan["id"] == "hr006" or plan["stated_on"].startswith(tuple(months)), plan
        if plan["planned_for"] and plan["id"] not in NOT_THE_ROWS_DAY:
            assert plan["planned_for"].startswith(row["date"][:7]), plan["id"]


def test_a_new_council_begins_on_the_day_of_its_rows() -> None:
    listed = numbered()
    for plan in plans():
        if plan["id"].startswith("council-"):
            days = {listed[row].get("vesting_day") or listed[row]["date"] for row in plan["row"].split()}
            assert days - {"2026-05-07"} == {plan["planned_for"]}, plan["id"]


def test_whoever_says_so_is_told_and_when() -> None:
    assert [plan["id"] for plan in plans() if not plan["said_by"] or not plan["stated_on"]] == []


def test_no_plan_copies_a_phrase() -> None:
    said = {plan["text"].lower().strip(". ") for plan in plans()}
    for row in numbered().values():
        phrase = row.get("phrase", "").lower().strip(". ")
        assert len(phrase.split()) < 6 or not any(phrase in text for text in said), phrase


FROM_2027 = [
    "council:east_surrey",
    "council:west_surrey",
    "council:mid_essex",
    "ca:greater_essex",
    "ca:norfolk_and_suffolk",
    "icb:2027_devon_cornwall",
    "national:offices_for_pan_icb_commissioning",
    "reform:2027_health_bill",
]


def lasting() -> dict[str, str]:
    """The bodies that are planned and nothing else, with the status that they have without an end."""
    return {row["entity"]: row["status"] for row in rows("phases") if not row["valid_until"]}


def test_what_is_only_planned_is_never_in_force() -> None:
    stages = lasting()
    assert set(FROM_2027) <= stages.keys()
    begun = {row["id"]: row["valid_from"] for row in rows("entities")}
    late = {body for body, day in begun.items() if day > "2026-10-09"}
    assert late - stages.keys() == set()
    for table in ("relationships", "rules", "accountability"):
        assert not [r for r in rows(table) if r["status"] == "in_force" and r["valid_from"] > "2026-10-09"], (
            table
        )
    assert not [r for r in rows("events") if r["status"] in ("", "in_force") and r["date"] > "2026-10-09"]


@pytest.mark.parametrize(
    ("body", "event", "status"),
    [
        ("national:nhs_england", "2027-04-health-bill-nhs-england", "conditional"),
        (
            "national:healthwatch_england",
            "2027-04-01-abolished-health-bill-healthwatch-national-healthwatch_england",
            "conditional",
        ),
        (
            "healthwatch:E10000030",
            "2027-04-01-abolished-health-bill-healthwatch-healthwatch-E10000030",
            "conditional",
        ),
        ("icb:QUY", "2027-04-01-merged-icb-2027_gloucester_bristol", "proposed"),
        ("csu:0CX", "2027-04-01-abolished-support-units-csu-0CX", "planned"),
        ("council:E10000030", "2027-04-01-reorganised-councils-surrey", "enacted"),
        ("district:E07000217", "2027-04-01-reorganised-councils-surrey", "enacted"),
        ("council:E10000016", "2028-04-01-abolished-councils-kent", "planned"),
        ("district:E07000114", "2028-04-01-abolished-councils-kent", "planned"),
        ("council:E10000012", "2028-04-01-reorganised-councils-essex", "planned"),
    ],
)
def test_who_is_to_end_is_in_force_and_has_a_change_that_is_not(body: str, event: str, status: str) -> None:
    [life] = [row for row in rows("entities") if row["id"] == body]
    assert life["valid_until"] == ""
    assert event in {row["event"] for row in rows("successions") if row["predecessor"] == body}
    [change] = [row for row in rows("events") if row["id"] == event]
    assert change["status"] == status
    assert change["status"] in AHEAD


def test_every_healthwatch_that_is_there_would_end_with_the_bill() -> None:
    there = {r["id"] for r in rows("entities") if r["kind"] == "local_healthwatch" and not r["valid_until"]}
    event = "2027-04-01-abolished-health-bill-healthwatch-"
    ended = {r["predecessor"] for r in rows("successions") if r["event"].startswith(event)}
    assert ended == (there - lasting().keys()) | {"national:healthwatch_england"}
    assert len(ended) == 151


def test_a_county_passes_to_its_new_councils_by_residents() -> None:
    shares = {
        r["successor"]: float(r["weight"])
        for r in rows("successions")
        if r["event"] == "2027-04-01-reorganised-councils-surrey" and r["predecessor"] == "council:E10000030"
    }
    assert sum(shares.values()) == pytest.approx(1, abs=0.001)
    assert shares["council:west_surrey"] > shares["council:east_surrey"]


def test_what_a_divided_district_passes_is_not_told_as_sure() -> None:
    sure = {"enacted", "planned"}
    told = {
        (r["object"], r["subject"])
        for r in rows("relationships")
        if r["verb"] == "covers" and r["status"] in sure
    }
    twice = Counter(area for area, body in told if body.startswith("council:"))
    assert [area for area, count in twice.items() if count > 1] == []


def test_the_end_of_nhs_england_is_kept_as_often_as_it_was_stated() -> None:
    told = sorted((p["stated_on"], p["planned_for"]) for p in plans() if p["plan"] == "end-of-nhs-england")
    assert told == [
        ("2025-03-13", "2027-03-01"),
        ("2025-07-03", "2027-07-01"),
        ("2025-11-12", "2027-03-01"),
        ("2026-01-28", "2027-04-01"),
        ("2026-05-14", "2027-03-01"),
        ("2026-05-18", ""),
    ]


def test_a_dead_plan_ranks_as_superseded() -> None:
    status = {row["id"]: row["status"] for row in rows("rules")}
    assert {status[rule] for rule in ("RM067", "RM185", "RM190", "RM195")} == {"superseded"}
    assert {status[rule] for rule in ("RM017", "RM186", "RM191", "RM196", "RM134", "RM115")} == {
        "conditional"
    }
