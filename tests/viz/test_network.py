"""The explorer in a browser: it asks no network, lets nothing run, and serves eye, keyboard and screen reader alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.store import Store
from orgmap.queries.structure.network import network
from orgmap.viz.network.picture import LARGEST, draw_network
from orgmap.viz.network.scenes import FIRST, box_names, first_view
from tests.viz.looking import Looking
from tests.worlds import in_networkx, many, world

pytest.importorskip("pyvis", reason="pyvis (extra pictures) is not installed")

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
ASKED = [
    ("ccg:10E", 1, "2013-06-01"),
    ("ccg:10E", 2, "2013-06-01"),
    ("ccg:91Q", 1, "2021-06-01"),
    ("icb:QKS", 2, "2024-06-01"),
    ("region:Y57", 2, "2013-06-01"),
    ("stp:QOP", 2, "2021-06-01"),
    ("council:E10000006", 3, "2014-06-01"),
    ("pct:5QA", 1, "2012-01-01"),
]

PLACES = [
    ("icb:QOP", 1, "2024-06-01"),
    ("region:Y56", 1, "2024-06-01"),
    ("ccg:01H", 2, "2014-06-01"),
]
"""Greater Manchester, London and Cumbria."""

NASTY = """
entities
id      | name                                        | valid_from | valid_until
ccg:AAA | </script><script>window.hacked=1</script>   | 2013-04-01 | 2020-04-01
at:Q01  | <img src=x onerror="window.hacked=2"> & 'q' | 2013-04-01 | 2015-04-01
ccg:BBB | " onfocus="window.hacked=3                  | 2013-04-01 |

