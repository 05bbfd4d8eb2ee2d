"""What the tests of the tables share: all rows of all datasets, read once."""

from __future__ import annotations

import pytest

from tests.data.whole import Row, read_all


@pytest.fixture(scope="session")
def tables() -> dict[str, list[Row]]:
    """The rows of all datasets by table, those about places left out."""
    return read_all()


@pytest.fixture(scope="session")
def lives(tables: dict[str, list[Row]]) -> dict[str, tuple[str, str]]:
    """The legal start and end of every entity; a blank is open or not known."""
    return {row["id"]: (row["valid_from"], row["valid_until"]) for row in tables["entities"]}


@pytest.fixture(scope="session")
def whole_lives(
    tables: dict[str, list[Row]], lives: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """The same with the phases before and after the legal life, in which shadow and planned facts may lie."""
    out = dict(lives)
    for row in tables["phases"]:
        start, end = out[row["entity"]]
        first = "" if not start or not row["valid_from"] else min(start, row["valid_from"])
        last = "" if not end or not row["valid_until"] else max(end, row["valid_until"])
        out[row["entity"]] = (first, last)
    return out
