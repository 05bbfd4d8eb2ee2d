"""Names that bodies of several days have: which is meant on a day, and what else is told, asked of England's tables."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.body.resolve import resolve
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of


@pytest.mark.parametrize(
    ("text", "at", "label"),
    [
        ("Wessex", "2016-06-01", "NHS England South (Wessex)"),
        ("South Central", "2016-06-01", "NHS England South (South Central)"),
        ("Cumbria and North East", "2016-06-01", "NHS England North (Cumbria and North East)"),
        ("Cheshire and Merseyside", "2015-06-01", "NHS England North (Cheshire and Merseyside)"),
        ("Central Midlands", "2016-06-01", "NHS England Midlands and East (Central Midlands)"),
        ("NHS England North", "2016-06-01", "North of England"),
        ("NHS England South", "2016-06-01", "South of England"),
        ("NHS England Midlands and East", "2016-06-01", "Midlands and East of England"),
    ],
)
def test_a_local_office_or_region_in_force_is_meant_by_its_own_place(
    england: Store, text: str, at: str, label: str
) -> None:
    place = place_of(england, text, at)
    assert place.label == label
    assert not any("Nothing in force" in note for note in place.notes)


@pytest.mark.parametrize(
    ("text", "at", "label"),
    [
        ("Wessex", "2014-06-01", "Wessex Area Team"),
        ("Cheshire and Merseyside", "2017-06-01", "Cheshire and Merseyside"),
    ],
)
def test_another_body_of_the_name_that_is_in_force_is_meant_before_an_office(
    england: Store, text: str, at: str, label: str
) -> None:
    assert place_of(england, text, at).label == label


def test_an_office_whose_kind_is_asked_for_is_meant_by_its_own_place(england: Store) -> None:
    assert resolve(england, "Cheshire and Merseyside", "2017-06-01", "local_office").id == "lo:Q75"


@pytest.mark.parametrize("name", ["Thames Valley", "Surrey and Sussex", "Norfolk and Suffolk"])
def test_a_planned_board_is_meant_before_an_ended_team_where_plans_are_asked_for(
    england: Store, name: str
) -> None:
    told = find(england, name, "2026-01-01", Include.of("planned"))
    assert told["place"]["name"] == f"NHS {name} Integrated Care Board"
    assert any("Its status on 2026-01-01 was “planned”" in note for note in told["notes"])


def test_a_planned_board_is_not_meant_where_no_plans_are_asked_for(england: Store) -> None:
    assert find(england, "Thames Valley", "2026-01-01")["place"]["name"] == "Thames Valley Area Team"


@pytest.mark.parametrize("at", ["2008-06-01", "2026-06-01"])
@pytest.mark.parametrize(
    ("town", "district"),
    [
        ("Hexham", "Tynedale"),
        ("Truro", "Carrick"),
        ("Penzance", "Penwith"),
        ("Marlborough", "Kennet"),
        ("Peterlee", "Easington"),
        ("Nantwich", "Crewe and Nantwich"),
        ("Northwich", "Vale Royal"),
    ],
)
def test_a_district_that_ended_in_2009_tells_a_town_from_its_namesakes(
    england: Store, town: str, district: str, at: str
) -> None:
    assert place_of(england, f"{town}, {district}", at).label.partition(",")[0] == town


@pytest.mark.parametrize("town", ["Macclesfield", "Oswestry", "Salisbury"])
def test_a_town_and_the_council_of_its_name_tell_the_same_county_before_2009(
    england: Store, town: str
) -> None:
    [note] = [note for note in place_of(england, town, "2008-06-01").notes if "means the council" in note]
    council = note.partition("“")[2].partition("”")[0]
    counties = [
        {
            body["id"]
            for body in find(england, asked, "2008-06-01")["bodies"]
            if body["role"] == "upper_tier_council"
        }
        for asked in (town, council)
    ]
    assert counties[0] == counties[1] != set()


@pytest.mark.parametrize(
    ("name", "at", "body"),
    [
        ("Trent", "2003-06-01", "sha:trent"),
        ("Hambleton", "2026-06-01", "district:E07000164"),
    ],
)
def test_a_body_is_told_beside_the_many_places_of_its_name(
    england: Store, name: str, at: str, body: str
) -> None:
    with pytest.raises(Ambiguous) as refused:
        place_of(england, name, at)
    told = [one for one in refused.value.candidates if one.startswith(body)]
    assert len(told) == 1
    assert place_of(england, told[0], at) if at > "2009" else told[0].endswith(f"not known for {at}")


def test_a_district_that_ended_is_told_beside_the_town_of_a_longer_name(england: Store) -> None:
    notes = place_of(england, "Wycombe", "2026-06-01").notes
    assert any("Wycombe District Council" in note and "is not meant" in note for note in notes)
