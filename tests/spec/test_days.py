"""Days: a year with two answers says both, what is last known says so, and a body before its start is what it was."""

from __future__ import annotations

import random

import pytest

from orgmap.graphmodel.dates import Span, parse_span
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.text import postcode_readings
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.commissioning.who import who
from orgmap.queries.place.find import find
from orgmap.queries.place.months_and_years import changes_within, find_essence
from orgmap.queries.table.annotate import Annotator, columns
from tests.kent import KENT, KENT_THROUGH_TIME
from tests.spec.test_annotate import annotated, dated

SERVICES = """
entities
id                      | name            | kind
service:health_visiting | Health visiting | service

rules
id | service                 | commissioner     | basis     | population | valid_from
r  | service:health_visiting | upper_tier_council | statutory | resident   | 2015-10-01
"""
COUNCIL_KNOWN_TO = "Councils: known to 2025-04-01"


@pytest.mark.parametrize(
    ("day", "commissioner", "note"),
    [
        ("2012", "pct:5QA", ""),
        ("2013", "", "commissioner in 2013: pct:5QA to 2013-03-31, ccg:10E from 2013-04-01"),
        ("2013-03", "pct:5QA", ""),
        ("201304", "ccg:10E", ""),
        ("March 2013", "pct:5QA", ""),
        ("2012/13", "pct:5QA", ""),
        ("2013/14", "ccg:10E", ""),
        ("2014", "ccg:10E", ""),
        ("2020", "", "commissioner in 2020: ccg:10E to 2020-03-31, ccg:91Q from 2020-04-01"),
        ("2022", "", "commissioner in 2022: ccg:91Q to 2022-06-30, icb:QKS from 2022-07-01"),
    ],
)
@pytest.mark.parametrize("cell", ["CT9 1AA", "G82064", "E10000016"])
def test_a_year_that_holds_two_answers_says_both_and_one_that_holds_one_gives_it(
    build, cell, day, commissioner, note
):
    if cell != "CT9 1AA" and day >= "2020":
        return  # the practice's listing ends there
    if cell == "E10000016":
        cell, commissioner = "district:E07000114", commissioner
    [told] = dated(build(KENT), (cell, day))
    assert told["commissioner"] == commissioner
    assert bool(told["commissioner_name"]) == bool(commissioner)
    assert (note in told["note"]) if note else ("commissioner in" not in told["note"])


def test_only_what_differs_within_the_year_is_blank(build):
    [told] = dated(build(KENT), ("CT9 1AA", "2017"))
    assert (told["commissioner"], told["upper_tier_council"]) == ("ccg:10E", "council:E10000016")
    assert told["system"] == told["system_name"] == ""
    assert told["note"] == "system in 2017: none to 2017-03-31, stp:QKS from 2017-04-01"


def test_a_name_or_a_code_that_changes_within_the_year_is_told_of_the_same_body(build):
    [name] = dated(build(KENT_THROUGH_TIME), ("CT9 1AA", "2021-03-15"), ("CT9 1AA", "2021"))[1:]
    assert name["commissioner"] == "ccg:91Q"
    [code] = dated(build(KENT_THROUGH_TIME), ("CT9 1AA", "2023"))
    assert (code["sub_icb_location"], code["sub_icb_location_gss"]) == ("sicbl:91Q", "")
    assert "sub_icb_location_gss in 2023: E38000237 to 2023-03-31, E38000999 from 2023-04-01" in code["note"]


def test_a_year_in_which_a_body_is_only_partly_known_says_for_which_days_it_is_answered(build):
    [first] = dated(build(KENT), ("CT9 1AA", "1999"))
    assert "answered for 1999-04-01 to 1999-12-31 of 1999" in first["note"]


@pytest.mark.parametrize("year", ["1998", "2098"])
def test_a_year_that_the_tables_do_not_reach_is_not_known(build, year):
    [told] = dated(build(KENT_THROUGH_TIME), ("CT9 1AA", year))
    assert told["note"].startswith(f"not known for {year}: the tables reach from 1999-04-01")


def test_a_practice_that_moved_in_a_month_says_so(build):
    moved = KENT.replace(
        "practice:G82064    | member_of | ccg:10E               | published | 2013-04-01 | 2020-04-01",
        "practice:G82064    | member_of | ccg:10E               | published | 2013-04-01 | 2014-06-17\n"
        "practice:G82064    | member_of | ccg:09E               | published | 2014-06-17 | 2020-04-01",
    )
    june, july = dated(build(moved), ("G82064", "2014-06"), ("G82064", "2014-07"))
    assert "commissioner in 2014-06: ccg:10E to 2014-06-16, ccg:09E from 2014-06-17" in june["note"]
    assert (june["commissioner"], july["commissioner"]) == ("", "ccg:09E")


