"""Tables for people, CSV for spreadsheets, one JSON value a line for streams."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import Orgmap
from tests.cli.examples import ANSWERED, AT
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import write_data


@pytest.mark.parametrize("question", ANSWERED.values(), ids=ANSWERED)
def test_every_csv_is_a_table(orgmap: Orgmap, question: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(orgmap(*question, "--format", "csv").out), strict=True))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    assert all(cell == cell.lower() and " " not in cell for cell in rows[0])


@pytest.mark.parametrize("question", ANSWERED.values(), ids=ANSWERED)
def test_every_line_is_json(orgmap: Orgmap, question: tuple[str, ...]) -> None:
    assert orgmap(*question, "--format", "ndjson").lines


def test_a_list_as_lines_is_the_array_of_the_json(orgmap: Orgmap) -> None:
    question = ANSWERED["list"]
    assert orgmap(*question, "--format", "ndjson").lines == orgmap(*question, "--format", "json").json


def test_find_as_csv(orgmap: Orgmap) -> None:
    first = orgmap("find", "CT9 9ZZ", *AT, "--format", "csv").table[0]
    assert first == {
        "role": "commissioner",
        "body": "NHS Thanet CCG",
        "id": "ccg:10E",
        "from": "2013-04-01",
        "until": "2020-04-01",
        "share": "75% of population mid-2020",
        "basis": "published",
        "status": "",
    }


def test_a_weight_keeps_all_its_digits(orgmap: Orgmap, tmp_path, monkeypatch) -> None:
    drawing = KENT_THROUGH_TIME.replace("area:E01000001 | 300", "area:E01000001 | 123457")
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path, drawing)))
    rows = orgmap(*ANSWERED["crosswalk"], "--format", "csv").table
    assert [row["weight"] for row in rows] == ["100", "123457"]


def test_cite_as_csv_has_one_reference_a_row(orgmap: Orgmap) -> None:
    assert orgmap(*ANSWERED["cite"], "--format", "csv").table == [{"reference": "Drawn for the test."}]
    assert orgmap(*ANSWERED["cite"], "--format", "ndjson").lines == ["Drawn for the test."]


def test_a_table_says_who_says_so(orgmap: Orgmap) -> None:
    out = orgmap(*ANSWERED["find"]).out
    assert "commissioner" in out
    assert "2020-04-01 (not included)" in out
    assert out.splitlines()[-1] == "source: Drawn for the test"


def test_what_is_not_verified_says_so(orgmap: Orgmap) -> None:
    assert "(not verified against a source)" in orgmap("lineage", "ccg:91Q", "--at", "2021-01-01").out


def test_a_lineage_reads_as_sentences(orgmap: Orgmap) -> None:
    out = orgmap("lineage", "pct:5QA", "--forward").out
    assert (
        "2013-04-01 replaced: East Kent PCT (pct:5QA) → Margate Group (ccg:10E) 75%, NHS Coastal CCG (ccg:09E) 25%"
        " [weights: practices]" in out
    )


def test_a_body_is_told_in_words(orgmap: Orgmap) -> None:
    lines = orgmap(*ANSWERED["show"]).out.splitlines()
    assert lines[0] == "NHS Thanet CCG  (ccg:10E, clinical commissioning group)"
    assert lines[1] == "from 2013-04-01, until 2020-04-01 (not included)"
    assert "TCCG (abbreviation)" in lines[2]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
@pytest.mark.parametrize("command", ["find", "list", "search", "show", "diff"])
def test_no_name_is_a_formula_in_a_spreadsheet(
    orgmap: Orgmap, tmp_path, monkeypatch, sign: str, command: str
) -> None:
    drawing = KENT_THROUGH_TIME.replace("| NHS Thanet CCG    |", f"| {sign}1+Thanet       |")
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path, drawing)))
    rows = orgmap(*ANSWERED[command], "--format", "csv").table
    cells = [cell for row in rows for cell in row.values()]
    assert f"'{sign}1+Thanet" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def test_a_json_keeps_a_name_as_it_is(orgmap: Orgmap, tmp_path, monkeypatch) -> None:
    drawing = KENT_THROUGH_TIME.replace("| NHS Thanet CCG    |", "| =1+1 Zoë          |")
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path, drawing)))
    assert orgmap("show", "ccg:10E", *AT, "--format", "json").json["body"]["name"] == "=1+1 Zoë"
