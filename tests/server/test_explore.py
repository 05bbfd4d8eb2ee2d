"""The explorer from the server: the same page, which may ask the server's own API and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from orgmap.viz.explorer.pack import PARTS
from orgmap.viz.explorer.page import page_of

PAGE = page_of({name: {} for name in PARTS}, [])
"""The page as it is, without England's data, which take long to put together."""


@pytest.fixture(autouse=True)
def without_england(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is made of nothing here; what is in it is tested where it is made."""
    monkeypatch.setattr("orgmap.server.explore.explorer_html", lambda store, version: PAGE)


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


def test_behind_a_proxy_it_asks_at_its_path(serving: Any, kent_tables: Path) -> None:
    client = serving(kent_tables, address="https://example.org/orgmap")
    assert '<meta name="orgmap-api" content="/orgmap/api">' in client.get("/explore").text


def test_who_comes_while_it_is_made_is_told_when_to_come_again(
    kent: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgmap.server.explore.SECONDS", 0.0)
    got = kent.get("/explore")
    assert (got.status_code, got.headers["retry-after"]) == (503, "30")
