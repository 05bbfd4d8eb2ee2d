"""The words of a refusal: each offer once, no postcode promised abroad, one service offered as one."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.queries.commissioning.services import service_of
from orgmap.queries.place.places import place_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dublin", "“Dublin”. An English postcode always works."),
        ("Adur and worthing", "Did you mean “Adur” or “Worthing”? An English postcode"),
        ("Middlesex", "a county that is only written in addresses (ended in 1965): name a town"),
    ],
)
def test_a_refusal_says_each_thing_once_and_promises_no_more_than_holds(england, text, said) -> None:
    with pytest.raises(NothingFound) as refused:
        place_of(england, text, "2024-06-01")
    assert said in str(refused.value)


def test_one_service_is_offered_as_one(england) -> None:
    with pytest.raises(Ambiguous, match=r"in fewer words this one is\.$") as refused:
        service_of(england, "birth centre")
    assert len(refused.value.candidates) == 1
