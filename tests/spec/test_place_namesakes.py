"""Which place a name means beside namesakes: after commas, beside quarters of cities, in styles of councils."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.place.places import place_of

AT = "2024-06-01"


QUARTERS = """
entities
id                 | name                                        | valid_from | valid_until
council:E08000001  | Bigtown City Council                        |            |
council:E08000002  | Othertown Metropolitan Borough Council      |            |
council:E10000001  | Bigtownshire County Council                 |            |
district:E07000001 | Rural District Council                      |            |
district:E07000002 | Bigtown City Council                        |            | 2009-04-01
icb:Q01            | NHS Bigtown and Bigtownshire Integrated Care Board | 2022-07-01 |
ccg:01X            | NHS Alpha, Beta and Gamma CCG               | 2013-04-01 |
stp:Q02            | Widecounty                                  | 2016-04-01 | 2022-07-01
icb:Q02            | NHS Widecounty Integrated Care Board        | 2022-07-01 |
sha:Q1             | Two Words Strategic Health Authority        | 2006-07-01 | 2013-04-01
pctc:hamlet        | Hamlet                                      | 2011-06-01 | 2013-04-01
practice:A1        | The Potteries                               |            |
healthwatch:E08000002 | Healthwatch Othertown and Elsewhere      | 2013-04-01 |
area:E01000001     | Bigtown                                     |            |
area:E01000002     | Othertown                                   |            |
area:E01000003     | Rural                                       |            |
area:E01000004     | Bigtownshire beyond Rural                   |            |

identifiers
entity             | scheme | code
council:E08000001  | gss    | E08000001
council:E08000002  | gss    | E08000002

relationships
subject            | verb    | object            | valid_from | valid_until
council:E08000001  | covers  | area:E01000001    |            |
council:E08000002  | covers  | area:E01000002    |            |
council:E10000001  | covers  | area:E01000003    |            |
council:E10000001  | covers  | area:E01000004    |            |
district:E07000001 | covers  | area:E01000003    |            |
district:E07000001 | part_of | council:E10000001 |            |
icb:Q01            | covers  | area:E01000001    | 2022-07-01 |
icb:Q01            | covers  | area:E01000003    | 2022-07-01 |
ccg:01X            | covers  | area:E01000002    | 2013-04-01 |
stp:Q02            | covers  | area:E01000001    | 2016-04-01 | 2022-07-01
stp:Q02            | covers  | area:E01000003    | 2016-04-01 | 2022-07-01
icb:Q02            | covers  | area:E01000001    | 2022-07-01 |
sha:Q1             | covers  | area:E01000001    | 2006-07-01 | 2013-04-01
pctc:hamlet        | covers  | area:E01000002    | 2011-06-01 | 2013-04-01

neighbourhoods
code      | name | parent    | area           | population
E01000001 | 1    | E02000001 | area:E01000001 | 500000
E01000002 | 2    | E02000001 | area:E01000002 | 200000
E01000003 | 3    | E02000001 | area:E01000003 | 60000
E01000004 | 4    | E02000001 | area:E01000004 | 60000

postcodes
outcode | inward | code      | seen
BB37    | 4AA    | E01000003 | both
BB1     | 1AA    | E01000001 | both
ZZ1     | 1AA    | E01000002 | both

