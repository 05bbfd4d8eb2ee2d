"""The legend of a map of two days counts each body and each area that was handed on once."""

from __future__ import annotations

from orgmap.graphmodel.store import Store
from orgmap.queries.structure.boundaries import area_maps
from orgmap.viz.map.picture import draw_map
from orgmap.viz.map.tables import WORDS, area_state

BOARDS = ["2026-03-31", "2026-04-01"]


def test_the_legend_counts_a_body_of_both_maps_once(england: Store) -> None:
    for place, state in (("London", "same"), ("Surrey", "moved")):
        page = draw_map(england, BOARDS, kind="sub_icb_location", within=place)
        maps = area_maps(england, BOARDS, "sub_icb_location", place)
        states = [area_state(area, told, maps) for told in maps for area in told.areas]
        assert state in states
        assert f"{WORDS[state]}: {states.count(state) // 2}" in page


def test_the_legend_counts_an_area_handed_on_once(england: Store) -> None:
    asked = ["2022-06-30", "2022-07-01"]
    maps = area_maps(england, asked, None, "Surrey")
    handed = [
        area.outline for told in maps for area in told.areas if area_state(area, told, maps) == "handed"
    ]
    assert handed
    assert f"the same area, another body: {len(set(handed))}" in draw_map(england, asked, within="Surrey")
