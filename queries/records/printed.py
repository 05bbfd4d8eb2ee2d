"""The numbers that the documents print of bodies and regions, by what they count."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.documents.words import stem, words
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
