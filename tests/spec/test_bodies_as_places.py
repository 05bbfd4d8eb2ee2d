"""A body's name where a place is asked for: the one in force, or the last that ended, and never one of another era
without a word."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.place.bodies.of_kind import asked_for
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of

SHIRE = """
entities
id                 | name                                   | valid_from | valid_until
council:E10000001  | Testshire County Council               |            |
district:E07000001 | Oldvale District Council               |            | 2009-04-01
district:E07000002 | Lostvale Borough Council               |            | 2009-04-01
district:E07000003 | Eastmoor District Council              |            |
district:E07000004 | Westmoor Borough Council               |            |
council:E06000001  | Newshire Council                       | 2009-04-01 |
pct:5AA            | Northmoor PCT                          | 2002-04-01 | 2006-10-01
pct:5BB            | Testshire PCT                          | 2006-10-01 | 2013-04-01
pct:5CC            | Parish Name PCT                        | 2002-04-01 | 2006-10-01
pct:5DD            | Hillside PCT                           | 2006-10-01 | 2013-04-01
trust:TXX          | Hillside Trust                         |            |
ccg:01A            | NHS Northmoor CCG                      | 2013-04-01 | 2022-07-01
ccg:01B            | NHS Riverside CCG                      | 2013-04-01 | 2022-07-01
ccg:01C            | NHS Wharf Borough and Lock CCG         | 2013-04-01 | 2022-07-01
ccg:01D            | NHS Weir North CCG                     | 2013-04-01 | 2018-04-01
ccg:01E            | NHS West Weir CCG                      | 2013-04-01 | 2018-04-01
ccg:01F            | NHS Weir CCG                           | 2018-04-01 | 2022-07-01
ccg:01G            | NHS MillCross, Sluice and Ford CCG     | 2013-04-01 | 2022-07-01
stp:QAA            | Riverside Partnership                  | 2016-04-01 | 2022-07-01
icb:QAA            | NHS Riverside Integrated Care Board    | 2022-07-01 | 2026-04-01
icb:QBB            | NHS Testshire Integrated Care Board    | 2022-07-01 |
healthwatch:east   | Healthwatch Eastmoor and Leaside       | 2013-04-01 |
practice:A00001    | Joint Practice                         |            |
pcn:U00001         | Canal PCN                              | 2019-07-01 |
service:hospice    | Hospices                               |            |
area:E01000001     | Newshire west                          |            |
area:E01000002     | Newshire east                          |            |
area:E01000003     | Eastmoor                               |            |
area:E01000004     | Westmoor                               |            |

names
entity             | name               | use
service:hospice    | hospice            | alias
healthwatch:east   | Eastmoor and Leaside | alias
stp:QAA            | Riverside ICS      | alias
pcn:U00001         | Canal              | alias

identifiers
entity    | scheme | code
stp:QAA   | ods    | QAA
pct:5DD   | ods    | 5DD
trust:TXX | ods    | TXX
icb:QAA   | ods    | QAA

relationships
subject            | verb    | object         | valid_from | valid_until
council:E06000001  | covers  | area:E01000001 | 2009-04-01 |
council:E06000001  | covers  | area:E01000002 | 2009-04-01 |
council:E10000001  | covers  | area:E01000003 |            |
council:E10000001  | covers  | area:E01000004 |            |
district:E07000003 | covers  | area:E01000003 |            |
district:E07000004 | covers  | area:E01000004 |            |
district:E07000003 | part_of | council:E10000001 |         |
district:E07000004 | part_of | council:E10000001 |         |
council:E10000001  | holds_contract_with | healthwatch:east | 2013-04-01 |
ccg:01A            | covers  | area:E01000003 | 2013-04-01 | 2022-07-01
ccg:01B            | covers  | area:E01000001 | 2013-04-01 | 2022-07-01
ccg:01C            | covers  | area:E01000002 | 2013-04-01 | 2022-07-01
ccg:01D            | covers  | area:E01000001 | 2013-04-01 | 2018-04-01
ccg:01F            | covers  | area:E01000001 | 2018-04-01 | 2022-07-01
ccg:01G            | covers  | area:E01000002 | 2013-04-01 | 2022-07-01
stp:QAA            | covers  | area:E01000001 | 2016-04-01 | 2022-07-01
stp:QAA            | covers  | area:E01000002 | 2016-04-01 | 2022-07-01
icb:QAA            | covers  | area:E01000002 | 2022-07-01 | 2026-04-01
icb:QBB            | covers  | area:E01000003 | 2022-07-01 |
icb:QBB            | covers  | area:E01000004 | 2022-07-01 |

events
id        | kind   | date
2006      | merged | 2006-10-01
2009      | merged | 2009-04-01

