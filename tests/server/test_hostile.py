"""Whoever asks, and whatever is asked: no fault, no trace, no file, no cookie; limits hold. More by `make fuzz`."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from orgmap.server.guards import Limits
from tests.server.hostile import faults, harm

MANY = int(os.environ.get("ORGMAP_HOSTILE", "300"))
SEED = os.environ.get("ORGMAP_SEED", "1")


@pytest.fixture(autouse=True)
def without_england(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The explorer needs England's outlines, which these streets have not."""

    async def page(_: Any) -> bytes:
        return b"<!DOCTYPE html>"

    monkeypatch.setattr("orgmap.server.exploring.pages.made_apart", page)
    monkeypatch.setattr("orgmap.server.exploring.pages.cache_folder", lambda: tmp_path)


def send(client: TestClient, asked: Any) -> Any:
    """The answer to a request; one that no client can send is no request."""
    try:
        return client.request(
            asked.method, asked.path, params=asked.query, headers=asked.headers, content=asked.body or None
        )
    except (UnicodeEncodeError, ValueError):
        return None
    except Exception as error:
        if type(error).__module__.partition(".")[0] in ("httpx2", "httpcore2"):
            return None
        raise


def test_no_request_that_means_harm_does_any(kent: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    chance = Random(SEED)
    wrong = []
    for _ in range(MANY):
        asked = harm(chance)
        if (got := send(kent, asked)) is not None:
            wrong += [(asked, fault) for fault in faults(got)]
    assert wrong == []
    assert capfd.readouterr().err == ""


def test_what_its_own_description_allows_is_answered_as_it_says(kent: TestClient) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", kent.app)
    each = max(2, MANY // 40)

    for operation in schema.get_all_operations():
        run(operation.ok(), each)


def run(operation: Any, each: int) -> None:
    """Asks one operation so many times by chance, and holds the answers against what it says of itself."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        derandomize=SEED == "1",
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        response = case.call()
        assert response.status_code < 500, response.text
        # What a text may say is told by more than a schema can: most are no day and no place.
        case.validate_response(response, excluded_checks=[positive_data_acceptance])

    ask()


def test_one_client_cannot_ask_without_end(serving: Any, kent_tables: Path) -> None:
    client = serving(kent_tables, per_minute=30)
    found = [client.get("/health") for _ in range(30)]
    refused = [got for got in found if got.status_code == 429]
    assert 15 <= len(refused) <= 21
    assert int(refused[0].headers["retry-after"]) >= 1
    assert refused[0].json()["title"] == "Too many requests"


def test_too_much_is_refused_before_it_is_read(kent: TestClient) -> None:
    limits = Limits()
    assert kent.get(f"/api/find?place={'x' * limits.address}").status_code == 414
    assert kent.post("/reconcile", content=b"x" * (limits.body + 1)).status_code == 413
    csv = {"content-type": "text/csv"}
    assert (
        kent.post("/api/annotate?column=a", content=b"x" * (limits.upload + 1), headers=csv).status_code
        == 413
    )

    def pieces() -> Any:
        for _ in range(limits.upload // 1_000_000 + 2):
            yield b"x" * 1_000_000

    assert kent.post("/api/annotate?column=a", content=pieces(), headers=csv).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "TRACE"])
def test_it_only_reads(kent: TestClient, method: str) -> None:
    for path in ("/", "/api/find?place=Kent", "/id/ccg:10E", "/health"):
        got = kent.request(method, path)
        assert got.status_code == 405
        assert "GET" in got.headers["allow"]


def test_every_answer_is_guarded_and_sets_no_cookie(kent: TestClient) -> None:
    for path in ("/", "/api/find?place=Kent", "/id/ccg:10E", "/frob", "/health", "/robots.txt", "/bulk"):
        got = kent.get(path)
        assert got.headers["content-security-policy"].startswith("default-src 'none'")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in got.headers
    for path in ("/api/find?place=Kent", "/id/ccg:10E", "/?q=Kent", "/explore"):
        first = kent.get(path)
        again = kent.get(path, headers={"if-none-match": first.headers["etag"]})
        head = kent.head(path)
        assert (again.status_code, head.status_code) == (304, 200)
        for got in (again, head):
            assert got.headers["x-content-type-options"] == "nosniff"
            assert got.headers["cache-control"] == first.headers["cache-control"]
            assert "set-cookie" not in got.headers
        # A browser would take the policy of a 304 for that of the page that it has.
        assert "content-security-policy" not in again.headers
    asked = kent.options("/api/find", headers={"origin": "https://example.org"})
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")
