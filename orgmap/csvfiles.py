"""Streaming a CSV file through the annotator: constant memory, never half a result."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from orgmap.graphmodel.dates import month_first, parse_day
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import csv_writer, safe_cell, shortened
from orgmap.loaders.outputs import STANDARD, copies_aside, room_for_copies, writing
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.table.annotate import Annotator, columns

LONGEST_CELL = 1_000_000
LONGEST_ROW = 4_000_000
"""So many letters a cell and a row may have: more is no table that people keep, and would fill the memory."""

DAYS_KEPT = 100_000
"""So many different texts of a column of days are remembered, so that each is looked at once."""


MOST_TOLD = 5
"""So many names of columns a note tells."""


Watch = Callable[[BinaryIO, Path], AbstractContextManager[BinaryIO]]
"""Given a file as it is read, says how far the reading has come."""


class Outcome(NamedTuple):
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
    watch: Watch | None = None,
) -> Outcome:
    """Copies a CSV file with the answers added to each row; the target appears only when it is whole.

    `target` is a path or `-` for standard output; `at` is a day, month or year as people write it; `to_day`
    (ISO text) is a day to which ended bodies are followed; `watch` is told of the reading. Raises `WrongUse` with file
    and line when the file is no CSV table in that encoding, lacks a column, or has days with their month first;
    `DataBroken` when the target cannot be written; `NothingFound` for days that the tables do not reach.
    """
    notes = []
    if at:
        day = parse_day(at)
        check_day(store, day)
        notes = horizon_notes(store, {kind for about in store.about() for kind in about.kinds}, day)
    if to_day:
        check_day(store, to_day)
    if _same_file(source, target):
        raise WrongUse(
            f"{'Standard output' if target == STANDARD else target} is the file to read; name another one to write."
        )
    with _lasting(source, twice=at_column is not None) as file:
        if at_column:
            _check_days(file, source, encoding, at_column)
        with _reading(file, source, encoding, watch) as lines, writing(target) as out:
            rows = checked_rows(lines, source, encoding, file)
            header = _header(rows, source)
            notes += _twice(header)
            place, when = _find_column(header, column, source), None
            if at_column:
                when = _find_column(header, at_column, source)
            writer = csv_writer(out)
            writer.writerow([*header, *added_columns(header, to_day)])
            answers = Annotator(store, kinds).rows(rows, place, at, when, to_day)
            return _annotated(answers, len(header), writer, notes)


def _annotated(rows: Iterator[list[str]], width: int, writer: Any, notes: list[str]) -> Outcome:
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
                row[-1] = safe_cell(row[-1])
            yield row

    try:
        writer.writerows(counted())
    except UnicodeEncodeError as error:
        raise WrongUse(
            f"Row {count + 1:,} holds half of a letter, which no file can: --encoding is another one."
        ) from error
    return Outcome(count, commissioners + others, commissioners, noted, notes)


def _header(rows: Iterator[list[str]], source: Path) -> list[str]:
    header = next(rows, None)
    if header is None:
        raise WrongUse(f"{source} is empty: it needs a header and rows.")
    return header


def _twice(header: list[str]) -> list[str]:
    """Says which names several columns have, so that nobody asks a later program for one and gets another."""
    found = [name for name, times in Counter(filter(str.strip, header)).items() if times > 1]
    more = f" (and {len(found) - MOST_TOLD} more names)" if len(found) > MOST_TOLD else ""
    names = ", ".join(f"“{shortened(name)}”" for name in found[:MOST_TOLD])
    return [f"Several columns have one name: {names}{more}. All are kept as they are."] if found else []


def _check_days(file: Path, source: Path, encoding: str, column: str) -> None:
    """Refuses a column of days in which one has its month first: then none of them can be read day first."""
    with _reading(file, source, encoding) as lines:
        rows = checked_rows(lines, source, encoding, file)
        when = _find_column(_header(rows, source), column, source)
        seen: set[str] = set()
        for row in rows:
            if row[when] not in seen and month_first(row[when]):
                raise WrongUse(
                    f"{source}:{lines.number}: “{row[when].strip()}” has its month first, so that no day of the"
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
    if header.count(name) > 1:
        raise WrongUse(
            f"{source}:1: there are {header.count(name)} columns “{name}”: give each its own name."
        )
    if name in header:
        return header.index(name)
    near = difflib.get_close_matches(name, header, n=1, cutoff=0.5)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise WrongUse(
        f"{source}:1: there is no column “{name}”.{hint} Columns: {', '.join(shortened(one) for one in header[:20])}."
    )


class Lines:
    """The lines of a text, counted; a row of them that would fill the memory is refused."""

    def __init__(self, text: TextIO, source: Path) -> None:
        self._text = text
        self._source = source
        self.number = 0
        self.letters = 0
        """Letters since the last whole row."""

    def __iter__(self) -> Iterator[str]:
        readline = self._text.readline
        while line := readline(LONGEST_ROW):
            self.number += 1
            self.letters += len(line)
            if "\0" in line:
                raise WrongUse(
                    f"{self._source}:{self.number}: there is a NUL in this line: the file is not a CSV table, or in"
                    " another encoding (--encoding utf-16); nothing was written."
                )
            if self.letters >= LONGEST_ROW:
                raise WrongUse(
                    f"{self._source}:{self.number}: this row has more than {LONGEST_ROW:,} letters: the file is not a"
                    " CSV table, or a quote in it is never closed; nothing was written."
                )
            yield line


def checked_rows(lines: Lines, source: Path, encoding: str, file: Path) -> Iterator[list[str]]:
    """Rows of one width. Raises `WrongUse` at the first that is not, or is no CSV at all; `file` is where they lie."""
    width = None
    try:
        for row in csv.reader(lines, strict=True):
            lines.letters = 0
            if not row:
                if width != 1:
                    continue
                row = [""]  # in a file of one column an empty line is an empty cell
            if width is None:
                width = len(row)
            elif len(row) != width:
                raise WrongUse(
                    f"{source}:{lines.number}: {len(row)} cells where the header has {width}."
                    " The file may be cut short, or not be a CSV table; nothing was written."
                )
            yield row
    except csv.Error as error:
        raise WrongUse(
            f"{source}:{lines.number}: this is not a CSV table ({error}); nothing was written."
        ) from error
    except UnicodeError as error:
        meant = error.encoding if isinstance(error, UnicodeDecodeError) else encoding
        raise WrongUse(
            f"{source}:{_undecodable_line(file, encoding) or lines.number + 1}: this is not {meant} text."
            " Say the file's encoding, e.g. --encoding cp1252; nothing was written."
        ) from error
    except OSError as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Path, error: OSError | ValueError) -> WrongUse:
    reason = error.strerror if isinstance(error, OSError) else None
    return WrongUse(f"{source} cannot be read: {reason or error}.")


def _undecodable_line(file: Path, encoding: str) -> int | None:
    """The line with the first byte that is wrong in an encoding: the reader runs ahead of its rows.

    None if it cannot be told: what came through a pipe is gone.
    """
    if file == STANDARD or not file.is_file():
        return None
    decoder = codecs.getincrementaldecoder(encoding)()
    with file.open("rb") as raw:
        number = 0
        while line := raw.readline(LONGEST_ROW):
            number += line.endswith(b"\n") or not number
            try:
                decoder.decode(line)
            except UnicodeError:
                return number
    return None


def _same_file(source: Path, target: Path) -> bool:
    """Whether the result would replace the file that is read."""
    try:
        read = os.fstat(0) if source == STANDARD else os.stat(source)
        write = os.fstat(1) if target == STANDARD else os.stat(target)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(write.st_mode) and os.path.samestat(read, write)


def _opened(source: Path) -> BinaryIO:
    """A file to read, or standard input for `-`."""
    try:
        return open(0, "rb", closefd=False) if source == STANDARD else source.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error


@contextmanager
def _lasting(source: Path, twice: bool) -> Iterator[Path]:
    """The file itself; what comes through a pipe and must be read twice is copied first."""
    if not twice:
        yield source
        return
    with _opened(source) as raw:
        if stat.S_ISREG(os.fstat(raw.fileno()).st_mode) and source != STANDARD:
            yield source
            return
        with copies_aside() as folder:
            copy = folder / "table"
            with room_for_copies(), copy.open("wb") as out:
                out.writelines(_blocks(raw, source))
            yield copy


def _blocks(raw: BinaryIO, source: Path) -> Iterator[bytes]:
    """What can be read, piece by piece."""
    try:
        while block := raw.read(1 << 20):
            yield block
    except OSError as error:
        raise _unreadable(source, error) from error


@contextmanager
def _reading(file: Path, source: Path, encoding: str, watch: Watch | None = None) -> Iterator[Lines]:
    """The file's lines; `source` is what people call it."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    except (LookupError, ValueError) as error:
        raise WrongUse(f"“{encoding}” is not an encoding that is known here. Try utf-8 or cp1252.") from error
    with _opened(file) as raw, watch(raw, source) if watch else nullcontext(raw) as watched:
        yield Lines(io.TextIOWrapper(watched, encoding=encoding, newline=""), source)
