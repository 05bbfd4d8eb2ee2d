"""What is due: the day that counts for a step, who has to take it in a place, and what was known of it."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.vocabulary import of_id
from orgmap.queries.programmes.due import due
from tests.kent import KENT_THROUGH_TIME

STEPS = """
milestones
id       | programme | stream | text       | owner           | due_on     | status  | stated_on
vote     | m         | vote   | They vote. | ccg:09E ccg:10E | 2019-09-30 | planned | 2019-09-10
some_day | m         | plans  | Settled.   | ccg:09E ccg:10E |            | planned | 2019-09-10

milestones
id  | programme | stream | text      | owner   | due_on     | status  | stated_on  | done_on    | done_source
ask | m         | vote   | They ask. | ccg:10E | 2019-08-16 | planned | 2019-06-01 | 2019-08-16 | drawn

milestones
id    | programme | stream | text    | owner   | due_on     | due_precision | condition  | status      | stated_on
begin | m         | vote   | Merger. | ccg:10E | 2020-04-01 | month         | both votes | conditional | 2019-09-10

milestones
id   | programme | stream | text       | owner           | listed_for | listed_until | status  | stated_on
plan | m         | plans  | They plan. | ccg:09E ccg:10E | Q3 2019/20 | 2019-12-31   | planned | 2019-09-10

milestones
id     | programme | stream | text    | owner   | due_on     | due_until  | repeats      | status  | stated_on
report | m         | vote   | Report. | ccg:10E | 2019-10-01 | 2019-12-31 | FREQ=MONTHLY | planned | 2019-09-10
"""


@pytest.fixture
def store(build: Any) -> Any:
    """Kent with a merger ahead."""
    return build(KENT_THROUGH_TIME + STEPS)


def days(answer: dict[str, Any]) -> dict[str, str | None]:
    """The steps of an answer, each with the day that counts."""
    return {one["id"]: one["due"] for one in answer["milestones"]}


def test_a_month_counts_to_its_end_and_a_step_without_a_day_to_the_end_of_its_period(store: Any) -> None:
    assert days(due(store)) == {
        "ask": "2019-08-16", "vote": "2019-09-30", "plan": "2019-12-31", "report": "2019-12-31",
        "begin": "2020-04-30", "some_day": None,
    }  # fmt: skip
    basis = {one["id"]: one.get("due_basis") for one in due(store)["milestones"]}
    assert (basis["begin"], basis["plan"], basis["some_day"]) == ("stated", "end of its period", None)


@pytest.mark.parametrize(
    ("by", "there"),
    [
        ("2019-09-29", {"ask"}),
        ("2019-09-30", {"ask", "vote"}),
        ("September 2019", {"ask", "vote"}),
        ("2020-04-29", {"ask", "vote", "plan", "report"}),
    ],
)  # fmt: skip
def test_what_is_due_by_a_day(store: Any, by: str, there: set[str]) -> None:
    assert set(days(due(store, by=by))) == there


def test_on_a_day_a_step_is_done_open_or_ahead_and_only_what_was_said_by_then_is_told(store: Any) -> None:
    assert {one["id"]: one["state"] for one in due(store, at="2019-07-01")["milestones"]} == {"ask": "ahead"}
    assert {one["id"]: one["state"] for one in due(store, at="2019-09-30")["milestones"]} == {
        "ask": "done", "vote": "open", "plan": "ahead", "report": "ahead", "begin": "ahead", "some_day": "no day",
    }  # fmt: skip
    assert set(days(due(store, at="2019-09-30", only_open=True))) == {"vote"}
    with pytest.raises(NothingFound, match="Nothing had been said"):
        due(store, at="2019-05-31")


def test_what_was_done_later_was_still_to_do_as_it_was_known(store: Any) -> None:
    before = due(KnownStore(store, "2019-08-15"))["milestones"]
    assert [(one["id"], one["done_on"]) for one in before] == [("ask", None)]
    after = due(KnownStore(store, "2019-08-16"))["milestones"]
    assert [(one["id"], one["done_on"]) for one in after] == [("ask", "2019-08-16")]
    with pytest.raises(NothingFound, match="No step of any programme was known"):
        due(KnownStore(store, "2019-05-31"))


def test_what_comes_again_is_counted_out_within_its_stretch(store: Any) -> None:
    answer = due(store, reports="2019-04..2020-12")
    assert [one["due"] for one in answer["milestones"]] == ["2019-10-01", "2019-11-01", "2019-12-01"]


def test_a_step_names_its_owners_in_a_place(store: Any) -> None:
    answer = due(store, within="CT9 1AA", by="2019-12-31")
    bodies = {one["id"]: [body["id"] for body in one["bodies"]] for one in answer["milestones"]}
    assert bodies["vote"] == ["ccg:10E"]  # of the two groups the one there
    assert bodies["ask"] == ["ccg:10E"]


def test_streams_owners_and_programmes_that_there_are_not_are_told(store: Any) -> None:
    for wrong, there in (
        ({"stream": "colours"}, "vote"),
        ({"programme": "x"}, "are: m"),
        ({"owner": "icb"}, "Thanet"),
    ):
        with pytest.raises(NothingFound, match=there):
            due(store, **wrong)


def test_a_plan_is_told_as_one(store: Any) -> None:
    begin = next(one for one in due(store)["milestones"] if one["id"] == "begin")
    assert (begin["status"], begin["law"], begin["condition"]) == ("conditional", False, "both votes")
    assert begin["sources"][0]["source"] == "drawn"


CLUSTERED = (
    KENT_THROUGH_TIME
    + """
