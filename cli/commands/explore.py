"""`orgmap explore`: all of England, all years and the plans in one page that opens without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands, KnownOn, StoreUrl
from orgmap.cli.kit.session import Progress, with_store
from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store
from orgmap.loaders.outputs import STANDARD, whole_folder, writing

STEPS = 5
"""So many things are done one after the other."""


def explore(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; without it, standard output.")
    ] = None,
    parts: Annotated[
        Path | None,
        typer.Option("--parts", metavar="FOLDER", help="Write the data of the page as JSON files instead."),
    ] = None,
    store: StoreUrl = "",
    as_known_on: KnownOn = "",
) -> None:
    """Writes the explorer: one page with map, search, every body, who commissions what, and the plans to 2028.

    The page needs no network and no server; it may be sent, put on a shared drive or on any web host. It asks
    in the browser which plans to show. It knows outcodes (CT9), not whole postcodes, and no bodies that a loaded
    register alone has (ods:FAA01).
    """
    if output and parts:
        raise WrongUse("Name a page (--output) or a folder for its data (--parts), not both.")
    if output and output.suffix.lower() not in (".html", ".htm", ""):
        raise WrongUse(f"The explorer is a page: name it .html, not {output.suffix}.")
    known = parse_day(as_known_on) if as_known_on else None
    progress = Progress("Making the page", "making the page (some seconds) …")

    def made(opened: Store) -> dict[str, bytes]:
        from orgmap.graphmodel.known import known_then
        from orgmap.loaders.itself import version
        from orgmap.viz.explorer.pack import as_bytes, packs
        from orgmap.viz.explorer.page import page_of
        from orgmap.viz.explorer.tables import tables_of_today

        done, then = iter(range(STEPS + 1)), known_then(opened, known)
        found = packs(then, version(), lambda doing: progress.step(doing, next(done), STEPS))
        if parts:
            return {f"{name}.json": as_bytes(part) for name, part in found.items()}
        return {"": page_of(found, tables_of_today(then)).encode()}

    try:
        files = with_store(store, made)
    finally:
        progress.end()
    _write(files, output, parts)


def _write(files: dict[str, bytes], output: Path | None, parts: Path | None) -> None:
    """Writes the page to a file or to standard output, or its parts to a new folder."""
    if parts:
        with whole_folder(parts) as folder:
            for name, content in files.items():
                (folder / name).write_bytes(content)
    else:
        with writing(output or STANDARD) as out:
            out.write(files[""].decode())
    if (target := parts or output or STANDARD) != STANDARD:
        size = sum(map(len, files.values())) / 1e6
        print(f"Written: {in_a_cell(str(target))} ({size:.1f} MB)", file=sys.stderr)


COMMANDS: Commands = {"explore": explore}
