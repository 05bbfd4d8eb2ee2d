"""The picture of who replaced whom: readable, whole, the same every time, and true to the tables."""

from __future__ import annotations

import re

import pytest

from graphmodel.store import Store
from queries.descent import Descent, descent_of, descent_within
from queries.lineage import lineage
from tests.viz.looking import Looking
from viz.alluvial import draw_lineage, heads
from viz.eras import amounts, bands, columns, measure, nodes

PLACES = ("Kent and Medway", "Greater Manchester", "London", "Cumbria")
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
    listed = re.findall(r'<tr id="[^"]+" data-id="([^"]+)"', tables)
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
    row = re.search(r'<tr id="ccg:10E".*?</tr>', page, flags=re.S)
    assert row
    assert "Merged into" in row[0]
    assert 'href="#ccg:91Q"' in row[0]
    renamed = re.search(r'<tr id="pcg:4TR73".*?</tr>', page, flags=re.S)
    assert renamed
    assert "Renamed as" in renamed[0]


@pytest.mark.parametrize("name", [*PLACES, *BODIES, "icb:QRL"])
def test_nothing_overlaps_and_nothing_leaves_the_window(store: Store, look: Looking, name: str) -> None:
    seen = look.at(_page(store, name), "svg.flow")
    assert seen["faults"] == []
    assert seen["smallest"] >= 13.99
    assert seen["bottom"] <= 800


@pytest.mark.parametrize("region", ["region:Y59", "region:Y60"])
def test_even_a_whole_region_fits_the_window(store: Store, look: Looking, region: str) -> None:
    seen = look.at(draw_lineage(store, within=region), "svg.flow")
    assert seen["faults"] == []
    assert seen["bottom"] <= 800


@pytest.mark.parametrize("name", ["Kent and Medway", "London", "pct:5QA"])
def test_a_page_needs_no_network_and_has_no_errors(store: Store, look: Looking, name: str) -> None:
    page = _page(store, name)
    look.at(page, "svg.flow")
    assert look.requests == []
    assert look.errors == []
    assert len(page.encode()) <= 300_000


def test_tab_reaches_a_body_enter_opens_it_and_escape_gives_the_focus_back(
    store: Store, look: Looking
) -> None:
    look.at(_page(store, "ccg:10E"), "svg.flow")
    assert look.opens("ccg:10E") == ("NHS Thanet CCG", "ccg:10E")


def test_a_narrow_window_gets_the_list(store: Store, look: Looking) -> None:
    seen = look.narrow(_page(store, "Kent and Medway"), "svg.flow")
    assert seen == {"picture": False, "sideways": False}


def test_the_svg_is_a_file_of_its_own(store: Store) -> None:
    from xml.etree import ElementTree

    svg = _page(store, "Kent and Medway", "svg")
    assert ElementTree.fromstring(svg.encode()).tag.endswith("svg")
    assert "Contains OS data" in svg


def test_names_run_nothing(store: Store, monkeypatch: pytest.MonkeyPatch, look: Looking) -> None:
    import viz.alluvial

    bad = """</script><img src=x onerror="alert(1)">'"""
    told = descent_of(store, "ccg:10E")
    bodies = {one: body._replace(name=bad) for one, body in told.bodies.items()}
    monkeypatch.setattr(viz.alluvial, "descent_of", lambda *_: told._replace(label=bad, bodies=bodies))
    page = draw_lineage(store, "ccg:10E")
    assert "<img" not in page
    look.at(page, "svg.flow")
    assert look.errors == []


def test_axe_finds_nothing_serious(store: Store, look: Looking) -> None:
    look.at(_page(store, "Kent and Medway"), "svg.flow")
    assert look.axe() == []
