"""Rows of the tables typed, with the tables that look-ups by name and place need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from orgmap.graphmodel.model import Period
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.stores.postcode_words import IN_USE, PostcodeRow
from orgmap.graphmodel.tables import DATES, TABLES
from orgmap.graphmodel.vocabulary import has

Row = tuple[Any, ...]

Rows = Callable[[str], Iterable[Row]]
"""A function from a table's name to its typed rows."""

Progress = Callable[[str, int, int], None]
"""Called during long work with what is done now, how many steps are done, and of how many."""


def typed(table: str, columns: Iterable[Sequence[str]]) -> Iterator[Row]:
    """Rows, from columns, with blanks as None where a date or a number stands, numbers as numbers, defaults filled in.

    Raises `ValueError` for a number that is none: the check of the tables has refused it before.
    """
    described = TABLES[table]
    plain = not described.numbers and DATES.isdisjoint(described.columns)
    cells = list[Sequence[Any]]()
    for declared, column in zip(described.declared, columns, strict=True):
        typed_column: Sequence[Any] = column
        if declared.name in described.numbers:
            typed_column = [float(cell) if cell else None for cell in column]
        elif declared.name in DATES:
            typed_column = [cell or None for cell in column]
        if declared.default and not plain:
            typed_column = [cell or declared.default for cell in typed_column]
        cells.append(typed_column)
    return zip(*cells, strict=True)


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


def expand_postcodes(rows: Iterable[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Postcodes without their space, with the code of their neighbourhood, where they were seen, and what was said of
    them earlier.

    One row of the table holds all inward halves of an outcode that share their neighbourhood.
    """
    for outcode, inwards, code, seen, earlier in rows:
        for inward in inwards.split():
            yield (outcode + inward, code, seen, earlier)


def outcode_rows(postcodes: Iterable[Row], area_of: Mapping[str, str]) -> Iterator[Row]:
    """How many postcodes that the newest lists have in use lie in each area, by outcode: (outcode, area, postcodes)."""
    counts: dict[tuple[str, str], int] = {}
    for outcode, inwards, code, seen, _ in postcodes:
        if (area := area_of.get(code)) and seen in IN_USE:
            counts[outcode, area] = counts.get((outcode, area), 0) + inwards.count(" ") + bool(inwards)
    yield from ((outcode, area, n) for (outcode, area), n in sorted(counts.items()))


def standing_rows(
    entities: Iterable[Row], locations: Iterable[Row], row_of: Callable[[str], PostcodeRow | None]
) -> Iterator[Row]:
    """In which neighbourhood a body stood, when, and when that was the last word of the lists of postcodes:
    (code, entity, valid_from, valid_until, known_from, known_until).

    A day counts on which the body was in force, it stood there, and its postcode lay there.
    """
    lives = {row[0]: Period(row[3], row[5]) for row in entities}
    for entity, postcode, valid_from, _, valid_until, *_ in locations:
        life, row = lives.get(entity), row_of(postcode.replace(" ", ""))
        stood = life.clip(Period(valid_from, valid_until)) if life and row else None
        for lay in row.lay() if stood and row else ():
            if stood and (there := stood.clip(Period(lay.valid_from or None, lay.valid_until or None))):
                yield (lay.code, entity, *there, lay.known_from or None, lay.known_until or None)


def place_name_rows(place_names: Iterable[Row]) -> Iterator[Row]:
    """Place names with their form for comparing: (form, name, kind, within, code, share …)."""
    for row in place_names:
        yield (place_form(row[0]), *row)
