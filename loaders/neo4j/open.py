"""Opening a store on a Neo4j server: user, password and database come from the environment, or are asked for."""

from __future__ import annotations

import os
import sys
from getpass import getpass

from orgmap.graphmodel.errors import DataBroken, StoreOutOfReach
from orgmap.graphmodel.model import YOURS
from orgmap.graphmodel.stores.neo4j.server import Refused, Server, checked_address, connect
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.loaders.itself import own_names


def neo4j_store(url: str) -> Neo4jStore:
    """The graph on a server.

    Raises `StoreOutOfReach`, or `DataBroken` if no graph was loaded there yet, or with other own tables than are laid
    over the project's now: its kinds would have no meaning, or those of the user's no bodies.
    """
    server = open_server(url)
    try:
        store = Neo4jStore(server)
        _refuse_other_own_tables(store, server.address)
        return store
    except BaseException:
        server.close()
        raise


def _refuse_other_own_tables(store: Neo4jStore, address: str) -> None:
    there = sorted(one.dataset.removeprefix(YOURS) for one in store.about() if one.dataset.startswith(YOURS))
    here = sorted(own_names())
    if there != here:
        loaded = f"with the own tables {', '.join(there)}" if there else "without own tables"
        asked = f"--with {' --with '.join(there)}" if there else "without --with"
        raise DataBroken(
            f"The graph at {address} was loaded {loaded}. Ask {asked}, or load it anew with those that you mean."
        )


def open_server(url: str, patience: float | None = None) -> Server:
    """Connects as ORGMAP_NEO4J_USER with ORGMAP_NEO4J_PASSWORD to the database ORGMAP_NEO4J_DATABASE.

    Without a password in the environment a person is asked for it, unless the server wants none.
    """
    database = os.environ.get("ORGMAP_NEO4J_DATABASE") or None
    user = os.environ.get("ORGMAP_NEO4J_USER") or ""
    if password := os.environ.get("ORGMAP_NEO4J_PASSWORD"):
        return connect(url, (user or "neo4j", password), database, patience)
    address = checked_address(url)
    if not user:
        try:
            return connect(url, None, database, patience)
        except Refused:
            pass
    if not sys.stdin.isatty():
        raise StoreOutOfReach(
            f"The server at {address} wants a password: put it into ORGMAP_NEO4J_PASSWORD"
            " (and the user into ORGMAP_NEO4J_USER, if it is not neo4j)."
        )
    user = user or _ask_user(address)
    return connect(url, (user, getpass(f"Password of {user} at {address}: ")), database, patience)


def _ask_user(address: str) -> str:
    # Not with input(), which writes its question among the data.
    print(f"User at {address} [neo4j]: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() or "neo4j"
