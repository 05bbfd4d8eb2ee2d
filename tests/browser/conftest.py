"""The explorer's page as `orgmap explore` writes it, and people in front of it in two browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import InChromium, chromium
from tests.browser.page import written
from tests.browser.webkit import InWebKit, webkit
from tests.once import made_once


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, written once for all tests."""
    return made_once(tmp_path_factory, "explore.html", written)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def person(browser: Any, explorer: Path) -> Iterator[InChromium]:
    """Someone with a window of their own."""
    context = browser.new_context(accept_downloads=True, reduced_motion="reduce")
    yield InChromium(context.new_page(), explorer)
    context.close()


@pytest.fixture(scope="module")
def other(explorer: Path) -> Iterator[InWebKit]:
    """Someone in front of the other browser."""
    with webkit(explorer) as person:
        yield person
