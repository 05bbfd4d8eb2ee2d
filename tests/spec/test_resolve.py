"""From what a person types to the body that is meant: ids, codes, names, abbreviations, and what is mistyped."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.body.resolve import resolve
from orgmap.queries.body.show import show
from orgmap.queries.table.annotate import Annotator, columns
from tests.kent import KENT_THROUGH_TIME

NAMESAKES = """
entities
id              | name        | valid_from | valid_until
practice:A00001 | The Surgery | 1990-01-01 | 2010-01-01
practice:A00002 | The Surgery | 2005-01-01 |
"""


@pytest.mark.parametrize(
    "text",
    [
        "ccg:10E",
        "CCG:10e",
        "10E",
        " 10e ",
        "NHS Thanet CCG",
        "nhs thanet ccg",
        "Thanet CCG",
        "Thanet Clinical Commissioning Group",
        "TCCG",
        "Margate Group",
    ],
)
def test_a_body_is_found_by_id_code_name_abbreviation_or_former_name(build, text):
    assert resolve(build(KENT_THROUGH_TIME), text).id == "ccg:10E"


@pytest.mark.parametrize("text", ["Kent & Medway ICS", "Kent and Medway ICS", "KENT AND MEDWAY ICS"])
def test_an_ampersand_is_read_as_and(build, text):
    assert resolve(build(KENT_THROUGH_TIME), text).id == "stp:QKS"


@pytest.mark.parametrize("code", ["E38000237", "e38000999"])
def test_any_code_that_a_body_ever_had_finds_it(build, code):
    assert resolve(build(KENT_THROUGH_TIME), code).id == "sicbl:91Q"


@pytest.mark.parametrize(("at", "body"), [("2022-06-30", "ccg:91Q"), ("2022-07-01", "sicbl:91Q")])
def test_a_code_of_two_bodies_means_the_one_in_force_on_the_day(build, at, body):
    assert resolve(build(KENT_THROUGH_TIME), "91Q", at).id == body


@pytest.mark.parametrize("at", [None, "2010-01-01"])
def test_a_code_of_two_bodies_lists_both_when_no_day_decides(build, at):
    with pytest.raises(Ambiguous, match="could be 2 bodies") as refused:
        resolve(build(KENT_THROUGH_TIME), "91Q", at)
    assert refused.value.candidates == [
        "ccg:91Q — NHS Kent CCG (clinical commissioning group), from 2020-04-01 until 2022-07-01",
        "sicbl:91Q — NHS Kent - 91Q (sub-ICB location), from 2022-07-01, no end known",
    ]


@pytest.mark.parametrize(
    ("at", "body"), [("1999-04-01", "practice:A00001"), ("2020-01-01", "practice:A00002")]
)
def test_namesakes_are_told_apart_by_the_day(build, at, body):
    assert resolve(build(NAMESAKES), "the surgery", at).id == body


def test_namesakes_of_the_same_day_are_ambiguous(build):
    with pytest.raises(Ambiguous):
        resolve(build(NAMESAKES), "the surgery", "2007-01-01")


def test_a_kind_can_be_asked_for(build):
    store = build(KENT_THROUGH_TIME)
    assert resolve(store, "QKS", kinds=frozenset({"integrated_care_board"})).id == "icb:QKS"
    with pytest.raises(NothingFound):
        resolve(store, "QKS", kinds=frozenset({"reform"}))


@pytest.mark.parametrize("text", ["NHS Thannet CCG", "Thanett ccg", "nhs thanet cccg"])
def test_a_mistyped_name_is_answered_with_the_nearest_one(build, text):
    with pytest.raises(NothingFound, match="Did you mean “NHS Thanet CCG”"):
        resolve(build(KENT_THROUGH_TIME), text)


@pytest.mark.parametrize("text", ["Xyzzy", "", "!!!", "ccg:99Z", ":"])
def test_what_is_like_nothing_gets_no_guess(build, text):
    with pytest.raises(NothingFound) as refused:
        resolve(build(KENT_THROUGH_TIME), text)
    assert "Did you mean" not in str(refused.value)


def test_an_area_is_never_meant_by_its_name(build):
    with pytest.raises(NothingFound):
        resolve(build(KENT_THROUGH_TIME), "Margate")


ONE_CODE = """
entities
id      | name        | valid_from | valid_until
stp:QUE | Partnership | 2016-04-01 | 2022-07-01
icb:QUE | Board       | 2022-07-01 | 2026-04-01
icb:NEW | New Board   | 2026-04-01 |

