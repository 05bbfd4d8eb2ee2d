"""Parquet: the project's own tables, typed, for pandas, DuckDB, R and other programs that read columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orgmap.graphmodel.errors import not_installed
from orgmap.graphmodel.tables import DATES, TABLES
from orgmap.loaders.package import FILE, as_text, parquet_package
from orgmap.loaders.rows import Progress, Rows


def write_parquet(folder: Path, rows: Rows, say: Progress) -> None:
    """Writes one file for each table, days as days and numbers as numbers. Raises `WrongUse` without pyarrow."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise not_installed("This format", "pyarrow", "export") from error
    for done, (name, table) in enumerate(TABLES.items()):
        say(name, done, len(TABLES))
        cells = list(zip(*rows(name), strict=True)) or [()] * len(table.columns)
        arrays = []
        for column, values in zip(table.columns, cells, strict=True):
            if column in DATES:
                days = [None if day is None else date.fromisoformat(day) for day in values]
                arrays.append(pa.array(days, pa.date32()))
            else:
                arrays.append(pa.array(values, pa.float64() if column in table.numbers else pa.string()))
        pq.write_table(pa.table(arrays, names=list(table.columns)), folder / f"{name}.parquet")
    (folder / FILE).write_text(as_text(parquet_package()), encoding="utf-8")
