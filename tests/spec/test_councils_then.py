"""The council in a place's heading is that of the day; before the look-ups begin its districts tell the county."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.model import Include
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.change.diff import diff
from orgmap.queries.place.context import setting_of
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.structure import structure
from orgmap.queries.table.annotate import Annotator, columns

WORLD = """
entities
id                 | name                             | valid_from | valid_until
council:E10000001  | Oldshire County Council          |            | 2009-04-01
council:E06000001  | Oldshire West Council            | 2009-04-01 |
council:E10000002  | Lakeshire County Council         |            | 2023-04-01
council:E06000002  | Moor and Fell Council            | 2023-04-01 |
district:E07000001 | Crewton and Nantham Borough Council |         | 2009-04-01
district:E07000002 | Maccle District Council          |            | 2009-04-01
district:E07000003 | South Lakes District Council     |            | 2023-04-01
icb:Q01            | NHS Lakeshire Integrated Care Board | 2022-07-01 | 2023-04-01
icb:Q02            | NHS Greater Lakes Integrated Care Board | 2023-04-01 |
at:Q70             | Greater Lakes                    | 2013-04-01 | 2015-04-01
area:E01000001     | Crewton                          |            |
area:E01000002     | Lakes                            |            |

names
entity             | name        | use
district:E07000003 | South Lakes | alias

phases
entity  | status  | valid_from | valid_until
icb:Q02 | planned | 2022-10-01 | 2023-04-01

relationships
subject            | verb    | object            | valid_from | valid_until
council:E10000001  | covers  | area:E01000001    | 2009-01-01 | 2009-04-01
council:E06000001  | covers  | area:E01000001    | 2009-04-01 |
council:E10000002  | covers  | area:E01000002    | 2009-01-01 | 2023-04-01
district:E07000003 | covers  | area:E01000002    | 2009-01-01 | 2023-04-01
council:E06000002  | covers  | area:E01000002    | 2023-04-01 |
district:E07000001 | part_of | council:E10000001 |            | 2009-04-01
district:E07000002 | part_of | council:E10000001 |            | 2009-04-01
district:E07000003 | part_of | council:E10000002 |            | 2023-04-01
icb:Q01            | covers  | area:E01000002    | 2022-07-01 | 2023-04-01
icb:Q02            | covers  | area:E01000002    | 2023-04-01 |
at:Q70             | covers  | area:E01000002    | 2013-04-01 | 2015-04-01

neighbourhoods
code      | name | parent    | area           | population
E01000001 | 1    | E02000001 | area:E01000001 | 500
E01000002 | 2    | E02000001 | area:E01000002 | 200

place_names
name | kind | within | county | code | share | people | near | called | basis
Crewton | town | Oldshire West | Oldshire | area:E01000001 | 1 | 400 |  |  |
Kendale | town | Moor and Fell | Lakeshire | area:E01000002 | 1 | 100 |  |  |
Dale | parish (extent not known) | Moor and Fell | Lakeshire | area:E01000002 | 1 |  |  |  |
Crewton and Nantham Borough Council | former district | England |  | area:E01000001 | 1 | 300 |  |  |
Maccle District Council | former district | England |  | area:E01000001 | 1 | 200 |  |  |
"""


@pytest.mark.parametrize(
    ("text", "at", "described"),
    [
        ("Kendale", "2024-06-01", "Kendale, a town in Moor and Fell, Lakeshire"),
        ("Kendale", "2015-06-01", "Kendale, a town in South Lakes, Lakeshire"),
        ("Kendale, Lakeshire", "2015-06-01", "Kendale, a town in South Lakes, Lakeshire"),
        (
            "Dale",
            "2015-06-01",
            "Dale, a parish now in Moor and Fell, Lakeshire",
        ),  # in which district is not known
        ("Crewton", "2009-04-01", "Crewton, a town in Oldshire West, Oldshire"),
        ("Crewton", "2009-03-31", "Crewton, a town now in Oldshire West, Oldshire"),
        ("Crewton", "2005-06-01", "Crewton, a town now in Oldshire West, Oldshire"),
    ],
)
def test_the_council_of_the_heading_is_that_of_the_day_or_said_to_be_todays(build, text, at, described):
    assert place_of(build(WORLD), text, at).described == described


@pytest.mark.parametrize("text", ["Kendale", "Crewton"])
def test_the_name_in_the_heading_may_be_typed_back(build, text):
    store = build(WORLD)
    for at in ("2005-06-01", "2015-06-01", "2024-06-01"):
        place = place_of(store, text, at)
        assert place_of(store, place.label, at).parts == place.parts


def test_a_body_with_the_name_of_todays_council_cuts_nothing_from_a_place(build):
    store = build("""
entities
id                 | name                     | valid_from | valid_until
district:E07000003 | South Lakes Council      |            | 2023-04-01
council:E06000002  | Moor and Fell Council    | 2023-04-01 |
ccg:00A            | NHS Moor and Fell CCG    | 2013-04-01 | 2022-07-01
ccg:00B            | NHS Dales CCG            | 2013-04-01 | 2022-07-01
area:E01000002     | Lakes                    |            |
area:E01000003     | Dales                    |            |

