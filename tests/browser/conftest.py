"""The explorer's page as `orgmap explore` writes it, and people in front of it in two browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orgmap.cli.main import COMMANDS, run
from tests.browser.chromium import InChromium, chromium
from tests.browser.webkit import InWebKit, webkit


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, written once for all tests."""
    return written(tmp_path_factory.mktemp("explorer") / "explore.html")


def written(path: Path, *before: str) -> Path:
    """Has the command line write the page."""
    if "explore" not in COMMANDS:
        pytest.skip("there is no `orgmap explore` yet")
    with pytest.raises(SystemExit) as ended:
        run([*before, "explore", "-o", str(path)])
    assert not ended.value.code
    return path


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