milestones
id   | programme | stream | text         | owner                     | due_on     | status  | stated_on
each | t         | trust  | Each closes. | primary_care_trust         | 2013-03-31 | planned | 2012-01-01
both | t         | trust  | They plan.   | primary_care_trust_cluster | 2012-06-30 | planned | 2012-01-01
"""
)
"""A step of the trusts of Kent, and one of the cluster in which they worked together."""


def test_who_asks_for_a_body_hears_that_the_cluster_of_which_it_is_a_member_has_steps_too(build: Any) -> None:
    store = build(CLUSTERED)
    union, member = of_id("pctc:kent").prefix, of_id("pct:5QA").prefix
    own, theirs = due(store, owner=member), due(store, owner=union)
    assert (set(days(own)), set(days(theirs))) == ({"each"}, {"both"})
    assert own["notes"] == [
        f"PCT clusters, of which primary care trusts are members, have steps of their own here: --owner {union}."
    ]
    assert theirs["notes"] == [
        f"Primary care trusts, the members of PCT clusters, have steps of their own here: --owner {member}."
    ]
    assert not any(
        "--owner" in note for note in due(build(KENT_THROUGH_TIME + STEPS), owner="ccg:10E")["notes"]
    )


def test_a_day_that_is_known_roughly_counts_to_the_last_that_it_may_mean_and_says_so(build: Any) -> None:
    store = build(
        KENT_THROUGH_TIME
        + """
milestones
id     | programme | stream | text    | owner   | due_on     | due_precision | due_sense | status  | stated_on
summer | t         | vote   | Decide. | ccg:10E | 2019-07-01 | approx        | in        | planned | 2019-01-01
winter | t         | vote   | Begin.  | ccg:10E | 2019-11-01 | quarter       | in        | planned | 2019-01-01
"""
    )
    answer = due(store, at="2019-09-29")
    assert days(answer) == {"summer": "2019-09-30", "winter": "2020-01-31"}
    assert {one["id"]: (one["state"], one["flags"]) for one in answer["milestones"]} == {
        "summer": ("ahead", ["the day is known roughly: the last that it may mean counts"]),
        "winter": ("ahead", []),
    }


def test_what_is_due_later_than_a_day_is_told_with_the_first_day(store: Any) -> None:
    with pytest.raises(
        NothingFound, match=r"No such step is due by 1990-01-01: the first is due on 2019-08-16\."
    ):
        due(store, by="1990-01-01")
