"""What can go wrong with a server is told in clear words, with the right exit code, and without a secret."""

from __future__ import annotations

import contextlib
import http.server
import os
import pty
import socket
import ssl
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from orgmap.graphmodel.errors import StoreOutOfReach, WrongUse
from orgmap.graphmodel.stores.neo4j import server as neo4j_server
from orgmap.graphmodel.stores.neo4j.server import connect
from tests.cli.conftest import Orgmap
from tests.neo4j.conftest import Database
from tests.neo4j.server import free_port
from tests.running import HANGS, ROOT, surroundings

FIND = ("find", "CT9 1AA", "--at", "2013-06-01")
OUT_OF_REACH = 5


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No patience with a server that is away; one that is there may be as slow as it likes."""
    monkeypatch.setattr(neo4j_server, "PATIENCE", 0.1)
    monkeypatch.setattr(neo4j_server, "CONNECTING", HANGS)
    monkeypatch.setattr("orgmap.cli.commands.load.LOAD_PATIENCE", 0.1)


@pytest.mark.parametrize("command", [FIND, ("load",), ("sources",)], ids=lambda words: words[0])
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_not_there(
    orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch, quick: None, scheme: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ORGMAP_NEO4J_PASSWORD", "of no use")
    url = f"{scheme}://127.0.0.1:{free_port()}"
    told = orgmap(*command, "--store", url)
    assert (told.code, told.out) == (OUT_OF_REACH, "")
    assert told.err.startswith(f"orgmap: No Neo4j answers at {url}: Connection refused.")


def test_a_server_of_another_sort(
    orgmap: Orgmap, quick: None, monkeypatch: pytest.MonkeyPatch, web: int
) -> None:
    monkeypatch.setattr(neo4j_server, "CONNECTING", 0.5)  # whether it answers or not makes no difference
    told = orgmap(*FIND, "--store", f"bolt://127.0.0.1:{web}")
    assert (told.code, told.out) == (OUT_OF_REACH, "")
    assert "No Neo4j answers" in told.err


@pytest.fixture
def web() -> Iterator[int]:
    """The port of a web server."""
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        server.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[method-assign, assignment]
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("neo4j://neo4j:hidden@localhost", "do not belong in the address"),
        ("bolt+s://:hidden@localhost:7687", "do not belong in the address"),
        ("neo4j://", "not the address of a Neo4j server"),
        ("neo4j://localhost:port", "not the address of a Neo4j server"),
        ("bolt+x://localhost", "not the address of a Neo4j server"),
        ("neo4j://localhost/database", "ORGMAP_NEO4J_DATABASE"),
        ("neo4j://localhost:0", "not the address of a Neo4j server"),
        ("postgres://me:hidden@localhost", "is not a store"),
        ("postgres://localhost?password=hidden", "is not a store"),
    ],
)
def test_an_address_that_is_none(orgmap: Orgmap, url: str, words: str) -> None:
    told = orgmap(*FIND, "--store", url)
    assert (told.code, told.out) == (2, "")
    assert words in told.err
    assert "hidden" not in told.err


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("neo4j://neo4j:geheim@localhost:76870", "User and password"),
        ("neo4j://neo4j:geheim@[localhost", "User and password"),
        ("neo4j://neo4j:ge/geheim@localhost:7687", "User and password"),
        ("neo4j://neo4j:ge#geheim@localhost:7687", "User and password"),
        ("neo4j://neo4j:ge?geheim@localhost:7687", "User and password"),
        ("neo4j:geheim@localhost:7687", "User and password"),
        ("neo4j://localhost:7687?user=neo4j&password=geheim", "behind the port"),
        ("bolt://localhost:7687?user=neo4j&password=geheim", "behind the port"),
        ("neo4j://localhost:7687#geheim", "behind the port"),
        ("neo4j://neo4j:geheim", "not the address of a Neo4j server"),
        ("neo4j://neo4j:geheim%40localhost:7687", "not the address of a Neo4j server"),
        ("neo4j://[geheim", "not the address of a Neo4j server"),
        ("neo4j:geheim", "not the address of a Neo4j server"),
    ],
)
def test_a_password_in_an_address_is_never_said_again(orgmap: Orgmap, url: str, words: str) -> None:
    for command in (FIND, ("load",)):
        told = orgmap(*command, "--store", url)
        assert (told.code, told.out) == (2, "")
        assert words in told.err
        assert "geheim" not in told.err


def test_the_driver_gets_the_checked_address(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    neo4j = pytest.importorskip("neo4j")
    given: list[str] = []
    open_driver = neo4j.GraphDatabase.driver
    monkeypatch.setattr(
        neo4j.GraphDatabase,
        "driver",
        lambda url, **settings: (given.append(url), open_driver(url, **settings))[1],
    )
    port = free_port()
    with pytest.raises(StoreOutOfReach):
        connect(f"BOLT://LocalHost:{port}/?#", None)
    assert given == [f"bolt://localhost:{port}"]


def test_a_wrong_password(database: Database, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGMAP_NEO4J_USER", "guest")  # three wrong ones would lock the other tests out
    monkeypatch.setenv("ORGMAP_NEO4J_PASSWORD", "not this one")
    for command in (FIND, ("load",)):
        told = orgmap(*command, "--store", database.url)
        assert (told.code, told.out) == (OUT_OF_REACH, "")
        assert "refused the user or the password" in told.err
        assert "not this one" not in told.err


def test_no_password_and_nobody_to_ask(
    database: Database, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ORGMAP_NEO4J_PASSWORD")
    for user in ("", "neo4j"):
        monkeypatch.setenv("ORGMAP_NEO4J_USER", user)
        told = orgmap(*FIND, "--store", database.url)
        assert (told.code, told.out) == (OUT_OF_REACH, "")
        assert "put it into ORGMAP_NEO4J_PASSWORD" in told.err


def test_a_person_is_asked_for_the_password_and_it_is_not_shown(
    loaded: Database, data: Path, tmp_path: Path
) -> None:
    code, shown = at_terminal(
        loaded,
        data,
        tmp_path,
        {b"User at": b"\n", b"Password of neo4j": loaded.running.password.encode() + b"\n"},
    )
    assert code == 0, shown
    assert "Thanet" in shown
    assert loaded.running.password not in shown


def at_terminal(database: Database, data: Path, cache: Path, answers: dict[bytes, bytes]) -> tuple[int, str]:
    """Runs `find` at a terminal, without a password in the environment, and types the answers when asked."""
    environment = surroundings(data, cache)
    del environment["ORGMAP_NEO4J_PASSWORD"], environment["ORGMAP_NEO4J_USER"]
    person, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "orgmap.cli.main", *FIND, "--store", database.url],
        env=environment,
        cwd=ROOT,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed: the program has ended
        while piece := os.read(person, 1024):
            shown += piece
            for question, typed in list(answers.items()):
                if question in shown:
                    os.write(person, typed)
                    del answers[question]
    os.close(person)
    return process.wait(HANGS), shown.decode()


def test_a_database_that_is_not_there(
    database: Database, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGMAP_NEO4J_DATABASE", "elsewhere")
    told = orgmap(*FIND, "--store", database.url)
    assert (told.code, told.out) == (OUT_OF_REACH, "")
    assert "no database of that name" in told.err


@pytest.mark.parametrize("name", ["system", "System"])
def test_the_database_that_is_neo4js_own(
    database: Database, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("ORGMAP_NEO4J_DATABASE", name)
    for command in (FIND, ("load",)):
        told = orgmap(*command, "--store", database.url)
        assert (told.code, told.out) == (2, "")
        assert f"“{name}” is Neo4j's own database" in told.err
        assert "ORGMAP_NEO4J_DATABASE" in told.err


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc"])
def test_an_encrypted_line_to_a_server_that_has_none(
    database: Database, orgmap: Orgmap, quick: None, scheme: str
) -> None:
    plain, encryption = scheme.split("+")
    told = orgmap(*FIND, "--store", f"{scheme}://{database.url.partition('://')[2]}")
    assert (told.code, told.out) == (OUT_OF_REACH, "")
    assert f"leave out “+{encryption}”: {plain}://" in told.err


BREAKS = {
    "closes at once": lambda client: None,
    "reads and closes": lambda client: client.recv(4096),
    "closes with words unread": lambda client: client.recv(1),
    "answers in the clear": lambda client: (client.recv(4096), client.sendall(b"\0\0\0\0")),
    "resets": lambda client: client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)),
    "resets after a while": lambda client: (
        client.recv(1),
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)),
    ),
}
"""What a server that has no encryption may do with an encrypted line, by who is quicker."""


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+ssc"])
def test_however_an_encrypted_line_breaks_off_the_words_are_the_same(
    quick: None, scheme: str, how: str
) -> None:
    pytest.importorskip("neo4j")

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listening.accept()
                with client, contextlib.suppress(OSError):
                    BREAKS[how](client)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=serve, daemon=True).start()
        address = f"127.0.0.1:{listening.getsockname()[1]}"
        plain, encryption = scheme.split("+")
        with pytest.raises(StoreOutOfReach) as told:
            connect(f"{scheme}://{address}", ("neo4j", "of no use"))
    assert f"leave out “+{encryption}”: {plain}://{address}" in str(told.value)


def test_a_database_without_the_graph(database: Database, orgmap: Orgmap) -> None:
    told = orgmap(*FIND, "--store", database.url)
    assert (told.code, told.out) == (4, "")
    assert f"orgmap load --store {database.url}" in told.err


def test_a_graph_of_another_shape(loaded: Database, orgmap: Orgmap) -> None:
    loaded.ask("MATCH (b:OrgmapBuild {graph: 'orgmap'}) SET b.schema = 'older'")
    told = orgmap(*FIND, "--store", loaded.url)
    assert (told.code, told.out) == (4, "")
    assert "of another version" in told.err


def test_an_old_version(database: Database, orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch) -> None:
    # The real server, measured by a version that it has not reached yet.
    monkeypatch.setattr(neo4j_server, "OLDEST", (5, 27))
    for command in (FIND, ("load",)):
        told = orgmap(*command, "--store", database.url)
        assert (told.code, told.out) == (OUT_OF_REACH, "")
        assert "is too old (Neo4j/5.26.0): orgmap needs Neo4j 5.27 or later" in told.err


def test_a_version_so_old_that_the_driver_stumbles() -> None:
    neo4j = pytest.importorskip("neo4j")
    words = "Notification filtering is not supported for the Bolt Protocol 4.4."  # what Neo4j 4.4 gave
    told = r"too old \(Bolt Protocol 4.4\): orgmap needs Neo4j 5.26 or later"
    with pytest.raises(StoreOutOfReach, match=told), neo4j_server.in_words("bolt://localhost"):
        raise neo4j.exceptions.ConfigurationError(words)


def test_a_certificate_that_nobody_vouches_for() -> None:
    neo4j = pytest.importorskip("neo4j")
    told = r"neo4j\+ssc://localhost takes it unchecked"
    tried = ExceptionGroup("all", [ssl.SSLCertVerificationError(1, "certificate verify failed")])
    with pytest.raises(StoreOutOfReach, match=told), neo4j_server.in_words("neo4j+s://localhost"):
        raise neo4j.exceptions.ServiceUnavailable("no route") from tried


@pytest.mark.parametrize(
    ("agent", "old"),
    [
        ("Neo4j/4.4.30", True),
        ("Neo4j/5.25.9", True),
        ("Neo4j/5.26.0", False),
        ("Neo4j/2025.01.0", False),
        ("x", False),
    ],
)
def test_versions_are_told_apart(agent: str, old: bool) -> None:
    if old:
        with pytest.raises(StoreOutOfReach, match="or later"):
            neo4j_server._check_version(agent, "bolt://localhost")
    else:
        neo4j_server._check_version(agent, "bolt://localhost")


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "neo4j", None)
    with pytest.raises(WrongUse, match="pip install"):
        connect("neo4j://localhost", None)


def test_a_question_the_server_cannot_take(database: Database) -> None:
    with pytest.raises(StoreOutOfReach, match="refused"):
        database.server.ask("MATCH", {})
