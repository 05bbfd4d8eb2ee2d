"""Days that come again by a rule of iCalendar, as the 16th of each month or the Friday before."""

from __future__ import annotations

from datetime import UTC, date, datetime

from orgmap.graphmodel.errors import WrongUse

MOST = 1000
"""So many days of a rule are counted out at most."""

_WORDS = {
    "FREQ=MONTHLY;BYMONTHDAY=14,15,16;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": (
        "each month on the 16th, or on the Friday before if that is at a weekend"
    ),
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1": "each quarter",
    "FREQ=WEEKLY;INTERVAL=2": "every fortnight",
}
_EACH = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")


def checked_rule(rule: str) -> str:
    """The rule itself, in capitals.

    Raises `WrongUse` if it is none, or one that comes more often than once a day or brings its own end.

    >>> checked_rule("freq=monthly;bymonthday=16")
    'FREQ=MONTHLY;BYMONTHDAY=16'
    """
    from dateutil.rrule import rrulestr

    rule = rule.strip().upper()
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    try:
        if parts.get("FREQ") in _OFTEN or {"UNTIL", "COUNT", "DTSTART"} & set(parts) or "\n" in rule:
            raise ValueError
        rrulestr(rule, dtstart=datetime(2012, 4, 1, tzinfo=UTC))
    except (ValueError, TypeError):
        raise WrongUse(
            f"“{rule}” is no rule by which a step comes again: write one as FREQ=MONTHLY;BYMONTHDAY=16 (RFC 5545),"
            " without UNTIL and COUNT; its end is the end of the step's stretch."
        ) from None
    return rule


def days_of_rule(rule: str, first: str, last: str) -> list[str]:
    """The days on which something comes by a rule, from a first day until a last one.

    >>> monthly = "FREQ=MONTHLY;BYMONTHDAY=14,15,16;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    >>> days_of_rule(monthly, "2012-06-01", "2012-09-30")
    ['2012-06-15', '2012-07-16', '2012-08-16', '2012-09-14']
    """
    from dateutil.rrule import rrulestr

    start, end = (datetime.combine(date.fromisoformat(day), datetime.min.time()) for day in (first, last))
    found = list[str]()
    for moment in rrulestr(checked_rule(rule), dtstart=start):
        if moment > end or len(found) >= MOST:
            break
        found.append(moment.date().isoformat())
    return found


def rule_words(rule: str) -> str:
    """A rule in words.

    >>> rule_words("FREQ=WEEKLY;INTERVAL=2"), rule_words("FREQ=YEARLY")
    ('every fortnight', 'each year')
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    return _WORDS.get(rule) or f"each {_EACH.get(parts.get('FREQ', ''), 'time')}" * (len(parts) == 1) or rule
