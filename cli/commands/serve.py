"""`orgmap serve`: the questions, and a page for everything that has an id, over the web."""

from __future__ import annotations

from typing import Annotated

import typer

from orgmap.cli.kit.options import Commands, StoreUrl
from orgmap.graphmodel.errors import WrongUse


def serve(
    host: Annotated[
        str,
        typer.Option("--host", metavar="HOST", help="Where to listen; 0.0.0.0 lets other machines in."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes any that is free.")
    ] = 8765,
    public: Annotated[
        str,
        typer.Option(
            "--public",
            metavar="URL",
            help="How people reach it, if a proxy stands before it: https://example.org/orgmap.",
        ),
    ] = "",
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
    """Serves the questions over the web: pages, a JSON API, permalinks, tables to annotate, and reconciliation.

    It only reads, sets no cookies, and keeps nothing of what is asked or sent. It speaks plain HTTP: for the open web
    put a proxy before it (see docs/how-to/serve.md). User and password of a Neo4j store are read from the environment.
    """
    from urllib.parse import urlsplit

    from orgmap.cli.kit.everything import everything
    from orgmap.server.run import Wishes
    from orgmap.server.run import serve as run

    if public:
        try:
            parts = urlsplit(public)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise WrongUse(f"“{public}” is no address of a server: write https://example.org/orgmap.")
    questions, annotate = everything()
    run(questions, annotate, Wishes(host, port, store, public, per_minute, threads, proxies))


COMMANDS: Commands = {"serve": serve}
