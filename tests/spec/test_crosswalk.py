"""From one structure to another: weighted shares between the bodies of two days, and what did not map."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.queries.change.crosswalk import crosswalk
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
    with pytest.raises(WrongUse, match="population, practices, registered, items or cost"):
        crosswalk(store, PCT, "2013-03-31", CCG, "2013-04-01", "postcodes")
    with pytest.raises(NothingFound, match="Nothing maps"):
        crosswalk(store, CCG, "2013-03-31", CCG, "2013-04-01")
    with pytest.raises(NothingFound, match="begin on 1999-04-01"):
        crosswalk(store, PCT, "1998-01-01", CCG, "2013-04-01")


def unmapped(answer: dict) -> list[tuple]:
    """What did not map: both ends and the weight."""
    return [(row["from"], row["to"], row["weight"]) for row in answer["unmapped"]]


def test_what_did_not_map_stands_in_rows_of_its_own_with_the_reason(build):
    drawing = KENT.replace("ccg:09E            | covers ", "ccg:09E            | supports ")
    answer = crosswalk(build(drawing), PCT, "2013-03-31", CCG, "2013-04-01")
    assert unmapped(answer) == [("pct:5QA", None, 100), (None, "ccg:09E", None)]
    assert [row["why"] for row in answer["unmapped"]] == [
        "none of the clinical commissioning groups is known to cover these neighbourhoods on 2013-04-01",
        "its area is not known",
    ]


def test_mapped_and_unmapped_practices_sum_to_all_of_a_body(build):
    drawing = PRACTICES.replace("practice:2 | member_of | ccg:Y  | 2013-04-01 |\n", "")
    answer = crosswalk(build(drawing), PCT, "2013-03-31", CCG, "2013-04-01", "practices")
    assert unmapped(answer) == [("pct:A", None, 1), ("pct:C", None, 1)]
    rows = [*answer["rows"], *answer["unmapped"]]
    assert (
        sum(row["weight"] for row in rows if row["from"]) == 4
    )  # all four practices were listed under a trust
    assert sum(row["weight"] for row in rows if row["from"] == "pct:A") == 2
    assert ids(answer["unmapped_from"]) == ["pct:C"]


BOARDS = """
entities
id         | kind                       | name         | valid_from | valid_until
practice:1 | gp_practice                | One          |            |
practice:2 | gp_practice                | Two          |            |
practice:3 | gp_practice                | Three        |            | 2021-01-01
practice:4 | prescribing_cost_centre    | A hospice    |            |
practice:5 | practice_setting_not_known | Nobody knows |            |
pcn:N      | primary_care_network       | Network      |            |
ccg:X      | clinical_commissioning_group | X          |            | 2022-07-01
sicbl:X    | sub_icb_location           | X            | 2022-07-01 |
sicbl:Y    | sub_icb_location           | Y            | 2022-07-01 |
icb:Q      | integrated_care_board      | Q            | 2022-07-01 |
icb:R      | integrated_care_board      | R            | 2022-07-01 |

relationships
subject    | verb      | object  | valid_from | valid_until
practice:1 | member_of | ccg:X   |            | 2022-07-01
practice:2 | member_of | ccg:X   |            | 2022-07-01
practice:3 | member_of | ccg:X   |            | 2021-01-01
practice:4 | member_of | ccg:X   |            | 2022-07-01
practice:5 | member_of | ccg:X   |            | 2022-07-01
practice:1 | member_of | sicbl:X | 2022-07-01 |
practice:2 | member_of | sicbl:Y | 2022-07-01 |
practice:4 | member_of | sicbl:Y | 2022-07-01 |
practice:1 | member_of | pcn:N   | 2022-07-01 |
pcn:N      | part_of   | sicbl:Y | 2022-07-01 |
sicbl:X    | part_of   | icb:Q   | 2022-07-01 |
sicbl:Y    | part_of   | icb:R   | 2022-07-01 |
"""


def test_a_boards_practices_are_those_listed_under_its_locations(build):
    answer = crosswalk(build(BOARDS), CCG, "2020-04-01", ICB, "2022-07-01", "practices")
    assert shares(answer) == {("ccg:X", "icb:Q"): (1, 0.5, 1), ("ccg:X", "icb:R"): (1, 0.5, 1)}
    # The third closed before; hospices and the like are counted apart.
    assert unmapped(answer) == [("ccg:X", None, 1)]
    assert "Up to 2 codes listed there are not counted" in answer["notes"][0]


def test_practice_to_commissioner_is_a_crosswalk_too(build):
    store = build(BOARDS)
    answer = crosswalk(store, "gp_practice", "2020-04-01", CCG, "2020-04-01")
    assert {pair: weights[0] for pair, weights in shares(answer).items()} == {
        ("practice:1", "ccg:X"): 1,
        ("practice:2", "ccg:X"): 1,
        ("practice:3", "ccg:X"): 1,
    }
    assert answer["weighted_by"] == "GP practices listed on both days"
    later = crosswalk(store, "gp_practice", "2020-04-01", ICB, "2022-07-01")
    assert [(row["from"], row["to"]) for row in later["rows"]] == [
        ("practice:1", "icb:Q"),
        ("practice:2", "icb:R"),
    ]
    assert unmapped(later) == [("practice:3", None, 1)]
    centres = crosswalk(store, "prescribing_cost_centre", "2020-04-01", CCG, "2020-04-01")
    assert [row["from"] for row in centres["rows"]] == ["practice:4"]


def test_a_row_has_the_codes_of_both_bodies(build):
    codes = """
identifiers
entity  | scheme | code      | valid_from | valid_until
ccg:X   | ods    | 01X       |            |
icb:Q   | gss    | E54000001 |            |
"""
    row = crosswalk(build(BOARDS + codes), CCG, "2020-04-01", ICB, "2022-07-01", "practices")["rows"][0]
    assert (row["from_codes"], row["to_codes"]) == ({"ods": "01X"}, {"gss": "E54000001"})
