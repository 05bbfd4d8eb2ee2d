"""All datasets as one set of tables, typed, with the tables that look-ups by name and place need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.tables import DATES, TABLES
from orgmap.graphmodel.vocabulary import has
from orgmap.loaders.dataset import dataset_folders, describe, read_rows

Row = tuple[Any, ...]

FACTS = (
    "sources",
    "entities",
    "phases",
    "names",
    "identifiers",
    "locations",
    "relationships",
    "events",
    "successions",
    "rules",
    "accountability",
    "statements",
)
"""The tables that every dataset may bring."""


def typed(table: str, rows: Iterable[list[str]], where: str = "") -> Iterator[Row]:
    """Rows with blanks as None where a date or a number stands, and numbers as numbers.

    Raises `DataBroken` with the row's number if a number is none.
    """
    described = TABLES[table]
    dates = [i for i, column in enumerate(described.columns) if column in DATES]
    numbers = [i for i, column in enumerate(described.columns) if column in described.numbers]
    if not dates and not numbers:
        yield from (tuple(row) for row in rows)
        return
    for line, row in enumerate(rows, start=2):
        cells: list[Any] = list(row)
        for i in dates:
            cells[i] = cells[i] or None
        try:
            for i in numbers:
                cells[i] = float(cells[i]) if cells[i] else None
        except ValueError as error:
            raise DataBroken(f"{where}{table}:{line}: {error}.") from error
        yield tuple(cells)


def table_rows(data: Path, table: str) -> Iterator[Row]:
    """The rows of one table from every dataset; a source that several datasets cite comes once."""
    seen: dict[Any, Row] = {}
    for folder in dataset_folders(data):
        for row in typed(table, read_rows(folder, table), f"{folder.name}/"):
            if table == "sources":
                if seen.setdefault(row[0], row) != row:
                    raise DataBroken(f"{folder.name}/sources: “{row[0]}” is described in two ways.")
                continue
            yield row
    yield from seen.values()


def dataset_rows(data: Path) -> Iterator[Row]:
    """One row a dataset: name, title, horizon, as-of date, the kinds of body it brings, since when it knows names,
    and which changes it leaves out."""
    for folder in dataset_folders(data):
        about = describe(folder)
        kinds = sorted({row[1] for row in read_rows(folder, "entities")})
        told = (folder.name, about["title"], about["horizon"], about["as_of"])
        extra = (about.get("names_from", ""), about.get("changes_left_out", ""))
        yield (*told, " ".join(kinds), *extra)


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
