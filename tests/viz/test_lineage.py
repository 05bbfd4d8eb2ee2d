"""The picture of who replaced whom: readable, whole, the same every time, and true to the tables."""

from __future__ import annotations

import re

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.change.descent import Descent, descent_of, descent_within
from orgmap.queries.change.lineage import lineage
from orgmap.viz.lineage.columns import amounts, bands, columns, measure, nodes
from orgmap.viz.lineage.drawing import heads
from orgmap.viz.lineage.picture import draw_lineage
from tests.sampled import some
from tests.viz.looking import Looking
from tests.worlds import in_networkx, world

LARGEST = 330_000
"""Bytes that an overview may have."""

PLACE_KINDS = ("nhs_region", "integrated_care_board")
PLACES = ("Kent and Medway", "Greater Manchester", "London", "Cumbria")
PLANS = """
entities
id      | name     | valid_from | valid_until
icb:QAA | Vale ICB | 2022-07-01 | 2027-04-01
icb:QBB | Hill ICB | 2022-07-01 | 2027-04-01
icb:QCC | Dale ICB | 2027-04-01 |

events
id | kind   | date
m  | merged | 2027-04-01

successions
event | predecessor | successor
m     | icb:QAA     | icb:QCC
m     | icb:QBB     | icb:QCC

datasets
dataset | title  | horizon    | as_of      | kinds
boards  | Boards | 2026-10-09 | 2026-10-09 | integrated_care_board
"""

BAD = """</script><img src=x onerror="window.hacked=1">'"""

BODIES = ("ccg:10E", "pct:5QA", "icb:QKS", "sha:Q37", "hwb:E10000009", "national:nhs_england")


@pytest.fixture
def store(england: Store) -> Store:
    return england


@pytest.fixture
def look(eyes: Looking) -> Looking:
    return eyes


def _told(store: Store, name: str) -> Descent:
    return descent_of(store, name) if ":" in name else descent_within(store, name)


def _page(store: Store, name: str, form: str = "html") -> str:
    return draw_lineage(store, name, form) if ":" in name else draw_lineage(store, form=form, within=name)


@pytest.mark.parametrize("name", [*PLACES, *BODIES])
def test_every_body_is_drawn_and_listed_once(store: Store, name: str) -> None:
    page = _page(store, name)
    picture, tables = page.split('id="tables">', 1)
    drawn = set(re.findall(r'data-id="([^"]+)"', picture))
    drawn |= {one for ids in re.findall(r'data-ids="([^"]+)"', picture) for one in ids.split()}
    listed = re.findall(r'<tr id="([^"]+:[^"]+)"', tables)
    assert drawn == set(listed) == set(_told(store, name).bodies)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("name", [*PLACES, *BODIES])
def test_the_same_question_gives_the_same_bytes(store: Store, name: str) -> None:
    assert _page(store, name) == _page(store, name)


@pytest.mark.parametrize("name", ["ccg:10E", "pct:5QA", "icb:QKS"])
def test_the_picture_holds_what_lineage_answers(store: Store, name: str) -> None:
    told = descent_of(store, name)
    events = [event for event in lineage(store, name)["events"] if event["kind"] != "clustered"]
    ends = {body["id"] for event in events for body in (*event["predecessors"], *event["successors"])}
    assert ends | {name} == set(told.bodies)
    pairs = {(pair["predecessor"], pair["successor"]) for event in events for pair in event["pairs"]}
    pairs = {pair for pair in pairs if all(pair)}
    assert pairs <= {(flow.predecessor, flow.successor) for flow in told.flows}


@pytest.mark.parametrize("name", PLACES)
def test_bodies_stand_after_all_that_they_replaced(store: Store, name: str) -> None:
    told = _told(store, name)
    column = columns(told)
    assert all(column[flow.predecessor] < column[flow.successor] for flow in told.flows)


def test_a_band_is_as_wide_as_the_practices_that_passed_on(store: Store) -> None:
    told = descent_within(store, "Kent and Medway")
    assert measure(told) == "practices"
    passed = amounts(told)
    event = "2020-04-01-merged-ccg-91Q"
    assert passed["ccg:10E", "ccg:91Q", event] == told.practices["ccg:10E"] > 0
    bars = nodes(told, 36)
    joined = {(band.source, band.target): band.amount for band in bands(told, bars)}
    assert joined["ccg:10E", "ccg:91Q"] == told.practices["ccg:10E"]


def test_a_picture_says_what_its_widths_mean(store: Store) -> None:
    assert "as wide as the number of GP practices" in _page(store, "Kent and Medway")
    assert "Widths do not tell numbers" in _page(store, "sha:Q37")