relationships
subject | verb    | object | valid_from | valid_until
ccg:AAA | part_of | at:Q01 | 2013-04-01 | 2015-04-01
ccg:BBB | part_of | at:Q01 | 2013-04-01 | 2015-04-01
"""


def opened(eyes: Looking, html: str, width: int = 1280, height: int = 800) -> Any:
    """The page, after its script has unpacked and drawn."""
    page = eyes.open(html, width, height)
    page.wait_for_selector("#network-status:not(:empty)", state="attached")
    return page


def stops(page: Any) -> list[str]:
    """The ids of the bodies that the canvas shows, as keyboard and screen reader meet them."""
    found: list[str] = page.eval_on_selector_all(
        "#network-stops a[data-id]", "all => all.map(a => a.dataset.id)"
    )
    return found


@pytest.mark.parametrize(("body", "hops", "at"), ASKED)
def test_a_page_needs_no_network_and_begins_with_few_bodies(
    england: Store, eyes: Looking, body: str, hops: int, at: str
) -> None:
    html = draw_network(england, body, "html", hops, at)
    assert len(html.encode()) <= LARGEST
    page = opened(eyes, html)
    assert (eyes.requests, eyes.errors) == ([], [])
    told = network(england, body, hops, at)
    shown = {box.body for box in first_view(told, at, box_names(told)).boxes}
    assert set(stops(page)) == shown
    assert 1 < len(shown) <= FIRST
    listed = page.eval_on_selector_all("#bodies-now tr", "all => all.map(row => row.id)")
    assert set(listed) == set(told.distances(at))


@pytest.mark.parametrize(("body", "hops", "at"), [*ASKED, *PLACES])
def test_title_and_picture_lie_in_the_first_window(
    england: Store, eyes: Looking, body: str, hops: int, at: str
) -> None:
    page = opened(eyes, draw_network(england, body, "html", hops, at))
    area = page.locator("#network-canvas").bounding_box()
    assert area["y"] + area["height"] <= 800
    assert page.locator("h1").bounding_box()["y"] >= 0


@pytest.mark.parametrize(("body", "hops", "at"), ASKED)
def test_the_first_view_overlaps_nowhere_and_fits_its_window(
    england: Store, eyes: Looking, body: str, hops: int, at: str
) -> None:
    page = opened(eyes, draw_network(england, body, "html", hops, at))
    page.evaluate(
        "document.querySelector('.drawn').classList.remove('drawn'), document.querySelector('.stage').hidden = true"
    )
    assert page.evaluate(MEASURE)["faults"] == []


def test_the_same_question_gives_the_same_bytes(england: Store) -> None:
    first, second = (draw_network(england, "icb:QKS", "html", 2, "2024-06-01") for _ in range(2))
    assert first == second


def test_the_library_keeps_its_licence_notice_and_no_address_to_fetch_from(england: Store) -> None:
    html = draw_network(england, "ccg:10E", "html", 1, "2013-06-01")
    assert "vis.js is dual licensed" in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert "sourceMappingURL" not in html


def test_names_run_nothing(eyes: Looking) -> None:
    store = in_networkx(world(NASTY))
    page = opened(eyes, draw_network(store, "at:Q01", "html", 1, "2014-01-01"))
    page.locator("#network-stops a").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.fill("#network-search", "<img")
    page.keyboard.press("Enter")
    assert page.locator("dialog[open] h2").inner_text() == "<img src=x onerror=\"window.hacked=2\"> & 'q'"
    assert page.evaluate("window.hacked") is None
    assert (eyes.requests, eyes.errors) == ([], [])
    svg = draw_network(store, "at:Q01", "svg", 1, "2014-01-01")
    assert "<img" not in svg
    assert "<script" not in svg
    page = eyes.open(f"<!DOCTYPE html>{svg.partition('?>')[2]}")
    assert page.evaluate("window.hacked") is None
    assert eyes.errors == []


def test_axe_finds_nothing_serious(england: Store, eyes: Looking) -> None:
    page = opened(eyes, draw_network(england, "ccg:10E", "html", 2, "2013-06-01"))
    page.locator("#network-filters summary").click()
    assert eyes.axe() == []


def test_every_body_is_reached_by_tab_opened_by_enter_and_left_by_escape(
    england: Store, eyes: Looking
) -> None:
    page = opened(eyes, draw_network(england, "ccg:10E", "html", 1, "2013-06-01"))
    wanted = set(stops(page))
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.id || ''"))
    assert wanted <= reached
    assert eyes.opens("at:Q67") == ("Kent and Medway Area Team", "at:Q67")


def test_a_click_on_the_canvas_opens_a_body_with_its_days_and_sources(england: Store, eyes: Looking) -> None:
    page = opened(eyes, draw_network(england, "ccg:10E", "html", 1, "2013-06-01"))
    told = network(england, "ccg:10E", 1, "2013-06-01")
    scene = first_view(told, told.at, box_names(told))
    box = next(one for one in scene.boxes if one.body == "at:Q67")
    label = next(one for one in scene.labels if one.name == "part of")
    area = page.locator("#network-canvas").bounding_box()

    def click(x: float, y: float) -> None:
        page.mouse.click(
            area["x"] + area["width"] / 2 + x - scene.width / 2,
            area["y"] + area["height"] / 2 + y - scene.height / 2,
        )
        page.wait_for_selector("dialog[open]")

    click(box.x + 60, box.y + box.height / 2)
    text = page.locator("dialog[open]").inner_text()
    assert all(
        word in text
        for word in ("Kent and Medway Area Team", "1 April 2013", "Sources", "Relations on 1 June 2013")
    )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.id") == "at:Q67"
    click(label.x + 10, label.y + 9)
    text = page.locator("dialog[open]").inner_text()
    assert all(word in text for word in ("NHS Thanet CCG", "part of", "31 March 2015", "Sources"))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.label") is not None


def test_the_day_shows_what_was_in_force(england: Store, eyes: Looking) -> None:
    page = opened(eyes, draw_network(england, "ccg:10E", "html", 1, "2013-06-01"))
    for day, there, gone in (
        (day_before("2015-04-01"), "at:Q67", "lo:Q81"),
        ("2015-04-01", "lo:Q81", "at:Q67"),
    ):
        page.fill("#network-day", day)
        page.locator("#network-day").dispatch_event("change")
        listed = page.eval_on_selector_all("#bodies-now tr", "all => all.map(row => row.id)")
        assert there in stops(page)
        assert gone not in stops(page)
        assert set(listed) == set(network(england, "ccg:10E", 1, day).distances(day))
    page.fill("#network-day", "2020-04-01")
    page.locator("#network-day").dispatch_event("change")
    assert (
        "NHS Thanet CCG was not in force on 1 April 2020; followed by NHS Kent and Medway CCG (ccg:91Q)"
        in page.inner_text("#network-status")
    )
    assert stops(page) == ["ccg:10E"]


def test_more_than_the_first_bodies_are_shown_when_asked_for(england: Store, eyes: Looking) -> None:
    page = opened(eyes, draw_network(england, "ccg:91Q", "html", 1, "2021-06-01"))
    page.click("text=Show all 431")
    assert "Show all 431 bodies?" in page.inner_text("#network-ask")
    assert eyes.axe() == []
    page.click("text=Keep the picture")
    assert len(stops(page)) <= FIRST
    page.click("text=Show all 431")
    page.locator("#network-yes").press("Enter")
    assert len(stops(page)) == 431
    assert page.evaluate("document.activeElement.id") == "network-all"
    page.click("text=Show fewer")
    assert len(stops(page)) <= FIRST
    page = opened(eyes, draw_network(england, "ccg:91Q", "html", 1, "2021-06-01", everything=True))
    assert len(stops(page)) == 431


def test_filters_and_search(england: Store, eyes: Looking) -> None:
    page = opened(eyes, draw_network(england, "ccg:10E", "html", 1, "2013-06-01"))
    page.locator("#network-filters summary").click()
    before = sum(one.startswith("practice:") for one in stops(page))
    page.get_by_label("GP practices").uncheck()
    assert 0 < sum(one.startswith("practice:") for one in stops(page)) < before
    page.get_by_label("prescribing cost centres").uncheck()
    assert not any(one.startswith("practice:") for one in stops(page))
    page.get_by_label("GP practices").check()
    page.get_by_label("part of", exact=True).uncheck()
    told = page.eval_on_selector_all("#network-stops a[data-label]", "all => all.map(a => a.textContent)")
    assert told
    assert not any("part of" in line for line in told)
    page.fill("#network-search", "bethesda")
    assert "Found in the tables: 1 body" in page.inner_text("#network-status")
    page.locator("#network-search").press("Enter")
    assert page.locator("dialog[open] h2").inner_text() == "Bethesda Medical Centre"


def test_on_a_narrow_window_the_picture_stands_above_the_list(england: Store, eyes: Looking) -> None:
    html = draw_network(england, "ccg:10E", "html", 1, "2013-06-01")
    page = opened(eyes, html, 320, 700)
    assert page.locator("#network-canvas").is_visible()
    assert page.locator("#bodies-now tr").first.is_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_without_javascript_picture_and_tables_stand_there(england: Store, eyes: Looking) -> None:
    html = draw_network(england, "ccg:10E", "html", 1, "2013-06-01")
    still = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    page = eyes.open(still)
    assert page.locator("svg.network").is_visible()
    assert page.locator(".controls").is_hidden()
    assert page.locator("#bodies-now tr").count() == 31
    for link in page.locator("svg.network a").all():
        assert page.locator(f"[id='{link.get_attribute('href')[1:]}']").count() == 1


def test_an_ended_body_is_shown_on_its_last_day_and_names_its_successor(england: Store) -> None:
    html = draw_network(england, "ccg:10E")
    assert "On 31 March 2020." in html
    assert "shown on its last day; followed by NHS Kent and Medway CCG (ccg:91Q)." in html
    assert re.search(r"1 April 2020: merged; followed by NHS Kent and Medway CCG \(ccg:91Q\)", html)


def test_on_a_day_after_its_end_it_is_refused_with_the_names_of_those_who_followed(england: Store) -> None:
    with pytest.raises(NothingFound, match=r"followed by .*NHS Thanet CCG \(ccg:10E\)"):
        draw_network(england, "pct:5QA", at="2016-01-01")


def test_what_holds_by_rule_stands_around_a_body(england: Store) -> None:
    told = network(england, "icb:QKS", 1, "2024-01-01")
    near = {one: told.bodies[one].kind for one in told.distances("2024-01-01")}
    assert "national:nhs_england" in near
    assert "upper_tier_council" in near.values()
    told = network(england, "national:nhs_england", 1, "2016-01-01")
    near = {one: told.name(one) for one in told.distances("2016-01-01")}
    assert {"Secretary of State for Health", "All clinical commissioning groups"} <= set(near.values())
    assert len(near) > 10


def test_a_search_meets_bodies_by_their_own_names_first(england: Store, eyes: Looking) -> None:
    page = opened(eyes, draw_network(england, "icb:QKS", "html", 1, "2024-01-01"))
    page.fill("#network-search", "medway")
    named = page.eval_on_selector_all(
        "#bodies-now tr:not([hidden])", "all => all.map(row => row.cells[0].textContent.includes('Medway'))"
    )
    assert named == sorted(named, reverse=True)
    assert "by name" in page.inner_text("#network-status")


def test_where_the_picture_does_not_hold_all_the_tables_print_too(england: Store, eyes: Looking) -> None:
    for body, day, both in (("ccg:91Q", "2021-06-01", True), ("icb:QKS", "2024-01-01", False)):
        page = opened(eyes, draw_network(england, body, "html", 1, day))
        page.emulate_media(media="print")
        assert page.locator("svg.network").is_visible()
        assert page.locator("#bodies-now tr").first.is_visible() == both
        page.emulate_media(media="null")


def test_what_is_left_out_is_said(england: Store) -> None:
    said: list[str] = []
    draw_network(england, "ccg:91Q", "svg", 1, "2021-06-01", say=said.append)
    assert any("of 431 bodies are drawn at first; --all draws all." in one for one in said)


def test_two_thousand_bodies_fit_into_a_page() -> None:
    store = in_networkx(world(many(2_000)))
    assert len(draw_network(store, "region:Y57", "html", 2, "2014-01-01").encode()) <= LARGEST


def test_more_than_a_page_holds_is_wrong_use(england: Store) -> None:
    with pytest.raises(WrongUse, match="fewer --hops"):
        draw_network(england, "national:nhs_england", "html", 4, "2014-01-01")


def test_the_svg_is_a_file_of_its_own_with_days_and_sources(england: Store) -> None:
    from xml.etree import ElementTree

    svg = draw_network(england, "ccg:10E", "svg", 1, "2013-06-01")
    root = ElementTree.fromstring(svg.encode())
    titles = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert len(titles) > 20
    assert all("Sources: [" in one for one in titles)
    assert any("Kent and Medway Area Team, NHS England area team, 1 April 2013 to" in one for one in titles)
    assert any("NHS Thanet CCG: part of Kent and Medway Area Team, 1 April 2013 to" in one for one in titles)
    assert "[1] " in svg
    assert "Contains OS data" in svg
    assert " href=" not in svg


def test_the_policy_names_the_library_and_nothing_that_a_name_could_bring(england: Store) -> None:
    html = draw_network(england, "ccg:10E", "html", 1, "2013-06-01")
    policy = re.search(r"script-src ([^;]+);", html)
    assert policy
    assert re.fullmatch(r"'sha256-[^' ]+' 'sha256-[^' ]+'", policy[1])
