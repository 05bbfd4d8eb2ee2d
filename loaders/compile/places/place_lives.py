"""Names and lives of the bodies that cover areas, as their own datasets say: none covers a place outside its life."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile import compile_dataset

HOLDERS = ("primary_care_trusts", "clinical_commissioning_groups", "integrated_care", "councils")
"""The datasets that hold the bodies whose areas are known."""

_PREFIXES = ("pct:", "sha:", "ccg:", "sicbl:", "icb:", "council:", "district:")


class KnownBody(NamedTuple):
    """What places need of a body: its name and the days on which it existed."""

    name: str
    life: Period


class Bodies(dict[str, KnownBody]):
    """Bodies by id; asking for one that no dataset holds raises `DataBroken`."""

    def __missing__(self, body: str) -> KnownBody:
        raise DataBroken(f"“{body}” covers a place, and no dataset knows it.")


def known_bodies(published: Path) -> Bodies:
    """Every body that may cover an area, compiled anew from the published tables."""
    columns = TABLES["entities"].columns
    body, name, start, end = (columns.index(column) for column in ("id", "name", "valid_from", "valid_until"))
    bodies = Bodies()
    for holder in HOLDERS:
        dataset = compile_dataset(holder, published)
        for row in dataset.rows["entities"]:
            if row[body].startswith(_PREFIXES):
                bodies[row[body]] = KnownBody(row[name], Period(row[start] or None, row[end] or None))
    return bodies
