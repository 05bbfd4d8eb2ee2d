"""How long each body lived, as its own dataset says: no body may cover an area outside its life."""

from __future__ import annotations

import importlib
from pathlib import Path

from graphmodel.errors import DataBroken
from graphmodel.model import Period
from graphmodel.tables import TABLES

HOLDERS = ("primary_care_trusts", "clinical_commissioning_groups", "integrated_care", "councils")
"""The datasets that hold the bodies whose areas are known."""

_PREFIXES = ("pct:", "sha:", "ccg:", "sicbl:", "icb:", "council:", "district:")


def body_lives(published: Path) -> dict[str, Period]:
    """The life of every body that may cover an area, compiled anew from the published tables."""
    columns = TABLES["entities"].columns
    body, start, end = (columns.index(name) for name in ("id", "valid_from", "valid_until"))
    lives: dict[str, Period] = {}
    for name in HOLDERS:
        dataset = importlib.import_module(f"loaders.compile.{name}").compile_dataset(published)
        for row in dataset.rows["entities"]:
            if row[body].startswith(_PREFIXES):
                lives[row[body]] = Period(row[start] or None, row[end] or None)
    return lives


def life_of(lives: dict[str, Period], body: str) -> Period:
    """The life of a body; raises `DataBroken` if no dataset holds it."""
    if body not in lives:
        raise DataBroken(f"“{body}” covers a place, and no dataset knows it.")
    return lives[body]
