"""Whole postcodes: the page from a server, or from a folder of files, answers them as the command does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import pytest

import orgmap
from orgmap.graph import Graph
from orgmap.server.postcodes import shard_of
from orgmap.server.site import beside_files
from tests.browser.chromium import InChromium
from tests.browser.equality import FIRST, LAST, found, table
from tests.browser.test_equal import FIND, differing
from tests.running import HANGS
from tests.server.conftest import process

BOX = "Postcode, place, body, practice or code"
NAMED = ["CT9 1AA", "LD8 2HH", "SY10 7HR", "CF10 1AA", "TD15 1AA", "ZZ9 9ZZ"]
"""One no longer in use, ones on the borders, one in Wales, one that is nowhere."""


class OfServer(InChromium):
    """Someone whose page comes over the network, and who may lose it."""

    def __init__(self, page: Any, address: str) -> None:
        super().__init__(page, Path("/"))
        self.web = address

    def open(self, address: str = "", width: int = 1280, height: int = 800) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto("about:blank")
        self.page.goto(f"{self.web}{address}")
        self.settle()

    def take(self, typed: str) -> str:
        """What stands in the panel of a place after a text was typed and taken."""
        self.type_into("combobox", BOX, typed)
        self.page.get_by_role("heading", name=f"{typed.upper()}, a postcode").wait_for()
        return self.text("complementary", "Chosen place")


@contextmanager
def at(browser: Any, address: str) -> Iterator[OfServer]:
    """A page that comes from an address."""
    context = browser.new_context(reduced_motion="reduce")
    yield OfServer(context.new_page(), address)
    context.close()


@contextmanager
def folder_served(folder: Path) -> Iterator[str]:
    """A folder as any host of files gives it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def drawn(number: int) -> list[str]:
    """Postcodes by chance."""
    chance = Random(number)
    rows = chance.sample(table("places/postcodes"), number)
    return [f"{row['outcode']} {chance.choice(row['inward'].split())}" for row in rows]


def days_of(number: int) -> list[str]:
    """So many days by chance."""
    chance = Random(number)
    span = (LAST - FIRST).days
    return [(FIRST + timedelta(chance.randrange(span))).isoformat() for _ in range(number)]


def asked() -> list[tuple[str, str]]:
    """Twenty postcodes, each with a day."""
    postcodes = [*NAMED, *drawn(14)]
    return list(zip(postcodes, days_of(len(postcodes)), strict=True))


def alike(person: OfServer, graph: Graph) -> None:
    """The page finds for each of the twenty what the command finds."""
    pairs = asked()
    page = person.page.evaluate(FIND, [[*one, {"planned": False, "proposed": False}] for one in pairs])
    assert differing(pairs, page, [found(graph, *one) for one in pairs]) == []
    assert sum(bool(one) for one in page) >= 15


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with orgmap.open() as graph:
        yield graph


def test_from_a_folder_of_files_a_whole_postcode_has_the_bodies_that_find_tells(
    browser: Any, graph: Graph, explorer: Path, tmp_path: Path
) -> None:
    (tmp_path / "explore.html").write_text(beside_files(explorer.read_text("utf-8")), encoding="utf-8")
    (tmp_path / "postcodes").mkdir()
    for outcode in {postcode.partition(" ")[0] for postcode, _ in asked()} - {"CF10", "ZZ9"}:
        (tmp_path / "postcodes" / f"{outcode}.json").write_text(json.dumps(shard_of(graph, outcode)))
    with folder_served(tmp_path) as address, at(browser, f"{address}/explore.html") as person:
        person.open()
        alike(person, graph)
        assert "CT9 1AA, a postcode" in person.take("CT9 1AA")
        person.type_into("combobox", BOX, "CF10 1AA")
        person.page.get_by_text("CF10 1AA is in none of the lists of English postcodes").wait_for()


def test_from_a_server_a_whole_postcode_has_the_bodies_that_find_tells(browser: Any, graph: Graph) -> None:
    with process(None) as (_, address), at(browser, f"{address}/explore") as person:
        until = time.monotonic() + HANGS
        while httpx2.get(f"{address}/explore", timeout=HANGS).status_code == 503:
            assert time.monotonic() < until
            time.sleep(1)
        person.open()
        alike(person, graph)
        said = person.take("ct9 1aa")
        assert "CT9 1AA, a postcode" in said
        assert "outcode" not in said
        person.type_into("combobox", BOX, "CF10 1AA")
        person.page.get_by_text("CF10 1AA is not in England: its letters belong to Wales.").wait_for()
        person.open("#place=SW1A+1AA&at=2016-06-01")
        assert "SW1A 1AA, a postcode" in person.text("complementary", "Chosen place")
        assert [one for one in person.errors if "404" not in one] == []

        person.page.context.set_offline(True)
        person.type_into("combobox", BOX, "LS1 1UR")
        person.page.get_by_text("without the network only the outcode LS1 is known here").wait_for()
        person.page.context.set_offline(False)
        assert "LS1 1UR, a postcode" in person.take("LS1 1UR")
