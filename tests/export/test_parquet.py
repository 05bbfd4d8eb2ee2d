"""Parquet read back has every row of every table, typed."""

from __future__ import annotations

from datetime import date

import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not here: no Parquet can be written")

from orgmap.graphmodel.store import Store  # noqa: E402
from orgmap.graphmodel.tables import DATES, TABLES  # noqa: E402
from tests.export.conftest import Export  # noqa: E402
from tests.kent import KENT_PRESCRIBED, KENT_THROUGH_TIME  # noqa: E402
from tests.worlds import world  # noqa: E402


def test_every_row_of_every_table_comes_back(export: Export) -> None:
    folder, drawn = export("parquet"), world(KENT_THROUGH_TIME + KENT_PRESCRIBED)
    for name, table in TABLES.items():
        read = pq.read_table(folder / f"{name}.parquet").to_pydict()
        rows = [
            tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row)
            for row in zip(*read.values(), strict=True)
        ]
        assert tuple(read) == table.columns
        assert sorted(rows, key=repr) == sorted(drawn.get(name, []), key=repr)


def test_days_are_days_and_numbers_are_numbers(export: Export) -> None:
    schema = pq.read_schema(export("parquet") / "relationships.parquet")
    types = {field.name: str(field.type) for field in schema}
    assert {types[column] for column in types.keys() & DATES} == {"date32[day]"}
    assert types["share"] == "double"
    assert types["subject"] == "string"


def test_a_day_has_what_was_in_force(export: Export, store: Store) -> None:
    at = "2020-06-01"
    folder = export("parquet", "--at", at)
    read = {name: pq.read_table(folder / f"{name}.parquet").to_pydict() for name in TABLES}
    bodies = store.entities(at=at)
    assert read["entities"]["id"] == [body.id for body in bodies]
    assert read["entities"]["name"] == [body.name for body in bodies]
    assert "Kent and Medway STP" in read["entities"]["name"]
    assert len(read["relationships"]["verb"]) == len(store.relationships(at=at))
    assert set(read["names"]["entity"]) <= set(read["entities"]["id"])
    assert (read["events"]["id"], read["successions"]["event"], read["phases"]["entity"]) == ([], [], [])
    assert read["sources"]["id"]
    assert read["postcodes"]["outcode"]
