"""How far a body reaches: all that it and its parts cover, on both sides of every date."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.areas import areas_of, body_place
from orgmap.queries.place.find import find

REACH = """
entities
id                | name                   | valid_from | valid_until
council:E10000001 | Surrey Council         |            |
council:E10000002 | Sussex Council         |            |
council:E10000003 | Hants Council          |            |
district:E0700001 | Hart District Council  |            |
hwb:E10000001     | Surrey Board           | 2013-04-01 |
hwb:E10000002     | Sussex Board           | 2013-04-01 |
jhwb:both         | Joint Board            | 2018-01-01 |
healthwatch:one   | Healthwatch Both       | 2013-04-01 |
link:one          | Sussex LINk            | 2008-04-01 | 2013-04-01
sicbl:92A         | Surrey Location        | 2022-07-01 |
sicbl:09D         | Sussex Location        | 2022-07-01 |
sicbl:D9Y         | Hants Location         | 2022-07-01 |
icb:QXU           | Surrey ICB             | 2022-07-01 | 2026-04-01
icb:S9B           | Surrey and Sussex ICB  | 2026-04-01 |
stp:QNX           | Sussex STP             | 2016-04-01 | 2022-07-01
ccg:09D           | Sussex CCG             | 2013-04-01 | 2022-07-01
region:Y59        | South East             | 2020-04-01 |
sha:Q37           | South East Coast SHA   | 2006-07-01 | 2013-04-01
sha:Q38           | South Central SHA      | 2006-07-01 | 2013-04-01
shac:south        | NHS South of England   | 2011-10-01 | 2013-04-01
pct:5P5           | Surrey PCT             | 2006-10-01 | 2013-04-01
pct:5P6           | Sussex PCT             | 2006-10-01 | 2013-04-01
pctc:both         | Surrey and Sussex PCTs | 2011-06-01 | 2013-04-01
trust:RTP         | Surrey Hospital        | 2001-04-01 |
trust:RQF         | Welsh Hospital         | 2001-04-01 |
trust:TAD         | Care Trust             | 2001-04-01 |
practice:H81001   | Surrey Surgery         | 2001-04-01 |
pcn:U10001        | Surrey Network         | 2019-07-01 |
hub:13Q           | A Hub                  | 2013-04-01 |
national:nhs      | NHS England            | 2013-04-01 |
area:E01000001    | One                    |            |
area:E01000002    | Two                    |            |
area:E01000003    | Three                  |            |
area:E01000004    | Four                   |            |

