"""The server on two drawn streets in Kent and on England: asked in the tests' own process, or as one of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from orgmap.cli.kit.everything import everything
from orgmap.server.run import Wishes, application_of
from tests.kent import KENT_PRESCRIBED, KENT_THROUGH_TIME
from tests.running import HANGS, ROOT
from tests.worlds import write_data

Serving = Callable[..., TestClient]


@pytest.fixture(scope="session")
def kent_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables of Kent in `data`; the store is built into `cache` beside it."""
    folder = tmp_path_factory.mktemp("kent")
    write_data(folder / "data", f"{KENT_THROUGH_TIME}{KENT_PRESCRIBED}")
    return folder


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """Serves the tables of a folder (None: England's) for one test."""
    opened: list[TestClient] = []

    def serve(folder: Path | None = None, **wishes: object) -> TestClient:
        if folder is not None:
            monkeypatch.setenv("ORGMAP_DATA", str(folder / "data"))
            monkeypatch.setenv("ORGMAP_CACHE", str(folder / "cache"))
        questions, files = everything()
        app = application_of(questions, files, Wishes(**{"per_minute": 0, "threads": 2, **wishes}))  # type: ignore[arg-type]
        client = TestClient(app, raise_server_exceptions=True, follow_redirects=False)
        client.__enter__()
        opened.append(client)
        return client

    yield serve
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def kent(serving: Serving, kent_tables: Path) -> TestClient:
    """The server of the two streets."""
    return serving(kent_tables)


@contextmanager
def process(folder: Path | None, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`orgmap serve` as a process, with the address that it says; killed at the end if it is there still."""
    own = (
        {} if folder is None else {"ORGMAP_DATA": str(folder / "data"), "ORGMAP_CACHE": str(folder / "cache")}
    )
    program = "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    program += "from orgmap.cli.main import run\nrun(sys.argv[1:])"
    port = () if "--port" in options else ("--port", "0")
    limit = () if "--per-minute" in options else ("--per-minute", "0")
    started = subprocess.Popen(
        [sys.executable, "-c", program, "serve", *limit, *port, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT), **own},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout
        line = started.stdout.readline()
        found = re.search(r"http://\S+/", line)
        assert found, f"{line} {started.stderr.read() if started.stderr else ''}"
        yield started, found.group().rstrip("/")
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGKILL)
        started.communicate(timeout=HANGS)
