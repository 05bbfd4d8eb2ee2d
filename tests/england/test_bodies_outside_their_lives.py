"""Bodies outside their lives: to whom they answer, what their letters mean, and names that they had later."""

from __future__ import annotations

import pytest

from orgmap.queries.body.show import show
from orgmap.queries.commissioning.accountability import answers_to
from orgmap.queries.place.find import find


def test_a_verb_agrees_with_all_bodies_of_a_kind(england) -> None:
    told = answers_to(england, "Torbay PCT", "2006-01-01")
    said = [step["sentence"] for chain in told["chains"] for step in chain]
    assert (
        "strategic health authorities are accountable to Department of Health (performance of its region)"
        in said
    )


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ("CMA", "2024-06-01"),
        ("POL", "2024-06-01"),
        ("trust:RXH", "2024-06-01"),
        ("icb:QMJ", "2026-06-01"),
        ("icb:S1Y5D", "2025-01-01"),
        ("council:E06000066", "2020-06-01"),
        ("Torbay PCT", "2004-06-01"),
    ],
)
def test_a_body_answers_to_nobody_before_it_began_or_after_it_ended(england, body, at) -> None:
    told = answers_to(england, body, at)
    assert told["chains"] == told["others"] == []
    assert f" was not in force on {at}: " in told["notes"][0]
    assert not any(note.startswith("Not stated") for note in told["notes"])


@pytest.mark.parametrize(
    ("letters", "at", "council"),
    [
        ("SOM", "2024-06-01", "council:E06000066"),
        ("NYK", "2024-06-01", "council:E06000065"),
        ("BKM", "2024-06-01", "council:E06000060"),
        ("NYK", "2020-06-01", "council:E10000023"),
        ("CMA", "2024-06-01", "council:E10000006"),  # divided: neither of the two that followed
    ],
)
def test_letters_of_a_council_mean_the_one_that_has_its_name_on_the_day(
    england, letters, at, council
) -> None:
    answer, shown = answers_to(england, letters, at), show(england, letters, at)
    assert (answer["body"]["id"], shown["body"]["id"]) == (council, council)
    followed = [note for note in answer["notes"] if note.startswith(f"{letters} was the code of ")]
    assert len(followed) == (council.startswith("council:E06"))


@pytest.mark.parametrize(
    ("letters", "name"), [("NYK", "North Yorkshire Council"), ("SOM", "Somerset Council")]
)
def test_find_takes_such_letters_for_the_same_council(england, letters, name) -> None:
    assert find(england, letters, "2024-06-01")["place"]["name"] == name


@pytest.mark.parametrize(
    ("text", "at", "name"),
    [
        ("North Cumbria", "2016-06-01", "NHS Cumbria CCG"),
        ("North Cumbria", "2014-06-01", "NHS Cumbria CCG"),
        ("Morecambe Bay", "2016-06-01", "NHS Lancashire North CCG"),
    ],
)
def test_a_name_that_a_body_had_only_later_is_said_to_be_a_later_one(england, text, at, name) -> None:
    [note] = [note for note in find(england, text, at)["notes"] if " came later" in note]
    assert note.startswith(f"The name “{text}” came later: ")
    assert f"it was called {name} on {at}." in note


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("North Cumbria", "2018-06-01"),
        ("Cumbria CCG", "2016-06-01"),
        ("ccg:01H", "2016-06-01"),
        ("01H", "2016-06-01"),
    ],
)
def test_a_name_of_the_day_and_an_id_need_no_such_note(england, text, at) -> None:
    assert not any(" came later" in note for note in find(england, text, at)["notes"])


@pytest.mark.parametrize("at", ["2000-06-01", "2004-06-01"])
def test_a_body_of_that_name_whose_area_of_the_day_is_not_known_is_offered(england, at) -> None:
    notes = find(england, "West Kent", at)["notes"]
    assert any("West Kent PCT, a primary care trust (pct:5P9, from 2006-10-01" in note for note in notes)


@pytest.mark.parametrize(
    ("text", "at", "body"),
    [
        ("BLMK", "2026-06-01", "icb:QHG"),
        ("NHS Hull", "2023-06-01", "ccg:03F"),
        ("NHS Leeds", "2026-06-01", "ccg:15F"),
        ("Frimley", "2026-06-01", "icb:QNQ"),
        ("NHS Hull", "2010-06-01", "pct:5NX"),
        ("BLMK", "2022-06-30", "ccg:M1J4Y"),
    ],
)
def test_a_short_name_means_the_last_that_bore_it_and_the_others_are_named(england, text, at, body) -> None:
    told = show(england, text, at)
    assert told["body"]["id"] == body
    assert any("The same name or code also belongs to" in note for note in told["notes"])
