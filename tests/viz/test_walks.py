"""The page of walked cases: whole without network and scripts, and it says all that the answer says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from orgmap import Graph
from orgmap.viz.walks.page import SIGNS, walks_page
from tests.spec.test_walk import WALKED
from tests.worlds import in_sqlite, world

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    """A drawn world with two cases to walk."""
    with Graph(in_sqlite(world(WALKED))) as opened:
        yield opened


def walked(graph: Graph) -> dict[str, Any]:
    return dict(
        graph.walk(
            "stay", resident="CT9 1AA", practice="G82999", at="2013-06-01", and_="2018-06-01"
        ).to_dict()
    )


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])))


def test_the_page_says_all_that_the_answer_says(graph: Graph) -> None:
    answer = walked(graph)
    words = words_of(walks_page(answer))
    [case] = answer["cases"]
    for step in case["steps"]:
        assert step["text"] in words
        for cell in step["cells"]:
            for one in cell["answers"]:
                assert one["commissioner"]["name"] in words
            for flag in cell["flags"]:
                assert f"{SIGNS[flag['flag']]} {flag['flag']} {flag['words']}" in words
    for one in case["bodies"]:
        assert (one["complaint"] or {"text": "Where a complaint goes: not stated."})["text"] in words
    assert "by where the person lives it would be so, but it is not" in words
    assert {"GAP", "NOT KNOWN"} <= set(case["counts"])


def test_every_reference_leads_to_a_source_and_the_same_answer_gives_the_same_bytes(graph: Graph) -> None:
    page = walks_page(walked(graph))
    assert set(re.findall(r'href="#(s\d+)"', page)) == set(re.findall(r'<li id="(s\d+)"', page))
    assert page == walks_page(walked(graph))


def test_the_cases_that_there_are_make_a_page_too(graph: Graph) -> None:
    assert "In hospital and home again." in words_of(walks_page(dict(graph.walk().to_dict())))


def test_no_script_runs_on_it_whatever_steps_and_bodies_are_called() -> None:
    drawn = WALKED.replace("| The hospital.  ", f"| {HOSTILE} ").replace("| The Quay ", f"| {HOSTILE} ")
    with Graph(in_sqlite(world(drawn))) as graph:
        page = walks_page(walked(graph))
    assert "<script" not in page
    assert "<img" not in page
    assert "script-src" not in page.partition("</head>")[0].replace("default-src 'none'", "")
