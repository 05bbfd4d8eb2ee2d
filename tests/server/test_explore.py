"""The explorer from the server: the same page, which may ask the server's own API and nothing else."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from orgmap.graphmodel.errors import DataBroken
from orgmap.server.exploring import making
from orgmap.viz.explorer.pack import PARTS
from orgmap.viz.explorer.page import page_of
from tests.running import HANGS
from tests.server.conftest import process

PAGE = page_of({name: {} for name in PARTS}, [])
"""The page as it is, without England's data, which take long to put together."""


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The page is made of nothing here, what is in it is tested where it is made; tells of each time."""
    times: list[str] = []

    async def page(wanted: Any) -> bytes:
        times.append(wanted.version)
        return PAGE.encode()

    monkeypatch.setattr("orgmap.server.exploring.pages.made_apart", page)
    monkeypatch.setattr("orgmap.server.exploring.pages.cache_folder", lambda: tmp_path)
    return times


def test_the_page_is_that_of_the_command_and_knows_its_server(kent: TestClient) -> None:
    got = kent.get("/explore")
    assert got.status_code == 200
    assert '<meta name="orgmap-api" content="/api">' in got.text
    own = got.text.replace('<meta name="orgmap-api" content="/api">', "").replace("connect-src 'self'; ", "")
    assert own == PAGE


def test_its_policy_lets_run_what_it_brings_and_ask_its_own_server(kent: TestClient) -> None:
    policy = kent.get("/explore").headers["content-security-policy"]
    assert re.search(r"script-src 'sha256-[^']+'", policy)
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_who_comes_again_keeps_the_policy_that_came_with_the_page(kent: TestClient) -> None:
    first = kent.get("/explore")
    again = kent.get("/explore", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" not in again.headers
    assert again.headers["x-content-type-options"] == "nosniff"
    assert again.headers["etag"] == first.headers["etag"]


def test_behind_a_proxy_it_asks_at_its_path(serving: Any, kent_tables: Path) -> None:
    client = serving(kent_tables, address="https://example.org/orgmap")
    assert '<meta name="orgmap-api" content="/orgmap/api">' in client.get("/explore").text


def test_it_is_made_once_and_kept_for_the_next_start(
    serving: Any, kent_tables: Path, made: list[str], tmp_path: Path
) -> None:
    pages = [serving(kent_tables).get("/explore") for _ in range(3)]
    assert len(made) == 1
    assert len({one.content for one in pages}) == len({one.headers["etag"] for one in pages}) == 1
    (kept,) = tmp_path.glob("explorer-*.html.gz")
    kept.write_bytes(kept.read_bytes()[:500])  # a copy that is not whole is none
    assert serving(kent_tables).get("/explore").content == pages[0].content
    assert len(made) == 2


def test_it_is_another_one_when_program_assets_day_or_tables_are(
    serving: Any, kent_tables: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = serving(kent_tables).get("/explore").headers["etag"]
    pages = "orgmap.server.exploring.pages"
    for number, (name, value) in enumerate(
        (
            ("orgmap.server.run.version", lambda: "99"),
            (f"{pages}.assets_hash", lambda: "other"),
            ("orgmap.server.run.data_hash", lambda _: "other"),
            (f"{pages}.today", lambda: "2030-01-01"),
        )
    ):
        with monkeypatch.context() as other:
            other.setattr(name, value)
            assert serving(kent_tables).get("/explore").status_code == 200
        assert len(made) == number + 2, name
    assert len(list(tmp_path.glob("explorer-*.html.gz"))) == 3  # the oldest go

    async def changed(_: Any) -> bytes:
        return PAGE.replace("<title>", "<title>Other ").encode()

    monkeypatch.setattr(f"{pages}.made_apart", changed)
    monkeypatch.setattr("orgmap.server.run.version", lambda: "100")
    client = serving(kent_tables)
    again = client.get("/explore", headers={"if-none-match": first})
    assert (again.status_code, again.headers["etag"] != first) == (200, True)
    assert "no-cache" in again.headers["cache-control"]


def test_where_nothing_can_be_kept_it_is_made_all_the_same(
    serving: Any, kent_tables: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("orgmap.server.exploring.pages.cache_folder", lambda: tmp_path / "file" / "none")
    assert serving(kent_tables).get("/explore").status_code == 200


def test_who_comes_while_it_is_made_sees_a_page_that_opens_it_by_itself(
    serving: Any, kent_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = asyncio.Event()

    async def slow(_: Any) -> bytes:
        await ready.wait()
        return PAGE.encode()

    monkeypatch.setattr("orgmap.server.exploring.pages.made_apart", slow)
    monkeypatch.setattr("orgmap.server.exploring.pages.SECONDS", 0.05)
    client = serving(kent_tables, threads=1)
    got = client.get("/explore", headers={"accept": "text/html"})
    assert (got.status_code, got.headers["retry-after"], got.headers["refresh"]) == (503, "5", "5")
    assert "opens here by itself" in got.text
    told = client.get("/explore", headers={"accept": "application/json"})
    assert told.json()["status"] == 503
    assert client.get("/api/find?place=CT9+1AA&at=2013-06-01").status_code == 200  # nobody waits behind it
    client.portal.call(ready.set)
    until = time.monotonic() + HANGS
    while (got := client.get("/explore")).status_code == 503 and time.monotonic() < until:
        time.sleep(0.01)
    assert got.status_code == 200


def test_what_cannot_be_made_is_told_and_not_tried_at_every_request(
    serving: Any, kent_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    async def never(_: Any) -> bytes:
        tried.append(1)
        raise DataBroken("There are no outlines here.")

    monkeypatch.setattr("orgmap.server.exploring.pages.made_apart", never)
    client = serving(kent_tables)
    for _ in range(5):
        got = client.get("/explore")
        assert (got.status_code, "no outlines" in got.text) == (503, True)
        assert "refresh" not in got.headers
    assert len(tried) == 1


def test_a_process_that_cannot_make_it_says_so_in_a_sentence(kent_tables: Path) -> None:
    """These streets have no outlines, so that none is made."""
    with process(kent_tables) as (_, address):
        until = time.monotonic() + HANGS
        while "refresh" in (got := httpx2.get(f"{address}/explore")).headers and time.monotonic() < until:
            time.sleep(0.1)
    assert got.status_code == 503
    assert "Traceback" not in got.text
    assert making.wanted_of("", "1").over == ()
