"""What a person may mean by a place, and of what it consists: postcodes, outcodes, councils, towns, bodies."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.diff import diff
from orgmap.queries.place.areas import areas_of
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of
from orgmap.queries.structure.structure import structure
from tests.kent import KENT

TOWNS = """
entities
id                 | name                     | valid_from | valid_until
council:E10000001  | Oldshire County Council  |            |
district:E07000001 | Newport District Council | 2009-04-01 | 2020-04-01
district:E07000002 | Oldport District Council |            |
council:E06000001  | Newport Council          | 2020-04-01 |
area:E01000001     | One                      |            |
area:E01000002     | Two                      |            |
area:E01000003     | Three                    |            |

relationships
subject            | verb    | object            | valid_from | valid_until
district:E07000001 | part_of | council:E10000001 | 2009-04-01 | 2020-04-01
district:E07000001 | covers  | area:E01000001    | 2009-04-01 | 2020-04-01
district:E07000002 | covers  | area:E01000002    |            |
council:E06000001  | covers  | area:E01000001    | 2020-04-01 |
council:E10000001  | covers  | area:E01000002    |            |
council:E10000001  | covers  | area:E01000003    |            |

neighbourhoods
code      | name | parent    | area           | population
E01000001 | One  | E02000001 | area:E01000001 | 100
E01000002 | Two  | E02000001 | area:E01000002 | 300
E01000003 | Nil  | E02000002 | area:E01000003 | 0

postcodes
outcode | inward  | code      | seen
AA1     | 1AA 1AB | E01000001 | both
AA1     | 2AA     | E01000002 | 2025
AA1     | 2AB     | E01000002 | terminated
AA1     | 3AA     | E02000002 | 2014
AA1     | 4AA     |           | both
AA2     | 1AA     | E02000001 | 2025
TD1     | 1AA     | S92000003 | both
LL1     | 1AA     | W92000004 | both

place_names
name     | kind                     | within   | code           | share
Margate  | ward                     | Oldport  | area:E01000002 | 1
Springs  | ward                     | Newport  | area:E01000001 | 1
Springs  | ward                     | Oldport  | area:E01000002 | 1
Eden     | parish                   | Newport  | area:E01000001 | 1
Eden     | ward                     | Newport  | area:E01000002 | 1
Nowhere  | town (extent not known)  | Oldport  | area:E01000002 | 1

