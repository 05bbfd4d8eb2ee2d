# ruff: noqa: E501 - a table is wide
"""What the practices under each body prescribed in a month: nothing of a table is lost, nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.registers.prescribed import prescribed
from tests.kent import KENT

CCG, ICB, GP = "clinical_commissioning_group", "integrated_care_board", "gp_practice"

PRESCRIBING = """
entities
id          | name  | valid_from | valid_until
practice:1  | One   | 2010-01-01 |
practice:2  | Two   | 2010-01-01 |
practice:3  | Three | 2010-01-01 |
practice:5  | Five  | 2010-01-01 |
ccg:X       | X     | 2013-04-01 |
ccg:Y       | Y     | 2013-04-01 |
ccg:Z       | Z     | 2013-04-01 |

relationships
subject    | verb      | object | valid_from | valid_until
practice:1 | member_of | ccg:X  | 2013-04-01 | 2019-01-15
practice:1 | member_of | ccg:Y  | 2019-01-15 |
practice:2 | member_of | ccg:X  | 2013-04-01 |
practice:3 | member_of | ccg:Y  | 2013-04-01 |

list_sizes
id                    | entity     | seen_on    | sex | people | ages
practice:1 2019-01-03 | practice:1 | 2019-01-03 |     | 1000   |
practice:3 2019-01-03 | practice:3 | 2019-01-03 |     | 2000   |

prescribing
id                     | code | entity     | seen_on    | unidentified | items | ingredient_cost | actual_cost | chapters
practice:1 2019-01     | 1    | practice:1 | 2019-01-31 |              | 100   | 1000.10         | 900.00001   | 02:60:600.10:500.00001 04:40:400:400
practice:2 2019-01     | 2    | practice:2 | 2019-01-31 |              | 10    | 20              | 19.5        | 04:10:20:19.5
practice:3 2019-01     | 3    | practice:3 | 2019-01-31 |              | 50    | 500             | 450         | 02:50:500:450
practice:5 2019-01     | 5    | practice:5 | 2019-01-31 |              | 7     | 7               | 7           | 04:7:7:7
- unidentified 2019-01 | -    |            | 2019-01-31 | yes          | 3     | 3               | 2.99        | 04:3:3:2.99
Y9 2019-01             | Y9   |            | 2019-01-31 |              | 2     | 2               | 2           | 02:2:2:2
practice:1 2019-02     | 1    | practice:1 | 2019-02-28 |              | 90    | 900             | 800         | 02:90:900:800
"""


def amounts(found: dict[str, Any]) -> tuple[Any, ...]:
    """Items and both costs."""
    return found["items"], found["ingredient_cost"], found["actual_cost"]


def of_bodies(answer: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Of each body its items and both costs."""
    return {row["id"]: amounts(row) for row in answer["rows"]}


def test_items_and_costs_are_put_under_the_body_in_which_each_practice_was_on_the_day(build):
    store = build(PRESCRIBING)
    first = prescribed(store, CCG, "2019-01-01")
    assert of_bodies(first) == {
        "ccg:X": (110, 1020.1, 919.50001),
        "ccg:Y": (50, 500, 450),
        "ccg:Z": (None, None, None),
    }
    assert (first["month"], first["counted"]) == ("2019-01", "items prescribed by practices in 2019-01")
    later = prescribed(store, CCG, "2019-01-15")
    assert of_bodies(later)["ccg:Y"] == (150, 1500.1, 1350.00001)


def test_what_is_under_no_body_is_told_and_all_together_is_what_the_table_has(build):
    answer = prescribed(build(PRESCRIBING), CCG, "2019-01-01")
    assert (*amounts(answer["elsewhere"]), answer["elsewhere"]["practices"]) == (7, 7, 7, 1)
    assert amounts(answer["unidentified"]) == (3, 3, 2.99)
    assert (*amounts(answer["unknown"]), answer["unknown"]["practices"]) == (2, 2, 2, 1)
    assert amounts(answer["total"]) == (172, 1532.1, 1381.49001)
    notes = " ".join(answer["notes"])
    assert "3 items are of prescribers whom the table does not identify" in notes
    assert "2 items are of 1 practice that no table has: Y9." in notes


def test_one_chapter_is_told_alone(build):
    answer = prescribed(build(PRESCRIBING), CCG, "2019-01-01", "4")
    assert of_bodies(answer)["ccg:X"] == (50, 420, 419.5)
    assert of_bodies(answer)["ccg:Y"] == (0, 0, 0)
    assert amounts(answer["total"]) == (60, 430, 429.49)
    assert (answer["chapter"], "Central Nervous System" in answer["counted"]) == ("04", True)


def test_rates_are_of_patients_registered_in_the_same_month(build):
    store = build(PRESCRIBING)
    january = prescribed(store, CCG, "2019-01-01")
    assert january["lists_of"] == "2019-01-03"
    rates = {
        row["id"]: (row["people"], row["items_per_1000"], row["cost_per_1000"], row["without_list"])
        for row in january["rows"]
    }
    assert rates == {
        "ccg:X": (1000, 110, 919.5, 1),
        "ccg:Y": (2000, 25, 225, 0),
        "ccg:Z": (None, None, None, None),
    }
    february = prescribed(store, CCG, "2019-02-01")
    assert (february["lists_of"], february["rows"][1]["items_per_1000"]) == (None, None)


def test_practices_themselves_are_bodies_too_and_prescribing_of_another_month_is_not_theirs(build):
    answer = prescribed(build(PRESCRIBING), GP, "2019-02-01")
    assert of_bodies(answer)["practice:1"] == (90, 900, 800)
    assert of_bodies(answer)["practice:2"] == (None, None, None)


def test_what_no_table_tells_is_not_known(build):
    store = build(PRESCRIBING)
    with pytest.raises(NothingFound, match=r"of 2019-03 is in the graph\. There are 2019-01, 2019-02"):
        prescribed(store, CCG, "2019-03-01")
    with pytest.raises(NothingFound, match="orgmap load"):
        prescribed(build(KENT), CCG, "2013-04-01")
    with pytest.raises(WrongUse, match="is no chapter of the British National Formulary"):
        prescribed(store, CCG, "2019-01-01", "16")
    with pytest.raises(NothingFound, match="There are no integrated care boards"):
        prescribed(store, ICB, "2019-01-01")


def test_a_crosswalk_is_weighed_by_what_was_prescribed_in_the_month_of_its_first_day(build):
    table = crosswalk(build(PRESCRIBING), CCG, "2019-01-01", CCG, "2019-02-01", by="cost")
    weights = {(row["from"], row["to"]): row["weight"] for row in table["rows"]}
    assert weights == {("ccg:X", "ccg:X"): 19.5, ("ccg:X", "ccg:Y"): 900.00001, ("ccg:Y", "ccg:Y"): 450}
    assert table["weighted_by"] == "actual cost in pounds of items prescribed by practices in 2019-01"
    items = crosswalk(build(PRESCRIBING), CCG, "2019-01-01", CCG, "2019-02-01", by="items")
    assert {row["weight"] for row in items["rows"]} == {10, 100, 50}
    assert any("no practice that the table has is listed under it" in row["why"] for row in items["unmapped"])
