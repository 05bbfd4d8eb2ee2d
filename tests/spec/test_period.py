"""Periods are half-open: the first day counts, the last one named does not."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.model import Period

CCG = Period("2013-04-01", "2022-07-01")


@pytest.mark.parametrize(
    ("period", "at", "holds"),
    [
        (CCG, "2013-03-31", False),
        (CCG, "2013-04-01", True),
        (CCG, "2022-06-30", True),
        (CCG, "2022-07-01", False),
        (Period(None, "2022-07-01"), "1999-04-01", True),
        (Period(None, "2022-07-01"), "2022-07-01", False),
        (Period("2013-04-01", None), "2013-03-31", False),
        (Period("2013-04-01", None), "2999-01-01", True),
        (Period(None, None), "1999-04-01", True),
    ],
)
def test_a_period_holds_from_its_first_day_until_the_day_before_its_end(period, at, holds):
    assert period.holds(at) == holds


def test_the_old_ends_and_the_new_begins_on_the_same_day():
    board = Period("2022-07-01", None)
    for day in ("2022-06-30", "2022-07-01", "2022-07-02"):
        assert CCG.holds(day) != board.holds(day)
    assert CCG.clip(board) is None


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (Period(None, None), CCG),
        (CCG, CCG),
        (Period("2012-04-01", "2013-04-01"), None),
        (Period("2012-04-01", "2013-04-02"), Period("2013-04-01", "2013-04-02")),
        (Period("2022-06-30", None), Period("2022-06-30", "2022-07-01")),
        (Period("2022-07-01", None), None),
        (Period(None, "2015-04-01"), Period("2013-04-01", "2015-04-01")),
    ],
)
def test_two_periods_share_the_days_that_lie_in_both(other, common):
    assert CCG.clip(other) == common
    assert other.clip(CCG) == common


def test_an_open_period_stays_open():
    assert Period("2013-04-01", None).clip(Period(None, None)) == Period("2013-04-01", None)