def test_columns_say_how_their_bodies_came_about(store: Store) -> None:
    told = descent_within(store, "Kent and Medway")
    above = heads(told, nodes(told, 36))
    assert ["8 CCGs", "2013 to 2020", "replaced PCTs"] in above
    assert ["1 CCG", "2020 to 2022", "merged"] in above


def test_merged_split_and_renamed_bodies_are_never_only_abolished(store: Store) -> None:
    page = _page(store, "Kent and Medway")
    row = re.search(r'<tr id="ccg:10E".*?<(?:tr|/tbody)', page, flags=re.S)
    assert row
    assert "Merged into" in row[0]
    assert 'href="#ccg:91Q"' in row[0]
    renamed = re.search(r'<tr id="pcg:4TR73".*?<(?:tr|/tbody)', page, flags=re.S)
    assert renamed
    assert "Renamed as" in renamed[0]


@pytest.mark.parametrize("name", [*PLACES, *BODIES, "icb:QRL"])
def test_nothing_overlaps_and_nothing_leaves_the_window(store: Store, look: Looking, name: str) -> None:
    seen = look.at(_page(store, name), "svg.flow")
    assert seen["faults"] == []
    assert seen["smallest"] >= 13.99
    assert seen["bottom"] <= 800


@pytest.mark.parametrize("region", ["region:Y54", "region:Y55", "region:Y59", "region:Y60"])
def test_even_a_whole_region_fits_the_window(store: Store, look: Looking, region: str) -> None:
    seen = look.at(draw_lineage(store, within=region), "svg.flow")
    assert seen["faults"] == []
    assert seen["smallest"] >= 13.99
    assert seen["bottom"] <= 800


def test_every_place_makes_a_page_that_a_memory_stick_and_a_mail_can_hold(store: Store) -> None:
    places = [body.id for kind in PLACE_KINDS for body in store.entities(kind=kind)]
    assert len(places) > 50
    sizes = {one: len(_page_within(store, one).encode()) for one in [*some(places), "London", "South East"]}
    sizes |= {one: len(_page(store, one).encode()) for one in (*BODIES, "hub:13Q", "icb:S9B9J")}
    assert {one: size for one, size in sizes.items() if size > LARGEST} == {}


def _page_within(store: Store, place: str) -> str:
    try:
        return draw_lineage(store, within=place)
    except NothingFound:
        return ""


@pytest.mark.parametrize("name", ["Kent and Medway", "London", "pct:5QA"])
def test_a_page_needs_no_network_and_has_no_errors(store: Store, look: Looking, name: str) -> None:
    page = _page(store, name)
    look.at(page, "svg.flow")
    assert look.requests == []
    assert look.errors == []


def test_tab_reaches_a_body_enter_opens_it_and_escape_gives_the_focus_back(
    store: Store, look: Looking
) -> None:
    look.at(_page(store, "ccg:10E"), "svg.flow")
    assert look.opens("ccg:10E") == ("NHS Thanet CCG", "ccg:10E")


def test_a_narrow_window_scrolls_the_picture_in_its_own_place(store: Store, look: Looking) -> None:
    seen = look.narrow(_page(store, "Kent and Medway"), "svg.flow")
    assert seen == {"picture": True, "sideways": False}


@pytest.mark.parametrize("name", ["Kent and Medway", "ccg:10E"])
def test_tab_meets_each_body_and_then_the_bands_that_leave_it(store: Store, look: Looking, name: str) -> None:
    page = look.open(_page(store, name))
    wanted = len(re.findall(r'<path d="[^"]+" class="band', page.content()))
    told = _told(store, name)
    assert wanted == len(bands(told, nodes(told, 36)))
    bodies, met = [], []
    for _ in range(wanted + len(told.bodies) + 20):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(one => [one.dataset.id, one.matches('svg a') ? one.textContent : ''])(document.activeElement)"
        )
        if here[0]:
            bodies.append(here[0])
        elif "→" in here[1]:
            met.append(here[1])
            assert here[1].startswith(told.bodies[bodies[-1]].name or bodies[-1].partition(":")[2])
    assert set(bodies) == set(told.bodies)
    assert len(met) == wanted


def test_enter_opens_a_band_with_who_whom_how_many_when_and_who_says_so(store: Store, look: Looking) -> None:
    page = look.open(_page(store, "Kent and Medway"))
    band = page.locator("svg.flow a", has_text="NHS Thanet CCG → NHS Kent and Medway CCG")
    band.focus()
    page.keyboard.press("Enter")
    words = page.locator("dialog[open]").inner_text()
    number = descent_within(store, "Kent and Medway").practices["ccg:10E"]
    for one in (
        "NHS Thanet CCG → NHS Kent and Medway CCG",
        f"{number} practices",
        "1 April 2020",
        "Merged",
        "ODS",
    ):
        assert one in words
    page.keyboard.press("Escape")
    assert "NHS Thanet CCG → NHS Kent and Medway CCG" in page.evaluate("document.activeElement.textContent")
    assert look.errors == []


