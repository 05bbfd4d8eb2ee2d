"""What a before/after picture is drawn from: the bodies that `diff` tells, and what became of each."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import things
from orgmap.queries.change.diff import diff
from orgmap.queries.structure.structure import Structure, structure

PLACES = ("Kent and Medway", "Greater Manchester", "London", "Cumbria", "Central Bedfordshire")
KENT = "Kent and Medway"


def changed(told: Structure) -> dict[str, set[str]]:
    """The bodies that began, ended or got another name."""
    own = told.bodies.values()
    return {
        "started": {body.id for body in own if body.change == "new"},
        "ended": {body.id for body in own if body.change == "ended"},
        "changed": {body.id for body in own if body.renamed},
    }


@pytest.mark.parametrize("place", PLACES)
def test_what_changed_is_what_diff_tells(england: Store, place: str) -> None:
    dates = (
        "2006-07-01",
        "2009-04-01",
        "2011-06-01",
        "2013-04-01",
        "2015-04-01",
        "2017-04-01",
        "2020-04-01",
        "2022-07-01",
        "2023-04-01",
    )
    for date in dates:
        try:
            answer = diff(england, day_before(date), date, within=place)
        except NothingFound:
            with pytest.raises(NothingFound):
                structure(england, day_before(date), date, within=place)
            continue
        told = structure(england, day_before(date), date, within=place)
        for key, ids in changed(told).items():
            # The picture draws national bodies beside the place, the answer tells them above it.
            assert ids == {body["id"] for body in (*answer[key], *answer["above"][key])}, (date, key)


def test_in_all_of_england_too(england: Store) -> None:
    answer = diff(england, "2013-03-31", "2013-04-01")
    told = structure(england, "2013-03-31", "2013-04-01")
    for key, ids in changed(told).items():
        assert ids == {body["id"] for body in answer[key] if body["kind"] not in things()}


def test_what_went_wholly_into_a_body_of_the_place_is_drawn_as_ended_and_nothing_foreign(
    england: Store,
) -> None:
    districts = changed(structure(england, "2009-03-31", "2009-04-01", within="Central Bedfordshire"))[
        "ended"
    ]
    assert {"district:E07000001", "district:E07000003"} <= districts
    london = changed(structure(england, "2006-06-30", "2006-07-01", within="London"))["ended"]
    points = ("north_central", "north_east", "north_west", "south_east", "south_west")
    assert london == {f"sha:{point}_london" for point in points}
    assert not changed(structure(england, "2006-06-30", "2006-07-01", within="Cumbria"))["ended"]


def test_a_merged_group_leads_to_the_one_it_merged_into(england: Store) -> None:
    thanet = structure(england, "2020-03-31", "2020-04-01", within=KENT).bodies["ccg:10E"]
    assert thanet.change == "ended"
    assert [(heir.body, heir.kind) for heir in thanet.became] == [("ccg:91Q", "merged")]


def test_over_many_years_it_leads_to_who_is_there_at_the_end(england: Store) -> None:
    told = structure(england, "2013-06-01", "2023-06-01", within=KENT)
    assert {heir.body for heir in told.bodies["ccg:10E"].became} == {"icb:QKS"}


def test_a_cluster_is_no_heir_of_its_trusts(england: Store) -> None:
    told = structure(england, "2011-05-31", "2013-04-01", within=KENT)
    kinds = {heir.body.partition(":")[0] for heir in told.bodies["pct:5QA"].became}
    assert kinds == {"ccg"}


def test_a_group_in_shadow_form_is_there_before_and_new_after(england: Store) -> None:
    thanet = structure(england, "2013-03-31", "2013-04-01", within=KENT).bodies["ccg:10E"]
    assert thanet.before
    assert thanet.before.status == "shadow"
    assert thanet.change == "new"


def test_a_body_that_goes_on_elsewhere_is_not_called_ended(england: Store) -> None:
    told = structure(england, "2017-03-31", "2017-04-01", within="Cumbria")
    assert told.bodies["ccg:01K"].change == "joined"
    back = structure(england, "2017-04-01", "2017-03-31", within="Cumbria")
    assert back.bodies["ccg:01K"].change == "left"


def test_relations_that_have_ended_are_not_told(england: Store) -> None:
    told = structure(england, "2016-06-01", "2016-06-02", within=KENT)
    for relation in told.relations:
        assert relation.valid_until is None or relation.valid_until > "2016-06-01"
        assert relation.valid_from is None or relation.valid_from <= "2016-06-02"


def test_plans_are_told_only_if_they_are_asked_for(england: Store) -> None:
    told = structure(england, "2013-03-31", "2013-04-01", within=KENT, view="accountability")
    assert {relation.status for relation in told.relations} == {"in_force"}


def test_a_plan_is_told_as_planned_and_the_rest_as_last_known(england: Store) -> None:
    planned = Include.of(["planned"])
    with pytest.raises(NothingFound):
        structure(england, "2026-10-09", "2999-04-01", within=KENT, view="accountability")
    told = structure(england, "2026-10-09", "2027-04-01", within=KENT, view="accountability", include=planned)
    plans = [relation for relation in told.relations if relation.status in planned.plans]
    assert ("icb:QKS",) in {relation.subjects for relation in plans if relation.verb == "accountable_to"}
    assert any("shown as last known" in note for note in told.notes)
    assert {body.change for body in told.bodies.values()} <= {"planned", "unchanged", "ended"}
    ended = [body.before for body in told.bodies.values() if body.before and body.change == "ended"]
    assert ended
    assert all("planned" in body.until_precision for body in ended)
    assert all(
        any(f"({body.id}) is to end" in note and "not law" in note for note in told.notes) for body in ended
    )


def test_a_service_needs_its_view_and_a_place(england: Store) -> None:
    with pytest.raises(WrongUse):
        structure(england, "2015-09-30", "2015-10-01", within=KENT, service="health visiting")
    with pytest.raises(WrongUse):
        structure(england, "2015-09-30", "2015-10-01", view="commissioning", service="health visiting")


def test_a_view_that_is_none_is_refused(england: Store) -> None:
    with pytest.raises(WrongUse, match="Views: structure"):
        structure(england, "2015-09-30", "2015-10-01", within=KENT, view="gossip")


def heirs(told: Structure, kind: str) -> dict[str, str]:
    """Who took over from the bodies of a kind, and how."""
    return {
        heir.body: heir.kind for body in told.bodies.values() if body.kind == kind for heir in body.became
    }


def test_over_several_reforms_a_group_leads_to_todays_board(england: Store) -> None:
    told = structure(england, "2000-04-01", "2026-04-02", within=KENT)
    assert heirs(told, "primary_care_group") == {"icb:QKS": "replaced"}
    for body in told.bodies.values():
        assert {heir.event for heir in body.became} <= told.events.keys()


def test_who_merged_first_and_was_replaced_later_is_called_replaced(england: Store) -> None:
    told = structure(england, "2005-04-01", "2013-04-01", within=KENT)
    assert set(heirs(told, "primary_care_trust").values()) == {"replaced"}
    merged = structure(england, "2006-09-30", "2006-10-01", within=KENT)
    assert set(heirs(merged, "primary_care_trust").values()) == {"merged"}


@pytest.mark.parametrize("place", ["North Yorkshire", "Surrey", "CT9 1AA", KENT])
def test_what_the_tables_do_not_know_of_a_day_neither_comes_nor_leaves(england: Store, place: str) -> None:
    for days in (("2008-12-31", "2009-01-01"), ("2005-04-01", "2013-04-01")):
        told = structure(england, *days, within=place)
        assert not [body.id for body in told.bodies.values() if body.change in ("joined", "left")]
        assert any(note.startswith("No table says which council this place had") for note in told.notes)


@pytest.mark.parametrize("place", ["Cornwall", "Northumberland", "Bedfordshire", "Wiltshire"])
def test_a_county_that_ended_stands_on_its_last_day_for_its_own_area(england: Store, place: str) -> None:
    told = structure(england, "2009-03-31", "2009-04-01", within=place)
    assert not any("is taken" in note for note in told.notes)
    councils = {body.change for body in told.bodies.values() if body.kind == "upper_tier_council"}
    assert {"ended", "new"} <= councils


def test_all_of_england_is_no_place_within_it(england: Store) -> None:
    with pytest.raises(WrongUse, match="All of England is meant"):
        structure(england, "2013-03-31", "2013-04-01", within="England")


def test_names_that_are_not_known_on_the_first_day_are_said_to_be_so(england: Store) -> None:
    told = structure(england, "2013-03-31", "2020-04-01", within=KENT)
    assert any("names are known from 2015" in note for note in told.notes)
