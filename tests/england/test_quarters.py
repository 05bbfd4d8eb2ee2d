"""Quarters, islands and other places that no table lists by just their name, asked of England's own tables."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.queries.place.places import place_of


def refusal(england: Store, text: str, at: str = "2026-06-01") -> str:
    """The words and candidates with which a text is refused."""
    with pytest.raises((NothingFound, Ambiguous)) as refused:
        place_of(england, text, at)
    return " ".join([str(refused.value), *getattr(refused.value, "candidates", [])])


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Kentish Town", "Kentish Town, a place in Camden, London"),
        ("Camden Town", "Camden Town, a place in Camden, London"),
        ("Kemp Town", "Kemptown, a small area (MSOA) in Brighton and Hove, East Sussex"),
        ("Walthams Tow", "Walthamstow, a place in Waltham Forest, London"),
        ("Langley, Slough", "Langley, a place in Slough, Berkshire"),
        ("Langley, Berkshire", "Langley, a place in Slough, Berkshire"),
        ("Southend", "Southend-on-Sea, a town in Southend-on-Sea, Essex"),
        ("Southend, Essex", "Southend-on-Sea, a town in Southend-on-Sea, Essex"),
        ("Crayford, Kent", "Crayford, a place in Bexley, London"),
        ("Catford, Kent", "Catford, a place in Lewisham, London"),
        ("Forest Gate, Essex", "Forest Gate, a place in Newham, London"),
        ("Hayling Island", "Hayling Island, a place in Havant, Hampshire"),
        ("Yarm", "Yarm, a town in Stockton-on-Tees, North Yorkshire"),
        ("Thornaby", "Thornaby-on-Tees, a town in Stockton-on-Tees, North Yorkshire"),
        ("Billingham", "Billingham, a town in Stockton-on-Tees, County Durham"),
    ],
)
def test_a_quarter_is_known_by_the_longer_names_of_its_parts(
    england: Store, text: str, described: str
) -> None:
    assert place_of(england, text, "2026-06-01").described == described


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("Southend, Kent", ["Southend-on-Sea, Southend-on-Sea (town)"]),
        ("Preston, Brighton", ["Preston Park, Brighton and Hove"]),
        ("Whitchurch, Bristol", ["Whitchurch Park, Bristol"]),
        ("Braunstone, Leicester", ["Braunstone Park & Rowley Fields, Leicester"]),
        ("Bury, Suffolk", ["Bury St Edmunds, West Suffolk (town)"]),
        ("Farringdon", ["Islington", "Camden", "Farringdon, East Devon (parish)"]),
        ("Gants Hill", ["Redbridge"]),
        ("Silvertown", ["Newham"]),
        ("Park Royal", ["Brent", "Ealing"]),
        ("Montpelier", ["Bristol", "Brighton and Hove"]),
        ("Finsbury", ["Islington"]),
        ("Isle of Sheppey", ["Sheppey, Swale (place)"]),
        ("Portsea Island", ["Portsmouth"]),
        ("Mersea Island", ["Colchester"]),
        ("North London", ["Barnet", "Camden", "Enfield", "Haringey", "Islington"]),
    ],
)
def test_what_no_table_places_is_refused_with_places_to_ask_for(
    england: Store, text: str, offers: list[str]
) -> None:
    told = refusal(england, text)
    assert all(offer in told for offer in offers)


@pytest.mark.parametrize("offer", ["Sheppey, Swale", "Canning Town, Newham", "Redbridge"])
def test_what_is_offered_is_found(england: Store, offer: str) -> None:
    assert place_of(england, offer, "2026-06-01").parts


@pytest.mark.parametrize(("text", "service"), [("IVF", "Fertility treatment (IVF)"), ("hospice", "Hospices")])
def test_a_service_is_no_place_and_the_refusal_tells_how_to_ask(
    england: Store, text: str, service: str
) -> None:
    told = refusal(england, text)
    assert service in told
    assert f"orgmap who “{text}” --for PLACE" in told


def test_what_only_has_the_name_in_its_own_is_not_said_to_be_called_so(england: Store) -> None:
    notes = place_of(england, "Chester", "2026-06-01").notes
    assert "“Chester-le-Street, County Durham (town)” has the name in its own and is not meant." in notes


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Bolton Met Borough", "Bolton Metropolitan Borough Council"),
        ("Wigan Met Borough Council", "Wigan Metropolitan Borough Council"),
        ("L.B. Camden", "London Borough of Camden"),
        ("L.B. of Camden", "London Borough of Camden"),
        ("R.B. Kensington and Chelsea", "Royal Borough of Kensington and Chelsea"),
        ("Kent C.C.", "Kent County Council"),
        ("Thanet D.C.", "Thanet District Council"),
        ("Barnsley M.B.C.", "Barnsley Metropolitan Borough Council"),
        ("HWB Kent", "Kent Health and Wellbeing Board"),
        ("Health and Wellbeing Board Essex", "Essex Health and Wellbeing Board"),
    ],
)
def test_styles_of_councils_and_boards_are_read_as_people_write_them(
    england: Store, text: str, label: str
) -> None:
    assert place_of(england, text, "2026-06-01").label == label
