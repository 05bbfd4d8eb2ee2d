"""Tables of prescribing: what each practice prescribed in a month, millions of rows that are summed while being read.

They have up to six gigabytes, so they are read as streams: by pyarrow where it is installed, row by row otherwise, and
always row by row to say on which line something is wrong.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from orgmap.graphmodel.counted.practices import chapters_text, sum_of
from orgmap.graphmodel.dates import days_meant
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.kept import Coming, Release
from orgmap.loaders.releases.lists.prescribing_sums import (
    CHAPTER,
    CODE,
    MONTH,
    NUMBERS,
    UNIDENTIFIED,
    MonthSums,
    PrescribingSums,
)
from orgmap.loaders.releases.opening import HEAD
from orgmap.loaders.releases.postcodes.columns import places_of
from orgmap.loaders.releases.postcodes.release import hash_of
from orgmap.loaders.releases.postcodes.streams import Streamed, last_byte, streams_of

LARGEST_TABLE = 64 * 1024**3
"""Bytes that may come out of a table: a month has six billion, and no more than a block is kept."""

TOGETHER = 50_000
"""So many rows are read together where they are read one by one."""

_BLOCK = 1024 * 1024
_TEXTS = (MONTH, CODE, CHAPTER, UNIDENTIFIED)


class TableLayout(NamedTuple):
    """What a file is: its format, where its columns stand, and how many a row has."""

    form: PublishedFormat
    places: Mapping[str, int]
    width: int


def prescribing_coming(path: Path, as_of: str = "") -> tuple[list[Coming], tuple[str, ...]] | None:
    """The releases that a table of prescribing makes, one for each month, and what of its zip was passed over; None if
    the file is none.

    Raises `DataBroken` with file and line for a damaged one, `WrongUse` for a day that is said of it.
    """
    with streams_of(path, LARGEST_TABLE) as streams:
        found = [(one, layout) for one in streams if (layout := layout_of(one))]
        if not found:
            return None
        if as_of:
            raise WrongUse(f"{path} says itself in which months it was prescribed: leave out --as-of.")
        with ThreadPoolExecutor(1) as beside:
            hashed = beside.submit(hash_of, path)
            read = [(layout.form, read_sums(one, layout)) for one, layout in found]
            file_hash = hashed.result()
        tables = {one.label for one, _ in found}
        passed_over = tuple(one.label for one in streams if one.label not in tables)
    releases = [
        _coming(form, month, sums, path.name, file_hash)
        for form, months in read
        for month, sums in sorted(months.items())
    ]
    return releases, passed_over


def layout_of(stream: Streamed) -> TableLayout | None:
    """What a file is, told from its beginning; None if it is no table of prescribing.

    Raises `DataBroken` for one that has a header and no rows.
    """
    with stream.open() as file:
        try:
            raw = file.read(HEAD)
        except DataBroken:
            return None
    lines = raw.removeprefix(b"\xef\xbb\xbf").decode("latin-1").splitlines(keepends=True)
    try:
        header, *rows = csv.reader(lines[: 3 if len(raw) == HEAD else None])
    except (csv.Error, ValueError):
        return None
    fitting = [form for form in formats().values() if form.counts_items and form.places_in(header)]
    if len(fitting) != 1:
        return None
    if not rows:
        raise DataBroken(f"{stream.label}:1: has a header and no rows. Fetch the file again.")
    titles = len(header) - (not header[-1].strip())
    width = titles + (len(rows[0]) == titles + 1 and not rows[0][-1].strip())
    return TableLayout(fitting[0], fitting[0].places_in(header), width)


def read_sums(stream: Streamed, layout: TableLayout) -> dict[str, MonthSums]:
    """What a table says, month by month. Raises `DataBroken` with file and line for what is not understood."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
    except ImportError:
        return _row_by_row(stream, layout)
    try:
        return _as_columns(stream, layout)
    except (pa.ArrowException, DataBroken):
        return _row_by_row(stream, layout)


