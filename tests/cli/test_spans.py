"""`--at` with a month or a year: the first day is taken and said, and what changes within it is told."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Orgmap

TAKEN = "“2013” is more than a day: 2013-01-01, its first day that the tables know, is taken."
ASKED = [
    ("find", "CT9 1AA"),
    ("show", "ccg:10E"),
    ("what", "ccg:10E"),
    ("answers-to", "ccg:10E"),
    ("list", "council"),
]


@pytest.mark.parametrize("question", ASKED, ids=lambda words: words[0])
def test_a_year_is_taken_for_its_first_day_and_that_is_said(
    orgmap: Orgmap, question: tuple[str, ...]
) -> None:
    first, year = (orgmap(*question, "--at", at) for at in ("2013-01-01", "2013"))
    assert (year.code, year.out) == (first.code, first.out)
    assert year.err.startswith(f"note: {TAKEN}\n")
    assert TAKEN not in first.err


def test_json_says_it_too(orgmap: Orgmap) -> None:
    told = orgmap("find", "CT9 1AA", "--at", "2013", "--format", "json").json
    assert told["at"] == "2013-01-01"
    assert told["notes"][0] == TAKEN
    assert any(
        note.startswith("On 2013-04-01 within these days the answer changes") for note in told["notes"]
    )
    after = orgmap("find", "CT9 1AA", "--at", "2013-06-01", "--format", "json").json
    assert TAKEN not in after["notes"]


@pytest.mark.parametrize(
    ("at", "changes"), [("2013", 2), ("2013-03", 0), ("2013-04", 0), ("2012/13", 0), ("2020", 1), ("2014", 0)]
)
def test_each_change_within_the_days_is_told(orgmap: Orgmap, at: str, changes: int) -> None:
    told = orgmap("find", "CT9 1AA", "--at", at)
    assert told.code == 0
    assert told.err.count("the answer changes") == changes


def test_a_year_in_which_the_tables_begin_is_asked_from_there(orgmap: Orgmap) -> None:
    told = orgmap("find", "CT9 1AA", "--at", "1999", "--format", "json")
    assert told.json["at"] == "1999-04-01"


def test_of_two_days_each_is_said(orgmap: Orgmap) -> None:
    told = orgmap("diff", "2012", "2014-06-01")
    assert told.code == 0
    assert "“2012” is more than a day: 2012-01-01" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("list ccg --within Thanet --at 2013", "On 2013-04-01 .*NHS Thanet CCG (ccg:10E) none → listed"),
        ("list icb --within Thanet --at 2022", "On 2022-07-01 .*(icb:QKS) none → listed"),
        ("show ccg:10E --at 2015", "On 2015-04-01 within these days"),
        ("lineage 91Q --at 2022", "On 2022-07-01 .*sicbl:91Q"),
    ],
)
def test_every_question_says_what_changes_within_a_year(orgmap: Orgmap, words: str, said: str) -> None:
    told = orgmap(*words.split())
    pieces = [piece for piece in said.split(".*") if piece]
    assert [piece for piece in pieces if piece not in told.err] == []


@pytest.mark.parametrize("question", ["list ccg", "what ccg:10E", "answers-to ccg:10E", "show ccg:10E"])
def test_a_year_in_which_nothing_changes_says_nothing_of_changes(orgmap: Orgmap, question: str) -> None:
    assert "the answer changes" not in orgmap(*question.split(), "--at", "2014").err
