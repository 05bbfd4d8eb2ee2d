"""Streaming a CSV file through the annotator: constant memory, a progress bar, never half a result."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from graphmodel.dates import month_first, parse_day
from graphmodel.errors import DataBroken, WrongUse
from graphmodel.store import Store
from queries.annotate import Annotator, columns
from queries.horizons import check_day, horizon_notes

LONGEST_CELL = 1_000_000
DAYS_KEPT = 100_000
"""So many different texts of a column of days are remembered, so that each is looked at once."""


class Done(NamedTuple):
    """How a file went: its rows, how many got any body, a commissioner, a note; what must be said of all."""

    rows: int
    answered: int
    commissioners: int
    noted: int
    notes: list[str]


def annotate_file(
    store: Store,
    source: Path,
    target: Path,
    column: str,
    at: str | None,
    at_column: str | None,
    encoding: str,
    to_day: str | None = None,
    kinds: frozenset[str] | None = None,
) -> Done:
    """Copies a CSV file with the answers added to each row; the target appears only when it is whole.

    `target` is a path or `-` for standard output; `at` is a day, month or year as people write it; `to_day`
    (ISO text) is a day to which ended bodies are followed. Raises `WrongUse` with file and line when the file is no CSV
    table in that encoding, lacks a column, or has days with their month first; `DataBroken` when the target cannot be
    written; `NothingFound` for days that the tables do not reach.
    """
    notes = []
    if at:
        day = parse_day(at)
        check_day(store, day)
        notes = horizon_notes(store, {kind for about in store.about() for kind in about.kinds}, day)
    if to_day:
        check_day(store, to_day)
    to_stdout = str(target) == "-"
    if not to_stdout and target.exists() and source.exists() and target.samefile(source):
        raise WrongUse(f"{target} is the file to read; name another one to write.")
    with _lasting(source, twice=at_column is not None) as file:
        if at_column:
            _check_days(file, source, encoding, at_column)
        with _reading(file, source, encoding) as text, _writing(target, to_stdout) as out:
            reader = csv.reader(text, strict=True)
            rows = checked_rows(reader, source, encoding, file)
            header = _header(rows, source)
            place, when = _find_column(header, column, source), None
            if at_column:
                when = _find_column(header, at_column, source)
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow([*header, *added_columns(header, to_day)])
            answers = Annotator(store, kinds).rows(rows, place, at, when, to_day)
            return _annotated(answers, len(header), writer, notes)


def _annotated(rows: Iterator[list[str]], width: int, writer: Any, notes: list[str]) -> Done:
    """Writes the rows, and counts what they got."""
    count = commissioners = others = noted = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count, commissioners, others, noted
        for row in rows:
            count += 1
            if row[width]:
                commissioners += 1
            elif any(row[width:-1]):
                others += 1
            if row[-1]:
                noted += 1
            yield row

    writer.writerows(counted())
    return Done(count, commissioners + others, commissioners, noted, notes)


def _header(rows: Iterator[list[str]], source: Path) -> list[str]:
    header = next(rows, None)
    if header is None:
        raise WrongUse(f"{source} is empty: it needs a header and rows.")
    return header


def _check_days(file: Path, source: Path, encoding: str, column: str) -> None:
    """Refuses a column of days in which one has its month first: then none of them can be read day first."""
    with _reading(file, source, encoding, shown=False) as text:
        reader = csv.reader(text, strict=True)
        rows = checked_rows(reader, source, encoding, file)
        when = _find_column(_header(rows, source), column, source)
        seen: set[str] = set()
        for row in rows:
            if row[when] not in seen and month_first(row[when]):
                raise WrongUse(
                    f"{source}:{reader.line_num}: “{row[when].strip()}” has its month first, so that no day of the"
                    f" column “{column}” can be read with its day first. Write them as 2013-06-30;"
                    " nothing was written."
                )
            if len(seen) < DAYS_KEPT:
                seen.add(row[when])


def added_columns(header: list[str], to_day: str | None = None) -> list[str]:
    """The names of the added columns; one that the file has already gets `orgmap_` before it.

    >>> added_columns(["postcode", "note"])[-2:]
    ['upper_tier_council_gss', 'orgmap_note']
    """
    names = []
    for name in columns(to_day):
        while name in header:
            name = f"orgmap_{name}"
        names.append(name)
    return names


def _find_column(header: list[str], name: str, source: Path) -> int:
    if name in header:
        return header.index(name)
    near = difflib.get_close_matches(name, header, n=1, cutoff=0.5)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise WrongUse(f"{source}:1: there is no column “{name}”.{hint} Columns: {', '.join(header[:20])}.")


def checked_rows(reader: Any, source: Path, encoding: str, file: Path | None = None) -> Iterator[list[str]]:
    """Rows of one width. Raises `WrongUse` at the first that is not, or is no CSV at all; `file` is where they lie."""
    width = None
    try:
        for row in reader:
            if not row:
                if width != 1:
                    continue
                row = [""]  # in a file of one column an empty line is an empty cell
            if width is None:
                width = len(row)
            elif len(row) != width:
                raise WrongUse(
                    f"{source}:{reader.line_num}: {len(row)} cells where the header has {width}."
                    " The file may be cut short or no CSV table; nothing was written."
                )
            yield row
    except csv.Error as error:
        raise WrongUse(
            f"{source}:{reader.line_num}: this is no CSV table ({error}); nothing was written."
        ) from error
    except UnicodeDecodeError as error:
        raise WrongUse(
            f"{source}:{_undecodable_line(file or source, encoding)}: this is not {error.encoding} text."
            " Say the file's encoding, e.g. --encoding cp1252; nothing was written."
        ) from error


def _undecodable_line(source: Path, encoding: str) -> int:
    """The line with the first byte that is wrong in an encoding: the reader runs ahead of its rows."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with source.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                decoder.decode(line)
            except UnicodeDecodeError:
                return number
    return number


