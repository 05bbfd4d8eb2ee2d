"""Finding bodies by some of their words, whatever the spelling, the best first."""

from __future__ import annotations

import pytest

from orgmap.queries.body.search import search
from tests.kent import KENT_THROUGH_TIME

MANY_MILLS = "entities\nid | name\n" + "\n".join(
    f"practice:M{number:05} | Mill Practice {number}" for number in range(25)
)


def ids(answer: dict) -> list[str]:
    """The ids of an answer, best first."""
    return [body["id"] for body in answer["bodies"]]


@pytest.mark.parametrize("text", ["NHS Thanet CCG", "thanet ccg", "10E", "ccg:10E", "TCCG", "than ccg"])
def test_the_body_that_is_meant_comes_first(build, text):
    assert ids(search(build(KENT_THROUGH_TIME), text))[0] == "ccg:10E"


def test_every_word_may_be_the_beginning_of_one(build):
    assert set(ids(search(build(KENT_THROUGH_TIME), "ken med"))) == {"stp:QKS"}


def test_a_typing_error_is_mended_and_said(build):
    answer = search(build(KENT_THROUGH_TIME), "thanett ccg")
    assert ids(answer)[0] == "ccg:10E"
    assert answer["notes"] == ["Nothing is spelt “thanett ccg”; shown is what comes nearest: “thanet ccg”."]


def test_what_was_found_says_under_which_name(build):
    [body] = search(build(KENT_THROUGH_TIME), "margate group")["bodies"]
    assert (body["id"], body["name"], body["matched"]) == ("ccg:10E", "NHS Thanet CCG", "Margate Group")


def test_a_kind_leaves_the_others_out(build):
    store = build(KENT_THROUGH_TIME)
    found = search(store, "kent", kind="integrated_care_board")
    assert ids(found) == ["icb:QKS"]


@pytest.mark.parametrize(("at", "first"), [("2022-06-30", "ccg:91Q"), ("2022-07-01", "sicbl:91Q")])
def test_what_is_in_force_on_the_day_comes_first(build, at, first):
    assert ids(search(build(KENT_THROUGH_TIME), "91Q", at=at))[0] == first


def test_no_more_than_the_limit_are_shown_and_the_rest_is_said(build):
    answer = search(build(MANY_MILLS), "mill", limit=5)
    assert len(answer["bodies"]) == 5
    assert answer["notes"] == ["25 bodies match; the 5 nearest are shown. Add words or --kind."]


def test_a_limit_that_is_not_reached_is_not_mentioned(build):
    assert search(build(MANY_MILLS), "mill", limit=25)["notes"] == []


def test_practices_come_after_other_bodies_of_the_same_name(build):
    drawing = "entities\nid | name\npractice:A1 | Dover\npcn:U1 | Dover\nccg:D1 | Dover"
    assert ids(search(build(drawing), "dover")) == ["ccg:D1", "pcn:U1", "practice:A1"]


def test_an_area_is_not_a_body(build):
    assert ids(search(build(KENT_THROUGH_TIME), "herne bay")) == []


@pytest.mark.parametrize(
    "text", ['"', "*", "AND", "NOT ccg", "NEAR(kent ccg)", "name:kent", "kent*", "!!!", "", "ccg -kent", "'"]
)
def test_no_text_is_taken_for_an_operator(build, text):
    assert isinstance(search(build(KENT_THROUGH_TIME), text)["bodies"], list)


def test_accents_and_points_do_not_matter(build):
    drawing = "entities\nid | name\npractice:A1 | St. Zoë's Surgery"
    assert ids(search(build(drawing), "st zoes")) == ["practice:A1"]
    assert ids(search(build(drawing), "ST. ZOË’S")) == ["practice:A1"]


def test_without_a_day_a_body_carries_its_last_codes(build):
    drawing = """
entities
id        | name
sicbl:91Q | Kent

identifiers
entity    | scheme | code | valid_from | valid_until
sicbl:91Q | gss    | E9   |            | 2023-04-01
sicbl:91Q | gss    | E1   | 2023-04-01 |
"""
    assert search(build(drawing), "kent")["bodies"][0]["codes"] == {"gss": "E1"}


def test_a_body_without_a_name_is_found_by_its_code(build):
    drawing = "entities\nid | name\npct:5XX |\n\nidentifiers\nentity | scheme | code\npct:5XX | ods | 5XX"
    [body] = search(build(drawing), "5xx")["bodies"]
    assert (body["id"], body["name"]) == ("pct:5XX", None)