relationships
subject           | verb                | object            | valid_from | valid_until
council:E10000001 | covers              | area:E01000001    | 2009-04-01 |
council:E10000002 | covers              | area:E01000002    | 2009-04-01 |
council:E10000003 | covers              | area:E01000003    | 2009-04-01 |
council:E10000003 | covers              | area:E01000004    | 2009-04-01 |
district:E0700001 | covers              | area:E01000003    | 2009-04-01 |
district:E0700001 | member_of           | stp:QNX           | 2017-04-01 | 2022-07-01
council:E10000003 | member_of           | stp:QNX           | 2017-04-01 | 2022-07-01
hwb:E10000001     | part_of             | council:E10000001 | 2013-04-01 |
hwb:E10000002     | part_of             | council:E10000002 | 2013-04-01 |
hwb:E10000001     | member_of           | jhwb:both         | 2018-01-01 |
hwb:E10000002     | member_of           | jhwb:both         | 2018-01-01 |
council:E10000001 | holds_contract_with | healthwatch:one   | 2013-04-01 |
council:E10000002 | holds_contract_with | healthwatch:one   | 2016-04-01 |
council:E10000002 | holds_contract_with | link:one          | 2008-04-01 | 2013-04-01
sicbl:92A         | covers              | area:E01000001    | 2022-07-01 |
sicbl:09D         | covers              | area:E01000002    | 2022-07-01 |
icb:S9B           | covers              | area:E01000003    | 2026-04-01 |
sicbl:92A         | part_of             | icb:QXU           | 2022-07-01 | 2026-04-01
sicbl:92A         | part_of             | icb:S9B           | 2026-04-01 |
sicbl:09D         | part_of             | icb:S9B           | 2026-04-01 |
icb:QXU           | part_of             | region:Y59        | 2022-07-01 | 2026-04-01
icb:S9B           | part_of             | region:Y59        | 2026-04-01 |
hub:13Q           | part_of             | region:Y59        | 2020-04-01 |
ccg:09D           | covers              | area:E01000002    | 2013-04-01 | 2022-07-01
ccg:09D           | member_of           | stp:QNX           | 2016-04-01 | 2022-07-01
sha:Q37           | covers              | area:E01000001    | 2006-07-01 | 2013-04-01
sha:Q37           | covers              | area:E01000002    | 2006-07-01 | 2013-04-01
sha:Q38           | covers              | area:E01000003    | 2006-07-01 | 2013-04-01
pct:5P5           | covers              | area:E01000001    | 2010-04-01 | 2013-04-01
pct:5P6           | covers              | area:E01000002    | 2010-04-01 | 2013-04-01
pct:5P5           | part_of             | sha:Q37           | 2006-10-01 | 2013-04-01
pct:5P6           | part_of             | sha:Q38           | 2006-10-01 | 2013-04-01
pct:5P5           | member_of           | pctc:both         | 2011-06-01 | 2013-04-01
pct:5P6           | member_of           | pctc:both         | 2011-06-01 | 2013-04-01
sha:Q37           | member_of           | shac:south        | 2011-10-01 | 2013-04-01
sha:Q38           | member_of           | shac:south        | 2011-10-01 | 2013-04-01
practice:H81001   | member_of           | sicbl:92A         | 2022-07-01 |
practice:H81001   | member_of           | pcn:U10001        | 2022-07-01 |
pcn:U10001        | part_of             | sicbl:92A         | 2022-07-01 |

locations
entity          | postcode | valid_from | valid_until
trust:RTP       | AA1 1AA  | 2001-04-01 | 2015-04-01
trust:RTP       | AA1 1AB  | 2015-04-01 |
trust:RQF       | CF15 7QZ | 2001-04-01 |
practice:H81001 | AA1 1AA  |            |

neighbourhoods
code      | name  | parent    | area           | population
E01000001 | One   | E02000001 | area:E01000001 | 100
E01000002 | Two   | E02000002 | area:E01000002 | 300
E01000003 | Three | E02000003 | area:E01000003 | 100
E01000004 | Four  | E02000003 | area:E01000004 | 500

