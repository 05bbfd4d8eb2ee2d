"""Answers added to a table row by row: every row keeps its place and its cells, and says why it has no answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.dates import UNDERSTOOD, day_after, today
from orgmap.graphmodel.text import safe_cell
from orgmap.queries.table.annotate import BLOCK, Annotator, columns
from tests.kent import KENT, KENT_THROUGH_TIME

SEVERAL = "commissioner in several: ccg:10E 75%, ccg:09E 25%; region known for a part only: region:Y57 75%"


def annotated(store, *cells: str, at: str | None = "2013-06-01") -> list[dict[str, str]]:
    """What is added to a table of one column."""
    rows = Annotator(store).rows([[cell] for cell in cells], 0, at=at)
    return [dict(zip(columns(), row[1:], strict=True)) for row in rows]


def dated(store, *rows: tuple[str, str]) -> list[dict[str, str]]:
    """What is added to a table of two columns, a place and its day."""
    told = Annotator(store).rows([list(row) for row in rows], 0, at_column=1)
    return [dict(zip(columns(), row[2:], strict=True)) for row in told]


def test_a_row_gets_the_bodies_of_its_postcode(build):
    [told] = annotated(build(KENT), "CT9 1AA")
    assert told == {
        "commissioner": "ccg:10E",
        "commissioner_name": "NHS Thanet CCG",
        "sub_icb_location": "",
        "system": "",
        "system_name": "",
        "region": "region:Y57",
        "upper_tier_council": "council:E10000016",
        "upper_tier_council_name": "Kent County Council",
        "health_and_wellbeing_board": "hwb:E10000016",
        "local_healthwatch": "healthwatch:E10000016",
        "link": "",
        "commissioner_code": "10E",
        "commissioner_gss": "",
        "sub_icb_location_code": "",
        "sub_icb_location_gss": "",
        "system_code": "",
        "system_gss": "",
        "region_code": "",
        "region_gss": "",
        "upper_tier_council_gss": "",
        "note": "",
    }


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        ("2013-03-31", ("5QA", "", "", "")),
        ("2013-04-01", ("10E", "", "", "")),
        ("2022-06-30", ("91Q", "", "", "")),
        ("2022-07-01", ("QKS", "91Q", "E38000237", "QKS")),
        ("2023-03-31", ("QKS", "91Q", "E38000237", "QKS")),
        ("2023-04-01", ("QKS", "91Q", "E38000999", "QKS")),
    ],
)
def test_codes_have_columns_of_their_own_and_are_those_of_the_day(build, at, codes):
    [told] = dated(build(KENT_THROUGH_TIME), ("CT9 1AA", at))
    columns = ("commissioner_code", "sub_icb_location_code", "sub_icb_location_gss", "system_code")
    assert tuple(told[column] for column in columns) == codes
    assert told["upper_tier_council_gss"] == "E10000016"


@pytest.mark.parametrize(
    ("at", "commissioner", "system", "voice"),
    [
        ("2013-03-31", "pct:5QA", "", "link:E10000016"),
        ("2013-04-01", "ccg:10E", "", "healthwatch:E10000016"),
        ("2017-03-31", "ccg:10E", "", "healthwatch:E10000016"),
        ("2017-04-01", "ccg:10E", "stp:QKS", "healthwatch:E10000016"),
        ("2020-03-31", "ccg:10E", "stp:QKS", "healthwatch:E10000016"),
        ("2020-04-01", "ccg:91Q", "", "healthwatch:E10000016"),
        ("2022-06-30", "ccg:91Q", "", "healthwatch:E10000016"),
        ("2022-07-01", "icb:QKS", "icb:QKS", "healthwatch:E10000016"),
    ],
)
def test_every_row_is_answered_for_its_own_day(build, at, commissioner, system, voice):
    [told] = dated(build(KENT), ("CT9 1AA", at))
    voices = told["local_healthwatch"] or told["link"]
    assert (told["commissioner"], told["system"], voices) == (commissioner, system, voice)


@pytest.mark.parametrize(
    ("at", "since_2013", "before"),
    [("2013-03-31", "", "link:E10000016"), ("2013-04-01", "healthwatch:E10000016", "")],
)
def test_the_voice_before_healthwatch_stands_in_a_column_of_its_own(build, at, since_2013, before):
    [told] = dated(build(KENT), ("CT9 1AA", at))
    assert (told["local_healthwatch"], told["link"]) == (since_2013, before)


@pytest.mark.parametrize(("at", "board"), [("2013-05-31", ""), ("2013-06-01", "hwb:E10000016")])
def test_a_board_counts_from_its_own_first_day(build, at, board):
    drawing = KENT.replace(
        "council:E10000016     | statutory | 2013-04-01 |", "council:E10000016 | statutory | 2013-06-01 |"
    )
    days = [("CT9 1AA", day) for day in ("2013-04-01", at, "2014-01-01")]
    assert [row["health_and_wellbeing_board"] for row in dated(build(drawing), *days)] == [
        "",
        board,
        "hwb:E10000016",
    ]


def test_rows_of_many_days_keep_their_order_and_their_cells(build):
    rows = [["x", "CT9 1AA", "2020-04-01", ""], ["y", " ct91aa ", "1 March 2013", "=1+1"], ["z", "", "", ""]]
    told = list(Annotator(build(KENT)).rows([list(row) for row in rows], 1, at_column=2))
    assert [row[:4] for row in told] == rows
    assert [row[4] for row in told] == ["ccg:91Q", "pct:5QA", ""]
    assert {len(row) for row in told} == {4 + len(columns())}


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("", "empty cell"),
        ("   ", "empty cell"),
        ("CT9 1AB", "postcode not known"),
        ("IM1 1AA", "not in England: the Isle of Man"),
        ("BT1 1AA", "not in England: Northern Ireland"),
        ("TD1 1AA", "this postcode is not in England: it lies in Scotland."),
        ("CT9 1A", "No place is called “CT9 1A”. A whole postcode always works."),
        ("ccg:99Z", "No place is called “ccg:99Z”. An English postcode always works."),
    ],
)
def test_a_row_that_cannot_be_answered_stays_blank_and_says_why(build, cell, note):
    [told] = annotated(build(KENT), cell)
    assert told["note"] == note
    assert {told[column] for column in columns()[:-1]} == {""}


@pytest.mark.parametrize(
    ("day", "note"),
    [
        ("1999-03-31", "not known for 1999-03-31: the tables reach from 1999-04-01 to 2026-01-01"),
        ("1948-07-05", "not known for 1948-07-05: the tables reach from 1999-04-01 to 2026-01-01"),
        ("2999-01-01", "not known for 2999-01-01: the tables reach from 1999-04-01 to 2026-01-01"),
        ("2013-02-30", "There is no day “2013-02-30” in the calendar. Write 2013-04-01."),
        ("31/04/2013", "There is no day “31/04/2013” in the calendar. Write 2013-04-01."),
        ("04/31/2013", "There is no day “04/31/2013” in the calendar. The day stands first: 01/04/2013."),
        ("41426", f"“41426” is a bare number and not a date. {UNDERSTOOD}"),
        ("soon", f"“soon” is not a date. {UNDERSTOOD}"),
        ("", "no date"),
        ("  ", "no date"),
    ],
)
def test_a_day_that_cannot_be_read_or_is_not_known_says_so_and_the_next_row_goes_on(build, day, note):
    wrong, right = dated(build(KENT_THROUGH_TIME), ("CT9 1AA", day), ("CT9 1AA", "2013-06-01"))
    assert wrong["note"] == note
    assert {wrong[column] for column in columns()[:-1]} == {""}
    assert right["commissioner"] == "ccg:10E"


def test_the_last_day_that_is_answered_is_today(build):
    past, future = dated(build(KENT_THROUGH_TIME), ("CT9 1AA", today()), ("CT9 1AA", day_after(today())))
    assert past["commissioner"] == "icb:QKS"
    assert future["commissioner"] == ""
    assert "not known for" in future["note"]


@pytest.mark.parametrize("cell", ["G82064", "g82064", "practice:G82064"])
def test_a_practice_is_answered_by_its_listing_and_its_place(build, cell):
    [told] = annotated(build(KENT), cell)
    assert (told["commissioner"], told["health_and_wellbeing_board"]) == ("ccg:10E", "hwb:E10000016")


@pytest.mark.parametrize(("at", "commissioner"), [("2009-06-01", "pct:5QA"), ("2020-04-01", "")])
def test_a_practice_is_answered_where_its_place_is_not_known_and_not_where_its_listing_ends(
    build, at, commissioner
):
    [told] = annotated(build(KENT), "G82064", at=at)
    assert told["commissioner"] == commissioner
    assert told["note"] == ("" if commissioner else "commissioner not known for that day")


def test_what_rests_on_an_estimate_says_so(build):
    at = "2012-12-01"
    assert annotated(build(KENT), "CT9 1AA", at=at)[0]["note"] == "estimated: commissioner, region"
    assert annotated(build(KENT), "G82064", at=at)[0]["note"] == ""


@pytest.mark.parametrize(
    ("cell", "taken"),
    [("council:E10000016", "taken as Kent County Council; "), ("Kent County Council", "")],
)
def test_a_body_stands_for_its_area(build, cell, taken):
    [told] = annotated(build(KENT), cell)
    assert told["commissioner"] == ""
    assert told["note"] == f"{taken}{SEVERAL}"
    assert told["upper_tier_council"] == "council:E10000016"


@pytest.mark.parametrize(
    ("people", "commissioner", "note"),
    [
        ("0", "ccg:10E", "commissioner for next to nothing of it: ccg:09E"),  # nobody lives there
        ("300", "ccg:10E", "commissioner for next to nothing of it: ccg:09E"),
        ("700", "", "commissioner in several: ccg:10E 99%, ccg:09E 1%"),
    ],
)
def test_next_to_nothing_in_another_body_leaves_no_blank(build, people, commissioner, note):
    drawing = KENT.replace("area:E01000001 | 300", "area:E01000001 | 99700").replace(
        "area:E01000002 | 100", f"area:E01000002 | {people}"
    )
    [told] = annotated(build(drawing), "CT9 9ZZ")
    assert told["commissioner"] == commissioner
    assert note in told["note"]


def test_a_postcode_in_several_bodies_is_blank_there_and_names_them(build):
    [told] = annotated(build(KENT), "CT9 9ZZ")
    assert told["commissioner"] == ""
    assert told["upper_tier_council"] == "council:E10000016"
    assert told["note"] == f"no longer in use; answered for where it lay; {SEVERAL}"


def test_a_name_of_two_bodies_is_not_guessed(build):
    store = build("entities\nid | name\ncouncil:A | Newport\ncouncil:B | Newport")
    [told] = annotated(store, "Newport")
    assert told["note"].startswith("“Newport” could be 2 ")
    assert "council:A — Newport" in told["note"]
    assert "council:B — Newport" in told["note"]


def test_days_without_any_change_between_them_have_the_same_answer(build):
    first, second = dated(build(KENT), ("CT9 1AA", "2008-06-01"), ("CT9 1AA", "2009-01-01"))
    assert first == second
    assert first["note"] == "commissioner not known for that day"


def test_the_name_is_that_of_the_day(build):
    drawing = KENT_THROUGH_TIME.replace(
        "ccg:10E | TCCG                 | abbreviation |            |",
        "ccg:10E | Thanet and Beyond    | official     | 2013-04-01 | 2014-04-01",
    )
    before, after = dated(build(drawing), ("CT9 1AA", "2014-03-31"), ("CT9 1AA", "2014-04-01"))
    assert (before["commissioner_name"], after["commissioner_name"]) == (
        "Thanet and Beyond",
        "NHS Thanet CCG",
    )


def test_without_a_day_the_answer_is_for_today(build):
    assert annotated(build(KENT), "CT9 1AA", at=None)[0]["commissioner"] == "icb:QKS"


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(build):
    drawing = KENT.replace("| NHS Thanet CCG    |", '| =HYPERLINK("x")   |')
    assert annotated(build(drawing), "CT9 1AA")[0]["commissioner_name"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_begins_like_a_formula_is_guarded(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "NHS", "a=b", "1-2"])
def test_another_cell_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_rows_are_read_block_by_block_and_never_all_at_once(build):
    read = 0

    def endless() -> Iterator[list[str]]:
        nonlocal read
        while True:
            read += 1
            yield ["CT9 1AA"]

    told = Annotator(build(KENT)).rows(endless(), 0, at="2013-06-01")
    assert next(told)[1] == "ccg:10E"
    assert read == BLOCK
    for _ in range(BLOCK):
        next(told)
    assert read == 2 * BLOCK


TO_END = """
events
id   | kind      | date       | status      | stated_on
bill | abolished | 2999-04-01 | conditional | 2026-01-28
more | abolished | 2999-05-01 | planned     | 2026-01-28

successions
event | predecessor           | successor
bill  | healthwatch:E10000016 |
more  | icb:QKS               |
"""


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        ("2026-01-01", ""),
        ("2999-03-31", ""),
        ("2999-04-01", "1 planned end"),
        ("2999-05-01", "2 planned ends"),
    ],
)
def test_the_note_of_a_day_to_come_counts_the_bodies_that_a_plan_is_to_end(build, day, ends):
    with build(KENT + TO_END) as store:
        together = dated(store, ("CT9 1AA", "2999-05-01"), ("CT9 1AA", day), ("CT9 1AA", "2999-03-31"))[1]
        [alone] = annotated(store, "CT9 1AA", at=day)
    assert together == alone
    assert alone["local_healthwatch"] == "healthwatch:E10000016"
    said = [note for note in alone["note"].split("; ") if "planned end" in note]
    assert said == ([f"{ends} of these bodies until then: see orgmap plans"] if ends else [])
