"""The approvals of 2010 to 2027: sums that hold, every named outcome, and what must stay open."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Any

import pytest

from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, ApprovalStage, CaseEvent, CaseTotal
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import parse_kind
from orgmap.queries.programmes.cases import case
from orgmap.queries.programmes.process import held, process
from tests.england.conftest import SHARED, published

AUTHORISATION = "ccg-authorisation"
WAVES = "1234"
PLANNED = Include.of(["planned", "proposed"])


@pytest.fixture(scope="module")
def totals(england: Store) -> dict[str, CaseTotal]:
    """The totals of authorisation, by id."""
    return {one.id: one for one in england.listed(CaseTotal) if one.process == AUTHORISATION}


@pytest.fixture(scope="module")
def everything(england: Store) -> dict[str, Any]:
    """All that is told of authorisation."""
    return case(england, process=AUTHORISATION, count_by="outcome")


def numbers(totals: dict[str, CaseTotal], *ids: str) -> list[int]:
    """The numbers of these totals."""
    return [int(totals[one].number or 0) for one in ids]


def each_wave(what: str) -> list[str]:
    """The ids of a total of all four waves."""
    return [what.format(wave) for wave in WAVES]


@pytest.mark.parametrize(
    ("what", "by_wave", "in_all", "whole"),
    [
        ("auth-planned-{}", [35, 70, 67, 40], 212, "auth-planned"),
        ("auth-applied-{}", [35, 67, 63, 46], 211, "auth-applied"),
        ("auth-decided-{}", [34, 67, 62, 48], 211, "auth-decided"),
        ("auth-decided-{}-clear", [8, 19, 6, 10], 43, "auth-clear"),
        ("auth-decided-{}-conditions", [26, 48, 56, 38], 168, "auth-conditions"),
        ("auth-decided-{}-directions", [0, 3, 5, 7], 15, "auth-directions"),
    ],
)
def test_the_waves_add_up(
    totals: dict[str, CaseTotal], what: str, by_wave: list[int], in_all: int, whole: str
) -> None:
    assert numbers(totals, *each_wave(what)) == by_wave
    assert sum(by_wave) == in_all == numbers(totals, whole)[0]


def test_fifteen_directions_are_within_the_168_and_never_added(totals: dict[str, CaseTotal]) -> None:
    assert numbers(totals, "auth-clear", "auth-conditions") == [43, 168]
    assert sum(numbers(totals, "auth-clear", "auth-conditions")) == 211
    assert totals["auth-directions"].part_of == "auth-conditions"
    assert all(
        totals[one].part_of == one.replace("directions", "conditions")
        for one in each_wave("auth-decided-{}-directions")
    )


@pytest.mark.parametrize(
    ("review", "clear", "conditions", "directions"),
    [("2013-03", 106, 105, 14), ("2013-07", 152, 59, 8), ("2013-autumn", 180, 31, 7)],
)
def test_each_review_leaves_211_groups(
    totals: dict[str, CaseTotal], review: str, clear: int, conditions: int, directions: int
) -> None:
    ids = [f"auth-{review}-{what}" for what in ("clear", "conditions", "directions")]
    assert numbers(totals, *ids) == [clear, conditions, directions]
    assert clear + conditions == 211
    assert totals[ids[2]].part_of == ids[1]


def test_35_outcomes_are_named_and_the_count_never_looks_complete(everything: dict[str, Any]) -> None:
    assert everything["counts"] == {
        "directions": 15, "not_known": 15, "conditions": 11, "clear": 8, "authorised": 1, "no case recorded": 161,
    }  # fmt: skip
    assert sum(everything["counts"].values()) == 211
    which = {one["id"]: one.get("which") for one in everything["totals"]}
    assert which["auth-decided"] == "35 of 211 named; which the other 176 are: not known"
    assert which["auth-conditions"] == "26 of 168 named; which the other 142 are: not known"
    assert which["auth-clear"] == "8 of 43 named; which the other 35 are: not known"
    assert which["auth-directions"] == "all named"
    assert which["auth-decided-2-clear"] == "which: not known"


def test_kent_knows_one_outcome_of_seven(england: Store) -> None:
    answer = case(england, process=AUTHORISATION, within="Kent", count_by="outcome")
    assert answer["counts"] == {"not_known": 6, "conditions": 1}
    assert "The totals are of England, not of the place." in answer["notes"]


def test_one_page_on_two_groups_is_counted_once(england: Store) -> None:
    [wakefield] = case(england, "authorisation:03R")["cases"]
    [calderdale] = case(england, "authorisation:02T")["cases"]
    assert (wakefield["outcome"], calderdale["outcome"]) == ("conditions", "not_known")
    for told in (wakefield, calderdale):
        [pair] = told["contradictions"]
        assert {one["case"] for one in pair} == {"authorisation:03R", "authorisation:02T"}


def test_what_two_sources_tell_otherwise_is_kept_twice(totals: dict[str, CaseTotal]) -> None:
    for one in totals.values():
        for other in one.contradicts.split():
            assert one.id in totals[other].contradicts.split(), one.id
    assert totals["auth-decided-1"].date == "2012-12-11"
    assert totals["auth-decided-1-other-day"].date == "2012-12-10"
    assert numbers(totals, "auth-2013-07-1", "auth-2013-07-1-other") == [46, 47]


def test_every_condition_has_a_support_offer_or_says_that_it_is_not_known(england: Store) -> None:
    answer = case(england, include=PLANNED)
    conditions = [row for one in answer["cases"] for row in one["conditions"]["rows"]]
    assert len(conditions) > 10
    assert all(row["support"] and row["discharge"] and row["criterion"] for row in conditions)
    for one in answer["cases"]:
        if one["outcome"] in ("conditions", "directions", "approved_with_conditions"):
            told = one["conditions"]
            assert told.get("which") or told["number"] == told["named"], one["id"]


def test_no_stage_is_without_the_one_before_it_unless_flagged(england: Store) -> None:
    stages = england.listed(ApprovalStage)
    by_id = {one.id: one for one in stages}
    answer = case(england, include=PLANNED)
    for told in answer["cases"]:
        recorded = {one.get("stage") for one in told["events"] if one["status"] not in PLANS}
        for event in told["events"]:
            if not event.get("stage") or event["status"] in PLANS or event["step"] == "condition":
                continue
            own = next(
                one for one in by_id.values() if one.process == told["process"] and one.name == event["stage"]
            )
            before = [
                one
                for one in stages
                if one.process == own.process
                and one.number < own.number
                and held(one, event["date"] or "2012-06-21")
            ]
            if before and max(before, key=lambda one: one.number).name not in recorded:
                assert any("is not recorded" in flag for flag in event["flags"]), event["id"]


def test_whoever_acted_was_there_on_the_day(england: Store) -> None:
    answer = case(england, include=PLANNED)
    flagged = [
        (event["id"], flag)
        for one in answer["cases"]
        for event in one["events"]
        for flag in event["flags"]
        if "not in force" in flag
    ]
    assert flagged == []


def test_every_authorised_group_is_there_on_the_first_of_april_2013(england: Store) -> None:
    events = [one for one in england.listed(CaseEvent) if one.step == "decided" and one.outcome]
    cases = {one.id: one for one in england.listed(ApprovalCase) if one.process == AUTHORISATION}
    bodies = {cases[one.of_case].makes for one in events if one.of_case in cases}
    assert len(bodies) == 36  # the 35 that are named, and Calderdale, of which a page may speak
    there = {one.id for one in england.entities(kind=parse_kind("ccg"), at="2013-04-01")}
    assert len(there) == 211
    assert bodies <= there


def test_a_merger_that_came_about_came_on_the_day_of_the_graph(england: Store) -> None:
    listed = case(england, process="ccg-merger")["cases"]
    assert len(listed) == 38
    came = Counter(change["date"] for one in listed for change in one["came"])
    assert came == {
        "2015-04-01": 1, "2017-04-01": 1, "2018-04-01": 6, "2019-04-01": 2, "2020-04-01": 18, "2021-04-01": 9,
    }  # fmt: skip
    outcomes = Counter(one["outcome"] for one in listed)
    assert outcomes == {"in_effect": 19, "approved_with_conditions": 9, "approved": 9, "refused": 1}
    shropshire = next(one for one in listed if one["id"] == "merger:shropshire_telford")
    assert (shropshire["outcome"], shropshire["decided_on"]) == ("in_effect", None)


def test_the_kent_merger_was_told_forty_days_before_the_last_day_planned(england: Store) -> None:
    [told] = case(england, "merger:kent_and_medway")["cases"]
    decision = next(one for one in told["beside"] if one["stage"] == "national review panel")
    assert decision["words"] == "40 days before the last day planned"
    assert [one["date"] for one in told["came"]] == ["2020-04-01"]
    assert told["conditions"]["which"] == "4 named; how many in all: not known"
    assert {one["discharge"] for one in told["conditions"]["rows"]} == {"not found"}
    [before] = case(england, "merger:kent_and_medway", at="2019-09-10")["cases"]
    assert before["outcome"] == "not_known"
    assert [one["day"] for one in before["ahead"]] == ["2019-09-30", "2019-10-31", "2019-11-30"]


def test_no_merger_of_2027_is_told_as_decided(england: Store) -> None:
    listed = case(england, process="icb-merger", include=PLANNED)["cases"]
    ahead = [one for one in listed if one["status"] in PLANS]
    assert len(ahead) == 8
    assert {one["outcome"] for one in ahead} == {"not_known"}
    assert all(one["law"] is False and one["came"] == [] for one in ahead)
    hidden = case(england, process="icb-merger")
    assert len(hidden["cases"]) == 8
    assert {note for note in hidden["notes"] if "--include" in note} == {
        "5 more cases are only planned: add --include planned.",
        "3 more cases are only proposed: add --include proposed.",
    }


def test_of_seven_processes_only_what_sources_state_is_told(england: Store) -> None:
    told = {one["id"]: one for one in process(england)["processes"]}
    assert set(told) == {
        "pathfinder", AUTHORISATION, "support-service-review", "plan-sign-off", "ccg-merger", "icp-authorisation",
        "icb-merger",
    }  # fmt: skip
    assert told["icb-merger"]["recommends"] == []
    assert told[AUTHORISATION]["recommends"][0].startswith("moderation panel")
    open_ones = {one.process for one in england.listed(ApprovalStage) if not one.text}
    assert open_ones == {"support-service-review", "ccg-merger", "icp-authorisation", "icb-merger"}
    for stage in england.listed(ApprovalStage):
        assert stage.text or stage.note, stage.id


def test_thirteen_days_from_a_site_visit(england: Store) -> None:
    stages = process(england, AUTHORISATION, from_="site-visit=2012-10-10")["stages"]
    [report] = [one for one in stages if "planned_by" in one]
    assert (report["name"], report["planned_by"], report["planned_by_if_working_days"]) == (
        "final evidence report", "2012-10-23", "2012-10-29",
    )  # fmt: skip
    later = process(england, AUTHORISATION, from_="conditions=2012-12-03")["stages"]
    assert [one["planned_by"] for one in later if "planned_by" in one] == ["2012-12-17"]


def test_what_rows_name_is_there_and_what_is_derived_or_unsure_says_so(england: Store) -> None:
    processes = {one.id for one in england.listed(ApprovalProcess)}
    stages = {one.id: one for one in england.listed(ApprovalStage)}
    cases = {one.id: one for one in england.listed(ApprovalCase)}
    assert {one.process for one in (*stages.values(), *cases.values())} <= processes
    assert all(not one.limit_from or stages[one.limit_from].process == one.process for one in stages.values())
    for one in england.listed(CaseEvent):
        assert not one.stage or stages[one.stage].process == cases[one.of_case].process, one.id
        assert one.stated_on, one.id
        if one.date and one.status not in PLANS:
            assert one.date <= "2026-11-27", one.id
            assert not one.stage or held(stages[one.stage], one.date) or one.step == "condition", one.id
        if one.basis == "derived":
            assert one.note, one.id
            assert one.confidence != "high", one.id
    totals = england.listed(CaseTotal)
    assert {one.part_of for one in totals} - {""} <= {one.id for one in totals}
    assert all(one.stated_on and one.source for one in totals)


def test_no_source_is_younger_than_the_day_of_knowledge(england: Store) -> None:
    then = KnownStore(england, "2012-12-31")
    counted = case(then, process=AUTHORISATION)
    assert {one["id"] for one in counted["totals"] if one.get("outcome") == "conditions"} == {
        "auth-decided-1-conditions"
    }
    for one in counted["cases"]:
        assert all((event["stated_on"] or "") <= "2012-12-31" for event in one["events"])
    assert all((one["stated_on"] or "") <= "2012-12-31" for one in counted["totals"])


@published
def test_every_given_row_is_carried(england: Store) -> None:
    texts = [
        (SHARED / "facts" / "cases" / f"{name}.csv").read_text(encoding="utf-8")
        for name in ("authorisation_outcomes", "merger_cases")
    ]
    given = {row["row_id"]: row for text in texts for row in csv.DictReader(text.splitlines())}
    carried = {
        row for one in (*england.listed(CaseEvent), *england.listed(CaseTotal)) for row in one.row.split()
    }
    left = {row: one for row, one in given.items() if row not in carried}
    # Five tell of stages; the others give the day of a change that stands in the graph, or that nothing was found.
    assert {one for one in left if one.startswith("AO")} == {"AO021", "AO022", "AO023", "AO024", "AO025"}
    assert {one["outcome"] for row, one in left.items() if row.startswith("MC")} == {"in effect", ""}
    cases = {one.id: one for one in england.listed(ApprovalCase)}
    for row, one in left.items():
        if row.startswith("MC") and one["outcome"] == "in effect":
            assert one["date"] in cases[one["case_id"]].came, row
    assert {row["case_id"] for row in given.values() if "case_id" in row} <= set(cases)


def test_no_stage_of_a_process_is_told_of_a_day_before_the_process_began(england: Store) -> None:
    processes = {one.id: one for one in england.listed(ApprovalProcess)}
    of = {case.id: processes[case.process] for case in england.listed(ApprovalCase)}
    early = [
        event.id
        for event in england.listed(CaseEvent)
        if event.stage and event.date and event.date < (of[event.of_case].valid_from or "")
    ]
    assert early == []
