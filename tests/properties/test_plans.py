"""In any world: no plan is told as a fact, and what was known on a day holds nothing that was said later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.graph import Graph
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.knowledge import edition
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import STATUSES, Include, Period
from orgmap.graphmodel.plans.stages import in_force_life, lasting_stages
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store
from orgmap.queries.structure.snapshot import snapshot
from tests.properties.strategies import DAYS, IDS, KINDS, NAMES, days, includes, worlds
from tests.properties.test_stores_agree import all_stores, expect_one_answer
from tests.worlds import World, in_networkx

EVERYTHING = Include.of(STATUSES)
LATER = "2026-01-01"
"""A day after all that the worlds tell."""


def never_in_force(store: Any) -> set[str]:
    """The bodies of a world that only a plan, or another lasting stage, knows."""
    phases = [
        (one["entity"], one["status"], one["valid_from"], one["valid_until"])
        for one in store.tables.get("phases", ())
    ]
    return {
        body["id"]
        for body in store.tables["entities"]
        if (stage := lasting_stages(phases).get(body["id"]))
        and not in_force_life(Period(body["valid_from"], body["valid_until"]), stage)
    }


def dictionaries(part: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary in an answer."""
    if isinstance(part, dict):
        yield part
        for one in part.values():
            yield from dictionaries(one)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from dictionaries(one)


def questions(graph: Graph, day: str, **asked: Any) -> Iterator[Any]:
    """The answers of many questions about a day; refusals are left out."""
    for ask in (
        lambda: graph.find("CT9 1AA", day, **asked),
        lambda: graph.find("G82064", day, **asked),
        *(lambda kind=kind: graph.list(kind, day, **asked) for kind in KINDS),
        *(lambda one=one: graph.show(one, day, **asked) for one in IDS),
        *(lambda one=one: graph.what(one, day, **asked) for one in IDS[:6]),
        *(lambda one=one: graph.lineage(one, **asked) for one in IDS[:9]),
        lambda: graph.diff("2006-10-01", day, **asked),
        lambda: graph.answers_to("ccg:10E", day, **asked),
    ):
        try:
            yield ask()
        except OrgmapError:
            continue


@given(worlds(), days | st.just(LATER), includes)
def test_no_answer_tells_a_plan_as_a_fact(world: World, day: str, include: Include) -> None:
    store = in_networkx(world)
    planned = never_in_force(store)
    for answer in questions(Graph(store), day, include=include.statuses):
        for one in dictionaries(answer.to_dict()):
            if one.get("id") in planned and "valid_from" in one and "kind" in one:
                assert one.get("status", "in_force") != "in_force", one
            status = one.get("status") or "in_force"
            if {"subject", "object"} <= one.keys() and "text" not in one:
                assert status in include.statuses
            if status in PLANS and status != "enacted" and "text" not in one and "phases" not in one:
                assert one.get("law") is False or set(one) <= WORDS, one


WORDS = {"status", "valid_from", "valid_until", "from_precision", "until_precision", "note", "what", "event",
         "predecessor", "successor", "about", "weight", "counts", "number", "stray", "stated_on"}  # fmt: skip
"""What a stage of a body and a part of a change have: they stand within what is marked, and bear their own status."""


@given(worlds(), days | st.just(LATER), includes)
def test_a_snapshot_holds_no_plan_unless_asked(world: World, day: str, include: Include) -> None:
    store = in_networkx(world)
    graph = snapshot(store, day, include)
    assert all(data["status"] in include.statuses for _, data in graph.nodes(data=True))
    assert all(data["status"] in include.statuses for *_, data in graph.edges(data=True))
    assert never_in_force(store).isdisjoint(snapshot(store, day))


def statements(store: Store) -> set[Any]:
    """What a store states, each without what may only be learnt later: its end, its status."""
    return {
        *(body.id for body in store.entities()),
        *(("event", event.id) for event, _ in store.events(include=EVERYTHING)),
        *(("plan", plan.id) for plan in store.plans()),
        *(
            (one.subject, one.verb, one.object, one.about, one.valid_from, one.source, one.stated_on)
            for one in store.relationships(include=EVERYTHING)
        ),
        # A name that is given up later is a former one from then on: it is that name before and after.
        *(
            (one, name.value, name.sort not in ("official", "former") and name.sort, name.valid_from)
            for one in IDS
            for name in store.details(one).names
        ),
    }


