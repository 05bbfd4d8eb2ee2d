"""One Playwright for all tests of a process: a second one beside it would not start."""

from __future__ import annotations

import atexit
from functools import cache
from typing import Any

import pytest


@cache
def _started() -> Any:
    from playwright.sync_api import sync_playwright

    engine = sync_playwright().start()
    atexit.register(engine.stop)
    return engine


def playwright() -> Any:
    """Playwright, started by whoever needs it first; the test is skipped where it is not installed."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    return _started()
