"""Reading what people write: the tables of `data/curated/`, which the compile step reads and never overwrites.

Every fault is said with file and line and what to do, so that a row can be mended without reading any code.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.model import DATE_PRECISIONS
from orgmap.graphmodel.tables import DATES
from orgmap.loaders.dataset import CURATED
from orgmap.loaders.published import read_text

WHY = "why"
"""A column that any table may have after its own: for people, read by nobody else."""

BETWEEN = "; "
"""What divides the words of a cell that holds several."""

OPEN = "open"
"""An end that is stated to be none, where a blank one would be filled in from a list."""

SOURCES = "sources"
_PRECISIONS = ("precision", "from_precision", "until_precision")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Shape = TypeVar("Shape", bound=tuple[Any, ...])


class CuratedRow(NamedTuple):
    """One row as it was written, with its place for messages (`…/reforms.csv:7`)."""

    where: str
    cells: dict[str, str]


def curated_path(name: str) -> Path:
    """The file of a table that people write: of `councils/cities` it is `data/curated/councils/cities.csv`."""
    return data_folder() / CURATED / f"{name}.csv"


def lines(name: str, *needed: str) -> list[CuratedRow]:
    """The rows of a table as they stand, with their places.

    Raises `DataBroken` with file and line if a column is missing, a row is longer or shorter than the header,
    a day or a precision is none, or a source is cited that `sources.csv` does not describe.

    >>> lines("sources", "id")[0].where.endswith("sources.csv:2")
    True
    """
    path = curated_path(name)
    found = list(_read(path, needed))
    for where, cells in found:
        _check(where, cells)
    return found


def records(name: str, shape: type[Shape], key: str = "") -> tuple[Shape, ...]:
    """The rows of a table as named tuples; the fields of `shape` are its columns.

    A field without a default must not be blank, and a blank one has its default; one that holds several words
    (`tuple[str, ...]`) is written with semicolons between them. With `key` no two rows may have the same there.
    Raises `DataBroken` as `lines` does.
    """
    return tuple(record for _, record in places_and_records(name, shape, key))


def places_and_records(name: str, shape: type[Shape], key: str = "") -> list[tuple[str, Shape]]:
    """The rows of a table as named tuples, each with its place; else as `records`."""
    fields: tuple[str, ...] = shape._fields  # type: ignore[attr-defined]
    optional: dict[str, Any] = shape._field_defaults  # type: ignore[attr-defined]
    kinds = get_type_hints(shape)
    found, seen = [], dict[object, str]()
    for where, cells in lines(name, *fields):
        for field in fields:
            if not cells[field] and field not in optional:
                raise DataBroken(f"{where}: the column {field} is blank. Fill it in.")
        mark = cells[key] if key else tuple(cells.values())
        if mark in seen:
            what = f"“{mark}” stands there already" if key else "the same row stands there already"
            raise DataBroken(f"{where}: {what}, in {seen[mark]}. Take one away.")
        seen[mark] = where
        values: list[Any] = [
            _value(where, field, cells[field], kinds[field]) if cells[field] else optional[field]
            for field in fields
        ]
        found.append((where, shape(*values)))
    return found


def lookup(name: str) -> dict[str, str]:
    """A table of two columns as a look-up from the first to the second; no word may stand there twice.

    >>> lookup("nhs_england_teams/region_of_area")["E40000001"]
    'Y54'
    """
    found: dict[str, str] = {}
    for where, cells in lines(name):
        if len(cells) - (WHY in cells) != 2:
            raise DataBroken(f"{curated_path(name)}:1: two columns are expected, and “{WHY}” if you like.")
        key, value = list(cells.values())[:2]
        if key in found:
            raise DataBroken(f"{where}: “{key}” stands there twice. Take one away.")
        found[key] = value
    return found


def words_of(name: str) -> dict[str, tuple[str, ...]]:
    """A look-up as of `lookup` whose second cells hold several words, with semicolons between them.

    >>> words_of("primary_care_trusts/divided")["5AG"]
    ('5PD', '5PN', '5PP')
    """
    return {key: _words(cell) for key, cell in lookup(name).items()}


def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, each as its cells in the order of the columns, without the column for people."""
    return tuple(tuple(cell for title, cell in cells.items() if title != WHY) for _, cells in lines(name))