place_names
name | kind | within | county | code | share | people | near | called | basis
Bigtown | town | Bigtown | Bigtownshire | area:E01000001 | 1 | 400000 |  |  |
Bigtownshire | county | England |  | area:E01000001 | 0.8 | 620000 |  |  |
Bigtownshire | county | England |  | area:E01000003 | 0.1 | 620000 |  |  |
Bigtownshire | county | England |  | area:E01000004 | 0.1 | 620000 |  |  |
Two Words | county | England |  | area:E01000002 | 1 | 200000 |  |  |
Hanley | parish | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  |
Hanley & Etruria | neighbourhood | Bigtown | Bigtownshire | area:E01000001 | 1 |  |  |  |
North Fort | ward | Bigtown | Bigtownshire | area:E01000001 | 1 |  |  |  |
Fort & Castle | ward | Bigtown | Bigtownshire | area:E01000001 | 1 |  |  |  |
Twins East | ward | Bigtown | Bigtownshire | area:E01000001 | 1 |  |  |  |
Twins West | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Market | town | Rural | Bigtownshire | area:E01000003 | 1 | 12000 |  |  |
Market & Riverside | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Sherburn | town | Rural | Bigtownshire | area:E01000003 | 1 | 3000 |  |  |
Sherburn in Elmet | town | Othertown |  | area:E01000002 | 1 | 7000 |  |  |
Mills | place | Rural | Bigtownshire | area:E01000003 | 1 | 3800 | Othertown |  | estimated
Mills | parish | Othertown |  | area:E01000002 | 1 |  |  |  |
Hamlet | place | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  | estimated
Vale | town | Rural | Bigtownshire | area:E01000003 | 1 | 5000 |  |  |
Vale | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Ridge North | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Ridge South | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Ridge East | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Ridge West | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Crest North | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Crest South | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Crest East | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Crest West | ward | Othertown |  | area:E01000002 | 1 |  |  |  |
Ridge | town | Othertown |  | area:E01000002 | 1 |  |  |  |
Crest | town | Othertown |  | area:E01000002 | 1 |  |  |  |
Ridge | place | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  | estimated
Crest | place | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  | estimated
Ridge Central | ward | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  |
Crest North | ward | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  |
Crest South | ward | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  |
Baths | town | Othertown |  | area:E01000002 | 1 | 90000 |  | Royal Baths Spa |
Baths | ward | Rural | Bigtownshire | area:E01000003 | 1 |  |  |  |
Down | place | Rural | Bigtownshire | area:E01000003 | 1 | 17000 |  |  | estimated
Down | neighbourhood | Bigtown | Bigtownshire | area:E01000001 | 1 |  |  |  |
Oldshire | postal county | England |  | area:E01000002 | 1 | 200000 |  |  |
"""


def quarters(build, text: str, at: str = AT) -> str:
    """What is taken: its label, or the candidates, or a refusal."""
    try:
        return place_of(build(QUARTERS), text, at).label
    except Ambiguous as error:
        return " / ".join(error.candidates)
    except NothingFound as error:
        return str(error)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bigtown, Bigtownshire", "Bigtown, Bigtown"),
        ("Bigtown - Bigtownshire", "Bigtown, Bigtown"),
        ("Bigtown; Bigtownshire", "Bigtown, Bigtown"),
        ("Bigtown and Bigtownshire", "NHS Bigtown and Bigtownshire Integrated Care Board"),
        ("Alpha, Beta and Gamma", "NHS Alpha, Beta and Gamma CCG"),
        ("Alpha, Beta, Gamma", "NHS Alpha, Beta and Gamma CCG"),
        ("Hanley, Oldshire", "No place of that name lies in Oldshire"),
        ("Market, Oldshire", "Market, Othertown"),
        ("Market, Rural", "Market, Rural"),
        (
            "Vale, Oldshire",
            "No place of that name lies in Oldshire",
        ),  # a ward of today is in no county of addresses
        ("Market, Widecounty", "No place of that name lies in Widecounty"),
        ("Hanley, Widecounty", "Hanley, Bigtown"),
    ],
)
def test_a_comma_tells_the_place_and_never_joins_two_into_a_body(build, text, told):
    assert told in quarters(build, text)


def test_a_body_that_ended_tells_a_place_only_on_its_days(build):
    assert quarters(build, "Market, Widecounty", "2020-06-01") == "Market, Rural"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hanley", "Hanley, Bigtown (place) / Hanley, Rural (parish)"),
        ("Fort", "Fort, Bigtown"),
        ("Twins", "Twins, Bigtown (place) / Twins, Othertown (place)"),
        ("Market", "Market, Rural"),
        ("Sherburn", "Sherburn in Elmet, Othertown (town) / Sherburn, Rural (town)"),
        ("Mills", "Mills, Othertown"),
        ("Mills, Rural", "Mills, Rural"),
        ("Hamlet", "Hamlet, Rural"),
        ("Ridge", "Ridge, Othertown"),  # four wards against one
        ("Crest", "Crest, Othertown (town) / Crest, Rural (place)"),  # four against two
        ("Baths", "Royal Baths Spa, Othertown (town) / Baths, Rural (ward)"),
        ("Down", "Down, Bigtown (neighbourhood) / Down, Rural (place)"),
        ("Castle Street", "No place is called “Castle Street”"),
        ("Othertown and Elsewhere", "No place is called"),
        ("Peak District", "nobody administers that area"),
        ("The Potteries", "nobody administers that area"),
    ],
)
def test_a_quarter_of_a_city_counts_with_the_people_of_its_wards(build, text, told):
    assert told in quarters(build, text)


def test_a_hamlet_is_asked_about_while_a_body_has_its_name(build):
    assert "pctc:hamlet" in quarters(build, "Hamlet", "2012-06-01")


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("Two Words county", AT, "Two Words"),
        ("Two Words, county", AT, "Two Words"),
        ("Bigtownshire county", AT, "Bigtownshire County Council"),
        (
            "Rural County Council",
            AT,
            "district:E07000001 — Rural District Council, start not known, no end known / ",
        ),
        ("London Borough of Othertown", AT, "Did you mean “Othertown Metropolitan Borough Council”"),
        ("Bigtownshire City Council", AT, "Did you mean “Bigtownshire County Council”"),
        ("Othertown MBC", AT, "Othertown Metropolitan Borough Council"),
    ],
)
def test_the_words_for_a_kind_of_place_or_council_count(build, text, at, told):
    assert told in quarters(build, text, at)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bigtown, BB1 1AA", "BB1 1AA"),
        ("BB1 1AA (Bigtown)", "BB1 1AA"),
        ("1 High Street, BB1 1AA", "BB1 1AA"),
        ("Market, Bigtownshire, BB37 4AA", "BB37 4AA"),
        ("Bigtown BB1", "BB1"),
        ("Othertown, BB1 1AA", "No place of that name lies in BB1 1AA"),
        ("Othertown BB1", "No place is called"),
    ],
)
def test_a_postcode_in_an_address_is_what_is_meant(build, text, told):
    assert told in quarters(build, text)


def test_a_postcode_beyond_its_post_town_says_where_it_lies(build):
    place = place_of(build(QUARTERS), "Bigtown, BB37 4AA", AT)
    assert place.label == "BB37 4AA"
    assert place.notes == (
        "BB37 4AA lies in the area of Rural District Council, and not in “Bigtown”; the postcode is taken.",
    )
