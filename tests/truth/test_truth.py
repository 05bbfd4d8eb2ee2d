"""A part of `make truth` in every run of the tests: each table asked for some of its rows, and the check checked."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from math import sqrt

import pytest

from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.loaders.open import open_store
from tests.truth import evidence
from tests.truth.comparing import (
    BelowFloor,
    Comparison,
    Picked,
    Row,
    Rows,
    below_floor,
    compare,
    not_explained,
    section,
)
from tests.truth.page import modules
from tests.truth.published import DATA, ROOT

FEW = 300
"""So many rows of each table are asked."""

PAGE = ROOT / "docs" / "truth.md"

published = pytest.mark.skipif(
    not DATA.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)


def comparisons() -> list[Comparison]:
    """Every comparison of the modules of this folder."""
    found: list[Comparison] = []
    for name in modules():
        found += getattr(importlib.import_module(f"tests.truth.{name}"), "COMPARISONS", [])
    return found


def tables() -> dict[str, list[Comparison]]:
    """The comparisons by their table, without those that take long."""
    found: dict[str, list[Comparison]] = {}
    for comparison in comparisons():
        if not comparison.long:
            found.setdefault(comparison.table, []).append(comparison)
    return found


@pytest.fixture(scope="module")
def england() -> Iterator[SqliteStore]:
    """The embedded store of the project's own tables."""
    with open_store() as store:
        yield store


@published
@pytest.mark.parametrize("table", tables())
def test_a_sample_of_a_published_table_agrees_with_the_graph(england: SqliteStore, table: str) -> None:
    failed = []
    for comparison in tables()[table]:
        tally = compare(england, replace(comparison, explain=not_explained), FEW)
        if not tally.asked:
            # None of the sampled rows asks something.
            continue
        # Four standard deviations of a sample of so many rows, and one row.
        slack = 4 * sqrt(comparison.floor * (1 - comparison.floor) / tally.asked) + 1 / tally.asked
        failed += [sentence] if (sentence := below_floor(comparison, tally, slack)) else []
    assert not failed


@published
def test_every_published_table_is_compared_or_listed_with_a_reason() -> None:
    assert evidence.unlisted({comparison.table for comparison in comparisons()}) == []


@published
def test_a_table_that_is_new_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "every_table", lambda: ["ods/new_register.csv"])
    assert evidence.unlisted({comparison.table for comparison in comparisons()}) == ["ods/new_register.csv"]


@published
def test_every_table_that_is_compared_or_listed_is_there() -> None:
    there = set(evidence.every_table())
    assert {comparison.table for comparison in comparisons()} - there == set()


def test_the_page_tells_every_table_that_is_compared() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [one.table for one in comparisons() if f"`{one.table}` |" not in page] == []


def _wrong_once_in_four(store: SqliteStore, picked: Picked) -> Rows:
    for number in picked.of(list(range(400))):
        yield Row(str(number), "right", "wrong" if number % 4 == 0 else "right")


@pytest.mark.parametrize(("floor", "fails"), [(0.75, False), (0.76, True)])
def test_a_table_that_agrees_too_seldom_fails(england: SqliteStore, floor: float, fails: bool) -> None:
    comparison = Comparison("drawn", "right or wrong", floor, _wrong_once_in_four)
    sentence = below_floor(comparison, compare(england, comparison))
    assert bool(sentence) is fails


def test_a_section_that_fails_still_tells_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "_KNOWN", [frozenset({"drawn"})])
    comparison = Comparison("drawn", "right or wrong", 0.9, _wrong_once_in_four, lambda row: "drawn so")
    with pytest.raises(BelowFloor) as failed:
        section("Drawn", [comparison])
    page, sentences = failed.value.args
    assert "| `drawn` | compiled from | right or wrong | 400 | 300 | 100 | 0 | 75.00 % |" in page
    assert "100: drawn so (0: table “right”, graph “wrong”" in page
    assert len(sentences) == 1


def test_a_table_without_a_difference_alone_is_said_to_agree_wholly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "_KNOWN", [frozenset()])

    def rows(store: SqliteStore, picked: Picked) -> Rows:
        for number in range(100_000):
            yield Row(str(number), "right", "right" if number else "wrong")

    page = section("Drawn", [Comparison("drawn", "right or wrong", 0.9, rows)])
    assert "99.99 %" in page
    assert "held back" in page
    assert "**not explained**" in page


def test_a_sample_is_the_same_every_time() -> None:
    rows = list(range(1000))
    first, second = Picked(10), Picked(10)
    assert first.of(rows) == second.of(rows)
    assert first.told.startswith("10 of 1,000 rows")
