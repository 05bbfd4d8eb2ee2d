"""The picture of lifelines: every body, every change, readable, and nothing shown in force that was not."""

from __future__ import annotations

import re

import pytest

from graphmodel.errors import NothingFound, WrongUse
from graphmodel.store import Store
from queries.lifelines import lifelines
from tests.viz.looking import Looking
from viz.marks import axis_of, lines_of, marks_of
from viz.timeline import draw_timeline

GROUPS = ["ccg:09C", "ccg:09E", "ccg:10A", "ccg:10D", "ccg:10E", "ccg:09J", "ccg:09W", "ccg:99J"]
ASKED = [
    ["ccg:10E"],
    ["ccg:10E", "icb:QKS", "pct:5QA", "sha:Q37", "at:Q67"],
    ["national:nhs_england", "stp:QKS", "trust:RVV", "practice:G82064"],
    ["pct:5QA", "pctc:kent_and_medway", *GROUPS, "ccg:91Q", "icb:QKS"],
]


@pytest.fixture
def store(england: Store) -> Store:
    return england


@pytest.fixture
def look(eyes: Looking) -> Looking:
    return eyes


@pytest.mark.parametrize("asked", ASKED)
def test_every_body_is_drawn_and_listed(store: Store, asked: list[str]) -> None:
    picture, tables = draw_timeline(store, asked).split('id="tables">', 1)
    assert re.findall(r'data-id="([^"]+)"', picture) == asked
    assert re.findall(r'<tr id="[^"]+" data-id="([^"]+)"', tables) == asked


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_overlaps_and_nothing_leaves_the_window(
    store: Store, look: Looking, asked: list[str]
) -> None:
    seen = look.at(draw_timeline(store, asked), "svg.lives")
    assert seen["faults"] == []
    assert seen["smallest"] >= 13.99
    assert seen["bottom"] <= 800
    assert look.errors == look.requests == []


@pytest.mark.parametrize("asked", ASKED)
def test_every_change_of_a_body_is_told(store: Store, asked: list[str]) -> None:
    told = lifelines(store, asked)
    page = draw_timeline(store, asked)
    for life in told.lives:
        marked = {mark.day for mark in marks_of(told, life)}
        assert {event.date for event, _ in life.changes if event.date} <= marked
        assert all(f'id="change-{event.id}"' in page for event, _ in life.changes)


@pytest.mark.parametrize("asked", ASKED)
def test_no_thread_crosses_the_words_of_another_mark(store: Store, asked: list[str]) -> None:
    from viz.text import width

    told = lifelines(store, asked)
    lines, _ = lines_of(told, axis_of(told), 44, 660)
    for line in lines:
        for one in line.said:
            for other in line.said:
                same_side = one.line * other.line > 0
                nearer = same_side and abs(other.line) < abs(one.line)
                assert not (nearer and other.left < one.x < other.left + width(other.mark.words))


def test_a_merger_is_told_with_its_successor_on_its_first_day(store: Store) -> None:
    page = draw_timeline(store, ["ccg:10E"])
    assert "1 April 2020: merged into NHS Kent and Medway CCG" in page
    assert "31 March 2020" in page


def test_a_shadow_form_is_not_drawn_as_in_force(store: Store) -> None:
    page = draw_timeline(store, ["ccg:10E"])
    assert "April 2012: in shadow form" in page
    assert 'class="bar phase"' in page


def test_a_day_that_is_not_known_reads_so(store: Store) -> None:
    page = draw_timeline(store, ["practice:G82064"])
    assert "date not known" in page
    assert "start not known" in page


def test_a_new_name_stands_on_its_day(store: Store) -> None:
    assert "1 April 2013: named NHS England" in draw_timeline(store, ["national:nhs_england"])


def test_where_there_are_many_the_table_keeps_the_words(store: Store) -> None:
    page = draw_timeline(store, ASKED[3])
    assert "too many for the picture" in page
    assert page.count("1 April 2020: merged into NHS Kent and Medway CCG") >= 8


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    assert draw_timeline(store, ASKED[1]) == draw_timeline(store, ASKED[1])
    assert draw_timeline(store, ASKED[1], "svg") == draw_timeline(store, ASKED[1], "svg")


def test_without_a_body_it_says_what_to_type(store: Store) -> None:
    with pytest.raises(WrongUse):
        draw_timeline(store, [])
    with pytest.raises(NothingFound):
        draw_timeline(store, ["No such body anywhere"])


def test_tab_enter_and_escape_work(store: Store, look: Looking) -> None:
    look.at(draw_timeline(store, ASKED[1]), "svg.lives")
    assert look.opens("icb:QKS") == ("NHS Kent and Medway Integrated Care Board", "icb:QKS")


def test_a_narrow_window_gets_the_list(store: Store, look: Looking) -> None:
    assert look.narrow(draw_timeline(store, ASKED[1]), "svg.lives") == {"picture": False, "sideways": False}


def test_axe_finds_nothing_serious(store: Store, look: Looking) -> None:
    look.at(draw_timeline(store, ASKED[1]), "svg.lives")
    assert look.axe() == []
