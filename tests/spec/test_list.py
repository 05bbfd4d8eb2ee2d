"""All bodies of a kind on a day, on both sides of every date, in England or within a place."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Include
from orgmap.queries.body.listing import list_bodies
from tests.kent import KENT, KENT_THROUGH_TIME

TWO_COUNTIES = """
entities
id             | name
ccg:A          | NHS A CCG
ccg:B          | NHS B CCG
stp:A          | Newport
icb:B          | Newport
area:E01000001 | One
area:E01000002 | Two
trust:RAA      | A Hospital
trust:RBB      | B Hospital
practice:A0001 | A Surgery
practice:B0001 | B Surgery
pcn:U1         | A Network

locations
entity         | postcode | valid_from | valid_until
trust:RAA      | AA1 1AA  |            | 2015-04-01
trust:RAA      | BB1 1BB  | 2015-04-01 |
trust:RBB      | BB1 1BB  |            |
practice:A0001 | AA1 1AA  |            |
practice:B0001 | BB1 1BB  |            |

relationships
subject        | verb      | object         | valid_from | valid_until
ccg:A          | covers    | area:E01000001 |            |
ccg:B          | covers    | area:E01000002 |            |
ccg:A          | member_of | stp:A          |            |
ccg:B          | part_of   | icb:B          |            |
practice:A0001 | member_of | ccg:A          |            |
practice:B0001 | member_of | ccg:B          |            |
practice:A0001 | member_of | pcn:U1         | 2019-07-01 |

neighbourhoods
code      | name | parent    | area           | population
E01000001 | One  | E02000001 | area:E01000001 | 100
E01000002 | Two  | E02000002 | area:E01000002 | 300

