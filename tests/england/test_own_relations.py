"""Through whom a commissioner acts, who answers for it, to whom a body answers: by its own relations, never denied."""

from __future__ import annotations

import random

import pytest

from orgmap.graphmodel.vocabulary import kinds, things
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.commissioning.steps import BESIDE, HOLDS_TO_ACCOUNT
from orgmap.queries.commissioning.what import what
from orgmap.queries.commissioning.who import who
from tests.truth.who import DAYS, Tables, councils, lines, services, wrong

CHOSEN = 3
"""So many councils are drawn for each day; `make truth` asks all."""


def test_a_cluster_of_another_county_is_never_the_body_acted_through(england) -> None:
    told = who(england, "community health services", "Suffolk", "2012-08-15")["answers"]
    through = {one["commissioner"]["id"]: [body["id"] for body in one["acting_through"]] for one in told}
    assert through["pct:5PT"] == ["pctc:suffolk"]
    assert through["pct:5PR"] == ["pctc:norfolk_and_waveney"]
    answering = {one["commissioner"]["id"]: one["legally_accountable"]["id"] for one in told}
    assert answering["pctc:norfolk_and_waveney"] == "pct:5PR"


def test_a_cluster_that_manages_several_trusts_of_a_place_names_them_all(england) -> None:
    told = who(england, "hospital", "Birmingham", "2012-08-15")["answers"]
    [cluster] = [one for one in told if one["basis"] == "acting_through"]
    others = {one["id"] for one in cluster["also_accountable"]}
    assert {cluster["legally_accountable"]["id"], *others} == {"pct:5M1", "pct:5MX", "pct:5PG"}


@pytest.mark.parametrize("at", DAYS)
def test_every_body_in_an_answer_is_joined_to_its_commissioner(england, at) -> None:
    tables, rules = Tables(england, at), {rule.id: rule for rule in england.rules()}
    drawn = random.Random(at).sample(councils(england, at), CHOSEN)
    found = {line for one in drawn for line in lines(england, one, at, services(england))}
    assert found
    assert [line for line in found if wrong(tables, rules, line)] == []


def test_who_is_told_of_some_boards_is_not_told_of_the_others(england) -> None:
    told = answers_to(england, "icb:QKS", "2026-06-01")
    assert not [step for step in told["others"] if step["verb"] == "clustered_with"]


def test_boards_that_share_management_are_named(england) -> None:
    shared = [
        fact
        for fact in england.relationships(verbs=["clustered_with"])
        if fact.subject.startswith("icb:") and fact.period.holds("2026-03-01")
    ]
    assert shared
    for fact in shared:
        told = answers_to(england, fact.subject, "2026-03-01")["others"]
        named = {
            end["id"]
            for step in told
            if step["verb"] == "clustered_with"
            for end in (step["subject"], step["object"])
        }
        assert {fact.subject, fact.object} <= named


def test_a_dentistry_rule_of_some_boards_holds_for_those_named_and_may_for_others(england) -> None:
    def held(board: str) -> set[str]:
        rows = what(england, board, "2022-08-01")["commissions"]
        return {row["holds"] for row in rows if row["service"]["id"] == "service:dental_services"}

    assert held("icb:QKS") == {"yes"}
    assert held("icb:QJG") == set()
    assert held("icb:QNQ") == {"may"}


def test_health_devolution_is_told_of_greater_manchester_alone(england) -> None:
    def told(body: str) -> bool:
        rows = what(england, body, "2018-06-01")["commissions"]
        return any(row["service"]["id"] == "service:scope_greater_manchester" for row in rows)

    assert told("council:E08000003")
    assert told("ccg:14L")
    assert not told("ccg:10E")
    assert not told("council:E10000016")


@pytest.mark.parametrize(
    ("body", "at", "through"),
    [
        ("at:Q67", "2013-06-01", ["region:Y57", "national:nhs_england"]),
        ("lo:Q81", "2016-06-01", ["region:Y57", "national:nhs_england"]),
        ("region:Y57", "2013-06-01", ["national:nhs_england"]),
        ("sicbl:91Q", "2023-06-01", ["icb:QKS", "national:nhs_england"]),
        ("pctc:kent_and_medway", "2012-06-01", ["shac:south_of_england"]),
        ("hwb:E10000016", "2016-06-01", ["council:E10000016"]),
        ("pct:5QA", "2012-06-01", ["sha:Q37"]),
    ],
)
def test_a_chain_names_the_bodies_and_leads_to_the_one_that_answers(england, body, at, through) -> None:
    told = answers_to(england, body, at)["chains"]
    assert told
    for chain in told:
        assert [step["upper"]["id"] for step in chain][: len(through)] == through


