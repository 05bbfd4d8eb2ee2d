"""The picture of lifelines: every body, every change, readable, and nothing shown in force that was not."""

from __future__ import annotations

import re

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.change.lifelines import lifelines
from orgmap.viz.kit.svg import esc
from orgmap.viz.timeline.labels import axis_of, labels_of, lines_of
from orgmap.viz.timeline.picture import draw_timeline
from tests.viz.looking import Looking
from tests.viz.test_lineage import PLANS
from tests.worlds import in_networkx, world

GROUPS = ["ccg:09C", "ccg:09E", "ccg:10A", "ccg:10D", "ccg:10E", "ccg:09J", "ccg:09W", "ccg:99J"]
EIGHT = ["ccg:10E", "pct:5QA", "icb:QKS", "sha:Q37", "at:Q67", "stp:QKS", "ccg:91Q", "national:nhs_england"]
NASTY = """
entities
id      | name                                        | valid_from | valid_until
ccg:AAA | </script><script>window.hacked=1</script>   | 2013-04-01 | 2020-04-01
ccg:BBB | <img src=x onerror="window.hacked=2"> & 'q' | 2020-04-01 |

events
id | kind     | date       | note
m  | replaced | 2020-04-01 | " onfocus="window.hacked=3 <img src=x>

successions
event | predecessor | successor
m     | ccg:AAA     | ccg:BBB
"""
ASKED = [
    ["ccg:10E"],
    EIGHT,
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
    picture, tables = draw_timeline(store, asked).split('id="tables">', 1)
    for life in told.lives:
        labels = labels_of(told, life)
        assert {event.date for event, _ in life.changes if event.date} <= {label.day for label in labels}
        assert all(
            f"<title>{esc(f'{life.body.label}: {label.words}')}</title>" in picture for label in labels
        )
    changes = {event.id for life in told.lives for event, _ in life.changes}
    rows = re.findall(r'<tr id="(e[0-9]+)"', tables)
    assert len(rows) == len(set(rows)) == len(changes)
    linked = set(re.findall(r'href="#(e[0-9]+)"', picture))
    linked |= {one for ids in re.findall(r'data-changes="([^"]+)"', picture) for one in ids.split()}
    assert linked == set(rows)


@pytest.mark.parametrize("asked", ASKED)
def test_no_thread_crosses_the_words_of_another_mark(store: Store, asked: list[str]) -> None:
    from orgmap.viz.kit.widths import width

    told = lifelines(store, asked)
    for line in lines_of(told, axis_of(told), 44, 620):
        for one in line.said:
            for other in line.said:
                same_side = one.line * other.line > 0
                nearer = same_side and abs(other.line) < abs(one.line)
                assert not (nearer and other.left < one.x < other.left + width(other.words))


def test_the_words_that_need_most_room_go_first(store: Store) -> None:
    told = lifelines(store, EIGHT)
    lines = lines_of(told, axis_of(told), 44, 620)
    assert [line.life.body.id for line in lines if not line.wordy] == ["national:nhs_england"]


@pytest.mark.parametrize("form", ["html", "svg"])
def test_what_is_only_planned_is_drawn_if_asked_for_and_reads_so(form: str) -> None:
    store = in_networkx(world(PLANS))
    plain = draw_timeline(store, ["icb:QAA"], form)
    assert "planned" not in plain.partition("</svg>")[0].replace("(planned)", "")
    asked = draw_timeline(store, ["icb:QAA", "icb:QCC"], form, include=Include.of(["planned"]))
    assert "Planned for 1 April 2027: merged into Dale ICB" in asked
    assert "1 April 2027 (planned) to no end known" in asked
    for drawn in (plain, asked):
        assert "31 March 2027 (planned)" in drawn
        assert not re.search("[^a-z]ended[^a-z.]", drawn)
    if form == "html":
        assert "Plans that are not shown: 1; --include planned shows them" in plain


def test_a_body_that_is_only_planned_is_not_found_unless_plans_are_asked_for() -> None:
    with pytest.raises(NothingFound, match="--include planned"):
        draw_timeline(in_networkx(world(PLANS)), ["icb:QCC"])


def test_an_announced_board_was_planned_before_it_began(store: Store) -> None:
    assert "9 September 2025: planned" not in draw_timeline(store, ["icb:D7T5G"])
    shown = draw_timeline(store, ["icb:D7T5G"], include=Include.of(["planned"]))
    assert "9 September 2025: planned" in shown
    assert 'class="bar phase"' in shown


def test_tab_meets_each_body_then_its_events_and_enter_opens_them(store: Store, look: Looking) -> None:
    page = look.open(draw_timeline(store, ["ccg:10E", "pct:5QA"]))
    met = []
    for _ in range(13):
        page.keyboard.press("Tab")
        met.append(
            page.evaluate(
                "(one => one.matches('svg a') ? one.querySelector('title').textContent : '')(document.activeElement)"
            )
        )
    heads = [one.partition(":")[0].partition(",")[0] for one in met if one]
    assert heads == ["NHS Thanet CCG"] * 5 + ["Eastern and Coastal Kent PCT"] * 4
    merged = page.locator("svg.lives a", has_text="merged into NHS Kent and Medway CCG")
    merged.focus()
    page.keyboard.press("Enter")
    words = page.locator("dialog[open]").inner_text()
    assert all(one in words for one in ("Merged", "NHS Thanet CCG", "1 April 2020", "ODS"))
    assert look.axe() == []
    page.keyboard.press("Escape")
    assert "1 April 2020: merged" in page.evaluate("document.activeElement.textContent")
    assert look.errors == []


@pytest.mark.parametrize("form", ["html", "svg"])
def test_names_run_nothing(form: str, look: Looking) -> None:
    drawn = draw_timeline(in_networkx(world(NASTY)), ["ccg:AAA", "ccg:BBB"], form)
    assert "<img" not in drawn
    page = look.open(drawn if form == "html" else f"<!DOCTYPE html>{drawn.partition('?>')[2]}")
    if form == "html":
        page.locator('svg.lives a[href^="#e"]').first.press("Enter")
        assert "<img" in page.locator("dialog[open]").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert look.errors == []


def test_the_svg_is_a_file_of_its_own_with_days_and_sources(store: Store) -> None:
    from xml.etree import ElementTree

    svg = draw_timeline(store, EIGHT, "svg")
    root = ElementTree.fromstring(svg.encode())
    titles = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert all("Sources: [" in one for one in titles[1:])
    assert any("31 March 2020. Sources" in one for one in titles)
    assert "[1] " in svg
    assert "Contains OS data" in svg
    assert " href=" not in svg


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
    page = draw_timeline(store, ASKED[-1])
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
    assert look.narrow(draw_timeline(store, ASKED[1]), "svg.lives") == {"picture": True, "sideways": False}


def test_axe_finds_nothing_serious(store: Store, look: Looking) -> None:
    look.at(draw_timeline(store, ASKED[1]), "svg.lives")
    assert look.axe() == []


def test_a_place_has_the_lives_of_its_commissioners_with_their_words(store: Store) -> None:
    page = draw_timeline(store, [], within="Cumbria")
    assert "Cumbria: timeline of its local commissioners" in page
    assert {"ccg:01H", "ccg:01K", "pct:5NE"} <= set(re.findall(r'data-id="([^"]+)"', page))
    assert "too many for the picture" not in page


def test_the_label_of_a_plan_says_how_sure_it_is(store: Store) -> None:
    page = draw_timeline(store, ["council:E10000030"], include=Include.of("planned"))
    assert "Planned for 1 April 2027, enacted: " in page


def test_plans_that_are_asked_for_by_one_status_are_shown(store: Store) -> None:
    page = draw_timeline(store, ["council:E10000030"], include=Include.of("enacted"))
    assert "Planned for 1 April 2027, enacted: " in page
    page = draw_timeline(store, ["council:E10000030"], include=Include.of("proposed"))
    assert "Planned for 1 April 2027" not in page
    assert "Plans that are not shown" in page
