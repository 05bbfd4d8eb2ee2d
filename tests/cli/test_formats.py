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
    told = orgmap("lineage", "ccg:91Q", "--at", "2021-01-01").out.lower()
    # Once, though the title of this source says so itself.
    assert told.count("not verified against a source") == 1


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


_LISTS = ("started", "ended", "changed", "relations_started", "relations_ended", "events")


@pytest.mark.parametrize(
    "question",
    [
        ("diff", "2013-03-31", "2013-12-01"),
        ("diff", "2021-03-31", "2021-04-01"),
        ("diff", "2022-06-30", "2022-07-01", "--within", "CT9 1AA"),
        ("reform", "2013"),
    ],
)
def test_every_format_of_a_difference_holds_the_same_things(
    orgmap: Orgmap, question: tuple[str, ...]
) -> None:
    told = orgmap(*question, "--format", "json").json
    above = told.get("above", {})
    things = sum(len(told[part]) for part in _LISTS) + sum(len(one) for one in above.values())
    assert things
    lines = orgmap(*question, "--format", "ndjson").lines
    table = orgmap(*question, "--format", "csv").table
    assert len(lines) == len(table) == things
    assert [line["what"] for line in lines] == [row["what"] for row in table]
    assert [line.get("id", "") for line in lines] == [row["id"] for row in table]


def test_a_relation_and_an_event_stand_whole_in_a_row(orgmap: Orgmap) -> None:
    rows = orgmap("diff", "2013-03-31", "2013-04-01", "--format", "csv").table
    relation = next(row for row in rows if row["what"] == "relation_started" and row["subject"] == "ccg:10E")
    assert (relation["verb"], relation["object"], relation["from"]) == (
        "covers",
        "area:E01000001",
        "2013-04-01",
    )
    event = next(row for row in rows if row["id"] == "reform")
    assert (event["date"], event["predecessors"], event["successors"]) == (
        "2013-04-01",
        "pct:5QA",
        "ccg:09E; ccg:10E",
    )
    assert event["pairs"] == "pct:5QA > ccg:10E 0.75 of practices; pct:5QA > ccg:09E 0.25 of practices"


def test_what_did_not_map_stands_in_every_format(orgmap: Orgmap) -> None:
    question = ("crosswalk", "pct", "2013-03-31", "ccg", "2013-04-01", "--by", "practices")
    told = orgmap(*question, "--format", "json").json
    assert [(row["to"], row["why"]) for row in told["unmapped"]] == [
        ("ccg:09E", "no GP practice is listed under it")
    ]
    assert len(orgmap(*question, "--format", "ndjson").lines) == 2
    assert [(row["from"], row["to"]) for row in orgmap(*question, "--format", "csv").table] == [
        ("pct:5QA", "ccg:10E"),
        ("", "ccg:09E"),
    ]
    assert (
        "unmapped to: NHS Coastal CCG (ccg:09E): no GP practice is listed under it" in orgmap(*question).out
    )


def test_practice_to_commissioner_by_its_prefix(orgmap: Orgmap) -> None:
    rows = orgmap("crosswalk", "practice", "2014-04-01", "ccg", "2014-04-01", "--format", "csv").table
    assert (rows[0]["from"], rows[0]["from_ods"], rows[0]["to"]) == ("practice:G82064", "G82064", "ccg:10E")


def test_codes_have_columns_of_their_own(orgmap: Orgmap) -> None:
    [row] = orgmap("list", "sicbl", "--at", "2024-01-01", "--format", "csv").table
    assert (row["ods"], row["gss"]) == ("91Q", "E38000999")
    assert "E38000999" not in orgmap("list", "sicbl", "--at", "2024-01-01").out
    rows = orgmap("crosswalk", "ccg", "2022-06-30", "icb", "2022-07-01", "--format", "csv").table
    assert [(row["from_ods"], row["to_ods"]) for row in rows] == [("91Q", "QKS")]


