"""The dates that people type, and the days before and after them."""

from __future__ import annotations

from datetime import date

import pytest

from graphmodel.dates import day_after, day_before, parse_day, today
from graphmodel.errors import WrongUse


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-04-01", "2013-04-01"),
        ("2013-4-1", "2013-04-01"),
        ("2013-04", "2013-04-01"),
        ("2013", "2013-01-01"),
        ("1 April 2013", "2013-04-01"),
        ("01 apr 2013", "2013-04-01"),
        ("1st April, 2013", "2013-04-01"),
        ("2ND JUNE 2013", "2013-06-02"),
        ("3rd Sept 2013", "2013-09-03"),
        ("22nd may 2013", "2013-05-22"),
        ("April 2013", "2013-04-01"),
        ("01/04/2013", "2013-04-01"),
        ("1/4/2013", "2013-04-01"),
        ("13/04/2013", "2013-04-13"),
        ("  2013-04-01  ", "2013-04-01"),
        ("29 February 2012", "2012-02-29"),
        ("2000-02-29", "2000-02-29"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2013-04-01T00:00", "04/13", "1.4.2013", "13-04-01", "April", "2013-", "1 Aprill 2013"],
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(WrongUse, match=r"is not a date\. Write 2013-04-01"):
        parse_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "2013-02-29",
        "31 April 2013",
        "04/13/2013",
        "2013-13",
        "2013-00-01",
        "0000",
        "0 May 2013",
        "1900-02-29",
    ],
)
def test_a_day_that_never_was_is_refused_as_such(text):
    with pytest.raises(WrongUse, match="There is no day"):
        parse_day(text)


def test_today_is_the_day_of_this_computer():
    assert parse_day("today") == parse_day("Today ") == today() == date.today().isoformat()  # noqa: DTZ011


@pytest.mark.parametrize(
    ("before", "after"),
    [("2013-03-31", "2013-04-01"), ("2012-02-28", "2012-02-29"), ("1999-12-31", "2000-01-01")],
)
def test_days_follow_each_other(before, after):
    assert day_after(before) == after
    assert day_before(after) == before
