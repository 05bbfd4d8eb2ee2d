"""A body's area is all of it: for every body on every first of April, the places that are told they belong to it."""

from __future__ import annotations

from functools import cache

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.areas import areas_of, body_place
from orgmap.queries.place.find import find
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.within import Scope, ids_within

DAYS = [f"{year}-04-01" for year in range(1999, 2027)]

WITHOUT = frozenset(
    {
        "gp_practice",
        "primary_care_network",
        "primary_care_group",
        "commissioning_hub",
        "commissioning_support_unit",
        "sub_icb_reporting_entity",
        "local_health_board",
        "local_health_group",
        "area_team_office",
    }
)
"""Kinds that have no area, or none that a table knows."""
JOINED = {
    "joint_health_and_wellbeing_board": "member_of",
    "strategic_health_authority_cluster": "member_of",
}
"""Kinds that no place is told of, with the verb that joins their members to them."""
ELSEWHERE = frozenset({"area", "service", "reform", "document", "milestone", "national_body", "nhs_trust"})


@pytest.fixture(scope="module")
def told(england: SqliteStore):
    """A function from a day to the bodies of that day and the areas whose people are told of each."""
    chains = Chains.of(england)
    places = sorted(england.populations())

    @cache
    def of_day(at: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for area in places:
            for role in chains.of_area(area, at):
                found.setdefault(role.body, set()).add(area)
        for entity in england.entities(at=at):
            if verb := JOINED.get(entity.kind):
                members = england.relationships(objects=[entity.id], verbs=[verb], at=at)
                found[entity.id] = set().union(*(found.get(fact.subject, set()) for fact in members))
        return found

    return of_day


def bodies_with_areas(england: SqliteStore, at: str) -> list[Entity]:
    """Every body in force on a day of a kind that may have an area."""
    without = WITHOUT | ELSEWHERE
    return [one for one in england.entities(at=at) if kind_of(one.id) not in without]


@pytest.mark.parametrize("at", DAYS)
def test_the_area_of_every_body_is_that_of_the_places_told_of_it(england, told, at):
    wrong = {
        body.id: (sorted(told(at).get(body.id, set()) ^ set(areas_of(england, body, at))))
        for body in bodies_with_areas(england, at)
        if told(at).get(body.id, set()) != set(areas_of(england, body, at))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("body", "at", "councils"),
    [
        ("icb:S9B9J", "2026-04-01", {"Surrey", "East Sussex", "West Sussex", "Brighton and Hove"}),
        (
            "icb:S0E4D",
            "2026-04-01",
            {
                "Oxfordshire",
                "Buckinghamshire",
                "Reading",
                "West Berkshire",
                "Wokingham",
                "Slough",
                "Bracknell Forest",
                "Windsor and Maidenhead",
            },
        ),
        ("icb:QRL", "2026-04-01", {"Hampshire", "Southampton", "Portsmouth", "Isle of Wight"}),
        ("icb:QRL", "2026-03-31", {"Hampshire", "Southampton", "Portsmouth", "Isle of Wight"}),
        ("hwb:E10000016", "2013-06-01", {"Kent"}),
        ("jhwb:kent_and_medway", "2020-06-01", {"Kent", "Medway"}),
    ],
)
def test_a_body_with_parts_of_several_kinds_reaches_over_all_its_councils(england, body, at, councils):
    [entity] = england.entities(ids=[body])
    scope = Scope(body, frozenset(areas_of(england, entity, at)))
    found = england.entities(ids=ids_within(england, scope, at, "upper_tier_council"), at=at)
    names = {one.name.replace(" County Council", "").replace(" Council", "") for one in found}
    assert {name for name in councils if any(name in found for found in names)} == councils
    assert len(found) >= len(councils)


@pytest.mark.parametrize("at", ["2005-06-01", "2013-06-01", "2020-06-01", "2026-06-01"])
def test_a_trust_has_a_place_unless_it_is_welsh_or_no_register_gives_its_postcode(england, at):
    without = []
    for trust in england.entities(kind="nhs_trust", at=at):
        try:
            place = body_place(england, trust, at)
        except NothingFound as error:
            without.append(str(error))
        else:
            assert len(place.parts) == 1
    reasons = ("in Wales", "no register gives its postcode", "LL17")  # LL is no area of Wales alone
    assert all(any(reason in words for reason in reasons) for words in without)
    assert len(without) < 10


@pytest.mark.parametrize(
    ("county", "at", "districts"),
    [
        ("Cheshire", "2008-06-01", 6),
        ("Bedfordshire", "2008-06-01", 3),
        ("Cornwall", "2009-03-31", 6),
        ("Wiltshire", "2009-03-31", 4),
        ("Shropshire", "2007-06-01", 5),
        ("Northumberland", "2006-06-01", 6),
        ("Kent", "2008-06-01", 12),
        ("Kent", "2024-06-01", 12),
        ("Cumbria", "2022-06-01", 6),
        ("Essex", "2004-06-01", 12),
    ],
)
def test_a_county_has_all_its_districts_or_says_of_which_the_area_is_not_known(
    england, county, at, districts
):
    listed = list_bodies(england, "district", at, f"{county} County Council")["bodies"]
    assert len(listed) == districts
    told = find(england, f"{county} County Council", at)
    shown = [body["name"] for body in told["bodies"] if body["role"] == "district_council"]
    said = " ".join(
        note for note in told["notes"] if note.startswith("No table says how far these districts")
    )
    assert all(body["name"] in shown or body["name"] in said for body in listed)