def test_one_day_for_all_rows_may_be_a_year_too(build):
    [told] = annotated(build(KENT), "CT9 1AA", at="2013")
    assert "ccg:10E from 2013-04-01" in told["note"]


def test_what_changes_within_the_days_asked_about_is_said_to_the_day(build):
    store = build(KENT)
    notes = changes_within(parse_span("2013"), lambda day: find_essence(find(store, "CT9 1AA", day)))
    assert len(notes) == 1
    assert notes[0].startswith(
        "On 2013-04-01 within these days the answer changes: commissioner East Kent PCT"
    )
    for quiet in ("2009", "2013-04", "2013-04-01", "2014"):
        ask = lambda day: find_essence(find(store, "CT9 1AA", day))  # noqa: E731
        assert changes_within(parse_span(quiet), ask) == []


@pytest.mark.parametrize("change", ["2013-01-02", "2013-02-17", "2013-07-01", "2013-12-31"])
def test_a_change_on_any_day_is_found(change):
    notes = changes_within(
        Span("2013-01-01", "2013-12-31"), lambda day: {"one": ("new" if day >= change else "old",)}
    )
    assert notes == [f"On {change} within these days the answer changes: one old → new."]


@pytest.mark.parametrize("cell", ["CT9 1AA", "G82064", "council:E10000016"])
@pytest.mark.parametrize(("at", "beyond"), [("2025-04-01", False), ("2025-04-02", True)])
def test_beyond_its_table_a_council_is_shown_as_last_known_in_every_row(build, cell, at, beyond):
    store = build(
        KENT_THROUGH_TIME.replace(
            "ccg:10E               | published | 2013-04-01 | 2020-04-01",
            "ccg:10E               | published | 2013-04-01 |",
        )
    )
    [told] = annotated(store, cell, at=at)
    assert told["upper_tier_council"]
    assert (f"{COUNCIL_KNOWN_TO}, shown as last known" in told["note"]) is beyond


@pytest.mark.parametrize(("at", "beyond"), [("2025-04-01", False), ("2025-04-02", True)])
def test_beyond_its_table_who_commissions_is_shown_as_last_known(build, at, beyond):
    answer = who(build(f"{KENT_THROUGH_TIME}\n{SERVICES}"), "Health visiting", "CT9 1AA", at)
    assert [one["commissioner"]["id"] for one in answer["answers"]] == ["council:E10000016"]
    assert (f"{COUNCIL_KNOWN_TO}; shown as last known." in answer["notes"]) is beyond


SHADOWS = """
entities
id     | name | valid_from
ccg:AA | A    | 2013-04-01
ccg:BB | B    | 2013-04-01
hwb:CC | C    | 2013-04-01

phases
entity | status | valid_from | from_precision | valid_until
ccg:AA | shadow | 2011-12-01 | month          | 2012-04-01
ccg:AA | shadow | 2012-04-01 | month          | 2013-04-01
ccg:BB | shadow |            | not_known      | 2013-04-01
hwb:CC | shadow | 2012-04-01 | approx         | 2013-04-01
"""


@pytest.mark.parametrize(
    ("at", "there", "perhaps"),
    [
        ("2009-12-01", [], False),
        ("2011-11-30", [], True),
        ("2011-12-01", ["ccg:AA"], True),
        ("2012-04-01", ["ccg:AA"], True),
        ("2013-03-30", ["ccg:AA"], True),
        ("2013-03-31", ["ccg:AA", "ccg:BB"], False),
        ("2013-04-01", ["ccg:AA", "ccg:BB"], False),
    ],
)
def test_bodies_in_shadow_form_are_listed_and_those_of_unknown_start_are_mentioned(build, at, there, perhaps):
    kind = "clinical_commissioning_group"
    answer = list_bodies(build(SHADOWS), kind, at, include=Include.of(["shadow"]))
    assert [body["id"] for body in answer["bodies"]] == there
    said = [note for note in answer["notes"] if "since when is not known" in note]
    assert said == (
        [
            "1 more in shadow form on 2013-03-31: since when is not known, so each may have been there"
            f" on {at} or not."
        ]
        if perhaps
        else []
    )
    assert not any("since when" in note for note in list_bodies(build(SHADOWS), kind, at)["notes"])


@pytest.mark.parametrize(
    ("at", "perhaps"),
    [("2011-09-30", False), ("2011-10-02", True), ("2012-03-31", True), ("2012-04-01", False)],
)
def test_an_approximate_start_may_have_been_somewhat_earlier(build, at, perhaps):
    answer = list_bodies(build(SHADOWS), "health_and_wellbeing_board", at, include=Include.of(["shadow"]))
    assert any("since when is not known" in note for note in answer["notes"]) is perhaps


