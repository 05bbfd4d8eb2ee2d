"""The record that answers a question says what the documents say, and nothing more.

The eighty shared questions (`values.yaml`), more of the same kinds over other lines (`own.yaml`) and questions on what
is to come (`ahead.yaml`), each asked word for word; the values were typed from the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from orgmap.graphmodel.store import Store
from orgmap.loaders.open import open_store
from orgmap.queries.records.facts import Facts
from orgmap.queries.records.record import record
from tests.questions.records import expected, has_all, said, wanted
from tests.questions.test_questions import QUESTIONS
from tests.sampled import some

ASKED = {question["id"]: question["question"] for question in QUESTIONS}
SHARED = expected("values.yaml")
OWN = expected("own.yaml")
AHEAD = expected("ahead.yaml")
FRESH = expected("fresh.yaml")
NEAR = some(expected("near.yaml"))
"""Every third of these; `make truth` asks all."""

BLIND = expected("blind.yaml")

LESS = {"N14", "N18", "N21", "N28", "N39", "N41", "N44", "N52", "N53", "N54", "N57", "P09",
        "S10", "S14", "S15", "S28"}  # fmt: skip
"""Fresh questions that are answered with less than is stated, or with more than was asked."""

LESS_NEAR = {"G044", "G050", "G052", "G058", "T06", "T18", "T32", "T37", "T50", "T53", "T65", "T69", "T73", "T104",
             "T123", "T126"}  # fmt: skip
"""Of the questions near to what is stated those that are answered with less."""

LESS_BLIND = {"B09", "B11", "B12", "B19", "B20", "B21", "B22", "B23", "B24", "B26", "B29", "B30", "B38", "B43",
              "B48", "B57", "B58", "B59", "B60", "B63", "B66", "B72", "B74", "B77", "B78", "B79", "B80", "B81",
              "B84", "B85", "B91", "B92", "B95", "B100", "B110"}  # fmt: skip
"""Of the questions that were written blind those that are answered with less than is stated."""

NOT_READ = {"O64"}
"""Questions that are answered with less than the documents say, and none of them with something else."""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """The graph of the tables."""
    with open_store() as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(store: Store) -> Facts:
    """What questions are answered from, read once."""
    return Facts(store)


def is_silent(found: dict[str, Any]) -> bool:
    """Whether a record says that nothing is stated."""
    return found["verdict"] in ("not_stated", "nothing_near")


def has_it(answer: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether a record says what is stated: yes or no, and every value."""
    return found["yes_no"] == answer.get("yes_no") and not is_silent(found) and has_all(answer, found)


def test_there_are_eighty_shared_questions_sixty_of_our_own_and_twenty_on_what_is_to_come() -> None:
    assert [answer["id"] for answer in SHARED] == list(ASKED)
    assert len(OWN) >= 60
    assert len(AHEAD) >= 20


@pytest.mark.parametrize("answer", SHARED, ids=lambda answer: answer["id"])
def test_a_shared_question_has_the_value_that_is_expected_and_no_other(
    answer: dict[str, Any], store: Store, facts: Facts
) -> None:
    found = record(store, ASKED[answer["id"]], facts=facts)
    assert found is not None
    assert said(found) == wanted(answer)


@pytest.mark.parametrize("answer", [*OWN, *AHEAD], ids=lambda answer: answer["id"])
def test_a_question_of_the_same_kinds_has_its_value(
    answer: dict[str, Any], store: Store, facts: Facts
) -> None:
    found = record(store, answer["question"], facts=facts)
    assert found is not None
    if answer["id"] in NOT_READ:
        assert is_silent(found)
        return
    assert (found["verdict"], found["yes_no"]) == (answer["verdict"], answer.get("yes_no"))
    if "parts" in answer and not any(isinstance(part.get("items"), int) for part in answer["parts"]):
        assert said(found) == wanted(answer)
    for part in answer.get("parts", []):
        if isinstance(part.get("items"), int):
            assert [len(one["items"]) for one in found["parts"]] == [part["items"]]