def column(name: str) -> tuple[str, ...]:
    """The first column of a table, in its order."""
    return tuple(next(iter(cells.values())) for _, cells in lines(name))


def sources() -> dict[str, dict[str, str]]:
    """Every source that people described: id → the other cells of `sources.csv` that are not blank.

    >>> sources()["hca-2022"]["title"]
    'Health and Care Act 2022'
    """
    return _sources(curated_path(SOURCES))


@cache
def _sources(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for where, cells in _read(path, ("id", "title")):
        source = cells.pop("id")
        _check_days(where, cells)
        if not source or not cells["title"]:
            raise DataBroken(f"{where}: a source needs an id and a title. Fill them in.")
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", source):
            raise DataBroken(
                f"{where}: “{source}” is no id of a source. Use small letters, figures, hyphens and dots."
            )
        if source in found:
            raise DataBroken(f"{where}: “{source}” is described twice. Take one row away.")
        found[source] = {column: cell for column, cell in cells.items() if cell}
    return found


def _read(path: Path, needed: tuple[str, ...]) -> Iterator[CuratedRow]:
    """The rows of a file with their lines; blank lines are passed over."""
    if not path.is_file():
        raise DataBroken(f"{path}: is missing. Restore it from the repository.")
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if len(set(header)) < len(header) or "" in header:
            raise DataBroken(f"{path}:1: each column needs a name of its own.")
        if missing := [name for name in needed if name not in header]:
            raise DataBroken(f"{path}:1: the columns {', '.join(missing)} are missing. Add them.")
        if (
            needed
            and (extra := [name for name in header if name not in (*needed, WHY)])
            and path.stem != SOURCES
        ):
            raise DataBroken(
                f"{path}:1: nobody reads the column {', '.join(extra)}. Take it away, or call it “{WHY}”."
            )
        before = reader.line_num
        for row in reader:
            where, before = f"{path}:{before + 1}", reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise DataBroken(
                    f"{where}: {len(row)} columns where {len(header)} are expected."
                    " Put a cell with a comma between quotation marks."
                )
            yield CuratedRow(where, {name: cell.strip() for name, cell in zip(header, row, strict=True)})
    except csv.Error as error:
        raise DataBroken(f"{path}:{reader.line_num}: {error}. Mend the quotation marks.") from error


def _check(where: str, cells: dict[str, str]) -> None:
    _check_days(where, cells)
    if cited := cells.get("source"):
        for source in cited.split():
            if source not in sources():
                raise DataBroken(
                    f"{where}: “{source}” is no source. Describe it in {curated_path(SOURCES)}, or cite another."
                )


def _check_days(where: str, cells: dict[str, str]) -> None:
    for name in DATES & cells.keys():
        if cells[name] and not _is_day(cells[name]) and (name, cells[name]) != ("valid_until", OPEN):
            raise DataBroken(f"{where}: “{cells[name]}” is no day. Write {name} like 2013-04-01.")
    for name in _PRECISIONS:
        if cells.get(name, "") not in DATE_PRECISIONS:
            known = ", ".join(filter(None, DATE_PRECISIONS))
            raise DataBroken(
                f"{where}: “{cells[name]}” is no precision. Use one of {known}, or leave it blank."
            )
    start, end = cells.get("valid_from", ""), cells.get("valid_until", "")
    if start and end and end != OPEN and start >= end:
        raise DataBroken(f"{where}: ends ({end}) before it begins ({start}). Mend one of the days.")


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and parse_day(text) == text
    except WrongUse:
        return False


def _value(where: str, field: str, cell: str, kind: Any) -> object:
    if kind is int:
        if not cell.isascii() or not cell.isdigit():
            raise DataBroken(f"{where}: “{cell}” is no whole number. Write {field} in figures.")
        return int(cell)
    return _words(cell) if get_args(kind) else cell


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in cell.split(BETWEEN.strip()))))