postcodes
outcode | inward | code      | seen
AA1     | 1AA    | E01000001 | both
BB1     | 1BB    | E01000002 | both
"""


def ids(answer: dict) -> list[str]:
    """The ids of an answer, in its order."""
    return [body["id"] for body in answer["bodies"]]


@pytest.mark.parametrize(
    ("kind", "at", "told"),
    [
        ("primary_care_trust", "2006-09-30", []),
        ("primary_care_trust", "2006-10-01", ["pct:5QA"]),
        ("primary_care_trust", "2013-03-31", ["pct:5QA"]),
        ("primary_care_trust", "2013-04-01", []),
        ("clinical_commissioning_group", "2013-03-31", []),
        ("clinical_commissioning_group", "2013-04-01", ["ccg:09E", "ccg:10E"]),
        ("clinical_commissioning_group", "2020-03-31", ["ccg:09E", "ccg:10E"]),
        ("clinical_commissioning_group", "2020-04-01", ["ccg:91Q"]),
        ("clinical_commissioning_group", "2022-06-30", ["ccg:91Q"]),
        ("clinical_commissioning_group", "2022-07-01", []),
        ("sub_icb_location", "2022-06-30", []),
        ("sub_icb_location", "2022-07-01", ["sicbl:91Q"]),
        ("integrated_care_board", "2022-07-01", ["icb:QKS"]),
    ],
)
def test_a_list_changes_on_the_day_of_the_reform(build, kind, at, told):
    assert ids(list_bodies(build(KENT), kind, at)) == told


def test_a_hidden_shadow_group_is_mentioned_and_shown_when_asked_for(build):
    store, kind = build(KENT), "clinical_commissioning_group"
    answer = list_bodies(store, kind, "2013-03-31")
    assert answer["bodies"] == []
    assert answer["notes"] == ["1 more with the status “shadow” are not shown; --include shadow shows them."]
    asked = list_bodies(store, kind, "2013-03-31", include=Include.of(["shadow"]))
    assert [(body["id"], body["status"]) for body in asked["bodies"]] == [("ccg:10E", "shadow")]
    assert asked["notes"] == []


@pytest.mark.parametrize("at", ["2012-03-31", "2013-04-01"])
def test_a_shadow_form_has_its_own_days(build, at):
    answer = list_bodies(build(KENT), "clinical_commissioning_group", at, include=Include.of(["shadow"]))
    assert not [body for body in answer["bodies"] if body.get("status") == "shadow"]


def test_names_are_those_of_the_day(build):
    store, kind = build(KENT_THROUGH_TIME), "sustainability_and_transformation_partnership"
    names = [list_bodies(store, kind, at)["bodies"][0]["name"] for at in ("2021-03-31", "2021-04-01")]
    assert names == ["Kent and Medway STP", "Kent & Medway ICS"]


def test_before_the_tables_begin_nothing_is_known(build):
    store = build(KENT)
    assert ids(list_bodies(store, "gp_practice", "1999-04-01")) == ["practice:G82064"]
    with pytest.raises(NothingFound, match="begin on 1999-04-01"):
        list_bodies(store, "gp_practice", "1999-03-31")


@pytest.mark.parametrize(("at", "notes"), [("2026-01-01", 0), ("2026-01-02", 1)])
def test_past_the_horizon_of_its_kind_a_list_says_so(build, at, notes):
    told = list_bodies(build(KENT_THROUGH_TIME), "integrated_care_board", at)
    assert ids(told) == ["icb:QKS"]
    assert len(told["notes"]) == notes


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("CT9 1AA", ["ccg:10E"]),
        ("ct91aa", ["ccg:10E"]),
        ("CT6", ["ccg:09E"]),
        ("Thanet District Council", ["ccg:10E"]),
        ("district:E07000114", ["ccg:10E"]),
        ("Kent County Council", ["ccg:09E", "ccg:10E"]),
        ("Kent Area Team", ["ccg:10E"]),
        ("ccg:09E", ["ccg:09E"]),
    ],
)
def test_a_list_can_be_kept_within_a_place_or_body(build, place, told):
    answer = list_bodies(build(KENT), "clinical_commissioning_group", "2013-06-01", place)
    assert ids(answer) == told


@pytest.mark.parametrize(("place", "share"), [("Kent County Council", 0.75), ("CT9 1AA", None)])
def test_a_body_that_covers_part_of_the_place_has_a_share(build, place, share):
    bodies = list_bodies(build(KENT), "clinical_commissioning_group", "2013-06-01", place)["bodies"]
    [thanet] = [body for body in bodies if body["id"] == "ccg:10E"]
    assert thanet.get("share") == share
    assert ("share_of" in thanet) == (share is not None)


@pytest.mark.parametrize(
    ("kind", "place", "at", "told"),
    [
        ("gp_practice", "ccg:A", "2014-06-01", ["practice:A0001"]),
        ("gp_practice", "ccg:B", "2014-06-01", ["practice:B0001"]),
        ("primary_care_network", "ccg:A", "2019-06-30", []),
        ("primary_care_network", "ccg:A", "2019-07-01", ["pcn:U1"]),
        ("nhs_trust", "ccg:A", "2015-03-31", ["trust:RAA"]),
        ("nhs_trust", "ccg:A", "2015-04-01", []),
        ("nhs_trust", "ccg:B", "2015-04-01", ["trust:RAA", "trust:RBB"]),
    ],
)
def test_practices_networks_and_trusts_count_where_they_stand(build, kind, place, at, told):
    assert ids(list_bodies(build(TWO_COUNTIES), kind, at, place)) == told


ACROSS_THE_BORDER = """
entities
id             | name      | valid_from | valid_until
practice:Y0001 | Prison    |            |
practice:B0002 | B Branch  |            |
practice:A0002 | A Closed  |            | 2014-01-01
hub:13Q        | Hub       |            |

locations
entity         | postcode | valid_from | valid_until
practice:Y0001 | AA1 1AA  |            |
practice:B0002 | AA1 1AA  |            |
practice:A0002 | AA1 1AA  |            |

