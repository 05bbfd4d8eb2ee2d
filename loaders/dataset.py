"""A dataset: a folder of `data/` with a description and some of the project's tables."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import methodcaller
from pathlib import Path
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.text import shortened

CURATED = "curated"
"""The folder of `data/` with what people write: no dataset, read by the compile step alone."""

PACKED = 60_000
"""Tables with more bytes than this are gzipped: they would swell the repository."""


class DatasetDescription(NamedTuple):
    """What a reader must know of a dataset before trusting it."""

    title: str
    description: str
    publisher: str
    licence: str
    attribution: str
    coverage: str
    as_of: str
    horizon: str
    names_from: str = ""
    changes_left_out: str = ""


_REQUIRED = set(DatasetDescription._fields) - DatasetDescription._field_defaults.keys()


class Dataset:
    """Rows collected for one folder of `data/`, checked against the columns of the tables as they come.

    >>> town = Dataset("towns", DatasetDescription("Towns", "", "", "", "", "", "", "2024-01-01"))
    >>> town.add("entities", id="pct:5QA", kind="primary_care_trust", name="", source="ods")
    >>> len(town.rows["entities"])
    1
    """

    def __init__(self, name: str, about: DatasetDescription) -> None:
        self.name = name
        self.about = about
        self.rows: dict[str, list[tuple[str, ...]]] = {}

    def add(self, table: str, **cells: object) -> None:
        """Adds a row; a cell that is not named is blank, a column that does not exist is refused."""
        columns = TABLES[table].columns
        if table == "relationships":
            cells = {"status": "in_force", **cells}
        cells = {
            **{column.name: column.default for column in TABLES[table].declared if column.default},
            **cells,
        }
        if unknown := set(cells) - set(columns):
            raise DataBroken(f"{self.name}: the table {table} has no column {', '.join(sorted(unknown))}.")
        self.rows.setdefault(table, []).append(tuple(_text(cells.get(column)) for column in columns))

    def write(self, folder: Path) -> None:
        """Writes the dataset's folder: sorted rows, no duplicates, the same bytes for the same rows."""
        target = folder / self.name
        target.mkdir(parents=True, exist_ok=True)
        files = dict(self._files())
        for name, raw in files.items():
            beside = target / f".{name}.part"
            beside.write_bytes(raw)
            os.replace(beside, target / name)
        for old in target.iterdir():
            if old.name not in files:
                old.unlink()

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Each file of the folder with its bytes; the description comes last."""
        from orgmap.loaders import package

        counts, written = {}, {}
        for table in sorted(self.rows):
            rows = sorted(set(self.rows[table]))
            counts[table] = len(rows)
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(TABLES[table].columns)
            writer.writerows(rows)
            raw = text.getvalue().encode()
            if len(raw) > PACKED:
                packed = io.BytesIO()
                with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
                    file.write(raw)
                raw = packed.getvalue()
            written[table] = f"{table}.csv.gz" if raw[:2] == b"\x1f\x8b" else f"{table}.csv"
            yield written[table], raw
        about = {field: text for field, text in self.about._asdict().items() if text or field in _REQUIRED}
        described = {**about, "rows": counts}
        columns = TABLES["sources"].columns
        sources = [dict(zip(columns, row, strict=True)) for row in sorted(set(self.rows.get("sources", [])))]
        described_for_others = package.dataset_package(self.name, self.about._asdict(), written, sources)
        yield package.FILE, package.as_text(described_for_others).encode()
        yield "dataset.json", (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value).strip()


def dataset_folders(data: Path, may_be_empty: bool = False) -> list[Path]:
    """The dataset folders of `data/`, by name. Raises `DataBroken` if there is none.

    A folder in which nothing lies at all `may_be_empty`: then what is loaded is the whole graph.
    """
    folders = sorted(file.parent for file in data.glob("*/dataset.json"))
    if not folders and not (may_be_empty and data.is_dir() and not any(data.iterdir())):
        raise DataBroken(f"{data} holds no dataset (no folder with a dataset.json).")
    return folders


def describe(folder: Path) -> dict[str, Any]:
    """What `dataset.json` says of a dataset: title, licence, coverage, as-of date, horizon, row counts."""
    path = folder / "dataset.json"
    try:
        about = json.loads(_a_file(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataBroken(
            f"{path}: is not readable JSON ({error}). Restore it from the repository."
        ) from error
    if not isinstance(about, dict) or not isinstance(about.get("rows"), dict) or _REQUIRED - about.keys():
        raise DataBroken(f"{path}: does not say {', '.join(sorted(_REQUIRED))} and rows.")
    texts = [field for field in DatasetDescription._fields if not isinstance(about.get(field, ""), str)]
    counts = [table for table, count in about["rows"].items() if type(count) is not int or count < 0]
    if texts or counts:
        wrong = shortened(", ".join([*texts, *counts]))
        raise DataBroken(
            f"{path}: {wrong}: remarks are texts and rows are counted in whole numbers. Restore it from the repository."
        )
    return about


def _a_file(path: Path) -> Path:
    """The path itself: a named pipe or a device in its place would be read for ever. Raises `OSError`."""
    if path.exists() and not path.is_file():
        raise OSError("it is not a file")
    return path


class Read(NamedTuple):
    """A table's file: its cells as text, column by column, and what is wrong with its form, each with the line (0: the
    whole file)."""

    columns: list[Sequence[str]]
    wrong: list[tuple[int, str]]


def read_rows(folder: Path, table: str) -> Iterator[list[str]]:
    """The rows of one table of a dataset, in the order of its columns; nothing if it has no such table.

    Raises `DataBroken` with file and line if the header, a row's width or the number of rows is not
    as stated: a table that lost rows must never pass for a whole one.
    """
    expected = describe(folder)["rows"].get(table)
    if expected is None:
        return
    path = table_file(folder, table)
    columns, wrong = read_file(path, table)
    for line, said in wrong:
        raise DataBroken(f"{path}:{line}: {said}" if line else f"{path}: {said}")
    if len(columns[0]) != expected:
        raise DataBroken(f"{path}: {not_as_many(len(columns[0]), expected)}")
    yield from map(list, zip(*columns, strict=True))


def table_file(folder: Path, table: str) -> Path:
    """The file that holds a table of a dataset: gzipped if it is large."""
    packed = folder / f"{table}.csv.gz"
    return packed if packed.exists() else folder / f"{table}.csv"


def not_as_many(found: int, stated: int) -> str:
    """What to say of a file that has not as many rows as its dataset's description says."""
    return (
        f"{found:,} rows where {stated:,} are expected. Restore it from the repository, or state what it has."
    )


