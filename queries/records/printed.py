"""The numbers that the documents print of bodies and regions, by what they count, and limits that a question sets."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import NamedTuple

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.documents.words import stem, words
from orgmap.queries.records.asked import COUNT_WORDS
from orgmap.queries.records.facts import Fact, Facts
from orgmap.queries.records.places import first_place, label_of_body

_PEOPLE = frozenset(map(stem, ("population", "people", "patients", "persons", "inhabitants", "residents")))
PEOPLE = "people"


class PrintedNumber(NamedTuple):
    """A number of a table: of what it is, what it counts, and the fact that gives it."""

    subject: str
    unit: str
    number: float
    fact: Fact


class PrintedNumbers:
    """All numbers that are printed of bodies and regions, by what they count."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.all = [cell for fact in facts.all for cell in _cells(fact)]
        self.labels = {
            cell.subject: label_of_body(cell.subject, facts.name(cell.subject)) for cell in self.all
        }
        units: dict[str, dict[str, list[PrintedNumber]]] = {}
        for cell in self.all:
            kind = kind_of(cell.subject) or ""
            units.setdefault(cell.unit, {}).setdefault(kind, []).append(cell)
        self.groups = {
            unit: max(
                (cells for cells in by_kind.values()), key=lambda cells: len({one.subject for one in cells})
            )
            for unit, by_kind in units.items()
        }
        self.groups = {
            unit: cells for unit, cells in self.groups.items() if len({one.subject for one in cells}) > 2
        }

    def units(self, text: str) -> list[str]:
        """What is counted, in the order of a text."""
        found: list[str] = []
        for word in words(text):
            unit = PEOPLE if word in _PEOPLE else word
            if unit in self.groups and unit not in found:
                found.append(unit)
        return found

    def subjects(self, text: str, units: list[str]) -> list[str]:
        """The bodies and regions with such numbers that a text names, in its order; a longer name before its part."""
        plain = f" {normalise(text)} "
        named = []
        for subject, label in self.labels.items():
            if units and not any(self.cell(subject, unit) for unit in units):
                continue
            for name in {label, *(first_place(self.facts.name(subject)))}:
                if name and (place := plain.find(f" {name} ")) >= 0:
                    having = sum(1 for unit in units if self.cell(subject, unit))
                    named.append((place, -len(name) - having / 10, subject, name))
        found: list[str] = []
        taken: list[tuple[int, int]] = []
        for place, length, subject, _ in sorted(named, key=lambda one: (one[1], one[0])):
            span = (place, place + int(-length))
            if subject not in found and all(span[1] <= one[0] or span[0] >= one[1] for one in taken):
                found.append(subject)
                taken.append(span)
        return sorted(found, key=lambda one: min(place for place, _, subject, _ in named if subject == one))

    def cell(self, subject: str, unit: str) -> PrintedNumber | None:
        """The number of something that a body or region has."""
        return next((one for one in self.all if (one.subject, one.unit) == (subject, unit)), None)

    def rows(self, unit: str) -> list[PrintedNumber]:
        """The rows of the table that counts something, without its total."""
        cells = {one.subject: one for one in self.groups[unit]}
        return list(cells.values())

    def total(self, unit: str) -> PrintedNumber | None:
        """What the table prints as the total: the number of what all its rows lie in."""
        rows = self.rows(unit)
        parts = {one.subject for one in rows}
        summed = sum(one.number for one in rows)
        others = [one for one in self.all if one.unit == unit and one.subject not in parts]
        same = [one for one in others if one.number == summed]
        return same[0] if same else None


def _cells(fact: Fact) -> list[PrintedNumber]:
    if fact.topic != "number" or not fact.subjects:
        return []
    found = []
    for value in fact.values:
        if value.number is None or value.number_until is not None:
            continue
        unit = PEOPLE if value.measure == "people" else next(iter(words(value.unit or fact.unit)), "")
        if value.measure in ("count", "people") and unit:
            found.append(PrintedNumber(fact.subjects[0], unit, value.number, fact))
    return found


_NUMBER = re.compile(r"\b(\d[\d,]*(?:\.\d+)?)(?:\s*(million|thousand|m|k))?\b")
_TIMES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1000, "k": 1000, "": 1, None: 1}
_THRESHOLD = re.compile(
    r"\b(more than|over|above|greater than|larger than|at least|fewer than|less than|under|below|smaller than"
    r"|at most|exactly|only)\s+(?=\d)|\b(?:has|have|had|with) (?=\d)",
)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    **dict.fromkeys(("more than", "over", "above", "greater than", "larger than"), operator.gt),
    **dict.fromkeys(("fewer than", "less than", "under", "below", "smaller than"), operator.lt),
    "at least": operator.ge,
    "at most": operator.le,
    "exactly": operator.eq,
    "only": operator.eq,
}


class Limit(NamedTuple):
    """How a number compares with another one."""

    how: str
    number: float

    def holds(self, number: float) -> bool:
        """Whether a number is within the limit.

        >>> Limit("at least", 4).holds(4), Limit("more than", 4).holds(4)
        (True, False)
        """
        return _COMPARE[self.how](number, self.number)


def limit_of(text: str, units: list[str]) -> Limit | None:
    """The limit that a text sets to the number of what is counted; a number alone means just as many.

    >>> limit_of("Which areas have at least four CCGs?", ["ccg"])
    Limit(how='at least', number=4.0)
    >>> limit_of("Which areas have four CCGs?", ["ccg"]), limit_of("Which areas have four panels?", ["ccg"])
    (Limit(how='exactly', number=4.0), None)
    """
    plain = _IN_WORDS.sub(lambda one: str(COUNT_WORDS.index(one[1].lower()) + 1), text).lower()
    limit = _THRESHOLD.search(plain)
    number = _NUMBER.match(plain[limit.end() :].lstrip()) if limit else None
    if not limit or not number:
        return None
    if not limit[1] and words(plain[limit.end() + number.end() :])[:1] not in [(one,) for one in units]:
        return None
    return Limit(limit[1] or "exactly", float(number[1].replace(",", "")) * _TIMES[number[2]])


_IN_WORDS = re.compile(rf"\b({'|'.join(COUNT_WORDS)})\b", re.IGNORECASE)
