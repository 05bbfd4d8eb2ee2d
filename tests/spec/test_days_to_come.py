"""Days to come: what is in force goes on as last known, plans are counted, told on request, and never as facts."""

from __future__ import annotations

import pytest

from orgmap.graph import Graph
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.plans.foretold import planned_ends
from orgmap.queries.coverage import last_planned
from orgmap.queries.place.find import find
from orgmap.queries.structure.snapshot import snapshot
from orgmap.queries.structure.structure import structure

WORLD = """
datasets
dataset | title    | horizon    | as_of      | kinds
all     | Councils | 2026-10-09 | 2026-10-09 | upper_tier_council national_body area

sources
id    | title             | publisher | as_of      | verified
order | The Order of 2026 | Ministry  | 2026-03-10 | yes
press | A trade paper     | Press     | 2026-01-28 | yes

entities
id                   | name        | valid_from | source
council:E10000030    | Old County  |            | drawn
council:west         | West        | 2999-04-01 | order
council:east         | East        | 2999-04-01 | order
national:nhs_england | NHS England | 2012-10-01 | drawn
area:E1              |             |            | drawn

phases
entity       | status  | valid_from | valid_until | source
council:west | shadow  | 2026-05-07 | 2999-04-01  | order
council:west | enacted | 2999-04-01 |             | order
council:east | enacted | 2999-04-01 |             | order

relationships
subject           | verb   | object  | valid_from | status   | stated_on  | source
council:E10000030 | covers | area:E1 |            | in_force |            | drawn
council:west      | covers | area:E1 | 2999-04-01 | enacted  | 2026-03-10 | order

events
id    | kind      | date       | status      | stated_on  | source
surrey | split    | 2999-04-01 | enacted     | 2026-03-10 | order
bill  | abolished | 2999-04-01 | conditional | 2026-01-28 | press
dead  | abolished | 2998-04-01 | superseded  | 2025-03-13 | press

successions
event  | predecessor          | successor
surrey | council:E10000030    | council:west
surrey | council:E10000030    | council:east
bill   | national:nhs_england |
dead   | national:nhs_england |

place_names
name    | kind | within | code    | share
Margate | town | K      | area:E1 | 1
"""
LATER, PLANNED = "2999-04-01", Include.of("planned")


def test_a_day_to_come_is_answered_up_to_the_last_plan_and_not_beyond(build):
    with build(WORLD) as store:
        assert last_planned(store) == LATER
        assert [body["id"] for body in find(store, "Margate", LATER)["bodies"]] == ["council:E10000030"]
        with pytest.raises(NothingFound, match="in the future"):
            find(store, "Margate", "2999-04-02")


def test_the_life_of_a_body_that_a_plan_is_to_end_never_hides_the_end(build):
    ends = "is to end on 2999-04-01"
    with build(WORLD) as store:
        graph = Graph(store)
        for body, said in (
            ("council:E10000030", "enacted, its day to come; said by Ministry on 2026-03-10"),
            ("national:nhs_england", "conditional, not law; said by Press on 2026-01-28"),
        ):
            (note,) = [one for one in graph.show(body).notes if ends in one]
            assert said in note
            assert "--include planned" in note
            (asked,) = [one for one in graph.show(body, include="planned").notes if ends in one]
            assert "--include" not in asked
        assert not [one for one in graph.show("council:west", include="shadow").notes if ends in one]
        assert [one for one in graph.show("council:west").notes if "--include planned shows it" in one]


def test_what_goes_on_is_as_last_known_and_the_plans_are_counted(build):
    with build(WORLD) as store:
        found = Graph(store).find("Margate", LATER)
        assert found[0]["last_known"] == "2026-10-09"
        assert "1 planned change until then: add --include planned." in found.notes
        assert not any("planned change" in note for note in Graph(store).find("Margate", "2026-01-01").notes)


def test_plans_are_told_on_request_with_who_said_so_and_whether_it_is_law(build):
    with build(WORLD) as store:
        old, new = Graph(store).find("Margate", LATER, include="planned")
        assert (new["id"], new["status"], new["stated_on"], new["said_by"]) == (
            "council:west", "enacted", "2026-03-10", "Ministry",
        )  # fmt: skip
        assert "law" not in new
        assert (old["to_end"]["date"], old["to_end"]["status"], old["to_end"]["event"]) == (
            LATER, "enacted", "surrey",
        )  # fmt: skip
        bodies = Graph(store).list("national_body", LATER, include="planned")
        assert bodies[0]["to_end"]["law"] is False
        assert any("is to end on 2999-04-01: conditional, not law; said by Press" in n for n in bodies.notes)


def test_a_superseded_plan_ranks_behind_the_live_one(build):
    with build(WORLD) as store:
        [end] = planned_ends(store, ["national:nhs_england"], Include.of(["planned", "proposed"])).values()
        assert (end.event, end.status) == ("bill", "conditional")
        [end] = planned_ends(store, ["national:nhs_england"], Include.of("proposed")).values()
        assert (end.event, end.status) == ("dead", "superseded")


def test_a_body_that_two_plans_would_end_is_to_end_by_the_first_of_them(build):
    world = WORLD.replace(
        "\n\nsuccessions\nevent  | predecessor          | successor\n",
        "\nafter | replaced | 2999-09-01 | conditional | 2026-07-16 | press"
        "\n\nsuccessions\nevent  | predecessor          | successor\nafter | national:nhs_england | council:east\n",
    )
    with build(world) as store:
        [end] = planned_ends(store, ["national:nhs_england"], Include.of("planned")).values()
        assert (end.event, end.date) == ("bill", LATER)


def test_no_plan_is_in_force_on_any_day(build):
    with build(WORLD) as store:
        assert "council:west" not in snapshot(store, LATER)
        assert "council:west" in snapshot(store, LATER, PLANNED)
        assert snapshot(store, LATER, PLANNED).nodes["council:E10000030"]["to_end"]["status"] == "enacted"
        assert [body.status for body in store.entities(ids=["council:east"])] == ["enacted"]
        assert store.entities(ids=["council:west"], at="2026-06-01") == []
        shadow = store.entities(ids=["council:west"], at="2026-06-01", include=Include.of("shadow"))
        assert [body.status for body in shadow] == ["shadow"]


def test_what_a_plan_ends_is_planned_to_end_in_a_picture_and_else_goes_on(build):
    with build(WORLD) as store:
        plain = structure(store, "2026-06-01", LATER).bodies
        assert {one: body.change for one, body in plain.items() if body.kind != "area"} == {
            "council:E10000030": "unchanged",
            "council:west": "shadow",
            "national:nhs_england": "unchanged",
        }
        asked = structure(store, "2026-06-01", LATER, include=PLANNED).bodies
        assert asked["council:E10000030"].change == asked["national:nhs_england"].change == "ended"
        assert asked["council:E10000030"].entity.until_precision == "planned"
        assert asked["council:east"].change == "planned"


def test_a_difference_counts_the_plans_that_it_leaves_out(build):
    with build(WORLD) as store:
        told = Graph(store).diff("2026-11-27", LATER)
        assert (told.to_dict()["started"], told.to_dict()["ended"]) == ([], [])
        assert "2 planned changes until then: add --include planned." in told.notes
