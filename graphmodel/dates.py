"""Reading the days, months and years that people type and paste, and comparing days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orgmap.graphmodel.errors import WrongUse

if TYPE_CHECKING:
    from numpy import datetime64

    AnyDay: TypeAlias = str | date | datetime64
    """A day as people and programs have it: a text, a `date` or `datetime`, pandas' or numpy's."""
else:
    AnyDay = str | date

FIRST_DAY = "1999-04-01"
"""The first day that the tables say anything about."""

UNDERSTOOD = (
    "Write 2013-04-01, 2013-04 or 1 April 2013. Also understood: 20130401, 01APR2013, 01-Apr-13,"
    " 01/04/2013 (day first), 2013 and 2013/14."
)
"""What a person is told whose date could not be read."""

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
_Y = r"(?P<y>\d{4})"
_D = r"(?P<d>\d{1,2})"
_M = r"(?P<m>\d{1,2})"
_WORD = r"(?P<word>[a-z]+)\.?"
_ANY_YEAR = r"(?P<y>\d{4}|\d{2})"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_Y}-{_M}(?:-{_D})?",
        rf"{_Y}(?P<by>[/.]){_M}(?P=by){_D}",
        r"(?P<y>(?:19|20)\d{2})(?:(?P<m>\d{2})(?P<d>\d{2})?)?",
        rf"{_D}(?P<by>[/.]){_M}(?P=by){_ANY_YEAR}",
        rf"{_D}-{_M}-{_Y}",
        rf"{_M}[/.-]{_Y}",
        rf"{_D}(?:st|nd|rd|th)? ?(?P<by>[ /.-]?) ?{_WORD}(?P=by) ?{_ANY_YEAR}",
        rf"{_WORD}[ /.-]?{_Y}",
        rf"{_WORD}-(?P<y>\d{{2}})",
        rf"{_WORD} {_D}(?:st|nd|rd|th)? {_Y}",
        rf"{_Y}[ -]{_WORD}[ -]{_D}",
    )
)
"""Every way to write a day, a month or a year; two digits alone are a year only where the order leaves no doubt."""

_FINANCIAL = re.compile(r"(?P<y>\d{4})(?P<by>[/-])(?P<next>\d{4}|\d{2})", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(?P<name>mon|tue|wed|thu|fri|sat|sun)(?P<rest>[a-z]*)\.? (?=\d)")
_SHORT = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{2})", re.ASCII)
_TIME = re.compile(
    r"(?:t| |:)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)? ?(?:[ap]m)? ?(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
_THREE_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})", re.ASCII)


class Span(NamedTuple):
    """The days that a text means, the last one included: one day, or all of a month or year.

    >>> Span("2013-04-01", "2013-04-30").one_day
    False
    """

    first: str
    last: str

    @property
    def one_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


def today() -> str:
    """Today's date as ISO text, by this computer's clock.

    >>> len(today())
    10
    """
    return date.today().isoformat()  # noqa: DTZ011 - a person's "today" is their computer's day


def parse_span(text: str) -> Span:
    """The days that a date means as people write it: `2013` is a year, `2013-04` a month, `2013/14` a financial year.

    A day is read as `2013-04-01`, `20130401`, `01APR2013`, `1 April 2013`, `01-Apr-13`, `01/04/2013` or `01.04.2013`
    (day first), with or without a time behind them; two digits of a year up to 49 are of this century. Raises
    `WrongUse` for anything else, with what would be understood, and for days that do not exist.

    >>> parse_span("April 2013")
    Span(first='2013-04-01', last='2013-04-30')
    >>> parse_span("2013-04-01 00:00:00").one_day
    True
    """
    clean = " ".join(text.lower().replace(",", " ").replace("–", "-").split()).removesuffix(".")
    if clean == "today":
        return Span(today(), today())
    clean = _TIME.sub("", clean) if len(clean) > len("2013-04-01") else clean
    if named := _WEEKDAY.match(clean):
        return _on_weekday(text, named, clean[named.end() :])
    if year := _financial_year(clean):
        return Span(f"{year}-04-01", f"{year + 1:04}-03-31")
    for form in _FORMS:
        if (match := form.fullmatch(clean)) and (found := _numbers(match)):
            return _whole(text, *found)
    if short := _SHORT.fullmatch(clean):
        return _day_first(text, *short.groups())
    if clean.isdigit():
        raise WrongUse(f"“{text}” is a bare number and not a date. {UNDERSTOOD}")
    raise WrongUse(f"“{text}” is not a date. {UNDERSTOOD}")


def _financial_year(clean: str) -> int | None:
    """The year in which a financial year begins: `2013/14` or `2013-14`; what may be a month (`2010-11`) is none."""
    match = _FINANCIAL.fullmatch(clean)
    if match is None or not (following := str(int(match["y"]) + 1)).endswith(match["next"]):
        return None
    month = match["by"] == "-" and len(match["next"]) == 2 and 1 <= int(match["next"]) <= 12
    return None if month else int(following) - 1


def _on_weekday(text: str, named: re.Match[str], rest: str) -> Span:
    """The day behind a weekday's name, which must be that weekday."""
    whole = next(day for day in _WEEKDAYS if day.startswith(named["name"]))
    span = parse_span(rest)
    if not whole.startswith(named["name"] + named["rest"]) and named["rest"] != "s":  # Weds
        raise WrongUse(f"“{text}” is not a date. {UNDERSTOOD}")
    actual = _WEEKDAYS[date.fromisoformat(span.first).weekday()]
    if not span.one_day or actual != whole:
        raise WrongUse(f"“{text}” is not a date: {rest} is a {actual.capitalize()}. {UNDERSTOOD}")
    return span