place_names
name     | kind | within  | code           | share | people
Margate  | town | Newport | area:E01000001 | 0.25  | 50000
Margate  | town | Newport | area:E01000002 | 0.75  | 50000
"""


def parts(build, text: str, at: str = "2013-06-01") -> dict[str, float]:
    """The areas of a place with their shares."""
    return dict(place_of(build(TOWNS), text, at).parts)


@pytest.mark.parametrize("text", ["AA1 1AA", "aa11aa", " aa1  1ab "])
def test_a_postcode_lies_in_the_area_of_its_neighbourhood(build, text):
    assert parts(build, text) == {"area:E01000001": 1}


def test_a_postcode_known_only_roughly_is_shared_by_where_people_live(build):
    assert parts(build, "AA2 1AA") == {"area:E01000001": 0.25, "area:E01000002": 0.75}


def test_where_nobody_lives_every_area_counts_alike(build):
    assert parts(build, "AA1 3AA") == {"area:E01000003": 1}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("AA1 1AA", ""),
        ("AA1 2AA", ""),
        (
            "AA1 2AB",
            "AA1 2AB is no longer in use; the answer is for the neighbourhood (E01000002) it lay in.",
        ),
        ("AA1 3AA", "AA1 3AA was in use in 2014 and no longer in 2025; the answer is for where it lay."),
    ],
)
def test_a_postcode_out_of_use_says_so(build, text, note):
    assert "".join(place_of(build(TOWNS), text, "2013-06-01").notes) == note


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AA1 4AA", "is a known postcode, but the lists do not say where it lies"),
        ("AA1 9ZZ", "Postcode not known: AA1 9ZZ is in none of the lists"),
        ("TD1 1AA", "TD1 1AA is not in England: it lies in Scotland"),
        ("LL1 1AA", "LL1 1AA is not in England: it lies in Wales"),
        ("CF1 1AA", "CF1 1AA is not in England: its letters belong to Wales"),
        ("LD1 1AA", "Postcode not known: LD1 1AA"),
        ("JE2 1AA", "its letters belong to Jersey"),
    ],
)
def test_a_postcode_without_a_place_in_england_is_never_guessed(build, text, words):
    with pytest.raises(NothingFound, match=words):
        place_of(build(TOWNS), text, "2013-06-01")


def test_an_outcode_is_shared_by_its_live_postcodes(build):
    place = place_of(build(TOWNS), "aa1", "2013-06-01")
    assert dict(place.parts) == {
        "area:E01000001": pytest.approx(2 / 3),
        "area:E01000002": pytest.approx(1 / 3),
    }
    assert (place.kind, place.label, place.share_of) == ("outcode", "AA1", "live postcodes")


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Oldport District Council", {"area:E01000002": 1}),
        ("district:E07000001", {"area:E01000001": 1}),
        ("oldshire county council", {"area:E01000002": 1, "area:E01000003": 0}),
    ],
)
def test_a_council_is_its_area(build, text, areas):
    assert parts(build, text) == areas


@pytest.mark.parametrize(
    ("at", "kind"), [("2020-03-31", "district_council"), ("2020-04-01", "upper_tier_council")]
)
def test_of_councils_with_one_name_the_one_of_the_day_is_meant(build, at, kind):
    drawing = TOWNS.replace("Newport District Council", "Newport Council         ")
    assert place_of(build(drawing), "Newport Council", at).kind == kind


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Margate", {"area:E01000001": 0.25, "area:E01000002": 0.75}),
        ("margate, oldport", {"area:E01000002": 1}),
        ("Eden", {"area:E01000001": 1}),
        ("Springs, Newport", {"area:E01000001": 1}),
    ],
)
def test_a_town_comes_before_a_parish_and_a_parish_before_a_ward(build, text, areas):
    assert parts(build, text) == areas


def test_a_name_of_two_wards_lists_both(build):
    with pytest.raises(Ambiguous, match="There are 2 places called “Springs”; add the council") as refused:
        place_of(build(TOWNS), "Springs", "2013-06-01")
    assert refused.value.candidates == ["Springs, Oldport (ward)", "Springs, Newport (ward)"]


def test_a_place_whose_extent_is_not_known_says_so(build):
    [note] = place_of(build(TOWNS), "Nowhere", "2013-06-01").notes
    assert note == "How far Nowhere reaches is not known; the answer is for all of Oldport."


def test_a_name_of_no_place_gets_the_nearest_or_none(build):
    store = build(TOWNS)
    with pytest.raises(NothingFound, match="Did you mean “Oldport District Council”"):
        place_of(store, "Oldport Distrct Council", "2013-06-01")
    with pytest.raises(NothingFound, match=r"No place is called “Xyzzy”\. An English postcode always works"):
        place_of(store, "Xyzzy", "2013-06-01")


@pytest.mark.parametrize(
    ("body", "at", "areas"),
    [
        ("ccg:10E", "2013-06-01", ["area:E01000001"]),
        ("icb:QKS", "2023-01-01", ["area:E01000001", "area:E01000002"]),
        ("stp:QKS", "2017-06-01", ["area:E01000001"]),
        ("region:Y57", "2013-06-01", ["area:E01000001"]),
        ("sha:Q37", "2012-06-01", ["area:E01000001", "area:E01000002"]),
        ("practice:G82064", "2013-06-01", []),
    ],
)
def test_a_body_has_the_areas_of_its_parts(build, body, at, areas):
    store = build(KENT)
    assert areas_of(store, resolve(store, body), at) == areas


@pytest.mark.parametrize("at", ["2009-06-01", "2013-04-01", "2020-03-31", "2020-04-01", "2023-01-01"])
def test_a_body_asked_for_outside_its_life_has_the_areas_of_its_nearest_day(build, at):
    store = build(KENT)
    assert areas_of(store, resolve(store, "ccg:10E"), at) == ["area:E01000001"]


LATER_KNOWN = """
entities
id                | name                | valid_from | valid_until
council:E10000006 | Oldshire Council    |            | 2023-04-01
council:E10000007 | Youngshire Council  | 2009-04-01 |
council:E10000008 | Nowhere Council     |            |
area:E01000001    | One                 |            |
sha:Q37           | Oldshire SHA        | 2006-07-01 | 2013-04-01

relationships
subject           | verb   | object         | valid_from | valid_until
council:E10000006 | covers | area:E01000001 | 2009-04-01 | 2023-04-01
council:E10000007 | covers | area:E01000001 | 2010-04-01 |
sha:Q37           | covers | area:E01000001 | 2006-07-01 | 2013-04-01

