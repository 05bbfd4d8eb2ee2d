"""“NHS Shire” where no body of law bears the name on the day: no office that has ended is meant, but it is asked."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.place.places import place_of

SHIRE = """
entities
id         | name                 | valid_from | valid_until
sha:shire  | Shire Strategic Health Authority | 2002-10-01 | 2004-07-01
pct:5A     | North Shire PCT      | 2006-10-01 | 2013-04-01
pct:5V     | Vale PCT             | 2006-10-01 | 2013-04-01
at:Q57     | Shire Area Team      | 2013-04-01 | 2015-04-01
ccg:01A    | NHS North Shire CCG  | 2013-04-01 | 2022-07-01
ccg:01B    | NHS South Shire CCG  | 2013-04-01 | 2022-07-01
icb:QAA    | NHS Middle ICB       | 2022-07-01 | 2026-04-01
icb:QBB    | NHS Shire ICB        | 2026-04-01 |
area:E01000001 | One              |            |
area:E01000002 | Two              |            |
area:E01000003 | Three            |            |

names
entity | name      | use      | valid_from | valid_until
pct:5V | NHS Vale  | official | 2010-04-01 | 2013-04-01

relationships
subject | verb    | object         | valid_from | valid_until
pct:5A  | covers  | area:E01000001 | 2010-04-01 | 2013-04-01
pct:5V  | covers  | area:E01000003 | 2010-04-01 | 2013-04-01
ccg:01A | covers  | area:E01000001 | 2013-04-01 | 2022-07-01
ccg:01B | covers  | area:E01000002 | 2013-04-01 | 2022-07-01
ccg:01A | part_of | at:Q57         | 2013-04-01 | 2015-04-01
ccg:01B | part_of | at:Q57         | 2013-04-01 | 2015-04-01
icb:QAA | covers  | area:E01000001 | 2022-07-01 | 2026-04-01
icb:QAA | covers  | area:E01000002 | 2022-07-01 | 2026-04-01
icb:QBB | covers  | area:E01000001 | 2026-04-01 |
icb:QBB | covers  | area:E01000002 | 2026-04-01 |

neighbourhoods
code      | name  | parent    | area           | population
E01000001 | One   | E02000001 | area:E01000001 | 100
E01000002 | Two   | E02000001 | area:E01000002 | 300
E01000003 | Three | E02000001 | area:E01000003 | 300
"""


@pytest.mark.parametrize(
    ("at", "covering", "named"),
    [
        ("2015-04-01", ["ccg:01B", "ccg:01A"], ["at:Q57", "icb:QBB"]),
        ("2022-06-30", ["ccg:01B", "ccg:01A"], ["at:Q57", "icb:QBB"]),
        ("2022-07-01", ["icb:QAA"], ["at:Q57", "icb:QBB"]),
        ("2026-03-31", ["icb:QAA"], ["at:Q57", "icb:QBB"]),
        ("2012-06-01", ["pct:5A"], ["at:Q57", "icb:QBB"]),
    ],
)
def test_where_none_is_in_force_those_that_cover_the_area_and_those_of_the_name_are_asked_about(
    build, at, covering, named
):
    with pytest.raises(
        Ambiguous, match=f"No body of the NHS called “NHS Shire” was in force on {at}"
    ) as asked:
        place_of(build(SHIRE), "NHS Shire", at)
    assert [line.partition(" ")[0] for line in asked.value.candidates] == [*covering, *named]


def test_where_nothing_covers_the_area_either_the_refusal_names_those_of_the_name(build):
    with pytest.raises(NothingFound, match=r"at:Q57 — Shire Area Team.*icb:QBB — NHS Shire ICB"):
        place_of(build(SHIRE), "NHS Shire", "2005-06-01")


def test_a_body_in_force_whose_area_no_table_tells_is_not_said_to_be_none(build):
    with pytest.raises(
        NothingFound, match="The area of Shire Strategic Health Authority is not known for 2004-06-30"
    ):
        place_of(build(SHIRE), "NHS Shire", "2004-06-30")
    with pytest.raises(
        NothingFound, match="No body of the NHS called “NHS Shire” was in force on 2004-07-01"
    ):
        place_of(build(SHIRE), "NHS Shire", "2004-07-01")


@pytest.mark.parametrize(
    ("text", "at", "body"),
    [
        ("NHS Shire", "2015-03-31", "Shire Area Team"),  # an office that is there may be meant
        ("NHS Shire", "2026-04-01", "NHS Shire ICB"),
        ("Shire Area Team", "2016-06-01", "Shire Area Team"),  # who names the kind means it
        ("at:Q57", "2016-06-01", "Shire Area Team"),
        ("NHS Vale", "2013-04-01", "NHS Vale"),  # an ended body of law may stand in, and the answer says so
    ],
)
def test_a_body_in_force_an_ended_body_of_law_and_whoever_is_named_by_kind_are_taken(build, text, at, body):
    assert place_of(build(SHIRE), text, at).label == body