def _day_first(text: str, one: str, month: str, other: str) -> Span:
    """A day like `31-03-13`; refused where it may also have its year first, as `01-04-13` may."""
    found = []
    for year, day in ((other, one), (one, other)):
        full = int(year) + (2000 if int(year) < 50 else 1900)
        try:
            found.append(date(full, int(month), int(day)).isoformat())
        except ValueError:
            continue
    likely = [day for day in found if FIRST_DAY[:4] <= day[:4] <= today()[:4]] or found
    if len(set(likely)) > 1:
        raise WrongUse(f"“{text}” could be {' or '.join(likely)}; write one of them.")
    if not likely:
        raise WrongUse(f"There is no day “{text}” in the calendar. Write 2013-04-01.")
    return Span(likely[0], likely[0])


def _numbers(match: re.Match[str]) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of a text in one of the forms; None if what should be a month's name is none."""
    cells = match.groupdict()
    year = int(cells["y"])
    if len(cells["y"]) == 2:
        year += 2000 if year < 50 else 1900
    month = _MONTHS.get(cells["word"]) if "word" in cells else cells.get("m")
    if "word" in cells and month is None:
        return None
    day = cells.get("d")
    return year, None if month is None else int(month), None if day is None else int(day)


def _whole(text: str, year: int, month: int | None, day: int | None) -> Span:
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return Span(first.isoformat(), first.isoformat())
        last_month = month or 12
        return Span(first.isoformat(), date(year, last_month, monthrange(year, last_month)[1]).isoformat())
    except ValueError as error:
        first_number = " The day stands first: 01/04/2013." if month_first(text) else ""
        raise WrongUse(
            f"There is no day “{text}” in the calendar.{first_number or ' Write 2013-04-01.'}"
        ) from error


def parse_day(text: str) -> str:
    """Turns a date as people write it into ISO text; of a month or a year the first day. Takes what `parse_span` takes.

    >>> parse_day("1 April 2013")
    '2013-04-01'
    >>> parse_day("2013-04")
    '2013-04-01'
    """
    return parse_span(text).first


def known_span(text: str) -> Span:
    """The days that a date means, of a month or year only those that the tables know.

    >>> known_span("1999").first
    '1999-04-01'
    """
    asked = parse_span(text)
    return asked._replace(first=max(asked.first, FIRST_DAY)) if asked.last > FIRST_DAY else asked


@lru_cache(maxsize=10_000)
def _first_known(text: str) -> str:
    return known_span(text).first