def _as_columns(stream: Streamed, layout: TableLayout) -> dict[str, MonthSums]:
    """Reads a table by pyarrow, which raises for rows of another width and for what is no number."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    sums = PrescribingSums(layout.form, stream.label)
    names = {name: f"column {place}" for name, place in layout.places.items()}
    sorts = {named: pa.float64() if name in NUMBERS else pa.string() for name, named in names.items()}
    line = 2
    with stream.open() as file:
        batches = arrow_csv.open_csv(
            pa.PythonFile(file, "r"),
            arrow_csv.ReadOptions(
                column_names=[f"column {place}" for place in range(layout.width)],
                skip_rows=1,
                block_size=_BLOCK,
            ),
            arrow_csv.ParseOptions(ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                include_columns=list(names.values()), column_types=sorts, strings_can_be_null=False
            ),
        )
        for batch in batches:
            cells = dict(zip(names, batch.columns, strict=True))
            texts = {name: cells[name].dictionary_encode() for name in _TEXTS if name in cells}
            sums.add(
                line,
                {
                    name: (column.indices.to_numpy(zero_copy_only=False), column.dictionary.to_pylist())
                    for name, column in texts.items()
                },
                {name: cells[name].to_numpy(zero_copy_only=False) for name in NUMBERS},
            )
            line += len(batch)
        _whole_to_its_end(file, stream, line - 1)
    pa.default_memory_pool().release_unused()
    return sums.months


def _row_by_row(stream: Streamed, layout: TableLayout) -> dict[str, MonthSums]:
    """Reads a table by Python alone. Raises `DataBroken` with the line for a row of another width."""
    import numpy as np

    sums = PrescribingSums(layout.form, stream.label)
    with stream.open() as file:
        line = 1
        for first, rows in _blocks(stream, layout, file):
            line = first + len(rows) - 1
            columns = {name: [row[place] for row in rows] for name, place in layout.places.items()}
            sums.add(
                first,
                {name: places_of(columns[name]) for name in _TEXTS if name in columns},
                {name: np.array([_number(cell) for cell in columns[name]]) for name in NUMBERS},
            )
        _whole_to_its_end(file, stream, line)
    return sums.months


def _blocks(stream: Streamed, layout: TableLayout, file: IO[bytes]) -> Iterator[tuple[int, list[list[str]]]]:
    """Rows, some at a time, with the line of the first."""
    text = io.TextIOWrapper(file, "utf-8-sig", "replace", newline="")
    reader = csv.reader(text, strict=True)
    try:
        next(reader)
        line = 1
        while rows := list(islice(reader, TOGETHER)):
            while rows and not rows[-1]:
                rows.pop()
            for place, row in enumerate(rows):
                if len(row) != layout.width:
                    raise DataBroken(
                        f"{stream.label}:{line + place + 1}: {len(row)} columns where {layout.width} are expected;"
                        " the file may be cut off. Fetch it again."
                    )
            yield line + 1, rows
            line = reader.line_num
    except csv.Error as error:
        raise DataBroken(
            f"{stream.label}:{reader.line_num}: cannot be read ({error}); the file may be cut off. Fetch it again."
        ) from error


def _whole_to_its_end(file: IO[bytes], stream: Streamed, line: int) -> None:
    """Raises `DataBroken` if the last line does not end: its last cell may be half of one."""
    if last_byte(file) not in (b"\n", b"\r"):
        raise DataBroken(
            f"{stream.label}:{line}: the last line does not end; the file may be cut off. Fetch it again."
        )


def _number(cell: str) -> float:
    """A number; NaN for what is none."""
    try:
        return float(cell) if cell.isascii() and "_" not in cell else float("nan")
    except ValueError:
        return float("nan")


def _coming(form: PublishedFormat, month: str, sums: MonthSums, file: str, file_hash: str) -> Coming:
    """The release of one month: a row for each prescriber."""
    day = days_meant(f"{month}-01", "month").last
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [
            *(line, day, prescriber.code, "yes" if prescriber.unidentified else ""),
            *(*sum_of(chapters.values()), chapters_text(chapters)),
        ]
        for line, prescriber, chapters in sums.by_prescriber()
    )
    rows = text.getvalue().encode()
    content = sha256(rows).hexdigest()
    total = sums.total.json()
    note = (
        f"{total['items']:,} items in {month}, net ingredient cost £{total['ingredient_cost']:,.2f}, actual cost"
        f" £{total['actual_cost']:,.2f}, summed by practice and chapter"
    )
    release = Release(
        release=f"{form.format}-{day}-{content[:8]}",
        format=form.format,
        as_of=day,
        horizon=day,
        content=content,
        file=file,
        file_hash=file_hash,
        rows=sums.rows,
        refused=0,
    )
    return Coming(release, rows, (), note)
