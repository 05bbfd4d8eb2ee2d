"""Starting a real Neo4j for the tests: one for a whole test run, however many processes share it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock

from orgmap.graphmodel.stores.neo4j import server as neo4j_server
from tests.running import HANGS

neo4j_server.CONNECTING = HANGS  # a server on a busy machine may be slow to answer

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = Path(__file__).parent / "server" / "TestServer.java"
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.lang")


class Running(NamedTuple):
    """A server that answers."""

    url: str
    user: str
    password: str
    pid: int


def jars() -> Path:
    """Where `.ci/java` puts the server's own files."""
    named = os.environ.get("ORGMAP_TEST_NEO4J")
    return Path(named) if named else ROOT / ".venv" / "neo4j"


@cache
def missing() -> str:
    """What is not here of what a server needs; blank if one can be started."""
    if not shutil.which("java"):
        return "Java is not here: no Neo4j can be started (sh .ci/java .venv gets what it needs)"
    if not next(jars().glob("neo4j-[0-9]*.jar"), None):
        return f"Neo4j's files are not in {jars()}: sh .ci/java .venv gets them"
    return ""


def needed() -> bool:
    """Whether its absence is a failure and no reason to skip: on a build server."""
    return bool(os.environ.get("ORGMAP_CI"))


def skip_without() -> None:
    """Skips the test that is running (on a build server: fails it) if no server can be started."""
    if missing():
        (pytest.fail if needed() else pytest.skip)(missing())


def run_folder() -> Path:
    """Where the processes of this test run meet; the server takes it away when it ends."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    folder = Path(tempfile.gettempdir()) / f"orgmap-neo4j-{run}"
    folder.mkdir(exist_ok=True)
    return folder


@cache
def shared() -> Running:
    """The server of this test run, started by the first process that needs it."""
    # Under xdist the run is the process that started the workers.
    served = os.getppid() if "PYTEST_XDIST_TESTRUNUID" in os.environ else os.getpid()
    folder = run_folder()
    told = folder / "server.json"
    with FileLock(folder / "lock"):
        if not told.exists():
            started = start(folder, served, heap="768m")
            told.write_text(json.dumps(started), encoding="utf-8")
    return Running(*json.loads(told.read_text(encoding="utf-8")))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def start(
    home: Path,
    served: int,
    heap: str = "256m",
    keep: bool = False,
    again: Running | None = None,
    fast: bool = False,
) -> Running:
    """Starts a server for a process and waits until it is ready; it ends when that process does.

    `again` is one that ran in the same folder: the new one has its address and password. A `fast` one takes
    longer to get going.
    """
    password = again.password if again else secrets.token_hex(16)
    port = int(again.url.rpartition(":")[2]) if again else free_port()
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [
                "java",
                f"-Xmx{heap}",
                "-XX:+UseSerialGC",
                *([] if fast else ["-XX:TieredStopAtLevel=1"]),
                *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
                "-cp",
                f"{jars()}/*",
                str(LAUNCHER),
                str(home),
                str(port),
                str(served),
                *(["keep"] if keep else []),
            ],
            env=dict(os.environ) if again else {**os.environ, "ORGMAP_TEST_PASSWORD": password},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + HANGS
    while "ready" not in log.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise RuntimeError(f"No server: {log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.1)
    process.returncode = 0  # it is not ours to wait for: Python need not warn that it still runs
    return Running(f"neo4j://127.0.0.1:{port}", "neo4j", password, process.pid)