@contextmanager
def _lasting(source: Path, twice: bool) -> Iterator[Path]:
    """The file itself; what comes through a pipe and must be read twice is copied first."""
    if not twice or source.is_file() or source.is_dir() or not source.exists():
        yield source
        return
    with tempfile.NamedTemporaryFile() as copy, source.open("rb") as raw:
        shutil.copyfileobj(raw, copy)
        copy.flush()
        yield Path(copy.name)


@contextmanager
def _reading(file: Path, source: Path, encoding: str, shown: bool = True) -> Iterator[TextIO]:
    """The file's text, with a progress bar on a terminal; `source` is what people call it."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    except LookupError as error:
        raise WrongUse(f"“{encoding}” is no encoding. Try utf-8 or cp1252.") from error
    try:
        raw = file.open("rb")
        size = os.fstat(raw.fileno()).st_size
    except OSError as error:
        raise WrongUse(f"{source} cannot be read: {error.strerror}.") from error
    with raw:
        if shown and sys.stderr.isatty() and size > 2_000_000:
            from rich.progress import wrap_file

            with wrap_file(raw, total=size, description=source.name) as watched:
                yield io.TextIOWrapper(watched, encoding=encoding, newline="")
        else:
            yield io.TextIOWrapper(raw, encoding=encoding, newline="")


@contextmanager
def _writing(target: Path, to_stdout: bool) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name only when all is written."""
    if to_stdout:
        yield sys.stdout
        return
    if target.is_dir():
        raise WrongUse(f"{target} is a folder; name a file to write.")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        out = beside.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise WrongUse(f"{target} cannot be written: {error.strerror}.") from error
    try:
        with out:
            yield out
        os.replace(beside, target)
    except OSError as error:
        raise DataBroken(f"{target} cannot be written: {error.strerror}. Nothing was changed.") from error
    finally:
        beside.unlink(missing_ok=True)
