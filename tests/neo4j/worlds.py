"""Small worlds in a real Neo4j, many beside each other in one database: each is a graph of its own name."""

from __future__ import annotations

import atexit
from functools import cache
from itertools import count
from os import getpid
from typing import Any

from orgmap.graphmodel.stores.neo4j.server import Server, connect
from orgmap.graphmodel.stores.neo4j.store import Neo4jStore
from orgmap.loaders.build import from_tables
from orgmap.loaders.neo4j.load import fill, prepare, remove
from tests.neo4j.server import shared

_numbers = count()


@cache
def server() -> Server:
    """This process's connection to the server of the test run, ready to be loaded."""
    running = shared()
    opened = connect(running.url, (running.user, running.password))
    atexit.register(opened.close)
    prepare(opened)
    return opened


class WorldStore(Neo4jStore):
    """A store that takes its graph away when it is closed, and leaves the connection open for the next."""

    def close(self) -> None:
        """Takes the graph away."""
        remove(self.reader.server, self.reader.build)
        self.reader.server.run("MATCH (g:OrgmapGraph {name: $graph}) DELETE g", graph=self.reader.graph)


def in_neo4j(tables: Any) -> WorldStore:
    """The world as a graph of its own on the server of the test run."""
    name = f"world {getpid()} {next(_numbers)}"
    fill(server(), from_tables(tables), "drawn", lambda *_: None, name, publish=False)
    return WorldStore(server(), name)