def test_an_area_team_did_what_others_did_through_it(england) -> None:
    told = what(england, "at:Q67", "2013-06-01")
    acted = {row["service"]["id"] for row in told["acts_for"]}
    assert {"service:gp_services", "service:health_visiting", "service:prison_healthcare"} <= acted
    assert {one["id"] for row in told["acts_for"] for one in row["commissioners"]} == {"national:nhs_england"}
    # Ten teams led on prison health, and Surrey and Sussex was none of them.
    other = {row["service"]["id"] for row in what(england, "at:Q68", "2013-06-01")["acts_for"]}
    assert "service:prison_healthcare" not in other


def test_a_group_in_the_making_tells_what_it_bought_and_which_cluster_let_it(england) -> None:
    told = what(england, "ccg:10E", "2012-12-01")
    assert [row["service"]["id"] for row in told["commissions"]] == ["service:scope_emerging_groups"]
    assert "in shadow form" in told["notes"][0]
    by = answers_to(england, "ccg:10E", "2012-12-01")["others"]
    assert [step["subject"]["id"] for step in by if step["verb"] == "delegates_to"] == [
        "pctc:kent_and_medway"
    ]


def test_a_cost_centre_is_told_nothing_that_holds_for_practices(england) -> None:
    [hospice] = england.entities(ids=["practice:Y00936"])
    assert hospice.kind == "prescribing_cost_centre"
    steps = answers_to(england, hospice.id, "2014-06-01")["others"]
    assert not [step for step in steps if step["about"] == "all holders of primary medical contracts"]


def test_a_joint_board_tells_whose_it_is(england) -> None:
    told = answers_to(england, "jhwb:kent_and_medway", "2020-06-01")
    assert {step["subject"]["id"] for step in told["others"]} == {"hwb:E10000016", "hwb:E06000035"}
    assert not [note for note in told["notes"] if "Not stated" in note]


def samples(england) -> list[tuple[str, str]]:
    """A body of each kind on the 1 June of each year of the kind, twice."""
    found = []
    for kind in sorted(set(kinds()) - things()):
        for year in range(1999, 2027):
            at = f"{year}-06-01"
            alive = [one.id for one in england.entities(kind=kind, at=at)]
            found += [(one, at) for one in random.Random(at).sample(alive, min(2, len(alive)))]
    return found


UPWARDS_ONLY = ("accountable_to", "part_of", "member_of")


def says_what(england, own: set[str], body: str, at: str) -> list[object]:
    """Every row of the tables that says what a body or its kind does on a day; `some` rules left out."""
    facts = england.relationships(subjects=[body], at=at)
    told: list[object] = [fact for fact in facts if fact.verb not in (*UPWARDS_ONLY, "covers")]
    told += [
        rule
        for rule in england.rules()
        if holds(rule, at) and own & {rule.commissioner, *rule.acting_through.split()}
    ]
    steps = [step for step in england.accountability() if holds(step, at) and step.subject in own]
    return told + [step for step in steps if step.verb not in UPWARDS_ONLY]


def says_to_whom(england, own: set[str], body: str, at: str) -> list[object]:
    """Every row of the tables that says to whom a body or its kind answers on a day, or who stands by it."""
    facts = england.relationships(subjects=[body], at=at)
    told: list[object] = [fact for fact in facts if fact.verb in (*UPWARDS_ONLY, "clustered_with")]
    for step in england.accountability():
        above = step.subject in own and step.verb in UPWARDS_ONLY
        beside = step.object in own and step.verb in (*HOLDS_TO_ACCOUNT, *BESIDE)
        if holds(step, at) and (above or beside):
            told.append(step)
    return told


def holds(row, at: str) -> bool:
    return row.period.holds(at) and row.status == "in_force" and row.coverage == "all"


def test_not_stated_is_said_only_where_no_relation_rule_or_step_says_anything(england) -> None:
    false = []
    for body, at in samples(england):
        own = {body, next(one.kind for one in england.entities(ids=[body]))}
        for asked, rows in ((what, says_what), (answers_to, says_to_whom)):
            denied = any(note.startswith("Not stated") for note in asked(england, body, at)["notes"])
            if denied and (told := rows(england, own, body, at)):
                false.append((asked.__name__, body, at, told[0]))
    assert false == []


def test_what_the_documents_say_of_a_body_is_told_with_its_status_and_when_it_was_said(england) -> None:
    told = what(england, "at:Q67", "2013-06-01")["stated"]
    assert any(one.get("verb") == "commissions" and one["status"] == "planned" for one in told)
    assert all(one["stated_on"] and one["sources"] for one in told)
    assert what(england, "hwb:E10000016", "2024-06-01")["stated"] == []
