"""What is said of bodies that are planned or in shadow form, wherever these are asked for."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.dates import parse_span
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Include
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.show import show
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.commissioning.what import what
from orgmap.queries.place.find import find
from orgmap.queries.place.months_and_years import find_essence, first_day

SHADOW, PLANNED = Include.of(["shadow"]), Include.of(["planned"])
NOT_KNOWN = "in shadow form on 2013-03-31: since when is not known"
NEW_BOARDS = ["icb:D7T5G", "icb:S0E4D", "icb:S1Y5D", "icb:S9B9J", "icb:T6Y0W", "icb:Z9B2Z"]


@pytest.mark.parametrize(
    "place", ["Leeds", "Brighton", "Bristol", "Norwich", "Sheffield", "Exeter", "Coventry", "York", "Hull"]
)
def test_find_says_that_a_group_may_have_been_there_already(england, place: str) -> None:
    assert NOT_KNOWN in " ".join(find(england, place, "2012-06-01", SHADOW)["notes"])
    assert NOT_KNOWN not in " ".join(find(england, place, "2012-06-01")["notes"])
    assert NOT_KNOWN not in " ".join(find(england, place, "2013-06-01", SHADOW)["notes"])


@pytest.mark.parametrize("board", NEW_BOARDS)
def test_a_planned_body_says_since_when_wherever_it_is_asked_for(england, board: str) -> None:
    for ask in (find, what, answers_to, show):
        planned = "“planned”, from 2025-09-09 until 2026-04-01"
        assert planned in " ".join(ask(england, board, "2026-01-01", PLANNED)["notes"]), ask
        assert planned not in " ".join(ask(england, board, "2026-01-01")["notes"]), ask
    named = england.entities(ids=[board])[0].name
    assert "“planned”" in " ".join(find(england, named, "2026-01-01", PLANNED)["notes"])


def test_boards_designate_of_2022_are_there_in_shadow_form_and_hidden_ones_are_counted(england) -> None:
    told = list_bodies(england, "integrated_care_board", "2022-05-01", include=SHADOW)
    assert len(told["bodies"]) == 42
    assert {body["status"] for body in told["bodies"]} == {"shadow"}
    hidden = list_bodies(england, "integrated_care_board", "2022-05-01")
    assert "42 more with the status “shadow” are not shown" in hidden["notes"][0]
    assert (
        "42 more in shadow form"
        in list_bodies(england, "integrated_care_board", "2021-10-01", include=SHADOW)["notes"][0]
    )
    assert list_bodies(england, "integrated_care_board", "2019-10-01", include=SHADOW)["notes"] == []


def test_a_refusal_for_the_first_day_of_a_year_says_when_there_is_an_answer(england) -> None:
    def ask(day: str):
        return find(england, "practice:Y02422", day)

    with pytest.raises(NothingFound, match="On 2009-04-01 within these days the answer changes"):
        first_day(parse_span("2009"), ask, find_essence)
    with pytest.raises(NothingFound) as refused:
        first_day(parse_span("2008"), ask, find_essence)
    assert "answer changes" not in str(refused.value)
