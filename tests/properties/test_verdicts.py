"""Verdicts on random plans: one word each, kept only within the plan's own days, late and early never mixed up."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orgmap.graphmodel.dates import days_meant
from orgmap.graphmodel.plans.plan import Plan
from orgmap.queries.plans.verdicts import Outcomes, Verdict
from tests.worlds import in_networkx, world

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 28))
PRECISIONS = st.sampled_from(["", "month", "quarter", "year", "approx"])


def judged(planned: str, precision: str, came: str, came_precision: str) -> Verdict:
    plan = Plan("p", "p", "A plan.", planned_for=planned, planned_precision=precision, came_on=came)
    plan = plan._replace(came_precision=came_precision)
    return Outcomes(in_networkx(world("entities\nid | name\nccg:AAA | A\n"))).verdict(plan, [plan])


@given(DAYS, PRECISIONS, DAYS, PRECISIONS)
def test_a_verdict_follows_from_the_days_alone(planned, precision, came, came_precision):
    first, last = days_meant(planned.isoformat(), precision)
    began, ended = days_meant(came.isoformat(), came_precision)
    told = judged(planned.isoformat(), precision, came.isoformat(), came_precision)
    if told.word == "kept":
        assert first <= began <= ended <= last
    elif told.word == "late":
        assert began > last
    elif told.word == "early":
        assert ended < first
    else:
        assert told.word == "not_known"
        assert told.why
    assert (told.months > 0 or told.days > 0) == (told.word in ("late", "early"))


@given(DAYS, DAYS)
def test_late_and_early_are_as_far_apart_from_either_side(one, other):
    there, back = (
        judged(one.isoformat(), "", other.isoformat(), ""),
        judged(other.isoformat(), "", one.isoformat(), ""),
    )
    assert {there.word, back.word} in ({"kept"}, {"late", "early"})
    assert (there.months, there.days) == (back.months, back.days)
