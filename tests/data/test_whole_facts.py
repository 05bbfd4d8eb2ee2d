"""Datasets together: no fact outside a body's life, and no two answers to one question."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.data.whole import Row, clashes, expect_none, overlap


@pytest.mark.parametrize("name", ["phases", "names", "identifiers", "locations"])
def test_rows_about_a_body_are_about_one_that_exists(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]], name: str
) -> None:
    expect_none(row for row in tables[name] if row["entity"] not in lives)


def test_both_ends_of_every_relationship_exist(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    rows = tables["relationships"]
    expect_none(row for row in rows if row["subject"] not in lives or row["object"] not in lives)
    expect_none(row for row in rows if row["subject"] == row["object"])


def test_a_relationship_lies_within_the_lives_of_both_ends(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]], whole_lives: dict[str, tuple[str, str]]
) -> None:
    outside = []
    for row in tables["relationships"]:
        known = lives if row["status"] == "in_force" else whole_lives
        for end in (row["subject"], row["object"]):
            if end in known and not lies_within((row["valid_from"], row["valid_until"]), known[end]):
                outside.append(f"{row} [{end} lived {known[end]}]")
    expect_none(outside)


def lies_within(period: tuple[str, str], life: tuple[str, str]) -> bool:
    """Whether a period neither begins before a life nor ends after it; a blank is open."""
    starts = not life[0] or life[0] <= period[0]
    ends = not life[1] or bool(period[1] and period[1] <= life[1])
    return starts and ends


def test_a_phase_does_not_overlap_the_legal_life(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> None:
    shadow = [
        row for row in tables["phases"] if row["status"] in {"shadow", "planned"} and row["entity"] in lives
    ]
    expect_none(
        row for row in shadow if not row["valid_until"] or row["valid_until"] > lives[row["entity"]][0]
    )


CODE_OF_ITS_AREA = {
    "health_and_wellbeing_board",
    "local_healthwatch",
    "local_involvement_network",
    "integrated_care_partnership",
    "area",
    "reform",
    "document",
}
"""Kinds whose ids borrow the code of their area or board, or are a year or a number: no register gives them one of
their own."""


def test_every_organisation_of_a_register_has_its_code_as_an_identifier(tables: dict[str, list[Row]]) -> None:
    coded = {row["entity"] for row in tables["identifiers"]}
    without = [
        row
        for row in tables["entities"]
        if row["kind"] not in CODE_OF_ITS_AREA
        and re.fullmatch(r"[A-Z0-9]{3,}", row["id"].partition(":")[2])
        and row["id"] not in coded
    ]
    expect_none(without)


def test_a_code_belongs_to_one_body_at_a_time(tables: dict[str, list[Row]]) -> None:
    holders: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tables["identifiers"]:
        if row["valid_from"] or row["valid_until"]:
            holders[row["scheme"], row["code"], row["entity"].partition(":")[0]].append(row)
    clashing = [
        f"{first} AND {second}"
        for rows in holders.values()
        for number, first in enumerate(rows)
        for second in rows[number + 1 :]
        if overlap(first, second)
    ]
    expect_none(clashing)


ONE_AT_A_TIME = (
    ("practice", "member_of", "pcg pct ccg sicbl lhg lhb hub"),
    ("practice", "member_of", "pcn"),
    ("pct", "part_of", "sha"),
    ("pct", "member_of", "pctc"),
    ("sha", "member_of", "shac"),
    ("ccg", "part_of", "at lo"),
    ("ccg", "member_of", "stp"),
    ("at", "part_of", "region"),
    ("lo", "part_of", "region"),
    ("stp", "part_of", "region"),
    ("icb", "part_of", "region"),
    ("sicbl", "part_of", "icb"),
    ("district", "part_of", "council"),
)
"""What has only one of these on any day: two would be two answers to one question."""


@pytest.mark.parametrize(("prefix", "verb", "wholes"), ONE_AT_A_TIME)
def test_a_body_is_in_one_of_these_at_a_time(
    tables: dict[str, list[Row]], prefix: str, verb: str, wholes: str
) -> None:
    facts: dict[str, list[Row]] = defaultdict(list)
    for row in tables["relationships"]:
        in_force = row["verb"] == verb and row["status"] == "in_force"
        ends = (row["subject"].partition(":")[0], row["object"].partition(":")[0])
        if in_force and ends[0] == prefix and ends[1] in wholes.split():
            facts[row["subject"]].append(row)
    expect_none(clashes(facts.values()))


@pytest.mark.parametrize(
    "prefix", ["pct", "sha", "ccg", "at", "lo", "stp", "icb", "sicbl", "council", "district", "hwb", "region"]
)
def test_an_area_is_covered_by_one_body_of_a_kind_at_a_time(
    tables: dict[str, list[Row]], prefix: str
) -> None:
    facts: dict[str, list[Row]] = defaultdict(list)
    for row in tables["relationships"]:
        if (
            row["verb"] == "covers"
            and row["status"] == "in_force"
            and row["subject"].startswith(f"{prefix}:")
        ):
            facts[row["object"]].append(row)
    expect_none(clashes(facts.values()))