relationships
subject        | verb      | object  | valid_from | valid_until
practice:Y0001 | member_of | hub:13Q |            |
practice:B0002 | member_of | ccg:B   |            |
"""


@pytest.mark.parametrize(("at", "closed"), [("2013-12-31", ["practice:A0002"]), ("2014-01-01", [])])
def test_a_practice_counts_where_it_stands_whoever_lists_it(build, at, closed):
    answer = list_bodies(build(TWO_COUNTIES + ACROSS_THE_BORDER), "gp_practice", at, "ccg:A")
    assert ids(answer) == sorted(["practice:A0001", "practice:B0002", "practice:Y0001", *closed])
    other = list_bodies(build(TWO_COUNTIES + ACROSS_THE_BORDER), "gp_practice", at, "ccg:B")
    assert ids(other) == ["practice:B0001"]


COST_CENTRES = """
entities
id             | kind                       | name            | valid_until | note
ccg:A          | clinical_commissioning_group | NHS A CCG       |             |
area:E01000001 | area                       | One             |             |
practice:A0001 | gp_practice                | A Surgery       |             |
practice:A0002 | gp_practice                | A Sleeper       |             | 4; dormant in the register of 2015
practice:A0003 | prescribing_cost_centre    | A Hospice       |             |
practice:A0004 | prescribing_cost_centre    | A Prison        | 2015-01-01  |
practice:A0005 | practice_setting_not_known |                 | 2012-10-01  |
practice:W0001 | welsh_practice             | A Welsh Surgery |             |

locations
entity         | postcode
practice:A0001 | AA1 1AA
practice:A0003 | AA1 1AA

neighbourhoods
code      | name | parent | area           | population
E01000001 |      |        | area:E01000001 | 100

postcodes
outcode | inward | code      | seen
AA1     | 1AA    | E01000001 | both

relationships
subject | verb   | object
ccg:A   | covers | area:E01000001
"""


@pytest.mark.parametrize(
    ("kind", "at", "told"),
    [
        ("gp_practice", "2012-09-30", ["practice:A0001", "practice:A0002"]),
        ("prescribing_cost_centre", "2014-12-31", ["practice:A0003", "practice:A0004"]),
        ("prescribing_cost_centre", "2015-01-01", ["practice:A0003"]),
        ("practice_setting_not_known", "2012-09-30", ["practice:A0005"]),
        ("practice_setting_not_known", "2012-10-01", []),
        ("welsh_practice", "2015-01-01", ["practice:W0001"]),
    ],
)
def test_practices_proper_and_what_the_register_lists_beside_them_are_lists_of_their_own(
    build, kind, at, told
):
    assert ids(list_bodies(build(COST_CENTRES), kind, at)) == told


def test_a_list_of_practices_counts_the_others_apart(build):
    assert list_bodies(build(COST_CENTRES), "gp_practice", "2012-09-30")["notes"] == [
        "1 of these is dormant in the register: open by law, and working for nobody.",
        "Counted apart: 1 practice or cost centre (setting not known);"
        " orgmap list practice_setting_not_known shows them.",
        "Counted apart: 2 prescribing cost centres; orgmap list prescribing_cost_centre shows them.",
        "Counted apart: 1 GP practice in Wales; orgmap list welsh_practice shows them.",
    ]


def test_within_a_place_practices_and_cost_centres_count_apart_too(build):
    store = build(COST_CENTRES)
    told = list_bodies(store, "gp_practice", "2015-01-01", "ccg:A")
    assert ids(told) == ["practice:A0001"]
    assert told["notes"] == [
        "Counted apart: 1 prescribing cost centre; orgmap list prescribing_cost_centre shows them."
    ]
    assert ids(list_bodies(store, "prescribing_cost_centre", "2015-01-01", "ccg:A")) == ["practice:A0003"]


def test_a_place_that_is_not_known_or_not_clear_is_refused(build):
    store = build(TWO_COUNTIES)
    with pytest.raises(NothingFound):
        list_bodies(store, "clinical_commissioning_group", "2014-06-01", "Atlantis")
    with pytest.raises(Ambiguous):
        list_bodies(store, "clinical_commissioning_group", "2014-06-01", "Newport")


def test_bodies_of_one_name_and_area_are_one_place(build):
    drawing = KENT.replace("stp:QKS             | Kent STP ", "stp:QKS             | NHS Kent ICB ")
    found = list_bodies(build(drawing), "sub_icb_location", "2023-01-01", "NHS Kent ICB")
    assert ids(found) == ["sicbl:91Q"]


NAMED_LATE = """
datasets
dataset | title   | horizon    | as_of      | kinds     | names_from
trusts  | Trusts  | 2025-10-01 | 2025-10-01 | nhs_trust | 2015-07-01
groups  | Groups  | 2025-10-01 | 2025-10-01 | clinical_commissioning_group |

