"""What must hold in any world: time adds up, both directions agree, one row is answered like many."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orgmap.graphmodel.dates import day_after, day_before, parse_day
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.model import Include, Period, Relationship
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode, normalise, with_space
from orgmap.graphmodel.vocabulary import things
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.change.crosswalk import crosswalk
from orgmap.queries.change.diff import diff
from orgmap.queries.change.lineage import lineage
from orgmap.queries.place.find import find
from orgmap.queries.structure.snapshot import snapshot
from orgmap.queries.table.annotate import Annotator, columns
from orgmap.queries.table.columns import NEARLY_ALL
from tests.properties.strategies import ALWAYS, DAYS, KINDS, POSTCODES, SPANS, days, includes, worlds
from tests.worlds import World, in_networkx

ROLES = {
    "commissioner": "commissioner",
    "sub_icb_location": "sub_icb_location",
    "system": "system",
    "region": "region",
    "upper_tier_council": "upper_tier_council",
    "health_and_wellbeing_board": "health_and_wellbeing_board",
}
ROUNDING = 0.0001
periods = st.sampled_from(SPANS)
all_days = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(date.isoformat)
near_days = st.sampled_from(sorted({near(day) for day in DAYS for near in (day_before, str, day_after)}))


def inverted(answer: dict[str, Any]) -> dict[str, Any]:
    """A difference read from its end to its beginning."""
    return {
        **answer,
        "before": answer["after"],
        "after": answer["before"],
        "started": answer["ended"],
        "ended": answer["started"],
        "relations_started": answer["relations_ended"],
        "relations_ended": answer["relations_started"],
        "changed": [{**one, "before": one["after"], "after": one["before"]} for one in answer["changed"]],
    }


@given(
    worlds(), days, days, st.none() | st.sampled_from(POSTCODES), st.none() | st.sampled_from(KINDS), includes
)
def test_a_diff_read_backwards_is_the_diff_of_the_days_swapped(
    world: World, before: str, after: str, within: str | None, kind: str | None, include: Include
) -> None:
    store = in_networkx(world)
    try:
        there = diff(store, before, after, within, kind, include)
    except OrgmapError:
        return
    assert diff(store, after, before, within, kind, include) == inverted(there)


def bodies(store: Store, at: str, include: Include) -> set[tuple[str, str]]:
    """Who was there on a day, and as what."""
    return {
        (one.id, one.status) for one in store.entities(at=at, include=include) if one.kind not in things()
    }


def marks(told: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """The same of the bodies in an answer."""
    return {(one["id"], one.get("status", "in_force")) for one in told}


def said(fact: Relationship) -> tuple[str, ...]:
    """What a statement says, on whatever evidence."""
    return (fact.subject, fact.verb, fact.object, fact.about, fact.status)


def said_in(told: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """The same of the statements in an answer."""
    return {(one["subject"], one["verb"], one["object"], one["about"] or "", one["status"]) for one in told}


@given(worlds(), near_days, near_days, includes)
def test_the_day_before_and_what_changed_add_up_to_the_day_after(
    world: World, before: str, after: str, include: Include
) -> None:
    store = in_networkx(world)
    told = diff(store, before, after, include=include)
    old, new = (bodies(store, day, include) for day in (before, after))
    assert (old - marks(told["ended"])) | marks(told["started"]) == new
    assert marks(told["ended"]) <= old
    assert not marks(told["started"]) & old


@given(worlds(), near_days, near_days, includes)
def test_relations_before_and_what_changed_add_up_to_those_after(
    world: World, before: str, after: str, include: Include
) -> None:
    store = in_networkx(world)
    told = diff(store, before, after, include=include)
    old, new = (
        {said(fact) for fact in store.relationships(at=day, include=include)} for day in (before, after)
    )
    started, ended = said_in(told["relations_started"]), said_in(told["relations_ended"])
    assert (old - ended) | started == new
    assert ended <= old
    assert not started & old


@given(worlds())
def test_both_sides_of_an_event_add_up(world: World) -> None:
    store = in_networkx(world)
    for event, parts in store.events():
        # A change that is in force and names nobody but in a plan has nothing to tell yet.
        if event.date and parts:
            told = diff(store, day_before(event.date), event.date)
            old, new = (bodies(store, day, Include()) for day in (day_before(event.date), event.date))
            assert (old - marks(told["ended"])) | marks(told["started"]) == new
            assert event.id in {one["id"] for one in told["events"]}


@given(worlds(), st.sampled_from((None, "service:x")))
def test_who_comes_after_one_has_that_one_before_it(world: World, about: str | None) -> None:
    store = in_networkx(world)

    def ends(body: str, forward: bool) -> set[str]:
        told = lineage(store, body, not forward, forward, about)["events"]
        side = "successors" if forward else "predecessors"
        return {one["id"] for event in told for one in event[side]}

    known = [entity.id for entity in store.entities()]
    after = {(one, heir) for one in known for heir in ends(one, True)}
    before = {(giver, one) for one in known for giver in ends(one, False)}
    assert after == before


@given(worlds(), near_days, includes)
def test_the_graph_of_a_day_has_what_the_lists_of_that_day_have(
    world: World, at: str, include: Include
) -> None:
    store = in_networkx(world)
    listed = {
        body["id"]
        for kind in (*KINDS, "service")
        for body in list_bodies(store, kind, at, None, include)["bodies"]
    }
    assert set(snapshot(store, at, include)) == listed


@given(worlds(), st.sampled_from(KINDS), days, st.sampled_from(KINDS), days)
def test_a_crosswalk_back_is_the_crosswalk_turned_round(
    world: World, before: str, first: str, after: str, second: str
) -> None:
    store = in_networkx(world)
    try:
        there = crosswalk(store, before, first, after, second)
    except OrgmapError:
        return
    back = crosswalk(store, after, second, before, first)
    assert {(row["from"], row["to"], row["weight"], row["share_of_from"]) for row in there["rows"]} == {
        (row["to"], row["from"], row["weight"], row["share_of_to"]) for row in back["rows"]
    }
    assert there["unmapped_from"] == back["unmapped_to"]
    assert all(0 < row["share_of_from"] <= 1 and 0 < row["share_of_to"] <= 1 for row in there["rows"])


cells = st.sampled_from((*POSTCODES, "CT9 1AB", "ct6 1aa", "ZZ1 1ZZ", "practice:G82064", "practice:G82065"))


@given(worlds(), st.lists(st.tuples(cells, near_days), min_size=1, max_size=10))
def test_a_row_of_a_table_is_answered_as_if_it_were_asked_alone(
    world: World, rows: list[tuple[str, str]]
) -> None:
    store = in_networkx(world)
    together = list(Annotator(store).rows([list(row) for row in rows], 0, at_column=1))
    for told, (cell, at) in zip(together, rows, strict=True):
        assert told[:2] == [cell, at]
        assert [told] == list(Annotator(store).rows([[cell, at]], 0, at_column=1))


@given(worlds(), cells, near_days)
def test_a_row_of_a_table_says_what_find_says(world: World, cell: str, at: str) -> None:
    store = in_networkx(world)
    [row] = Annotator(store).rows([[cell]], 0, at=at)
    told = dict(zip(("cell", *columns()), row, strict=True))
    try:
        answer = find(store, cell, at)
    except OrgmapError:
        assert told["note"]
        assert {told[column] for column in ROLES} == {""}
        return
    for column, role in ROLES.items():
        having = [body for body in answer["bodies"] if body["role"] == role]
        shares = {body["id"]: body.get("share", 1.0) for body in having}
        # A table has no room for shares: who has 100 % in whole percents is the one, all others stand in the note.
        real = [body for body, share in shares.items() if share >= 1 - NEARLY_ALL]
        if any(abs(share - NEARLY_ALL) < ROUNDING for share in shares.values()):
            continue  # it is told in four digits, from which nobody can tell
        whole = real[0] if len(real) == 1 and shares[real[0]] >= NEARLY_ALL else ""
        assert told[column] == whole
        assert all(body in told["note"] for body in shares if body != whole)


@given(periods, periods, periods, near_days)
def test_common_days_do_not_depend_on_the_order(one: Period, two: Period, three: Period, at: str) -> None:
    common = one.clip(two)
    assert common == two.clip(one)
    assert one.clip(one) == one
    assert one.clip(ALWAYS) == one
    assert (common is not None and common.holds(at)) == (one.holds(at) and two.holds(at))
    rest = two.clip(three)
    assert (common and common.clip(three)) == (rest and one.clip(rest))


@given(all_days)
def test_a_date_is_read_back_however_it_is_written(day: str) -> None:
    when = date.fromisoformat(day)
    for text in (day, f"{when:%d/%m/%Y}", f"{when.day} {when:%B} {when.year}", f"{when:%d %b, %Y}".upper()):
        assert parse_day(text) == day
    assert parse_day(day[:7]) == f"{day[:7]}-01"
    assert day_before(day_after(day)) == day
    assert day_before(day) < day < day_after(day)


@given(st.text(max_size=30))
def test_a_comparable_name_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert all(normalise(form) == form for form in name_forms(text))


@given(st.from_regex(r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}", fullmatch=True))
def test_a_postcode_is_the_same_with_and_without_its_space(text: str) -> None:
    postcode = as_postcode(text)
    assert postcode is not None
    assert as_postcode(with_space(postcode)) == postcode
    assert as_postcode(f" {text.lower()} ") == postcode
