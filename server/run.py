"""Starting the server: it listens, answers, and at its end lets what is asked come to its end."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graph import Graph
from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.errors import WrongUse, not_installed
from orgmap.loaders.itself import data_hash, version
from orgmap.loaders.open import open_store, open_url
from orgmap.server.questions import ServedFile, ServedQuestion

PATIENCE = 10
"""So many seconds may pass between the order to end and the end."""


class Wishes(NamedTuple):
    """How to serve: where to listen, which store, how much each client may ask, how many threads answer; with `early`
    the explorer is put together before anybody asks for it."""

    host: str = "127.0.0.1"
    port: int = 8765
    store: str = ""
    address: str = ""
    per_minute: int = 600
    threads: int = 4
    proxies: str = ""
    early: bool = False


def application_of(questions: Iterable[ServedQuestion], files: Iterable[ServedFile], wishes: Wishes):  # type: ignore[no-untyped-def]
    """The application with a graph behind it. Raises `WrongUse` without the packages, and what `open_url` raises."""
    try:
        import starlette  # noqa: F401
    except ImportError as error:
        raise not_installed("The server", "starlette", "serve") from error
    from orgmap.server.app import application
    from orgmap.server.guards import Limits
    from orgmap.server.served import Served

    def opened(rebuild: bool) -> Graph:
        if rebuild and not wishes.store:
            open_store(rebuild=True).close()
        return Graph(open_url(wishes.store), wishes.store)

    opened(False).close()  # what is wrong with the store is told before anybody asks
    lasting = not wishes.store or wishes.store == "networkx:"
    limits = Limits(per_minute=wishes.per_minute)
    served = Served(
        opened,
        {one.name: one for one in questions},
        {one.name: one for one in files},
        data_hash(data_folder()) if lasting else "",
        version(),
        wishes.address.rstrip("/"),
        limits,
        wishes.threads,
        wishes.store,
        wishes.early,
    )
    return application(served)


def serve(questions: Iterable[ServedQuestion], files: Iterable[ServedFile], wishes: Wishes) -> None:
    """Serves until it is told to end (Ctrl-C or SIGTERM). Raises `WrongUse` where the port cannot be had."""
    try:
        import uvicorn
    except ImportError as error:
        raise not_installed("The server", "uvicorn", "serve") from error
    app = application_of(questions, files, wishes._replace(early=True))
    listening = _listening(wishes)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"Serving at http://{shown}:{port}/ (Ctrl-C ends it)", flush=True)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,  # what people ask is nobody's business
        server_header=False,
        date_header=True,
        limit_concurrency=400,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=PATIENCE,
        h11_max_incomplete_event_size=16_384,
        proxy_headers=bool(wishes.proxies),
        forwarded_allow_ips=wishes.proxies or None,
        ws="none",
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _listening(wishes: Wishes) -> socket.socket:
    """The open door; a port that is taken is told in a sentence."""
    try:
        found = socket.getaddrinfo(wishes.host, wishes.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        door = socket.socket(family, kind, protocol)
        try:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
            door.listen(128)
        except OSError:
            door.close()
            raise
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WrongUse(
            f"{wishes.host}:{wishes.port} cannot be listened at: {reason}. Try another --port or --host."
        ) from error
    return door
