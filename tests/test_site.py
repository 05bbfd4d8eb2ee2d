"""The site: built without a warning, every link leads somewhere, nothing comes from the network, and it can be read."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from docs.making import architecture, specification
from docs.making.site import build
from orgmap.cli.main import COMMANDS
from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.vocabulary import kinds
from tests.engine import playwright
from tests.running import HANGS
from tests.viz.looking import browser_path

ROOT = Path(__file__).resolve().parents[1]
LOADS = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "srcset"),
    ("use", "href"),
}
"""What a page loads by itself when it is opened."""

READ = ("index", "tutorial", "how-to/clients", "reference/commands", "reference/api", "specification/places")
"""Pages of each sort, which are looked at in a browser."""


class Page(HTMLParser):
    """The links of a page, what it loads, and the places in it that a link may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.ids.add(value)
            if (tag, name) in LOADS and value:
                self.loads.append(value)
            elif name == "href" and value:
                self.links.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once; a single warning is a failure."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed")
    target = tmp_path_factory.mktemp("built") / "site"
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # what packages say of each other; warnings of pages come back in words
        problems = build(target)
    assert not problems, problems
    return target


@cache
def page(path: Path) -> Page:
    """A page of the site, read once."""
    return Page(path.read_text(encoding="utf-8"))


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    broken = []
    for path in site.rglob("*.html"):
        for link in page(path).links:
            if re.match(r"[a-z]+:", link):
                continue
            file, _, part = unquote(link).partition("#")
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            if not target.is_file() or (part and target.suffix == ".html" and part not in page(target).ids):
                broken.append(f"{path.relative_to(site)} → {link}")
    assert broken == []


def test_no_page_loads_anything_from_the_network(site: Path) -> None:
    remote = re.compile(r"^(?:[a-z]+:)?//", re.I)
    for path in site.rglob("*.html"):
        assert [one for one in page(path).loads if remote.match(one)] == [], path
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import\s|url\(\s*['\"]?(?:https?:)?//", text), path


def test_what_follows_from_the_program_is_on_the_pages(site: Path) -> None:
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    assert [one for one in COMMANDS if f'id="orgmap-{one}"' not in commands] == []
    words = (site / "reference" / "vocabulary.html").read_text(encoding="utf-8")
    assert [kind for kind in kinds() if f">{kind}<" not in words] == []
    for file in data_folder().glob("*/dataset.json"):
        about = json.loads(file.read_text(encoding="utf-8"))
        text = (site / "reference" / "datasets" / f"{file.parent.name}.html").read_text(encoding="utf-8")
        assert about["title"].replace("'", "’").replace("&", "&amp;") in text.replace("'", "’")


def test_every_sentence_of_the_spec_is_promised(site: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (site / "specification").glob("*.html"))
    text = text.replace("’", "'").replace("&#39;", "'")
    for path in (ROOT / "tests" / "spec").glob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert f"<strong>{specification.sentence(node.name)}.</strong>" in text, node.name


def test_each_page_can_be_searched_for_from_the_disk(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert index.startswith("Search.setIndex(")
    for place in (
        "tutorial",
        "how-to/clients",
        "reference/commands",
        "specification/places",
        "explanation/model",
    ):
        assert f'"{place}"' in index


def test_the_picture_of_the_architecture_is_what_is_drawn() -> None:
    assert architecture.TARGET.read_text(encoding="utf-8") == architecture.svg()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A page in a browser that is not there to fetch anything."""
    chromium = browser_path()
    opened = playwright().chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-gpu"], timeout=HANGS * 1000
    )
    tab = opened.new_page()
    tab.set_default_timeout(HANGS * 1000)
    yield tab
    opened.close()


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_a_page_asks_nothing_of_the_network_and_never_scrolls_sideways(
    site: Path, browser: Any, width: int
) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    browser.on(
        "request", lambda one: None if one.url.startswith(("file:", "data:")) else asked.append(one.url)
    )
    browser.on("pageerror", lambda error: wrong.append(str(error)))
    browser.set_viewport_size({"width": width, "height": 900})
    for place in READ:
        browser.goto((site / f"{place}.html").as_uri())
        assert not browser.evaluate("document.documentElement.scrollWidth > innerWidth"), place
    assert (asked, wrong) == ([], [])


def test_the_search_finds_a_page_from_the_disk(site: Path, browser: Any) -> None:
    browser.goto((site / "search.html").as_uri() + "?q=crosswalk")
    browser.wait_for_selector("#search-results li a")
    found = browser.eval_on_selector_all(
        "#search-results li a", "links => links.map(link => link.getAttribute('href'))"
    )
    assert any("crosswalk" in link or "commands" in link for link in found)
