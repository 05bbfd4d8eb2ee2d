"""The page's answers are the command's: thousands of questions asked of both, in node and in Python."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

import orgmap
from orgmap.graphmodel.dates import today
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.listed import Power, Seat
from orgmap.graphmodel.plans.cases import CaseEvent
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds
from orgmap.viz.explorer.boards import power_text, seat_text
from orgmap.viz.explorer.cases import event_text
from orgmap.viz.explorer.columns import Json
from tests.viz.explorer import Model, built

PAIRS = 2_000
QUESTIONS = Path(__file__).with_name("explorer_questions.json")
"""Questions as people type them, each with the addresses of the views that are offered; null where nothing is read."""
SEED = 20_261_127
DAYS = "2013-03-31 2013-04-01 2012-10-01 2020-04-01 2022-07-01 2026-04-01 2015-10-01 2010-04-01 2019-04-01".split()
"""Days on which much changed, or the day before."""

NONE_ASKED: list[str] = []
INCLUDED = {"planned": ["planned"], "proposed": ["proposed"], "both": ["planned", "proposed"]}

MISREAD = ", West Suffolk ("
"""Places of a council that bears a commissioning group's name, which the command reads before the council began."""


@pytest.fixture(scope="module")
def model(parts: dict[str, Json], tmp_path_factory: pytest.TempPathFactory) -> Model:
    """The model with the data of the real graph."""
    script = built(tmp_path_factory.mktemp("script"))
    return Model(tmp_path_factory.mktemp("parts"), parts, script)


@pytest.fixture(scope="module")
def graph(england: Store) -> Iterator[orgmap.Graph]:
    """The same graph for Python."""
    with orgmap.open() as found:
        yield found


def some_places(model: Model, count: int) -> list[str]:
    """Named places, outcodes, practices and bodies with an area."""
    chance = random.Random(SEED + count)
    names = [one for one in model.places() if MISREAD not in one]
    main = model.parts["main"]
    with_roles = {
        number for number, kind in enumerate(kinds().values()) if kind.roles and kind.reach != "lists"
    }
    bodies = [
        one
        for one, kind in zip(main["bodies"]["id"], main["bodies"]["kind"], strict=True)
        if kind in with_roles
    ]
    practices = model.parts["practices"]["bodies"]["id"]
    sorts = [names, names, model.parts["places"]["outcodes"]["name"], practices, bodies]
    return [chance.choice(chance.choice(sorts)) for _ in range(count)]


def some_days(count: int, first: date, last: date) -> list[str]:
    chance = random.Random(SEED)
    between = (last - first).days
    any_day = [(first + timedelta(chance.randrange(between))).isoformat() for _ in range(count)]
    return [chance.choice(DAYS) if first.year < 2026 and chance.random() < 0.3 else day for day in any_day]


def found(graph: orgmap.Graph, question: dict[str, Any], include: list[str]) -> list[tuple[Any, ...]]:
    """What the command answers, as the page tells it; nothing where it finds nothing."""
    try:
        bodies = graph.find(question["place"], question["at"], include=include)
    except OrgmapError:
        return []
    return [
        (
            body["role"],
            body["id"],
            body["name"] or f"{kinds()[body['kind']].label} {body['id'].partition(':')[2]} (name not known)",
            body["valid_from"],
            body["valid_until"],
            body.get("share", 1),
            body["basis"],
            body.get("note", ""),
        )
        for body in bodies
    ]


def who(graph: orgmap.Graph, question: dict[str, Any], include: list[str]) -> list[dict[str, Any]]:
    try:
        answers = graph.who(question["service"], question["place"], question["at"], include=include)
    except OrgmapError:
        return []
    return [
        {
            "commissioner": one["commissioner"]["id"],
            "through": [other["id"] for other in one["acting_through"]],
            "accountable": [
                one["legally_accountable"]["id"],
                *(other["id"] for other in one.get("also_accountable", ())),
            ],
            "behalf": [other["id"] for other in one["on_behalf_of"]],
            "supported": [other["id"] for other in one["supported_by"]],
            "population": one["population"],
            "basis": one["basis"],
            "status": one["status"],
            "share": one.get("share", 1),
            "from": one["fact"]["valid_from"],
            "until": one["fact"]["valid_until"],
            "notes": one.get("notes", []),
            "sources": [source["source"] for source in one["fact"]["sources"]],
        }
        for one in answers
    ]