@pytest.mark.parametrize(
    ("at", "ask", "basis"),
    [
        ("2011-11-30", True, None),
        ("2011-12-01", True, "published"),
        ("2012-03-31", True, "published"),
        ("2012-03-31", False, None),
        ("2012-04-01", True, "delegated"),
        ("2012-04-01", False, "delegated"),
        ("2013-03-31", False, "delegated"),
    ],
)
def test_a_group_that_does_not_act_yet_is_found_only_if_shadow_forms_are_asked_for(build, at, ask, basis):
    drawing = KENT.replace(
        "ccg:10E | shadow | 2012-04-01 | 2013-04-01",
        "ccg:10E | shadow | 2011-12-01 | 2012-04-01\nccg:10E | shadow | 2012-04-01 | 2013-04-01",
    )
    answer = find(build(drawing), "CT9 1AA", at, Include.of(["shadow"] if ask else []))
    emerging = [body for body in answer["bodies"] if body["role"] == "emerging_commissioner"]
    assert [body["basis"] for body in emerging] == ([basis] if basis else [])
    assert all(body["status"] == "shadow" for body in emerging)


def test_a_board_in_shadow_form_is_listed_within_its_place(build):
    drawing = (
        KENT
        + """
phases
entity        | status | valid_from | valid_until
hwb:E10000016 | shadow | 2012-01-01 | 2013-04-01

relationships
subject       | verb    | object            | basis          | status | valid_from | valid_until
hwb:E10000016 | part_of | council:E10000016 | administrative | shadow | 2012-01-01 | 2013-04-01
"""
    )
    kind = "health_and_wellbeing_board"
    for at, ask, there in (
        ("2011-12-31", True, []),
        ("2012-01-01", True, ["hwb:E10000016"]),
        ("2012-01-01", False, []),
    ):
        shown = Include.of(["shadow"] if ask else [])
        answer = list_bodies(build(drawing), kind, at, "Kent County Council", shown)
        assert [body["id"] for body in answer["bodies"]] == there


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("CT9 1AA", ["CT91AA"]),
        ("CT9 IAA", ["CT91AA"]),
        ("SE1O 8AA", ["SE1O8AA", "SE108AA"]),
        ("S0 1AA", ["S01AA"]),
        ("SO1 OAA", ["SO10AA", "S010AA", "S0I0AA"]),
        ("501 1AA", []),
        ("Thanet", []),
        ("0" * 30, []),
        ("", []),
    ],
)
def test_the_readings_of_a_mistyped_postcode_are_few_and_have_its_form(text, readings):
    assert sorted(postcode_readings(text)) == sorted(readings)


@pytest.mark.parametrize("cell", ["CT9 IAA", "ct9iaa", "(CT9 IAA)"])
def test_a_letter_for_a_digit_is_mended_where_one_postcode_is_so_read_and_it_is_said(build, cell):
    store = build(KENT)
    [told] = annotated(store, cell)
    assert told["commissioner"] == "ccg:10E"
    assert f"“{cell}” is no postcode; CT9 1AA is, and was taken." in told["note"]
    assert find(store, cell, "2013-06-01")["notes"][0] in told["note"]


@pytest.mark.parametrize(
    ("postcode", "answered"), [("SE1O 8AA", True), ("SE10 8AA", True), ("SEI0 8AA", True), ("SEIO 8AA", True)]
)
def test_a_known_postcode_is_never_read_as_another(build, postcode, answered):
    drawing = KENT + "\npostcodes\noutcode | inward | code      | seen\nSE10    | 8AA    | E01000001 | both\n"
    assert bool(annotated(build(drawing), postcode)[0]["commissioner"]) is answered


def test_two_readings_are_no_reading(build):
    drawing = KENT + (
        "\npostcodes\noutcode | inward | code      | seen\n"
        "SE10    | 8AA    | E01000001 | both\nSE1O    | 8AA    | E01000002 | both\n"
    )
    store = build(drawing)
    [told] = annotated(store, "SEIO 8AA")
    assert told["commissioner"] == ""
    ones = annotated(store, "SE10 8AA", "SE1O 8AA")
    assert [row["commissioner"] for row in ones] == ["ccg:10E", "ccg:09E"]
    assert all("is no postcode" not in row["note"] for row in ones)


