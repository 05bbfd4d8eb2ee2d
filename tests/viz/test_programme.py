"""The picture of a programme: every step by stream, and how it stands by shape as well as by colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap import Graph, NothingFound, WrongUse
from orgmap.viz.programme.picture import draw_programme
from tests.kent import KENT_THROUGH_TIME
from tests.spec.test_due import STEPS
from tests.worlds import in_sqlite, world

HOSTILE = "</style><script>alert(1)</script>"


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    """Kent with a merger ahead."""
    with Graph(in_sqlite(world(KENT_THROUGH_TIME + STEPS))) as opened:
        yield opened


def shape(picture: str, step: str) -> set[str]:
    """The shapes that mark a step."""
    [drawn] = re.findall(rf'<(?:a|g)[^>]* data-id="{step}">(.*?)</(?:a|g)>', picture, re.S)
    return {
        tag
        for tag, look in re.findall(r'<(rect|circle|polygon) class="([a-z ]+)"', drawn)
        if look != "stream"
    }


def test_a_step_is_done_open_or_ahead_by_its_shape_and_said_so_in_the_table(graph: Graph) -> None:
    page = draw_programme(graph.store, "m", at="2019-09-30")
    assert {step: shape(page, step) for step in ("ask", "vote", "plan", "some_day")} == {
        "ask": {"rect"}, "vote": {"circle"}, "plan": {"polygon"}, "some_day": set(),
    }  # fmt: skip
    assert "6 steps by stream, each on the day that counts: 1 done, 1 open, 3 ahead." in page
    for words in (
        "done 2019-08-16",
        "open: no evidence recorded",
        "Hangs on: both votes",
        "not that it was missed",
    ):
        assert words in page
    assert 'class="ahead hangs"' in page


def test_only_what_had_been_said_by_the_day_is_drawn(graph: Graph) -> None:
    page = draw_programme(graph.store, "m", at="2019-07-01")
    assert shape(page, "ask") == {"polygon"}
    assert "They vote." not in page
    with pytest.raises(NothingFound, match="There are: m"):
        draw_programme(graph.store, "n", at="2019-09-30")


def test_plain_svg_says_the_same_without_links(graph: Graph) -> None:
    picture = graph.draw("programme", "m", format="svg", at="2019-09-30").text
    assert picture.startswith("<?xml")
    assert "<a " not in picture
    assert shape(picture, "vote") == {"circle"}
    assert "Settled." in picture


def test_no_script_runs_whatever_a_step_says() -> None:
    drawn = KENT_THROUGH_TIME + STEPS.replace("They vote.", HOSTILE).replace("| vote   |", f"| {HOSTILE} |")
    with Graph(in_sqlite(world(drawn))) as graph:
        assert "<script>alert" not in draw_programme(graph.store, "m", at="2019-09-30")


def test_ones_own_steps_are_drawn_from_a_file(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "merger.csv"
    file.write_text("id,step,due,done,stream\na,Vote,2026-09-30,2026-09-29,law\nb,Begin,2027-04,,law\n")
    page = graph.draw("programme", file=file, at="2026-11-27").text
    assert (shape(page, "a"), shape(page, "b")) == ({"rect"}, {"polygon"})
    assert "Programme merger: its steps" in page
    with pytest.raises(WrongUse, match="Name a programme"):
        graph.draw("programme")
