"""Before and after every reform, in a window of 1280 × 800: nothing overlaps, nothing is cut, nothing is missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.change.reforms import list_reforms
from orgmap.queries.structure.stand_ins import stand_ins
from orgmap.queries.structure.structure import structure
from orgmap.viz.before_after.picture import draw_diff, draw_reform
from tests.sampled import some
from tests.viz.looking import Looking
from tests.worlds import STORES, world

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
PLACES = ("Kent and Medway", "Greater Manchester", "London", "Cumbria")
KENT = "Kent and Medway"
MAIN = (
    *("2002-04-01", "2006-10-01", "2013-04-01", "2015-04-01", "2016-04-01"),
    *("2019-10-01", "2020-04-01", "2022-07-01", "2026-04-01"),
)
"""The days of the main reforms."""
VIEWS = ("accountability", "commissioning", "membership", "geography", "money")


def measured(eyes: Looking, html: str) -> dict[str, Any]:
    """What is wrong with a page, in a window of 1280 × 800, and which bodies it draws and lists."""
    found: dict[str, Any] = eyes.open(html).evaluate(MEASURE)
    assert (eyes.requests, eyes.errors) == ([], [])
    return found


def check(eyes: Looking, html: str, what: str) -> None:
    """Nothing is wrong with the page: it is small, draws every line, and picture and tables hold the same bodies."""
    found = measured(eyes, html)
    assert found["faults"] == [], what
    assert found["drawn"] == found["listed"], what
    assert "not drawn" not in html, what
    assert len(html.encode()) <= 300 * 1024, what


@pytest.mark.parametrize("place", some(PLACES, 2))
def test_the_structure_around_every_reform(england: Store, eyes: Looking, place: str) -> None:
    drawn = 0
    for date in sorted({str(reform["valid_from"]) for reform in list_reforms(england)}):
        try:
            html = draw_diff(england, day_before(date), date, within=place)
        except NothingFound:
            continue  # the tables do not know the area on that day: `orgmap diff` says the same
        check(eyes, html, f"{place} {date}")
        drawn += 1
    assert drawn > 10


@pytest.mark.parametrize("place", some(PLACES, 2))
@pytest.mark.parametrize("view", VIEWS)
def test_every_view(england: Store, eyes: Looking, place: str, view: str) -> None:
    drawn = 0
    for date in MAIN:
        try:
            html = draw_diff(england, day_before(date), date, within=place, view=view)
        except NothingFound:
            continue
        check(eyes, html, f"{place} {date} {view}")
        drawn += 1
    assert drawn > 5


@pytest.mark.parametrize("view", ["structure", *VIEWS])
@pytest.mark.parametrize("date", some(["2013-04-01", "2006-10-01", "2026-04-01", "2022-07-01"], 2))
def test_all_of_england(england: Store, eyes: Looking, date: str, view: str) -> None:
    check(eyes, draw_diff(england, day_before(date), date, view=view), f"{date} {view}")


def test_two_days_many_years_apart(england: Store, eyes: Looking) -> None:
    for place in PLACES:
        # Eleven years of London's practices come and go: more to list than any reform.
        check(eyes, draw_diff(england, "2012-06-01", "2023-06-01", within=place), place)


def test_one_service(england: Store, eyes: Looking) -> None:
    html = draw_diff(
        england, "2015-09-30", "2015-10-01", within=KENT, view="commissioning", service="health visiting"
    )
    check(eyes, html, "health visiting")
    lines = set(re.findall(r'data-name="([^"]+)" data-from="([^"]+)"', html))
    assert ("acts through", "national-span-unchanged-nhs_england") in lines
    assert {
        ("commissions for", one) for one in ("national-span-unchanged-nhs_england", "council-span-unchanged")
    } <= lines


def test_where_only_a_relation_changed_the_page_does_not_say_that_nothing_did(
    england: Store, eyes: Looking
) -> None:
    asked = {"within": "Thanet", "view": "commissioning", "service": "health visiting"}
    passed = draw_diff(england, "2015-09-30", "2015-10-01", **asked)
    check(eyes, passed, "Thanet")
    assert "No body of this place began, ended or took another name" in passed
    assert "lines that stand on one side only tell what changed" in passed
    stayed = draw_diff(england, "2015-10-01", "2015-10-02", **asked)
    check(eyes, stayed, "Thanet, the day after")
    assert "No body of this place began, ended or took another name between the two days." in stayed
    assert "one side only" not in stayed


def test_a_page_holds_every_body_of_the_structure_and_none_that_only_stands_for_many(
    england: Store, eyes: Looking
) -> None:
    told = structure(england, "2013-03-31", "2013-04-01", within=KENT)
    found = measured(eyes, draw_reform(england, "2013", within=KENT))
    assert set(found["drawn"]) == set(told.bodies) - stand_ins().keys()


def test_the_same_question_gives_the_same_bytes(england: Store) -> None:
    for form in ("html", "svg"):
        first, second = (draw_reform(england, "2013", form, within=KENT) for _ in range(2))
        assert first == second


def row(html: str, one: str) -> str:
    """A body's row in the table, as text."""
    found = re.search(rf'<tr id="{re.escape(one)}".*?</tr>', html)
    assert found, one
    return re.sub(r"<[^>]+>", " ", found.group())


