"""The index of edges answers whatever a loop over all edges answers, however odd the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgmap.graphmodel.model import Include
from orgmap.graphmodel.stores.edges import EdgeIndex
from orgmap.graphmodel.stores.packed import EVER, MANY, PackedFile, number_of_day
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.loaders.edge_packing import Register, write_index
from tests.properties.strategies import DAYS, days, worlds
from tests.worlds import World, in_networkx, in_sqlite

BODIES, LAST = 8, 12
VERBS = ("member_of", "part_of", "supports")


class Edge(NamedTuple):
    """An edge of a drawn register."""

    subject: int
    verb: int
    object: int
    begin: int
    end: int


class Step(NamedTuple):
    """A succession of a drawn register; a day of 0 is not known."""

    predecessor: int
    successor: int
    day: int


body, day = st.integers(0, BODIES - 1), st.integers(1, LAST)
ends = day | st.just(EVER)
edges = st.builds(Edge, body, st.integers(0, 2), body, st.just(0) | day, ends)
steps = st.builds(Step, body, body, st.just(0) | day)
registers = st.tuples(
    st.lists(st.tuples(st.just(0) | day, ends), min_size=BODIES, max_size=BODIES),
    st.lists(edges, max_size=40),
    st.lists(steps, max_size=16),
)
"""Periods end on the day of their start or before it, overlap and are stated twice; bodies belong to themselves."""

Drawn = tuple[list[tuple[int, int]], list[Edge], list[Step]]

ODD: Drawn = (
    [(0, EVER)] * (BODIES - 1) + [(5, 5)],
    [
        Edge(0, 0, 1, 2, 5), Edge(0, 0, 1, 5, 9), Edge(0, 0, 2, 4, 6), Edge(1, 1, 0, 0, EVER), Edge(3, 0, 3, 1, 9),
        Edge(4, 0, 5, 7, 7), Edge(4, 0, 5, 8, 3), Edge(0, 0, 1, 2, 5), Edge(2, 1, 7, 0, EVER),
    ],
    [Step(0, 1, 3), Step(1, 0, 3), Step(1, 2, 2), Step(2, 2, 5), Step(1, 3, 0), Step(0, 4, 9), Step(4, 5, 9)],
)  # fmt: skip
"""Ended and begun again on one day, overlapping, twice the same, of no length, backwards, in a circle, to itself."""


@contextmanager
def indexed(drawn: Drawn) -> Iterator[EdgeIndex]:
    """The index of a drawn register, read from its file."""
    lives, listed, led = drawn
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        write_index(path, register(lives, listed, led))
        file = PackedFile(path)
    index = EdgeIndex(file)
    yield index
    index.close()
    file.close()


def register(lives: list[tuple[int, int]], listed: list[Edge], led: list[Step]) -> Register:
    """The columns of a drawn register."""
    days = [np.array([one[side] for one in lives], dtype=np.int32) for side in (0, 1)]
    columns = [np.array([edge[place] for edge in listed], dtype=np.int64) for place in range(5)]
    subject, verb, object_, begin, end = columns
    predecessor, successor, on = (
        np.array([step[place] for step in led], dtype=np.int64) for place in range(3)
    )
    ids = [f"body:{number}" for number in range(len(lives))]
    return Register(ids, *days, VERBS, subject, verb, object_, begin, end, predecessor, successor, on)


def holding(listed: list[Edge], at: int) -> list[Edge]:
    """The edges in force on a day, in the order of the index."""
    ordered = sorted(listed, key=lambda edge: (edge.subject, edge.verb, edge.object, edge.begin))
    return [edge for edge in ordered if edge.begin <= at < edge.end]


@given(registers, st.integers(0, LAST + 1))
@example(ODD, 5)
def test_one_body_has_the_neighbours_that_a_loop_finds(drawn: Drawn, at: int) -> None:
    with indexed(drawn) as index:
        now = holding(drawn[1], at)
        for number in range(BODIES):
            for verb in range(len(VERBS)):
                ahead = [edge.object + 1 for edge in now if edge[:2] == (number, verb)]
                behind = [edge.subject + 1 for edge in now if (edge.object, edge.verb) == (number, verb)]
                assert index.objects(number + 1, verb, at) == ahead
                assert index.subjects(number + 1, verb, at) == behind


@given(registers, st.integers(0, LAST + 1), st.lists(st.integers(0, 2), unique=True))
@example(ODD, 2, [0, 1])
def test_the_way_up_is_that_of_a_search_in_breadth(drawn: Drawn, at: int, verbs: list[int]) -> None:
    now = holding(drawn[1], at)
    with indexed(drawn) as index:
        for number in range(BODIES):
            found = [number]
            for one in found:
                for verb in verbs:
                    upper = [edge.object for edge in now if (edge.subject, edge.verb) == (one, verb)]
                    found += [other for other in dict.fromkeys(upper) if other not in found]
            assert index.above(number + 1, verbs, at) == [one + 1 for one in found[1:]]


@given(registers, st.booleans())
@example(ODD, False)
@example(ODD, True)
def test_lineage_goes_with_time(drawn: Drawn, back: bool) -> None:
    sign = -1 if back else 1
    led = [
        (step.successor, step.predecessor) if back else (step.predecessor, step.successor)
        for step in drawn[2]
    ]
    with indexed(drawn) as index:
        for number in range(BODIES):
            best = {number: EVER if back else 0}
            for _ in range(BODIES + 1):
                for (here, there), step in zip(led, drawn[2], strict=True):
                    in_time = here in best and step.day and step.day * sign >= best[here] * sign
                    if in_time and (there not in best or step.day * sign < best[there] * sign):
                        best[there] = step.day
            del best[number]
            assert dict(index.lineage(number + 1, back)) == {one + 1: on for one, on in best.items()}


@given(registers, st.integers(0, LAST + 1), st.integers(0, LAST + 1))
@example(ODD, 4, 5)
@example(ODD, 9, 2)
def test_two_days_differ_in_what_a_loop_finds(drawn: Drawn, before: int, after: int) -> None:
    lives, listed, _ = drawn
    with indexed(drawn) as index:
        told = index.between(before, after)
        for bodies, found, held, not_held in (
            (told.bodies_begun, told.begun, after, before),
            (told.bodies_ended, told.ended, before, after),
        ):
            there = [n + 1 for n, (b, e) in enumerate(lives) if b <= held < e and not b <= not_held < e]
            assert bodies.tolist() == there
            kept = [edge for edge in holding(listed, held) if not edge.begin <= not_held < edge.end]
            columns = zip(*(column.tolist() for column in found[1:]), strict=True)
            assert list(columns) == [(edge.subject + 1, edge.verb, edge.object + 1) for edge in kept]


@given(registers, st.lists(st.integers(0, LAST + 1), max_size=6))
@example(ODD, [5])
@example(ODD, [*range(LAST, 0, -1)] * 4)
def test_each_day_has_the_bodies_in_force_and_the_edges_between_them(drawn: Drawn, days: list[int]) -> None:
    lives, listed, _ = drawn
    with indexed(drawn) as index:
        for at, told in zip(days, index.on_each(days), strict=True):
            there = {number for number, (begin, end) in enumerate(lives) if begin <= at < end}
            assert told.bodies.tolist() == sorted(number + 1 for number in there)
            columns = zip(*(column.tolist() for column in told[1:]), strict=True)
            between = [edge for edge in holding(listed, at) if {edge.subject, edge.object} <= there]
            assert list(columns) == [(edge.subject + 1, edge.verb, edge.object + 1) for edge in between]


@given(registers, st.lists(st.tuples(body, st.integers(0, LAST + 1)), max_size=12), st.integers(0, 2))
@example(ODD, [(0, 5), (7, 3), (0, 4), (1, 1)], 0)
def test_many_questions_at_once_are_answered_as_one_by_one(
    drawn: Drawn, asked: list[tuple[int, int]], verb: int
) -> None:
    with indexed(drawn) as index:
        nodes = np.array([number + 1 for number, _ in asked], dtype=np.uint32)
        on = np.array([day for _, day in asked], dtype=np.int32)
        for many, one in ((index.objects_on, index.objects), (index.subjects_on, index.subjects)):
            places, found = many(nodes, verb, on)
            expected = [
                (place, other)
                for place, (number, day) in enumerate(asked)
                for other in one(number + 1, verb, day)
            ]
            assert list(zip(places.tolist(), found.tolist(), strict=True)) == expected


def test_a_hub_has_all_its_neighbours() -> None:
    """More than a loop goes through, over several blocks."""
    number = 5 * MANY
    star = [Edge(n % number, 0, number, n % 7, 9) for n in range(3 * number)]
    star += [Edge(number, 1, n, n % 7, 9) for n in range(number)]
    lives = [(0, EVER)] * (number + 1)
    with indexed((lives, star, [])) as index:
        for at in (0, 3, 8, 9):
            ahead = [edge.object + 1 for edge in holding(star, at) if edge.verb == 1]
            behind = [edge.subject + 1 for edge in holding(star, at) if edge.verb == 0]
            assert index.objects(number + 1, 1, at) == ahead
            assert index.subjects(number + 1, 0, at) == behind


def test_an_id_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    drawn = register([(0, EVER)] * 2, [], [])
    with pytest.raises(ValueError, match="not all different"):
        write_index(tmp_path / "index", drawn._replace(ids=["body:1", "body:1"]))


@given(worlds(), days)
def test_the_index_of_a_store_agrees_with_its_rows(world: World, at: str) -> None:
    """On drawn worlds, in which not all is in force, as another store tells it."""
    other, store = in_networkx(world), in_sqlite(world)
    assert isinstance(store, SqliteStore)
    index, day = store.edges, number_of_day(at)
    now = other.relationships(at=at)
    assert index.node("ccg:none") == 0
    for verb in {
        fact.verb for fact in other.relationships(include=Include.of(["planned", "shadow", "disputed"]))
    }:
        for one in {end for fact in now for end in (fact.subject, fact.object)}:
            ahead = [fact.object for fact in now if (fact.subject, fact.verb) == (one, verb)]
            behind = [fact.subject for fact in now if (fact.object, fact.verb) == (one, verb)]
            assert index.neighbours(one, verb, at) == tuple(dict.fromkeys(ahead))
            assert index.neighbours(one, verb, at, back=True) == tuple(dict.fromkeys(behind))
    there = {entity.id for entity in other.entities(at=at)}
    [told] = index.on_each([day])
    assert set(index.ids(told.bodies.tolist())) == there
    assert triples(index, told) == [fact[:3] for fact in now if {fact.subject, fact.object} <= there]
    for before in DAYS:
        changed = index.between(number_of_day(before), day)
        begun, ended = (other.relationships(at=on, not_at=off) for on, off in ((at, before), (before, at)))
        assert triples(index, changed.begun) == [fact[:3] for fact in begun]
        assert triples(index, changed.ended) == [fact[:3] for fact in ended]
    store.close()


def triples(index: EdgeIndex, edges: tuple[np.ndarray, ...]) -> list[tuple[str, ...]]:
    """Edges in words."""
    _, subjects, verbs, objects = (column.tolist() for column in edges)
    words = [index.verbs[verb] for verb in verbs]
    return list(zip(index.ids(subjects), words, index.ids(objects), strict=True))
