"""Ratings rolled up: every child of the day once, unrated never green, by structure and by accountability."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.queries.registers.rollup import ALL, RatingRow, rollup

WORLD = """
entities
id          | name       | valid_from | valid_until
ccg:A       | A CCG      | 2013-04-01 |
ccg:B       | B CCG      | 2013-04-01 |
ccg:C       | C CCG      | 2013-04-01 |
ccg:D       | D CCG      | 2013-04-01 |
ccg:OLD     | Old CCG    | 2013-04-01 | 2014-04-01
at:1        | Team       | 2013-04-01 | 2015-04-01
region:N    | North      | 2013-04-01 |
region:S    | South      | 2013-04-01 |
pctc:X      | X Cluster  | 2011-06-01 | 2013-04-01
pctc:Y      | Y Cluster  | 2011-06-01 | 2013-04-01
shac:N      | N SHAs     | 2011-10-01 | 2013-04-01
pct:X       | X PCT      | 2006-10-01 | 2013-04-01
sha:N       | N SHA      | 2006-10-01 | 2013-04-01
area:1      | one        |            |
area:2      | two        |            |
area:3      | three      |            |

relationships
subject | verb      | object   | valid_from | valid_until
ccg:A   | part_of   | at:1     | 2013-04-01 | 2015-04-01
ccg:B   | part_of   | at:1     | 2013-04-01 | 2015-04-01
ccg:OLD | part_of   | at:1     | 2013-04-01 | 2014-04-01
at:1    | part_of   | region:N | 2013-04-01 | 2015-04-01
ccg:A   | part_of   | region:S | 2015-04-01 |
ccg:B   | part_of   | region:S | 2015-04-01 |
ccg:C   | part_of   | region:S | 2013-04-01 |
ccg:A   | covers    | area:1   | 2013-04-01 |
ccg:B   | covers    | area:2   | 2013-04-01 |
ccg:C   | covers    | area:3   | 2013-04-01 |
pct:X   | member_of | pctc:X   | 2011-06-01 | 2013-04-01
pct:X   | part_of   | sha:N    | 2006-10-01 | 2013-04-01
sha:N   | member_of | shac:N   | 2011-10-01 | 2013-04-01

neighbourhoods
code      | name | parent    | area   | population
E01000001 | M    | E02000001 | area:1 | 300
E01000002 | H    | E02000001 | area:2 | 100
E01000003 | H    | E02000001 | area:3 | 100
"""

DAY = "2014-06-01"


@pytest.fixture
def store(build: Any) -> Any:
    """Groups under a team and two regions."""
    return build(WORLD)


def rows(*cells: tuple[str, str, str]) -> list[RatingRow]:
    """Ratings as they stand in a file, the first in line 2."""
    return [RatingRow(f"r.csv:{number}", *row) for number, row in enumerate(cells, 2)]


def table(answer: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of an answer by parent and domain."""
    return {((row["parent"] or {"id": ""})["id"], row["domain"]): row for row in answer["parents"]}


def test_every_group_of_the_day_counts_once_under_what_it_belonged_to(store: Any) -> None:
    found = table(rollup(store, rows(("ccg:A", "", "red"), ("C CCG", "", "Green")), "nhs_region", DAY))
    north, south, nowhere = found["region:N", ""], found["region:S", ""], found["", ""]
    assert (north["rating"], north["counts"]["red"], north["not_rated"], north["children"]) == (
        "red",
        1,
        1,
        2,
    )
    assert [one["id"] for one in north["because"]] == ["ccg:A"]
    assert [one["id"] for one in north["unrated"]] == ["ccg:B"]
    assert north["people"]["red"] == 0.75
    assert north["people"]["not rated"] == 0.25
    assert (south["rating"], south["children"]) == ("green", 1)
    assert (nowhere["rating"], nowhere["children"], nowhere["people"]) == ("not rated", 1, None)
    later = table(rollup(store, rows(("ccg:A", "", "red")), "nhs_region", "2016-06-01"))
    assert later["region:S", ""]["children"] == 3


def test_what_is_not_rated_is_never_taken_for_green(store: Any) -> None:
    def north(*cells: tuple[str, str, str], rule: str = "worst") -> str:
        return str(table(rollup(store, rows(*cells), "nhs_region", DAY, rule))["region:N", ""]["rating"])

    assert north(("ccg:A", "", "green")) == "not known"
    assert north(("ccg:A", "", "green"), ("ccg:B", "", "n/a")) == "not known"
    assert north(("ccg:A", "", "green"), ("ccg:B", "", "green")) == "green"
    assert north(("ccg:A", "", "amber")) == "amber or worse"
    assert north(("ccg:A", "", "red")) == "red"
    assert north(("ccg:A", "", "red"), rule="most") == "not known"
    assert north(("ccg:A", "", "red"), ("ccg:B", "", "green"), rule="most") == "red"


def test_a_body_is_as_bad_as_its_worst_domain_and_unknown_while_one_is_missing(store: Any) -> None:
    found = table(
        rollup(
            store,
            rows(
                ("ccg:A", "Finance", "green"), ("ccg:A", "Workforce", "amber"), ("ccg:B", "finance ", "green")
            ),
            "nhs_region",
            DAY,
        )
    )
    assert found["region:N", "Finance"]["rating"] == "green"
    assert found["region:N", "Workforce"]["rating"] == "amber or worse"
    whole = found["region:N", ALL]
    assert (whole["counts"]["amber"], whole["not_rated"]) == (1, 1)


def test_a_cluster_is_rolled_up_to_what_its_trusts_belong_to(store: Any) -> None:
    found = table(
        rollup(store, rows(("pctc:X", "", "R")), "strategic_health_authority_cluster", "2012-06-01")
    )
    assert found["shac:N", ""]["rating"] == "red"
    assert found["", ""]["children"] == 1  # the other cluster, of which no trust is known


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("ccg:OLD", "", "red")], "r.csv:2: Old CCG was not in force on 2014-06-01"),
        ([("ccg:A", "", "red"), ("A CCG", " ", "red")], "r.csv:3: A CCG is rated twice, before in r.csv:2"),
        ([("ccg:A", "Q", "red"), ("ccg:A", "q", "red")], "r.csv:3: A CCG is rated twice for “Q”"),
        ([("ccg:A", "", "puce"), ("ccg:Z", "", "red")], "r.csv:3: No body is called"),
    ],
)
def test_rows_that_cannot_be_counted_are_named(
    store: Any, cells: list[tuple[str, str, str]], said: str
) -> None:
    with pytest.raises(WrongUse, match=said):
        rollup(store, rows(*cells), "nhs_region", DAY)


def test_a_kind_that_nobody_belongs_to_is_not_known(store: Any) -> None:
    with pytest.raises(NothingFound, match="No integrated care board is known"):
        rollup(store, rows(("ccg:A", "", "red")), "integrated_care_board", DAY)
