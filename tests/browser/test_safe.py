"""Nothing in names or addresses is run; the page asks nothing of the network and holds to its own policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import InChromium
from tests.browser.hostile import ADDRESSES, NAMES, tables
from tests.browser.page import written
from tests.browser.steps import BOX
from tests.mine import write_mine

LARGEST = 2_500_000
"""Bytes of the whole page."""


def test_the_page_is_small_enough_to_be_sent_by_mail(explorer: Path) -> None:
    assert explorer.stat().st_size <= LARGEST


def test_the_page_has_one_strict_policy_and_nothing_inline_that_needs_leave(explorer: Path) -> None:
    text = explorer.read_text(encoding="utf-8")
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text, flags=re.I)
    assert text.index(policy) < text.index("<script")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy.replace("&#39;", "'")
    assert not re.search(r"https?:|\*", policy)
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S | re.I)
    assert re.findall(r"<[^>]+\s(on\w+|style)\s*=", markup) == []


def test_the_policy_holds_against_scripts_styles_and_requests(person: InChromium) -> None:
    person.open()
    person.page.evaluate(
        """() => {
          const add = (tag, fill) => { const one = document.createElement(tag); fill(one); document.body.append(one); };
          add("script", (one) => { one.textContent = "window.ran = 1"; });
          add("script", (one) => { one.src = "http://127.0.0.1:9/a.js"; });
          add("img", (one) => { one.src = "http://127.0.0.1:9/a.png"; });
          add("div", (one) => { one.innerHTML = "<img src=x onerror='window.ran=1'>"; });
          window.setTimeout("window.ran = 1");
          fetch("http://127.0.0.1:9/").catch(() => { window.refused = 1; });
        }"""
    )
    person.waits("window.refused === 1")
    assert person.asks("window.ran") is None


def test_the_page_asks_nothing_of_the_network_on_any_screen(person: InChromium) -> None:
    for address in ("", "#view=explore", "#view=compare&at=2013-03-31&and=2013-04-01", "#view=about"):
        person.open(address)
    assert person.requests == []
    assert person.errors == []


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:40])
def test_an_address_that_cannot_be_meant_is_refused_in_words(person: InChromium, address: str) -> None:
    person.open(address)
    person.page.wait_for_selector("h1")
    assert person.text("alert").strip(), "nothing says what was not understood"
    assert "undefined" not in person.page.inner_text("body")
    assert "NaN" not in person.page.inner_text("main")
    assert person.asks("window.ran") is None
    assert person.errors == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    own = write_mine(folder / "own", **tables())
    return written(folder / "explore.html", "--with", str(own))


@pytest.fixture
def victim(browser: Any, hostile: Path) -> Iterator[InChromium]:
    context = browser.new_context()
    yield InChromium(context.new_page(), hostile)
    context.close()


SHOWN = ("", "&tab=structure", "&tab=services", "&tab=lineage", "&tab=table")


def test_names_that_are_markup_or_script_are_shown_as_letters_and_run_nothing(victim: InChromium) -> None:
    for number, name in enumerate(NAMES):
        body = f"place:bad{number}"
        victim.open(f"#body={body}&day=2018-01-01")
        assert name in victim.page.inner_text("main"), f"{body} isn't shown"
        for tab in SHOWN:
            victim.open(f"#view=explore&kind=place_partnership&body={body}&day=2018-01-01{tab}")
        victim.open()
        victim.type_into("combobox", BOX, name)
        victim.page.wait_for_timeout(100)
        assert victim.asks("window.ran") is None
    links = victim.page.evaluate(
        "[...document.querySelectorAll('a')].map((one) => one.getAttribute('href') || '')"
    )
    assert [link for link in links if link.lower().lstrip().startswith("javascript")] == []
    assert victim.errors == []
    assert victim.requests == []


def test_names_that_mean_harm_run_nothing_without_the_pages_own_policy(
    victim: InChromium, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.html"
    text = victim.file.read_text(encoding="utf-8")
    bare.write_text(
        re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", text, flags=re.I), encoding="utf-8"
    )
    victim.file = bare
    for number in range(len(NAMES)):
        victim.open(f"#body=place:bad{number}&day=2018-01-01")
        victim.open(f"#view=explore&body=place:bad{number}&day=2018-01-01&tab=lineage")
    assert victim.asks("window.ran") is None
    assert victim.errors == []


def test_names_that_mean_harm_stay_letters_where_no_script_runs(browser: Any, hostile: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hostile.as_uri())
    assert page.locator("img[src=x], svg[onload]").count() == 0
    context.close()
