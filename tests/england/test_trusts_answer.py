"""To whom the trusts of England answered: by their sort on the day, on days of every era."""

from __future__ import annotations

import pytest

from orgmap.queries.commissioning.accountability import answers_to

DAYS = ("2021-06-01", "2022-03-01", "2018-06-01", "2024-06-01", "2026-06-01")


@pytest.mark.parametrize("at", DAYS)
def test_no_trust_answers_through_a_partnership_or_board_and_none_has_no_chain(england, at: str) -> None:
    alive = england.entities(kind="nhs_trust", at=at)
    told = {}
    for trust in alive:
        [*chains] = answers_to(england, trust.id, at)["chains"]
        told[trust.id] = {(chain[0]["verb"], chain[0]["upper"]["id"]) for chain in chains}
    assert not [one for one, first in told.items() if {verb for verb, _ in first} & {"part_of", "member_of"}]
    foundation = {one.id for one in alive if "foundation" in one.name.lower().split()}
    assert len(foundation) > 100
    for one, first in told.items():
        above = "monitor" if one in foundation else "nhs_trust_development_authority"
        above = "nhs_england" if at >= "2022-07-01" else above
        assert {upper for _, upper in first} == {f"national:{above}"}, one


@pytest.mark.parametrize("at", ["2005-06-01", "2009-06-01", "2012-06-01", "2014-06-01", "2015-06-01"])
def test_nothing_that_holds_for_other_trusts_is_told_of_one_named_foundation_trust(england, at: str) -> None:
    others = {"AC004", "AC025a", "AC025b", "AC035"}
    verbs = {(rule.subject, rule.verb) for rule in england.accountability() if rule.id in others}
    for trust in england.entities(kind="nhs_trust", at=at):
        if "foundation" in trust.name.lower().split():
            answer = answers_to(england, trust.id, at)
            steps = [*answer["others"], *(step for chain in answer["chains"] for step in chain)]
            assert not [
                step["sentence"]
                for step in steps
                if (step["subject"]["id"] or step["subject"]["kind"], step["verb"]) in verbs
            ]
