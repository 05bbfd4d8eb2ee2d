"""Codes that are places: postcodes' first halves and sectors, areas' codes, bodies' org-ids, however they are typed."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.bodies.of_kind import asked_for
from orgmap.queries.place.codes import place_of_code
from orgmap.queries.place.find import find
from orgmap.queries.place.places import place_of

CODED = """
entities
id                 | name                | valid_from | valid_until
council:E10000001  | Oldshire Council    |            |
ccg:10E            | NHS Oldshire CCG    | 2013-04-01 | 2022-07-01
ccg:91Q            | NHS Newshire CCG    | 2020-04-01 | 2022-07-01
sicbl:91Q          | NHS Newshire - 91Q  | 2022-07-01 |
trust:RVV          | Oldshire Hospitals  | 2001-04-01 |
area:E01000001     | One                 |            |
area:E01000002     | Two                 |            |

identifiers
entity            | scheme                   | code
council:E10000001 | gss                      | E10000001
council:E10000001 | local_authority_register | OLD
ccg:10E           | ods                      | 10E
ccg:10E           | gss                      | E38000001
ccg:91Q           | ods                      | 91Q
sicbl:91Q         | ods                      | 91Q
trust:RVV         | ods                      | RVV

locations
entity    | postcode
trust:RVV | AA1 2AA

relationships
subject           | verb   | object         | valid_from | valid_until
council:E10000001 | covers | area:E01000001 |            |
council:E10000001 | covers | area:E01000002 |            |
ccg:10E           | covers | area:E01000001 | 2013-04-01 | 2022-07-01
ccg:91Q           | covers | area:E01000002 | 2020-04-01 | 2022-07-01
sicbl:91Q         | covers | area:E01000002 | 2022-07-01 |

neighbourhoods
code      | name          | parent    | area           | population
E01000001 | Oldshire 001A | E02000001 | area:E01000001 | 100
E01000002 | Oldshire 001B | E02000001 | area:E01000002 | 300
E02000001 | Market Square |           |                |

place_codes
code      | name          | kind                  | within   | area           | population
E01033001 | Oldshire 001C | small area of 2021    |          | area:E01000001 | 50
E02006001 | Oldshire 002  | neighbourhood of 2021 |          | area:E01000002 | 50
E05000001 | Castle        | ward                  | Oldshire | area:E01000001 | 60
E05000001 | Castle        | ward                  | Oldshire | area:E01000002 | 40
E05000002 | Old Castle    | ward of 2016          | Oldshire | area:E01000001 | 10000
E05000003 | Mill          | ward of 2016 (by its middle) | Oldshire | area:E01000002 | 10000
E05000004 | New Castle    | ward of 2026 (extent estimated) | Oldshire | area:E01000001 | 2500
E05000004 | New Castle    | ward of 2026 (extent estimated) | Oldshire | area:E01000002 | 7500
E04000001 | Little Mill   | parish (extent not known) | Oldshire | area:E01000001 | 2500
E04000001 | Little Mill   | parish (extent not known) | Oldshire | area:E01000002 | 7500
E11000001 | Old Riding    | county                |          | area:E01000001 | 100
E12000008 | South East    | region                |          | area:E01000001 | 100
E12000008 | South East    | region                |          | area:E01000002 | 300

