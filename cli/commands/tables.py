"""`orgmap annotate`: adds columns to a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TextIO

import typer

from orgmap.cli.kit.harmless import in_a_cell, unfiltered
from orgmap.cli.kit.options import Commands, Kind, KnownOn, StoreUrl, chosen, day
from orgmap.cli.kit.question import Copying
from orgmap.cli.kit.session import with_store
from orgmap.graphmodel.dates import days_of, parse_day
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import shortened

if TYPE_CHECKING:
    from orgmap.csvfiles import Outcome
    from orgmap.graph import Graph
    from orgmap.loaders.own.csvreading import Watch

SMALL = 2_000_000
"""Files of so many bytes are read before anybody asks how far it has come."""


def annotate(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
    column: Annotated[str, typer.Option("--column", help="The column with the postcode, practice or code.")],
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write; - for standard output.")],
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="One day for all rows (default: today).")
    ] = "",
    at_column: Annotated[str, typer.Option("--at-column", help="The column with each row's own day.")] = "",
    kind: Kind = "",
    to_day: Annotated[
        str,
        typer.Option(
            "--to-day",
            metavar="DATE",
            help="Follow ended bodies to those that are there on this day: adds successor, its name and codes, and"
            " the shares of several; rows without a day of their own are answered for it.",
        ),
    ] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="The file's encoding.")] = "utf-8-sig",
    as_known_on: KnownOn = "",
    store: StoreUrl = "",
) -> None:
    """Adds commissioner, system, council and boards to each row of a CSV file, row by row, with their codes.

    A cell may be whatever find takes: a postcode, an outcode, a town, a council, a practice's or any body's code or
    name. A day may be a month or year: what differs within it stays blank, and the note tells both. Columns that end
    in _code hold codes of the NHS (ODS), those in _gss codes of the ONS, as of the day.
    """
    from orgmap.csvfiles import annotate_file
    from orgmap.graphmodel.known import known_then

    asked = _table_asked(column, at, at_column, kind, to_day, encoding, as_known_on)
    for taken in (to_day, at if at != to_day else ""):
        if taken:
            day(taken)  # says what it takes of a month or year

    def work(opened: Store) -> Outcome:
        return annotate_file(
            known_then(opened, asked["known"]),
            file,
            out,
            column,
            asked["at"],
            at_column or None,
            encoding,
            asked["to_day"],
            chosen(kind),
            watched,
        )

    done = with_store(store, work, again=str(out) != "-")
    for note in done.notes:
        print(f"note: {in_a_cell(note)}", file=sys.stderr)
    print(_went(done), file=sys.stderr)
    if done.rows and not done.answered:
        raise NothingFound("No row was answered; the column “note” says why.")


def _went(done: Outcome) -> str:
    return f"{done.rows:,} rows: {done.commissioners:,} with a commissioner, {done.noted:,} with a note."


def _table_asked(
    column: str, at: str, at_column: str, kind: str, to_day: str, encoding: str, as_known_on: str
) -> dict[str, Any]:
    """What is asked of a table, its days read. Raises `WrongUse` for what makes no sense together."""
    if at and at_column:
        raise WrongUse("--at is one day for all rows, --at-column a day for each: name one of them.")
    follow_to = days_of(to_day).first if to_day else None
    when = at or follow_to or "today"
    days_of(when)
    return {
        "column": column,
        "at": None if at_column else when,
        "at_column": at_column or None,
        "kinds": chosen(kind),
        "to_day": follow_to,
        "encoding": encoding,
        "known": parse_day(as_known_on) if as_known_on else None,
    }


def _annotated(graph: Graph, sent: bytes, out: TextIO, asked: dict[str, Any], watch: Watch) -> Outcome:
    """The copy of a table that was sent."""
    from orgmap.csvfiles import annotate_sent
    from orgmap.graphmodel.known import known_then

    rest = {name: value for name, value in asked.items() if name != "known"}
    return annotate_sent(known_then(graph.store, asked["known"]), sent, out, watch=watch, **rest)


@contextmanager
def watched(raw: BinaryIO, source: Path) -> Iterator[BinaryIO]:
    """A file as it is read, with a progress bar on a terminal; nothing for small ones."""
    size = os.fstat(raw.fileno()).st_size
    if not sys.stderr.isatty() or size <= SMALL:
        yield raw
        return
    from rich.console import Console
    from rich.progress import wrap_file

    console = Console(file=unfiltered(sys.stderr))
    with wrap_file(raw, total=size, description=shortened(source.name), console=console) as watched:
        yield watched


annotate.copying = Copying(_table_asked, _annotated, _went)  # type: ignore[attr-defined]

COMMANDS: Commands = {"annotate": annotate}
