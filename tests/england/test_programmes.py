"""The steps of programmes: as many as the documents list, by period, stream and owner, each with its lines."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from orgmap.graphmodel.listed import Milestone
from orgmap.graphmodel.repeating import days_of_rule
from orgmap.graphmodel.store import Store
from orgmap.queries.programmes.due import EARLY, END_OF_PERIOD, LATE, counted_day, due, flags

GUIDANCE = "nhs-2012-13"


@pytest.fixture(scope="module")
def listed(england: Store) -> list[Milestone]:
    """The 101 steps of the planning guidance's annex."""
    return [one for one in england.listed(Milestone) if one.programme == GUIDANCE and one.listed_for]


def test_the_annex_lists_101_steps_by_quarter_and_by_stream(listed: list[Milestone]) -> None:
    assert len(listed) == 101
    by_period = Counter((one.listed_until or "in the year", one.listed_for) for one in listed)
    assert [number for _, number in sorted(by_period.items())] == [33, 21, 20, 14, 11, 2]
    assert Counter(one.stream for one in listed) == {
        "commissioning": 85, "health and wellbeing boards": 6, "public health": 10,
    }  # fmt: skip


def test_a_pct_cluster_has_13_steps_to_take_in_the_second_quarter(england: Store) -> None:
    answer = due(england, programme=GUIDANCE, owner="pctc")
    second = [one for one in answer["milestones"] if one.get("listed_for") == "Q2 2012/13"]
    assert Counter(one["stream"] for one in second) == {
        "commissioning": 10, "health and wellbeing boards": 2, "public health": 1,
    }  # fmt: skip


def test_every_step_has_a_day_that_counts_or_is_left_to_the_place(listed: list[Milestone]) -> None:
    without = [one for one in listed if not counted_day(one)[0]]
    assert {one.listed_for for one in without} <= {"in 2012/13"}
    assert sum(counted_day(one)[1] == END_OF_PERIOD for one in listed) > 30


def test_steps_due_outside_their_period_are_flagged(listed: list[Milestone]) -> None:
    found = {one.id: flags(one) for one in listed if flags(one)}
    assert found["nhs-2012-13-340-3"] == [EARLY]
    assert found["nhs-2012-13-378-1"] == [EARLY]
    assert found["nhs-2012-13-436-2"] == [LATE]


def test_three_steps_of_groups_hang_on_the_bill(listed: list[Milestone]) -> None:
    found = [one for one in listed if "bill" in one.condition.casefold()]
    assert len(found) == 3
    assert {one.listed_for for one in found} == {"Q1 2012/13", "Q2 2012/13", "Q3 2012/13"}


def test_each_step_of_the_annex_is_a_statement_of_the_document(
    england: Store, listed: list[Milestone]
) -> None:
    statements = {one.id: one for one in england.statements()}
    for step in listed:
        stated = statements[step.statement]
        assert (stated.text, stated.locator) == (step.text, step.locator)
        assert not stated.due or (step.due_on or "").startswith(stated.due[:7])


def test_reporting_days_of_2012_13(england: Store) -> None:
    rule = next(one for one in england.listed(Milestone) if one.id == "nhs-2012-13-reports-monthly").repeats
    days = days_of_rule(rule, "2012-04-01", "2013-03-31")
    assert len(days) == 12
    assert [day for day in days if not day.endswith("16")] == [
        "2012-06-15", "2012-09-14", "2012-12-14", "2013-02-15", "2013-03-15",
    ]  # fmt: skip


def test_programmes_of_each_time_are_there(england: Store) -> None:
    counts = Counter(one.programme for one in england.listed(Milestone))
    assert counts["nhs-2012-13"] == 118
    assert counts["kent-and-medway-2019"] == 21
    assert {name: counts[name] for name in AHEAD} == AHEAD
    assert sum(AHEAD.values()) == 73


AHEAD = {
    "health-bill-2026": 7, "nhs-england-abolition": 12, "direct-commissioning-2027": 8, "icb-mergers-2026": 5,
    "icb-mergers-2027": 8, "model-icb": 4, "neighbourhood-health": 7, "csu-closure": 2, "councils-2027-2028": 20,
}  # fmt: skip


def test_nothing_ahead_is_told_as_a_fact(england: Store) -> None:
    for one in england.listed(Milestone):
        assert one.status not in {"", "in_force"}, one.id
        assert not one.done_on or one.done_on <= "2026-11-27", one.id
        assert one.source, one.id


def test_what_was_said_later_is_not_known_before(england: Store) -> None:
    answer: dict[str, Any] = due(england, programme="kent-and-medway-2019", at="2019-09-10")
    states = {one["id"]: one["state"] for one in answer["milestones"]}
    assert states["kent-and-medway-2019-7"] == "done"
    assert states["kent-and-medway-2019-9"] == "ahead"
    later = due(england, programme="kent-and-medway-2019", at="2019-12-01", only_open=True)
    assert {one["state"] for one in later["milestones"]} == {"open"}
    assert any("does not say that it was missed" in note for note in later["notes"])
