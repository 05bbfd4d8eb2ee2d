"""Approvals on the command line: a process, a case, a list with its totals, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approvals import APPROVALS
from tests.cli.conftest import Orgmap
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import write_data


@pytest.fixture(scope="module")
def approvals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kent with two processes and three cases."""
    folder = tmp_path_factory.mktemp("approvals")
    write_data(folder / "data", KENT_THROUGH_TIME + APPROVALS)
    return folder


@pytest.fixture
def orgmap(orgmap: Orgmap, approvals: Path, monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Asks these tables."""
    monkeypatch.setenv("ORGMAP_DATA", str(approvals / "data"))
    monkeypatch.setenv("ORGMAP_CACHE", str(approvals / "cache"))
    return orgmap


def test_a_process_is_told_stage_by_stage_with_the_days_that_follow(orgmap: Orgmap) -> None:
    told = orgmap("process", "authority", "--from", "site-visit=2012-10-10")
    assert "recommends: Kent Area Team" in told.out
    assert "decides: South of England" in told.out
    days = "by 23 October 2012 if calendar days are meant, by 29 October 2012 if working days are"
    assert days in " ".join(told.out.split())
    assert "working or calendar days: not stated" in told.err
    rows = orgmap("process", "authority", "--format", "csv").table
    assert [row["stage"] for row in rows] == ["apply", "visit", "paper", "say", "end"]
    assert [row["id"] for row in orgmap("process", "--format", "csv").table] == ["authority", "merging"]
    assert "not found: no source that was read" in orgmap("process", "mergers", "--at", "2018-01-01").out


def test_a_case_marks_what_is_unsure_planned_and_not_known(orgmap: Orgmap) -> None:
    told = orgmap("case", "ccg:10E", "--process", "authority")
    assert "with conditions and legal directions" in told.out
    assert "To apply.  (planned, not law)" in told.out
    assert "Without any.  (confidence: low; disputed, not law)" in told.out
    assert "contradicted: Authorisation, Thanet: " in told.out
    assert "conditions: 3; 2 of 3 named; which the others are: not known; support: not known" in told.out
    assert "support: not known; review: not known; discharged: not found" in told.out
    assert "not recorded: application, report, comments" in told.out
    assert "passed" not in told.out


def test_a_list_is_never_without_its_totals(orgmap: Orgmap) -> None:
    told = orgmap("case", "--process", "authority", "--count-by", "outcome")
    assert "    1  no case recorded" in told.out
    assert "    2  in all" in told.out
    assert "1 of 2 named; which the other 1 are: not known" in told.out
    assert "No case recorded of: NHS Coastal CCG" in told.out
    answer = orgmap("case", "--process", "authority", "--count-by", "outcome", "--format", "json").json
    assert answer["counts"] == {"directions": 1, "no case recorded": 1}
    rows = orgmap("case", "--process", "authority", "--count-by", "outcome", "--format", "csv").table
    assert [row["value"] for row in rows] == ["directions", "no case recorded"]
    lines = orgmap("case", "--include", "planned", "--format", "ndjson").lines
    assert {one["id"]: one.get("law", True) for one in lines} == {
        "auth:thanet": True, "merger:kent": True, "merger:later": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("case ccg:09E --process authority", 1, "No case recorded of ccg:09E"),
        ("case icb:QKS", 1, "neither that it passed nor that it failed"),
        ("case nowhere", 1, "“nowhere”"),
        ("case merger", 3, "Several cases"),
        ("case --count-by colour", 2, "Fields: process, wave, outcome"),
        ("case --where colour=red", 2, "Fields:"),
        ("case --process colours", 1, "There are: authority, merging"),
        ("case --process authority --where outcome=clear", 1, "with conditions and legal directions (1)"),
        ("process colours", 1, "There are: authority, merging"),
        ("process ccg-authorisatoin", 1, "Nearest: authority"),
        ("process authority --at 2010-01-01", 1, "was not there on 2010-01-01"),
        ("process authority --from visit=2010-10-10", 2, "not in that time"),
        ("process authority --from visit=2012-06-31", 2, "no day"),
        ("process authority --from dance=2012-10-10", 1, "The stages are: apply, visit"),
        ("process authority --from 2012-10-10", 2, "site-visit=2012-10-10"),
        ("process --from visit=2012-10-10", 2, "name the process"),
        ("process authority --include planned", 2, "--include makes no difference"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(orgmap: Orgmap, line: str, code: int, said: str) -> None:
    told = orgmap(*line.split())
    assert (told.code, told.out) == (code, "")
    assert said in told.err


def test_what_is_counted_is_told_in_words_and_a_number_with_what_it_numbers(orgmap: Orgmap) -> None:
    counted = orgmap("case", "--process", "authority", "--count-by", "outcome").out
    assert "with conditions and legal directions" in counted
    assert "  directions\n" not in counted
