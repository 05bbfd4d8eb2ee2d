"""Reading all datasets at once, and saying which rows break a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import dataset_folders, read_rows

DATA = data_folder()
BULK = {"neighbourhoods", "postcodes", "place_names", "place_codes"}
"""Tables about places: large, and without periods and sources of their own."""

SHOWN = 12
"""How many wrong rows a failed test shows."""


class Row(NamedTuple):
    """A row of a table, and the dataset it is in."""

    dataset: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:  # type: ignore[override]
        return self.cells[column]

    def __str__(self) -> str:
        return f"{self.dataset}: " + " ".join(f"{name}={cell}" for name, cell in self.cells.items() if cell)


def expect_none(found: Iterable[object], about: str = "") -> None:
    """Fails with the first rows that break a rule, and with how many there are in each dataset."""
    lines = [str(row) for row in found]
    if lines:
        counts = dict(Counter(line.partition(":")[0] for line in lines))
        pytest.fail("\n".join([f"{len(lines)} rows {about} {counts}", *lines[:SHOWN]]), pytrace=False)


def read_all() -> dict[str, list[Row]]:
    """The rows of all datasets by table, those about places left out."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for folder in dataset_folders(DATA):
        for name in TABLES.keys() - BULK:
            columns = TABLES[name].columns
            rows[name] += [
                Row(folder.name, dict(zip(columns, row, strict=True))) for row in read_rows(folder, name)
            ]
    return rows


def is_day(text: str) -> bool:
    """Whether the text is blank or an ISO date in the time that the tables speak of."""
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text and "1850" < text < "2031"
    except ValueError:
        return False


def overlap(first: Row, second: Row) -> bool:
    """Whether two rows hold on the same day."""
    return (first["valid_from"] < (second["valid_until"] or "9999")) and (
        second["valid_from"] < (first["valid_until"] or "9999")
    )


def clashes(groups: Iterable[list[Row]]) -> Iterable[str]:
    """Pairs of neighbouring rows in each group that hold on the same day."""
    for rows in groups:
        ordered = sorted(rows, key=lambda row: row["valid_from"])
        for first, second in pairwise(ordered):
            if overlap(first, second):
                yield f"{first} AND {second}"
