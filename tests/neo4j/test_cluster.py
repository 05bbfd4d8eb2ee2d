"""What a cluster needs, as far as one server shows it: routing by the kind of work, bookmarks that all work shares."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any

import pytest

from orgmap.graphmodel.stores.neo4j.server import Server
from tests.neo4j.conftest import Database


class Told:
    """A driver that is told which sessions are opened, and hands them on."""

    def __init__(self, driver: Any) -> None:
        self._driver, self.opened = driver, []

    @contextmanager
    def session(self, **wanted: Any) -> Any:
        """A session of the driver; what was wanted of it is noted."""
        self.opened.append(wanted)
        with self._driver.session(**wanted) as session:
            yield session


@pytest.fixture
def through(database: Database) -> tuple[Server, Told]:
    """The server of the tests, with a driver that tells."""
    told = Told(database.server.driver)
    return Server(told, database.server.address), told  # type: ignore[arg-type]


def test_what_was_written_is_waited_for_by_whoever_is_asked_next(through: tuple[Server, Told]) -> None:
    server, told = through
    server.run("CREATE (:OrgmapTried {name: 'one'})")
    bookmarks = set(told.opened[0]["bookmark_manager"].get_bookmarks())
    assert bookmarks
    assert server.ask("MATCH (n:OrgmapTried) RETURN n.name", {}) == [["one"]]
    server.run("MATCH (n:OrgmapTried) DELETE n")
    assert [wanted["default_access_mode"] for wanted in told.opened] == ["WRITE", "READ", "WRITE"]
    assert len({id(wanted["bookmark_manager"]) for wanted in told.opened}) == 1
    assert set(told.opened[0]["bookmark_manager"].get_bookmarks()) != bookmarks


def test_the_server_of_the_tests_is_asked_as_a_cluster_is(database: Database) -> None:
    assert database.server.address.startswith("neo4j://")
    roles = database.ask(
        "CALL dbms.routing.getRoutingTable({}) YIELD servers UNWIND servers AS one RETURN one.role"
    )
    assert {"READ", "WRITE", "ROUTE"} <= {row[0] for row in roles}