def test_a_band_of_many_changes_opens_them_all(store: Store, look: Looking) -> None:
    page = look.open(draw_lineage(store, within="region:Y60"))
    band = page.locator("svg.flow a[data-changes]").first
    many = len((band.get_attribute("data-changes") or "").split())
    band.focus()
    page.keyboard.press("Enter")
    assert page.locator("dialog[open] dl").count() == many > 1


@pytest.mark.parametrize("form", ["html", "svg"])
def test_a_change_after_the_tables_end_is_a_plan_and_shown_only_if_asked_for(form: str) -> None:
    store = in_networkx(world(PLANS))
    plain = draw_lineage(store, "icb:QAA", form)
    assert "Dale ICB" not in plain
    planned = draw_lineage(store, "icb:QAA", form, include=Include.of(["planned"]))
    assert "merged, 1 April 2027 (planned)" in planned
    assert "planned from 2027" in planned
    if form == "html":
        assert "31 March 2027 (planned)" in plain
        assert "Ended" not in plain
        assert "--include planned shows them" in plain


def test_the_svg_is_a_file_of_its_own_with_days_and_sources(store: Store) -> None:
    from xml.etree import ElementTree

    svg = _page(store, "Kent and Medway", "svg")
    root = ElementTree.fromstring(svg.encode())
    titles = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}title")]
    told = descent_within(store, "Kent and Medway")
    thanet = next(one for one in titles if one.startswith("NHS Thanet CCG, "))
    assert "1 April 2013 to 31 March 2020. Sources: [" in thanet
    assert any("NHS Thanet CCG → NHS Kent and Medway CCG: merged, 1 April 2020" in one for one in titles)
    assert len([one for one in titles if "Sources: [" in one]) == len(told.bodies) + len(told.flows)
    assert "[1] " in svg
    assert "Contains OS data" in svg
    assert " href=" not in svg


@pytest.mark.parametrize("form", ["html", "svg"])
def test_names_run_nothing(form: str, look: Looking, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    import orgmap.viz.lineage.picture

    told = descent_of(store, "ccg:10E")
    bodies = {one: body._replace(name=BAD, note=BAD) for one, body in told.bodies.items()}
    events = {
        one: (event._replace(note=BAD, instrument=BAD), pairs) for one, (event, pairs) in told.events.items()
    }
    bad = told._replace(label=BAD, bodies=bodies, events=events, notes=(BAD,))
    monkeypatch.setattr(orgmap.viz.lineage.picture, "descent_of", lambda *_: bad)
    drawn = draw_lineage(store, "ccg:10E", form)
    assert "<img" not in drawn
    page = look.open(drawn if form == "html" else f"<!DOCTYPE html>{drawn.partition('?>')[2]}")
    if form == "html":
        for one in ("svg.flow a[data-id]", 'svg.flow a[href^="#e"]'):
            page.locator(one).first.focus()
            page.keyboard.press("Enter")
            assert BAD[:20] in page.locator("dialog h2").inner_text()
            page.keyboard.press("Escape")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert look.errors == []


def test_axe_finds_nothing_serious(store: Store, look: Looking) -> None:
    page = look.open(_page(store, "Kent and Medway"))
    assert look.axe() == []
    page.locator('svg.flow a[href^="#e"]').first.press("Enter")
    assert look.axe() == []


def test_a_part_that_passed_while_both_went_on_is_an_arrow(store: Store) -> None:
    page = draw_lineage(store, within="Cumbria")
    assert "<h1>Cumbria: who replaced whom</h1>" in page
    [arrow] = re.findall(r'<a [^>]*data-from="ccg:01H"[^>]*data-to="ccg:01K"[^>]*><title>(.*?)</title>', page)
    assert "1 April 2017" in arrow
    assert "a part passed over while both went on" in page


def test_what_is_counted_in_one_bar_is_said_on_top(store: Store) -> None:
    page = draw_lineage(store, within="London")
    assert "Counted in one bar, for want of room: 64 PCGs; the table names each." in page.split("<main>")[0]


def test_columns_say_that_they_are_not_true_to_time(store: Store) -> None:
    assert "not to scale in time" in draw_lineage(store, "ccg:10E")


def test_all_of_england_is_refused_with_what_to_do(store: Store) -> None:
    with pytest.raises(WrongUse, match="name a region, a county, a council or a body"):
        draw_lineage(store, within="England")
