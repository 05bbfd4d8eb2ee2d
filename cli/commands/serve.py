"""`orgmap serve` and `orgmap site`: a page for everything that has an id, and the questions, over the web."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands, StoreUrl
from orgmap.cli.kit.session import Progress, with_store
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store

Public = Annotated[
    str,
    typer.Option(
        "--public",
        metavar="URL",
        help="Where people will reach it, e.g. through a proxy: https://example.org/orgmap.",
    ),
]


def serve(
    host: Annotated[
        str,
        typer.Option("--host", metavar="HOST", help="Where to listen; 0.0.0.0 lets other machines in."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes any that is free.")
    ] = 8765,
    public: Public = "",
    per_minute: Annotated[
        int,
        typer.Option(
            "--per-minute", min=0, help="So many requests one client may send in a minute; 0: no limit."
        ),
    ] = 600,
    threads: Annotated[
        int, typer.Option("--threads", min=1, max=64, help="How many questions are answered at a time.")
    ] = 4,
    proxies: Annotated[
        str,
        typer.Option(
            "--proxies",
            metavar="ADDRESSES",
            help="Addresses of proxies that are believed when they say who asks, divided by commas.",
        ),
    ] = "",
    store: StoreUrl = "",
) -> None:
    """Serves the questions over the web: pages, a JSON API, permalinks, tables of your own, and reconciliation.

    It only reads, sets no cookies, and keeps nothing of what is asked or sent. It speaks plain HTTP: for the open web
    put a proxy before it (see docs/how-to/serve.md). User and password of a Neo4j store are read from the environment.
    """
    from orgmap.cli.kit.everything import everything
    from orgmap.server.run import Wishes
    from orgmap.server.run import serve as run

    _refuse_no_address(public)
    questions, files = everything()
    run(questions, files, Wishes(host, port, store, public, per_minute, threads, proxies))


def site(
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="A folder that is not there yet, or an empty one."
        ),
    ],
    public: Public = "",
    store: StoreUrl = "",
) -> None:
    """Writes the pages as files for any web host: the explorer, a page for each body, and the postcodes by outcode.

    No server and no program is needed there. Practices and days of one's own are in the explorer. The folder appears
    only when it is whole.
    """
    from orgmap.graph import Graph
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.itself import version
    from orgmap.loaders.outputs import whole_folder
    from orgmap.loaders.reading import tables_of
    from orgmap.server.site import write_site

    _refuse_no_address(public)
    progress = Progress("Writing the site", "writing the site (some minutes) …")

    def written(opened: Store) -> int:
        try:
            with whole_folder(output) as folder:
                rows = tables_of(data_folder())
                return write_site(
                    folder, Graph(opened, store), rows, version(), public.rstrip("/"), progress.step
                )
        finally:
            progress.end()

    files = with_store(store, written)
    size = sum(one.stat().st_size for one in output.rglob("*") if one.is_file()) / 1e6
    print(f"Written: {in_a_cell(str(output))} ({files:,} files, {size:.0f} MB)", file=sys.stderr)


def _refuse_no_address(public: str) -> None:
    from urllib.parse import urlsplit

    if public:
        try:
            parts = urlsplit(public)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise WrongUse(f"“{public}” is no address of a server: write https://example.org/orgmap.")


COMMANDS: Commands = {"serve": serve, "site": site}
