"""The page walks a case as the command does: step by step, flag by flag, with the same words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

import orgmap
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.known import known_then
from orgmap.graphmodel.store import Store
from orgmap.viz.explorer.columns import Json
from orgmap.viz.explorer.pack import packs
from tests.viz.explorer import Model, built

SEED = 20_261_128
PAIRS = [
    ("2012-10-01", "2013-06-01"),
    ("2015-09-30", "2015-10-01"),
    ("2013-03-31", "2013-04-01"),
    ("2020-03-31", "2020-04-01"),
    ("2022-06-30", "2022-07-01"),
    ("2026-10-01", "2027-05-01"),
    ("2026-03-31", "2028-04-01"),
    ("2011-06-01", ""),
    ("2024-06-01", ""),
]
HOMES = [
    "council:E07000114",
    "CT9",
    "Glossop, High Peak (town)",
    "council:E08000003",
    "Rutland (county)",
    "council:E10000016",
    "icb:QKS",
    "Surrey (county)",
]
PRACTICES = ["G82063", "A81001", "P81707", "W91006"]
INCLUDED = {
    "in force": [],
    "planned": ["planned"],
    "all": ["planned", "proposed"],
}


@pytest.fixture(scope="module")
def model(parts: dict[str, Json], tmp_path_factory: pytest.TempPathFactory) -> Model:
    """The model with the data of the real graph."""
    return Model(tmp_path_factory.mktemp("parts"), parts, built(tmp_path_factory.mktemp("script")))


@pytest.fixture(scope="module")
def graph() -> Iterator[orgmap.Graph]:
    """The same graph for Python."""
    with orgmap.open() as found:
        yield found


def asked(scripts: list[str], count: int) -> list[dict[str, Any]]:
    """Cases walked by who lives somewhere, is on a list, or both, on a day or on two, with plans and without."""
    chance = random.Random(SEED)
    found = []
    for number in range(count):
        first, second = chance.choice(PAIRS)
        sides = chance.choice(["home", "home", "list", "both"])
        include = chance.choice(list(INCLUDED.values()))
        found.append(
            {
                "ask": "walk",
                "script": scripts[number % len(scripts)],
                "resident": chance.choice(HOMES) if sides != "list" else None,
                "practice": chance.choice(PRACTICES) if sides != "home" else None,
                "at": first,
                **({"and": second} if second else {}),
                "include": {one: one in include for one in ("planned", "proposed")},
            }
        )
    return found


def by_command(graph: orgmap.Graph, question: dict[str, Any]) -> dict[str, Any] | None:
    """What the command answers, in the page's words; nothing where it refuses."""
    include = [word for word, wanted in question["include"].items() if wanted]
    try:
        answer = graph.walk(
            question["script"],
            resident=question["resident"],
            practice=question["practice"],
            at=question["at"],
            and_=question.get("and"),
            include=include,
        ).to_dict()
    except OrgmapError:
        return None
    [case] = answer["cases"]
    return {
        "places": [{key: one[key] for key in ("side", "described")} for one in case["places"]],
        "counts": case["counts"],
        "sources": [source["source"] for source in case["sources"]],
        "steps": [
            {
                "text": step["text"],
                "service": step["service"]["name"],
                "sources": [source["source"] for source in step["sources"]],
                "cells": [_cell(cell) for cell in step["cells"]],
            }
            for step in case["steps"]
        ],
        "bodies": [
            {
                "at": one["at"],
                "body": one["body"]["id"],
                "complaint": one["complaint"] and one["complaint"]["text"],
                "scrutiny": [
                    {
                        "body": line["body"]["id"],
                        "sentences": [said["text"] for said in line["sentences"]],
                    }
                    for line in one["scrutiny"]
                ],
            }
            for one in case["bodies"]
        ],
    }


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": cell["at"],
        "applies": cell["applies"],
        "notes": cell["notes"],
        "flags": [{key: flag[key] for key in flag if key != "law"} for flag in cell["flags"]],
        "answers": [
            {
                "side": one["side"],
                "counts": one["counts"],
                "part": one["part"],
                "commissioner": one["commissioner"]["id"],
                "name": one["commissioner"]["name"],
                "through": [other["id"] for other in one["acting_through"]],
                "behalf": [other["id"] for other in one["on_behalf_of"]],
                "population": one["population"],
                "basis": one["basis"],
                "status": one["status"],
                "stated_on": one["stated_on"],
                "share": one.get("share", 1),
                "share_of": one.get("share_of", ""),
                "notes": one.get("notes", []),
                "sources": [source["source"] for source in one["sources"]],
            }
            for one in cell["answers"]
        ],
    }


def differences(page: Any, expected: Any, where: str = "") -> Iterator[str]:
    """Where two answers differ, so that a failure can be read."""
    if isinstance(page, dict) and isinstance(expected, dict):
        for key in expected:
            yield from differences(page.get(key), expected[key], f"{where}.{key}")
    elif isinstance(page, list) and isinstance(expected, list) and len(page) == len(expected):
        for number, (one, other) in enumerate(zip(page, expected, strict=True)):
            yield from differences(one, other, f"{where}[{number}]")
    elif page != expected:
        yield f"{where}: {page!r}, the command: {expected!r}"


def test_a_walk_on_the_page_is_the_walk_of_the_command(model: Model, graph: orgmap.Graph) -> None:
    scripts = [one["id"] for one in graph.walk()]
    assert [one["id"] for one in model.parts["main"]["walks"]] == scripts
    questions = asked(scripts, 60)
    wrong, walked, flags = [], 0, set()
    for question, page in zip(questions, model.answers(questions), strict=True):
        expected = by_command(graph, question)
        if expected is None or isinstance(page, str):
            wrong += [] if expected is None and isinstance(page, str) else [(question, page)]
            continue
        walked += 1
        flags |= expected["counts"].keys()
        wrong += [(question, found) for found in [list(differences(page, expected))[:4]] if found]
    assert wrong == []
    assert walked > 50
    assert {"TWO", "MOVED", "NOT KNOWN"} <= flags


def test_a_page_of_what_was_known_on_a_day_has_walks_and_nobody_who_came_later(england: Store) -> None:
    known = packs(known_then(england, "2013-06-01"))["main"]
    assert len(known["walks"]) == 15
    later = known["meta"]["today"]
    bodies = known["bodies"]
    assert not [one for one, day in zip(bodies["id"], bodies["from"], strict=True) if (day or 0) > later]
