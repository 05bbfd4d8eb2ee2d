"""A person's mistake gets one clear sentence that says what to do."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Orgmap


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            ("find", "CT9 1AA", "--at", "2013-02-30"),
            "There is no day “2013-02-30” in the calendar. Write 2013-04-01.",
        ),
        (
            ("find", "CT9 1AA", "--at", "next week"),
            "“next week” is not a date. Write 2013-04-01, 2013-04 or 1 April 2013. Also understood: 20130401,"
            " 01APR2013, 01-Apr-13, 01/04/2013 (day first), 2013 and 2013/14.",
        ),
        (
            ("find", "CT9 1AA", "--at", "1999-03-31"),
            "Not known: the tables begin on 1999-04-01, and 1999-03-31 is earlier.",
        ),
        (
            ("find", "CT9 1AA", "--at", "2999-01-01"),
            "Not known: 2999-01-01 is in the future, and the tables end on 2026-01-01."
            " Ask --at 2026-01-01 for the last known structure.",
        ),
        (
            ("find", "CT9 1AB"),
            "Postcode not known: CT9 1AB is in none of the lists of English postcodes.",
        ),
        (("find", "IM1 1AA"), "IM1 1AA is not in England: its letters belong to the Isle of Man."),
        (("find", "TD1 1AA"), "TD1 1AA is not in England: it lies in Scotland."),
        (
            ("find", "NHS Thannet CCG"),
            "No place is called “NHS Thannet CCG”. Did you mean “NHS Thanet CCG”? An English postcode always works.",
        ),
        (
            ("show", "NHS Thannet CCG"),
            "No body is called “NHS Thannet CCG”. Did you mean “NHS Thanet CCG”? Try orgmap search.",
        ),
        (
            ("list", "milestoen"),
            "“milestoen” is not a kind of body. Did you mean milestone?",
        ),
        (
            ("crosswalk", "ccg", "2013-04-01", "ccg", "2013-04-01", "--by", "wealth"),
            "“wealth” is not a measure. Weigh by population, practices, registered, items or cost.",
        ),
        (("cite", "ccg:10E", "funds", "stp:QKS"), "The graph does not state “ccg:10E funds stp:QKS”."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_is_told_in_one_sentence(orgmap: Orgmap, question: tuple[str, ...], sentence: str) -> None:
    assert orgmap(*question).err.splitlines()[-1] == f"orgmap: {sentence}"


def test_another_store_than_there_is_is_told(orgmap: Orgmap) -> None:
    [said] = orgmap("find", "CT9 1AA", "--store", "mysql://here").err.splitlines()
    assert said.startswith("orgmap: “mysql://here” is not a store.")


def test_a_mistyped_kind_without_a_neighbour_lists_the_kinds(orgmap: Orgmap) -> None:
    said = orgmap("search", "kent", "--kind", "xyzzy").err
    assert "Kinds: area, at, ato, ca, ccg" in said


@pytest.mark.parametrize(
    "text", ["Kent\x1b[31m", "x" * 5000, "ccg:" + "9" * 500, "%s%n", "'; DROP TABLE entities; --"]
)
@pytest.mark.parametrize("command", ["find", "show", "lineage", "cite"])
def test_strange_text_finds_nothing_and_breaks_nothing(orgmap: Orgmap, command: str, text: str) -> None:
    assert orgmap(command, text).code == 1
    assert orgmap("list", "ccg", "--at", "2013-04-01").code == 0


@pytest.mark.parametrize("text", ["!!!", '"', "*", "NEAR(", ":", "a:b:c", "\0"])
@pytest.mark.parametrize("command", ["find", "show", "search", "lineage", "cite"])
def test_signs_alone_find_nothing(orgmap: Orgmap, command: str, text: str) -> None:
    assert orgmap(command, text).code == 1


def test_an_end_that_hides_something_is_said(orgmap: Orgmap) -> None:
    told = orgmap("show", "ccg:10E", "--at", "2021-01-01")
    assert told.code == 0
    assert (
        "note: NHS Thanet CCG was not in force on 2021-01-01: from 2013-04-01 until 2020-04-01." in told.err
    )


def test_today_beyond_the_tables_is_said(orgmap: Orgmap) -> None:
    told = orgmap("find", "CT9 1AA")
    assert told.code == 0
    assert "note: Drawn: known to 2026-01-01; shown as last known." in told.err


@pytest.mark.parametrize(("at", "body"), [("2022-06-30", "ccg:91Q"), ("2022-07-01", "sicbl:91Q")])
@pytest.mark.parametrize("command", ["show", "lineage"])
def test_a_code_of_two_bodies_means_the_one_of_the_day(
    orgmap: Orgmap, command: str, at: str, body: str
) -> None:
    told = orgmap(command, "91Q", "--at", at, "--format", "json")
    assert told.json["body"]["id"] == body
