"""Maps of bodies' areas: every body drawn and listed, changes marked, readable, small, and honest about its sources."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.change.diff import diff
from orgmap.queries.structure.areas_ahead import _is_needle
from orgmap.queries.structure.boundaries import area_map
from orgmap.queries.structure.boundaries import layers as known_layers
from orgmap.viz.map.colours import CALM, _neighbours
from orgmap.viz.map.picture import draw_map
from orgmap.viz.map.tables import area_state
from tests.sampled import some
from tests.viz.looking import Looking

GROUPS = ["2020-03-31", "2020-04-01"]
ACT = ["2013-03-31", "2013-04-01"]
BOARDS = ["2026-03-31", "2026-04-01"]
ASKED: list[dict[str, Any]] = [
    {"days": GROUPS, "within": "Kent and Medway"},
    {"days": ACT, "within": "London"},
    {"days": ACT, "within": "Greater Manchester"},
    {"days": ["2013-04-01"], "within": "Cumbria"},
    {"days": ["2022-07-01"]},
    {"days": GROUPS},
    {"days": ["2012-06-01"], "kind": "strategic_health_authority"},
    {"days": ["2013-04-01", "2015-04-01"], "kind": "nhs_region"},
    {"days": ["2019-03-31", "2019-04-01"], "kind": "upper_tier_council"},
    {"days": ["2018-03-31", "2018-04-01"], "kind": "nhs_region"},
    {"days": ["2015-03-31", "2015-04-01"], "kind": "area_team"},
    {"days": ["2016-12-31", "2017-01-01"], "kind": "sustainability_and_transformation_partnership"},
    {"days": BOARDS},
    {"days": BOARDS, "within": "Surrey"},
]

PLANNED = Include.of("planned")
AHEAD: list[dict[str, Any]] = [
    {"days": ["2026-10-01", "2027-04-01"], "within": "Surrey", "kind": "council", "include": PLANNED},
    {"days": ["2028-04-01"], "within": "Essex", "kind": "council", "include": PLANNED},
    {"days": ["2026-10-01", "2027-04-01"], "include": PLANNED},
    {"days": ["2026-10-01", "2028-04-01"], "kind": "council", "include": PLANNED},
]
"""Maps with what is planned for days to come."""


@pytest.fixture
def store(england: Store) -> Store:
    return england


@pytest.fixture
def look(eyes: Looking) -> Looking:
    return eyes


def _ids(page: str) -> tuple[set[str], list[str]]:
    picture, tables = page.split('id="tables">', 1)
    listed = re.findall(r'<tr id="([^"]+)"', tables)
    return set(re.findall(r'data-id="([^"]+)"', picture)), listed


@pytest.mark.parametrize("asked", ASKED)
def test_every_area_is_drawn_and_listed_once(store: Store, asked: dict[str, Any]) -> None:
    drawn, listed = _ids(draw_map(store, **asked))
    assert drawn == set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("days", "kind", "counts"),
    [
        (ACT, None, (151, 211)),
        (GROUPS, None, (191, 135)),
        (["2022-06-30", "2022-07-01"], None, (106, 42)),
        (["2013-03-31"], "strategic_health_authority", (10,)),
        (["2014-01-01"], "area_team", (25,)),
        (["2017-01-01", "2018-04-01"], "sustainability_and_transformation_partnership", (44, 42)),
        (["2013-04-01", "2023-04-01"], "upper_tier_council", (152, 153)),
        (BOARDS, None, (42, 36)),
        (BOARDS, "sub_icb_location", (106, 106)),
        (["2018-03-31", "2018-04-01", "2019-04-01"], "nhs_region", (4, 5, 7)),
        (["2016-03-31", "2016-04-01", "2018-04-01", "2020-03-31"], "local_office", (13, 14, 14, 14)),
        (["2019-03-31", "2019-04-01", "2023-03-31"], "district_council", (201, 192, 181)),
    ],
)
def test_as_many_areas_as_bodies(
    store: Store, days: list[str], kind: str | None, counts: tuple[int, ...]
) -> None:
    maps = [area_map(store, day, kind) for day in days]
    assert tuple(len(told.areas) for told in maps) == counts
    for told in maps:
        in_force = {body.id for body in store.entities(kind=told.layer.kind, at=told.at)}
        assert {area.body.id for area in told.areas} == in_force


def test_changed_areas_are_those_that_a_diff_tells(store: Store) -> None:
    maps = [area_map(store, day) for day in GROUPS]
    told = diff(store, *GROUPS, kind="clinical_commissioning_group")
    gone = {area.body.id for area in maps[0].areas if area_state(area, maps[0], maps) == "ended"}
    come = {area.body.id for area in maps[1].areas if area_state(area, maps[1], maps) == "new"}
    assert gone <= {body["id"] for body in told["ended"]}
    assert come <= {body["id"] for body in told["started"]}
    assert "ccg:10E" in gone
    assert "ccg:91Q" in come


def test_a_body_that_was_merged_is_told_with_its_successor(store: Store) -> None:
    page = draw_map(store, GROUPS, within="Kent and Medway")
    row = re.search(r'<tr id="ccg:10E".*?</tr>', page, flags=re.S)
    assert row
    assert "Merged into" in row[0]
    assert 'href="#ccg:91Q"' in row[0]


def test_estimated_areas_say_so(store: Store) -> None:
    page = draw_map(store, ACT, within="Kent and Medway")
    assert "(areas estimated)" in page
    assert 'class="estimated"' in page
    assert "no published outline could be had" in page


def test_a_day_without_outlines_is_not_guessed(store: Store) -> None:
    with pytest.raises(NothingFound, match="no outlines of primary care trusts for 2009-04-01"):
        area_map(store, "2009-04-01", "primary_care_trust")
    with pytest.raises(NothingFound, match=r"for 2020-04-01\. They have: 2015-04-01 until 2020-04-01\.$"):
        area_map(store, "2020-04-01", "local_office")
    with pytest.raises(NothingFound, match="no outlines of primary care trusts for 2009-04-01"):
        draw_map(store, ["2009-04-01", "2013-04-01"], kind="primary_care_trust")
    with pytest.raises(NothingFound, match="no outlines of GP practices"):
        area_map(store, "2020-01-01", "gp_practice")


@pytest.mark.parametrize("asked", [*ASKED, *AHEAD])
def test_names_do_not_overlap_and_stay_in_the_window(
    store: Store, look: Looking, asked: dict[str, Any]
) -> None:
    seen = look.at(draw_map(store, **asked), "svg.map")
    assert seen["faults"] == []
    assert seen["smallest"] >= 13.99
    assert seen["bottom"] <= 800
    assert look.errors == look.requests == []


def _numbers(page: str, day: str) -> tuple[set[str], list[str]]:
    """The numbers written on the map of a day, and those that the key explains."""
    drawn = page.split(f'data-map="{day}"')[1].split('class="names"')[1].split("</g>")[0]
    written = set(re.findall(r">(\d+)(?: [^<]*)?</text>", drawn))
    told = re.search(r"Numbers:(?:</b>)? (.*?)\.<", page)
    return written, re.findall(r"(\d+) [^;]+", told[1]) if told else []


def test_who_merged_bears_the_number_of_who_took_over(store: Store) -> None:
    page = draw_map(store, BOARDS)
    for day in BOARDS:
        written, told = _numbers(page, day)
        assert written == set(told) == {"1", "2", "3", "4", "5", "6", "7"}
    assert "1 Central East; 2 Essex" in page
    assert "1 Central East; 2 Essex" in draw_map(store, BOARDS, "svg")


def _fills(page: str, day: str) -> dict[str, str]:
    drawn = page.split(f'data-map="{day}"')[1].split('class="names"')[0]
    return dict(re.findall(r'data-id="([^"]+)"[^>]* fill="([^"]+)"', drawn))


def test_who_merged_has_the_colour_of_who_took_over_and_what_stayed_is_grey(store: Store) -> None:
    page = draw_map(store, GROUPS)
    before, after = (_fills(page, day) for day in GROUPS)
    for one in ("ccg:10E", "ccg:09C", "ccg:99J"):
        assert before[one] == after["ccg:91Q"] != CALM
    assert before["ccg:11J"] == after["ccg:11J"] == CALM  # Dorset went on
    assert {before["ccg:10E"]} != {after["ccg:97R"]}  # East Sussex is its neighbour


def test_neighbours_have_different_colours(store: Store) -> None:
    told = area_map(store, "2016-06-01")
    fills = _fills(draw_map(store, ["2016-06-01"]), "2016-06-01")
    beside = _neighbours({area.body.id: told.outlines[area.outline] for area in told.areas})
    alike = [(one, other) for one, near in beside.items() for other in near if fills[one] == fills[other]]
    assert sum(map(len, beside.values())) > 800
    assert alike == []


def test_many_names_of_england_stand_on_its_map_and_none_touch(store: Store, look: Looking) -> None:
    page = draw_map(store, ["2016-06-01"])
    drawn = page.split('class="names"')[1].split("</g>")[0]
    assert {">Dorset<", ">Cumbria<", ">Northumberland<", ">West Kent<"} <= set(re.findall(r">[^<>]+<", drawn))
    assert look.at(page, "svg.map")["faults"] == []


def test_the_place_asked_for_is_marked(store: Store) -> None:
    page = draw_map(store, ["2016-06-01"], within="Woking")
    assert page.count('class="asked"') == 1
    assert "<b>Thick line:</b> Woking." in page
    assert "<h1>Woking: clinical commissioning groups on 1 June 2016</h1>" in page
    page = draw_map(store, ["2016-06-01"], within="GU21 6YL")
    assert "the smallest area drawn that holds GU21 6YL" in page


def test_where_there_are_no_district_councils_the_map_has_no_holes(store: Store) -> None:
    page = draw_map(store, ["2026-06-01"], kind="district_council")
    assert page.count('class="gap"') > 100
    assert "no district council: the unitary, metropolitan or London borough council there does both" in page


def test_no_stray_line_runs_into_an_area_that_was_joined(store: Store) -> None:
    told = area_map(store, "2027-04-01", "upper_tier_council", "Surrey", PLANNED)
    joined = [ring for area in told.areas if area.joined_from for ring in told.outlines[area.outline]]
    assert joined
    for ring in joined:
        assert not any(_is_needle(ring[n - 1], ring[n], ring[(n + 1) % len(ring)]) for n in range(len(ring)))


def test_what_did_not_change_needs_no_number(store: Store) -> None:
    page = draw_map(store, ["2023-06-01", "2023-06-02"])
    assert _numbers(page, "2023-06-01") == (set(), [])


def test_the_attributions_stand_on_the_page_and_the_file(store: Store) -> None:
    for form in ("html", "svg"):
        page = draw_map(store, GROUPS, form, within="Kent and Medway")
        assert "Contains OS data © Crown copyright and database right" in page
        assert "Office for National Statistics" in page


def test_derived_outlines_say_so_wherever_they_are_drawn(store: Store) -> None:
    page = draw_map(store, BOARDS)
    assert "1 April 2026: 36 integrated care boards (6 outlines derived)" in page
    assert page.count('class="derived"') == 6
    title = "NHS Thames Valley Integrated Care Board, outline derived, area only on the second day"
    assert f"<title>{title}</title>" in page
    row = re.search(r'<tr id="icb:S0E4D".*?</tr>', page, flags=re.S)
    assert row
    assert (
        "outline derived from its sub-ICB locations of 2023, one of them cut along council boundaries"
        in row[0]
    )
    assert "derived, not published: joined from those of sub-ICB locations of 2023." in page
    assert "among three locations by the neighbourhoods that the register names" in page
    kent = re.search(r'<tr id="icb:QKS".*?</tr>', page, flags=re.S)
    assert kent
    assert "unchanged" in kent[0]
    assert "derived" not in kent[0]
    drawing = draw_map(store, BOARDS, "svg")
    assert f"<title>{title}</title>" in drawing
    assert "(6 outlines derived)" in drawing


def test_areas_that_changed_in_2026_are_marked_and_no_others(store: Store) -> None:
    maps = [area_map(store, day) for day in BOARDS]
    states = {area.body.id: area_state(area, told, maps) for told in maps for area in told.areas}
    told = diff(store, *BOARDS, kind="integrated_care_board")
    assert {one for one, state in states.items() if state == "new"} <= {one["id"] for one in told["started"]}
    assert {one for one, state in states.items() if state == "ended"} <= {one["id"] for one in told["ended"]}
    assert states["icb:QRL"] == "moved"
    assert states["icb:QKS"] == "same"
    # Essex's new board has an area that was an area team's, never a board's.
    assert states["icb:D7T5G"] == "new"


def test_the_kind_that_came_in_its_place_stands_on_the_other_day(store: Store) -> None:
    page = draw_map(store, ["2015-03-31", "2015-04-01"], kind="area_team")
    assert "25 NHS England area teams" in page
    assert "13 NHS England local offices" in page
    page = draw_map(store, ["2013-03-31", "2013-04-01"], kind="strategic_health_authority")
    assert "4 NHS regions" in page


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    assert draw_map(store, BOARDS) == draw_map(store, BOARDS)


def _before_and_after() -> list[tuple[str, str, str]]:
    """For each kind: every day on which its layer changes with the day before, and its first day with its last."""
    found = []
    for layer in known_layers():
        if any(
            other.kind == layer.kind and other.valid_until == layer.valid_from for other in known_layers()
        ):
            found.append((layer.kind, day_before(layer.valid_from), layer.valid_from))
    for kind in dict.fromkeys(layer.kind for layer in known_layers()):
        layers = [layer for layer in known_layers() if layer.kind == kind]
        ends = [layer.valid_until for layer in layers]
        last = "2026-11-01" if "" in ends else day_before(max(ends))
        found.append((kind, min(layer.valid_from for layer in layers), last))
    return found


@pytest.mark.parametrize(("kind", "before", "after"), some(_before_and_after()))
def test_england_takes_less_than_300_kilobytes(store: Store, kind: str, before: str, after: str) -> None:
    assert len(draw_map(store, [before, after], kind=kind).encode()) < 300_000


@pytest.mark.parametrize(
    "days", [ACT, GROUPS, ["2013-03-31", "2026-04-01"], ["2013-04-01", "2022-07-01"], BOARDS]
)
def test_commissioners_of_england_take_less_than_300_kilobytes(store: Store, days: list[str]) -> None:
    assert len(draw_map(store, days).encode()) < 300_000


def test_pointer_and_keyboard_give_the_name(store: Store, look: Looking) -> None:
    page = look.open(draw_map(store, GROUPS, within="Kent and Medway"))
    page.locator('.map a[data-id="ccg:10E"]').first.focus()
    assert page.locator("#pointed").inner_text().startswith("NHS Thanet CCG")
    page.locator('.map a[data-id="ccg:09C"] use').first.hover(force=True)
    assert page.locator("#pointed").inner_text().startswith("NHS Ashford CCG")


def test_a_derived_area_is_told_by_pointer_and_keyboard(store: Store, look: Looking) -> None:
    page = look.open(draw_map(store, BOARDS, within="Surrey"))
    page.locator('.map a[data-id="icb:S9B9J"]').first.focus()
    assert "Surrey and Sussex Integrated Care Board, outline derived" in page.locator("#pointed").inner_text()


def test_tab_enter_and_escape_work(store: Store, look: Looking) -> None:
    look.open(draw_map(store, GROUPS, within="Kent and Medway"))
    assert look.opens("ccg:10E") == ("NHS Thanet CCG", "ccg:10E")


def test_a_narrow_window_gets_the_maps_below_each_other(store: Store, look: Looking) -> None:
    assert look.narrow(draw_map(store, **ASKED[0]), "svg.map") == {"picture": True, "sideways": False}
    tops = look._page.evaluate(
        "[...document.querySelectorAll('svg.map')].map((one) => one.getBoundingClientRect().top)"
    )
    assert tops[1] > tops[0] + 50


def test_axe_finds_nothing_serious(store: Store, look: Looking) -> None:
    look.open(draw_map(store, GROUPS, within="Kent and Medway"))
    assert look.axe() == []


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("strategic_health_authority_cluster", ("4 SHA clusters", "4 NHS regions")),
        ("primary_care_trust_cluster", ("49 PCT clusters", "211 clinical commissioning groups")),
    ],
)
def test_after_the_clusters_stands_what_came_in_their_place(
    store: Store, kind: str, counts: tuple[str, str]
) -> None:
    page = draw_map(store, ACT, kind=kind)
    for count in counts:
        assert count in page


@pytest.mark.parametrize(
    ("kind", "place", "body"),
    [
        ("strategic_health_authority_cluster", "Surrey", "shac:south_of_england"),
        ("strategic_health_authority_cluster", "London", "shac:london"),
        ("primary_care_trust_cluster", "Thanet", "pctc:kent_and_medway"),
        ("strategic_health_authority", "Thanet", "sha:Q37"),
    ],
)
def test_a_place_lies_within_the_larger_body_above_it(store: Store, kind: str, place: str, body: str) -> None:
    assert [area.body.id for area in area_map(store, ACT[0], kind, place).areas] == [body]


def test_clusters_of_a_place_and_their_successors_stand_side_by_side(store: Store) -> None:
    page = draw_map(store, ACT, kind="strategic_health_authority_cluster", within="Surrey")
    assert "1 SHA cluster" in page
    assert 'data-id="region:Y57"' in page
