"""A name of a place leads to the right place, or the answer asks which, or refuses and offers places."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of

ENGLAND = """
entities
id                 | name                                    | valid_from | valid_until
council:E10000016  | Kent County Council                     |            |
district:E07000105 | Ashford Borough Council                 |            |
district:E07000108 | Dover District Council                  |            |
council:E08000032  | City of Bradford Council                |            |
district:E07000046 | Torridge District Council               |            |
council:E09000002  | London Borough of Barking and Dagenham  |            |
district:E07000213 | Spelthorne Borough Council              |            |
district:E07000013 | Chester City Council                    |            | 2009-04-01
district:E07000187 | Mendip District Council                 |            | 2023-04-01
council:E06000066  | Somerset Council                        | 2023-04-01 |
stp:QOP            | Greater Testshire                       | 2016-04-01 | 2022-07-01
icb:QOP            | NHS Greater Testshire Integrated Care Board | 2022-07-01 |
pctc:testshire     | Greater Testshire                       | 2011-06-01 | 2013-04-01
ccg:99X            | NHS Frimley CCG                         | 2013-04-01 | 2022-07-01
practice:A00001    | Ashford                                 |            |
practice:A00002    | The Elms                                |            |
practice:A00003    | The Oaks                                |            |
practice:A00004    | The Oaks                                |            |
area:E01000001     | Ashford, Kent                           |            |
area:E01000002     | Dover west                              |            |
area:E01000003     | Dover east                              |            |
area:E01000004     | Bradford                                |            |
area:E01000005     | Torridge                                |            |
area:E01000006     | Barking                                 |            |
area:E01000007     | Spelthorne                              |            |
area:E01000008     | Cheshire                                |            |
area:E01000009     | Mendip                                  |            |
area:E01000010     | Sedgemoor                               |            |

names
entity             | name    | use
district:E07000105 | Ashford | alias
district:E07000108 | Dover   | alias

identifiers
entity             | scheme                   | code
district:E07000105 | local_authority_register | RYE
district:E07000108 | local_authority_register | DVR
practice:A00001    | ods                      | A00001

relationships
subject            | verb    | object             | valid_from | valid_until
district:E07000105 | part_of | council:E10000016  |            |
district:E07000108 | part_of | council:E10000016  |            |
council:E10000016  | covers  | area:E01000001     |            |
council:E10000016  | covers  | area:E01000002     |            |
council:E10000016  | covers  | area:E01000003     |            |
district:E07000105 | covers  | area:E01000001     |            |
district:E07000108 | covers  | area:E01000002     |            |
district:E07000108 | covers  | area:E01000003     |            |
council:E08000032  | covers  | area:E01000004     |            |
district:E07000046 | covers  | area:E01000005     |            |
council:E09000002  | covers  | area:E01000006     |            |
district:E07000213 | covers  | area:E01000007     |            |
district:E07000187 | covers  | area:E01000009     |            | 2023-04-01
council:E06000066  | covers  | area:E01000009     | 2023-04-01 |
council:E06000066  | covers  | area:E01000010     | 2023-04-01 |
pctc:testshire     | covers  | area:E01000001     | 2011-06-01 | 2013-04-01
stp:QOP            | covers  | area:E01000001     | 2016-04-01 | 2022-07-01
stp:QOP            | covers  | area:E01000002     | 2016-04-01 | 2022-07-01
icb:QOP            | covers  | area:E01000002     | 2022-07-01 |
ccg:99X            | covers  | area:E01000003     | 2013-04-01 | 2022-07-01

