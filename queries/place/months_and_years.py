"""What changes within a month or year that a question was asked for: the answer is that of its first day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from orgmap.graphmodel.dates import Span, day_after, day_before, days_between
from orgmap.graphmodel.errors import OrgmapError

Essence = dict[str, tuple[str, ...]]
"""What an answer says, in words to compare: who stands in which role."""


def changes_within(span: Span, ask: Callable[[str], Essence]) -> list[str]:
    """A sentence for each day within a span on which the answer becomes another; none for a single day.

    Asked are its first and last day and the first of each month, and where two of these differ, days between them.

    >>> by_day = lambda day: {"commissioner": ("new" if day > "2013-03" else "old",)}
    >>> changes_within(Span("2013-01-01", "2013-12-31"), by_day)
    ['On 2013-03-01 within these days the answer changes: commissioner old → new.']
    """
    if span.one_day:
        return []
    told: dict[str, Essence] = {}

    def essence(day: str) -> Essence:
        if day not in told:
            try:
                told[day] = ask(day)
            except OrgmapError as error:
                told[day] = {"answer": (str(error),)}
        return told[day]

    notes = []
    probes = _probes(span)
    for before, after in pairwise(probes):
        while essence(before) != essence(after):
            day = _first_other(before, after, essence)
            notes.append(_sentence(day, essence(day_before(day)), essence(day)))
            before = day
    return notes


def find_essence(answer: dict[str, Any]) -> Essence:
    """The bodies of an answer of `find` by their roles."""
    return _by(answer["bodies"], lambda body: (body["role"], body))


def who_essence(answer: dict[str, Any]) -> Essence:
    """The commissioners of an answer of `who` by the basis on which they act."""
    return _by(answer["answers"], lambda one: (one["basis"] or "commissioner", one["commissioner"]))


def _by(rows: list[dict[str, Any]], pick: Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]) -> Essence:
    found: dict[str, tuple[str, ...]] = {}
    for role, body in map(pick, rows):
        found[role] = (*found.get(role, ()), f"{body['name'] or '(name not known)'} ({body['id']})")
    return found


def _probes(span: Span) -> list[str]:
    firsts = {f"{year}-{month:02}-01" for year in (span.first[:4], span.last[:4]) for month in range(1, 13)}
    return [span.first, *sorted(day for day in firsts if span.first < day < span.last), span.last]


def _first_other(before: str, after: str, essence: Callable[[str], Essence]) -> str:
    """The first day on which the answer is not that of `before` any more, by halving."""
    while day_after(before) != after:
        middle = date.fromordinal(date.fromisoformat(before).toordinal() + days_between(before, after) // 2)
        if essence(middle.isoformat()) == essence(before):
            before = middle.isoformat()
        else:
            after = middle.isoformat()
    return after


def _sentence(day: str, before: Essence, after: Essence) -> str:
    def bodies(essence: Essence, role: str) -> str:
        return ", ".join(essence.get(role, ())) or "none"

    changed = [
        f"{role.replace('_', ' ')} {bodies(before, role)} → {bodies(after, role)}"
        for role in dict.fromkeys([*before, *after])
        if before.get(role) != after.get(role)
    ]
    return f"On {day} within these days the answer changes: {'; '.join(changed)}."
