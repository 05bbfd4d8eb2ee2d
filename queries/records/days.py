"""Finds the days, months and stretches that a question names."""

from __future__ import annotations

import re

from orgmap.graphmodel.dates import Span, parse_span
from orgmap.graphmodel.errors import WrongUse

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})(?:\s+\d{{4}})?|(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}"
    rf"|(?:{_MONTHS})\s+\d{{4}}|\d{{4}}-\d{{2}}(?:-\d{{2}})?)\b",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    rf"\b(?:between|from)\s+({_MONTHS})\s+(?:and|to|until)\s+(?:{_MONTHS})\s+(\d{{4}})", re.IGNORECASE
)


_YEAR = re.compile(r"\b(?:in|during)\s+((?:19|20)\d{2})\b(?!/|-)", re.IGNORECASE)


def days_in(text: str) -> list[str]:
    """Every day, month or year-month that a text names; “between July and September 2012” names two months."""
    months = _MONTH_ALONE.search(text)
    found = [one.group() for one in _DAY.finditer(text)] or [one[1] for one in _YEAR.finditer(text)]
    if months:
        found = [f"{months[1]} {months[2]}", *found]
    years = re.findall(r"\d{4}", text)
    return [
        one if re.search(r"\d{4}", one) else f"{one} {years[-1]}"
        for one in found
        if years or re.search(r"\d{4}", one)
    ]


def span_of(text: str) -> Span | None:
    """The days that a text means, if it means any."""
    try:
        return parse_span(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text))
    except WrongUse:
        return None