def told_by_page(answer: Any) -> list[tuple[Any, ...]]:
    """What the page tells of a place; nothing where it refuses."""
    fields = ("role", "id", "name", "valid_from", "valid_until", "share", "basis", "note")
    return (
        [] if isinstance(answer, str) else [tuple(body[name] for name in fields) for body in answer["bodies"]]
    )


def test_two_thousand_places_on_any_days_have_the_bodies_that_find_tells(
    model: Model, graph: orgmap.Graph
) -> None:
    days = some_days(PAIRS, date(2010, 1, 1), date(2026, 11, 27))
    asked = [
        {"ask": "find", "place": place, "at": day}
        for place, day in zip(some_places(model, PAIRS), days, strict=True)
    ]
    answers = model.answers(asked)
    wrong = [
        (question, told_by_page(answer), expected)
        for question, answer in zip(asked, answers, strict=True)
        if told_by_page(answer) != (expected := found(graph, question, NONE_ASKED))
    ]
    assert wrong[:3] == []


@pytest.mark.parametrize("level", INCLUDED)
def test_days_to_come_are_told_with_the_plans_that_are_included(
    model: Model, graph: orgmap.Graph, level: str
) -> None:
    days = some_days(300, date(2026, 6, 1), date(2028, 5, 1))
    include = {"planned": level != "proposed", "proposed": level != "planned"}
    asked = [
        {"ask": "find", "place": place, "at": day, "include": include}
        for place, day in zip(some_places(model, 300), days, strict=True)
    ]
    wrong = [
        (question, told_by_page(answer), expected)
        for question, answer in zip(asked, model.answers(asked), strict=True)
        if told_by_page(answer) != (expected := found(graph, question, INCLUDED[level]))
    ]
    assert wrong[:3] == []


def test_two_thousand_services_in_places_have_the_commissioners_that_who_tells(
    model: Model, graph: orgmap.Graph
) -> None:
    chance = random.Random(SEED)
    services = model.parts["main"]["services"]["id"]
    days = some_days(PAIRS, date(2010, 1, 1), date(2026, 11, 27))
    asked = [
        {"ask": "who", "service": chance.choice(services), "place": place, "at": day}
        for place, day in zip(some_places(model, PAIRS), days, strict=True)
    ]
    wrong = []
    for question, answer in zip(asked, model.answers(asked), strict=True):
        page = [] if isinstance(answer, str) else answer[0]["answers"]
        expected = who(graph, question, NONE_ASKED)
        if page != expected:
            wrong.append((question, page, expected))
    assert wrong[:3] == []


def test_bodies_answer_to_whom_the_command_says_and_commission_what_it_says(
    model: Model, graph: orgmap.Graph
) -> None:
    chance = random.Random(SEED)
    main = model.parts["main"]["bodies"]
    lists = {number for number, kind in enumerate(kinds().values()) if kind.reach == "lists"}
    bodies = [one for one, kind in zip(main["id"], main["kind"], strict=True) if kind not in lists]
    days = some_days(300, date(2000, 1, 1), date(2026, 11, 27))
    pairs = [(chance.choice(bodies), day) for day in days]
    asked = [
        {"ask": ask, "body": body, "at": day} for body, day in pairs for ask in ("answers_to", "commissions")
    ]
    answers = iter(model.answers(asked))
    for body, day in pairs:
        steps, services = next(answers), next(answers)
        try:
            told = graph.answers_to(body, day).to_dict()
            rows = [*(row for chain in told["chains"] for row in chain), *told["others"]]
            expected = {row["sentence"] for row in rows}
            doing = [row for row in graph.what(body, day) if row.get("service")]
        except OrgmapError:
            continue
        page = {step["text"] for step in steps}
        for sentence in expected:
            assert any(text.startswith(sentence) for text in page), (body, day, sentence)
        for text in page:
            assert any(text.startswith(sentence) for sentence in expected), (body, day, text)
        assert sorted(
            (row["service"]["id"], row["basis"], row["population"], row["holds"]) for row in doing
        ) == sorted((row["service"], row["basis"], row["population"], row["holds"]) for row in services), (
            body,
            day,
        )


