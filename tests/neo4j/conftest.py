"""The graph of Kent on a real server, under the name that users load it to; one test at a time may change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock

from orgmap.graphmodel.stores.neo4j.server import Server, connect
from orgmap.loaders.neo4j.load import remove
from tests.cli.conftest import Orgmap, kent, orgmap  # noqa: F401 - fixtures
from tests.neo4j.server import Running, run_folder, shared, skip_without


class Database(NamedTuple):
    """The database of the test run, with the graph of the name `orgmap` for this test alone."""

    running: Running
    server: Server

    @property
    def url(self) -> str:
        """What `--store` takes."""
        return self.running.url

    def ask(self, cypher: str, **values: Any) -> list[list[Any]]:
        """Runs a statement, as any user of the database may."""
        return self.server.run(cypher, **values)

    def value(self, cypher: str, **values: Any) -> Any:
        """The one value that a statement gives."""
        return self.ask(cypher, **values)[0][0]


@pytest.fixture(scope="session")
def running() -> Running:
    """The server of this test run."""
    skip_without()
    return shared()


@pytest.fixture
def database(running: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty graph, with user and password in the environment."""
    monkeypatch.setenv("ORGMAP_NEO4J_USER", running.user)
    monkeypatch.setenv("ORGMAP_NEO4J_PASSWORD", running.password)
    with FileLock(run_folder() / "orgmap.lock"):
        server = connect(running.url, (running.user, running.password))
        wipe(server)
        yield Database(running, server)
        wipe(server)
        server.close()


def wipe(server: Server) -> None:
    """Takes away every load under the name that users load to."""
    for (build,) in server.run("MATCH (b:OrgmapBuild {graph: 'orgmap'}) RETURN b.build"):
        remove(server, build)
    server.run("MATCH (g:OrgmapGraph {name: 'orgmap'}) DELETE g")


@pytest.fixture
def loaded(database: Database, orgmap: Orgmap) -> Database:  # noqa: F811
    """The same with Kent loaded by the command."""
    assert orgmap("load", "--store", database.url).code == 0
    return database


@pytest.fixture
def data(kent: Path) -> Path:  # noqa: F811
    """The tables of Kent."""
    return kent / "data"
