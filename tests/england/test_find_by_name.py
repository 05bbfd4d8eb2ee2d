"""Names and codes that people type or paste into `find`: the body of the day, never a cost centre of its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.place.find import find


@pytest.fixture(scope="module")
def england() -> Iterator[Store]:
    """The whole graph, opened once."""
    with open_store() as store:
        yield store


@pytest.mark.parametrize(
    ("text", "at", "described", "commissioner"),
    [
        # A prescribing cost centre has the same name, or one like it.
        ("Devon ICB", "2024-06-01", "NHS Devon Integrated Care Board, an integrated care board", "icb:QJK"),
        ("Devon ICB", "2026-06-01", "NHS Devon Integrated Care Board, an integrated care board", "icb:QJK"),
        ("NHS Nene CCG", "2014-06-01", "NHS Nene CCG, a clinical commissioning group", "ccg:04G"),
        ("NHS Swale CCG", "2013-06-01", "NHS Swale CCG, a clinical commissioning group", "ccg:10D"),
        ("Wirral CCG", "2015-01-01", "NHS Wirral CCG, a clinical commissioning group", "ccg:12F"),
        ("NHS Rotherham CCG", "2015-01-01", "NHS Rotherham CCG, a clinical commissioning group", "ccg:03L"),
        ("G82064", "2014-01-01", "Dashwood Medical Centre, a GP practice", "ccg:10E"),
        ("Minster Surgery", "2014-01-01", "Minster Surgery, a GP practice", "ccg:10E"),
        ("CT9 1AA, Margate", "2024-06-01", "CT9 1AA, a postcode", "icb:QKS"),
    ],
)
def test_a_name_is_the_body_that_people_mean(
    england: Store, text: str, at: str, described: str, commissioner: str
) -> None:
    told = find(england, text, at)
    assert told["place"]["described"] == described
    assert [body["id"] for body in told["bodies"] if body["role"] == "commissioner"] == [commissioner]


def test_a_practice_that_was_meant_by_its_name_is_named(england: Store) -> None:
    note = "“Minster Surgery” was taken as Minster Surgery, a GP practice (practice:G82107)."
    assert note in find(england, "Minster Surgery", "2014-01-01")["notes"]
    assert not any("taken as" in one for one in find(england, "G82107", "2014-01-01")["notes"])


@pytest.mark.parametrize(
    ("text", "at", "meant"),
    [
        ("TAM", "2010-06-01", {"council:E08000008", "pct:TAM"}),
        ("TAN", "2010-06-01", {"district:E07000215", "pct:TAN"}),
        ("NEL", "2024-06-01", {"council:E06000012", "icb:QMF"}),
    ],
)
def test_letters_of_two_registers_are_asked_about(
    england: Store, text: str, at: str, meant: set[str]
) -> None:
    with pytest.raises(Ambiguous) as refused:
        find(england, text, at)
    assert {line.partition(" ")[0] for line in refused.value.candidates} == meant


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("#REF!", "2024-06-01"),
        ("#N/A", "2024-06-01"),
        ("National", "2024-06-01"),
        ("N", "2012-06-01"),
        ("S", "2024-06-01"),
        ("NE", "2024-06-01"),
        ("CT9 1AA, Leeds", "2024-06-01"),
    ],
)
def test_cells_that_mean_nothing_are_no_place(england: Store, text: str, at: str) -> None:
    with pytest.raises(NothingFound):
        find(england, text, at)
