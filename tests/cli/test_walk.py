"""A case walked on the command line: the project's own scripts, a table of one's own cases, and what is refused."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Orgmap

SURROUNDINGS = {name: os.environ.get(name) for name in ("ORGMAP_DATA", "ORGMAP_CACHE")}

CASES = """case,script,resident,practice,at,and
Ann,child-under-5,CT9 1AA,,2015-09-30,2015-10-01
Bob,holiday,CT9 1AA,,2015-09-30,
=1+1,serious-incident,Nowhere at all,,2015-09-30,
Cy,in-prison,Leeds,,2013-13-01,
Eve,provider
Flo,vaccination,,W00005,2023-03-31,
"""


@pytest.fixture
def orgmap(orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Asks the project's own tables: the cases to walk stand in them."""
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    return orgmap


def test_without_a_script_the_cases_are_listed(orgmap: Orgmap) -> None:
    scripts = orgmap("walk", "--format", "json").json["scripts"]
    assert len(scripts) == 15
    assert all(script["sources"] and script["steps"] for script in scripts)
    assert "child-under-5" in orgmap("walk").out


def test_a_day_beside_another_says_what_moved_and_where_a_complaint_goes(orgmap: Orgmap) -> None:
    told = orgmap(
        "walk", "child-under-5", "--resident", "CT9 1AA", "--at", "2015-09-30", "--and", "2015-10-01"
    )
    assert "MOVED: From NHS England (legally the NHS Commissioning Board) to Kent County Council." in told.out
    assert "8 steps on 2 days: 1 MOVED" in told.out
    assert "Local Government and Social Care Ombudsman" in told.out


def test_a_table_of_cases_becomes_a_page_or_a_table_and_no_row_is_lost(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text(CASES)
    assert orgmap("walk", "cases.csv", "-o", "report.csv").code == 0
    with Path("report.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["line"] for row in rows} == {"2", "3", "4", "5", "6", "7"}
    notes = {row["line"]: row["note"] for row in rows}
    assert "no case to walk" in notes["3"]
    assert "Nowhere at all" in notes["4"]
    assert "2013-13-01" in notes["5"]
    assert "2 columns where 6" in notes["6"]
    assert "GP practice in Wales" in notes["7"], "a Welsh practice is named as one"
    assert {row["flags"] for row in rows if row["line"] == "7"} == {"NOT KNOWN"}
    assert next(row["case"] for row in rows if row["line"] == "4") == "'=1+1", "no formula"
    assert orgmap("walk", "cases.csv", "-o", "report.html").code == 0
    page = Path("report.html").read_text()
    assert "→ MOVED" in page
    assert "Not walked:" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case,resident\nAnn,CT9 1AA\n", ":1: the column script is missing"),
        ("script,colour\nprovider,red\n", ":1: unknown columns: colour"),
        ("script,script\nprovider,provider\n", ":1: columns that stand there twice: script"),
        ("script\n", "no case stands in it"),
        ("", ":1: it is empty"),
        ("script,resident\nholiday,CT9 1AA\n", "line 2: “holiday” is no case to walk"),
        ("script\nprovider\n", "line 2: A case is walked by somebody"),
    ],
)
def test_a_table_that_is_none_or_of_which_nothing_is_walked_is_refused_and_nothing_written(
    orgmap: Orgmap, tmp_path: Path, text: str, said: str
) -> None:
    file, target = tmp_path / "cases.csv", tmp_path / "report.csv"
    file.write_text(text)
    told = orgmap("walk", str(file), "--at", "2015-09-30")
    assert told.code in (1, 2)
    assert said in told.err
    if "line 2" not in said:
        assert orgmap("walk", str(file), "-o", str(target)).code == 2
        assert not target.exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("holiday", "--resident", "CT9 1AA"), 1, "There are: after-an-assault"),
        (("provider",), 2, "--resident"),
        (("provider", "--resident", "CT9 1AA", "--practice", "CT9 1AA"), 1, "No practice has the code"),
        (("provider", "--resident", "Atlantis"), 1, "Atlantis"),
        (("provider", "--file", "cases.csv"), 2, "One case is walked, or a table"),
        (("no-such-file.csv",), 2, "no-such-file.csv"),
        (("provider", "--resident", "CT9 1AA", "-o", "report.pdf"), 2, ".csv"),
        (("provider", "--resident", "CT9 1AA", "--at", "31 June 2020"), 2, "June"),
    ],
)
def test_what_cannot_be_walked_is_refused_in_words(
    orgmap: Orgmap, options: tuple[str, ...], code: int, said: str
) -> None:
    told = orgmap("walk", *options)
    assert told.code == code, told.err
    assert said in told.err