def as_text(day: AnyDay) -> str:
    """A day in one of the types that programs have as the text that a person would type; a text as it is.

    Of a time of day only the day counts. Raises `WrongUse` for what is no day.

    >>> as_text(date(2013, 3, 31))
    '2013-03-31'
    """
    if isinstance(day, str):
        return day
    text = day.isoformat() if isinstance(day, date) else str(day)
    if text[:1].isdigit() and (isinstance(day, date) or type(day).__module__ == "numpy"):
        return text.partition("T")[0]
    raise WrongUse(f"“{text}” is not a date. {UNDERSTOOD}")


def days_of(at: AnyDay | None) -> Span:
    """The days that are meant: those of a month or year as far as the tables know them; blank or none is today.

    >>> days_of("2013-04").last, days_of(" ").one_day
    ('2013-04-30', True)
    """
    text = "" if at is None else as_text(at)
    return known_span(text if text.strip() else today())


def day_of(day: AnyDay) -> str:
    """The day that is meant as ISO text, of a month or year the first that the tables know.

    Takes what `parse_span` and `as_text` take, and raises what they raise. What was read once is remembered.

    >>> day_of("2013-3-31"), day_of("April 2013"), day_of(date(2013, 3, 31))
    ('2013-03-31', '2013-04-01', '2013-03-31')
    """
    text = as_text(day)
    return today() if text.strip().lower() == "today" else _first_known(text)


def more_than_a_day(day: AnyDay) -> str:
    """What must be said of a month or year for which its first day was taken; nothing of a day.

    >>> more_than_a_day("2013")
    '“2013” is more than a day: 2013-01-01, its first day that the tables know, is taken.'
    """
    text = as_text(day).strip()
    asked = known_span(text)
    if asked.one_day:
        return ""
    return f"“{text}” is more than a day: {asked.first}, its first day that the tables know, is taken."


def month_first(text: str) -> bool:
    """Whether a date in three numbers can only have its month before its day.

    >>> month_first("04/13/2013"), month_first("13/04/2013"), month_first("04/05/2013")
    (True, False, False)
    """
    match = _THREE_NUMBERS.match(text.strip())
    return match is not None and int(match[1]) <= 12 < int(match[3])


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


def days_between(earlier: str, later: str) -> int:
    """How many days one ISO date lies before another.

    >>> days_between("2013-03-31", "2013-04-02")
    2
    """
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


_LONG = {"month": 1, "quarter": 3, "approx": 3, "year": 12}
"""So many months, from its first day on, may be meant by a day of this precision; of no other more than the day."""


def days_meant(day: str, precision: str = "") -> Span:
    """All days that a day may mean, as exactly as it is known; “approx” is the three months from it on.

    >>> days_meant("2012-10-01", "month"), days_meant("2013-04-01")
    (Span(first='2012-10-01', last='2012-10-31'), Span(first='2013-04-01', last='2013-04-01'))
    >>> days_meant("2012-09-01", "approx").last, days_meant("2012-11-01", "quarter").last
    ('2012-11-30', '2013-01-31')
    """
    months = _LONG.get(precision)
    if not months:
        return Span(day, day)
    first = f"{day[:4]}-01-01" if precision == "year" else f"{day[:7]}-01"
    year, month = divmod(int(first[:4]) * 12 + int(first[5:7]) - 1 + months, 12)
    return Span(first, day_before(f"{year:04}-{month + 1:02}-01"))


_NAMES = "January February March April May June July August September October November December".split()


def written(day: str, precision: str = "") -> str:
    """A day as people write it, as exactly as it is known.

    >>> written("2013-04-01"), written("2013-04-01", "month"), written("2016-01-01", "year")
    ('1 April 2013', 'April 2013', '2016')
    >>> written("2025-10-01", "quarter"), written("2025-12-01", "quarter")
    ('October to December 2025', 'December 2025 to February 2026')
    """
    year, month, number = day.split("-")
    name = _NAMES[int(month) - 1]
    if precision == "year":
        return year
    if precision == "quarter":
        end = int(month) + 1
        began = f"{name} {year}" if end > 11 else name  # a quarter may end in the year after
        return f"{began} to {_NAMES[end % 12]} {int(year) + end // 12}"
    if precision == "month":
        return f"{name} {year}"
    words = f"{int(number)} {name} {year}"
    return f"about {words}" if precision == "approx" else words
