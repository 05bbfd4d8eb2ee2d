"""The page of a guide: whole without network and scripts, readable on a phone and aloud, and on one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from orgmap import Graph
from orgmap.viz.guide.page import guide_page
from tests.spec.test_guide import GUIDED
from tests.viz.looking import Looking
from tests.worlds import in_sqlite, world

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def graph() -> Iterator[Graph]:
    """A drawn world with bodies that are for something."""
    with Graph(in_sqlite(world(GUIDED))) as opened:
        yield opened


def told_of(graph: Graph, **asked: Any) -> dict[str, Any]:
    return dict(graph.guide("CT9 1AA", "2026-04-01", **asked).to_dict())


def test_the_page_says_all_that_the_answer_says(graph: Graph) -> None:
    answer = told_of(graph, about="birth", as_="charity")
    page = guide_page(answer)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]))
    for part in answer["parts"]:
        assert part["heading"] in words
        for line in part["lines"]:
            assert (line["body"] or {"name": line["text"]})["name"] in words
            for field in ("purpose", "for_reader"):
                assert (line.get(field) or {"text": ""})["text"] in words
            for way in (line.get("reach") or {}).values():
                assert not way or (way["value"] in words and way["seen_on"] in words)
    assert "conditional, not law; said by a paper on 2025-04-01" in words
    assert "Not held" in words


def test_every_reference_leads_to_a_source_and_the_same_answer_gives_the_same_bytes(graph: Graph) -> None:
    answer = told_of(graph, as_="charity")
    page = guide_page(answer)
    assert set(re.findall(r'href="#(s\d+)"', page)) == set(re.findall(r'<li id="(s\d+)"', page))
    assert page == guide_page(told_of(graph, as_="charity"))


def test_no_script_runs_on_it_whatever_bodies_are_called() -> None:
    drawn = GUIDED.replace("NHS Kent ICB ", HOSTILE).replace(
        "It buys care. It is new.", f"{HOSTILE} It is. It was."
    )
    drawn = drawn.replace("https://example.org/kent", "https://example.org/kent?a=<b>&c")
    with Graph(in_sqlite(world(drawn))) as graph:
        page = guide_page(told_of(graph, about="birth"))
    assert "<script" not in page
    assert "<img" not in page
    assert "script-src" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "&lt;script&gt;" in page


def test_an_address_that_is_none_of_the_web_is_no_link(graph: Graph) -> None:
    answer = told_of(graph, about="birth")
    for part in answer["parts"]:
        for line in part["lines"]:
            if line["body"]:
                line["reach"]["website"] = {
                    "value": "javascript:alert(1)",
                    "seen_on": "2020-01-01",
                    "sources": [],
                }
    assert 'href="javascript' not in guide_page(answer)


def test_it_is_read_at_every_width_without_going_sideways(eyes: Looking, graph: Graph) -> None:
    page = guide_page(told_of(graph, as_="charity"))
    for width in (320, 390, 1280, 1920):
        opened = eyes.open(page, width)
        assert not opened.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    assert eyes.axe() == []
    assert (eyes.requests, eyes.errors) == ([], [])


def test_a_guide_on_a_theme_prints_on_one_page_and_one_on_everything_on_one_sheet(eyes: Looking) -> None:
    import orgmap

    with orgmap.open() as graph:
        for asked, most in (({"about": "carers", "as_": "charity"}, 1), ({}, 2)):
            answer = graph.guide("Thanet", "2026-06-01", **asked).to_dict()  # type: ignore[arg-type]
            opened = eyes.open(guide_page(dict(answer)))
            pages = re.findall(rb"/Type\s*/Page[^s]", opened.pdf(prefer_css_page_size=True))
            assert len(pages) <= most
