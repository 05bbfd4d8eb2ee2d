"""What came of a plan is told by days alone: kept within the plan's own precision, else early or late by how much."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.queries.plans.outcome import outcome
from tests.kent import KENT_THROUGH_TIME

PLANS = """
entities
id             | name              | valid_from | valid_until
national:board | A national board  | 2012-10-01 |
csu:ESSEX      | Essex support     | 2013-04-01 |

relationships
subject   | verb    | object         | valid_from
csu:ESSEX | part_of | national:board | 2013-04-01

events
id         | kind      | date       | status   | stated_on
end-of-sha | abolished | 2013-04-01 | in_force |
end-board  | abolished | 2027-04-01 | planned  | 2025-03-13

successions
event      | predecessor
end-of-sha | sha:Q37
end-board  | national:board

plans
id | plan    | text                    | about                                  | planned_for | planned_precision | status      | stated_on  | came           | facts     | verdict   | came_on    | came_precision | depends_on | note
s1 | sha-end | SHAs end in October.    | reform:2013 strategic_health_authority | 2012-10-01  | month             | disputed    | 2011-08-01 | end-of-sha     |           |           |            |                |            |
s2 | sha-end | SHAs end in April.      | reform:2013 strategic_health_authority | 2013-04-01  | month             | planned     | 2011-08-01 | end-of-sha     |           |           |            |                |            |
s3 | board   | A board in 2012.        | national:board                         | 2012-01-01  | year              | planned     | 2011-08-01 | national:board |           |           |            |                |            |
s4 | vote    | A vote by 30 September. | ccg:10E                                | 2012-09-30  |                   | planned     | 2012-07-01 |                |           |           | 2012-09-29 |                |            |
s5 | merger  | One group in April.     | ccg:10E                                | 2013-04-01  | month             | proposed    | 2012-07-01 |                |           | not_known |            |                | vote; luck | Nobody says.
e1 | end     | It ends in two years.   | national:board                         | 2027-03-01  | approx            | superseded  | 2025-03-13 | end-board      | end-board |           |            |                |            |
e2 | end     | It ends in April.       | national:board                         | 2027-04-01  | month             | conditional | 2026-01-28 | end-board      | end-board |           |            |                |            |
u1 | undated | Support for all.        | csu:ESSEX                              |             |                   | planned     | 2012-07-01 | csu:ESSEX      |           |           |            |                |            |
m1 | roughly | A review on 20 March.   | national:board                         | 2013-03-20  |                   | planned     | 2012-07-01 |                |           |           | 2013-03-01 | month          |            |
"""  # noqa: E501 - a drawn table
DRAWN = KENT_THROUGH_TIME + PLANS


def verdicts(told):
    return {one["id"]: one["verdict_words"] for one in told["statements"]}


def test_a_plan_is_late_or_kept_by_the_day_on_which_it_came(build):
    told = outcome(build(DRAWN), "sha-end")
    assert verdicts(told) == {"s1": "late by 6 months", "s2": "kept"}
    [late, kept] = told["statements"]
    assert (late["verdict"], late["months"], late["came_on"]) == ("late", 6, "2013-04-01")
    assert [one["id"] for one in kept["came"]] == ["end-of-sha"]
    assert told["counts"] == {"kept": 1, "late": 1}
    assert kept["outcome_sources"][0]["source"] == "drawn"


def test_kept_is_said_only_within_the_precision_of_the_plan_itself(build):
    store = build(DRAWN)
    assert verdicts(outcome(store, "board")) == {"s3": "kept"}
    assert verdicts(outcome(store, "vote")) == {"s4": "early by 1 day"}
    assert verdicts(outcome(store, "undated")) == {"u1": "kept"}
    [roughly] = outcome(store, "roughly")["statements"]
    assert (roughly["verdict"], roughly["why"]) == (
        "not_known",
        "The day on which it came is not known so exactly.",
    )


def test_what_is_itself_a_plan_has_not_come(build):
    told = outcome(build(DRAWN), "end")
    assert verdicts(told) == {"e1": "changed", "e2": "open"}
    assert told["statements"][0]["why"] == "moved to 2027-04-01, said on 2026-01-28"
    assert [one["came_on"] for one in told["statements"]] == [None, None]


def test_a_verdict_that_somebody_wrote_stands_with_its_reason(build):
    [one] = [row for row in outcome(build(DRAWN), "merger")["statements"] if row["id"] == "s5"]
    assert (one["verdict"], one["note"]) == ("not_known", "Nobody says.")


def test_a_plan_is_told_with_those_on_which_it_depends(build):
    store = build(DRAWN)
    assert [one["id"] for one in outcome(store, "merger")["statements"]] == ["s4", "s5"]
    assert [one["id"] for one in outcome(store, "vote")["statements"]] == ["s4"]


@pytest.mark.parametrize("text", ["reform:2013", "2013", "Reform of 2013"])
def test_the_plans_of_a_reform_are_those_that_name_it(build, text):
    told = outcome(build(DRAWN), text)
    assert told["reform"]["id"] == "reform:2013"
    assert verdicts(told) == {"s1": "late by 6 months", "s2": "kept"}


def test_a_plan_may_be_named_by_a_statement_or_by_words_of_it(build):
    store = build(DRAWN)
    assert verdicts(outcome(store, "s4")) == {"s4": "early by 1 day"}
    assert verdicts(outcome(store, "one group")) == {"s4": "early by 1 day", "s5": "not known"}
    with pytest.raises(Ambiguous) as refused:
        outcome(store, "in april")
    assert refused.value.candidates == [
        "end — It ends in April.",
        "merger — One group in April.",
        "sha-end — SHAs end in April.",
    ]


def test_what_names_no_plan_is_refused_with_the_nearest(build):
    with pytest.raises(NothingFound, match=r"No plan or reform is called “the merjer”\. Nearest: merger"):
        outcome(build(DRAWN), "the merjer")


def test_of_a_place_only_what_concerns_it_is_told(build):
    told = outcome(build(DRAWN), "2013", within="CT9 1AA")
    assert verdicts(told) == {"s1": "late by 6 months", "s2": "kept"}
    assert told["place"]
    elsewhere = outcome(build(DRAWN), "merger", within="CT6 1AA")
    assert elsewhere["statements"] == []


@pytest.mark.parametrize(
    ("day", "seen"),
    [("2012-07-01", {"s1": "open", "s2": "open"}), ("2013-04-01", {"s1": "late by 6 months", "s2": "kept"})],
)
def test_on_an_earlier_day_nobody_knew_what_would_come(build, day, seen):
    assert verdicts(outcome(KnownStore(build(DRAWN), day), "sha-end")) == seen


def test_before_the_first_statement_nothing_had_been_planned(build):
    with pytest.raises(NothingFound, match="Nothing had been planned"):
        outcome(KnownStore(build(DRAWN), "2011-07-31"), "sha-end")
