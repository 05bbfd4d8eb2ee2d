"""A person in front of Chromium, through Playwright: what went wrong in the page is noted beside."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.steps import READY, Person
from tests.engine import playwright
from tests.running import HANGS
from tests.viz.looking import browser_path

PATIENCE = 10_000
"""Milliseconds in which a control must be there once the page is drawn."""

FOLDED = "main details:not([open]) > summary, main button[aria-expanded=false]"
"""What unfolds something; browsers disagree about the role of the first."""

AXE = "axe_playwright_python.sync_playwright"


class InChromium(Person):
    """One tab; each page it opens is the explorer's, from the disk."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page, self.file = page, file
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.set_default_navigation_timeout(HANGS * 1000)
        page.on("request", self._request)
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append("a dialog"), dialog.dismiss()))

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.file.as_uri(), "data:", "blob:", "about:")):
            self.requests.append(request.url)

    def open(self, address: str = "", width: int = 1280, height: int = 800) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}{address}")
        self.settle()

    def settle(self) -> None:
        """Waits until the page is drawn for the first time."""
        self.waits(READY, HANGS / 10)

    def waits(self, script: str, seconds: float = PATIENCE / 1000) -> None:
        """Waits until an expression is true; asked from here, as the page's policy lets no text be run within it."""
        until = time.monotonic() + seconds
        while not self.page.evaluate(script):
            assert time.monotonic() < until, f"never true: {script}"
            self.page.wait_for_timeout(20)

    def part(self, role: str, name: str = "", begins: bool = False) -> Any:
        """What has this role and name, as a screen reader finds it."""
        if not name:
            return self.page.get_by_role(role)
        if begins:
            return self.page.get_by_role(role, name=re.compile(rf"^\s*{re.escape(name)}"))
        return self.page.get_by_role(role, name=name, exact=True)

    def type_into(self, role: str, name: str, text: str, enter: bool = True) -> None:
        field = self.part(role, name).first
        field.fill(text)
        if enter:
            field.press("Enter")

    def choose(self, name: str, option: str) -> None:
        self.part("combobox", name).first.select_option(label=option)

    def use(self, role: str, name: str, begins: bool = False) -> None:
        exact = self.part(role, name)
        part = exact if not begins or exact.count() else self.part(role, name, begins=True)
        part.first.click()

    def unfold(self, words: str) -> None:
        self.page.locator(FOLDED).filter(has_text=words).first.click()

    def text(self, role: str, name: str = "") -> str:
        parts = self.part(role, name)
        return "\n".join(part.inner_text() for part in parts.all() if part.is_visible()) or (
            "\n" if parts.count() and role in ("searchbox", "textbox", "slider") else ""
        )

    def value(self, role: str, name: str) -> str:
        return str(self.part(role, name).first.input_value())

    def address(self) -> str:
        return str(self.page.url)

    def asks(self, script: str) -> Any:
        return self.page.evaluate(script)

    def axe(self, rules: list[str] | None = None) -> list[str]:
        """What axe calls serious or critical on the page as it stands (by these rules, or by all)."""
        axe = pytest.importorskip(AXE)
        # The page's own policy forbids scripts from elsewhere, so axe is run by the browser itself.
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
        chosen = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
        found = self.page.evaluate("(chosen) => axe.run(document, chosen)", chosen)
        return [
            f"{fault['id']}: {len(fault['nodes'])} × {fault['nodes'][0]['html'][:120]}"
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium of this machine; the tests are skipped where there is none."""
    path = browser_path()
    browser = playwright().chromium.launch(
        executable_path=path, args=["--no-sandbox", "--disable-gpu"], timeout=HANGS * 1000
    )
    yield browser
    browser.close()
