"""“Who are my bodies?” on both sides of every reform, in a world with two streets."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.place.find import find
from tests.kent import KENT


def roles(answer: dict) -> dict[str, list[str]]:
    """The ids in an answer by their role."""
    found: dict[str, list[str]] = {}
    for body in answer["bodies"]:
        found.setdefault(body["role"], []).append(body["id"])
    return found


@pytest.mark.parametrize(
    ("at", "commissioner"),
    [
        ("2013-03-31", ["pct:5QA"]),
        ("2013-04-01", ["ccg:10E"]),
        ("2020-03-31", ["ccg:10E"]),
        ("2020-04-01", ["ccg:91Q"]),
        ("2022-06-30", ["ccg:91Q"]),
        ("2022-07-01", ["icb:QKS"]),
    ],
)
def test_the_commissioner_changes_on_the_day_of_the_reform(build, at, commissioner):
    assert roles(find(build(KENT), "CT9 1AA", at))["commissioner"] == commissioner


def test_in_2012_the_trust_commissions_its_cluster_manages_and_the_group_emerges(build):
    told = roles(find(build(KENT), "CT9 1AA", "2012-12-01"))
    assert told["commissioner"] == ["pct:5QA"]
    assert told["managing_body"] == ["pctc:kent"]
    assert told["emerging_commissioner"] == ["ccg:10E"]
    assert told["region"] == ["sha:Q37"]
    assert told["link"] == ["link:E10000016"]
    assert "health_and_wellbeing_board" not in told


def test_a_group_does_not_emerge_before_its_shadow_form_is_known(build):
    assert "emerging_commissioner" not in roles(find(build(KENT), "CT9 1AA", "2012-03-31"))


def test_an_emerging_group_is_labelled_shadow_and_a_trust_of_a_place_estimated(build):
    answer = find(build(KENT), "CT9 1AA", "2012-12-01")
    by_role = {body["role"]: body for body in answer["bodies"]}
    assert by_role["emerging_commissioner"]["status"] == "shadow"
    assert by_role["emerging_commissioner"]["basis"] == "delegated"
    assert by_role["commissioner"]["basis"] == "estimated"
    assert any("estimated" in note for note in answer["notes"])


def test_board_and_healthwatch_come_with_the_council(build):
    told = roles(find(build(KENT), "CT9 1AA", "2013-04-01"))
    assert told["upper_tier_council"] == ["council:E10000016"]
    assert told["district_council"] == ["district:E07000114"]
    assert told["health_and_wellbeing_board"] == ["hwb:E10000016"]
    assert told["local_healthwatch"] == ["healthwatch:E10000016"]
    assert told["area_team"] == ["at:Q67"]
    assert told["region"] == ["region:Y57"]


def test_a_sub_icb_location_is_not_a_commissioner(build):
    told = roles(find(build(KENT), "CT9 1AA", "2023-01-01"))
    assert told["sub_icb_location"] == ["sicbl:91Q"]
    assert told["system"] == ["icb:QKS"]
    assert told["commissioner"] == ["icb:QKS"]


def test_a_place_in_two_bodies_names_both_with_their_shares(build):
    bodies = find(build(KENT), "CT9 9ZZ", "2013-06-01")["bodies"]
    shares = {body["id"]: body["share"] for body in bodies if body["role"] == "commissioner"}
    assert shares == {"ccg:10E": 0.75, "ccg:09E": 0.25}


def test_a_terminated_postcode_answers_for_its_place_and_says_so(build):
    assert any("no longer in use" in note for note in find(build(KENT), "CT9 9ZZ", "2013-06-01")["notes"])


def test_before_the_trusts_areas_are_known_a_place_says_so_and_a_practice_still_answers(build):
    answer = find(build(KENT), "CT9 1AA", "2009-06-01")
    assert "commissioner" not in roles(answer)
    assert any("not known" in note for note in answer["notes"])
    assert roles(find(build(KENT), "G82064", "2009-06-01"))["commissioner"] == ["pct:5QA"]


def test_a_practice_has_its_own_commissioner_and_the_council_of_its_postcode(build):
    told = roles(find(build(KENT), "g82064", "2013-06-01"))
    assert told["commissioner"] == ["ccg:10E"]
    assert told["health_and_wellbeing_board"] == ["hwb:E10000016"]


def test_an_outcode_answers_for_its_live_postcodes(build):
    assert roles(find(build(KENT), "CT9", "2013-06-01"))["commissioner"] == ["ccg:10E"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CT9 1AB", "Postcode not known"),
        ("IM1 1AA", "Isle of Man"),
        ("BT1 1AA", "Northern Ireland"),
        ("TD1 1AA", "lies in Scotland"),
        ("Atlantis", "No place is called"),
    ],
)
def test_unknown_and_foreign_places_are_never_guessed(build, text, words):
    with pytest.raises(NothingFound, match=words):
        find(build(KENT), text, "2013-06-01")


def test_days_before_the_tables_and_in_the_future_are_not_known(build):
    store = build(KENT)
    with pytest.raises(NothingFound, match="begin on 1999-04-01"):
        find(store, "CT9 1AA", "1999-03-31")
    with pytest.raises(NothingFound, match="in the future"):
        find(store, "CT9 1AA", "2999-01-01")


def test_a_name_of_two_councils_lists_both(build):
    store = build(
        """
