"""A charity in Thanet asks who its bodies are, on both sides of every reform since the places are known."""

from __future__ import annotations

import pytest

from orgmap.queries.change.lineage import lineage
from orgmap.queries.place.find import find

BOUNDARIES = [
    ("2012-12-01", "commissioner", ["pct:5QA"]),
    ("2012-12-01", "managing_body", ["pctc:kent_and_medway"]),
    ("2012-12-01", "emerging_commissioner", ["ccg:10E"]),
    ("2012-12-01", "region", ["sha:Q37"]),
    ("2012-12-01", "link", ["link:E10000016"]),
    ("2012-12-01", "health_and_wellbeing_board", []),
    ("2013-03-31", "commissioner", ["pct:5QA"]),
    ("2013-04-01", "commissioner", ["ccg:10E"]),
    ("2013-04-01", "managing_body", []),
    ("2013-04-01", "emerging_commissioner", []),
    ("2013-04-01", "area_team", ["at:Q67"]),
    ("2013-04-01", "region", ["region:Y57"]),
    ("2013-04-01", "health_and_wellbeing_board", ["hwb:E10000016"]),
    ("2013-04-01", "local_healthwatch", ["healthwatch:E10000016"]),
    ("2013-04-01", "link", []),
    ("2015-03-31", "area_team", ["at:Q67"]),
    ("2015-04-01", "area_team", ["lo:Q81"]),
    ("2020-03-31", "commissioner", ["ccg:10E"]),
    ("2020-04-01", "commissioner", ["ccg:91Q"]),
    ("2021-06-01", "system", ["stp:QKS"]),
    ("2022-06-30", "commissioner", ["ccg:91Q"]),
    ("2022-06-30", "sub_icb_location", []),
    ("2022-07-01", "commissioner", ["icb:QKS"]),
    ("2022-07-01", "sub_icb_location", ["sicbl:91Q"]),
    ("2022-07-01", "system", ["icb:QKS"]),
    ("2026-10-01", "commissioner", ["icb:QKS"]),
    ("2026-10-01", "region", ["region:Y59"]),
]


def ids(answer: dict, role: str) -> list[str]:
    """The ids in an answer that have a role."""
    return [body["id"] for body in answer["bodies"] if body["role"] == role]


@pytest.mark.parametrize(("at", "role", "expected"), BOUNDARIES)
def test_margate_has_these_bodies(england, at, role, expected):
    assert ids(find(england, "CT9 1AA", at), role) == expected


@pytest.mark.parametrize("text", ["Thanet", "Margate", "CT9", "CT9 1AA"])
def test_thanet_is_found_by_name_outcode_and_postcode(england, text):
    answer = find(england, text, "2013-06-01")
    assert ids(answer, "commissioner") == ["ccg:10E"]
    assert ids(answer, "upper_tier_council") == ["council:E10000016"]
    assert ids(answer, "district_council") == ["district:E07000114"]


@pytest.mark.parametrize(
    ("at", "commissioner"),
    [
        ("2000-01-01", "pcg:4QJ84"),
        ("2006-09-30", "pct:5LN"),
        ("2006-10-01", "pct:5QA"),
        ("2013-03-31", "pct:5QA"),
        ("2013-04-01", "ccg:10E"),
        ("2020-04-01", "ccg:91Q"),
        ("2022-06-30", "ccg:91Q"),
        ("2022-07-01", "icb:QKS"),
        ("2026-10-01", "icb:QKS"),
    ],
)
def test_a_practice_in_ramsgate_answers_in_every_era(england, at, commissioner):
    answer = find(england, "G82064", at)
    assert ids(answer, "managing_body" if commissioner.startswith("pcg:") else "commissioner") == [
        commissioner
    ]


def test_the_trust_of_east_kent_became_five_groups_one_group_and_a_board(england):
    events = lineage(england, "Eastern and Coastal Kent PCT", back=False)["events"]
    by_date = {event["date"]: event for event in events}
    groups = {body["id"] for body in by_date["2013-04-01"]["successors"] if body["id"].startswith("ccg:")}
    assert groups == {"ccg:09C", "ccg:09E", "ccg:10A", "ccg:10D", "ccg:10E"}
    assert [body["id"] for body in by_date["2020-04-01"]["successors"]] == ["ccg:91Q"]
    assert [body["id"] for body in by_date["2022-07-01"]["successors"]] == ["icb:QKS"]


@pytest.mark.parametrize(("at", "board"), [("2026-03-31", ["icb:QRV"]), ("2026-04-01", ["icb:Z9B2Z"])])
def test_west_london_changes_board_in_2026(england, at, board):
    assert ids(find(england, "Ealing", at), "commissioner") == board


@pytest.mark.parametrize(
    ("place", "board"),
    [
        ("Slough", ["icb:S0E4D"]),
        ("Surrey Heath", ["icb:S9B9J"]),
        ("Rushmoor", ["icb:QRL"]),
        ("Hart", ["icb:QRL"]),
    ],
)
def test_frimley_is_shared_out_in_2026(england, place, board):
    assert ids(find(england, place, "2026-03-31"), "commissioner")[0] == "icb:QNQ"
    assert ids(find(england, place, "2026-04-01"), "commissioner")[:1] == board
