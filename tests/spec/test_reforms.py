"""A reform is a date with a citation; what it did is the day before against the day."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.change.diff import diff
from orgmap.queries.change.reforms import list_reforms, reform
from tests.kent import KENT_THROUGH_TIME


def test_reforms_are_listed_by_date_with_who_says_so(build):
    told = list_reforms(build(KENT_THROUGH_TIME))
    assert [(one["id"], one["valid_from"]) for one in told] == [
        ("reform:undated", None),
        ("reform:2013", "2013-04-01"),
    ]
    assert [source["title"] for source in told[1]["sources"]] == ["Health and Social Care Act 2012"]


@pytest.mark.parametrize("text", ["reform:2013", "2013", "Reform of 2013"])
def test_a_reform_is_the_difference_that_its_day_made(build, text):
    store = build(KENT_THROUGH_TIME)
    told = reform(store, text)
    assert told.pop("reform")["id"] == "reform:2013"
    assert told == diff(store, "2013-03-31", "2013-04-01")


def test_a_reform_can_be_told_for_one_place(build):
    store = build(KENT_THROUGH_TIME)
    told = reform(store, "2013", within="CT6 1AA")
    assert {body["id"] for body in told["started"]} >= {"ccg:09E"}
    assert "ccg:10E" not in {body["id"] for body in told["started"]}


@pytest.mark.parametrize("text", ["reform:undated", "2012", "ccg:10E", ""])
def test_what_is_not_a_dated_reform_is_refused(build, text):
    with pytest.raises(NothingFound):
        reform(build(KENT_THROUGH_TIME), text)


MERGERS = """
entities
id                  | name            | valid_from
reform:2013_mergers | Mergers of 2013 | 2013-10-01
reform:2017_mergers | Mergers of 2017 | 2017-04-01
reform:2019_mergers | Mergers of 2019 | 2019-04-01
reform:2019_regions | Seven regions   | 2019-04-01
"""


def test_a_year_means_its_only_reform(build):
    store = build(KENT_THROUGH_TIME + MERGERS)
    assert reform(store, "2017")["reform"]["id"] == "reform:2017_mergers"
    assert reform(store, "2013")["reform"]["id"] == "reform:2013"


def test_a_year_with_several_reforms_asks_which(build):
    with pytest.raises(Ambiguous) as refused:
        reform(build(KENT_THROUGH_TIME + MERGERS), "2019")
    assert refused.value.candidates == [
        "reform:2019_mergers — Mergers of 2019",
        "reform:2019_regions — Seven regions",
    ]
