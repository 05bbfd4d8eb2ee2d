"""The cases to walk: as many as were drawn from the documents, each step a service, and walked across every reform."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.listed import Walk, WalkStep
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.queries.commissioning.services_of_place import services_told
from orgmap.queries.commissioning.who import who
from orgmap.queries.walks.walk import walk

REFORMS = ("2013-04-01", "2015-10-01", "2022-07-01", "2023-04-01", "2026-04-01", "2027-04-01")
PLANNED = Include.of("planned")


def test_fifteen_cases_name_services_that_somebody_may_commission(england: Store) -> None:
    cases, steps = england.listed(Walk), england.listed(WalkStep)
    assert len(cases) == 15
    assert all(case.source.startswith("doc-") and case.locator for case in cases)
    assert {step.walk for step in steps} == {case.id for case in cases}
    scope = {"service:local_commissioning"}
    assert {step.service for step in steps} <= {service.id for service, _ in services_told(england)} | scope
    assert all(step.source for step in steps)


@pytest.mark.parametrize("day", REFORMS)
def test_every_case_is_walked_on_both_sides_of_each_reform(england: Store, day: str) -> None:
    from orgmap.graphmodel.dates import day_before

    for case in england.listed(Walk):
        walked = walk(england, case.id, "CT9 1AA", days=[day_before(day), day], include=PLANNED)
        for step in walked["steps"]:
            for cell in step["cells"]:
                holding = [one for one in cell["answers"] if one["counts"]]
                open_ = ["NOT KNOWN"] if cell["applies"] else []
                assert holding or [flag["flag"] for flag in cell["flags"]] == open_, step["id"]
                assert all(one["sources"] for one in cell["answers"]), step["id"]
                assert all(one["status"] in {"in_force", *PLANS} | {"shadow"} for one in cell["answers"])
        assert all(one["complaint"] or one["body"] for one in walked["bodies"])


@pytest.mark.parametrize(("place", "at"), [("CT9 1AA", "2013-03-31"), ("Woking", "2026-04-01")])
def test_a_step_is_answered_as_who_answers_it(england: Store, place: str, at: str) -> None:
    for script in ("child-under-5", "provider"):
        for step in walk(england, script, place, days=[at])["steps"]:
            told = [one["commissioner"]["id"] for one in step["cells"][0]["answers"]]
            asked = who(england, step["service"]["id"], place, at)["answers"]
            assert told == [one["commissioner"]["id"] for one in asked]


def test_nobody_missed_a_vaccination_against_covid_in_2013(england: Store) -> None:
    walked = walk(england, "vaccination", "CT9 1AA", days=["2013-06-01", "2021-06-01"])
    before, after = next(one for one in walked["steps"] if one["id"] == "vaccination-02")["cells"]
    assert (before["applies"], after["applies"]) == (False, True)
    assert "COVID-19 vaccination began on 2020-12-08" in before["notes"][0]
    assert not any("COVID-19 vaccination” on 2013" in note for note in walked["notes"])


def test_health_visiting_moved_in_october_2015_and_specialised_care_is_to_move(england: Store) -> None:
    walked = walk(england, "child-under-5", "CT9 1AA", days=["2015-09-30", "2015-10-01"])
    assert walked["counts"] == {"MOVED": 1}
    ahead = walk(england, "child-under-5", "CT9 1AA", days=["2026-10-01", "2027-05-01"], include=PLANNED)
    flags = {step["id"]: step["cells"][1]["flags"] for step in ahead["steps"]}
    assert [flag["flag"] for flag in flags["child-under-5-05"]] == ["MOVED"]
    assert flags["child-under-5-05"][0]["status"] == "conditional"
    check = flags["child-under-5-04"][0]
    assert check["flag"] == "NOT KNOWN", "NHS England is to end, and no plan speaks of this check"
    assert "NHS England is to end in April 2027 (conditional, not law" in check["words"]


def test_a_place_in_two_boards_gets_both_with_shares_and_a_welsh_practice_is_said_to_be_one(
    england: Store,
) -> None:
    [contract, *_] = walk(england, "provider", "Surrey Heath", days=["2023-06-01"])["steps"]
    [cell] = contract["cells"]
    assert {one["commissioner"]["id"]: round(one["share"], 2) for one in cell["answers"]} == {
        "icb:QNQ": 0.85,
        "icb:QXU": 0.15,
    }
    assert [flag["flag"] for flag in cell["flags"]] == ["TWO"]
    told = walk(england, "registered-elsewhere", "Shrewsbury", "W00005", ["2023-06-01"])
    flags = {step["service"]["id"]: step["cells"][0]["flags"] for step in told["steps"]}
    assert "GP practice in Wales" in flags["service:gp_services"][0]["words"]
    assert flags["service:emergency_ambulance"] == [], "an ambulance comes wherever one is registered"


def test_who_lives_on_one_side_and_is_registered_on_the_other_gets_both(england: Store) -> None:
    walked = walk(england, "registered-elsewhere", "Medway", "G82063", ["2018-06-01"])
    surgery = next(
        step for step in walked["steps"] if step["service"]["id"] == "service:adult_community_health"
    )
    sides = {one["side"]: one["commissioner"]["id"] for one in surgery["cells"][0]["answers"]}
    assert sides["resident"] == "ccg:09W"
    assert sides["registered"] != "ccg:09W"
    assert [one["side"] for one in surgery["cells"][0]["answers"] if one["counts"]] == ["registered"]
    care = next(step for step in walked["steps"] if step["service"]["id"] == "service:adult_social_care")
    assert {one["commissioner"]["id"] for one in care["cells"][0]["answers"] if one["counts"]} == {
        "council:E06000035"
    }