@pytest.mark.parametrize("answer", FRESH, ids=lambda answer: answer["id"])
def test_a_fresh_question_is_answered_or_is_known_not_to_be(
    answer: dict[str, Any], store: Store, facts: Facts
) -> None:
    found = record(store, answer["question"], facts=facts)
    assert found is not None
    holds = (found["verdict"], found["yes_no"]) == (answer["verdict"], answer.get("yes_no")) and has_all(
        answer, found
    )
    assert holds is (answer["id"] not in LESS)


@pytest.mark.parametrize("answer", NEAR, ids=lambda answer: answer["id"])
def test_a_question_near_to_what_is_stated_is_answered_only_with_what_is_stated(
    answer: dict[str, Any], store: Store, facts: Facts
) -> None:
    found = record(store, answer["question"], facts=facts)
    assert found is not None
    if answer["verdict"] == "not_stated":
        assert is_silent(found)
        assert found["yes_no"] is None
        return
    holds = has_it(answer, found)
    assert holds is (answer["id"] not in LESS_NEAR)
    assert holds or is_silent(found) or (answer.get("yes_no") and found["yes_no"] is None)


@pytest.mark.parametrize("answer", BLIND, ids=lambda answer: answer["id"])
def test_a_question_written_blind_is_answered_or_is_known_not_to_be(
    answer: dict[str, Any], store: Store, facts: Facts
) -> None:
    found = record(store, answer["question"], facts=facts)
    assert found is not None
    if answer["verdict"] == "not_stated":
        assert is_silent(found)
        assert found["yes_no"] is None
        return
    holds = has_it(answer, found)
    assert holds is (answer["id"] not in LESS_BLIND)
    less = (
        is_silent(found) or found["verdict"] == "partly" or (answer.get("yes_no") and found["yes_no"] is None)
    )
    assert holds or bool(less) is (answer["id"] in LESS_BLIND)


@pytest.mark.parametrize("answer", [*SHARED, *OWN], ids=lambda answer: answer["id"])
def test_a_value_is_cited_with_its_document_and_line(
    answer: dict[str, Any], store: Store, facts: Facts
) -> None:
    found = record(store, ASKED.get(answer["id"]) or answer["question"], facts=facts)
    assert found is not None
    if found["verdict"] in ("stated", "derived", "contradicted", "partly"):
        lines = {
            f"{number}:{line}" for one in found["evidence"] for number in (one["document"] or "").split()
            for line in one["lines"]
        }  # fmt: skip
        assert lines
        assert not answer["lines"] or lines & set(answer["lines"])


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Which CCG covers Dover?", "not_stated"),
        ("which ccg covers dover", "not_stated"),
        ("Who chairs the moderation panel?", "not_stated"),
        ("What is the capital of France?", "nothing_near"),
        ("How high is the Eiffel Tower?", "nothing_near"),
    ],
)
def test_what_is_not_stated_and_what_is_far_away_differ(question: str, verdict: str, store: Store) -> None:
    found = record(store, question)
    assert found is not None
    assert found["verdict"] == verdict


def test_where_the_documents_do_not_say_the_tables_are_asked(store: Store) -> None:
    found = record(store, "Which CCG covers Dover?")
    assert found is not None
    assert [body["id"] for body in found["tables"]["bodies"]] == ["ccg:10A"]
    took_over = record(store, "Who succeeds NHS Medway CCG?")
    assert took_over is not None
    assert [body["id"] for body in took_over["tables"]["bodies"]] == ["ccg:91Q"]
    to_come = record(store, "Who succeeds NHS England?")
    assert to_come is not None
    assert (
        "is planned to pass in 2027-04 to Department of Health and Social Care" in to_come["tables"]["text"]
    )
    assert record(store, "public health budgets") is None


def test_one_document_alone_may_be_asked(store: Store) -> None:
    found = record(store, "Who assures local health plans?", "004")
    assert found is not None
    assert {one["document"] for one in found["evidence"]} == {"004"}
