"""Rows of the tables typed, with the tables that look-ups by name and place need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.tables import DATES, TABLES
from orgmap.graphmodel.vocabulary import has

Row = tuple[Any, ...]

Rows = Callable[[str], Iterable[Row]]
"""A function from a table's name to its typed rows."""

Progress = Callable[[str, int, int], None]
"""Called during long work with what is done now, how many steps are done, and of how many."""


def typed(table: str, rows: Iterable[list[str]]) -> Iterator[Row]:
    """Rows with blanks as None where a date or a number stands, numbers as numbers, defaults filled in.

    Raises `ValueError` for a number that is none: the check of the tables has refused it before.
    """
    described = TABLES[table]
    dates = [i for i, column in enumerate(described.columns) if column in DATES]
    numbers = [i for i, column in enumerate(described.columns) if column in described.numbers]
    defaults = [(i, column.default) for i, column in enumerate(described.declared) if column.default]
    if not dates and not numbers:
        yield from (tuple(row) for row in rows)
        return
    for row in rows:
        cells: list[Any] = list(row)
        for i in dates:
            cells[i] = cells[i] or None
        for i in numbers:
            cells[i] = float(cells[i]) if cells[i] else None
        for i, default in defaults:
            cells[i] = cells[i] or default
        yield tuple(cells)


def name_rows(entities: Iterable[Row], names: Iterable[Row]) -> Iterator[Row]:
    """Every name of every entity with its forms for comparing: (normalised, entity, name, use).

    Areas are left out: nobody asks for them by name.
    """
    seen = set()
    official = ((row[0], row[2], "official") for row in entities if row[2] and not has(row[1], "ground"))
    for entity, name, use in (*official, *((row[0], row[1], row[2]) for row in names)):
        for form in name_forms(name):
            if (row := (form, entity, name, use)) not in seen:
                seen.add(row)
                yield row


def neighbourhood_rows(neighbourhoods: Iterable[Row]) -> Iterator[Row]:
    """How many people of an LSOA or MSOA live in each area: (code, area, population)."""
    parents: dict[tuple[str, str], float] = {}
    for code, _, parent, area, people in neighbourhoods:
        if area:
            yield (code, area, people or 0.0)
            if parent:
                parents[parent, area] = parents.get((parent, area), 0.0) + (people or 0.0)
    yield from ((code, area, people) for (code, area), people in sorted(parents.items()))


def outcode_rows(postcodes: Iterable[tuple[str, str, str]], area_of: dict[str, str]) -> Iterator[Row]:
    """How many of these postcodes lie in each area, by outcode: (outcode, area, postcodes)."""
    counts: dict[tuple[str, str], int] = {}
    for postcode, code, _ in postcodes:
        if area := area_of.get(code):
            key = (postcode[:-3], area)
            counts[key] = counts.get(key, 0) + 1
    yield from ((outcode, area, n) for (outcode, area), n in sorted(counts.items()))


def place_name_rows(place_names: Iterable[Row]) -> Iterator[Row]:
    """Place names with their form for comparing: (form, name, kind, within, code, share …)."""
    for row in place_names:
        yield (place_form(row[0]), *row)
