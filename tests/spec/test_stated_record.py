"""What answers a question in words: each value that was asked, its verdict, its lines; nothing that was not stated."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.known import KnownStore
from orgmap.queries.records.answer import answered
from orgmap.queries.records.record import record
from tests.spec.test_stated import BODIES, CCG, SHA, said

PAPER = BODIES + "".join(
    (
        said(
            "001-1-1", "service", "Dental care is commissioned by the board.", subject="national:nhs_england"
        ),
        said("001-2-1", "rule", "The conditions panel meets every fortnight.", subject="conditions panel"),
        said("001-3-1", "number", "North has 9 offices.", subject="North", value="9", unit="offices"),
        said("001-4-1", "number", "South has 7 offices.", subject="South", value="7", unit="offices"),
        said("001-5-1", "number", "East has 4 offices.", subject="East", value="4", unit="offices"),
        said("001-6-1", "not_stated", "Who chairs the conditions panel.", subject="conditions panel"),
        said("001-7-1", "rule", "CCGs are to be statutory.", subject=CCG, status="planned"),
        said(
            "001-8-1",
            "milestone",
            "SHAs must settle debts.",
            subject=SHA,
            due="2012-06-30",
            part="Q1 2012/13",
        ),
        said(
            "001-9-1", "milestone", "SHAs must hand over.", subject=SHA, due="2012-10-31", part="Q3 2012/13"
        ),
    )
)

VALUES = """

observations
id             | statement | measure | of | bodies
001-1-1 who    | 001-1-1   | who     | commissions | national:nhs_england

observations
id             | statement | measure | text
001-1-1 limit  | 001-1-1   | limit   | most of it
001-2-1 often  | 001-2-1   | often   | every fortnight

observations
id              | statement | measure | of | answer
001-7-1 whether | 001-7-1   | whether | CCGs are statutory | no

observations
id           | statement | measure | due_on | due_sense | due_precision
001-7-1 when | 001-7-1   | when    | 2013-04-01 | from | month
"""


@pytest.fixture
def store(build: Any) -> Any:
    """A paper of a few sentences, with the values that some of them give."""
    return build(PAPER + VALUES)


def asked(store: Any, question: str) -> dict[str, Any]:
    """The record of a question."""
    found = record(store, question)
    assert found is not None
    return found


def test_a_question_gets_the_value_and_its_limit_and_nothing_else(store: Any) -> None:
    found = asked(store, "Who commissions dental care?")
    assert found["verdict"] == "stated"
    assert [one.get("bodies", one.get("text")) for one in found["parts"]] == [
        [{"id": "national:nhs_england", "name": "NHS England"}],
        "most of it",
    ]
    assert [one["id"] for one in found["evidence"]] == ["001-1-1"]


def test_each_part_of_a_question_has_its_own_answer_and_what_is_left_open_is_not_stated(store: Any) -> None:
    found = asked(store, "How often does the conditions panel meet, and who chairs the conditions panel?")
    assert found["verdict"] == "partly"
    assert [one.get("text") or one.get("not_stated") for one in found["parts"]] == ["every fortnight", True]


def test_yes_or_no_comes_with_what_belongs_to_it(store: Any) -> None:
    found = asked(store, "Are CCGs statutory?")
    assert (found["verdict"], found["yes_no"]) == ("stated", "no")
    assert [(one["day"], one["sense"]) for one in found["parts"]] == [("2013-04-01", "from")]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Which part has the most offices?", ["North", 9]),
        ("How many offices do North and East have together?", [13]),
        ("How many more offices has North than South?", [2]),
        ("What is the average number of offices?", [6.7]),
    ],
)
def test_numbers_that_are_printed_are_reckoned_with_and_called_derived(
    store: Any, question: str, values: list[Any]
) -> None:
    found = asked(store, question)
    assert found["verdict"] == "derived"
    assert [one.get("text", one.get("number")) for one in found["parts"]] == values


def test_steps_are_counted_by_who_has_to_take_them_and_by_quarter(store: Any) -> None:
    assert asked(store, "How many milestones must SHAs meet?")["parts"][0]["number"] == 2
    assert asked(store, "How many milestones must SHAs meet in Q1 2012/13?")["parts"][0]["number"] == 1


def test_what_is_far_from_the_documents_is_not_called_not_stated(store: Any) -> None:
    assert asked(store, "What is the capital of France?")["verdict"] == "nothing_near"
    assert record(store, "dental care") is None


def test_what_was_said_later_was_not_known(store: Any) -> None:
    early = KnownStore(store, "2011-07-01")
    assert asked(early, "Who commissions dental care?")["verdict"] in ("not_stated", "nothing_near")


def test_fields_choose_sentences_and_ask_no_question(store: Any) -> None:
    assert answered(store, "Who commissions dental care?", topic="service")["record"] is None
