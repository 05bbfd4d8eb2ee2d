"""The server as a process: it ends in order, is killed and comes back under load, and never tells a wrong answer."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

import orgmap
from orgmap.cli.main import run
from tests.running import HANGS, ROOT, surroundings
from tests.server.conftest import process

ASKED = (
    "/api/find?place=CT9+1AA&at=2013-06-01",
    "/api/list?kind=ccg&at=2014-01-01",
    "/id/ccg:10E?format=json",
)


def test_it_ends_in_order_when_it_is_told_to(kent_tables: Path) -> None:
    for order in (signal.SIGTERM, signal.SIGINT):
        with process(kent_tables) as (started, address):
            assert httpx2.get(f"{address}/health").json()["status"] == "ok"
            started.send_signal(order)
            out, err = started.communicate(timeout=HANGS)
            assert "Traceback" not in out + err
            assert started.returncode in (0, 128 + order)


def test_killed_and_started_again_under_load_it_tells_no_wrong_answer(kent_tables: Path) -> None:
    with process(kent_tables) as (_, address):
        right = {path: httpx2.get(f"{address}{path}").content for path in ASKED}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wrong: list[Any] = []
    answered = 0
    ended = threading.Event()

    def load() -> None:
        nonlocal answered
        while not ended.is_set():
            for path in ASKED:
                try:
                    got = httpx2.get(f"http://127.0.0.1:{port}{path}", timeout=HANGS)
                except httpx2.HTTPError:
                    time.sleep(0.02)
                    continue
                answered += 1
                if got.status_code != 200 or got.content != right[path]:
                    wrong.append((got.status_code, path))

    threads = [threading.Thread(target=load) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            before = answered
            with process(kent_tables, "--port", str(port)):
                until = time.monotonic() + HANGS
                while answered < before + 30 and time.monotonic() < until:
                    time.sleep(0.02)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert answered >= 90


def test_many_who_ask_at_once_get_their_own_answers(kent_tables: Path) -> None:
    days = [f"{year}-06-01" for year in range(2010, 2026)] * 4
    with orgmap.open() as _, process(kent_tables, "--threads", "3") as (_, address):
        found: dict[int, Any] = {}

        def ask(number: int) -> None:
            path = f"{address}/api/find?place=CT9+1AA&at={days[number]}"
            found[number] = httpx2.get(path, timeout=HANGS).json()

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(days))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {number: (one.get("at") or one["answer"]["at"]) for number, one in found.items()} == dict(
        enumerate(days)
    )


@pytest.mark.parametrize(
    ("believed", "answered"), [(("--proxies", "127.0.0.1"), [200, 200]), ((), [429, 429])]
)
def test_who_asks_behind_a_proxy_is_known_by_what_a_believed_one_says(
    kent_tables: Path, believed: tuple[str, ...], answered: list[int]
) -> None:
    with process(kent_tables, "--per-minute", "30", *believed) as (_, address):

        def ask(client: str) -> int:
            got = httpx2.get(f"{address}/health", headers={"x-forwarded-for": client})
            assert "content-security-policy" in got.headers
            return got.status_code

        first = [ask("203.0.113.1") for _ in range(14)]
        assert (first[0], first[-1]) == (200, 429)
        assert [ask(other) for other in ("203.0.113.2", "2001:db8::1")] == answered


def test_what_is_wrong_is_told_in_a_sentence(
    kent_tables: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(kent_tables / "data"))
    monkeypatch.setenv("ORGMAP_CACHE", str(kent_tables / "cache"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for words, said in (
            (["--port", port], "cannot be listened at"),
            (["--store", "mysql://x"], "is not a store"),
            (["--public", "example.org"], "is no address"),
            (["--public", "https://example.org/?a=b"], "is no address"),
        ):
            with pytest.raises(SystemExit) as ended:
                run(["serve", *words])
            err = capsys.readouterr().err
            assert ended.value.code == 2
            assert said in err
            assert "Traceback" not in err


def ran(tables: Path, program: str) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own, run to its end."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env=surroundings(tables / "data", tables / "cache"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )


def test_without_the_extra_it_says_how_to_get_it(kent_tables: Path) -> None:
    program = "import sys\nsys.modules['starlette'] = None\nfrom orgmap.cli.main import run\nrun(['serve'])"
    told = ran(kent_tables, program)
    assert told.returncode == 2
    assert "pip install 'orgmap[serve]'" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_password_in_the_environment_is_told_to_nobody(
    kent_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGMAP_NEO4J_PASSWORD", "a secret word")
    with process(kent_tables) as (started, address):
        texts = [
            httpx2.get(f"{address}{path}").text
            for path in (*ASKED, "/", "/health", "/api", "/api/openapi.json", "/x")
        ]
        started.send_signal(signal.SIGTERM)
        out, err = started.communicate(timeout=HANGS)
    assert not [text for text in [*texts, out, err] if "a secret word" in text]


def test_the_command_tells_no_more_of_a_bad_store_than_of_any(kent_tables: Path) -> None:
    program = "from orgmap.cli.main import run\nrun(['serve', '--store', 'bolt://u:secret@127.0.0.1:1'])"
    told = ran(kent_tables, program)
    assert told.returncode in (2, 5)
    assert "secret" not in told.stderr + told.stdout


def test_json_is_what_every_line_of_lines_is(kent_tables: Path) -> None:
    with process(kent_tables) as (_, address):
        lines = httpx2.get(f"{address}/api/list?kind=ccg&at=2014-01-01&format=ndjson").text.splitlines()
    assert all(json.loads(line)["id"] for line in lines)