identifiers
entity  | scheme | code
stp:QUE | ods    | QUE
icb:QUE | ods    | QUE

events
id    | kind   | date
began | merged | 2026-04-01

successions
event | predecessor | successor
began | icb:QUE     | icb:NEW
"""


@pytest.mark.parametrize(
    ("day", "body"),
    [
        ("2022-06-30", "stp:QUE"),
        ("2022-07-01", "icb:QUE"),
        ("2026-03-31", "icb:QUE"),
        ("2026-04-01", "icb:QUE"),
    ],
)
def test_of_bodies_that_had_a_code_after_each_other_the_last_is_meant_when_all_have_ended(build, day, body):
    assert resolve(build(ONE_CODE), "QUE", day).id == body


def test_a_code_of_several_bodies_before_any_of_them_began_is_none_of_them(build):
    with pytest.raises(Ambiguous):
        resolve(build(ONE_CODE), "QUE", "2014-01-01")


def test_a_body_shown_by_its_code_names_the_other_that_had_it(build):
    told = show(build(ONE_CODE), "QUE", "2026-06-01")
    assert told["body"]["id"] == "icb:QUE"
    assert any("stp:QUE" in note for note in told["notes"])


def test_the_last_body_of_a_code_is_followed_to_its_heir_and_named(build):
    [row] = Annotator(build(ONE_CODE)).rows([["QUE"]], 0, to_day="2026-06-01")
    told = dict(zip(columns("2026-06-01"), row[1:], strict=True))
    assert told["successor"] == "icb:NEW"
    assert "followed as icb:QUE" in told["note"]


ONE_NAME = """
entities
id         | name              | valid_from | valid_until
practice:A | Old Mill Surgery  | 1990-01-01 | 2005-01-01
practice:B | Old Mill Surgery  | 2010-01-01 | 2015-01-01
pct:A      | Hull Teaching PCT | 2006-10-01 | 2013-04-01
ccg:A      | NHS Hull CCG      | 2013-04-01 | 2022-07-01
ccg:B      | Bradford City CCG | 2013-04-01 | 2020-04-01
ccg:C      | Bradford East CCG | 2013-04-01 | 2020-04-01
stp:M      | Mid Shires        | 2016-04-01 | 2022-07-01
icb:M      | Mid Shires ICB    | 2022-07-01 | 2026-04-01

names
entity | name     | use
pct:A  | NHS Hull | alias
stp:M  | MSH      | abbreviation
icb:M  | MSH      | abbreviation
ccg:B  | BCE      | abbreviation
ccg:C  | BCE      | abbreviation
"""


@pytest.mark.parametrize(
    ("text", "day", "body"),
    [
        ("NHS Hull", "2010-01-01", "pct:A"),
        ("NHS Hull", "2023-06-01", "ccg:A"),
        ("MSH", "2020-01-01", "stp:M"),
        ("MSH", "2026-03-31", "icb:M"),
        ("MSH", "2026-06-01", "icb:M"),
    ],
)
def test_of_bodies_that_had_a_name_after_each_other_the_last_is_meant_when_all_have_ended(
    build, text, day, body
):
    assert resolve(build(ONE_NAME), text, day).id == body


@pytest.mark.parametrize(
    ("text", "day"),
    [("BCE", "2023-01-01"), ("Old Mill Surgery", "2020-01-01"), ("MSH", "2010-01-01"), ("NHS Hull", None)],
)
def test_bodies_of_one_name_at_the_same_time_and_practices_that_share_one_by_chance_are_asked_about(
    build, text, day
):
    with pytest.raises(Ambiguous):
        resolve(build(ONE_NAME), text, day)