@given(worlds(), days, days)
def test_knowing_more_never_takes_a_statement_away(world: World, one: str, other: str) -> None:
    store = in_networkx(world)
    first, last = sorted((one, other))
    less, more = (statements(KnownStore(store, day)) for day in (first, last))
    assert less <= more
    assert more <= statements(store)


@given(worlds(), days, st.none() | days | st.just(LATER), includes)
def test_nothing_that_was_said_later_is_known(
    world: World, day: str, at: str | None, include: Include
) -> None:
    store = in_networkx(world)
    known = KnownStore(store, day)
    editions = {one: edition(source) for one, source in store.sources().items()}

    def said(row: Any) -> bool:
        return (getattr(row, "stated_on", None) or editions.get(row.source) or "9999") <= day

    for body in known.entities(at=at, include=include):
        assert body.valid_until is None or body.valid_until <= day or body.status in PLANS
        assert body.valid_from is None or body.valid_from <= day or body.status in PLANS
        later = {
            name.value
            for name in store.details(body.id).names
            if (name.valid_from or "") > day and name.sort in ("official", "former")
        }
        earlier = {name.value for name in store.details(body.id).names if (name.valid_from or "") <= day}
        [row] = [one for one in store.tables["entities"] if one["id"] == body.id]
        # A body that was only planned is told by its first name, although it bears that from a later day on.
        dated = [name for name in store.details(body.id).names if name.valid_from and name.sort == "official"]
        first = {dated[0].value} if dated and body.status in PLANS else set()
        assert body.name not in later - earlier - {row["name"]} - first
    for fact in known.relationships(at=at, include=include):
        assert (fact.valid_from or "") <= day or (said(fact) and fact.status != "in_force")
        assert fact.status != "in_force" or fact.valid_until is None or fact.valid_until <= day
    for event, parts in known.events(include=EVERYTHING):
        assert (event.date or "9999") <= day or said(event)
        assert (event.date or "") <= day or event.status != "in_force"
        assert all((part.stated_on or "") <= day for part in parts)
    for plan in known.plans():
        assert plan.stated_on <= day
        assert (plan.came_on or "") <= day
    for one in IDS:
        for words in known.details(one):
            assert all((word.valid_from or "") <= day or word.value in PLANS for word in words)
            assert all((word.valid_until or "") <= day or word.value in PLANS for word in words)


@given(worlds(), st.none() | days, includes)
def test_who_knows_everything_is_told_what_the_tables_tell(
    world: World, at: str | None, include: Include
) -> None:
    store = in_networkx(world)
    known = KnownStore(store, LATER)
    bare: dict[str, Any] = {"note": ""} if at else {"note": "", "name": "", "codes": ()}
    there = [one._replace(**bare) for one in store.entities(at=at, include=include)]
    found = [one._replace(**bare) for one in known.entities(at=at, include=include)]
    assert (set(found) ^ set(there), len(found)) == (set(), len(there))
    facts = {one._replace(note="") for one in store.relationships(at=at, include=include)}
    assert {one._replace(note="") for one in known.relationships(at=at, include=include)} == facts


@given(worlds(), days, st.none() | days, st.none() | st.sampled_from(KINDS), includes)
def test_stores_agree_on_what_was_known(
    world: World, day: str, at: str | None, kind: str | None, include: Include
) -> None:
    with all_stores(world) as stores:
        known = [KnownStore(store, day) for store in stores]
        expect_one_answer(known, lambda store: store.entities(kind=kind, at=at, include=include))
        expect_one_answer(known, lambda store: store.relationships(at=at, include=include))
        expect_one_answer(known, lambda store: store.events(include=include))
        expect_one_answer(known, lambda store: [store.details(one) for one in IDS])
        expect_one_answer(known, lambda store: [store.ids_of_name(name.lower()) for name in NAMES])
        expect_one_answer(known, lambda store: (store.plans(), store.sources(), store.about()))


@pytest.mark.parametrize("day", DAYS)
def test_the_days_of_the_worlds_are_in_the_past(day: str) -> None:
    assert day < LATER
