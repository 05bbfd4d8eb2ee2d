"""Streaming a CSV file through the annotator: constant memory, never half a result."""

from __future__ import annotations

import csv
import difflib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, TextIO

from orgmap.graphmodel.dates import AnyDay, month_first, parse_day
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import csv_writer, safe_cell, shortened
from orgmap.loaders.outputs import STANDARD, writing
from orgmap.loaders.own.csvreading import (
    SENT,
    Block,
    Readable,
    Watch,
    checked_blocks,
    divider_note,
    lasting,
    reading,
)
from orgmap.queries.coverage import abouts, check_day, horizon_notes
from orgmap.queries.table.annotate import Added, Annotator, columns

DAYS_KEPT = 100_000
"""So many different texts of a column of days are remembered, so that each is looked at once."""


MOST_TOLD = 5
"""So many names of columns a note tells."""


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
    notes = _checked(store, at, to_day)
    if same_file(source, target):
        raise WrongUse(
            f"{'Standard output' if target == STANDARD else target} is the file to read; name another one to write."
        )
    with lasting(source, twice=at_column is not None) as file:
        return _annotate(
            store, file, source, writing(target), column, at, at_column, encoding, to_day, kinds, watch, notes
        )


def annotate_sent(
    store: Store,
    sent: bytes,
    out: TextIO,
    column: str,
    at: str | None,
    at_column: str | None,
    encoding: str,
    to_day: str | None = None,
    kinds: frozenset[str] | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """The same for a table that was sent, of which nothing is written to a disk. Raises what `annotate_file` does."""
    notes = _checked(store, at, to_day)
    to = nullcontext(out)
    return _annotate(store, sent, SENT, to, column, at, at_column, encoding, to_day, kinds, watch, notes)


def _checked(store: Store, at: str | None, to_day: str | None) -> list[str]:
    """What must be said of a day for all rows. Raises `NothingFound` for days that the tables do not reach."""
    if to_day:
        check_day(store, to_day)
    if not at:
        return []
    day = parse_day(at)
    check_day(store, day)
    return day_notes(store, day)


def day_notes(store: Store, day: AnyDay) -> list[str]:
    """What must be said of a day for a whole table: which datasets end before it."""
    return horizon_notes(store, {kind for about in abouts(store) for kind in about.kinds}, day)


def _annotate(
    store: Store,
    file: Readable,
    source: Path,
    target: AbstractContextManager[TextIO],
    column: str,
    at: str | None,
    at_column: str | None,
    encoding: str,
    to_day: str | None,
    kinds: frozenset[str] | None,
    watch: Watch | None,
    notes: list[str],
) -> Outcome:
    """Reads the rows, twice if they have days of their own, and writes them with what is added to each."""
    if at_column:
        _check_days(file, source, encoding, at_column)
    with reading(file, source, encoding, watch) as lines, target as out:
        blocks = checked_blocks(lines, source, file)
        header, tables = header_of(blocks, source)
        notes += [*divider_note(lines), *named_twice(header)]
        place, when = find_column(header, column, source), None
        if at_column:
            when = find_column(header, at_column, source)
        csv_writer(out).writerow([*header, *added_columns(header, to_day)])
        asking = Annotator(store, kinds).asking(at, to_day)
        written = RowWriter(out, len(header) == 1)
        for rows in tables:
            days = None if when is None else [row[when] for row in rows]
            written.write(rows, asking([row[place] for row in rows], days))
        return written.outcome(notes)


class RowWriter:
    """Writes rows with what was added to each, and counts what they got."""

    def __init__(self, out: TextIO, narrow: bool) -> None:
        """`narrow`: the rows have one cell, whose blank must not look like a row without any."""
        self._out, self._narrow = out, narrow
        self._count = self._commissioners = self._others = self._noted = 0

    def write(self, rows: list[list[str]], added: list[Added]) -> None:
        """Writes a block of rows. Raises `WrongUse` where a letter cannot be written."""
        own = _lines([[*row, ""] for row in rows] if self._narrow else rows)
        rest = [one.text or _written(one) for one in added]
        end = -3 if self._narrow else -2
        lines = [f"{line[:end]}{more}" for line, more in zip(own, rest, strict=True)]
        try:
            self._out.write("".join(lines))
        except UnicodeEncodeError as error:
            whole = next(number for number, line in enumerate(lines, 1) if not _can_be_written(line))
            raise WrongUse(
                f"Row {self._count + whole:,} holds half of a letter, which no file can: --encoding is another one."
            ) from error
        self._count += len(rows)
        for one, times in Counter(added).items():
            if one.cells[0]:
                self._commissioners += times
            elif any(one.cells[:-1]):
                self._others += times
            if one.cells[-1]:
                self._noted += times

    def outcome(self, notes: list[str]) -> Outcome:
        """How it went."""
        answered = self._commissioners + self._others
        return Outcome(self._count, answered, self._commissioners, self._noted, notes)


def _lines(rows: list[list[str]]) -> list[str]:
    """Rows as they are written, each with the end of its line."""
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n").writerows(rows)
    return lines


def _written(added: Added) -> str:
    """What is added to rows as it is written behind their own cells, worked out once for all that have it."""
    *cells, note = added.cells
    [line] = _lines([["", *cells, safe_cell(note)]])
    added.text = f"{line[:-2]}\n"
    return added.text


def _can_be_written(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def header_of(blocks: Iterator[Block], source: Path) -> tuple[list[str], Iterator[list[list[str]]]]:
    """The header of a table, and its rows in blocks. Raises `WrongUse` where there is none."""
    first = next(blocks, None)
    if first is None:
        raise WrongUse(f"{source} is empty: it needs a header and rows.")
    header, *rows = first.rows
    return header, chain([rows], (block.rows for block in blocks))


def named_twice(header: list[str]) -> list[str]:
    """Says which names several columns have, so that nobody asks a later program for one and gets another."""
    found = [name for name, times in Counter(filter(str.strip, header)).items() if times > 1]
    more = f" (and {len(found) - MOST_TOLD} more names)" if len(found) > MOST_TOLD else ""
    names = ", ".join(f"“{shortened(name)}”" for name in found[:MOST_TOLD])
    return [f"Several columns have one name: {names}{more}. All are kept as they are."] if found else []


def _check_days(file: Readable, source: Path, encoding: str, column: str) -> None:
    """Refuses a column of days in which one has its month first: then none of them can be read day first."""
    with reading(file, source, encoding) as lines:
        seen: set[str] = set()
        when = None
        for block in checked_blocks(lines, source, file):
            rows = block.rows
            if when is None:
                when = find_column(rows[0], column, source)
                rows = rows[1:]
            new = {row[when] for row in rows} - seen
            if wrong := {day for day in new if month_first(day)}:
                row = next(row for row in rows if row[when] in wrong)
                raise WrongUse(
                    f"{source}:{block.line_of(row)}: “{row[when].strip()}” has its month first, so that no day of the"
                    f" column “{column}” can be read with its day first. Write them as 2013-06-30;"
                    " nothing was written."
                )
            if len(seen) < DAYS_KEPT:
                seen |= new
        if when is None:
            header_of(iter(()), source)


def added_columns(header: list[str], to_day: str | None = None) -> list[str]:
    """The names of the added columns; one that the file has already gets `orgmap_` before it.

    >>> added_columns(["postcode", "note"])[-2:]
    ['upper_tier_council_gss', 'orgmap_note']
    """
    return free_names(header, columns(to_day))


def free_names(header: Sequence[str], added: Iterable[str]) -> list[str]:
    """The names of columns that are added behind these; one that is there already gets `orgmap_` before it."""
    names: list[str] = []
    for name in added:
        while name in header or name in names:
            name = f"orgmap_{name}"
        names.append(name)
    return names


def find_column(header: list[str], name: str, source: Path) -> int:
    """Where a column stands in a header. Raises `WrongUse` with the nearest names, or where several have the name."""
    if header.count(name) > 1:
        raise WrongUse(
            f"{source}:1: there are {header.count(name)} columns “{name}”: give each its own name."
        )
    if name in header:
        return header.index(name)
    same = [number for number, one in enumerate(header) if one.split() == name.split()]
    if len(same) == 1:  # spaces around a heading are seen by nobody
        return same[0]
    near = difflib.get_close_matches(name, header, n=1, cutoff=0.5)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise WrongUse(
        f"{source}:1: there is no column “{name}”.{hint} Columns: {', '.join(shortened(one) for one in header[:20])}."
    )


def same_file(source: Path, target: Path) -> bool:
    """Whether the result would replace the file that is read."""
    try:
        read = os.fstat(0) if source == STANDARD else os.stat(source)
        write = os.fstat(1) if target == STANDARD else os.stat(target)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(write.st_mode) and os.path.samestat(read, write)
