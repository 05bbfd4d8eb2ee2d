"""The picture of plans: every plan dashed and in words, what came of it apart, and nothing planned drawn as a fact."""

from __future__ import annotations

import re

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.statuses import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.plans.outcome import outcome
from orgmap.queries.plans.plans import plans
from orgmap.viz.plans.lines import axis_of, plan_lines
from orgmap.viz.plans.picture import draw_plans
from tests.spec.test_outcome import DRAWN
from tests.viz.looking import Looking
from tests.worlds import in_networkx, world

ASKED = [("2013", "Kent"), ("merger:kent_and_medway", None), ("end-of-nhs-england", None), ("", "Kent")]
NASTY = """
plans
id | plan                  | text                                  | planned_for | status  | stated_on  | said_by
x1 | </script><b onload=x> | <img src=x onerror="window.hacked=1"> | 2027-04-01  | planned | 2026-01-01 | </title><b>
"""


@pytest.mark.parametrize(("name", "within"), ASKED)
def test_every_statement_is_drawn_and_listed(england: Store, name: str, within: str | None) -> None:
    picture, tables = draw_plans(england, name, within=within).split('id="tables">', 1)
    rows = outcome(england, name, within)["statements"] if name else plans(england, within)["plans"]
    ids = {row["id"] for one in rows for row in (one, *one.get("earlier", ()))}
    assert set(re.findall(r'<tr id="([^"]+)"', tables)) == ids
    linked = re.findall(r'data-id="([^"]+)"', picture)
    assert len(linked) == len(set(linked)) == len({row["plan"] or row["id"] for row in rows})
    assert picture.count('class="plan"') == sum(len(line.planned) for line in plan_lines(rows, 0)), (
        "each planned day is a dashed box"
    )


@pytest.mark.parametrize(("name", "within"), ASKED)
def test_nothing_overlaps_and_no_letter_is_small(
    england: Store, eyes: Looking, name: str, within: str | None
) -> None:
    seen = eyes.at(draw_plans(england, name, within=within), "svg.ahead")
    assert seen["faults"] == []
    assert seen["smallest"] >= 13.99
    assert eyes.errors == eyes.requests == []


@pytest.mark.parametrize("form", ["html", "svg"])
def test_a_plan_is_dashed_and_says_what_came_of_it(form: str) -> None:
    store = in_networkx(world(DRAWN))
    drawn = draw_plans(store, "sha-end", form)
    assert "Planned for October 2012: late by 6 months, it came 1 April 2013" in drawn
    assert "Planned for April 2013: kept, it came 1 April 2013" in drawn
    assert (drawn.count('class="plan"'), drawn.count('class="came"')) == (2, 1)
    assert "stroke-dasharray" in drawn
    still = draw_plans(store, "end", form)
    assert "Planned for April 2027: conditional, not law; said on 2026-01-28" in still
    assert still.count('class="came"') == 0, "what is planned has not come"


def test_days_stand_in_their_order_on_the_axis() -> None:
    store = in_networkx(world(DRAWN))
    lines = plan_lines(outcome(store, "sha-end")["statements"], 0)
    axis = axis_of(lines)
    [line] = lines
    assert [one.words for one in sorted(line.planned)] == ["October 2012", "April 2013"]
    assert axis.x("2012-10-01") < axis.x("2013-04-01") < axis.x("2013-04-30")


def test_what_is_only_proposed_is_drawn_if_asked_for() -> None:
    store = in_networkx(world(DRAWN))
    assert "One group in April." not in draw_plans(store, include=Include.of("planned"))
    with pytest.raises(NothingFound):
        draw_plans(store, "sha-end", within="Atlantis")


@pytest.mark.parametrize("form", ["html", "svg"])
def test_words_of_a_plan_mean_only_themselves(form: str) -> None:
    drawn = draw_plans(in_networkx(world(DRAWN + NASTY)), form=form)
    assert "onerror=&quot;" in drawn
    assert "<img" not in drawn
    assert "<b onload" not in drawn