neighbourhoods
code      | name | parent    | area           | population
E01000001 | 1    | E02000001 | area:E01000001 | 100000
E01000002 | 2    | E02000001 | area:E01000002 | 50000
E01000003 | 3    | E02000001 | area:E01000003 | 50000
E01000004 | 4    | E02000001 | area:E01000004 | 500000
E01000005 | 5    | E02000001 | area:E01000005 | 60000
E01000006 | 6    | E02000001 | area:E01000006 | 200000
E01000007 | 7    | E02000001 | area:E01000007 | 90000
E01000008 | 8    | E02000001 | area:E01000008 | 90000
E01000009 | 9    | E02000001 | area:E01000009 | 90000
E01000010 | 10   | E02000001 | area:E01000010 | 90000

place_names
name | kind | within | county | code | share | people | near | called | basis
Ashford | town | Ashford | Kent | area:E01000001 | 1 | 60000 |  |  |
Ashford | town | Spelthorne | Surrey | area:E01000007 | 1 | 27000 | Hounslow |  |
Dover | town (extent estimated) | Dover | Kent | area:E01000003 | 1 | 30000 |  |  |
Bradford | parish | Torridge | Devon | area:E01000005 | 1 |  |  |  |
Bradford | town | Bradford | West Yorkshire | area:E01000004 | 1 | 300000 |  |  |
Barking | place | Barking and Dagenham | London | area:E01000006 | 1 |  |  |  | estimated
Barking | town | Torridge | Devon | area:E01000005 | 1 | 500 |  |  |
Chester | town | Cheshire | Cheshire | area:E01000008 | 1 | 80000 |  |  |
Rye | town | Spelthorne | Surrey | area:E01000007 | 1 | 5000 |  |  |
Twin | town | Spelthorne | Surrey | area:E01000007 | 1 | 9000 |  |  |
Twin | town | Ashford | Kent | area:E01000001 | 1 | 2000 |  |  |
Large | town | Spelthorne | Surrey | area:E01000007 | 1 | 10000 |  |  |
Large | town | Ashford | Kent | area:E01000001 | 1 | 2000 |  |  |
Nought | town | Spelthorne | Surrey | area:E01000007 | 1 | 10000 |  |  |
Nought | place | Ashford | Kent | area:E01000001 | 1 |  |  |  | estimated
Small | town | Spelthorne | Surrey | area:E01000007 | 1 | 800 |  |  |
Small | ward | Ashford | Kent | area:E01000001 | 1 |  |  |  |
Alone | ward | Ashford | Kent | area:E01000001 | 1 |  |  |  |
Clap | place | Spelthorne | Surrey | area:E01000007 | 1 | 60000 |  |  | called after it
Clap | town | Ashford | Kent | area:E01000001 | 1 | 4000 |  |  |
Frimley | town | Spelthorne | Surrey | area:E01000007 | 1 | 12000 |  |  |
Clacton | town | Ashford | Kent | area:E01000001 | 1 | 50000 |  | Clacton-on-Sea |
Clacton-on-Sea | town | Ashford | Kent | area:E01000001 | 1 | 50000 |  |  |
St Alban | town | Ashford | Kent | area:E01000001 | 1 | 9000 |  |  |
Wide | parish (extent not known) | Somerset | Somerset | area:E01000009 | 0.5 |  |  |  |
Wide | parish (extent not known) | Somerset | Somerset | area:E01000010 | 0.5 |  |  |  |
South Side | region | England |  | area:E01000001 | 0.5 | 100000 |  |  |
South Side | region | England |  | area:E01000002 | 0.5 | 100000 |  |  |
South Side | ward | Torridge | Devon | area:E01000005 | 1 |  |  |  |
Two Senses | region | England |  | area:E01000001 | 0.5 | 150000 |  |  |
Two Senses | region | England |  | area:E01000002 | 0.5 | 150000 |  |  |
Two Senses | county | England |  | area:E01000001 | 1 | 100000 |  |  |
Oldsex | postal county | England |  | area:E01000007 | 1 | 90000 |  |  |
Surrey | county | England |  | area:E01000007 | 1 | 90000 |  |  |
"""

AT = "2024-06-01"


def areas(build, text: str, at: str = AT) -> set[str]:
    """The numbers of the areas of a place."""
    return {area.removeprefix("area:E010000") for area, _ in place_of(build(ENGLAND), text, at).parts}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bradford, Torridge", {"05"}),
        ("Bradford", {"04"}),
        ("Ashford, Spelthorne", {"07"}),
        ("Ashford, Surrey", {"07"}),
        ("Ashford, Oldsex", {"07"}),
        ("Ashford (Kent)", {"01"}),
        ("Ashford, Kent, England", {"01"}),
        ("Ashford, Ashford, Kent, UK", {"01"}),
        ("Ashford, NHS Frimley CCG, Kent", None),
        ("Dover, NHS Frimley CCG", {"03"}),
        ("Ashford, Spelthorne (town)", {"07"}),
        ("Ashford, Spelthorne (town) — a town typed back", {"07"}),
        ("Wide, Somerset", {"09", "10"}),
        ("Wide, Mendip", {"09"}),
    ],
)
def test_what_stands_behind_a_name_is_honoured_by_area(build, text, found):
    if found is None:
        with pytest.raises(NothingFound):
            areas(build, text)
    else:
        assert areas(build, text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ashford, Atlantis", "No council, county, region or body is called “Atlantis”"),
        ("Ashford, Torridge", "No place of that name lies in Torridge"),
        ("Ashford, Wales", "is not in England"),
        ("Oldsex", "only written in addresses"),
    ],
)
def test_what_stands_behind_a_name_and_does_not_hold_is_refused(build, text, words):
    with pytest.raises(NothingFound, match=words) as refused:
        areas(build, text)
    if text.startswith("Ashford, A") or "Torridge" in text:
        assert "“Ashford, Ashford (town)” or “Ashford, Spelthorne (town)”" in str(refused.value)


@pytest.mark.parametrize("text", ["Ashford", "ashford"])
def test_a_town_comes_before_a_practice_of_its_name(build, text):
    place = find(build(ENGLAND), text, AT)["place"]
    assert place == {
        "kind": "town",
        "name": "Ashford, Ashford",
        "described": "Ashford, a town in Ashford, Kent",
    }


def test_a_practice_is_meant_by_a_name_that_no_place_has(build):
    store = build(ENGLAND)
    assert find(store, "The Elms", AT)["place"]["id"] == "practice:A00002"
    assert find(store, "A00001", AT)["place"]["id"] == "practice:A00001"
    with pytest.raises(Ambiguous) as refused:
        find(store, "The Oaks", AT)
    assert [line.partition(" ")[0] for line in refused.value.candidates] == [
        "practice:A00003",
        "practice:A00004",
    ]


def test_a_code_of_letters_is_meant_only_in_capitals_and_where_no_place_has_the_name(build):
    store = build(ENGLAND)
    assert place_of(store, "Rye", AT).notes == ()
    place = place_of(store, "RYE", AT)
    assert place.described == "Rye, a town in Spelthorne, Surrey"
    assert place.notes == (
        "RYE is also a code of Ashford Borough Council (district:E07000105), which is not meant.",
    )
    assert place_of(store, "DVR", AT).label == "Dover District Council"
    with pytest.raises(NothingFound, match="In capitals DVR is a code of Dover District Council"):
        place_of(store, "dvr", AT)


@pytest.mark.parametrize(
    ("text", "found"), [("Barking", {"06"}), ("Large", {"07"}), ("Frimley", {"07"}), ("Clacton", {"01"})]
)
def test_a_namesake_is_taken_by_its_council_or_by_five_times_the_people(build, text, found):
    assert areas(build, text) == found


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Twin", ["Twin, Spelthorne (town)", "Twin, Ashford (town)"]),
        ("Nought", ["Nought, Spelthorne (town)", "Nought, Ashford (place)"]),
        ("Small", ["Small, Ashford (ward)", "Small, Spelthorne (town)"]),
        ("Clap", ["Clap, Spelthorne (place)", "Clap, Ashford (town)"]),
        ("Two Senses", ["Two Senses (region)", "Two Senses (county)"]),
    ],
)
def test_else_the_answer_asks_which_and_each_candidate_may_be_typed_back(build, text, candidates):
    store = build(ENGLAND)
    with pytest.raises(Ambiguous) as refused:
        place_of(store, text, AT)
    assert refused.value.candidates == candidates
    assert len({place_of(store, candidate, AT).described for candidate in candidates}) == len(candidates)


def test_a_town_whose_name_an_ended_district_had_is_the_town(build):
    assert place_of(build(ENGLAND), "Chester", AT).kind == "town"


@pytest.mark.parametrize(("at", "said"), [("2023-03-31", False), ("2023-04-01", True)])
def test_an_ended_council_stands_in_and_says_so(build, at, said):
    place = place_of(build(ENGLAND), "Mendip", at)
    assert place.parts == (("area:E01000009", 1.0),)
    assert any("Nothing in force" in note for note in place.notes) == said


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2012-06-01", {"01"}),
        ("2013-03-31", {"01"}),
        ("2022-06-30", {"01", "02"}),
        ("2022-07-01", {"02"}),
        ("2026-04-01", {"02"}),
    ],
)
def test_a_body_that_changed_its_kind_keeps_its_name(build, at, found):
    assert areas(build, "Greater Testshire", at) == found
    assert {
        b["id"] for b in list_bodies(build(ENGLAND), "district_council", at, "Greater Testshire")["bodies"]
    } == {{"01": "district:E07000105", "02": "district:E07000108"}[area] for area in found}


def test_the_ended_body_of_a_towns_name_is_told_beside_it(build):
    [note] = place_of(build(ENGLAND), "Frimley", AT).notes
    assert note.startswith("NHS Frimley CCG, a clinical commissioning group (ccg:99X")


def test_a_ward_never_stands_in_for_a_region_and_says_what_it_is(build):
    place = place_of(build(ENGLAND), "South Side", AT)
    assert (place.described, len(place.parts)) == ("South Side, a region of government", 2)
    alone = place_of(build(ENGLAND), "Alone", AT)
    assert alone.described == "Alone, a ward in Ashford, Kent"
    assert alone.notes == ("Alone is a ward in Ashford; no larger place of that name is meant.",)


@pytest.mark.parametrize("text", ["St. Alban", "Saint Alban", "st alban", "The St Alban"])
def test_ordinary_ways_of_writing_are_read(build, text):
    assert areas(build, text) == {"01"}


@pytest.mark.parametrize("text", ["Kent CC", "Kent", "County of Kent", "Kent County"])
def test_a_council_is_found_in_any_style(build, text):
    assert place_of(build(ENGLAND), text, AT).label == "Kent County Council"


def test_the_town_of_a_district_is_meant_and_the_district_is_offered(build):
    place = place_of(build(ENGLAND), "Dover", AT)
    assert place.parts == (("area:E01000003", 1.0),)
    assert place.notes == ("The town is meant; “Dover District Council” means all of the district.",)


def test_near_a_border_and_by_a_point_the_answer_says_so(build):
    store = build(ENGLAND)
    assert place_of(store, "Ashford, Spelthorne", AT).notes == ("Ashford is near the border with Hounslow.",)
    barking = find(store, "Barking", AT)
    assert barking["place"]["basis"] == "estimated"
    assert barking["notes"][0].startswith("Where Barking lies is estimated from a point")


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("Ashfrod", "“Ashford"),
        ("Ashford Kent", "Did you mean “Ashford, Kent”"),
        ("Dover Distrct Council", "Dover District Council"),
    ],
)
def test_a_refusal_offers_places(build, text, offer):
    with pytest.raises(NothingFound) as refused:
        place_of(build(ENGLAND), text, AT)
    assert offer in str(refused.value)
