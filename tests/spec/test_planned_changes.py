"""A planned change is none yet: it is told when plans are asked for, marked, with the day on which it was said."""

from __future__ import annotations

import pytest

from orgmap.cli.kit.events import event_lines
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Include
from orgmap.queries.body.show import show
from orgmap.queries.change.descent import descent_of
from orgmap.queries.change.diff import diff
from orgmap.queries.change.lifelines import lifelines
from orgmap.queries.change.lineage import lineage
from orgmap.queries.change.successors import successors_on
from orgmap.queries.citing import cite

PLAN = """
datasets
dataset | title  | horizon    | as_of      | kinds
boards  | Boards | 2026-10-09 | 2026-10-09 | integrated_care_board

entities
id      | name      | valid_from | valid_until
ccg:A   | A group   | 2013-04-01 | 2022-07-01
icb:QA  | Board A   | 2022-07-01 |
icb:QB  | Board B   | 2022-07-01 |
icb:QC  | Board C   | 2027-04-01 |

phases
entity | status  | valid_from | valid_until
icb:QC | planned | 2026-05-18 |

events
id     | kind     | date       | status   | stated_on
began  | replaced | 2022-07-01 | in_force |
merger | merged   | 2027-04-01 | planned  | 2026-05-18
split  | split    | 2026-09-01 | proposed | 2026-01-10

successions
event  | predecessor | successor
began  | ccg:A       | icb:QA
merger | icb:QA      | icb:QC
merger | icb:QB      | icb:QC
split  | icb:QB      | icb:QA
split  | icb:QB      | icb:QC
"""
PLANS = Include.of(["planned"])


def ids(events) -> list[str]:
    """The ids of the events of an answer."""
    return [event["id"] for event in events]


@pytest.mark.parametrize(
    ("include", "told"),
    [
        (IN_FORCE, ["began"]),
        (PLANS, ["began", "merger"]),
        (Include.of(["proposed"]), ["began", "split"]),
        (Include.of(STATUSES), ["began", "split", "merger"]),
    ],
)
def test_a_store_gives_changes_of_the_statuses_asked_for(build, include, told):
    assert [event.id for event, _ in build(PLAN).events(include=include)] == told


@pytest.mark.parametrize(("day", "told"), [("2026-05-17", ["began"]), ("2026-05-18", ["began", "merger"])])
def test_a_plan_is_known_from_the_day_on_which_it_was_stated(build, day, told):
    assert [event.id for event, _ in KnownStore(build(PLAN), day).events(include=PLANS)] == told


@pytest.mark.parametrize(("include", "told"), [(IN_FORCE, []), (PLANS, ["merger"])])
def test_a_planned_merger_is_told_of_a_body_only_if_plans_are_asked_for(build, include, told):
    with build(PLAN) as store:
        assert ids(show(store, "icb:QB", "2026-06-01", include)["events"]) == told
        assert ids(lineage(store, "icb:QB", include=include)["events"]) == told
        assert ids(diff(store, "2026-10-01", "2026-10-09", include=include)["events"]) == []


def test_a_proposed_change_between_two_days_is_no_change_of_theirs(build):
    with build(PLAN) as store:
        assert ids(diff(store, "2026-08-31", "2026-09-01")["events"]) == []
        proposed = Include.of(["proposed"])
        assert ids(diff(store, "2026-08-31", "2026-09-01", include=proposed)["events"]) == ["split"]


def test_what_is_planned_is_marked_with_the_day_on_which_it_was_said(build):
    with build(PLAN) as store:
        [told] = lineage(store, "icb:QB", include=PLANS)["events"]
    assert (told["status"], told["stated_on"]) == ("planned", "2026-05-18")
    [line] = event_lines({**told, "pairs": told["pairs"][:1]})
    assert line.startswith("2027-04-01 merged (planned, not law; said on 2026-05-18): ")


def test_what_happened_bears_no_mark(build):
    with build(PLAN) as store:
        [told] = lineage(store, "icb:QA")["events"]
    assert "status" not in told
    assert "stated_on" not in told
    assert [pair.keys() & {"status", "stated_on"} for pair in told["pairs"]] == [set()]
    assert event_lines(told)[0].startswith("2022-07-01 replaced: ")


def test_nobody_takes_over_by_a_plan(build):
    with build(PLAN) as store:
        assert successors_on(store, "icb:QB", "2027-06-01") == []


def test_a_picture_counts_the_plans_that_it_leaves_out(build):
    with build(PLAN) as store:
        assert list(descent_of(store, "icb:QA").events) == ["began"]
        assert (
            "Planned changes that are not shown: 1; --include planned shows them."
            in descent_of(store, "icb:QA").notes
        )
        assert set(descent_of(store, "icb:QA", include=PLANS).events) == {"began", "merger"}
        [life] = lifelines(store, ["icb:QB"]).lives
        assert life.changes == ()
        [life] = lifelines(store, ["icb:QB"], include=PLANS).lives
        assert [event.id for event, _ in life.changes] == ["merger"]
        with pytest.raises(NothingFound):
            lifelines(store, ["icb:QC"])


def test_a_plan_can_be_cited(build):
    with build(PLAN) as store:
        assert cite(store, "merger")["references"] != []


PART = """
entities
id     | name    | valid_from | valid_until
icb:QA | Board A | 2022-07-01 | 2026-04-01
icb:QB | Board B | 2022-07-01 |
icb:QC | Board C | 2022-07-01 |

events
id    | kind       | date
ended | replaced   | 2026-04-01

successions
event | predecessor | successor | status  | stated_on
ended | icb:QA      | icb:QB    |         |
ended | icb:QA      | icb:QC    | planned | 2025-09-01
"""


@pytest.mark.parametrize(("include", "told"), [(IN_FORCE, ["icb:QB"]), (PLANS, ["icb:QB", "icb:QC"])])
def test_a_part_of_a_sure_change_may_be_a_plan(build, include, told):
    with build(PART) as store:
        [(_, parts)] = store.events(ids=["icb:QA"], include=include)
        assert [part.successor for part in parts] == told
        assert bool(store.events(ids=["icb:QC"], include=include)) == (include == PLANS)
