"""`orgmap annotate`: adds columns to a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Commands, Kind, StoreUrl, chosen, day
from cli.session import with_store
from graphmodel.errors import WrongUse
from graphmodel.store import Store


def annotate(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
    column: Annotated[str, typer.Option("--column", help="The column with the postcode, practice or code.")],
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write; - for standard output.")],
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="One day for all rows (default: today).")
    ] = "",
    at_column: Annotated[str, typer.Option("--at-column", help="The column with each row's own day.")] = "",
    kind: Kind = "",
    encoding: Annotated[str, typer.Option("--encoding", help="The file's encoding.")] = "utf-8-sig",
    store: StoreUrl = "",
) -> None:
    """Adds commissioner, system, council and boards to each row of a CSV file, row by row."""
    from cli.csvfiles import Done, annotate_file

    if at and at_column:
        raise WrongUse("--at is one day for all rows, --at-column a day for each: name one of them.")
    when = day(at) if not at_column else None

    def work(opened: Store) -> Done:
        return annotate_file(opened, file, out, column, when, at_column or None, encoding, chosen(kind))

    done = with_store(store, work, again=str(out) != "-")
    for note in done.notes:
        print(f"note: {note}", file=sys.stderr)
    without = done.rows - done.answered
    print(
        f"{done.rows:,} rows: {done.answered:,} with a commissioner, {without:,} with a note.",
        file=sys.stderr,
    )


COMMANDS: Commands = {"annotate": (annotate, {})}
