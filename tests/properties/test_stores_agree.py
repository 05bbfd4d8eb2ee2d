"""Whatever the world and whatever the question, every store gives the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orgmap.graphmodel.errors import Ambiguous, OrgmapError
from orgmap.graphmodel.model import Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import verbs
from orgmap.loaders.build import from_tables
from orgmap.loaders.check import cells, changes, faults, lives
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.search import search
from orgmap.queries.body.show import show
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.change.diff import diff
from orgmap.queries.change.lineage import lineage
from orgmap.queries.change.reforms import list_reforms, reform
from orgmap.queries.citing import cite, list_sources
from orgmap.queries.place.find import find
from orgmap.queries.structure.snapshot import snapshot
from orgmap.queries.table.annotate import Annotator
from tests.properties.strategies import (
    CODES,
    DAYS,
    IDS,
    KINDS,
    NAMES,
    POSTCODES,
    days,
    includes,
    texts,
    worlds,
)
from tests.worlds import STORES, World

some_ids = st.none() | st.lists(st.sampled_from((*IDS, "ccg:99Z")), max_size=6)
some_day = st.none() | days
some_kind = st.none() | st.sampled_from(KINDS)


@contextmanager
def all_stores(world: World) -> Iterator[list[Store]]:
    """The world in every store there is."""
    stores = [build(world) for build in STORES.values()]
    try:
        yield stores
    finally:
        for store in stores:
            store.close()


def told(ask: Callable[[], Any]) -> Any:
    """What an asked store answers, or how it refuses."""
    try:
        return ask()
    except OrgmapError as error:
        return type(error), str(error), error.candidates if isinstance(error, Ambiguous) else []


def expect_one_answer(stores: list[Store], ask: Callable[[Store], Any]) -> None:
    """Asks every store the same and compares."""
    first, *others = [told(lambda store=store: ask(store)) for store in stores]  # type: ignore[misc]
    for other in others:
        assert other == first


KEPT = (*cells.RULES, lives.order, lives.prefix, lives.life, changes.sides)
"""The rules that random worlds keep; others, such as one council at a time, they break on purpose."""


@given(worlds())
def test_a_random_world_is_whole(world: World) -> None:
    assert list(faults(from_tables(world), KEPT)) == []


@given(worlds(), some_ids, some_kind, some_day, some_day, includes)
def test_stores_agree_on_entities(
    world: World,
    ids: list[str] | None,
    kind: str | None,
    at: str | None,
    not_at: str | None,
    include: Include,
) -> None:
    with all_stores(world) as stores:
        expect_one_answer(
            stores,
            lambda store: store.entities(ids=ids, kind=kind, at=at, not_at=not_at, include=include),
        )
        expect_one_answer(stores, lambda store: store.entities(at=at, include=include))
        asked = {day: ids or IDS for day in (at, not_at) if day}
        expect_one_answer(stores, lambda store: store.entities_on(asked))
        for one in IDS:
            expect_one_answer(stores, lambda store, one=one: store.details(one))


@given(
    worlds(),
    some_ids,
    some_ids,
    st.none() | st.lists(st.sampled_from(sorted(verbs()))),
    some_day,
    some_day,
    includes,
)
def test_stores_agree_on_relationships(
    world: World,
    subjects: list[str] | None,
    objects: list[str] | None,
    words: list[str] | None,
    at: str | None,
    not_at: str | None,
    include: Include,
) -> None:
    with all_stores(world) as stores:
        expect_one_answer(
            stores,
            lambda store: store.relationships(
                subjects=subjects, objects=objects, verbs=words, at=at, not_at=not_at, include=include
            ),
        )
        expect_one_answer(stores, lambda store: store.relationships(at=at, not_at=not_at, include=include))
        expect_one_answer(
            stores, lambda store: store.relationships(objects=iter(objects or []), verbs=iter(words or []))
        )
        expect_one_answer(stores, lambda store: store.relationships(subjects=iter(subjects or [])))


@given(
    worlds(),
    some_ids,
    some_day,
    some_day,
    st.text(max_size=5),
    st.lists(st.sampled_from(("kent", "med", "st", "!", "?x")), max_size=3),
    includes,
)
def test_stores_agree_on_events_names_and_places(
    world: World,
    ids: list[str] | None,
    after: str | None,
    until: str | None,
    text: str,
    words: list[str],
    include: Include,
) -> None:
    with all_stores(world) as stores:
        for ask in (
            lambda store: store.events(ids=ids, after=after, until=until, include=include),
            lambda store: store.sources(ids),
            lambda store: store.sources(["a", "a", "z"]),
            lambda store: [store.ids_of_code(code) for code in (*CODES, "e10000016", " 91q ", text)],
            lambda store: [store.ids_of_name(normalise(name)) for name in (*NAMES, text)],
            lambda store: store.named(words),
            lambda store: store.names_with(words),
            lambda store: store.words(),
            lambda store: store.postcodes([*POSTCODES, "ZZ11ZZ", text]),
            lambda store: store.postcodes([f"{one[:-2]}{one[-2:].lower()}" for one in POSTCODES]),
            lambda store: store.postcodes([*POSTCODES, *(f"ZZ{number}1ZZ" for number in range(1000))]),
            lambda store: store.outcodes(),
            lambda store: [store.of_outcode(outcode) for outcode in ("CT9", "CT6", "TD1", text)],
            lambda store: [
                store.neighbourhoods([code]) for code in ("E01000001", "E02000001", "S92000003", text)
            ],
            lambda store: [store.of_outcode(outcode, "1") for outcode in ("CT9", "CT6", "TD1", text)],
            lambda store: store.of_outcode("CT9", text),
            lambda store: [store.coded(code) for code in ("E05000001", "E01000001", "E02000001", text)],
            lambda store: store.populations(),
            lambda store: [
                store.standing_in(areas, after or "2013-04-01", until or "")
                for areas in ([], ["area:E01000001"], ["area:E01000001", "area:E01000002"])
            ],
            lambda store: [store.place_names(name) for name in ("margate", text, "margate")],
            lambda store: store.about(),
        ):
            expect_one_answer(stores, ask)


@given(worlds(), texts, texts, days, includes)
def test_stores_agree_on_find_show_and_list(
    world: World, text: str, place: str, at: str, include: Include
) -> None:
    with all_stores(world) as stores:
        expect_one_answer(stores, lambda store: find(store, text, at, include))
        expect_one_answer(stores, lambda store: show(store, text, at, include))
        for kind in KINDS:
            expect_one_answer(stores, lambda store, kind=kind: list_bodies(store, kind, at, None, include))
            expect_one_answer(stores, lambda store, kind=kind: list_bodies(store, kind, at, place, include))


@given(
    worlds(), texts, some_kind, some_day, st.booleans(), st.booleans(), st.sampled_from((None, "service:x"))
)
def test_stores_agree_on_search_lineage_and_cite(
    world: World, text: str, kind: str | None, at: str | None, back: bool, forward: bool, about: str | None
) -> None:
    with all_stores(world) as stores:
        expect_one_answer(stores, lambda store: search(store, text, kind, at, 3))
        expect_one_answer(stores, lambda store: lineage(store, text, back, forward, about, at))
        expect_one_answer(stores, lambda store: cite(store, text))
        expect_one_answer(stores, lambda store: cite(store, "ccg:10E covers area:E01000001"))
        expect_one_answer(stores, lambda store: cite(store, "e0"))
        expect_one_answer(stores, list_sources)


@given(worlds(), days, days, st.none() | texts, some_kind, includes)
def test_stores_agree_on_diff_and_reform(
    world: World, before: str, after: str, within: str | None, kind: str | None, include: Include
) -> None:
    with all_stores(world) as stores:
        expect_one_answer(stores, lambda store: diff(store, before, after, within, kind, include))
        expect_one_answer(stores, list_reforms)
        expect_one_answer(stores, lambda store: reform(store, "reform:2013", within))


@given(
    worlds(),
    st.sampled_from(KINDS),
    days,
    st.sampled_from(KINDS),
    days,
    st.sampled_from(("population", "practices")),
)
def test_stores_agree_on_crosswalk(
    world: World, before: str, first: str, after: str, second: str, measure: str
) -> None:
    with all_stores(world) as stores:
        expect_one_answer(stores, lambda store: crosswalk(store, before, first, after, second, measure))


@given(worlds(), some_day, includes)
def test_stores_agree_on_the_graph_of_a_day(world: World, at: str | None, include: Include) -> None:
    with all_stores(world) as stores:
        graphs = [snapshot(store, at, include) for store in stores]
    nodes, edges = [[sorted(map(repr, part)) for part in parts] for parts in (
        [graph.nodes(data=True) for graph in graphs],
        [graph.edges(data=True) for graph in graphs],
    )]  # fmt: skip
    assert nodes[1:] == nodes[:-1]
    assert edges[1:] == edges[:-1]


@given(
    worlds(), st.lists(st.tuples(texts, st.sampled_from((*DAYS, "", "1998-01-01"))), min_size=1, max_size=8)
)
def test_stores_agree_on_an_annotated_table(world: World, rows: list[tuple[str, str]]) -> None:
    with all_stores(world) as stores:
        expect_one_answer(
            stores, lambda store: list(Annotator(store).rows([list(row) for row in rows], 0, at_column=1))
        )
