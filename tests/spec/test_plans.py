"""A plan is kept as often as it was stated, and every store gives the statements back as they were written."""

from __future__ import annotations

from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.plans.plan import Plan

DRAWN = """
entities
id                   | name        | valid_from
national:nhs_england | NHS England | 2012-10-01

plans
id | plan | text               | about                | planned_for | planned_precision | status      | stated_on
n2 | end  | It ends in April.  | national:nhs_england | 2027-04-01  | month             | conditional | 2026-01-28
n1 | end  | It ends soon.      | national:nhs_england | 2027-03-01  | approx            | superseded  | 2025-03-13
o1 | open | Something will be. |                      |             |                   | planned     |
"""


def test_every_statement_of_a_plan_is_given_back_as_it_was_written(build) -> None:
    first, second, third = build(DRAWN).plans()
    assert [first.id, second.id, third.id] == ["n1", "n2", "o1"]
    assert second == Plan(
        "n2",
        "end",
        "It ends in April.",
        "national:nhs_england",
        planned_for="2027-04-01",
        planned_precision="month",
        status="conditional",
        stated_on="2026-01-28",
        source="drawn",
    )
    assert (third.planned_for, third.stated_on, third.came, third.verdict) == (None, None, "", "")


def test_a_statement_made_later_was_not_known_and_the_one_before_stood_for_the_plan(build) -> None:
    [only] = KnownStore(build(DRAWN), "2025-12-31").plans()
    assert (only.id, only.status) == ("n1", "planned")
