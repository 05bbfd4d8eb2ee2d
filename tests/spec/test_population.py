"""How many people a body is for: those who live in its area, or those on the lists of its practices in a month."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.registers.population import population
from tests.kent import KENT

CCG, ICB, GP = "clinical_commissioning_group", "integrated_care_board", "gp_practice"

LISTS = """
entities
id          | name  | valid_from | valid_until
practice:1  | One   | 2010-01-01 |
practice:2  | Two   | 2010-01-01 |
practice:3  | Three | 2010-01-01 |
practice:4  | Four  | 2019-02-01 |
practice:5  | Five  | 2010-01-01 |
ccg:X       | X     | 2013-04-01 |
ccg:Y       | Y     | 2013-04-01 |
ccg:Z       | Z     | 2013-04-01 |

relationships
subject    | verb      | object | valid_from | valid_until
practice:1 | member_of | ccg:X  | 2013-04-01 | 2019-04-01
practice:1 | member_of | ccg:Y  | 2019-04-01 |
practice:2 | member_of | ccg:X  | 2013-04-01 |
practice:3 | member_of | ccg:Y  | 2013-04-01 |
practice:4 | member_of | ccg:Y  | 2019-02-01 |

list_sizes
id                             | entity     | seen_on    | sex    | people | ages
practice:1 2019-01-01          | practice:1 | 2019-01-01 |        | 1000   |
practice:2 2019-01-01          | practice:2 | 2019-01-01 |        | 500    |
practice:2 2019-01-01 female   | practice:2 | 2019-01-01 | female | 300    | 0-4:20 5-9:30 95+:250
practice:2 2019-01-01 male     | practice:2 | 2019-01-01 | male   | 200    | 0-4:10 5-9:20 95+:170
practice:3 2019-01-01          | practice:3 | 2019-01-01 |        | 2000   |
practice:5 2019-01-01          | practice:5 | 2019-01-01 |        | 70     |
practice:1 2020-01-01          | practice:1 | 2020-01-01 |        | 1100   |
"""


def told(answer: dict) -> dict[str, tuple[float | None, float | None, int, int]]:
    """Of each body its people, its share, its practices and those without a count."""
    return {
        row["id"]: (row["people"], row["share"], row["practices"], row["without_count"])
        for row in answer["rows"]
    }


def test_registered_people_are_counted_by_the_lists_of_the_day_and_the_table_before_it(build):
    answer = population(build(LISTS), CCG, "2019-03-31", "registered")
    assert told(answer) == {
        "ccg:X": (1500, 0.4286, 2, 0),
        "ccg:Y": (2000, 0.5714, 2, 1),
        "ccg:Z": (None, None, 0, 0),
    }
    assert (answer["basis"], answer["counted"]) == ("registered", "patients registered on 2019-01-01")
    assert answer["elsewhere"] == {"people": 70, "practices": 1}
    assert "1 practice has no count in the table of 2019-01-01: practice:4." in answer["notes"]


def test_a_practice_that_moved_takes_its_patients_along(build):
    answer = population(build(LISTS), CCG, "2019-04-01", "registered")
    assert {one: people for one, (people, *_) in told(answer).items()} == {
        "ccg:X": 500,
        "ccg:Y": 3000,
        "ccg:Z": None,
    }


def test_a_table_of_the_same_month_counts_though_it_is_of_a_later_day(build):
    world = LISTS.replace("2020-01-01", "2020-01-04")
    answer = population(build(world), CCG, "2020-01-01", "registered")
    assert answer["counted"] == "patients registered on 2020-01-04"
    assert told(answer)["ccg:Y"] == (1100, 1, 3, 2)


def test_sex_and_age_are_told_as_far_as_a_table_tells_them(build):
    store = build(LISTS)
    women = population(store, CCG, "2019-03-31", "registered", sex="female")
    assert told(women)["ccg:X"] == (300, 1, 2, 1)
    young = population(store, CCG, "2019-03-31", "registered", ages="0-9")
    assert told(young)["ccg:X"] == (80, 1, 2, 1)
    old = population(store, CCG, "2019-03-31", "registered", sex="male", ages="95+")
    assert told(old)["ccg:X"] == (170, 1, 2, 1)
    with pytest.raises(WrongUse, match="counted from 5 to 9"):
        population(store, CCG, "2019-03-31", "registered", ages="0-7")


def test_practices_themselves_are_bodies_too(build):
    answer = population(build(LISTS), GP, "2019-03-31", "registered")
    assert told(answer)["practice:5"] == (70, 0.0196, 1, 0)


def test_residents_are_those_of_the_area(build):
    answer = population(build(KENT), CCG, "2013-04-01")
    assert {row["id"]: (row["people"], row["share"]) for row in answer["rows"]} == {
        "ccg:09E": (100, 0.25),
        "ccg:10E": (300, 0.75),
    }
    assert (answer["basis"], answer["counted"]) == ("resident", "population mid-2020")


def test_before_there_were_such_bodies_lists_are_put_under_the_first_of_them(build):
    boards = LISTS.replace("2013-04-01", "2022-07-01").replace("2019-04-01", "2022-08-01")
    answer = population(build(boards), CCG, "2019-01-31", "registered")
    assert (answer["at"], answer["bodies_of"]) == ("2019-01-31", "2022-07-01")
    assert told(answer)["ccg:X"] == (1500, 0.4286, 2, 0)
    assert any(
        "There were no clinical commissioning groups on 2019-01-31" in note for note in answer["notes"]
    )
    with pytest.raises(NothingFound, match="The first began on 2022-07-01"):
        population(build(boards), CCG, "2019-01-31")


def test_what_no_table_tells_is_not_known(build):
    store = build(LISTS)
    with pytest.raises(
        NothingFound, match=r"no table of registered patients is of 2018-12-31 or earlier.*2019-01-01"
    ):
        population(store, CCG, "2018-12-31", "registered")
    with pytest.raises(NothingFound, match="orgmap load"):
        population(build(KENT), CCG, "2013-04-01", "registered")
    with pytest.raises(WrongUse, match="resident or registered"):
        population(store, CCG, "2019-04-01", "rich")
    with pytest.raises(WrongUse, match="registered"):
        population(build(KENT), CCG, "2013-04-01", ages="0-4")


def test_structures_are_compared_by_their_registered_people(build):
    answer = crosswalk(build(LISTS), CCG, "2019-03-31", CCG, "2019-04-01", "registered")
    assert {(row["from"], row["to"]): (row["weight"], row["share_of_from"]) for row in answer["rows"]} == {
        ("ccg:X", "ccg:X"): (500, 0.3333),
        ("ccg:X", "ccg:Y"): (1000, 0.6667),
        ("ccg:Y", "ccg:Y"): (2000, 1),
    }
    assert answer["weighted_by"] == "patients registered on 2019-01-01"
    assert any("1 practice has no count" in note for note in answer["notes"])
