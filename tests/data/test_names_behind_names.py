"""What stands behind a place's name: a council is that council, a county of addresses holds no whole councils."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.place.places import place_of

AT = "2026-06-01"


@pytest.fixture(scope="module")
def england() -> Iterator[Store]:
    """The whole graph, opened once."""
    with open_store() as store:
        yield store


@pytest.mark.parametrize(
    "text",
    [
        "Harrogate, East Riding",
        "Skipton, East Riding of Yorkshire",
        "Scarborough, East Riding",
        "Northallerton, East Yorkshire",
        "Richmond, East Riding",
        "Penrith, Lancashire",
        "Kendal, Lancashire",
        "Appleby-in-Westmorland, Lancashire",
        "Barrow-in-Furness, Westmorland",
        "Maidenhead, Bucks",
        "Poole, Hampshire",
        "Birkenhead, Lancashire",
        "Altrincham, Lancashire",
        "Stretford, Cheshire",
        "Stourbridge, Staffordshire",
        "Smethwick, Worcestershire",
        "Enfield, Essex",
        "Twickenham, Surrey",
        "Buxton, Cheshire",
        "Yarm, Cumbria",
        "Bedminster, Gloucestershire",
    ],
)
def test_a_county_that_never_held_the_place_is_refused(england: Store, text: str) -> None:
    with pytest.raises(NothingFound, match="No place of that name lies in"):
        place_of(england, text, AT)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Beverley, East Riding", "Beverley, East Riding of Yorkshire"),
        ("Hull, East Yorkshire", "Hull City Council"),
        ("Filey, East Riding", "Filey, North Yorkshire"),
        ("Ulverston, Lancashire", "Ulverston, Westmorland and Furness"),
        ("Barrow-in-Furness, Lancashire", "Barrow-in-Furness, Westmorland and Furness"),
        ("Kendal, Westmorland", "Kendal, Westmorland and Furness"),
        ("Penrith, Cumberland", "Penrith, Westmorland and Furness"),
        ("Eton, Bucks", "Eton, Windsor and Maidenhead"),
        ("Farnham, Bucks", "Farnham, Buckinghamshire"),
        ("Bournemouth, Hampshire", "Bournemouth, Bournemouth, Christchurch and Poole"),
        ("Birkenhead, Cheshire", "Birkenhead, Wirral"),
        ("Altrincham, Cheshire", "Altrincham, Trafford"),
        ("Stretford, Lancashire", "Stretford, Trafford"),
        ("Widnes, Lancs", "Widnes, Halton"),
        ("Stourbridge, Worcs", "Stourbridge, Dudley"),
        ("Smethwick, Staffs", "Smethwick, Sandwell"),
        ("Enfield, Middlesex", "London Borough of Enfield"),
        ("Balham, Surrey", "Balham, Wandsworth"),
        ("Richmond upon Thames, Surrey", "London Borough of Richmond upon Thames"),
        ("Yarm, Yorkshire", "Yarm, Stockton-on-Tees"),
        ("Bedminster, Somerset", "Bedminster, Bristol"),
    ],
)
def test_a_county_that_held_it_is_taken(england: Store, text: str, label: str) -> None:
    assert place_of(england, text, AT).label == label


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Glossop, Greater Manchester", AT),
        ("Worksop, South Yorkshire", AT),
        ("Glossop, Greater Manchester", "2024-06-01"),
    ],
)
def test_no_ended_body_counts_where_another_has_the_name_on_the_day(
    england: Store, text: str, at: str
) -> None:
    with pytest.raises(NothingFound, match="No place of that name lies in"):
        place_of(england, text, at)


def test_a_body_of_its_day_and_one_that_none_followed_count(england: Store) -> None:
    assert place_of(england, "Glossop, Greater Manchester", "2018-06-01").label == "Glossop, High Peak"
    assert place_of(england, "Margate, NHS Thanet CCG", AT).label == "Margate, Thanet"
