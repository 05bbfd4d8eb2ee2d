"""Streaming a CSV file through the annotator: constant memory, a progress bar, never half a result."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from graphmodel.errors import DataBroken, WrongUse
from graphmodel.store import Store
from queries.annotate import COLUMNS, Annotator
from queries.horizons import check_day, horizon_notes

LONGEST_CELL = 1_000_000


class Done(NamedTuple):
    """How a file went: its rows, how many got a commissioner, what must be said."""

    rows: int
    answered: int
    notes: list[str]


def annotate_file(
    store: Store,
    source: Path,
    target: Path,
    column: str,
    at: str | None,
    at_column: str | None,
    encoding: str,
    kinds: frozenset[str] | None = None,
) -> Done:
    """Copies a CSV file with the answers added to each row; the target appears only when it is whole.

    `target` is a path or `-` for standard output. Raises `WrongUse` with file and line when the file
    is no CSV table in that encoding, or lacks a column; `DataBroken` when the target cannot be written.
    """
    notes = []
    if at:
        check_day(store, at)
        notes = horizon_notes(
            store, {about_kind for about in store.about() for about_kind in about.kinds}, at
        )
    to_stdout = str(target) == "-"
    if not to_stdout and target.exists() and source.exists() and target.samefile(source):
        raise WrongUse(f"{target} is the file to read; name another one to write.")
    with _reading(source, encoding) as text, _writing(target, to_stdout) as out:
        reader = csv.reader(text, strict=True)
        rows = checked_rows(reader, source, encoding)
        header = next(rows, None)
        if header is None:
            raise WrongUse(f"{source} is empty: it needs a header and rows.")
        place, when = _find_column(header, column, source), None
        if at_column:
            when = _find_column(header, at_column, source)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*header, *added_columns(header)])
        count = answered = 0
        commissioner = len(header)
        for row in Annotator(store, kinds).rows(rows, place, at, when):
            count += 1
            answered += bool(row[commissioner])
            writer.writerow(row)
    return Done(count, answered, notes)


def added_columns(header: list[str]) -> list[str]:
    """The names of the added columns; one that the file has already gets `orgmap_` before it.

    >>> added_columns(["postcode", "note"])[-2:]
    ['local_healthwatch', 'orgmap_note']
    """
    names = []
    for name in COLUMNS:
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


def checked_rows(reader: Any, source: Path, encoding: str) -> Iterator[list[str]]:
    """Rows of one width. Raises `WrongUse` at the first that is not, or is no CSV at all."""
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
            f"{source}:{_undecodable_line(source, encoding)}: this is not {error.encoding} text."
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
def _reading(source: Path, encoding: str) -> Iterator[TextIO]:
    """The file's text, with a progress bar on a terminal."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    except LookupError as error:
        raise WrongUse(f"“{encoding}” is no encoding. Try utf-8 or cp1252.") from error
    try:
        raw = source.open("rb")
        size = os.fstat(raw.fileno()).st_size
    except OSError as error:
        raise WrongUse(f"{source} cannot be read: {error.strerror}.") from error
    with raw:
        if sys.stderr.isatty() and size > 2_000_000:
            from rich.progress import wrap_file

            with wrap_file(raw, total=size, description=source.name) as shown:
                yield io.TextIOWrapper(shown, encoding=encoding, newline="")
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
