"""Looking at a page as a person would: in the system's Chromium, with the keyboard, and through axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.engine import playwright
from tests.running import HANGS

_FAULTS = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")


class Looking:
    """A browser with one page, what it asked of the network, and what went wrong in it."""

    def __init__(self, page: Any, folder: Path) -> None:
        self._page, self._folder = page, folder
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append("a dialog"), dialog.dismiss()))

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.requests.append(request.url)

    def open(self, html: str, width: int = 1280, height: int = 800) -> Any:
        """Opens a page from the disk, in a window of this size, and gives back the browser's page."""
        path = self._folder / "page.html"
        path.write_text(html, encoding="utf-8")
        self.requests.clear()
        self.errors.clear()
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.goto(path.as_uri())
        return self._page

    def at(self, html: str, selector: str) -> dict[str, Any]:
        """What is wrong with the texts of a picture, its smallest letter, and where it ends."""
        return dict(self.open(html).evaluate(_FAULTS, selector))

    def narrow(self, html: str, selector: str) -> dict[str, bool]:
        """Whether a window of 320 pixels shows the picture, and whether it scrolls sideways."""
        page = self.open(html, 320, 700)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return {"picture": page.locator(selector).first.is_visible(), "sideways": wide}

    def opens(self, one: str) -> tuple[str, str]:
        """Tabs to a body, opens it and closes it: the heading that was shown, and the body that has the focus then."""
        for _ in range(400):
            self._page.keyboard.press("Tab")
            if self._page.evaluate("document.activeElement.dataset.id || ''") == one:
                break
        self._page.keyboard.press("Enter")
        shown = self._page.locator("dialog[open] h2").inner_text()
        self._page.keyboard.press("Escape")
        return shown, self._page.evaluate("document.activeElement.dataset.id || ''")

    def axe(self) -> list[str]:
        """What axe calls serious or critical on the open page."""
        # The page's own policy forbids scripts from elsewhere, so axe is run by the browser itself.
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        source = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
        self._page.evaluate(source)
        found = self._page.evaluate("axe.run()")
        return [one["id"] for one in found["violations"] if one["impact"] in ("serious", "critical")]


_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str:
    """The browser of this machine; without one the tests are skipped, but fail on a build server."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium here: `sh .ci/chromium` installs one"
        if os.environ.get("ORGMAP_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def looking(folder: Path) -> Iterator[Looking]:
    """A browser for the tests of a module; they are skipped where there is none."""
    chromium = browser_path()
    browser = playwright().chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-gpu"], timeout=HANGS * 1000
    )
    page = browser.new_page()
    page.set_default_timeout(HANGS * 1000)
    yield Looking(page, folder)
    browser.close()