postcodes
outcode | inward  | code      | seen
AA1     | 1AA 1AB | E01000001 | both
AA1     | 1AC     | E01000002 | 2025
AA1     | 1AD     | E01000002 | terminated
AA1     | 1AE     | E02000001 | both
AA1     | 2AA     | E01000002 | 2025
AA1     | 3AA     | E01000002 | 2014
AA11    | 1AA     | E01000002 | both
E12     | 5AA     | E01000001 | both
"""

ONE, TWO = "area:E01000001", "area:E01000002"


@pytest.mark.parametrize(
    ("text", "kind", "label", "parts"),
    [
        ("AA1", "outcode", "AA1", {ONE: 2 / 4, TWO: 2 / 4}),
        ("(aa1).", "outcode", "AA1", {ONE: 2 / 4, TWO: 2 / 4}),
        ("E12", "outcode", "E12", {ONE: 1}),
        ("AA1 1", "postcode sector", "AA1 1", {ONE: 2 / 3, TWO: 1 / 3}),
        ("aa1  2", "postcode sector", "AA1 2", {TWO: 1}),
        ("AA11 1", "postcode sector", "AA11 1", {TWO: 1}),
        ("[AA1 1]", "postcode sector", "AA1 1", {ONE: 2 / 3, TWO: 1 / 3}),
        ("E01000001", "small area", "Oldshire 001A (E01000001)", {ONE: 1}),
        ("e01000002.", "small area", "Oldshire 001B (E01000002)", {TWO: 1}),
        ("E01033001", "small area of 2021", "Oldshire 001C (E01033001)", {ONE: 1}),
        ("E02000001", "neighbourhood", "Market Square (E02000001)", {ONE: 0.25, TWO: 0.75}),
        ("E02006001", "neighbourhood of 2021", "Oldshire 002 (E02006001)", {TWO: 1}),
        ("(E05000001)", "ward", "Castle, Oldshire (E05000001)", {ONE: 0.6, TWO: 0.4}),
        ("E05000002", "ward of 2016", "Old Castle, Oldshire (E05000002)", {ONE: 1}),
        ("E05000003", "ward of 2016", "Mill, Oldshire (E05000003)", {TWO: 1}),
        ("E05000004", "ward of 2026", "New Castle, Oldshire (E05000004)", {ONE: 0.25, TWO: 0.75}),
        ("E04000001", "parish", "Little Mill, Oldshire (E04000001)", {ONE: 0.25, TWO: 0.75}),
        ("E11000001", "county", "Old Riding", {ONE: 1}),
        ("e12000008", "region", "South East", {ONE: 0.25, TWO: 0.75}),
        ("E92000001", "country", "England", {ONE: 0.25, TWO: 0.75}),
        ("GB-NHS-10E", "clinical_commissioning_group", "NHS Oldshire CCG", {ONE: 1}),
        ("gb-nhs-10e", "clinical_commissioning_group", "NHS Oldshire CCG", {ONE: 1}),
        ("GB-NHS-RVV", "nhs_trust", "Oldshire Hospitals", {TWO: 1}),
        ("GB-LAE-OLD", "upper_tier_council", "Oldshire Council", {ONE: 0.25, TWO: 0.75}),
        ("GB-GSS-E38000001", "clinical_commissioning_group", "NHS Oldshire CCG", {ONE: 1}),
    ],
)
def test_a_code_is_the_place_that_has_it(build, text, kind, label, parts):
    place = place_of(build(CODED), text, "2013-06-01")
    assert (place.kind, place.label) == (kind, label)
    assert dict(place.parts) == pytest.approx(parts)


@pytest.mark.parametrize(
    ("code", "basis", "note"),
    [
        (
            "E05000002",
            "",
            "E05000002 is a ward first listed in 2016 and gone by 2024, placed by its council, whose area the tables"
            " never part.",
        ),
        (
            "E05000003",
            "estimated",
            "E05000003 is a ward first listed in 2016 and gone by 2024, placed by its middle and the small area nearest"
            " to that (estimated).",
        ),
        (
            "E05000004",
            "estimated",
            "E05000004 is a ward first listed in 2026, placed by wards and neighbourhoods of its name (estimated).",
        ),
        (
            "E04000001",
            "estimated",
            "E04000001 is a parish of the list of 2022; how far it reaches in Oldshire is not known, the answer is for"
            " all of it.",
        ),
        (
            "E05000001",
            "",
            "E05000001 is a ward of 2024, placed by the small areas that fit it best (derived).",
        ),
    ],
)
def test_a_code_of_another_edition_is_placed_as_well_as_is_known_and_says_of_which(build, code, basis, note):
    place = place_of(build(CODED), code, "2013-06-01")
    assert place.notes == (note,)
    assert place.basis == basis


@pytest.mark.parametrize("text", ["(10E)", "10e.", "E38000001", "OLD", "(RVV)"])
def test_other_codes_of_bodies_are_left_to_those_who_look_for_bodies(build, text):
    store = build(CODED)
    assert place_of_code(store, text, "2013-06-01") is None
    assert place_of(store, text, "2013-06-01").parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("E01999999", "no small area .LSOA. of 2011 or 2021 has that code"),
        (
            "E05999999",
            "E05999999 is not known: no ward of 2024.*; wards that ended before 2016 are in no table",
        ),
        (
            "E04999999",
            "E04999999 is not known: no parish of the list of 2022 has that code; those of other years are in no table",
        ),
        ("E12999999", "no region has that code"),
        ("W01000001", "not in England: it lies in Wales"),
        ("S12000033", "not in England: it lies in Scotland"),
        ("AA1 3", "No English postcode in use begins with AA1 3"),
        ("ZZ9 9", "No English postcode in use begins with ZZ9 9"),
        ("CF10", "CF10 is not in England: its letters belong to Wales"),
        ("CF10 1", "CF10 1 is not in England"),
        ("GB-NHS-OLD", "no body in the tables has that org-id"),
        ("GB-LAE-10E", "no body in the tables has that org-id"),
        ("GB-GOR-10E", "no body in the tables has that org-id"),
    ],
)
def test_a_code_that_is_not_known_is_refused_and_never_taken_for_another(build, text, words):
    with pytest.raises(NothingFound, match=words):
        place_of(build(CODED), text, "2013-06-01")


@pytest.mark.parametrize(
    ("at", "body"), [("2022-06-30", "NHS Newshire CCG"), ("2022-07-01", "NHS Newshire - 91Q")]
)
def test_of_two_bodies_with_one_org_id_the_one_of_the_day_is_meant(build, at, body):
    assert place_of(build(CODED), "GB-NHS-91Q", at).label == body


def test_an_org_id_of_a_body_that_had_ended_says_so(build):
    ended, alive = (place_of(build(CODED), "GB-NHS-10E", at) for at in ("2024-06-01", "2014-06-01"))
    assert "NHS Oldshire CCG was not in force on 2024-06-01" in " ".join(ended.notes)
    assert not alive.notes


TWO_SENSES = """
entities
id        | name              | valid_from | valid_until
trust:AA1 | Seaside Hospitals | 2001-04-01 | 2017-10-01

