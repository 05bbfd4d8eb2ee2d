"""The questions about a user's own registers: agreements across a reform, ratings rolled up, empty files to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple, TextIO

from orgmap.csvfiles import RowWriter, day_notes, find_column, free_names, header_of, named_twice, same_file
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import csv_writer, guarded_cell
from orgmap.graphmodel.vocabulary import Kinds
from orgmap.loaders.outputs import STANDARD, writing
from orgmap.loaders.own.csvreading import Readable, Watch, called, checked_blocks, divider_note, reading
from orgmap.queries.registers.handover import Handovers, PartyHandover
from orgmap.queries.registers.rollup import RatingRow
from orgmap.queries.table.annotate import Added


class HandoverOutcome(NamedTuple):
    """How a register went: its rows, of how many a party changes hands, and of how many one is not known; what must be
    said of all."""

    rows: int
    changed: int
    open: int
    notes: list[str]


class RegisterColumns(NamedTuple):
    """The columns of a register of agreements: the parties, and what the agreement is about, and where."""

    parties: tuple[str, ...]
    service: str | None = None
    place: str | None = None


def hand_over_file(
    store: Store,
    source: Path,
    target: Path,
    named: RegisterColumns,
    across: AnyDay,
    include: Include = IN_FORCE,
    kinds: Kinds = None,
    encoding: str = "utf-8-sig",
    watch: Watch | None = None,
) -> HandoverOutcome:
    """Copies a register of agreements with what becomes of each party across a day; the target appears only whole.

    Rows keep their order and their cells; a cell that a spreadsheet would take for a formula gets an apostrophe before
    it. Raises `WrongUse` with file and line where `annotate_file` does, `NothingFound` for a day that the tables do not
    reach.
    """
    if same_file(source, target):
        what = "Standard output" if target == STANDARD else target
        raise WrongUse(f"{what} is the file to read; name another one to write.")
    return _hand_over(store, source, writing(target), named, across, include, kinds, encoding, watch)


def hand_over_sent(
    store: Store,
    sent: bytes,
    out: TextIO,
    named: RegisterColumns,
    across: AnyDay,
    include: Include = IN_FORCE,
    kinds: Kinds = None,
    encoding: str = "utf-8-sig",
    watch: Watch | None = None,
) -> HandoverOutcome:
    """The same for a register that was sent; nothing is written to a disk. Raises what `hand_over_file` does."""
    return _hand_over(store, sent, nullcontext(out), named, across, include, kinds, encoding, watch)


def _hand_over(
    store: Store,
    file: Readable,
    target: AbstractContextManager[TextIO],
    named: RegisterColumns,
    across: AnyDay,
    include: Include,
    kinds: Kinds,
    encoding: str,
    watch: Watch | None,
) -> HandoverOutcome:
    handovers, source = Handovers(store, across, include, kinds), called(file)
    if not named.parties:
        raise WrongUse("Name the column of a party: --party commissioner.")
    with reading(file, source, encoding, watch) as lines, target as out:
        header, tables = header_of(checked_blocks(lines, source, file), source)
        parties = [find_column(header, party, source) for party in dict.fromkeys(named.parties)]
        about = None if named.service is None else find_column(header, named.service, source)
        where = None if named.place is None else find_column(header, named.place, source)
        added = [f"{header[party]}_{column}" for party in parties for column in PartyHandover._fields]
        csv_writer(out).writerow(map(guarded_cell, [*header, *free_names(header, added)]))
        written, counted = RowWriter(out, len(header) == 1), _Counted()
        for rows in tables:
            found = [
                tuple(
                    handovers.of(
                        row[party],
                        None if about is None else row[about],
                        "" if where is None else row[where],
                    )
                    for party in parties
                )
                for row in rows
            ]
            safe = [[guarded_cell(cell) for cell in row] for row in rows]
            counted.count(rows, safe, found)
            written.write(safe, counted.added(found))
        return counted.outcome([*day_notes(store, across), *divider_note(lines), *named_twice(header)])


class _Counted:
    """Counts what the rows got, and makes one thing of what rows with the same answer get."""

    def __init__(self) -> None:
        self._added: dict[tuple[PartyHandover, ...], Added] = {}
        self._rows = self._changed = self._open = self._guarded = 0

    def count(
        self, rows: list[list[str]], safe: list[list[str]], found: list[tuple[PartyHandover, ...]]
    ) -> None:
        self._rows += len(rows)
        self._changed += sum(any(one.changes_hands for one in parties) for parties in found)
        self._open += sum(any(one.is_open for one in parties) for parties in found)
        self._guarded += sum(
            cell != kept
            for row, own in zip(safe, rows, strict=True)
            for cell, kept in zip(row, own, strict=True)
        )

    def added(self, found: Iterable[tuple[PartyHandover, ...]]) -> list[Added]:
        if len(self._added) > 50_000:
            self._added.clear()
        return [
            self._added.setdefault(parties, Added(tuple(cell for one in parties for cell in one)))
            for parties in found
        ]

    def outcome(self, notes: list[str]) -> HandoverOutcome:
        if self._guarded:
            cells = "1 cell" if self._guarded == 1 else f"{self._guarded:,} cells"
            notes = [
                *notes,
                f"{cells} that a spreadsheet would take for a formula got an apostrophe before it.",
            ]
        return HandoverOutcome(self._rows, self._changed, self._open, notes)


class RatingColumns(NamedTuple):
    """The columns of a file of ratings; `domain` may be missing, where nothing is rated apart."""

    body: str = "body"
    rating: str = "rating"
    domain: str = "domain"


def read_ratings(file: Readable, named: RatingColumns, encoding: str = "utf-8-sig") -> Iterator[RatingRow]:
    """The rows of a file of ratings, each with its file and line.

    Raises `WrongUse` with file and line where `annotate_file` does, also where a row is no row of the table.
    """
    source = called(file)
    with reading(file, source, encoding) as lines:
        places: list[int | None] = []
        read = 0
        for block in checked_blocks(lines, source, file):
            rows = block.rows
            if not places:
                header, *rows = rows
                domain = None if named.domain not in header and named.domain == _DOMAIN else named.domain
                places = [
                    None if name is None else find_column(header, name, source)
                    for name in (named.body, domain, named.rating)
                ]
            for row in rows:
                cells = ["" if place is None else row[place] for place in places]
                read += 1
                yield RatingRow(f"{source}:{block.line_of(row)}", *cells)
    if not places:
        raise WrongUse(f"{source} is empty: it needs a header and rows.")
    if not read:
        raise WrongUse(f"{source}: no rating stands in it.")


_DOMAIN = RatingColumns().domain
