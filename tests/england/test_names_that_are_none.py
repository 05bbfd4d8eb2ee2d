"""Names that are none, by the hundred, and very long ones: each is told so, and quickly."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.store import Store
from orgmap.queries.body.search import search
from orgmap.queries.place.find import find
from tests.running import yardstick

LETTERS = "abcdefghiklmnoprstuw"
AT = "2013-06-01"


def word(chance: random.Random) -> str:
    """A word that is made up."""
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(5, 11)))


SHAPES = {
    "a word": lambda chance: word(chance),
    "two words": lambda chance: f"{word(chance)} {word(chance)}",
    "a group": lambda chance: f"NHS {word(chance)} CCG",
    "a council": lambda chance: f"{word(chance)} Borough Council",
    "a namesake": lambda chance: f"Thanet, {word(chance)}",
    "brackets": lambda chance: f"{word(chance)} ({word(chance)})",
}


def ask(store: Store, text: str) -> None:
    """Asks for a place that may be none."""
    with suppress(NothingFound, WrongUse, Ambiguous):
        find(store, text, AT)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_two_hundred_places_that_are_none_cost_little(england: Store, shape) -> None:
    chance = random.Random(11)
    start = time.process_time()
    for _ in range(200):
        ask(england, shape(chance))
    assert time.process_time() - start < 150 * yardstick()  # about 50; it was 350


LONG = {
    "one word": "x" * 100_000,
    "many words": "zorkle blurg " * 30_000,
    "one word often": "a " * 60_000,
    "known words often": "trust kent nhs " * 10_000,
    "numbers": " ".join(map(str, range(20_000))),
    "commas": "zorkle, blurg, " * 10_000,
    "brackets": "(zorkle) " * 10_000,
    "open brackets": "(" * 50_000,
    "digits": "1" * 100_000,
    "an address": "zorkle, " * 10_000 + "CT9 1AA",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_is_very_long_ends(england: Store, text: str) -> None:
    start = time.process_time()
    ask(england, text)
    with suppress(NothingFound):
        search(england, text)
    assert time.process_time() - start < 120 * yardstick()
