"""Approvals: how something is approved, how a case was decided and on what terms, and what nobody tells."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import Include
from orgmap.queries.programmes.cases import case
from orgmap.queries.programmes.process import process
from tests.approvals import APPROVALS
from tests.kent import KENT_THROUGH_TIME


@pytest.fixture
def store(build: Any) -> Any:
    """Kent with an authorisation that is told and one that is not, a merger, and one to come."""
    return build(KENT_THROUGH_TIME + APPROVALS)


def only(answer: dict[str, Any]) -> dict[str, Any]:
    """The one case of an answer."""
    [found] = answer["cases"]
    return dict(found)


def test_a_process_tells_its_stages_who_recommends_and_who_decides(store: Any) -> None:
    answer = process(store, "authorisation")
    [told] = answer["processes"]
    assert (told["recommends"], told["decides"]) == (["Kent Area Team"], ["South of England"])
    assert [one["stage"] for one in answer["stages"]] == ["apply", "visit", "paper", "say", "end"]
    assert {one["id"] for one in process(store)["processes"]} == {"authority", "merging"}


def test_days_follow_from_a_start_and_what_sort_of_days_is_not_stated(store: Any) -> None:
    answer = process(store, "authority", from_="site visit=10 October 2012")
    planned = {one["stage"]: one for one in answer["stages"] if "planned_by" in one}
    assert set(planned) == {"paper", "say"}
    assert planned["paper"]["planned_by"] == "2012-10-23"
    assert planned["paper"]["planned_by_if_working_days"] == "2012-10-29"
    assert "not stated" in planned["paper"]["planned_words"]
    assert (planned["say"]["planned_from"], planned["say"]["planned_by"]) == ("2012-11-13", "2012-11-20")
    assert planned["say"]["planned_by_if_working_days"] == "2012-11-26"
    assert any("working or calendar days: not stated" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("start", "error", "said"),
    [
        ("visit=2011-10-10", WrongUse, "not in that time"),
        ("visit=2014-10-10", WrongUse, "not in that time"),
        ("visit=31 June 2012", WrongUse, "no day"),
        ("dance=2012-10-10", NothingFound, "stages are: apply, visit, paper, say, end"),
        ("2012-10-10", WrongUse, "site-visit=2012-10-10"),
    ],
)
def test_a_start_that_cannot_be_is_refused(store: Any, start: str, error: Any, said: str) -> None:
    with pytest.raises(error, match=said):
        process(store, "authority", from_=start)


def test_of_a_day_the_stages_that_held_then_are_told_and_open_ones_stay_open(store: Any) -> None:
    then = process(store, "mergers", "2018-01-01")["stages"]
    assert [(one["stage"], one["found"]) for one in then] == [("old", True), ("unknown", False)]
    assert then[1]["text"].startswith("not found")
    now = process(store, "mergers", "2019-10-01")["stages"]
    assert [one.get("due") for one in now] == ["2019-09-30", "2019-11-30"]
    assert [one["stage"] for one in process(store, "mergers", from_="application=2019-09-30")["stages"]] == [
        "apply", "decide",
    ]  # fmt: skip
    with pytest.raises(NothingFound, match="was not there on 2010-01-01"):
        process(store, "mergers", "2010-01-01")
    with pytest.raises(NothingFound, match=r"Nearest: authority.*There are: authority, merging"):
        process(store, "ccg authorizations")


def test_a_case_tells_how_it_was_decided_and_how_it_stands(store: Any) -> None:
    told = only(case(store, "auth:thanet"))
    assert (told["outcome"], told["decided_on"], told["wave"]) == ("directions", "2013-01-22", "2")
    assert (told["stands"], told["stands_on"]) == ("conditions", "2013-07-25")
    assert [one["id"] for one in case(store, "ccg:10E")["cases"]] == ["auth:thanet", "merger:kent"]
    assert only(case(store, "10E", process="authorisation"))["id"] == "auth:thanet"


def test_every_condition_has_its_support_or_says_that_it_is_not_known(store: Any) -> None:
    conditions = only(case(store, "auth:thanet"))["conditions"]
    assert (conditions["number"], conditions["left"], conditions["named"]) == (3, 2, 2)
    assert conditions["which"] == "2 of 3 named; which the others are: not known"
    assert [(one["support"], one["discharge"]) for one in conditions["rows"]] == [
        ("a model", "not known"), ("not known", "not found"),
    ]  # fmt: skip


def test_two_sources_that_say_otherwise_are_both_told(store: Any) -> None:
    [pair] = only(case(store, "auth:thanet"))["contradictions"]
    said = {(one["text"], one["sources"][0]["source"]) for one in pair}
    assert said == {("With conditions.", "paper"), ("Without any.", "other")}


def test_a_stage_without_the_one_before_it_is_flagged_and_so_is_an_actor_that_was_not_there(
    store: Any,
) -> None:
    told = only(case(store, "auth:thanet"))
    flags = {one["id"]: one["flags"] for one in told["events"]}
    assert flags["yes"] == [
        "the stage before it, comments, is not recorded",
        "South of England was not in force on that day",
    ]
    assert flags["visit"] == ["the stage before it, application, is not recorded"]
    assert flags["look"] == []
    assert told["stages_not_recorded"] == ["application", "report", "comments"]


def test_planned_stands_beside_what_came(store: Any) -> None:
    [row] = [one for one in only(case(store, "merger:kent"))["beside"] if one["planned"] == "plan"]
    assert (row["came"], row["words"]) == ("refused", "40 days before the last day planned")
    [asked] = only(case(store, "auth:thanet"))["beside"]
    assert (asked["planned"], asked["words"]) == ("asks", "nothing recorded")


def test_what_came_about_after_a_refusal_is_in_effect_and_never_approved(store: Any) -> None:
    told = only(case(store, "merger:kent"))
    assert told["outcome"] == "in_effect"
    assert [(one["date"], one["successors"]) for one in told["came"]] == [("2020-04-01", ["ccg:91Q"])]
    assert only(case(store, "merger:kent", at="2019-12-01"))["outcome"] == "refused"


def test_on_a_day_nothing_later_is_told_and_what_is_ahead_is_named(store: Any) -> None:
    answer = case(store, "auth:thanet", at="2012-10-12")
    told = only(answer)
    assert (told["outcome"], [one["id"] for one in told["events"]]) == (
        "not_known",
        ["wave", "asks", "visit"],
    )
    assert [one["text"] for one in told["ahead"]] == ["report", "comments"]
    assert "working or calendar days: not stated" in told["ahead"][0]["words"]
    assert any("later events are not told" in note for note in answer["notes"])
    ahead = only(case(store, "merger:kent", at="2019-09-01"))["ahead"]
    assert [(one["day"], one["text"]) for one in ahead] == [("2019-11-30", "To decide.")]


def test_what_was_ahead_as_it_was_known_is_told_as_ahead(store: Any) -> None:
    told = only(case(KnownStore(store, "2019-09-01"), "merger:kent"))
    assert ([one["day"] for one in told["ahead"]], told["came"]) == (["2019-11-30"], [])


def test_of_a_body_that_went_through_a_process_without_a_case_it_is_said(store: Any) -> None:
    answer = case(store, "ccg:09E")
    assert [one["id"] for one in answer["cases"]] == ["merger:kent"]
    assert answer["notes"][0].startswith("No case recorded of NHS Coastal CCG in CCG authorisation.")
    assert not any(note.startswith("No case") for note in case(store, "ccg:10E")["notes"])


def test_what_was_said_later_was_not_known(store: Any) -> None:
    told = only(case(KnownStore(store, "2013-02-01"), "auth:thanet"))
    assert (told["outcome"], told["stands"], told["contradictions"]) == ("directions", "directions", [])
    before = only(case(KnownStore(store, "2013-01-25"), "auth:thanet"))
    assert before["outcome"] == "not_known"
    with pytest.raises(NothingFound, match="No case recorded"):
        case(KnownStore(store, "2012-04-30"), "ccg:10E")


def test_a_list_comes_with_its_totals_and_with_those_of_whom_nothing_is_recorded(store: Any) -> None:
    answer = case(store, process="authority", count_by="outcome")
    assert answer["counts"] == {"directions": 1, "no case recorded": 1}
    assert [one["id"] for one in answer["without_case"]] == ["ccg:09E"]
    totals = {
        one["id"]: (one["number"], one["named"], one.get("which"), one.get("part_of"))
        for one in answer["totals"]
    }
    assert totals == {
        "t": (2, 1, "1 of 2 named; which the other 1 are: not known", None),
        "t-with": (2, 1, "1 of 2 named; which the other 1 are: not known", "t"),
        "t-dir": (1, 1, "all named", "t-with"),
    }
    assert any("no case of them is recorded" in note for note in answer["notes"])


def test_within_a_place_only_its_cases_are_listed_and_the_totals_stay_those_of_england(store: Any) -> None:
    answer = case(store, process="authority", within="CT9 1AA")
    assert ([one["id"] for one in answer["cases"]], answer["without_case"]) == (["auth:thanet"], [])
    assert "The totals are of England, not of the place." in answer["notes"]
    elsewhere = case(store, process="authority", within="CT6 1AA", count_by="outcome")
    assert elsewhere["counts"] == {"no case recorded": 1}
    with pytest.raises(NothingFound, match=r"No case recorded of CCG authorisation in .*1 bodies there"):
        case(store, process="authority", within="CT6 1AA")


def test_cases_that_are_only_planned_are_counted_and_listed_if_asked_for(store: Any) -> None:
    answer = case(store, process="mergers")
    assert [one["id"] for one in answer["cases"]] == ["merger:kent"]
    assert any(note.startswith("1 more case is only planned") for note in answer["notes"])
    planned = case(store, process="mergers", include=Include.of("planned"))["cases"]
    assert {one["id"]: one.get("law", True) for one in planned} == {
        "merger:kent": True,
        "merger:later": False,
    }


def test_with_directions_means_with_conditions_as_sources_count_it(store: Any) -> None:
    answer = case(store, process="authority", where=[("outcome", "conditions")])
    assert [one["id"] for one in answer["cases"]] == ["auth:thanet"]
    assert "Those with directions are among them: 1." in answer["notes"]


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"text": "ccg:09E", "process": "authority"}, NothingFound, "No case recorded.*is not known"),
        ({"text": "icb:QKS"}, NothingFound, "No case recorded.*neither that it passed nor"),
        ({"text": "merger"}, Ambiguous, "Several cases"),
        ({"process": "authority", "where": [("wave", "9")]}, NothingFound, r"By wave there are: 2 \(1\)"),
        ({"process": "authority", "where": [("colour", "red")]}, WrongUse, "Fields: process, wave, outcome"),
        ({"count_by": "colour"}, WrongUse, "Fields:"),
        ({"process": "colours"}, NothingFound, "There are: authority, merging"),
        ({"process": "authority", "at": "2012-01-01"}, NothingFound, "had not begun"),
    ],
)
def test_what_is_not_recorded_is_never_passed(
    store: Any, asked: dict[str, Any], error: Any, said: str
) -> None:
    with pytest.raises(error, match=said) as refused:
        case(store, **asked)
    assert "passed" not in str(refused.value).replace("neither that it passed nor", "")
