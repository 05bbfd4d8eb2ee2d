"""Reading the dates that people type, and comparing days."""

from __future__ import annotations

import re
from datetime import date

from graphmodel.errors import WrongUse

FIRST_DAY = "1999-04-01"
"""The first day that the tables say anything about."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]+)\s+(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def today() -> str:
    """Today's date as ISO text, by this computer's clock.

    >>> len(today())
    10
    """
    return date.today().isoformat()  # noqa: DTZ011 - a person's "today" is their computer's day


def parse_day(text: str) -> str:
    """Turns a date as people write it into ISO text; a month or a year means its first day.

    Takes `2013-04-01`, `2013-04`, `2013`, `1 April 2013`, `April 2013`, `01/04/2013` (day first) and
    `today`. Raises `WrongUse` for anything else and for days that do not exist.

    >>> parse_day("1 April 2013")
    '2013-04-01'
    >>> parse_day("2013-04")
    '2013-04-01'
    """
    clean = " ".join(text.lower().replace(",", " ").split())
    if clean == "today":
        return today()
    if match := _ISO.fullmatch(clean):
        year, month, day = match.group(1), match.group(2) or "1", match.group(3) or "1"
    elif match := _SLASHES.fullmatch(clean):
        day, month, year = match.groups()
    elif (match := _WORDS.fullmatch(clean)) and match.group(2) in _MONTHS:
        day, month, year = match.group(1) or "1", str(_MONTHS[match.group(2)]), match.group(3)
    else:
        raise WrongUse(f"“{text}” is not a date. Write 2013-04-01, 2013-04 or 1 April 2013.")
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise WrongUse(f"There is no day “{text}” in the calendar. Write 2013-04-01.") from error


def day_before(day: str) -> str:
    """The day before an ISO date, as ISO text.

    >>> day_before("2013-04-01")
    '2013-03-31'
    """
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def day_after(day: str) -> str:
    """The day after an ISO date, as ISO text.

    >>> day_after("2013-03-31")
    '2013-04-01'
    """
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()
