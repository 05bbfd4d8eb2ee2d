"""To whom the bodies of a place answer: a town is a town, and a council's bare name says what it was taken for."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import has, kinds, things
from orgmap.queries.commissioning.accountability import answers_to


@pytest.mark.parametrize(
    ("text", "at", "place"),
    [("Glossop", "2014-01-01", "town"), ("Margate", "2021-06-01", "town")],
)
def test_a_towns_name_is_the_town_and_not_a_network_called_after_it(
    england: Store, text: str, at: str, place: str
) -> None:
    answer = answers_to(england, text, at)
    assert answer["body"]["id"] is None
    assert place in answer["body"]["name"]
    assert answer["chains"]


@pytest.mark.parametrize(
    ("text", "at", "body"),
    [
        ("Thanet", "2014-01-01", "Thanet District Council"),
        ("Corby", "2014-01-01", "Corby Borough Council"),
        ("Leeds", "2014-01-01", "Leeds City Council"),
        ("Frimley", "2024-01-01", "NHS Frimley Integrated Care Board"),
    ],
)
def test_a_bodys_short_name_that_a_place_has_too_says_what_was_taken(
    england: Store, text: str, at: str, body: str
) -> None:
    notes = answers_to(england, text, at)["notes"]
    assert any(note.startswith(f"“{text}” was taken as {body};") for note in notes)
    assert not any(
        "was taken" in note for note in answers_to(england, "NHS Thanet CCG", "2014-01-01")["notes"]
    )


@pytest.mark.parametrize("day", ["2003-06-01", "2012-06-01", "2013-06-01", "2019-06-01", "2026-06-01"])
def test_not_stated_is_said_only_where_no_relation_no_rule_and_no_statement_is(
    england: Store, day: str
) -> None:
    silent = 0
    for kind in sorted(kinds()):
        if has(kind, "care") or kind in things():
            continue
        for body in england.entities(kind=kind, at=day)[:2]:
            told = answers_to(england, body.id, day)
            there = [*told["chains"], *told["others"], *told["stated"]]
            said = any(note.startswith("Not stated: no source says to whom") for note in told["notes"])
            assert said == (not there), body.id
            silent += said
    assert silent < 20, "of most kinds something is stated"