relationships
subject            | verb   | object         | valid_from | valid_until
district:E07000003 | covers | area:E01000002 | 2009-01-01 | 2023-04-01
district:E07000003 | covers | area:E01000003 | 2009-01-01 | 2023-04-01
council:E06000002  | covers | area:E01000002 | 2023-04-01 |
council:E06000002  | covers | area:E01000003 | 2023-04-01 |
ccg:00A            | covers | area:E01000002 | 2013-04-01 | 2022-07-01
ccg:00B            | covers | area:E01000003 | 2013-04-01 | 2022-07-01

place_names
name | kind | within | county | code | share
Dale | parish (extent not known) | Moor and Fell | Lakeshire | area:E01000002 | 0.5
Dale | parish (extent not known) | Moor and Fell | Lakeshire | area:E01000003 | 0.5
""")
    answers = [find(store, text, "2015-06-01") for text in ("Dale", "Dale, Moor and Fell (parish)")]
    for answer in answers:
        assert [one["id"] for one in answer["bodies"] if one["role"] == "commissioner"] == [
            "ccg:00A",
            "ccg:00B",
        ]
        assert answer["place"]["name"] == "Dale, now Moor and Fell"
        assert "How far Dale reaches is not known; the answer is for all of Moor and Fell." in answer["notes"]


def test_before_any_look_up_every_question_has_the_county_that_the_districts_were_in(build):
    store = build(WORLD)
    told = find(store, "Crewton", "2005-06-01")
    [council] = told["bodies"]
    assert (council["role"], council["id"], council["basis"]) == (
        "upper_tier_council",
        "council:E10000001",
        "derived",
    )
    assert "No table says which district council this place had on 2005-06-01." in told["notes"]
    assert setting_of(Chains(store), "Crewton", "2005-06-01").bodies("upper_tier_council") == [
        ("council:E10000001", 1.0)
    ]
    assert [
        one["id"] for one in list_bodies(store, "upper_tier_council", "2005-06-01", "Crewton")["bodies"]
    ] == ["council:E10000001"]
    [row] = Annotator(store).rows([["Crewton"]], 0, "2005-06-01")
    assert dict(zip(columns(), row[1:], strict=True))["upper_tier_council"] == "council:E10000001"
    assert find(store, "Kendale", "2005-06-01")["bodies"] == []


def test_an_id_of_a_body_that_is_not_in_force_is_answered_and_says_so(build):
    store = build(WORLD)
    said = "South Lakes District Council was not in force on 2024-06-01 (start not known until 2023-04-01)"
    told = place_of(store, "district:E07000003", "2024-06-01")
    assert told.label == "South Lakes District Council"
    assert any(note.startswith(said) for note in told.notes)
    assert not place_of(store, "district:E07000003", "2020-06-01").notes
    [row] = Annotator(store).rows([["district:E07000003"]], 0, "2024-06-01")
    assert said in dict(zip(columns(), row[1:], strict=True))["note"]


def test_a_planned_board_is_meant_by_its_name_in_every_question_that_asks_for_plans(build):
    store, plans, at = build(WORLD), Include.of("planned"), "2022-11-01"
    board = "NHS Greater Lakes Integrated Care Board"
    assert find(store, "Greater Lakes", at, plans)["place"]["name"] == board
    assert setting_of(Chains(store, plans), "Greater Lakes", at).label["name"] == board
    listed = list_bodies(store, "district_council", at, "Greater Lakes", plans)
    assert listed["place"].startswith(board)
    assert [note for note in listed["notes"] if "planned" in note]
    assert list_bodies(store, "district_council", at, "Greater Lakes")["place"].startswith(
        "Greater Lakes, an NHS England area"
    )


def test_of_a_whole_county_every_district_of_the_day_is_told_where_no_table_tells_its_area(build):
    store = build(WORLD)
    said = "No table says how far these districts of it reached on 2005-06-01"
    names = ["Crewton and Nantham Borough Council", "Maccle District Council"]
    assert f"{said}: {', '.join(names)}." in find(store, "Oldshire County Council", "2005-06-01")["notes"]
    listed = list_bodies(store, "district_council", "2005-06-01", "Oldshire County Council")
    assert [(body["name"], body.get("share")) for body in listed["bodies"]] == [
        (name, None) for name in names
    ]
    assert any(
        f"no table says how far they reached on 2005-06-01: {names[0]}" in one for one in listed["notes"]
    )
    known = find(store, "Lakeshire County Council", "2015-06-01")
    assert not any("No table says how far" in note for note in known["notes"])
    assert [one["id"] for one in known["bodies"] if one["role"] == "district_council"] == [
        "district:E07000003"
    ]


def test_no_share_is_told_of_a_district_of_which_no_table_tells_the_area(build):
    county, day = "Oldshire County Council", "2005-06-01"
    told = structure(build(WORLD), day, day, county, "geography")
    shares = {body.id: body.share_after for body in told.bodies.values()}
    assert shares["council:E10000001"] == 1.0
    assert not any(one.startswith("district:") and share is not None for one, share in shares.items())
    covering = {one for relation in told.relations for one in relation.subjects}
    assert not any(one.startswith("district:") for one in covering)


def test_districts_that_ended_are_in_a_comparison_of_their_county(build):
    told = diff(build(WORLD), "2009-03-31", "2009-04-01", within="Oldshire County Council")
    assert {body["id"] for body in told["ended"]} == {
        "council:E10000001",
        "district:E07000001",
        "district:E07000002",
    }
