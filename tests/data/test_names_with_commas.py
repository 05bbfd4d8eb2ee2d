"""A comma tells a place from its namesakes: “Derby, Derbyshire” is Derby, and a postcode in an address is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.place.places import place_of

AT = "2024-06-01"


@pytest.fixture(scope="module")
def england() -> Iterator[Store]:
    """The whole graph, opened once."""
    with open_store() as store:
        yield store


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Derby, Derbyshire", "Derby City Council"),
        ("Derby - Derbyshire", "Derby City Council"),
        ("Derby (Derbyshire)", "Derby City Council"),
        ("Derby; Derbyshire", "Derby City Council"),
        ("Nottingham, Notts", "Nottingham City Council"),
        ("Coventry, Warwickshire", "Coventry City Council"),
        ("Southampton, Hampshire", "Southampton City Council"),
        ("Leicester, Leicestershire", "Leicester City Council"),
        ("Peterborough, Cambridgeshire", "Peterborough City Council"),
        ("Medway, Kent", "Medway Council"),
        ("Leigh, Wigan", "Leigh, Wigan"),
        ("Newport; Isle of Wight", "Newport, Isle of Wight"),
        ("Bristol, City of", "Bristol City Council"),
        ("Herefordshire, County of", "Herefordshire Council"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole Council"),
        ("Bournemouth, Christchurch, Poole", "Bournemouth, Christchurch and Poole Council"),
        (
            "Bristol, North Somerset & South Gloucestershire",
            "NHS Bristol, North Somerset and South Gloucestershire Integrated Care Board",
        ),
        ("Derby and Derbyshire", "NHS Derby and Derbyshire Integrated Care Board"),
    ],
)
def test_what_stands_behind_a_comma_tells_the_place(england: Store, text: str, label: str) -> None:
    assert place_of(england, text, AT).label == label


@pytest.mark.parametrize(
    ("text", "at", "offer"),
    [
        ("Birmingham, Solihull", AT, "NHS Birmingham and Solihull Integrated Care Board"),
        ("Coventry, Rugby", "2015-06-01", "NHS Coventry and Rugby CCG"),
        ("Hastings, Rother", "2015-06-01", "NHS Hastings and Rother CCG"),
        ("Wigan, Leigh", AT, "Wigan"),
        ("East, North Hertfordshire", AT, "NHS East and North Hertfordshire CCG"),
        ("Newbury, District", AT, "NHS Newbury and District CCG"),
    ],
)
def test_two_places_with_a_comma_between_them_are_refused_and_the_joint_body_is_offered(
    england: Store, text: str, at: str, offer: str
) -> None:
    with pytest.raises(NothingFound) as refused:
        place_of(england, text, at)
    assert offer in str(refused.value)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Brighton, Hove", "Brighton and Hove City Council"),
        ("Barking, Dagenham", "London Borough of Barking and Dagenham"),
        ("Hammersmith, Fulham", "London Borough of Hammersmith & Fulham"),
        ("Kensington, Chelsea", "Royal Borough of Kensington and Chelsea"),
        ("Windsor, Maidenhead", "Royal Borough of Windsor and Maidenhead"),
        ("Telford, Wrekin", "Telford & Wrekin Council"),
        ("Newark, Sherwood", "Newark and Sherwood District Council"),
        ("Redcar, Cleveland", "Redcar, Redcar and Cleveland"),
    ],
)
def test_a_council_is_meant_by_its_two_names_with_a_comma_unless_the_second_is_a_county(
    england: Store, text: str, label: str
) -> None:
    assert place_of(england, text, AT).label == label


def test_no_joint_body_is_ever_meant_by_its_two_names_with_a_comma(england: Store) -> None:
    kinds = (
        *("primary_care_trust", "clinical_commissioning_group", "integrated_care_board", "area_team"),
        *("sustainability_and_transformation_partnership", "primary_care_trust_cluster"),
    )
    asked = 0
    for body in (body for kind in kinds for body in england.entities(kind=kind)):
        bare = re.sub(r"^NHS | (CCG|PCT|Integrated Care Board|Area Team|PCT Cluster)$", "", body.label)
        if bare.count(" and ") != 1 or "," in bare or bare.endswith(" District"):
            continue
        asked += 1
        try:
            place = place_of(england, bare.replace(" and ", ", "), body.valid_from or "2014-06-01")
        except (NothingFound, Ambiguous):
            continue
        assert place.label != body.label
    assert asked > 100


@pytest.mark.parametrize(
    ("text", "at", "described", "lies"),
    [
        ("Bristol, BS37 4AA", AT, "BS37 4AA, a postcode", "South Gloucestershire Council"),
        ("Sheffield, S18 1PD", AT, "S18 1PD, a postcode", "North East Derbyshire District Council"),
        ("Peterborough, PE9 2AA", AT, "PE9 2AA, a postcode", "South Kesteven District Council"),
        ("Esher, KT8 9BT", "2015-06-01", "KT8 9BT, a postcode", ""),
        ("CT9 1AA (Margate)", AT, "CT9 1AA, a postcode", ""),
        ("Margate (ct91aa)", AT, "CT9 1AA, a postcode", ""),
        ("CT9 1AA, Margate", AT, "CT9 1AA, a postcode", ""),
        ("Margate CT9 1AA", AT, "CT9 1AA, a postcode", ""),
        ("Margate, Kent, CT9 1AA", AT, "CT9 1AA, a postcode", ""),
        ("1 Nowhere Lane, CT9 1AA", AT, "CT9 1AA, a postcode", ""),
        ("Everton L5", AT, "L5, an outcode", ""),
        ("Woodford IG8", AT, "IG8, an outcode", ""),
        ("Everton, L5", AT, "L5, an outcode", ""),
        ("Ashford (TN23)", AT, "TN23, an outcode", ""),
        ("Bristol, BS37", AT, "BS37, an outcode", "South Gloucestershire Council"),
    ],
)
def test_a_postcode_in_an_address_is_meant(
    england: Store, text: str, at: str, described: str, lies: str
) -> None:
    place = place_of(england, text, at)
    assert place.described == described
    told = [note for note in place.notes if "and not in" in note]
    assert (len(told) == 1 and lies in told[0]) if lies else not told


@pytest.mark.parametrize("text", ["CT9 1AA, Leeds", "Leeds, CT9 1AA", "Leeds CT9", "Margate, CT99 9ZZ"])
def test_a_postcode_far_from_the_place_that_is_named_is_refused(england: Store, text: str) -> None:
    with pytest.raises(NothingFound):
        place_of(england, text, AT)


def test_a_council_that_is_asked_for_behind_a_comma_is_no_commissioner(england: Store) -> None:
    with pytest.raises((NothingFound, Ambiguous)):
        place_of(england, "Newbury, District", AT)
    assert place_of(england, "Thanet, District", AT).label == "Thanet District Council"