MANY = """
entities
id      | name  | valid_from | valid_until
icb:A   | A     | 2022-07-01 | 2026-04-01
icb:B   | B     | 2022-07-01 | 2026-04-01
icb:C   | C     | 2022-07-01 | 2026-04-01
icb:X   | X     | 2026-04-01 |
icb:Y   | Y     | 2026-04-01 |
ccg:S   | Stray | 2013-04-01 |

events
id    | kind        | date
lump  | reorganised | 2026-04-01

successions
event | predecessor | successor | weight | counts    | number | stray
lump  | icb:A       | icb:X     | 0.36   | practices | 36     |
lump  | icb:A       | icb:Y     | 0.62   | practices | 62     |
lump  | icb:A       | ccg:S     | 0.02   | practices | 2      | yes
lump  | icb:B       | icb:Y     | 1      | practices | 50     |
lump  | icb:C       | icb:X     | 0.998  | practices | 499    |
lump  | icb:C       | ccg:S     | 0.002  | practices | 1      | yes
"""


def test_many_that_became_many_are_told_pair_by_pair_the_largest_first(orgmap, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path, KENT_THROUGH_TIME + MANY, "2026-10-01")))
    out = orgmap("diff", "2026-03-31", "2026-04-01").out.splitlines()
    start = out.index("2026-04-01 reorganised: 3 bodies became 2 [weights: practices]")
    assert out[start + 1 : start + 4] == [
        "    A (icb:A) → Y (icb:Y) 62%, X (icb:X) 36% and 1 stray: Stray (ccg:S) 2%",
        "    B (icb:B) → Y (icb:Y) 100%",
        "    C (icb:C) → X (icb:X) over 99% and 1 stray: Stray (ccg:S) under 1%",
    ]


def test_what_only_strayed_to_a_body_is_folded_into_one_line(orgmap, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path, KENT_THROUGH_TIME + MANY, "2026-10-01")))
    told = orgmap("lineage", "ccg:S", "--back")
    assert (
        "and 2 strays: 2026-04-01 A (icb:A) → Stray (ccg:S) 2%; 2026-04-01 C (icb:C) → Stray (ccg:S) under 1%"
        in told.out.splitlines()
    )
    asked = orgmap("lineage", "ccg:S", "--back", "--format", "json").json
    assert [pair["stray"] for pair in asked["events"][0]["pairs"]] == [True, True]


def test_a_lineage_of_a_practice_tells_whose_list_it_stood_in(orgmap: Orgmap) -> None:
    out = orgmap("lineage", "practice:G82064").out
    assert "listed under East Kent PCT (pct:5QA) from 2006-10-01, until 2013-04-01 (not included)" in out
    assert (
        "listed under Margate Group (ccg:10E) from 2013-04-01" in orgmap("show", "practice:G82064", *AT).out
    )
    rows = orgmap("lineage", "practice:G82064", "--format", "csv").table
    assert [(row["what"], row["body"]) for row in rows] == [
        ("membership", "pct:5QA"),
        ("membership", "ccg:10E"),
    ]


PARTS_OF_A_BODY = ("names", "codes", "postcodes", "phases", "memberships", "relations", "events")


@pytest.mark.parametrize("body", ["ccg:10E", "practice:G82064", "pct:5QA", "council:E10000016"])
@pytest.mark.parametrize("day", ["2013-12-01", "2024-01-01"])
def test_no_format_loses_anything_that_is_told_of_a_body(orgmap: Orgmap, body: str, day: str) -> None:
    question = ("show", body, "--at", day)
    whole = orgmap(*question, "--format", "json")
    lines = orgmap(*question, "--format", "ndjson").lines
    table = orgmap(*question, "--format", "csv").table
    assert whole.code == 0
    assert len(lines) == len(table) == 1 + sum(len(whole.json.get(part, [])) for part in PARTS_OF_A_BODY)
    assert [row["what"] for row in table] == [line["what"] for line in lines]
    assert table[0]["value"] == lines[0]["name"] == whole.json["body"]["name"]
    names = [row["value"] for row in table if row["what"] == "name"]
    assert names == [word["name"] for word in whole.json["names"]]
    assert "rows" not in whole.json
