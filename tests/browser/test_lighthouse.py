"""Lighthouse gives each screen at least 95 of 100 for how well everyone can use it."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.screens import SCREENS
from tests.running import HANGS
from tests.viz.looking import browser_path

LIGHTHOUSE = Path(__file__).resolve().parents[2] / ".venv/lighthouse/node_modules/.bin/lighthouse"
LEAST = 0.95


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(explorer: Path) -> Iterator[str]:
    """The page on a server of this machine: Lighthouse opens no files."""
    handler = functools.partial(_Quiet, directory=str(explorer.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{explorer.name}"
        server.shutdown()


@pytest.mark.parametrize("screen", ["start", "explore-place"])
def test_lighthouse_gives_at_least_95_for_accessibility(site: str, screen: str, tmp_path: Path) -> None:
    if not LIGHTHOUSE.exists():
        reason = "Lighthouse is not here: `sh .ci/lighthouse .venv` installs it"
        (pytest.fail if os.environ.get("ORGMAP_CI") else pytest.skip)(reason)
    told = tmp_path / "told.json"
    subprocess.run(
        [
            *(LIGHTHOUSE, site + SCREENS[screen], "--only-categories=accessibility", "--preset=desktop"),
            *("--quiet", "--output=json", f"--output-path={told}", "--no-enable-error-reporting"),
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env={**os.environ, "CHROME_PATH": browser_path()},
        check=True,
        timeout=HANGS,
        capture_output=True,
    )
    found = json.loads(told.read_text(encoding="utf-8"))
    failed = [name for name, audit in found["audits"].items() if audit["score"] == 0]
    assert found["categories"]["accessibility"]["score"] >= LEAST, failed
