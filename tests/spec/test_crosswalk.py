"""From one structure to another: weighted shares between the bodies of two days, and what did not map."""

from __future__ import annotations

import pytest

from graphmodel.errors import NothingFound, WrongUse
from queries.crosswalk import crosswalk
from tests.kent import KENT

PCT, CCG, ICB = "primary_care_trust", "clinical_commissioning_group", "integrated_care_board"

PRACTICES = """
entities
id         | name
practice:1 | One
practice:2 | Two
practice:3 | Three
practice:4 | Four
pct:A      | A
pct:B      | B
pct:C      | C
ccg:X      | X
ccg:Y      | Y

relationships
subject    | verb      | object | valid_from | valid_until
practice:1 | member_of | pct:A  |            | 2013-04-01
practice:2 | member_of | pct:A  |            | 2013-04-01
practice:3 | member_of | pct:B  |            | 2013-04-01
practice:4 | member_of | pct:C  |            | 2013-04-01
practice:1 | member_of | ccg:X  | 2013-04-01 |
practice:2 | member_of | ccg:Y  | 2013-04-01 |
practice:3 | member_of | ccg:Y  | 2013-04-01 |
"""


def shares(answer: dict) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Weight, share of the first and share of the second body by their ids."""
    return {
        (row["from"], row["to"]): (row["weight"], row["share_of_from"], row["share_of_to"])
        for row in answer["rows"]
    }


def ids(bodies: list[dict]) -> list[str]:
    """The ids of some bodies."""
    return [body["id"] for body in bodies]


def test_people_are_shared_out_between_the_successors(build):
    answer = crosswalk(build(KENT), PCT, "2013-03-31", CCG, "2013-04-01")
    assert shares(answer) == {("pct:5QA", "ccg:10E"): (300, 0.75, 1), ("pct:5QA", "ccg:09E"): (100, 0.25, 1)}
    assert answer["weighted_by"] == "population mid-2020"
    assert (answer["unmapped_from"], answer["unmapped_to"]) == ([], [])


def test_a_body_stays_itself(build):
    answer = crosswalk(build(KENT), CCG, "2013-04-01", CCG, "2020-03-31")
    assert shares(answer) == {("ccg:09E", "ccg:09E"): (100, 1, 1), ("ccg:10E", "ccg:10E"): (300, 1, 1)}


@pytest.mark.parametrize(("at", "to"), [("2020-03-31", "ccg:10E"), ("2020-04-01", "ccg:91Q")])
def test_the_second_structure_is_that_of_its_day(build, at, to):
    assert ("ccg:10E", to) in shares(crosswalk(build(KENT), CCG, "2013-04-01", CCG, at))


def test_a_board_covers_what_its_parts_cover(build):
    answer = crosswalk(build(KENT), CCG, "2022-06-30", ICB, "2022-07-01")
    assert shares(answer) == {("ccg:91Q", "icb:QKS"): (400, 1, 1)}


def test_practices_count_that_were_listed_on_both_days(build):
    answer = crosswalk(build(PRACTICES), PCT, "2013-03-31", CCG, "2013-04-01", "practices")
    assert shares(answer) == {
        ("pct:A", "ccg:X"): (1, 0.5, 1),
        ("pct:A", "ccg:Y"): (1, 0.5, 0.5),
        ("pct:B", "ccg:Y"): (1, 1, 0.5),
    }
    assert ids(answer["unmapped_from"]) == ["pct:C"]
    assert ids(answer["unmapped_to"]) == []


def test_a_body_whose_area_is_not_known_did_not_map(build):
    drawing = KENT.replace("ccg:09E            | covers ", "ccg:09E            | supports ")
    answer = crosswalk(build(drawing), PCT, "2013-03-31", CCG, "2013-04-01")
    assert ids(answer["unmapped_to"]) == ["ccg:09E"]


def test_a_share_is_of_all_people_of_a_body_mapped_or_not(build):
    drawing = KENT.replace("ccg:09E            | covers ", "ccg:09E            | supports ")
    answer = crosswalk(build(drawing), PCT, "2013-03-31", CCG, "2013-04-01")
    assert shares(answer) == {("pct:5QA", "ccg:10E"): (300, 0.75, 1)}


def test_what_cannot_be_weighed_is_refused(build):
    store = build(KENT)
    with pytest.raises(WrongUse, match="population or practices"):
        crosswalk(store, PCT, "2013-03-31", CCG, "2013-04-01", "postcodes")
    with pytest.raises(NothingFound, match="Nothing maps"):
        crosswalk(store, CCG, "2013-03-31", CCG, "2013-04-01")
    with pytest.raises(NothingFound, match="begin on 1999-04-01"):
        crosswalk(store, PCT, "1998-01-01", CCG, "2013-04-01")
