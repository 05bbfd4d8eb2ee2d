"""Reading one dataset's tables in tests, and the published tables they came from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import read_rows

Rows = list[dict[str, str]]

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)


def rows_of(dataset: str, table: str) -> Rows:
    """The rows of one table of a dataset, as dictionaries."""
    columns = TABLES[table].columns
    return [dict(zip(columns, row, strict=True)) for row in read_rows(data_folder() / dataset, table)]


def holds(row: dict[str, str], at: str) -> bool:
    """Whether a row's period has the day; a blank start or end is open."""
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


def in_force(entities: Rows, prefix: str, at: str) -> set[str]:
    """The codes of the bodies of one kind that exist on a day."""
    return {
        row["id"].partition(":")[2]
        for row in entities
        if row["id"].startswith(f"{prefix}:") and holds(row, at)
    }


def linked(relationships: Rows, subject: str, verb: str, target: str, at: str) -> dict[str, str]:
    """Code → code of the bodies joined by that verb on a day; fails if one has two of them."""
    found = [
        (row["subject"].partition(":")[2], row["object"].partition(":")[2])
        for row in relationships
        if row["subject"].startswith(f"{subject}:")
        and row["verb"] == verb
        and row["object"].startswith(f"{target}:")
        and holds(row, at)
    ]
    assert [code for code, count in Counter(code for code, _ in found).items() if count > 1] == []
    return dict(found)


def code_on(identifiers: Rows, entity: str, scheme: str, at: str) -> list[str]:
    """The codes that a body has in one scheme on a day."""
    mine = [row for row in identifiers if row["entity"] == entity and row["scheme"] == scheme]
    return [row["code"] for row in mine if holds(row, at)]


def name_on(names: Rows, entity: str, at: str) -> list[str]:
    """The dated names, official now or once, that a body has on a day."""
    mine = [row for row in names if row["entity"] == entity and row["use"] in ("official", "former")]
    return [row["name"] for row in mine if holds(row, at)]
