"""Whatever goes wrong, a person reads a page and a program problem details: the request says which it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from orgmap.graphmodel.errors import StoreOutOfReach
from orgmap.server.workers import Busy, Workers

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

WRONG: list[tuple[int, str, str]] = [
    (404, "GET", "/nope"),
    (404, "GET", "/id/nothing:x"),
    (404, "GET", "/id/source:frob"),
    (404, "GET", "/id/ccg:10E/frob/at:Q67"),
    (404, "GET", "/static/frob.css"),
    (404, "GET", "/bulk/frob"),
    (404, "GET", "/bulk/frob.csv"),
    (404, "GET", "/?q=Nowhereham"),
    (404, "GET", "/api/frob"),
    (404, "GET", "/api/find?place=Nowhereham"),
    (404, "GET", "/reconcile/suggest/frob"),
    (404, "GET", "/reconcile/preview?id=frob"),
    (400, "GET", "/id/ccg:10E?at=banana"),
    (400, "GET", "/id/ccg:10E?frob=1"),
    (400, "GET", "/id/ccg:10E?format=frob"),
    (400, "GET", "/?frob=1"),
    (400, "GET", "/api/find?at=banana"),
    (400, "GET", "/api/postcodes/frob"),
    (400, "POST", "/bulk"),
    (405, "POST", "/"),
    (405, "PUT", "/id/ccg:10E"),
    (405, "DELETE", "/explore"),
    (405, "GET", "/api/annotate"),
    (405, "GET", "/api/handover"),
    (404, "GET", "/bulk/for/frob"),
    (414, "GET", f"/?q={'x' * 7000}"),
]


@pytest.mark.parametrize(("status", "method", "path"), WRONG, ids=lambda one: str(one)[:40])
def test_a_browser_gets_a_page_and_a_program_problem_details(
    kent: TestClient, status: int, method: str, path: str
) -> None:
    page = kent.request(method, path, headers={"accept": BROWSER})
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    for said in ('lang="en-GB"', "<main", "<h1>", '<form class="ask"', 'class="home"'):
        assert said in page.text
    data = kent.request(method, path, headers={"accept": "application/json"})
    assert (data.status_code, data.headers["content-type"]) == (status, "application/problem+json")
    assert data.json()["status"] == status
    assert data.json()["title"] in page.text
    for got in (page, data):
        assert got.headers["cache-control"] == "no-store"
        assert "Accept" in got.headers["vary"]
        assert "content-security-policy" in got.headers
    assert page.headers.get("allow") == data.headers.get("allow")


def test_who_says_nothing_gets_what_the_address_is_for(kent: TestClient) -> None:
    for path, kind in (
        ("/api/find?place=Nowhereham", "application/problem+json"),
        ("/nope", "application/problem+json"),
        ("/?q=Nowhereham", "text/html; charset=utf-8"),
        ("/id/nothing:x", "text/html; charset=utf-8"),
    ):
        for accept in ("*/*", ""):
            assert kent.get(path, headers={"accept": accept}).headers["content-type"] == kind, path
    problem = {"accept": "application/problem+json, text/html"}
    assert kent.get("/nope", headers=problem).headers["content-type"] == "application/problem+json"


def test_a_format_that_is_named_goes_before_what_is_accepted(kent: TestClient) -> None:
    for path in ("/id/nothing:x?format=json", "/api/find?place=Nowhereham&format=csv"):
        got = kent.get(path, headers={"accept": BROWSER})
        assert got.headers["content-type"] == "application/problem+json", path
    assert kent.get("/id/nothing:x?format=html", headers={"accept": "application/json"}).text.startswith("<!")


def test_what_was_typed_stands_on_the_page_and_does_nothing(kent: TestClient) -> None:
    for path in ("/nope<script>", "/id/<script>", "/id/ccg:10E?at=<script>", "/api/find?place=<script>"):
        assert "<script" not in kent.get(path, headers={"accept": BROWSER}).text


def test_which_one_is_asked_with_links(kent: TestClient) -> None:
    got = kent.get("/api/show?body=Kent", headers={"accept": BROWSER})
    named = kent.get("/api/show?body=Kent").json()
    assert (got.status_code, named["status"]) == (409, 409)
    assert named["candidates"]
    assert got.text.count('<a href="/id/') >= len(named["candidates"])


def test_too_many_too_large_and_too_busy_are_pages_too(
    serving: Any, kent_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serving(kent_tables)
    browser = {"accept": BROWSER}
    large = client.post("/reconcile", content=b"x" * 70_000, headers=browser)
    assert (large.status_code, "<main" in large.text) == (413, True)

    async def busy(*_: Any) -> Any:
        raise Busy("Too many questions are waiting.", 2)

    async def away(*_: Any) -> Any:
        raise StoreOutOfReach("The server does not answer.")

    async def broken(*_: Any) -> Any:
        raise ValueError("secret")

    for fault, status, said in (
        (busy, 503, "Too many questions"),
        (away, 503, "does not answer"),
        (broken, 500, "a fault of the program"),
    ):
        monkeypatch.setattr(Workers, "ask", fault)
        for path in ("/?q=Kent", "/id/ccg:10E?at=2013-05-05", "/api/find?place=Kent&at=2013-05-05"):
            got = client.get(path, headers=browser)
            assert got.status_code == status
            assert said in got.text
            assert "<main" in got.text
            assert "secret" not in got.text
            assert ("retry-after" in got.headers) == (fault is busy)

    limited = serving(kent_tables, per_minute=3)
    last = [limited.get("/health", headers=browser) for _ in range(4)][-1]
    assert (last.status_code, "<main" in last.text) == (429, True)
    assert int(last.headers["retry-after"]) >= 1


def test_a_slash_too_many_leads_to_the_address_without_wherever_the_server_is(
    serving: Any, kent_tables: Path
) -> None:
    client = serving(kent_tables, address="https://example.org/orgmap")
    for path, where in (
        ("/api/", "/orgmap/api"),
        ("/api/find/?place=CT9+1AA&at=2013-06-01", "/orgmap/api/find?place=CT9+1AA&at=2013-06-01"),
        ("/explore/", "/orgmap/explore"),
        ("/bulk//", "/orgmap/bulk"),
    ):
        got = client.get(path, headers={"host": "evil.example"})
        assert (got.status_code, got.headers["location"]) == (307, where)
    for path in ("/nope/", "//evil.example/", "//evil.example/api/", "/\\\\evil.example/"):
        assert client.get(f"http://testserver{path}").status_code == 404


def test_no_answer_repeats_the_host_that_a_request_names(kent: TestClient) -> None:
    for path in (
        "/",
        "/?q=Nowhereham",
        "/api",
        "/api/",
        "/api/openapi.json",
        "/bulk",
        "/id/10E",
        "/nope",
        "/explore/",
    ):
        got = kent.get(path, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
        assert "evil.example" not in f"{got.headers} {got.text}", path
