"""Days and kinds are read at every entrance: however a day is written, it is that day, or the question is refused."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

import orgmap.queries
from orgmap.graphmodel.dates import day_of, more_than_a_day
from orgmap.graphmodel.errors import OrgmapError, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include, Period, Place
from orgmap.graphmodel.naming import read_name
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import chosen_kinds
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.place.choice import Readings
from orgmap.queries.place.find import find
from orgmap.queries.place.names import Named
from orgmap.queries.registers.rollup import RatingRow
from orgmap.queries.structure.areas_ahead import PlannedGround
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.snapshot import snapshot
from orgmap.queries.structure.within import Scope
from orgmap.queries.table.annotate import Annotator
from tests.kent import KENT_THROUGH_TIME

DAY = {"at", "before", "after", "day", "days", "from_at", "to_at", "to_day", "as_known_on"}
KIND = {"kind", "kinds", "from_kind", "to_kind", "of_kinds"}
OTHER_DAY = "2021-06-01"
SPELLINGS = (
    "2013-3-31",
    "31 March 2013",
    "Sunday 31 March 2013",
    "31/03/2013",
    "20130331",
    date(2013, 3, 31),
    datetime(2013, 3, 31, 23, 59, tzinfo=UTC),
    pd.Timestamp("2013-03-31 12:00"),
    np.datetime64("2013-03-31"),
    np.datetime64("2013-03-31T12:00:00"),
)
NONSENSE = ("not a day", "2013-02-30", "41364", "", pd.NaT, np.datetime64("NaT"), 20130331, 2013.25)

NAMED = Named("M", "ward", "K", "", "", 1.0, "", "", "", (("area:E01000001", 1.0),))
BODY, PLACE, AREAS = "ccg:10E", "CT9 1AA", ["area:E01000001"]


def body(store: Store) -> Any:
    """A body of the world."""
    return store.entities(ids=[BODY])[0]


def scope(_: Store) -> Scope:
    """A place as a boundary."""
    return Scope("Margate", frozenset({"area:E01000001"}))


def bodies(store: Store) -> Any:
    """Bodies of the world, each with its area."""
    return {body(store): frozenset({"area:E01000001"})}


ASKED: dict[str, dict[str, Any]] = {
    "address_by_outcode": {"text": "Margate CT9"},
    "address_by_postcode": {"text": "High Street, CT9 1AA"},
    "asked_for": {"text": BODY, "kinds": "ccg"},
    "bodies_called": {"text": "NHS Kent"},
    "chosen": {"text": "Kent", "name": "Kent", "found": [NAMED]},
    "council_by_and": {"text": "Kent, Medway"},
    "on_day": {"place": NAMED},
    "by_exact_name": {"name": "Kent", "bodies": bodies},
    "has_council": {"place": NAMED},
    "known_later": {"alive": bodies},
    "of_that_style": {"name": "Kent", "councils": bodies},
    "one_body": {"text": "Kent", "name": "Kent", "bodies": bodies},
    "refused_for": {
        "text": "K",
        "name": "K",
        "unknown": lambda store: [body(store)],
        "others": {},
        "local": [],
    },
    "stands_in": {"text": "Kent", "name": "Kent", "ended": bodies, "found": bodies},
    "whole_of_kind": {"text": "Kent"},
    "with_quarters": {"name": "Kent", "places": [NAMED], "found": [NAMED]},
    "without_area": {"text": "Kent", "name": "Kent", "found": bodies},
    "without_extent": {"body": body},
    "answers_to": {"text": BODY},
    "area_map": {},
    "area_maps": {},
    "areas_by_body": {"bodies": lambda store: [body(store)]},
    "areas_of": {"body": body},
    "body_as_place": {"body": body, "text": BODY},
    "body_place": {"body": body},
    "check_day": {},
    "cite": {"text": BODY},
    "population": {"kind": "ccg"},
    "prescribed": {"kind": "ccg"},
    "commissioned": {},
    "commissioning": {"wanted": {BODY}, "service": None, "within": None},
    "compare": {"service": "health visiting", "place": PLACE},
    "crosswalk": {"from_kind": "ccg", "to_kind": "ccg", "to_at": OTHER_DAY},
    "decided": {"text": "Kent", "found": Readings("Kent", [], {})},
    "descent_of": {"text": BODY},
    "diff": {},
    "documents_say": {"body": body, "to_whom": False, "include": IN_FORCE},
    "everyone_on_both": {"scopes": lambda store: (scope(store), scope(store))},
    "everyone_within": {"scope": scope},
    "find": {"text": PLACE},
    "explain": {"term": "QIPP"},
    "guide": {"place": PLACE},
    "walk": {"script": "stay", "resident": PLACE},
    "Sayings": {},
    "overseers": {"chains": Chains, "bodies": [BODY], "here": set(), "include": IN_FORCE},
    "what_came": {"bodies": {BODY}},
    "what_is_planned": {"place": PLACE, "include": IN_FORCE, "bodies": {BODY}, "services": set()},
    "advised": {"place": PLACE, "wanted": [], "payers": set(), "bodies": set()},
    "horizon_notes": {},
    "ids_above": {"bodies": [BODY]},
    "ids_within": {"scope": scope},
    "left_out": {"bodies": lambda store: {BODY: [body(store).to_json()]}, "include": IN_FORCE},
    "planned_grounds": {"include": Include.of("planned")},
    "parts_of": {"ground": lambda store: PlannedGround(body(store), frozenset(), ()), "candidates": []},
    "plan_marks": {"bodies": bodies, "include": Include.of("planned")},
    "plans_between": {"ids": None, "until": OTHER_DAY, "include": IN_FORCE},
    "marked": {"parts": lambda store: [body(store).to_json()], "include": IN_FORCE},
    "lifelines": {"texts": [BODY]},
    "lineage": {"text": BODY},
    "lines_by_rule": {"centre": body, "life": Period(None, None), "include": IN_FORCE},
    "list_bodies": {"kind": "ccg"},
    "listing_within": {"scope": scope},
    "matches": {"text": "NHS Kent"},
    "named_on": {"body": body},
    "namesakes": {"places": []},
    "nearest": {"text": "Thanett"},
    "nearest_names": {"text": "Thanett"},
    "network": {"text": "pct:5QA"},
    "not_yet": {"shares": []},
    "none_in_force": {"name": "Kent", "bodies": lambda store: {body(store): frozenset({"area:E01000001"})}},
    "nothing_called": {"text": "Thannet", "named": [], "refused": [], "unknown": []},
    "place_of": {"text": PLACE},
    "place_of_code": {"text": "E01000001"},
    "planned_instead": {
        "text": "Kent",
        "place": Place("Kent", "county", "Kent", (), "", ("Nothing in force on",)),
        "include": Include.of("shadow"),
    },
    "services_of_place": {"place": PLACE},
    "services_by_rule": {},
    "marked_place": {"within": PLACE},
    "known_postcode": {"postcode": "CT91AA"},
    "postcodes_on": {"body": lambda store: store.entities(ids=["practice:G82064"])[0]},
    "qualifier_of": {"text": "Kent"},
    "ranked": {"text": "NHS Kent"},
    "readings_of": {"name": "Kent"},
    "relations_of": {"wanted": {BODY, "at:Q67"}, "view": "membership"},
    "resolve": {"text": "NHS Kent"},
    "scope_of": {"text": PLACE},
    "scopes_of": {"text": PLACE},
    "search": {"text": "kent"},
    "show": {"text": BODY},
    "show_registered": {"text": BODY},
    "place_registered": {"text": BODY},
    "rows_of": {"named": [], "release": None},
    "standing_so": {"bodies": [BODY], "start": ("CT9 ", False)},
    "beside_registered": {"typed": "pharmacy"},
    "in_use_within": {"outcode": "CT9"},
    "not_recorded_notes": {},
    "practice_of": {"text": "G82064"},
    "list_registered": {"sort": "pharmacy"},
    "also_registered": {"code": "5QA"},
    "since_not_known": {"kind": "ccg", "include": Include.of("shadow")},
    "snapshot": {},
    "council_of_letters": {"text": "KEN", "body": body},
    "later_name_note": {"text": "NHS Kent", "body": body},
    "body_by_id": {"body": body, "text": BODY},
    "commissioners_having": {"read": read_name("NHS Thanet")},
    "districts_inside": {"areas": AREAS},
    "longer_in_force": {"name": "NHS Kent", "bodies": {}, "ended": {}},
    "status_notes": {"body": body, "include": Include.of("shadow")},
    "undated_of_place": {"areas": AREAS, "include": Include.of("shadow")},
    "stand_there": {"text": "Thanet"},
    "standing_place": {"body": lambda store: store.entities(ids=["practice:G82064"])[0]},
    "stated": {},
    "structure": {},
    "successors_on": {"body_id": "pct:5QA"},
    "weigh": {"text": "NHS Kent", "pool": []},
    "what": {"text": BODY},
    "who": {"service": "health visiting", "place": PLACE},
    "why_not_standing": {"body": body},
    "due": {},
    "process": {},
    "case": {},
    "CaseBook": {},
    "beyond_notes": {},
    "outlined_on": {},
    "board": {"text": "hwb"},
    "check_members": {"text": "hwb", "members": []},
    "England": {},
    "Following": {},
    "Annotator": {},
    "setting_of": {"chains": Chains, "text": PLACE},
    "setting_of_area": {"chains": Chains, "place": Place("M", "town", "M", (("area:E01000001", 1.0),))},
    "Handovers": {"across": "2013-03-31"},
    "rollup": {"rows": [RatingRow("r:2", "pct:5QA", "", "red")], "to": "sha"},
}
"""What each question is asked beside days and kinds; what is a function makes it from the store."""

VALUES = {"kind": "ccg", "kinds": "ccg", "of_kinds": "ccg", "from_kind": "ccg", "to_kind": "ccg"}


def entrances() -> Iterator[tuple[str, Callable[..., Any], list[str], list[str]]]:
    """Every public function and class of the questions that takes a store, with the days and kinds it takes."""
    for found in pkgutil.walk_packages(orgmap.queries.__path__, "orgmap.queries."):
        module = importlib.import_module(found.name)
        for name, one in vars(module).items():
            if name.startswith("_") or getattr(one, "__module__", "") != module.__name__ or not callable(one):
                continue
            try:
                taken = inspect.signature(one).parameters
            except (TypeError, ValueError):
                continue
            days, kinds = [p for p in taken if p in DAY], [p for p in taken if p in KIND]
            if {"store", "chains"} & taken.keys() and (days or kinds) and ("store" in taken or name in ASKED):
                yield name, one, days, kinds


def asked(store: Store, name: str, one: Callable[..., Any], given: dict[str, Any]) -> str:
    """What a question answers, or what it refuses with, in words to compare."""
    taken = inspect.signature(one).parameters
    told = {key: value(store) if callable(value) else value for key, value in ASKED[name].items()}
    filled = {key: VALUES[key] for key in KIND & taken.keys() if taken[key].default is inspect._empty}
    if name == "horizon_notes":
        filled["kinds"] = ["ccg"]
    for key in DAY & taken.keys() - given.keys():
        if taken[key].default is inspect._empty:
            filled[key] = (OTHER_DAY, OTHER_DAY) if key == "days" else OTHER_DAY
    start = {"store": store} if "store" in taken else {}
    try:
        answer = one(**start, **{**filled, **told, **given})
    except WrongUse:
        raise
    except OrgmapError as error:
        return f"{type(error).__name__}: {error} {getattr(error, 'candidates', '')}"
    if hasattr(answer, "edges"):
        return repr((sorted(answer.nodes), sorted(answer.edges)))
    if isinstance(answer, Iterator):
        return repr(list(answer))
    return re.sub(r" at 0x[0-9a-f]+", "", repr(answer)) + str(getattr(answer, "_to_day", ""))


def test_every_question_is_listed_here():
    assert {name for name, *_ in entrances()} - ASKED.keys() == set()


def test_a_day_is_that_day_however_it_is_written(build):
    store = build(KENT_THROUGH_TIME)
    for name, one, days, _ in entrances():
        for day in days:
            both = (lambda d: (d, OTHER_DAY)) if day == "days" else (lambda d: d)
            wanted = asked(store, name, one, {day: both("2013-03-31")})
            for written in SPELLINGS:
                assert asked(store, name, one, {day: both(written)}) == wanted, (name, day, written)


def test_what_is_no_day_is_refused_by_every_question(build):
    store = build(KENT_THROUGH_TIME)
    for name, one, days, _ in entrances():
        optional = {d for d in days if inspect.signature(one).parameters[d].default is None}
        for day in days:
            for nonsense in NONSENSE:
                if nonsense == "" and day in optional:
                    continue  # blank: no day was asked for
                given = {day: (nonsense, OTHER_DAY) if day == "days" else nonsense}
                with pytest.raises(WrongUse, match=r"not a date|no day"):
                    pytest.fail(f"{name}({day}={nonsense!r}) answers {asked(store, name, one, given)[:200]}")


def test_a_mistyped_kind_is_refused_by_every_question_with_the_nearest_kinds(build):
    store = build(KENT_THROUGH_TIME)
    for name, one, _, kinds in entrances():
        for kind in kinds:
            wrong: Any = ["cgc"] if name == "horizon_notes" else "cgc"
            with pytest.raises(WrongUse, match=r"“cgc” is not a kind of body\. Did you mean .*ccg"):
                pytest.fail(f"{name}({kind}='cgc') answers {asked(store, name, one, {kind: wrong})[:200]}")


def test_a_kind_may_be_said_by_its_prefix_its_name_or_its_words(build):
    store = build(KENT_THROUGH_TIME)
    wanted = list_bodies(store, "clinical_commissioning_group", "2013-06-01")
    assert wanted["bodies"]
    for written in ("ccg", "CCGs", "Clinical commissioning group", "clinical commissioning groups"):
        assert list_bodies(store, written, "2013-06-01") == wanted
    assert chosen_kinds(["ccg", "clinical_commissioning_group"]) == {"clinical_commissioning_group"}


def test_the_answer_is_never_for_another_era(build):
    store = build(KENT_THROUGH_TIME)
    [commissioner] = [
        one["id"] for one in find(store, PLACE, "2013-3-31")["bodies"] if one["role"] == "commissioner"
    ]
    assert commissioner == "pct:5QA"
    days = [snapshot(store, day) for day in ("2013-04-01", "1 April 2013", date(2013, 4, 1))]
    assert len({(len(day), day.size(), day.graph["at"]) for day in days}) == 1
    assert days[0].size()


def test_of_a_month_or_a_year_the_first_day_that_the_tables_know_is_taken_and_said():
    assert [day_of(one) for one in ("April 2013", "2013", "1999", "1999/2000")] == [
        "2013-04-01",
        "2013-01-01",
        "1999-04-01",
        "1999-04-01",
    ]
    assert more_than_a_day("2013-04") == (
        "“2013-04” is more than a day: 2013-04-01, its first day that the tables know, is taken."
    )
    assert more_than_a_day("1 April 2013") == more_than_a_day(date(2013, 4, 1)) == ""


def test_rows_of_a_table_are_answered_for_the_day_however_it_is_written(build):
    annotator = Annotator(build(KENT_THROUGH_TIME))
    rows = [list(annotator.rows([[PLACE]], 0, written, to_day=written)) for written in SPELLINGS]
    assert all(row == rows[0] for row in rows)
    assert rows[0][0][1] == "pct:5QA"


def test_a_status_that_there_is_not_is_refused():
    assert Include.of("shadow") == Include.of(["shadow"]) == Include.of(("in_force", "shadow"))
    with pytest.raises(WrongUse, match="“shadowy” is not a known status"):
        Include.of(["shadowy"])
