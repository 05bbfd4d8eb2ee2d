"""Facts: beyond the rules for every table, plans keep to their bodies, and registers give codes."""

from __future__ import annotations

import re

from tests.data.whole import Row, expect_none


def test_a_plan_too_lies_within_the_lives_of_both_ends_and_the_time_before(
    tables: dict[str, list[Row]], whole_lives: dict[str, tuple[str, str]]
) -> None:
    known, outside = whole_lives, []
    for row in tables["relationships"]:
        for end in (row["subject"], row["object"]):
            if end in known and not lies_within((row["valid_from"], row["valid_until"]), known[end]):
                outside.append(f"{row} [{end} lived {known[end]}]")
    expect_none(outside)


def lies_within(period: tuple[str, str], life: tuple[str, str]) -> bool:
    """Whether a period neither begins before a life nor ends after it; a blank is open."""
    starts = not life[0] or life[0] <= period[0]
    ends = not life[1] or bool(period[1] and period[1] <= life[1])
    return starts and ends


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
