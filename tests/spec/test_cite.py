"""Who says so: a reference for a fact, a body, a change or a source."""

from __future__ import annotations

import pytest

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Source
from orgmap.queries.citing import cite, list_sources, reference
from tests.kent import KENT_THROUGH_TIME


@pytest.mark.parametrize(
    ("text", "statement", "references"),
    [
        (
            "ccg:10E member_of stp:QKS",
            "NHS Thanet CCG is a member of Kent STP",
            ["Drawn for the test."],
        ),
        ("ccg:10E", "NHS Thanet CCG (ccg:10E)", ["Drawn for the test."]),
        (
            "reform:2013",
            "Reform of 2013 (reform:2013)",
            ["UK Parliament, Health and Social Care Act 2012. https://example.org/act (OGL v3)"],
        ),
        (
            "reform",
            "2013-04-01: replaced",
            ["UK Parliament, Health and Social Care Act 2012, s. 34. https://example.org/act (OGL v3)"],
        ),
        (
            "act",
            "Health and Social Care Act 2012",
            ["UK Parliament, Health and Social Care Act 2012. https://example.org/act (OGL v3)"],
        ),
        ("boards", "2022-07-01: replaced", ["Not verified against a source."]),
    ],
)
def test_a_fact_a_body_a_change_and_a_source_have_their_reference(build, text, statement, references):
    assert cite(build(KENT_THROUGH_TIME), text) == {
        "query": text,
        "statement": statement,
        "references": references,
    }


@pytest.mark.parametrize("text", ["ccg:10E member_of icb:QKS", "stp:QKS member_of ccg:10E", "Atlantis", ""])
def test_what_the_graph_does_not_state_has_none(build, text):
    with pytest.raises(NothingFound):
        cite(build(KENT_THROUGH_TIME), text)


def test_a_code_of_two_bodies_is_ambiguous(build):
    with pytest.raises(Ambiguous):
        cite(build(KENT_THROUGH_TIME), "QKS")


def test_every_source_is_listed_with_its_licence(build):
    told = list_sources(build(KENT_THROUGH_TIME))
    assert [(one["id"], one["licence"], one["verified"]) for one in told] == [
        ("act", "OGL v3", "yes"),
        ("drawn", "", "yes"),
        ("memory", "", "no"),
    ]


def test_a_reference_says_as_of_when():
    source = Source("x", "Practices", "NHS Digital", as_of="2020-04-01")
    assert reference(source, "row 3") == "NHS Digital, Practices, row 3. As of 2020-04-01."