def test_a_merged_group_is_called_merged_and_links_its_successor(england: Store) -> None:
    html = draw_reform(england, "2020_ccg_mergers", within=KENT)
    assert "Merged into" in row(html, "ccg:10E")
    assert "Abolished" not in row(html, "ccg:10E")
    assert re.search(r'<tr id="ccg:10E".*?<a href="#ccg:91Q">', html)
    assert "→ Merged:" in html


def test_a_body_without_successor_says_so(england: Store) -> None:
    html = draw_reform(england, "2013", within=KENT)
    assert "Abolished: no successor named" in row(html, "sha:Q37")


def test_the_days_are_the_first_and_the_last(england: Store) -> None:
    words = row(draw_reform(england, "2013", within=KENT), "ccg:10E")
    assert "1 April 2013" in words
    assert "31 March 2020" in words


def test_a_date_that_is_not_known_says_so(england: Store) -> None:
    assert "date not known" in row(draw_reform(england, "2013", within=KENT), "council:E10000016")


def test_every_body_and_every_line_offers_its_source(england: Store) -> None:
    html = draw_reform(england, "2013", within=KENT)
    rows = re.findall(r'<tr id="[^"]+" data-(?:id|line)=.*?</tr>', html)
    assert len(rows) > 40
    assert [one for one in rows if 'href="#s' not in one] == []
    for number in set(re.findall(r'href="#s(\d+)"', html)):
        assert f'<li id="s{number}">' in html


def test_money_that_no_source_states_is_said_to_be_not_stated(england: Store) -> None:
    html = draw_diff(england, "2006-06-30", "2006-07-01", within=KENT, view="money")
    assert "Not stated" in html


def test_the_attributions_stand_on_page_and_svg(england: Store) -> None:
    for form in ("html", "svg"):
        words = draw_reform(england, "2013", form, within=KENT)
        for one in (
            "NHS Organisation Data Service",
            "Office for National Statistics",
            "OS data",
            "Royal Mail",
        ):
            assert one in words


def test_no_official_identity_is_borrowed(england: Store) -> None:
    words = draw_reform(england, "2013", within=KENT).lower()
    for one in ("frutiger", "gds transport", "005eb8", "<img", "crest", "logo"):
        assert one not in words


def test_plain_svg_needs_nothing_else(england: Store, eyes: Looking) -> None:
    from xml.etree import ElementTree

    svg = draw_reform(england, "2013", "svg", within=KENT)
    root = ElementTree.fromstring(svg.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Health and Social Care Act 2012" in svg
    assert "href" not in svg


def titles(svg: str, kind: str) -> list[str]:
    """What bodies, groups or lines of a plain SVG offer a pointer."""
    from xml.etree import ElementTree

    links = ElementTree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}a")
    return [
        link.findtext("{http://www.w3.org/2000/svg}title") or "" for link in links if link.get(f"data-{kind}")
    ]


@pytest.mark.parametrize("view", ["structure", "accountability"])
def test_plain_svg_offers_the_sources_of_bodies_and_lines(england: Store, view: str) -> None:
    svg = draw_reform(england, "2013", "svg", within=KENT, view=view)
    told = {kind: titles(svg, kind) for kind in ("id", "group", "line")}
    for kind, words in told.items():
        assert words, kind
        assert [one for one in words if not re.search(r"Sources: .+ \[\d+\]\.", one)] == []
    for number in {
        number for words in told.values() for one in words for number in re.findall(r"\[(\d+)\]", one)
    }:
        assert f">[{number}] " in svg  # the list at the foot


def test_plain_svg_names_the_successors(england: Store) -> None:
    words = " ".join(titles(draw_reform(england, "2020_ccg_mergers", "svg", within=KENT), "id"))
    assert re.search(
        r"NHS Thanet CCG \(ccg:10E\), from 1 April 2013 to 31 March 2020. Merged into NHS Kent", words
    )


PLAN = """
entities
id      | name       | valid_from | valid_until
ccg:10E | Thanet     | 2013-04-01 | 2099-04-01
ccg:09E | Canterbury | 2013-04-01 | 2099-04-01
icb:QKS | Kent       | 2099-04-01 |

events
id   | kind   | date       | status  | stated_on
plan | merged | 2099-04-01 | planned | 2026-01-01

successions
event | predecessor | successor
plan  | ccg:10E     | icb:QKS

datasets
dataset | title | horizon    | as_of      | kinds
drawn   | Drawn | 2026-01-01 | 2026-01-01 | clinical_commissioning_group integrated_care_board
"""


@pytest.mark.parametrize("form", ["html", "svg"])
def test_what_is_to_end_by_a_plan_is_planned_to_end(form: str) -> None:
    store = STORES["sqlite"](world(PLAN))
    include = Include.of(["in_force", "planned"])
    told = draw_diff(store, "2099-03-31", "2099-04-01", form, include=include)
    words = re.sub(r"<[^>]+>", " ", told)
    assert "Planned to end" in words
    assert "31 March 2099 (planned)" in words
    assert "planned: merged into" in told
    for one in ("× Ended:", "→ Merged:", "Merged into"):
        assert one not in words
