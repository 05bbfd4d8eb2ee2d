"""The day on which reports are due: the 16th, or the Friday before if that is at a weekend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.repeating import checked_rule, days_of_rule

RULE = "FREQ=MONTHLY;BYMONTHDAY=14,15,16;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"


def test_every_month_has_one_reporting_day_and_it_is_a_weekday() -> None:
    days = [date.fromisoformat(day) for day in days_of_rule(RULE, "1990-01-01", "2050-12-31")]
    assert [(day.year, day.month) for day in days] == [
        (y, m) for y in range(1990, 2051) for m in range(1, 13)
    ]
    for day in days:
        sixteenth = day.replace(day=16)
        expected = (
            sixteenth if sixteenth.weekday() < 5 else sixteenth - timedelta(days=sixteenth.weekday() - 4)
        )
        assert day == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "monthly",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=DAILY;UNTIL=20120101",
        "FREQ=DAILY\nDTSTART:2012",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(WrongUse, match="no rule"):
        checked_rule(rule)