entities
id                | name
council:E06000001 | Newport Council
council:E06000002 | Newport Council
"""
    )
    with pytest.raises(Ambiguous) as refused:
        find(store, "Newport Council", "2013-06-01")
    assert len(refused.value.candidates) == 2


def test_a_shadow_group_whose_start_is_unknown_is_known_for_its_last_day_only(build):
    drawing = KENT.replace(
        "ccg:10E | shadow | 2012-04-01 | 2013-04-01", "ccg:10E | shadow |            | 2013-04-01"
    ).replace(
        "entity  | status | valid_from | valid_until",
        "entity  | status | valid_from | valid_until | from_precision",
    )
    drawing = drawing.replace(
        "|            | 2013-04-01\n\nidentifiers", "|            | 2013-04-01 | not_known\n\nidentifiers"
    )
    store = build(drawing)
    assert roles(find(store, "CT9 1AA", "2013-03-31"))["emerging_commissioner"] == ["ccg:10E"]
    assert "emerging_commissioner" not in roles(find(store, "CT9 1AA", "2013-03-30"))
    assert "emerging_commissioner" not in roles(find(store, "CT9 1AA", "2013-04-01"))


def test_a_councils_partnerships_are_not_those_of_its_places(build):
    partner = "council:E10000016  | member_of | stp:QKS | published | 2017-04-01 | 2022-07-01"
    store = build(KENT.replace("\n\nneighbourhoods", f"\n{partner}\n\nneighbourhoods"))
    assert "system" not in roles(find(store, "CT6 1AA", "2018-06-01"))


def test_a_network_under_another_commissioner_changes_nothing_for_the_practice(build):
    store = build(
        """
entities
id              | name   | valid_from | valid_until
practice:A1     | Limes  |            |
pcn:U1          | Net    | 2019-10-01 |
sicbl:91Q       | Kent   | 2022-07-01 |
sicbl:97R       | Sussex | 2022-07-01 |
icb:QKS         | Kent   | 2022-07-01 |
icb:QNX         | Sussex | 2022-07-01 |

identifiers
entity      | scheme | code
practice:A1 | ods    | A1

relationships
subject     | verb      | object    | valid_from
practice:A1 | member_of | pcn:U1    | 2022-07-01
practice:A1 | member_of | sicbl:91Q | 2022-07-01
pcn:U1      | part_of   | sicbl:97R | 2022-07-01
sicbl:91Q   | part_of   | icb:QKS   | 2022-07-01
sicbl:97R   | part_of   | icb:QNX   | 2022-07-01
"""
    )
    told = roles(find(store, "practice:A1", "2023-01-01"))
    assert told["commissioner"] == ["icb:QKS"]
    assert told["sub_icb_location"] == ["sicbl:91Q"]
    assert told["primary_care_network"] == ["pcn:U1"]


def test_a_body_that_did_not_exist_yet_is_said_to_begin_later(build):
    store = build(KENT)
    notes = find(store, "CT9 1AA", "2012-12-01")["notes"]
    assert any(
        "No Health and Wellbeing Board was in force on 2012-12-01" in n and "2013-04-01" in n for n in notes
    )
    assert not any("Wellbeing" in note for note in find(store, "CT9 1AA", "2013-04-01")["notes"])


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        ("2013-05-31", "The Limes opened on 2013-06-01, after 2013-05-31"),
        ("2013-06-01", ""),
        ("2014-05-31", ""),
        ("2014-06-01", "The Limes had closed by 2014-06-01: 2014-06-01 was its first day shut"),
    ],
)
def test_a_practice_answers_while_it_is_open(build, at, refused):
    drawing = KENT.replace("The Limes         | 1990-01-01 |", "The Limes | 2013-06-01 | 2014-06-01")
    if refused:
        with pytest.raises(NothingFound, match=refused):
            find(build(drawing), "G82064", at)
    else:
        assert roles(find(build(drawing), "G82064", at))["commissioner"] == ["ccg:10E"]


@pytest.mark.parametrize(("at", "region"), [("2012-12-01", ["sha:Q37"]), ("2009-12-01", ["sha:Q38"])])
def test_the_authority_of_the_trust_comes_before_that_of_the_area(build, at, region):
    drawing = f"""{KENT}
