"""How many bodies of each kind England had, on both sides of every reform."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.model import Include
from orgmap.graphmodel.vocabulary import parse_kind
from orgmap.queries.body.listing import list_bodies

COUNTS = [
    ("pct", "2003-04-01", 303),
    ("pct", "2006-09-30", 303),
    ("pct", "2006-10-01", 152),
    ("pct", "2007-04-01", 152),
    ("pct", "2012-04-01", 151),
    ("pct", "2013-03-31", 151),
    ("pct", "2013-04-01", 0),
    ("sha", "2006-07-01", 10),
    ("sha", "2012-04-01", 10),
    ("sha", "2013-03-31", 10),
    ("sha", "2013-04-01", 0),
    ("ccg", "2013-03-31", 0),
    ("ccg", "2013-04-01", 211),
    ("ccg", "2015-03-31", 211),
    ("ccg", "2015-04-01", 209),
    ("ccg", "2017-04-01", 207),
    ("ccg", "2018-04-01", 195),
    ("ccg", "2019-04-01", 191),
    ("ccg", "2020-03-31", 191),
    ("ccg", "2020-04-01", 135),
    ("ccg", "2021-04-01", 106),
    ("ccg", "2022-06-30", 106),
    ("ccg", "2022-07-01", 0),
    ("icb", "2022-06-30", 0),
    ("icb", "2022-07-01", 42),
    ("icb", "2026-03-31", 42),
    ("icb", "2026-04-01", 36),
    ("stp", "2022-06-30", 42),
    ("stp", "2022-07-01", 0),
    ("sicbl", "2022-06-30", 0),
    ("sicbl", "2022-07-01", 106),
    ("sicbl", "2026-03-31", 106),
    ("sicbl", "2026-04-01", 106),
    ("at", "2013-03-31", 0),
    ("at", "2013-04-01", 25),
    ("at", "2015-03-31", 25),
    ("at", "2015-04-01", 0),
    ("ato", "2013-04-01", 3),
    ("council", "2013-04-01", 152),
    ("council", "2019-04-01", 151),
    ("council", "2021-04-01", 152),
    ("council", "2023-04-01", 153),
    ("hwb", "2013-03-31", 0),
    ("hwb", "2013-04-01", 151),
    ("hwb", "2023-04-01", 153),
    ("healthwatch", "2013-03-31", 0),
    ("healthwatch", "2013-04-01", 148),
    ("link", "2013-04-01", 0),
]


@pytest.mark.parametrize(("kind", "at", "count"), COUNTS)
def test_so_many_bodies_of_a_kind_were_in_force(england, kind, at, count):
    assert len(list_bodies(england, parse_kind(kind), at)["bodies"]) == count


def test_shadow_groups_are_labelled_and_their_start_is_known_in_kent_and_medway_only(england):
    told = list_bodies(england, "clinical_commissioning_group", "2013-03-31", include=Include.of(["shadow"]))
    assert len(told["bodies"]) == 211
    assert {body["status"] for body in told["bodies"]} == {"shadow"}
    known = {body["id"] for body in told["bodies"] if body.get("from_precision") != "not_known"}
    assert known == {f"ccg:{code}" for code in "09C 09E 09J 09W 10A 10D 10E 99J".split()}


def test_the_hidden_shadow_groups_are_mentioned(england):
    notes = list_bodies(england, "clinical_commissioning_group", "2013-03-31")["notes"]
    assert any("211" in note and "shadow" in note for note in notes)


KENT_GROUPS = [f"ccg:{code}" for code in "09C 09E 09J 09W 10A 10D 10E 99J".split()]


@pytest.mark.parametrize(
    ("kind", "at", "there", "more"),
    [
        ("ccg", "2011-11-30", [], "203 more"),
        ("ccg", "2011-12-01", KENT_GROUPS, "203 more"),
        ("ccg", "2012-03-31", KENT_GROUPS, "203 more"),
        ("ccg", "2012-04-01", KENT_GROUPS, "203 more"),
        ("hwb", "2011-12-31", [], "150 more"),
        ("hwb", "2012-01-01", ["hwb:E10000016"], "150 more"),
        ("hwb", "2012-03-31", ["hwb:E10000016"], "150 more"),
    ],
)
def test_kent_s_bodies_in_shadow_form_are_there_when_asked_for_and_the_others_are_mentioned(
    england, kind, at, there, more
):
    told = list_bodies(england, parse_kind(kind), at, include=Include.of(["shadow"]))
    assert [body["id"] for body in told["bodies"]] == there
    [said] = [note for note in told["notes"] if "since when is not known" in note]
    assert said.startswith(more)


@pytest.mark.parametrize("at", ["2013-04-01", "2019-04-01", "2021-04-01", "2023-04-01", "2026-04-01"])
def test_each_upper_tier_council_has_one_board_and_one_healthwatch(england, at):
    councils = [entity.id for entity in england.entities(kind="upper_tier_council", at=at)]
    boards: dict[str, list[str]] = {council: [] for council in councils}
    voices: dict[str, list[str]] = {council: [] for council in councils}
    for fact in england.relationships(objects=councils, verbs=["part_of"], at=at):
        if fact.subject.startswith("hwb:"):
            boards[fact.object].append(fact.subject)
    for fact in england.relationships(subjects=councils, verbs=["holds_contract_with"], at=at):
        voices[fact.subject].append(fact.object)
    assert {council for council, found in boards.items() if len(found) != 1} == set()
    assert {council for council, found in voices.items() if len(found) != 1} == set()


def test_every_group_of_2013_has_one_area_team_and_one_region(england):
    groups = [entity.id for entity in england.entities(kind="clinical_commissioning_group", at="2013-04-01")]
    above = england.relationships(subjects=groups, verbs=["part_of"], at="2013-04-01")
    teams = {fact.subject: fact.object for fact in above if fact.object.startswith("at:")}
    offices = [fact for fact in above if fact.object.startswith("ato:")]
    assert len(above) - len(offices) == len(teams) == 211
    assert {teams[fact.subject] for fact in offices} == {"at:Q71"}
    regions = england.relationships(subjects=set(teams.values()), verbs=["part_of"], at="2013-04-01")
    assert len(regions) == 25


@pytest.mark.parametrize("at", ["2010-06-01", "2018-06-01", "2026-06-01"])
def test_the_trusts_of_wales_stand_in_no_list_of_englands(england, at) -> None:
    listed = {one["id"] for one in list_bodies(england, "nhs_trust", at)["bodies"]}
    assert listed.isdisjoint({"trust:RQF", "trust:RT4", "trust:RYT"})
    assert {one["id"] for one in list_bodies(england, "welsh_trust", at)["bodies"]} == {
        "trust:RQF",
        "trust:RT4",
        "trust:RYT",
    }