identifiers
entity    | scheme | code
trust:AA1 | ods    | AA1

locations
entity    | postcode
trust:AA1 | AA1 2AA
"""


@pytest.mark.parametrize("at", ["2014-06-01", "2024-06-01"])
@pytest.mark.parametrize("text", ["AA1", "aa1", "(AA1)"])
def test_an_outcode_that_is_a_body_s_code_too_says_so(build, text, at):
    place = place_of(build(CODED + TWO_SENSES), text, at)
    assert place.kind == "outcode"
    assert len(place.notes) == 1
    assert "AA1 is also the code of Seaside Hospitals, an NHS trust (trust:AA1," in place.notes[0]
    assert not place_of(build(CODED + TWO_SENSES), "AA11", at).notes


def test_an_outcode_is_a_body_s_code_where_its_kind_is_asked_for(build):
    store = build(CODED + TWO_SENSES)
    assert asked_for(store, "AA1", "2014-06-01", frozenset({"nhs_trust"})) == "trust:AA1"
    assert asked_for(store, "AA1", "2014-06-01", frozenset({"clinical_commissioning_group"})) == "AA1"
    assert asked_for(store, "AA11", "2014-06-01", frozenset({"nhs_trust"})) == "AA11"


def test_an_org_id_of_two_bodies_asks_which(build):
    with pytest.raises(Ambiguous, match="could be 2 bodies"):
        place_of(build(CODED), "GB-NHS-91Q", "2019-06-01")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("E01000001", []),
        ("E01033001", ["placed by those of 2011 that it was made of (derived)"]),
        ("E05000001", ["is a ward of 2024, placed by the small areas that fit it best (derived)"]),
    ],
)
def test_what_is_placed_by_best_fit_says_so(build, text, note):
    notes = place_of(build(CODED), text, "2013-06-01").notes
    assert len(notes) == len(note)
    assert all(words in said for said, words in zip(notes, note, strict=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [("E12000008", ["ccg:10E"]), ("E01000001", ["ccg:10E"]), ("AA1 1", ["ccg:10E"]), ("RVV", [])],
)
def test_codes_are_taken_wherever_a_place_is(build, text, told):
    store = build(CODED)
    listed = list_bodies(store, "clinical_commissioning_group", "2013-06-01", text)
    assert [body["id"] for body in listed["bodies"]] == told
    found = [one["id"] for one in find(store, text, "2013-06-01")["bodies"] if one["role"] == "commissioner"]
    assert found == told