postcodes
outcode | inward | code      | seen
AA1     | 1AA    | E01000001 | both
AA1     | 1AB    | E01000002 | both
"""


def reach(store, body: str, at: str) -> str:
    """The areas of a body by the last digit of their ids."""
    [entity] = store.entities(ids=[body])
    return "".join(area[-1] for area in areas_of(store, entity, at))


@pytest.mark.parametrize(
    ("body", "at", "areas"),
    [
        ("icb:QXU", "2026-03-31", "1"),
        ("icb:S9B", "2026-04-01", "123"),  # two locations, and one area of its own
        ("region:Y59", "2026-03-31", "1"),
        ("region:Y59", "2026-04-01", "123"),
        ("stp:QNX", "2017-06-01", "2"),  # councils sit there for the whole of their area
        ("sha:Q37", "2010-03-31", "12"),
        ("sha:Q37", "2010-04-01", "1"),  # a trust tells its own authority
        ("sha:Q38", "2010-03-31", "3"),
        ("sha:Q38", "2010-04-01", "23"),
        ("shac:south", "2012-04-01", "123"),
        ("pctc:both", "2012-04-01", "12"),
        ("hwb:E10000001", "2018-01-01", "1"),
        ("jhwb:both", "2018-01-01", "12"),
        ("healthwatch:one", "2016-03-31", "1"),
        ("healthwatch:one", "2016-04-01", "12"),
        ("link:one", "2013-03-31", "2"),
        ("council:E10000003", "2020-01-01", "34"),
        ("trust:RTP", "2015-03-31", "1"),
        ("trust:RTP", "2015-04-01", "2"),
        ("national:nhs", "2020-01-01", "1234"),
        ("practice:H81001", "2023-01-01", ""),
        ("pcn:U10001", "2023-01-01", ""),
        ("hub:13Q", "2023-01-01", ""),
    ],
)
def test_a_body_reaches_over_all_that_it_and_its_parts_cover(build, body, at, areas):
    assert reach(build(REACH), body, at) == areas


@pytest.mark.parametrize(
    ("body", "at", "told"),
    [
        ("icb:S9B", "2026-04-01", ["E10000001", "E10000002", "E10000003"]),
        ("jhwb:both", "2026-04-01", ["E10000001", "E10000002"]),
        ("trust:RTP", "2014-06-01", ["E10000001"]),
    ],
)
def test_within_a_body_are_the_councils_of_all_its_parts(build, body, at, told):
    listed = list_bodies(build(REACH), "upper_tier_council", at, body)
    assert [one["id"].partition(":")[2] for one in listed["bodies"]] == told


@pytest.mark.parametrize(
    ("kind", "place", "at", "told"),
    [
        ("joint_health_and_wellbeing_board", "AA1 1AA", "2017-12-31", {}),
        ("joint_health_and_wellbeing_board", "AA1 1AA", "2018-01-01", {"jhwb:both": None}),
        ("joint_health_and_wellbeing_board", "Hants Council", "2018-01-01", {}),
        ("strategic_health_authority_cluster", "Hants Council", "2011-09-30", {}),
        ("strategic_health_authority_cluster", "Hants Council", "2011-10-01", {"shac:south": 0.1667}),
        ("strategic_health_authority_cluster", "Surrey Council", "2011-10-01", {"shac:south": None}),
    ],
)
def test_a_joint_body_is_within_a_place_that_its_members_cover(build, kind, place, at, told):
    listed = list_bodies(build(REACH), kind, at, place)
    assert {one["id"]: one.get("share") for one in listed["bodies"]} == told


@pytest.mark.parametrize(("at", "council"), [("2015-03-31", "E10000001"), ("2015-04-01", "E10000002")])
def test_a_trust_is_where_its_postcode_lies_on_the_day(build, at, council):
    told = find(build(REACH), "trust:RTP", at)
    [found] = [body["id"] for body in told["bodies"] if body["role"] == "upper_tier_council"]
    assert found == f"council:{council}"
    assert told["place"]["described"] == "Surrey Hospital, an NHS trust"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("practice:H81001", "It stood at AA1 1AA: ask for that postcode"),
        ("pcn:U10001", "has no area of its own"),
        ("hub:13Q", "has no area of its own"),
        ("trust:RQF", "is not known: its postcode CF15 7QZ is not in England but in Wales"),
        ("trust:TAD", "is not known: no register gives its postcode"),
    ],
)
def test_what_has_no_area_says_so(build, body, words):
    store = build(REACH)
    [entity] = store.entities(ids=[body])
    with pytest.raises(NothingFound, match=words):
        body_place(store, entity, "2023-01-01")


RENAMED = """
entities
id        | name         | valid_from | valid_until
ccg:01H   | North Group  | 2013-04-01 | 2022-07-01
area:one  | One          |            |

names
entity  | name        | use      | valid_from | valid_until
ccg:01H | Whole Group | former   | 2013-04-01 | 2017-04-01
ccg:01H | North Group | official | 2017-04-01 | 2022-07-01

relationships
subject | verb   | object   | valid_from | valid_until
ccg:01H | covers | area:one | 2013-04-01 | 2022-07-01

"""


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2010-01-01", "Whole Group"),
        ("2013-04-01", "Whole Group"),
        ("2017-03-31", "Whole Group"),
        ("2017-04-01", "North Group"),
        ("2024-01-01", "North Group"),
    ],
)
def test_a_place_bears_the_name_that_its_body_had_on_the_day(build, day, name):
    store = build(RENAMED)
    [body] = store.entities(ids=["ccg:01H"])
    place = body_place(store, body, day)
    assert (place.label, place.described) == (name, f"{name}, a clinical commissioning group")
    assert find(store, "ccg:01H", day)["place"]["described"].startswith(name)