entities
id        | name                     | valid_from | valid_until
trust:RJ2 | Lewisham and Greenwich   |            |
ccg:10E   | NHS Thanet CCG           | 2013-04-01 | 2020-04-01
"""


@pytest.mark.parametrize(
    ("at", "notes"),
    [
        ("2015-06-30", ["Trusts: names are known from 2015-07-01 on; here the oldest known."]),
        ("2015-07-01", []),
    ],
)
def test_before_names_are_known_an_answer_says_so(build, at, notes):
    store = build(NAMED_LATE)
    assert list_bodies(store, "nhs_trust", at)["notes"] == notes
    assert list_bodies(store, "clinical_commissioning_group", at)["notes"] == []


def test_a_body_of_an_area_in_which_nobody_lives_has_no_share_of_the_people_and_is_not_untold(build):
    drawing = TWO_COUNTIES.replace("ccg:A          | NHS A CCG\n", "ccg:A          |\n").replace(
        "area:E01000001 | 100", "area:E01000001 | 0"
    )
    told = list_bodies(build(drawing), "clinical_commissioning_group", "2015-06-01", "icb:B")
    assert ids(told) == ["ccg:B"]
    empty = list_bodies(build(drawing), "clinical_commissioning_group", "2015-06-01", "AA1")
    assert [(body["id"], body["name"], body["share"]) for body in empty["bodies"]] == [("ccg:A", None, 0.0)]
    assert not any("no table says how far" in note for note in empty["notes"])


ONE_AREA = """
entities
id             | name
ccg:A          | NHS A CCG
area:E01000001 | One
practice:A0001 | A Surgery
practice:A0002 | C Surgery
pcn:U1         | A Network
pcn:U2         | C Network

locations
entity         | postcode
practice:A0001 | AA1 1AA
practice:A0002 | AC1 2AA

relationships
subject        | verb      | object         | valid_from | valid_until
ccg:A          | covers    | area:E01000001 |            |
practice:A0001 | member_of | ccg:A          |            |
practice:A0002 | member_of | ccg:A          |            |
practice:A0001 | member_of | pcn:U1         |            |
practice:A0002 | member_of | pcn:U2         |            |

neighbourhoods
code      | name | parent    | area           | population
E01000001 | One  | E02000001 | area:E01000001 | 100

postcodes
outcode | inward  | code      | seen
AA1     | 1AA     | E01000001 | both
AC1     | 1AA 2AA | E01000001 | both
"""


def test_what_stands_in_an_outcode_or_a_sector_is_told_by_its_postcode_and_not_by_its_areas(build):
    store = build(ONE_AREA)
    assert ids(list_bodies(store, "gp_practice", "2014-01-01", within="AC1")) == ["practice:A0002"]
    assert ids(list_bodies(store, "gp_practice", "2014-01-01", within="AC1 2")) == ["practice:A0002"]
    assert ids(list_bodies(store, "gp_practice", "2014-01-01", within="AC1 1")) == []
    assert ids(list_bodies(store, "pcn", "2014-01-01", within="AC1")) == ["pcn:U2"]
    assert ids(list_bodies(store, "ccg", "2014-01-01", within="AC1")) == ["ccg:A"]
    assert list_bodies(store, "gp_practice", "2014-01-01", within="AC1")["notes"] == []


def test_that_what_stands_in_a_small_place_is_told_by_its_areas_is_said(build):
    store = build(ONE_AREA)
    listed = list_bodies(store, "gp_practice", "2014-01-01", within="AC1 1AA")
    assert ids(listed) == ["practice:A0001", "practice:A0002"]
    assert any("all that stands in the same areas, also beyond it" in note for note in listed["notes"])
    for kind, within in (("ccg", "AC1 1AA"), ("gp_practice", "ccg:A")):
        assert list_bodies(store, kind, "2014-01-01", within=within)["notes"] == []
