"""Laws of a user's registers: rows in are rows out, order changes nothing, and what nobody rated is never good."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import guarded_cell
from orgmap.queries.registers.handover import PartyHandover
from orgmap.queries.registers.ratings import NOT_RATED, RULES, RatingScale
from orgmap.queries.registers.rollup import RatingRow, rollup
from orgmap.registers import RegisterColumns, hand_over_file
from tests.kent import KENT_THROUGH_TIME
from tests.spec.test_rollup import DAY, WORLD
from tests.worlds import STORES, world

ratings = st.one_of(st.none(), st.sampled_from(RatingScale.of("").ratings))
cells = st.one_of(
    st.sampled_from(
        ("ccg:10E", "NHS Thanet CCG", "5QA", "", "Serco", "=1+1", "maternity", "a\nb", '"', "-5")
    ),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=12),
)
registers = st.lists(st.tuples(cells, cells, cells), max_size=12)
GROUPS = ("ccg:A", "ccg:B", "ccg:C", "ccg:D")


@pytest.fixture(scope="module")
def kent() -> Any:
    """Two streets through time."""
    with_all = {name: build(world(KENT_THROUGH_TIME)) for name, build in STORES.items() if name != "neo4j"}
    yield with_all
    for store in with_all.values():
        store.close()


@pytest.fixture(scope="module")
def groups() -> Any:
    """Groups under regions."""
    store = STORES["sqlite"](world(WORLD))
    yield store
    store.close()


def handed_over(store: Store, register: list[tuple[str, ...]]) -> list[list[str]]:
    """A register written, handed over and read again."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("agreement", "party", "other"), *register])
        hand_over_file(store, source, target, RegisterColumns(("party", "other")), "2020-04-01")
        with target.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file, strict=True))


@given(register=registers)
def test_every_row_comes_back_in_its_place_with_its_cells_on_every_store(
    kent: dict[str, Store], register: list[tuple[str, ...]]
) -> None:
    first, *others = [handed_over(store, register) for store in kent.values()]
    assert all(other == first for other in others)
    head, *rows = first
    assert len(rows) == len(register)
    assert len(head) == 3 + 2 * len(PartyHandover._fields)
    for row, given_row in zip(rows, register, strict=True):
        assert row[:3] == [guarded_cell(cell) for cell in given_row]
        assert not any(cell[:1] in set("=+-@\t\r") for cell in row[3:])


@given(register=registers, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_answer(
    kent: dict[str, Store], register: list[tuple[str, ...]], chance: Random
) -> None:
    store = kent["sqlite"]
    shuffled = list(register)
    chance.shuffle(shuffled)
    assert sorted(handed_over(store, register)[1:]) == sorted(handed_over(store, shuffled)[1:])


@given(
    found=st.lists(ratings, max_size=9), rule=st.sampled_from(RULES), chance=st.randoms(use_true_random=False)
)
def test_what_ratings_come_to_does_not_depend_on_their_order(
    found: list[str | None], rule: str, chance: Random
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert RatingScale.of("").together(found, rule) == RatingScale.of("").together(shuffled, rule)


@given(found=st.lists(ratings, min_size=1, max_size=9), rest=st.lists(ratings, min_size=9, max_size=9))
def test_what_is_told_while_some_is_not_rated_holds_whatever_it_will_be(
    found: list[str | None], rest: list[str | None]
) -> None:
    scale = RatingScale.of("")
    told = scale.together(found)
    filled = [one or other or scale.ratings[0] for one, other in zip(found, rest, strict=False)]
    later = scale.together(filled)
    if None in found:
        assert told != scale.best
    if told in scale.ratings:
        assert later == told
    elif told.endswith(" or worse"):
        assert scale.ratings.index(later) <= scale.ratings.index(told.removesuffix(" or worse"))


@given(
    given_ratings=st.dictionaries(st.sampled_from(GROUPS), ratings, min_size=1),
    rule=st.sampled_from(RULES),
    chance=st.randoms(use_true_random=False),
)
def test_every_child_is_counted_once_and_parts_of_the_people_sum_to_one(
    groups: Store, given_ratings: dict[str, str | None], rule: str, chance: Random
) -> None:
    rows = [
        RatingRow(f"r:{number}", body, "", rating or "")
        for number, (body, rating) in enumerate(given_ratings.items())
    ]
    answer = rollup(groups, rows, "region", DAY, rule)
    chance.shuffle(rows)
    assert rollup(groups, rows, "region", DAY, rule) == answer
    assert sum(row["children"] for row in answer["parents"]) == len(GROUPS)
    for row in answer["parents"]:
        assert sum(row["counts"].values()) + row["not_rated"] == row["children"]
        assert row["rating"] != "green" or not row["not_rated"]
        if row["people"]:
            assert abs(sum(row["people"].values()) - 1) < 0.001
            assert bool(row["people"][NOT_RATED]) == bool(row["not_rated"])