def test_who_sits_on_a_body_s_boards_and_what_they_may_do_is_what_the_command_says(
    model: Model, england: Store, graph: orgmap.Graph
) -> None:
    texts = {row.id: seat_text(row) for row in england.listed(Seat)}
    texts |= {row.id: power_text(row) for row in england.listed(Power)}
    pairs = [
        ("hwb:E06000035", "2019-09-10"), ("hwb:E10000016", "2019-09-10"), ("ccg:10E", "2013-04-01"),
        ("ccg:91Q", "2022-06-30"), ("icb:QKS", "2026-06-01"), ("pct:5QA", "2012-06-01"),
    ]  # fmt: skip
    for (body, day), page in zip(
        pairs, model.answers([{"ask": "boards", "body": body, "at": day} for body, day in pairs]), strict=True
    ):
        told = graph.board(body, at=day).to_dict()["boards"]
        own = [one for one in told if one["body"] is None or one["body"]["id"] == body]
        expected = [texts[row["id"]] for one in own for part in ("seats", "powers") for row in one[part]]
        assert sorted(page) == sorted(expected), (body, day)


def test_what_became_of_a_body_s_applications_is_what_the_command_says(
    model: Model, england: Store, graph: orgmap.Graph
) -> None:
    texts = {one.id: event_text(one) for one in england.listed(CaseEvent)}
    bodies = ["ccg:09W", "ccg:91Q", "ccg:03R", "icb:QOX", "csu:0AM", "ccg:00K", "icb:QKS"]
    asked = [{"ask": "cases", "body": body, "at": "2013-06-01"} for body in bodies]
    for body, page in zip(bodies, model.answers(asked), strict=True):
        try:
            cases = graph.case(body, include=("planned", "proposed")).to_dict()["cases"]
        except orgmap.NothingFound:
            cases = []
        assert sorted(page) == sorted(
            [one["name"], one["outcome_words"], [texts[event["id"]] for event in one["events"]]]
            for one in cases
        ), body


def test_what_a_body_has_to_do_stands_there_as_the_command_tells_it(
    model: Model, graph: orgmap.Graph
) -> None:
    pairs = [
        ("pctc:kent_and_medway", "2012-08-15"), ("ccg:09W", "2019-10-01"), ("icb:QPM", "2026-11-27"),
        ("national:nhs_england", "2026-06-01"), ("ccg:10E", "2018-06-01"),
    ]  # fmt: skip
    for (body, day), page in zip(
        pairs, model.answers([{"ask": "due", "body": body, "at": day} for body, day in pairs]), strict=True
    ):
        here = {body, graph.show(body).to_dict()["body"]["kind"]}
        a_year_before = f"{int(day[:4]) - 1}{day[4:]}"
        expected = [
            [one["id"], one["state"]]
            for one in graph.due(at=day)
            if one["due"]
            and one["due"] >= a_year_before
            and here & {part["id"] for part in (*one["owner"], *one["beside"])}
        ]
        assert sorted(page) == sorted(expected), (body, day)
        assert page or body == "ccg:10E"


def test_the_councils_of_a_body_are_those_within_it_and_its_sources_those_that_show_tells(
    model: Model, graph: orgmap.Graph
) -> None:
    bodies = [
        *("icb:S9B9J", "icb:QOQ", "icb:QKS", "ccg:10E", "ccg:91Q", "ccg:06L", "pct:5QA", "pct:5QE"),
        *("stp:QKS", "at:Q67", "sha:Q37", "practice:G82064"),
    ]
    days = ["2026-06-01", "2023-06-01", "2016-06-01", "2012-06-01"]
    asked = [{"ask": "councils", "body": body, "at": day} for body in bodies for day in days]
    councils = [kind for kind, known in kinds().items() if "local_authority" in known.traits]
    for question, answer in zip(asked, model.answers(asked), strict=True):
        page = {(one["kind"], *row) for one in answer for row in one["rows"]}
        expected = set()
        for kind in councils if page else ():
            rows = graph.list(kind, question["at"], within=question["body"])
            expected |= {(row["kind"], row["id"], row.get("share", 1)) for row in rows}
        assert page == expected, question
    shown = model.answers([{"ask": "sources", "body": body, "at": days[0]} for body in bodies])
    for body, page_sources in zip(bodies, shown, strict=True):
        told = graph.show(body, "2016-06-01").to_dict()["sources"]
        assert set(page_sources) == {one["source"] for one in told}, body


