"""What is to change is listed by day, each plan once: the statement that stands, and earlier ones folded under it."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.statuses import STATUSES, Include
from orgmap.queries.plans.plans import plans
from tests.spec.test_outcome import DRAWN

MORE = """
datasets
dataset | title | horizon    | as_of      | kinds
drawn   | Drawn | 2026-10-09 | 2026-10-09 | clinical_commissioning_group

entities
id                  | name        | valid_from
service:jabs        | Jabs        |
national:new        | A new body  | 2028-04-01

phases
entity       | status  | valid_from | valid_until
national:new | enacted | 2026-05-01 |

rules
id | service      | commissioner   | coverage | population | status   | valid_from | valid_until | stated_on
R1 | service:jabs | national:board | all      | england    | planned  | 2027-04-01 |             | 2026-05-18
R2 | service:jabs | national:board | all      | england    | proposed | 2027-04-01 |             | 2026-05-18
R3 | service:jabs | national:board | all      | england    | planned  | 2013-04-01 | 2014-04-01  | 2010-07-12

accountability
id | subject        | verb           | object       | coverage | status      | valid_from | stated_on
A1 | national:board | accountable_to | national:new | all      | conditional | 2028-04-01 | 2026-05-18

plans
id | plan | text                  | about        | planned_for | planned_precision | status  | stated_on  | facts | came
j1 | rule | Jabs are to move.     | service:jabs | 2027-04-01  | month             | planned | 2026-05-18 | A1    |
t1 | town | Thanet is to have it. | ccg:10E      | 2027-06-01  |                   | planned | 2026-05-18 |       |
"""
WORLD = DRAWN + MORE


def ids(told):
    return [one["id"] for one in told["plans"]]


def test_what_is_open_is_listed_by_its_day_with_what_the_tables_plan_alone(build):
    told = plans(build(WORLD))
    assert ids(told) == ["R1", "e2", "j1", "t1", "national:new"]
    [rule, end, *_, body] = told["plans"]
    assert (rule["what"], rule["text"], rule["plan"]) == (
        "rule",
        "Jabs: commissioned by A national board",
        None,
    )
    assert (end["what"], end["law"], end["stated_on"]) == ("plan", False, "2026-01-28")
    assert (body["status"], "law" in body) == ("enacted", False)


def test_earlier_statements_are_folded_under_the_one_that_stands(build):
    [end] = [one for one in plans(build(WORLD))["plans"] if one["id"] == "e2"]
    assert end["moves"] == "about 1 March 2027 → April 2027"
    assert [(one["id"], one["status"]) for one in end["earlier"]] == [("e1", "superseded")]
    assert end["about"] == [{"id": "national:board", "name": "A national board"}]


def test_what_is_only_proposed_or_of_long_ago_is_counted_and_shown_when_asked_for(build):
    store = build(WORLD)
    assert plans(store)["notes"] == [
        "3 more plans are only proposed, provisional, disputed or superseded, or for a day that passed more than a"
        " year ago: add --include proposed."
    ]
    assert set(ids(plans(store, include=Include.of("proposed")))) - set(ids(plans(store))) == {
        "R2",
        "R3",
        "s5",
    }


def test_nothing_planned_is_out_of_reach(build):
    store = build(WORLD)
    everything = Include.of(STATUSES)
    told = plans(store, include=everything)["plans"]
    carried = {fact for one in told for fact in one["facts"]}
    planned = {one.id for one in (*store.rules(), *store.accountability()) if one.status != "in_force"}
    planned |= {event.id for event, _ in store.events(include=everything) if event.status == "planned"}
    assert planned <= carried


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"until": "2027-04-01"}, ["R1", "e2", "j1"]),
        ({"until": "2027-03-31"}, []),
        ({"about": "service:jabs"}, ["R1", "j1"]),
        ({"about": "Jabs"}, ["R1", "j1"]),
        ({"about": "national:board"}, ["R1", "e2"]),
        ({"about": "ccg:10E"}, ["t1"]),
        ({"about": "ccg"}, ["t1"]),
        ({"within": "CT9 1AA"}, ["t1", "R1", "e2", "j1", "national:new"]),
        ({"within": "CT6 1AA"}, ["R1", "e2", "j1", "national:new"]),
    ],
)
def test_a_day_a_body_a_service_or_a_place_narrows_the_list(build, asked, found):
    assert ids(plans(build(WORLD), **asked)) == found


def test_after_the_last_plan_nothing_is_known(build):
    store = build(WORLD)
    assert ids(plans(store, until="2028-04-01"))[-1] == "national:new"
    with pytest.raises(NothingFound, match="the last plan in the tables is for 2028-04-01"):
        plans(store, until="2999-01-01")


def test_a_day_that_passes_makes_no_plan_a_fact(build):
    [passed] = [
        one for one in plans(build(WORLD), include=Include.of("proposed"))["plans"] if one["id"] == "R3"
    ]
    assert (passed["passed"], passed["status"]) == (True, "planned")
    assert not any("passed" in one for one in plans(build(WORLD))["plans"])


GONE = """
plans
id | plan | text                    | about          | planned_for | status  | stated_on  | verdict | note
d1 | dead | Jabs were to move.      | service:jabs   | 2026-04-01  | planned | 2025-02-06 | dropped | A law is to do it.
"""


def test_what_came_to_nothing_is_shown_with_its_verdict_where_superseded_plans_are(build):
    store = build(WORLD + GONE)
    assert "d1" not in ids(plans(store))
    [dead] = [one for one in plans(store, include=Include.of("proposed"))["plans"] if one["id"] == "d1"]
    assert (dead["verdict"], dead["note"]) == ("dropped", "A law is to do it.")


DISPUTED = """
plans
id | plan  | text                   | about        | planned_for | status   | stated_on  | verdict   | depends_on
c9 | court | A court is to hear it. | ccg:10E      |             | disputed | 2026-06-24 | not_known |
m2x | move | Beds are to move.      | service:jabs | 2027-05-01  | planned  | 2026-03-25 |           | court
m3 | move  | Beds move in June.     | service:jabs | 2027-06-01  | planned  | 2026-02-25 | open      | court
"""


def test_what_a_plan_depends_on_is_listed_with_it_though_nobody_knows_what_came_of_it(build):
    store = build(WORLD + DISPUTED)
    told = plans(store, about="service:jabs", include=Include.of("proposed"))["plans"]
    assert [(one["verdict"], one["own"]) for one in told if one["id"] == "c9"] == [("not_known", False)]
    [move] = [one for one in plans(store, about="service:jabs")["plans"] if one["id"] == "m2x"]
    assert move["depends_on"] == ["court"]
    assert [(one["text"], one["status"]) for one in move["depends_on_plans"]] == [
        ("A court is to hear it.", "disputed")
    ]


def test_a_plan_that_only_others_depend_on_is_told_apart_from_those_on_what_was_asked_for(build):
    store = build(WORLD + DISPUTED)
    told = plans(store, about="service:jabs", include=Include.of("proposed"))["plans"]
    assert {one["id"]: one["ground_of"] for one in told if "ground_of" in one} == {"c9": ["move"]}
    everything = plans(store, include=Include.of("proposed"))["plans"]
    assert not any("ground_of" in one for one in everything), "of everything, nothing is beside the question"


def test_of_a_place_or_a_body_each_plan_tells_whether_it_is_its_own(build):
    told = plans(build(WORLD), within="CT9 1AA")["plans"]
    assert [one["id"] for one in told if one["own"]] == ["t1"]
    assert not any("own" in one for one in plans(build(WORLD))["plans"])


def test_an_earlier_day_knows_the_plans_of_then_and_no_younger_ones(build):
    store = build(WORLD)
    then = ids(plans(KnownStore(store, "2025-06-01")))
    assert "e1" in then
    assert not {"e2", "j1", "t1", "R1"} & set(then)
    assert {"s1", "s2"} <= set(
        ids(plans(KnownStore(store, "2011-09-01"), include=Include.of("proposed")))
    ) | {"s1"}
    with pytest.raises(NothingFound, match="Nothing had been planned"):
        plans(KnownStore(store, "2005-01-01"))
