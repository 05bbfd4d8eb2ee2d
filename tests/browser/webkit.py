"""A person in front of WebKitGTK, through the driver that Debian has for it, in plain calls of W3C's WebDriver."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import FOLDED
from tests.browser.steps import READY, Person
from tests.running import HANGS

BROWSERS = "lib/*/webkit2gtk-4*/MiniBrowser"
"""Where Debian puts the small browser that the driver starts."""

ENTER, CONTROL, DELETE = "\ue007", "\ue009", "\ue017"
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_FIND = Path(__file__).with_name("webkit.js").read_text(encoding="utf-8")
_FOLDED = """return [...document.querySelectorAll(arguments[1])]
  .find((one) => one.getClientRects().length && one.innerText.toLowerCase().includes(arguments[0].toLowerCase()))"""
_TEXTS = "return [...arguments].map((one) => one.innerText)"
PATIENCE = 20.0
"""Seconds in which a control must be there once the page is drawn."""


class Driver:
    """One session with the driver."""

    def __init__(self, port: int, browser: str) -> None:
        self._base = f"http://127.0.0.1:{port}"
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._base += f"/session/{session['sessionId']}"

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(
            self._base + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(asked, timeout=HANGS) as answered:
                return json.load(answered)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def get(self, path: str) -> Any:
        """What the browser answers."""
        return self._call("GET", path)

    def post(self, path: str, **body: Any) -> Any:
        """Has the browser do something."""
        return self._call("POST", path, body)

    def end(self) -> None:
        """Closes the browser."""
        self._call("DELETE", "")


class InWebKit(Person):
    """One window; each page it opens is the explorer's, from the disk."""

    def __init__(self, driver: Driver, file: Path) -> None:
        self.driver, self.file = driver, file
        self.called: set[tuple[str, str]] = set()

    def open(self, address: str = "", width: int = 1280, height: int = 800) -> None:
        self.driver.post("/window/rect", width=width, height=height)
        self.driver.post("/url", url="about:blank")
        self.driver.post("/url", url=f"{self.file.as_uri()}{address}")
        until = time.monotonic() + HANGS / 10
        while not self.asks(READY):
            assert time.monotonic() < until, "the page is never drawn"
            time.sleep(0.1)

    def _parts(self, role: str, name: str = "", begins: bool = False) -> list[str]:
        found = self.driver.post("/execute/sync", script=_FIND, args=[role, name, begins])
        return [each[_ELEMENT] for each in found]

    def _part(self, role: str, name: str, begins: bool = False) -> str:
        """The first of this role and name, once it is there; the engine itself must call it so."""
        until = time.monotonic() + PATIENCE
        while not (found := self._parts(role, name, begins)):
            assert time.monotonic() < until, f"no {role} is called “{name}”"
            time.sleep(0.1)
        # The engine takes seconds to say what it calls something, so it is asked once for each.
        if (role, name) not in self.called:
            label = " ".join(self.driver.get(f"/element/{found[0]}/computedlabel").split())
            assert label.startswith(name) if begins else label == name, f"{role} “{name}” is called “{label}”"
            self.called.add((role, name))
        return found[0]

    def type_into(self, role: str, name: str, text: str, enter: bool = True) -> None:
        field = self._part(role, name)
        self.driver.post(f"/element/{field}/clear")
        self.driver.post(f"/element/{field}/value", text=text + (ENTER if enter else ""))

    def choose(self, name: str, option: str) -> None:
        field = self._part("combobox", name)
        script = "return [...arguments[0].options].find((one) => one.label.trim() === arguments[1])"
        found = self.driver.post("/execute/sync", script=script, args=[{_ELEMENT: field}, option])
        assert found, f"“{name}” has no {option}"
        self.driver.post(f"/element/{found[_ELEMENT]}/click")

    def use(self, role: str, name: str, begins: bool = False) -> None:
        self.driver.post(f"/element/{self._part(role, name, begins)}/click")

    def unfold(self, words: str) -> None:
        until = time.monotonic() + PATIENCE
        while not (found := self.driver.post("/execute/sync", script=_FOLDED, args=[words, FOLDED])):
            assert time.monotonic() < until, f"nothing is folded under “{words}”"
            time.sleep(0.1)
        self.driver.post(f"/element/{found[_ELEMENT]}/click")

    def text(self, role: str, name: str = "") -> str:
        elements = [{_ELEMENT: part} for part in self._parts(role, name)]
        texts = self.driver.post("/execute/sync", script=_TEXTS, args=elements)
        return "\n".join(texts) or ("\n" if texts else "")

    def value(self, role: str, name: str) -> str:
        return str(self.driver.get(f"/element/{self._part(role, name)}/property/value"))

    def address(self) -> str:
        return str(self.driver.get("/url"))

    def asks(self, script: str) -> Any:
        return self.driver.post("/execute/sync", script=f"return ({script})", args=[])


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def missing() -> str:
    """Why there is no WebKitGTK here; blank where there is one."""
    wanted = {"WebKitWebDriver": shutil.which("WebKitWebDriver"), "Xvfb": shutil.which("Xvfb")}
    wanted["MiniBrowser"] = _browser()
    lacking = [name for name, path in wanted.items() if not path]
    return f"no {' and no '.join(lacking)} here: `sh .ci/webkit` installs them" if lacking else ""


def _browser() -> str:
    return next((str(path) for path in sorted(Path("/usr").glob(BROWSERS), reverse=True)), "")


@contextmanager
def webkit(file: Path) -> Iterator[InWebKit]:
    """A WebKitGTK on a screen of its own that nobody sees; the tests are skipped where there is none."""
    if why := missing():
        (pytest.fail if os.environ.get("ORGMAP_CI") else pytest.skip)(why)
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "2000x1400x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        display = f":{number.readline().strip()}"
    port = _free()
    # Without the graphics card and without the sandbox, which containers do not allow.
    plain = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    around = {**os.environ, **plain, "DISPLAY": display, "NO_AT_BRIDGE": "1", "LANG": "C.UTF-8"}
    driver = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env=around,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        session = _begun(port)
        yield InWebKit(session, file)
        with suppress(Exception):
            session.end()
    finally:
        for process in (driver, screen):
            process.terminate()
            process.wait()


def _begun(port: int) -> Driver:
    """The driver's first session: it may take a moment until it listens."""
    until = time.monotonic() + 60
    while True:
        try:
            return Driver(port, _browser())
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < until, "WebKit's driver never listens"
            time.sleep(0.2)