def test_a_question_is_read_and_the_views_that_answer_it_are_offered(model: Model) -> None:
    now = date.fromisoformat(today())
    april = date(now.year if now.month < 4 else now.year + 1, 4, 1).isoformat()
    table = QUESTIONS.read_text(encoding="utf-8").replace("NEXT APRIL", april)
    questions: dict[str, list[str] | None] = json.loads(table)
    answers = model.answers([{"ask": "reading", "text": question} for question in questions])
    for (question, wanted), read in zip(questions.items(), answers, strict=True):
        views = read and [unquote_plus(view) for view in read["views"]]
        assert views == wanted, (question, read)
    said = dict(zip(questions, (read and read["said"] for read in answers), strict=True))
    assert said["Which board was Glossop's in 2021 and 2023?"] == (
        "I read: place Glossop; days 2021 (from 1 January 2021 on) and 2023 (from 1 January 2023 on)."
    )
    assert said["Who commissions in Swansea and Bristol?"] == (
        "I read: place Bristol. “Swansea” is not in England: a place of that name is in Wales."
    )


def test_what_is_suggested_says_its_days_and_lists_of_patients_come_last(model: Model) -> None:
    (thanet, woking, cardiff) = model.answers(
        [{"ask": "search", "text": text} for text in ("NHS Thanet CCG", "Woking", "Cardiff")]
    )
    assert thanet[0]["described"] == "clinical commissioning group, 1 April 2013 to 31 March 2020"
    for hits in (woking, cardiff):
        lists = [hit["described"].startswith("prescribing cost centre") for hit in hits]
        assert lists == sorted(lists), hits
    assert any(lists), cardiff


def test_a_kind_has_the_bodies_of_the_list_and_the_areas_of_the_map(
    model: Model, graph: orgmap.Graph
) -> None:
    from orgmap.queries.structure.boundaries import area_map, layers

    asked, expected = [], []
    for layer in layers():
        asked.append({"ask": "list", "kind": layer.kind, "at": layer.valid_from})
        expected.append({(one["id"], one["name"]) for one in graph.list(layer.kind, layer.valid_from)})
        asked.append({"ask": "layer", "kind": layer.kind, "at": layer.valid_from})
        expected.append({area.body.id for area in area_map(graph.store, layer.valid_from, layer.kind).areas})
    for question, answer, wanted in zip(asked, model.answers(asked), expected, strict=True):
        page = answer if question["ask"] == "list" else answer["areas"]
        ids = {(one["id"], one["name"]) if question["ask"] == "list" else one["id"] for one in page}
        assert ids == wanted, question


def test_the_sentence_on_top_counts_who_gave_way_to_whom(model: Model) -> None:
    ccg, icb = "clinical_commissioning_group", "integrated_care_board"
    asked = [
        {"ask": "headline", "kind": ccg, "at": "2013-04-01"},
        {"ask": "headline", "kind": ccg, "at": "2013-03-31", "and": "2013-04-01"},
        {"ask": "headline", "kind": icb, "at": "2026-04-01"},
        {"ask": "headline", "kind": icb, "at": "2024-06-01"},
        {"ask": "headline", "kind": icb, "at": "2024-06-01", "and": "2025-06-01"},
    ]
    assert model.answers(asked) == [
        "On 1 April 2013, 151 primary care trusts gave way to 211 clinical commissioning groups.",
        "On 1 April 2013, 151 primary care trusts gave way to 211 clinical commissioning groups.",
        "On 1 April 2026, 12 integrated care boards gave way to 6 new ones; there were then 36 integrated care boards.",
        "On 1 June 2024 England had 42 integrated care boards.",
        "Between 1 June 2024 and 1 June 2025 nothing changed among 42 integrated care boards.",
    ]