entities
id      | name          | valid_from | valid_until
sha:Q38 | South Central | 2006-07-01 | 2013-04-01

relationships
subject | verb   | object         | basis     | valid_from | valid_until
sha:Q38 | covers | area:E01000001 | estimated | 2006-07-01 | 2013-04-01
"""
    assert roles(find(build(drawing), "CT9 1AA", at))["region"] == region


HUB = """
entities
id              | kind                    | name            | valid_from | valid_until
practice:Y00001 | prescribing_cost_centre | A Prison        |            |
hub:14F         | commissioning_hub       | South West Hub  | 2015-04-01 |
lo:Q80          | local_office            | South West      | 2015-04-01 | 2018-04-01
lo:Q85          | local_office            | South           | 2018-04-01 | 2020-04-01
region:Y57      | nhs_region              | South           | 2013-04-01 | 2018-04-01
region:Y58      | nhs_region              | South West      | 2018-04-01 |

identifiers
entity          | scheme | code
practice:Y00001 | ods    | Y00001

relationships
subject         | verb      | object     | basis     | valid_from | valid_until
practice:Y00001 | member_of | hub:14F    | published | 2015-04-01 | 2021-04-01
hub:14F         | part_of   | lo:Q80     | published | 2015-04-01 | 2018-04-01
hub:14F         | part_of   | lo:Q85     | published | 2018-04-01 | 2020-04-01
hub:14F         | part_of   | region:Y58 | derived   | 2020-04-01 |
lo:Q80          | part_of   | region:Y57 | published | 2015-04-01 | 2018-04-01
lo:Q85          | part_of   | region:Y58 | published | 2018-04-01 | 2020-04-01
"""


@pytest.mark.parametrize(
    ("at", "office", "region", "basis"),
    [
        ("2018-03-31", ["lo:Q80"], ["region:Y57"], "published"),
        ("2018-04-01", ["lo:Q85"], ["region:Y58"], "published"),
        ("2020-03-31", ["lo:Q85"], ["region:Y58"], "published"),
        ("2020-04-01", None, ["region:Y58"], "derived"),
        ("2021-04-01", None, None, None),
    ],
)
def test_what_is_listed_under_a_hub_has_the_hubs_office_and_region(build, at, office, region, basis):
    answer = find(build(HUB), "Y00001", at)
    told = roles(answer)
    assert (told.get("area_team"), told.get("region")) == (office, region)
    assert next((one["basis"] for one in answer["bodies"] if one["role"] == "region"), None) == basis
    assert any("those of the hub" in note for note in answer["notes"]) == (region is not None)


TWO_TIERS = """
entities
id                 | name           | valid_from | valid_until
council:E10000004  | Old County     |            | 2009-04-01
council:E06000050  | New Council    | 2009-04-01 |
council:E10000016  | Other County   |            |
district:E07000114 | Other District |            |
area:E01000001     | One            |            |
area:E01000002     | Two            |            |

relationships
subject            | verb   | object         | basis     | valid_from | valid_until
council:E10000004  | covers | area:E01000001 | derived   | 2009-01-01 | 2009-04-01
council:E06000050  | covers | area:E01000001 | published | 2009-04-01 |
council:E10000016  | covers | area:E01000002 | published | 2009-01-01 |
district:E07000114 | covers | area:E01000002 | published | 2009-01-01 |

neighbourhoods
code      | name | parent    | area           | population
E01000001 | One  | E02000001 | area:E01000001 | 100
E01000002 | Two  | E02000001 | area:E01000002 | 100
"""


@pytest.mark.parametrize(
    ("place", "at", "councils", "said"),
    [
        ("E01000001", "2008-12-31", [], "No table says which council this place had on 2008-12-31."),
        (
            "E01000001",
            "2009-03-31",
            ["council:E10000004"],
            "No table says which district council this place had",
        ),
        ("E01000001", "2009-04-01", ["council:E06000050"], ""),
        ("E01000002", "2009-03-31", ["council:E10000016", "district:E07000114"], ""),
    ],
)
def test_a_place_in_a_county_whose_district_is_not_known_says_so(build, place, at, councils, said):
    answer = find(build(TWO_TIERS), place, at)
    found = roles(answer)
    assert [*found.get("upper_tier_council", []), *found.get("district_council", [])] == councils
    assert [said in note for note in answer["notes"] if "No table says which" in note] == (
        [True] if said else []
    )