WAYS = [
    way
    for base in (
        "CT9 1AA", "CT9 IAA", "CT9 9ZZ", "CT6 1AA", "TD1 1AA", "IM1 1AA", "CT9 1AB", "CT9", "CT6", "CT9 1", "CT9 1A",
        "G82064", "practice:G82064", "10E", "ccg:10E", "NHS Thanet CCG", "Thanet CCG", "5QA", "pct:5QA", "91Q",
        "sicbl:91Q", "QKS", "icb:QKS", "stp:QKS", "Kent HWB", "hwb:E10000016", "E10000016", "council:E10000016",
        "Kent County Council", "Thanet District Council", "Thanet", "Kent", "Margate", "Herne Bay", "Atlantis",
        "Margate, Kent", "Margate, Atlantis", "at:Q67", "Kent Area Team", "South of England", "TCCG", "ccg:99Z",
        "E01000001", "E02000001", "The Limes", "GB-NHS-10E", "x", "Kent and Medway STP", "healthwatch:E10000016",
    )
    for way in (base, base.lower(), base.upper(), f" {base} ", f"{base}.", f"({base})", base.replace(" ", ""),
                f"{base},", f'"{base}"')
]  # fmt: skip
"""Hundreds of ways to write a cell."""


@pytest.mark.parametrize("at", ["2009-06-01", "2013-03-31", "2013-04-01", "2021-06-01", "2022-07-01"])
def test_a_row_has_the_answer_or_the_refusal_that_find_gives(build, at):
    store = build(KENT_THROUGH_TIME)
    cells = random.Random(at).sample(WAYS, 120)
    for cell, told in zip(cells, annotated(store, *cells, at=at), strict=True):
        refusal, wanted = "", dict.fromkeys(COMPARED, "")
        try:
            bodies = find(store, cell.strip(), at)["bodies"]
        except OrgmapError as error:
            refusal = str(error)
        else:
            for column in COMPARED:
                having = [body for body in bodies if body["role"] == column]
                if len(having) == 1 and "share" not in having[0]:
                    wanted[column] = having[0]["id"]
        assert {column: told[column] for column in COMPARED} == wanted, cell
        assert refusal in told["note"] or told["note"].startswith(SHORTER), cell


COMPARED = (
    "commissioner",
    "sub_icb_location",
    "system",
    "region",
    "upper_tier_council",
    "health_and_wellbeing_board",
)
SHORTER = ("postcode not known", "not in England: ", "this postcode is not in England")
"""What a row says of a postcode in fewer words than `find`."""


FOLLOWED = KENT_THROUGH_TIME


@pytest.mark.parametrize(
    ("cell", "day", "to_day", "successor", "shares"),
    [
        ("5QA", "2012-06-01", "2013-03-31", "pct:5QA", "pct:5QA 100%"),
        ("5QA", "2012-06-01", "2013-04-01", "", "ccg:10E 75.0%, ccg:09E 25.0%"),
        ("5QA", "2012-06-01", "2020-04-01", "ccg:91Q", "ccg:91Q 100%"),
        ("5QA", "2012-06-01", "2022-07-01", "icb:QKS", "icb:QKS 100%"),
        ("NHS Thanet CCG", "2014-06-01", "2023-01-01", "icb:QKS", "icb:QKS 100%"),
        ("91Q", "2021-06-01", "2023-01-01", "icb:QKS", "icb:QKS 100%"),
        ("91Q", "2023-01-01", "2023-01-01", "sicbl:91Q", "sicbl:91Q 100%"),
        ("91Q", "2021-06-01", "2014-01-01", "", ""),
        ("CT9 1AA", "2013-06-01", "2023-01-01", "", ""),
        ("nowhere", "2013-06-01", "2023-01-01", "", ""),
        ("link:E10000016", "2012-06-01", "2023-01-01", "", ""),
    ],
)
def test_an_ended_body_is_followed_to_those_that_are_there_on_a_day(
    build, cell, day, to_day, successor, shares
):
    [row] = Annotator(build(FOLLOWED)).rows([[cell, day]], 0, at_column=1, to_day=to_day)
    told = dict(zip(columns(to_day), row[2:], strict=True))
    assert (told["successor"], told["successor_shares"]) == (successor, shares)
    if shares and not successor:
        assert f"split by practices on the way to {to_day}: {shares}" in told["note"]


def test_a_body_without_a_known_successor_says_so(build):
    [row] = Annotator(build(FOLLOWED)).rows([["link:E10000016"]], 0, to_day="2023-01-01")
    assert "no successor of Kent LINk is known on 2023-01-01" in row[-1]


def test_rows_without_a_day_of_their_own_are_answered_for_the_day_to_follow_to(build):
    [row] = Annotator(build(FOLLOWED)).rows([["CT9 1AA"]], 0, to_day="2014-01-01")
    assert row[1] == "ccg:10E"
