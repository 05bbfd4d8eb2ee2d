# ruff: noqa: E501 - drawn tables are wide
"""To whom bodies answer: from a place or a body to the top, by law and by management apart, seen from either end."""

from __future__ import annotations

from typing import Any

import pytest

from orgmap.graphmodel.errors import NothingFound
from orgmap.queries.commissioning.accountability import answers_to
from tests.kent import KENT_THROUGH_TIME

LINES = """
entities
id           | name             | valid_from | valid_until
national:nhse | NHS England     | 2013-04-01 |
national:dh  | Department       |            |
shac:south   | NHS South        | 2011-10-01 | 2013-04-01

relationships
subject   | verb      | object     | basis          | valid_from | valid_until
sha:Q37   | member_of | shac:south | administrative | 2011-10-01 | 2013-04-01

accountability
id | subject                            | verb                | object                       | about    | basis          | coverage  | valid_from | valid_until
a1 | strategic_health_authority         | performance_manages | primary_care_trust           | all      | statutory      | all       | 2002-10-01 | 2013-04-01
a2 | strategic_health_authority         | accountable_to      | national:dh                  | region   | statutory      | all       | 2002-10-01 | 2013-04-01
a3 | primary_care_trust_cluster         | accountable_to      | strategic_health_authority_cluster | delivery | administrative | all | 2011-10-01 | 2013-04-01
a4 | strategic_health_authority_cluster | accountable_to      | national:dh                  | delivery | administrative | all       | 2011-10-01 | 2013-04-01
a5 | clinical_commissioning_group       | accountable_to      | national:nhse                | annual   | statutory      | all       | 2013-04-01 | 2022-07-01
a6 | upper_tier_council                 | scrutinises         | clinical_commissioning_group | services | statutory      | all       | 2013-04-01 | 2022-07-01
a7 | national:nhse                      | delegates_to        | clinical_commissioning_group | some care | delegated     | not_known | 2015-04-01 | 2022-07-01
"""


@pytest.fixture
def store(build: Any) -> Any:
    """Kent with its lines of accountability."""
    return build(KENT_THROUGH_TIME + LINES)


def ways(chains: list[list[dict[str, Any]]]) -> list[list[str]]:
    """The bodies on each way up."""
    return [[step["upper"]["id"] for step in chain] for chain in chains]


def test_the_line_of_law_and_the_line_of_management_are_told_apart(store: Any) -> None:
    answer = answers_to(store, "pct:5QA", "2012-06-01")
    assert ways(answer["chains"]) == [["sha:Q37", "national:dh"]]
    assert {step["line"] for step in answer["chains"][0]} == {"statutory"}
    [managing] = answer["managing"]
    assert managing[0]["upper"]["id"] == "pctc:kent"
    assert {step["line"] for step in managing} == {"managing"}
    assert answers_to(store, "pct:5QA", "2011-05-31")["managing"] == []


def test_what_x_does_to_y_is_seen_from_y_and_from_x(store: Any) -> None:
    seen = ("council:E10000016", "scrutinises", "ccg:10E")

    def triples(body: str, part: str) -> list[tuple[str, str, str]]:
        rows = answers_to(store, body, "2014-06-01")[part]
        return [(row["subject"]["id"], row["verb"], row["object"]["id"]) for row in rows]

    assert seen in triples("ccg:10E", "others")
    assert seen in triples("council:E10000016", "below")
    below = answers_to(store, "national:nhse", "2014-06-01")["below"]
    assert [(row["subject"]["name"], row["verb"]) for row in below] == [
        ("clinical commissioning groups", "accountable_to")
    ]
    managed = answers_to(store, "sha:Q37", "2012-06-01")["below"]
    assert ("performance_manages", "pct:5QA") in [(row["verb"], row["object"]["id"]) for row in managed]


def test_what_holds_of_some_is_told_of_no_body_that_is_not_named(store: Any) -> None:
    [some] = [
        row for row in answers_to(store, "ccg:10E", "2016-06-01")["others"] if row["verb"] == "delegates_to"
    ]
    assert (some["object"]["id"], some["holds"]) == (None, "may")
    assert "NHS Thanet CCG" not in some["sentence"]
    assert some["sentence"].endswith("some clinical commissioning groups (which is not known)")


def test_a_place_is_answered_for_each_of_its_bodies_up_to_the_top(store: Any) -> None:
    answer = answers_to(store, "CT9 1AA", "2014-06-01")
    assert (answer["body"]["id"], answer["body"]["name"].startswith("CT9 1AA")) == (None, True)
    assert ["national:nhse"] in ways(answer["chains"])
    assert any(chain[0]["subject"]["id"] == "hwb:E10000016" for chain in answer["chains"]) or any(
        "Kent HWB" in note for note in answer["notes"]
    )
    early = answers_to(store, "CT9 1AA", "2012-06-01")
    assert ["sha:Q37", "national:dh"] in ways(early["chains"])
    assert [chain[0]["upper"]["id"] for chain in early["managing"]].count("pctc:kent") == 1
    with pytest.raises(NothingFound, match="No body is called"):
        answers_to(store, "Atlantis", "2014-06-01")


def test_a_service_answers_to_nobody_and_who_commissions_it_is_another_question(build: Any) -> None:

    store = build("""
entities
id               | name
service:hospital | Hospital care
ccg:10E          | NHS Thanet CCG
""")
    with pytest.raises(
        NothingFound, match=r"Hospital care is a service, and no body.*orgmap who “Hospital care”"
    ):
        answers_to(store, "service:hospital", "2014-06-01")
