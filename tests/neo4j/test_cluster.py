"""What a cluster needs, as far as one server shows it: routing by the kind of work, bookmarks that all work shares,
questions and batches that are tried again where a member goes away or the leader changes."""

from __future__ import annotations

import base64
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import NotALeader, ServiceUnavailable, SessionExpired

from orgmap.graphmodel.errors import StoreOutOfReach
from orgmap.graphmodel.stores.neo4j.server import Server, connect
from tests.neo4j.conftest import Database
from tests.neo4j.server import skip_without, start
from tests.running import HANGS

COUNT = "MATCH (n:OrgmapTried) RETURN count(n)"
CREATE = "CREATE (:OrgmapTried {name: 'one'})"

AWAY = [SessionExpired("the member is gone"), ServiceUnavailable("no member is left"), NotALeader()]
"""What a driver says when a member of a cluster goes away, or another becomes the leader."""


class Told:
    """A driver that is told which sessions are opened, and hands them on; the first questions may fail."""

    def __init__(self, driver: Any, *failures: Exception) -> None:
        self._driver, self.opened, self._failures = driver, [], list(failures)

    @contextmanager
    def session(self, **wanted: Any) -> Any:
        """A session of the driver; what was wanted of it is noted."""
        self.opened.append(wanted)
        with self._driver.session(**wanted) as session:
            if self._failures:
                raise self._failures.pop(0)
            yield session


@pytest.fixture
def through(database: Database) -> tuple[Server, Told]:
    """The server of the tests, with a driver that tells."""
    told = Told(database.server.driver)
    return Server(told, database.server.address), told  # type: ignore[arg-type]


@pytest.fixture
def tried(database: Database) -> Iterator[Database]:
    """The server of the tests, on which what a test creates is taken away again."""
    yield database
    database.ask("MATCH (n:OrgmapTried) DELETE n")


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[list[Server]]:
    """Two connections to a server to which nobody else writes."""
    skip_without()
    running = start(tmp_path / "home", os.getpid())
    both = [connect(running.url, (running.user, running.password)) for _ in range(2)]
    yield both
    for server in both:
        server.close()
    os.kill(running.pid, signal.SIGKILL)


def test_what_was_written_is_waited_for_by_whoever_is_asked_next(through: tuple[Server, Told]) -> None:
    server, told = through
    server.run(CREATE)
    bookmarks = set(told.opened[0]["bookmark_manager"].get_bookmarks())
    assert bookmarks
    assert server.ask("MATCH (n:OrgmapTried) RETURN n.name", {}) == [["one"]]
    server.run("MATCH (n:OrgmapTried) DELETE n")
    assert [wanted["default_access_mode"] for wanted in told.opened] == ["WRITE", "READ", "WRITE"]
    assert len({id(wanted["bookmark_manager"]) for wanted in told.opened}) == 1
    assert set(told.opened[0]["bookmark_manager"].get_bookmarks()) != bookmarks


def test_a_member_that_has_not_yet_what_was_written_is_not_answered_from(alone: list[Server]) -> None:
    writer, reader = alone
    writer.run(CREATE)
    [bookmark] = writer._bookmarks.get_bookmarks()
    assert later(bookmark, 0) == bookmark.rstrip("=")
    reader._bookmarks = neo4j.GraphDatabase.bookmark_manager(
        neo4j.Bookmarks.from_raw_values([later(bookmark, 2)])
    )
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(reader.ask, COUNT, {})
        writer.run(CREATE)
        assert not wait([asked], timeout=0.5).done
        writer.run(CREATE)
        assert asked.result(timeout=HANGS) == [[3]]


def later(bookmark: str, writes: int) -> str:
    """The bookmark of so many writes later: database, number of the write, and an empty list, packed as Bolt does."""
    kind, _, text = bookmark.partition(":")
    raw = base64.b64decode(text + "=" * (-len(text) % 4))
    database, number, end = raw[:19], raw[19:-1], raw[-1:]
    now = int.from_bytes(number if len(number) == 1 else number[1:], "big")
    packed = bytes([now + writes]) if now + writes < 0x80 else b"\xc9" + (now + writes).to_bytes(2, "big")
    return f"{kind}:{base64.b64encode(database + packed + end).decode().rstrip('=')}"


def test_the_server_of_the_tests_is_asked_as_a_cluster_is(database: Database) -> None:
    assert database.server.address.startswith("neo4j://")
    roles = database.ask(
        "CALL dbms.routing.getRoutingTable({}) YIELD servers UNWIND servers AS one RETURN one.role"
    )
    assert {"READ", "WRITE", "ROUTE"} <= {row[0] for row in roles}


@pytest.mark.parametrize("failure", AWAY, ids=lambda one: type(one).__name__)
def test_a_question_is_asked_again_when_a_member_goes_away(database: Database, failure: Exception) -> None:
    driver = Told(database.server.driver, failure)
    server = Server(driver, database.server.address)  # type: ignore[arg-type]
    assert server.ask("RETURN 1", {}) == [[1]]
    assert [wanted["default_access_mode"] for wanted in driver.opened] == ["READ", "READ"]


def test_a_question_that_no_member_answers_says_so(database: Database) -> None:
    driver = Told(database.server.driver, *AWAY[:2])
    server = Server(driver, database.server.address)  # type: ignore[arg-type]
    with pytest.raises(StoreOutOfReach, match="No Neo4j answers at neo4j://"):
        server.ask("RETURN 1", {})


@pytest.mark.parametrize("failure", AWAY, ids=lambda one: type(one).__name__)
def test_a_batch_is_written_once_though_the_leader_changes_within_it(
    tried: Database, failure: Exception
) -> None:
    attempts = []

    def work(tx: Any) -> None:
        tx.run(CREATE).consume()
        attempts.append(1)
        if len(attempts) == 1:
            raise failure

    tried.server.write(work)
    assert len(attempts) == 2
    assert tried.value(COUNT) == 1
