"""Answers in words on short lines: nobody moves the screen sideways, and a search finds a name that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.cli.kit.folding import WIDTH, folded
from tests.cli.conftest import Orgmap

SURROUNDINGS = {name: os.environ.get(name) for name in ("ORGMAP_DATA", "ORGMAP_CACHE")}


@pytest.fixture
def orgmap(orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Asks the project's own tables: their names and sentences are as long as they get."""
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    return orgmap


ASKED = (
    ("answers-to", "ccg:09W", "--at", "2013-06-01"),
    ("answers-to", "Bath", "--at", "2026-06-01"),
    ("guide", "Swindon", "--about", "carers", "--as", "charity", "--at", "2026-06-01"),
    ("walk", "child-under-5", "--resident", "Northampton", "--at", "2026-10-01", "--and", "2027-05-01",
     "--include", "planned"),
    ("due", "--programme", "icb-mergers-2027"),
    ("process", "ccg-authorisation"),
    ("case", "merger:kent_and_medway"),
    ("plans", "--about", "icb:QKS"),
    ("board", "ccg:09W", "--at", "2013-06-01"),
)  # fmt: skip


def names_in(answer: Any) -> Iterator[str]:
    """Every name of a body anywhere in an answer."""
    if isinstance(answer, dict):
        if ":" in str(answer.get("id", "")) and isinstance(answer.get("name"), str):
            yield answer["name"]
        for value in answer.values():
            yield from names_in(value)
    elif isinstance(answer, list):
        for one in answer:
            yield from names_in(one)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(asked[:2]))
def test_no_line_is_too_wide_and_no_name_is_broken(orgmap: Orgmap, asked: tuple[str, ...]) -> None:
    told = orgmap(*asked)
    lines = [line for line in told.out.splitlines() if not line.startswith("source: ")]
    assert told.code == 0
    assert [line for line in lines if len(line) > WIDTH] == []
    whole = " ".join(line.strip() for line in lines)
    names = {name for name in names_in(orgmap(*asked, "--format", "json").json) if name in whole}
    broken = {name for name in names if not any(name in line for line in lines)}
    assert {name for name in broken if len(name) < WIDTH // 2} == set()


@given(st.lists(st.text("abcXY.,;:()[]", min_size=1, max_size=30), max_size=40), st.integers(0, 12))
def test_folding_loses_no_word_and_adds_none(words: list[str], indent: int) -> None:
    lines = folded(" ".join(words), indent)
    assert lines.split() == words
    assert all(len(line) <= WIDTH for line in lines.splitlines())


def test_a_sentence_begins_a_line_and_a_name_with_a_comma_stays_whole() -> None:
    text = (
        "A board may be asked. " * 3
        + "NHS Bath and North East Somerset, Swindon and Wiltshire answers to NHS England."
    )
    first, second = folded(text).splitlines()
    assert first == "A board may be asked. A board may be asked. A board may be asked."
    assert second.strip().startswith("NHS Bath and North East Somerset, Swindon and Wiltshire")


def test_an_abbreviation_ends_no_sentence() -> None:
    text = f"{'word ' * 14}of Mr. Brown and of St. Mary, e.g. Some trust that is called so by everybody there"
    assert not any(line.endswith(("Mr.", "St.", "e.g.")) for line in folded(text).splitlines())