neighbourhoods
code      | name | parent    | area           | population
E01000001 | One  | E02000001 | area:E01000001 | 100
"""


@pytest.mark.parametrize(
    ("at", "notes"),
    [
        (
            "2006-10-01",
            (
                "How far Oldshire Council reached on 2006-10-01 is not known; its area of 2009-04-01 is taken.",
            ),
        ),
        (
            "2009-03-31",
            (
                "How far Oldshire Council reached on 2009-03-31 is not known; its area of 2009-04-01 is taken.",
            ),
        ),
        ("2009-04-01", ()),
        ("2023-03-31", ()),
    ],
)
def test_before_its_area_is_known_a_body_is_taken_by_the_first_that_is_and_says_so(build, at, notes):
    place = place_of(build(LATER_KNOWN), "Oldshire Council", at)
    assert place.parts == (("area:E01000001", 1.0),)
    assert place.notes == notes


def test_an_area_of_no_day_at_all_stays_not_known(build):
    with pytest.raises(NothingFound, match="The area of Nowhere Council is not known"):
        place_of(build(LATER_KNOWN), "Nowhere Council", "2010-06-01")


def test_the_note_stands_in_every_answer_about_the_place(build):
    store, said = build(LATER_KNOWN), "How far Oldshire Council reached on"
    assert find(store, "Oldshire Council", "2006-10-01")["notes"][0].startswith(said)
    kind = "strategic_health_authority"
    listed = list_bodies(store, kind, "2006-10-01", "Oldshire Council")
    assert [body["id"] for body in listed["bodies"]] == ["sha:Q37"]
    assert listed["notes"][0].startswith(said)
    changed = diff(store, "2006-06-30", "2006-07-01", "Oldshire Council")
    assert [body["id"] for body in changed["started"]] == ["sha:Q37"]
    assert [note for note in changed["notes"] if note.startswith(said)]
    told = structure(store, "2006-06-30", "2006-07-01", "Oldshire Council")
    assert [note for note in told.notes if note.startswith(said)]


LISTED = (
    LATER_KNOWN
    + """
entities
id             | name     | valid_from | valid_until | note
pct:5AA        | A PCT    | 2002-04-01 | 2006-10-01  |
pct:5BB        | B PCT    | 2006-10-01 | 2013-04-01  |
pct:5CC        | C PCT    | 2002-04-01 | 2013-04-01  |
practice:A0001 | One      |            |             | prescribing setting 4 (GP practice)
practice:A0002 | Two      |            |             | prescribing setting 4 (GP practice), dormant
practice:A0003 | Three    |            |             |

entities
id             | kind                    | name     | note
practice:Y0001 | prescribing_cost_centre | A prison | prescribing setting 3 (prison)

locations
entity         | postcode | valid_from | valid_until
practice:A0001 | AA1 1AA  |            |
practice:A0002 | AA1 1AA  |            |
practice:A0003 | AA1 1AA  |            |
practice:Y0001 | AA1 1AA  |            |

relationships
subject        | verb      | object         | valid_from | valid_until
practice:A0001 | member_of | pct:5AA        | 2002-04-01 | 2006-10-01
practice:A0001 | member_of | pct:5BB        | 2006-10-01 | 2013-04-01
practice:A0002 | member_of | pct:5BB        | 2006-10-01 | 2013-04-01
practice:A0003 | member_of | pct:5CC        | 2002-04-01 | 2013-04-01
practice:Y0001 | member_of | pct:5CC        | 2002-04-01 | 2013-04-01
pct:5BB        | covers    | area:E01000001 | 2010-04-01 | 2013-04-01

postcodes
outcode | inward | code      | seen
AA1     | 1AA    | E01000001 | both
"""
)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2002-03-31", {}),
        ("2006-09-30", {"pct:5AA": 0.5, "pct:5CC": 0.5}),
        ("2006-10-01", {"pct:5BB": 0.6667, "pct:5CC": 0.3333}),
        ("2010-03-31", {"pct:5BB": 0.6667, "pct:5CC": 0.3333}),
    ],
)
def test_where_no_table_tells_the_commissioners_area_its_practices_do_and_the_answer_says_so(build, at, told):
    answer = list_bodies(build(LISTED), "primary_care_trust", at, "Oldshire Council")
    assert {body["id"]: body["share"] for body in answer["bodies"]} == told
    assert {body["share_of"] for body in answer["bodies"]} <= {"GP practices standing here"}
    said = [
        note for note in answer["notes"] if "under which GP practices that stood here were listed" in note
    ]
    assert len(said) == bool(told)


def test_where_a_table_tells_the_area_it_alone_counts(build):
    answer = list_bodies(build(LISTED), "primary_care_trust", "2010-04-01", "Oldshire Council")
    assert [body["id"] for body in answer["bodies"]] == ["pct:5BB"]
    assert answer["notes"] == []


def test_changes_of_a_place_are_told_by_its_practices_too(build):
    answer = diff(build(LISTED), "2006-09-30", "2006-10-01", "Oldshire Council")
    assert [body["id"] for body in answer["ended"]] == ["pct:5AA"]
    assert [body["id"] for body in answer["started"]] == ["pct:5BB"]
    assert sum("Area not known for that day" in note for note in answer["notes"]) == 2
    told = structure(build(LISTED), "2006-09-30", "2006-10-01", "Oldshire Council")
    assert {"pct:5AA", "pct:5BB", "pct:5CC"} <= set(told.bodies)
    assert sum("Area not known for that day" in note for note in told.notes) == 2
