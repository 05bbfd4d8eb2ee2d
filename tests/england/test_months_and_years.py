"""A month or year that holds two answers, asked of England: every question says what changes and when."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.dates import parse_span
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.show import show
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.commissioning.what import what
from orgmap.queries.place.months_and_years import (
    answers_essence,
    first_day,
    list_changes,
    show_essence,
    what_essence,
)

ASKED = {
    "what": (what, what_essence),
    "answers-to": (answers_to, answers_essence),
    "show": (show, show_essence),
}


@pytest.mark.parametrize(
    ("question", "body", "days", "said"),
    [
        ("what", "council:E10000016", "2013", ["On 2013-04-01 ", "commissions now also "]),
        ("what", "council:E10000016", "2015", ["On 2015-10-01 ", "Health visiting"]),
        (
            "answers-to",
            "council:E10000016",
            "2013",
            ["On 2013-04-01 ", "answers to none → Department of Health"],
        ),
        ("answers-to", "trust:RA2", "2022", ["On 2022-07-01 ", "answers to Monitor → NHS England"]),
        ("show", "ccg:10E", "2015", ["On 2015-04-01 ", "Kent and Medway Area Team → NHS England South"]),
        ("show", "trust:RXY", "2025", ["On 2025-10-13 ", "Kent and Medway Mental Health NHS Trust"]),
    ],
)
def test_a_question_about_a_body_says_what_changes_within_a_year(england, question, body, days, said) -> None:
    ask, essence = ASKED[question]
    told = " ".join(first_day(parse_span(days), lambda day: ask(england, body, day), essence)["notes"])
    assert [piece for piece in said if piece not in told] == []


@pytest.mark.parametrize(
    ("kind", "within", "days", "said"),
    [
        ("nhs_region", None, "2018", ["On 2018-04-01 ", "South of England (region:Y57) listed → none"]),
        ("area_team", None, "2015", ["On 2015-04-01 ", " more."]),
        ("clinical_commissioning_group", "Thanet", "2013", ["(ccg:10E) none → listed"]),
        ("gp_practice", "Thanet", "2014", ["By 2014-12-31, the last of these days, 1 have gone."]),
    ],
)
def test_a_list_says_what_changes_within_a_year(england, kind, within, days, said) -> None:
    notes = list_changes(parse_span(days), kind, lambda day: list_bodies(england, kind, day, within))
    assert [piece for piece in said if piece not in " ".join(notes)] == []


@pytest.mark.parametrize(
    ("body", "days", "said"),
    [
        ("ccg:10E", "2019", "contains none → 3 primary care networks."),
        ("ccg:91Q", "2022", "contains 41 primary care networks → none"),
        ("sicbl:91Q", "2022", "contains none → 41 primary care networks"),
    ],
)
def test_networks_are_counted_and_not_named_one_by_one(england, body, days, said) -> None:
    told = first_day(parse_span(days), lambda day: show(england, body, day), show_essence)["notes"]
    assert said in " ".join(told)
    assert " PCN" not in " ".join(note for note in told if "within these days" in note)