successions
event | predecessor        | successor         | weight | counts
2006  | pct:5AA            | pct:5BB           | 1      | practices
2006  | pct:5CC            | pct:5BB           | 1      | practices
2009  | district:E07000001 | council:E06000001 | 1      | residents
2009  | district:E07000002 | council:E06000001 | 1      | residents

neighbourhoods
code      | name | parent    | area           | population
E01000001 | 1    | E02000001 | area:E01000001 | 60000
E01000002 | 2    | E02000001 | area:E01000002 | 40000
E01000003 | 3    | E02000001 | area:E01000003 | 50000
E01000004 | 4    | E02000001 | area:E01000004 | 50000

place_names
name | kind | within | county | code | share | people | near | called | basis
Oldvale District Council | former district | England |  | area:E01000001 | 0.25 | 40000 |  |  |
Oldvale District Council | former district | England |  | area:E01000002 | 0.75 | 40000 |  |  |
Parish Name | parish | Eastmoor | Testshire | area:E01000003 | 1 |  |  |  |
Leaside | town | Eastmoor | Testshire | area:E01000003 | 1 | 9000 |  |  |
Canal Town | ward | Westmoor | Testshire | area:E01000004 | 1 |  |  |  |
Hamlet | town | Eastmoor | Testshire | area:E01000003 | 1 | 20000 |  |  |
Hamlet | town | Newshire | Newshire | area:E01000001 | 1 |  |  |  |
Large | town | Eastmoor | Testshire | area:E01000003 | 1 | 30000 |  |  |
Large | town | Newshire | Newshire | area:E01000001 | 1 |  |  |  |
Suburb | town | Eastmoor | Testshire | area:E01000003 | 1 | 30000 |  |  |
Suburb | town | Westmoor | Testshire | area:E01000004 | 1 |  |  |  |
North Suburb | ward | Westmoor | Testshire | area:E01000004 | 1 |  |  |  |
South Suburb | ward | Westmoor | Testshire | area:E01000004 | 1 |  |  |  |
"""


def refusal(build, text: str, at: str) -> str:
    """The words and candidates with which a text is refused."""
    with pytest.raises((NothingFound, Ambiguous)) as refused:
        place_of(build(SHIRE), text, at)
    return " ".join([str(refused.value), *getattr(refused.value, "candidates", [])])


def test_a_body_in_force_whose_area_is_not_known_is_told_and_no_other_era_stands_in(build):
    told = refusal(build, "Northmoor", "2005-06-01")
    assert told.startswith("The area of Northmoor PCT is not known for 2005-06-01: pct:5AA was in force")
    assert "ended on 2006-10-01 and was followed by Testshire PCT (100% of its practices, pct:5BB)" in told


def test_a_body_in_force_without_a_known_area_is_asked_about_beside_a_parish_of_its_name(build):
    told = refusal(build, "Parish Name", "2005-06-01")
    assert "Parish Name, Eastmoor (parish)" in told
    assert "pct:5CC — Parish Name PCT" in told
    assert place_of(build(SHIRE), "Parish Name", "2024-06-01").kind == "parish"


@pytest.mark.parametrize("text", ["Riverside", "QAA", "NHS Riverside"])
def test_of_several_ended_bodies_the_last_is_meant_and_the_others_are_told(build, text):
    place = place_of(build(SHIRE), text, "2026-06-01")
    assert (place.label, place.parts) == (
        "NHS Riverside Integrated Care Board",
        (("area:E01000002", 1.0),),
    )
    assert any(note.startswith("Nothing in force on 2026-06-01 is called that") for note in place.notes)
    assert any("is not meant" in note for note in place.notes)


@pytest.mark.parametrize("text", ["Oldvale", "Oldvale District Council", "district:E07000001"])
@pytest.mark.parametrize("at", ["2008-06-01", "2024-06-01"])
def test_an_ended_district_answers_with_where_its_people_lived(build, text, at):
    place = place_of(build(SHIRE), text, at)
    assert place.label == "Oldvale District Council"
    assert dict(place.parts) == {"area:E01000001": 0.25, "area:E01000002": 0.75}
    followed = any("was followed by Newshire Council (100% of its residents" in note for note in place.notes)
    assert followed == (at > "2009-04-01")


def test_an_ended_district_of_no_known_extent_answers_with_the_council_that_followed_it(build):
    place = place_of(build(SHIRE), "Lostvale", "2024-06-01")
    assert {area for area, _ in place.parts} == {"area:E01000001", "area:E01000002"}
    assert any("the area of Newshire Council, which followed it, is taken" in note for note in place.notes)
    assert "is not known for 2008-06-01" in refusal(build, "Lostvale", "2008-06-01")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Eastmoor and Leaside", "“Eastmoor” or “Leaside”"),
        ("Eastmoor & Westmoor", "“Eastmoor” or “Westmoor”"),
        ("Canal", "“Canal, Westmoor (place)”"),
        ("hospice", "No place is called “hospice”"),
    ],
)
def test_a_name_that_only_boards_voices_practices_or_services_have_is_no_place(build, text, offered):
    told = refusal(build, text, "2024-06-01")
    assert offered in told
    assert "has no area" not in told
    assert "The area of" not in told


def test_a_voice_is_meant_by_its_own_name(build):
    place = place_of(build(SHIRE), "Healthwatch Eastmoor and Leaside", "2024-06-01")
    assert place.kind == "local_healthwatch"


def test_people_that_no_table_tells_are_not_invented(build):
    assert "Hamlet, Newshire (town)" in refusal(build, "Hamlet", "2024-06-01")
    assert place_of(build(SHIRE), "Large", "2024-06-01").label == "Large, Eastmoor"
    # Wards are called after the other one: it may have as many people.
    assert "Suburb, Westmoor (town)" in refusal(build, "Suburb", "2024-06-01")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Cardiff", "Wales"),
        ("Edinburgh", "Scotland"),
        ("City of Edinburgh Council", "Scotland"),
        ("Belfast", "Northern Ireland"),
        ("Leaside, Swansea", "Wales"),
        ("Leaside CF10", "Wales"),
        ("Isle of Man", "not in England"),
        ("Jersey", "Channel Islands"),
    ],
)
def test_a_place_outside_england_is_told_with_its_country(build, text, country):
    told = refusal(build, text, "2024-06-01")
    assert country in told
    assert "Did you mean" not in told


@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("2020-06-01", "Riverside Partnership"),
        ("2024-06-01", "NHS Riverside Integrated Care Board"),
        ("2026-06-01", "NHS Riverside Integrated Care Board"),
    ],
)
@pytest.mark.parametrize("text", ["Riverside ICS", "Riverside Integrated Care System"])
def test_a_care_system_is_the_partnership_and_since_its_end_the_board(build, text, at, body):
    place = place_of(build(SHIRE), text, at)
    assert place.label == body
    assert any(note.startswith("Nothing in force") for note in place.notes) == (at > "2026-04-01")


@pytest.mark.parametrize("text", ["5DD", "(5dd)"])
def test_a_code_on_a_day_of_which_no_table_tells_the_area_names_its_body(build, text):
    told = refusal(build, text, "2004-06-01")
    assert "The area of Hillside PCT is not known for 2004-06-01. It began on 2006-10-01" in told


def test_a_trust_s_code_that_no_register_places_names_the_trust(build):
    told = refusal(build, "TXX", "2018-06-01")
    assert told.startswith("Where Hillside Trust stood on 2018-06-01 is not known")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Wharf CCG", "NHS Wharf Borough and Lock CCG"),
        ("NHS Wharf", "NHS Wharf Borough and Lock CCG"),
        ("Mill Cross Sluice & Ford CCG", "NHS MillCross, Sluice and Ford CCG"),
        ("MSF CCG", "NHS MillCross, Sluice and Ford CCG"),
    ],
)
def test_a_shorter_name_of_a_commissioner_of_the_day_is_that_commissioner_if_no_other_may_be_meant(
    build, text, label
):
    assert place_of(build(SHIRE), text, "2016-06-01").label == label
    assert refusal(build, text, "2023-06-01").startswith("No place is called")


def test_a_shorter_name_of_several_commissioners_asks_which_and_no_other_era_stands_in(build):
    told = refusal(build, "Weir CCG", "2016-06-01")
    assert told.index("ccg:01D") < told.index("ccg:01F")
    assert "ccg:01E" in told
    assert place_of(build(SHIRE), "Weir CCG", "2020-06-01").label == "NHS Weir CCG"
    assert place_of(build(SHIRE), "NHS Weir North CCG", "2020-06-01").label == "NHS Weir North CCG"


def test_a_kind_limits_what_is_told_of_a_place_and_tells_which_body_a_name_means(build):
    store, board, group = (
        build(SHIRE),
        frozenset({"integrated_care_board"}),
        frozenset({"clinical_commissioning_group"}),
    )
    assert asked_for(store, "Leaside", "2024-06-01", board) == "Leaside"
    assert asked_for(store, "Testshire", "2024-06-01", board) == "Testshire"
    meant = asked_for(store, "Riverside", "2020-06-01", group)
    assert place_of(store, meant, "2020-06-01").label == "NHS Riverside CCG"
    assert asked_for(store, "Northmoor", "2005-06-01", frozenset({"primary_care_trust"})) == "pct:5AA"
    assert asked_for(store, "Nowhere", "2024-06-01", None) == "Nowhere"
    with pytest.raises(NothingFound, match="No place is called"):
        asked_for(store, "Nowhere", "2024-06-01", board)
    assert find(store, "Leaside", "2024-06-01")["place"]["kind"] == "town"