def read_file(path: Path, table: str) -> Read:
    """The cells of one file of a table, and every fault of its form; rows of another width are left out."""
    header = list(TABLES[table].columns)
    nothing = columns_of([], len(header))
    try:
        raw = _a_file(path).read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        said = f"cannot be read ({error}). Restore it from the repository."
        return Read(nothing, [(_broken_line(error), said)])
    if (nul := text.find("\0")) >= 0:
        return Read(nothing, [(text.count("\n", 0, nul) + 1, "there is a NUL in this line. Take it out.")])
    if plain := _plain_columns(text, header):
        return Read(plain, [])
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        if (found := next(reader, [])) != header:
            return Read(nothing, [(1, f"the columns are {found}, expected {header}.")])
        rows = list(reader)
    except csv.Error as error:
        return Read(nothing, [(reader.line_num, f"cannot be read ({error}). Mend the line.")])
    if set(map(len, rows)) <= {len(header)}:
        return Read(columns_of(rows, len(header)), [])
    return _of_another_width(text, len(header))


def columns_of(rows: Iterable[Sequence[str]], width: int) -> list[Sequence[str]]:
    """Rows of one width as columns.

    >>> columns_of([["a", "1"], ["b", "2"]], 2), columns_of([], 2)
    ([('a', 'b'), ('1', '2')], [(), ()])
    """
    return list(zip(*rows, strict=True)) or [()] * width


def _plain_columns(text: str, header: list[str]) -> list[Sequence[str]]:
    """The columns of a table in which each line is a row, as the project writes them; none if it is another table.

    A reader of CSV would tell the same, in twice the time: there are half a million rows.
    """
    lines = text.removesuffix("\n").split("\n")
    width, cells = len(header), list[str]()
    if lines[0] != ",".join(header) or "\r" in text or len(max(lines, key=len)) >= csv.field_size_limit():
        return []
    if '"' in text:
        for line in lines:
            if '"' not in line:
                found = line.split(",")
            elif line.count('"') % 2:
                return []  # a cell of several lines, or a quote that is never closed
            else:
                [found] = csv.reader((line,))
            if len(found) != width:
                return []
            cells += found
    elif set(map(methodcaller("count", ","), lines)) == {width - 1}:
        cells = ",".join(lines).split(",")
    else:
        return []
    return [cells[place + width :: width] for place in range(width)]


def _broken_line(error: Exception) -> int:
    if not isinstance(error, UnicodeDecodeError):
        return 0
    return error.object.count(b"\n", 0, error.start) + 1


def _of_another_width(text: str, width: int) -> Read:
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    wrong: list[tuple[int, str]] = []
    for row in reader:
        if len(row) == width:
            rows.append(row)
        else:
            wrong.append((reader.line_num, f"{len(row)} columns where {width} are expected."))
    return Read(columns_of(rows[1:], width), wrong)


def line_of(path: Path, number: int) -> int:
    """The line on which a row of a file ends; a cell may hold several lines."""
    return next(islice(_lines(path), number, None), 1)


def lines_of(path: Path) -> list[int]:
    """The lines on which the rows of a file end."""
    return list(_lines(path))


def _lines(path: Path) -> Iterator[int]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    reader = csv.reader(io.StringIO(text, newline=""))
    next(reader, None)
    yield from (reader.line_num for _ in reader)
