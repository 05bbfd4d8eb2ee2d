"""The dates that people type, and the days before and after them."""

from __future__ import annotations

from datetime import date

import pytest

from orgmap.graphmodel.dates import Span, day_after, day_before, month_first, parse_day, parse_span, today
from orgmap.graphmodel.errors import WrongUse


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-04-01", "2013-04-01"),
        ("2013-4-1", "2013-04-01"),
        ("2013/04/01", "2013-04-01"),
        ("20130601", "2013-06-01"),
        ("01JUN2013", "2013-06-01"),
        ("1jun2013", "2013-06-01"),
        ("2013-06-01 00:00:00", "2013-06-01"),
        ("2013-06-01 00:00", "2013-06-01"),
        ("2013-06-01T00:00:00", "2013-06-01"),
        ("2013-06-01T00:00:00Z", "2013-06-01"),
        ("2013-06-01T09:30:00.000+01:00", "2013-06-01"),
        ("01/06/2013 00:00:00", "2013-06-01"),
        ("1 June 2013 9:30 am", "2013-06-01"),
        ("01-Jun-13", "2013-06-01"),
        ("1-Jun-2013", "2013-06-01"),
        ("1-jun-99", "1999-06-01"),
        ("01-Jun-49", "2049-06-01"),
        ("01-Jun-50", "1950-06-01"),
        ("2013-Jun-01", "2013-06-01"),
        ("1 April 2013", "2013-04-01"),
        ("01 apr 2013", "2013-04-01"),
        ("1st April, 2013", "2013-04-01"),
        ("2ND JUNE 2013", "2013-06-02"),
        ("3rd Sept 2013", "2013-09-03"),
        ("22nd may 2013", "2013-05-22"),
        ("June 1, 2013", "2013-06-01"),
        ("01/04/2013", "2013-04-01"),
        ("1/4/2013", "2013-04-01"),
        ("13/04/2013", "2013-04-13"),
        ("01/06/13", "2013-06-01"),
        ("01.06.2013", "2013-06-01"),
        ("1.4.2013", "2013-04-01"),
        ("01-06-2013", "2013-06-01"),
        ("  2013-04-01  ", "2013-04-01"),
        ("2013-04-01\n", "2013-04-01"),
        ("29 February 2012", "2012-02-29"),
        ("2000-02-29", "2000-02-29"),
        ("Sat 1 Jun 2013", "2013-06-01"),
        ("Saturday, 1st June 2013", "2013-06-01"),
        ("Thurs 6 June 2013", "2013-06-06"),
        ("01jun2013:00:00:00", "2013-06-01"),
        ("01JUN2013:09:30:15.000", "2013-06-01"),
        ("2013-06-01.", "2013-06-01"),
        ("1 June 2013.", "2013-06-01"),
        ("31-03-13", "2013-03-31"),
        ("01-04-99", "1999-04-01"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, day):
    assert parse_span(text) == Span(day, day)
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2013", "2013-01-01", "2013-12-31"),
        ("2013-04", "2013-04-01", "2013-04-30"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2013-02", "2013-02-01", "2013-02-28"),
        ("201306", "2013-06-01", "2013-06-30"),
        ("201312", "2013-12-01", "2013-12-31"),
        ("April 2013", "2013-04-01", "2013-04-30"),
        ("Apr-2013", "2013-04-01", "2013-04-30"),
        ("Apr-13", "2013-04-01", "2013-04-30"),
        ("APR2013", "2013-04-01", "2013-04-30"),
        ("04/2013", "2013-04-01", "2013-04-30"),
        ("2013/14", "2013-04-01", "2014-03-31"),
        ("2013/2014", "2013-04-01", "2014-03-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2013-14", "2013-04-01", "2014-03-31"),
        ("2013–14", "2013-04-01", "2014-03-31"),
        ("1999-00", "1999-04-01", "2000-03-31"),
        ("2010-2011", "2010-04-01", "2011-03-31"),
        ("2010-11", "2010-11-01", "2010-11-30"),
    ],
)
def test_a_month_or_year_is_all_its_days_and_as_a_day_its_first(text, first, last):
    assert parse_span(text) == Span(first, last)
    assert parse_day(text) == first


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "04/13", "April", "2013-", "1 Aprill 2013", "Jun 13", "May 12", "1/4-2013",
        "2013/15", "1 2013", "2013-06-01 25:00", "2013-06-01T", "12:30", "Q1 2013", "1 of 2013", "2013-04-01 x",
    ],
)  # fmt: skip
def test_what_is_not_a_date_is_refused_with_what_would_be_understood(text):
    with pytest.raises(WrongUse, match=r"is not a date\. Write 2013-04-01, 2013-04 or 1 April 2013\."):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["41426", "41426.0", "1", "010613", "01062013", "1062013", "20131", "0000", "0106", "99999999"]
)
def test_bare_digits_are_a_date_only_with_their_year_first(text):
    with pytest.raises(WrongUse, match="Also understood: 20130401"):
        parse_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "2013-02-29",
        "31 April 2013",
        "04/13/2013",
        "2013-13",
        "31-02-99",
        "2013-00-01",
        "20130631",
        "201313",
        "0 May 2013",
        "1900-02-29",
    ],
)
def test_a_day_that_never_was_is_refused_as_such(text):
    with pytest.raises(WrongUse, match="There is no day"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("04/13/2013", True),
        ("4-13-2013", True),
        ("04.13.13", True),
        (" 12/31/2013 10:00", True),
        ("13/04/2013", False),
        ("04/12/2013", False),
        ("13/13/2013", False),
        ("2013-04-13", False),
        ("4 April 2013", False),
        ("", False),
    ],
)
def test_a_date_that_can_only_have_its_month_first_is_known_as_such(text, first):
    assert month_first(text) is first


def test_today_is_the_day_of_this_computer():
    assert parse_day("today") == parse_day("Today ") == today() == date.today().isoformat()  # noqa: DTZ011


@pytest.mark.parametrize(
    ("before", "after"),
    [("2013-03-31", "2013-04-01"), ("2012-02-28", "2012-02-29"), ("1999-12-31", "2000-01-01")],
)
def test_days_follow_each_other(before, after):
    assert day_after(before) == after
    assert day_before(after) == before


@pytest.mark.parametrize("text", ["01-04-13", "13-04-01", "01-06-13"])
def test_a_short_date_with_two_readings_is_refused_with_both(text):
    with pytest.raises(WrongUse, match=r"could be 20\d\d-0[46]-\d\d or 20\d\d-0[46]-\d\d"):
        parse_day(text)


@pytest.mark.parametrize("text", ["Sun 1 Jun 2013", "Sat 1 Jun 2014", "Satan 1 Jun 2013", "Sat 2013"])
def test_a_weekday_must_be_that_of_its_day(text):
    with pytest.raises(WrongUse, match="is not a date"):
        parse_day(text)
