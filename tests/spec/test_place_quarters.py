"""Quarters that only longer names tell: where their parts lie, and never in another county by an old address."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.queries.place.part_names import ask_many, forms_with
from orgmap.queries.place.places import place_of

CITY = """
entities
id                | name
council:E09000001 | London Borough of Deepwell
council:E06000001 | Slate Borough Council
council:E06000002 | Brightsea City Council
service:fertility | Fertility treatment
area:E01000001    | Deepwell
area:E01000002    | Slate
area:E01000003    | Brightsea

names
entity            | name | use
service:fertility | IVF  | alias

relationships
subject           | verb   | object
council:E09000001 | covers | area:E01000001
council:E06000001 | covers | area:E01000002
council:E06000002 | covers | area:E01000003

neighbourhoods
code      | name | parent    | area           | population
E01000001 | 1    | E02000001 | area:E01000001 | 100000
E01000002 | 2    | E02000001 | area:E01000002 | 100000
E01000003 | 3    | E02000001 | area:E01000003 | 100000

place_names
name | kind | within | county | code | share | people | near | called | basis
Dutchish Town East | ward | Deepwell | London | area:E01000001 | 1 |  |  |  |
Dutchish Town North | ward | Deepwell | London | area:E01000001 | 1 |  |  |  |
Forest Park & Landsend | neighbourhood | Deepwell | London | area:E01000001 | 1 |  |  |  |
Forest Park & Landsend | neighbourhood | Deepwell | London | area:E01000001 | 1 |  |  | Landsend |
Crayfold | ward | Deepwell | London | area:E01000001 | 1 |  |  |  |
Kentshire | postal county | England |  | area:E01000001 | 1 | 100000 |  |  |
Langfield Foxes | ward | Slate | Barkshire | area:E01000002 | 1 |  |  |  |
Langfield St Mary's | ward | Slate | Barkshire | area:E01000002 | 1 |  |  |  |
Presley Hill | ward | Slate | Barkshire | area:E01000002 | 1 |  |  |  |
Langfield | town | Brightsea | Eastshire | area:E01000003 | 1 | 900 |  |  |
Presley | town | Brightsea | Eastshire | area:E01000003 | 1 | 900 |  |  |
Camptown | neighbourhood | Brightsea | Eastshire | area:E01000003 | 1 |  |  |  |
"""


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Dutchish Town", "Dutchish Town, Deepwell"),
        ("Crayfold, Kentshire", "Crayfold, Deepwell"),
        ("Langfield", "Langfield, Brightsea"),
        ("Langfield, Slate", "Langfield, Slate"),
        ("Camp Town", "Camptown, Brightsea"),
        ("Camp Town, Brightsea", "Camptown, Brightsea"),
        ("Landsend, Deepwell", "Landsend, Deepwell"),
    ],
)
def test_a_quarter_lies_where_the_wards_and_small_areas_of_its_name_do(build, text, label):
    assert place_of(build(CITY), text, "2024-06-01").label == label


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("Landsend, Kentshire", "Forest Park & Landsend, Deepwell"),
        ("Presley, Slate", "Presley Hill, Slate"),  # one hill of that name makes no quarter
        ("Camp Town, Slate", "Camptown"),
        ("IVF", "Fertility treatment is a service: orgmap who “IVF” --for PLACE"),
    ],
)
def test_what_is_no_quarter_there_is_refused_with_what_may_be_meant(build, text, offer):
    with pytest.raises(NothingFound) as refused:
        place_of(build(CITY), text, "2024-06-01")
    assert offer in str(refused.value)


def test_the_longer_names_of_a_name_are_the_same_however_many_are_asked_for(build):
    store = build(CITY)
    asked = (
        "dutchish",
        "dutchish town",
        "town",
        "landsend",
        "langfield",
        "lang",
        "town dutchish",
        "",
        "nowhere",
    )
    before = [forms_with(store, one) for one in asked]
    assert before[:2] == [["dutchish town east", "dutchish town north"]] * 2
    ask_many(store)
    assert [forms_with(store, one) for one in asked] == before
