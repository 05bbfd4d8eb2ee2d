"""Bodies of kinds that came by rows alone: combined authorities, integrated care partnerships, Kent's four, senates."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.show import show
from orgmap.queries.change.diff import diff
from orgmap.queries.place.find import find
from orgmap.viz.before_after.picture import draw_diff
from tests.running import ROOT

PLANNED = ["ca:greater_essex", "ca:norfolk_and_suffolk"]


def in_role(store: Store, place: str, at: str, role: str) -> list[str]:
    """The bodies that a place has in a role."""
    return [body["id"] for body in find(store, place, at)["bodies"] if body["role"] == role]


@pytest.mark.parametrize(
    ("at", "number"),
    [("2011-03-31", 0), ("2011-04-01", 1), ("2018-11-02", 10), ("2024-05-07", 11), ("2026-09-15", 19)],
)
def test_combined_authorities_are_as_many_as_had_been_made(england: Store, at: str, number: int) -> None:
    assert len(list_bodies(england, "combined_authority", at)["bodies"]) == number


def test_twenty_one_were_made_with_ninety_two_memberships() -> None:
    folder = ROOT / "data" / "combined_authorities"
    with (folder / "relationships.csv").open(encoding="utf-8", newline="") as file:
        status = Counter(row["status"] for row in csv.DictReader(file))
    assert status == {"in_force": 92, "planned": 5}
    with (folder / "entities.csv").open(encoding="utf-8", newline="") as file:
        assert sum(row["id"] not in PLANNED for row in csv.DictReader(file)) == 21


@pytest.mark.parametrize(
    ("place", "at", "authorities"),
    [
        ("Manchester", "2011-03-31", []),
        ("Manchester", "2011-04-01", ["ca:E47000001"]),
        ("Newcastle upon Tyne", "2018-11-01", ["ca:E47000005"]),
        ("Newcastle upon Tyne", "2018-11-02", ["ca:E47000011"]),
        ("Newcastle upon Tyne", "2024-05-07", ["ca:E47000014"]),
        ("Sunderland", "2018-11-02", ["ca:E47000005"]),
        ("Fenland", "2020-01-01", ["ca:E47000008"]),
        ("Thanet", "2026-01-01", []),
    ],
)
def test_a_place_is_in_the_authority_of_its_council_that_day(
    england: Store, place: str, at: str, authorities: list[str]
) -> None:
    assert in_role(england, place, at, "combined_authority") == authorities


def test_planned_authorities_are_there_on_no_day_of_today_and_planned_on_their_own(england: Store) -> None:
    plans = Include.of(["planned"])
    told = list_bodies(england, "combined_authority", "2026-10-01", include=plans)
    assert not {body["id"] for body in told["bodies"]} & set(PLANNED)
    then = england.entities(kind="combined_authority", at="2028-06-01", include=plans)
    assert [body.id for body in then if body.status == "planned"] == PLANNED


def test_an_authority_reaches_over_all_of_its_councils(england: Store) -> None:
    told = list_bodies(england, "upper_tier_council", "2020-01-01", within="ca:E47000001")
    assert len(told["bodies"]) == 10
    assert sum(body["share"] for body in told["bodies"]) == pytest.approx(1, abs=0.001)


def test_an_authority_bears_the_name_of_the_day(england: Store) -> None:
    assert (
        show(england, "ca:E47000002", "2019-01-01")["body"]["name"]
        == "Sheffield City Region Combined Authority"
    )
    assert (
        show(england, "E47000014", "2026-06-01")["body"]["name"] == "North East Mayoral Strategic Authority"
    )


def test_what_changed_tells_who_followed_whom(england: Store) -> None:
    told = diff(england, "2024-05-06", "2024-05-07", kind="combined_authority")
    assert [body["id"] for body in told["started"]] == ["ca:E47000014"]
    assert [body["id"] for body in told["ended"]] == ["ca:E47000005", "ca:E47000011"]
    [event] = told["events"]
    assert {part["predecessor"] for part in event["pairs"]} == {"ca:E47000005", "ca:E47000011"}
    assert "North of Tyne" in draw_diff(england, "2024-05-06", "2024-05-07", within="Newcastle upon Tyne")


@pytest.mark.parametrize("at", ["2022-07-01", "2025-01-01", "2026-04-01"])
def test_every_board_has_a_partnership_that_the_act_requires(england: Store, at: str) -> None:
    boards = {body["id"] for body in list_bodies(england, "integrated_care_board", at)["bodies"]}
    partnerships = {body["id"] for body in list_bodies(england, "integrated_care_partnership", at)["bodies"]}
    assert {one.replace("icp:", "icb:") for one in partnerships} == boards
    [found] = [body for body in find(england, "CT9 1AA", at)["bodies"] if body["id"] == "icp:QKS"]
    assert found["basis"] == "derived"
    assert found["sources"][-1]["locator"] == "s. 116ZA"


def test_there_was_none_before_july_2022(england: Store) -> None:
    assert list_bodies(england, "integrated_care_partnership", "2022-06-30")["bodies"] == []


@pytest.mark.parametrize(
    ("place", "partnership"),
    [("Thanet", "hcp:ek"), ("Sevenoaks", "hcp:wk"), ("Swale", "hcp:ms"), ("Dartford", "hcp:dgs")],
)
def test_kents_four_partnerships_have_the_areas_of_their_groups(
    england: Store, place: str, partnership: str
) -> None:
    assert in_role(england, place, "2020-03-31", "health_and_care_partnership") == []
    assert partnership in in_role(england, place, "2020-04-01", "health_and_care_partnership")


@pytest.mark.parametrize(("at", "number"), [("2013-03-31", 0), ("2013-04-01", 12), ("2021-06-01", 11)])
def test_twelve_senates_became_eleven(england: Store, at: str, number: int) -> None:
    assert len(list_bodies(england, "clinical_senate", at)["bodies"]) == number
