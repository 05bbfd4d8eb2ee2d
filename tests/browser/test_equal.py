"""The page answers what Python answers: for places, days and services drawn by chance, on the map and in the table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

import orgmap
from orgmap.graph import Graph
from tests.browser.chromium import InChromium
from tests.browser.equality import Pair, commissioned, days, found, pairs

NUMBER = int(os.environ.get("ORGMAP_PAIRS", "200"))
"""So many pairs are drawn; `make truth` draws 2,000."""

SEED = int(os.environ.get("ORGMAP_SEED", "15"))

FIND = """async (pairs) => {
  await window.orgmap.ready;
  const found = [];
  for (const [place, day, include] of pairs) {
    const answer = await window.orgmap.find(place, day, include);
    found.push(answer === null ? [] : answer.which ? "which"
      : answer.map((one) => [one.role, one.body, Math.round(1e4 * (one.share ?? 1)) / 1e4]));
  }
  return found;
}"""

_SERVICES = """(async () => {
  await window.orgmap.ready;
  const { model } = window.orgmap;
  await model.need("places");
  return model.services("CT9", model.day("2016-06-01"), { planned: false, proposed: false }).map((one) => one.service);
})()"""

_WHO = """async (asked) => {
  await window.orgmap.ready;
  const found = [];
  for (const [service, place, day] of asked) {
    const answer = await window.orgmap.who(place, day);
    found.push((answer ?? []).filter((one) => one.service === service)
      .map((one) => [one.commissioner, [...one.through].sort(), one.basis]));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with orgmap.open() as graph:
        yield graph


def differing(asked: list[Any], page: list[Any], python: list[Any]) -> list[str]:
    """Each question to which the page answers otherwise, with what only one of them says."""
    return [
        f"{question}: page {_only(one, other)}, Python {_only(other, one)}"
        for question, one, other in zip(asked, page, python, strict=True)
        if _near(one) != _near(other)
    ]


def _near(answer: Any) -> Any:
    """An answer with shares to a thousandth: the page keeps more digits, and rounds once."""
    if isinstance(answer, list):
        return [
            [*one[:2], round(one[2] + 1e-7, 3)] if isinstance(one[2], float | int) else one for one in answer
        ]
    return answer


def _only(one: Any, other: Any) -> Any:
    if isinstance(one, list) and isinstance(other, list):
        return [each for each in one if each not in other][:4] or ("(another order)" if one else "nothing")
    return one


@pytest.mark.parametrize("include", [(), ("planned",)], ids=["in force", "with plans"])
def test_a_place_has_the_same_bodies_in_the_page_as_in_python(
    person: InChromium, graph: Graph, include: tuple[str, ...]
) -> None:
    person.open()
    _alike(person, graph, pairs(graph, NUMBER if not include else NUMBER // 4, SEED + len(include)), include)


def test_a_name_that_several_places_have_means_the_same_in_the_page_as_in_python(
    person: InChromium, graph: Graph
) -> None:
    person.open()
    _alike(person, graph, pairs(graph, NUMBER // 4, SEED + 2, whole=False), ())


def _alike(person: InChromium, graph: Graph, drawn: list[Pair], include: tuple[str, ...]) -> None:
    flags = {"planned": "planned" in include, "proposed": False}
    page = person.page.evaluate(FIND, [[*pair, flags] for pair in drawn])
    python = [found(graph, *pair, include=include) for pair in drawn]
    wrong = differing(drawn, page, python)
    assert not wrong, f"{len(wrong)} of {len(drawn)}:\n" + "\n".join(wrong[:20])
    assert sum(bool(one) for one in python) > len(drawn) / 3


def test_services_have_the_same_commissioners_in_the_page_as_in_python(
    person: InChromium, graph: Graph
) -> None:
    person.open()
    drawn = Random(SEED)
    services = person.page.evaluate(_SERVICES)
    assert len(services) > 50
    assert set(services) <= {row["id"] for row in graph.list("service")}
    places = [pair for pair in pairs(graph, NUMBER, SEED + 7) if found(graph, *pair)]
    asked = [[drawn.choice(services), *pair] for pair in places]
    page = [sorted(one) for one in person.page.evaluate(_WHO, asked)]
    python = [commissioned(graph, *one) for one in asked]
    page = [one if other is not None else None for one, other in zip(page, python, strict=True)]
    wrong = differing(asked, page, python)
    assert not wrong, f"{len(wrong)} of {len(asked)}:\n" + "\n".join(wrong[:20])


def test_map_and_table_show_the_bodies_that_are_listed(person: InChromium, graph: Graph) -> None:
    person.open()
    drawn = Random(SEED)
    person.page.evaluate("window.orgmap.model.need('topology')")
    mapped = person.asks("window.orgmap.model.kinds().filter((one) => one.layers).map((one) => one.kind)")
    assert isinstance(mapped, list)
    number = max(12, NUMBER // 10)
    wrong = []
    for day in days(graph, drawn, number):
        kind = drawn.choice(mapped)
        listed = {row["id"] for row in graph.list(kind, day)}
        if not listed:
            continue
        person.open(f"#view=explore&kind={kind}&at={day}&tab=map")
        on_map = person.asks("window.orgmap.shown().ids")
        gaps = person.asks(_GAPS)
        assert isinstance(on_map, list)
        assert isinstance(gaps, list)
        person.open(f"#view=explore&kind={kind}&at={day}&tab=table")
        rows = person.part("tabpanel", "Table").locator("tr[data-id]")
        in_table = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
        if sorted(in_table) != sorted(listed):
            wrong.append(f"{kind} {day}: table differs by {sorted(listed ^ set(in_table))[:5]}")
        if sorted([*on_map, *gaps]) != sorted(listed):
            wrong.append(f"{kind} {day}: map differs by {sorted(listed ^ {*on_map, *gaps})[:5]}")
    assert wrong == []


_GAPS = """(() => {
  const { model } = window.orgmap, shown = window.orgmap.shown();
  const day = typeof shown.day === "string" ? model.day(shown.day) : shown.day;
  const layer = model.layer(shown.kind, day, { planned: false, proposed: false });
  return layer ? layer.gaps.map((body) => model.id(body)) : [];
})()"""
