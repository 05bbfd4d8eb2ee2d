"""A user's own table on the server: every question about one takes it in the same way, and none names a file."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

import orgmap
from orgmap.cli.kit.everything import everything
from orgmap.cli.main import run
from tests.commands import EVERY

AGREEMENTS = (
    "who,about,note of ours\n"
    "NHS Thanet CCG,maternity,=cmd()\n"
    "Kent County Council,health visiting,-5\n"
    "nobody at all,maternity,+1 x\n"
)
RATINGS = "body,rating\nNHS Thanet CCG,red\n"
STEPS = "step,due\n=Tell everybody,2027-01-31\nCount the beds,2026-12-01\n"
CASES = "case,script,resident,practice\n=Ann,provider,CT9 1AA,\nBob,nonsense,CT9 1AA,\n"
MEMBERS = "role,name\nchair,=A B\n"

ASKED: list[tuple[str, str, dict[str, str], list[str]]] = [
    (
        "annotate",
        "postcode\nCT9 1AA\n",
        {"column": "postcode", "at": "2013-06-01"},
        ["annotate", "FILE", "--column", "postcode", "--at", "2013-06-01", "-o", "-"],
    ),
    (
        "handover",
        AGREEMENTS,
        {"party": "who", "service": "about", "across": "2020-04-01"},
        ["handover", "FILE", "--party", "who", "--service", "about", "--across", "2020-04-01", "-o", "-"],
    ),
    (
        "due",
        STEPS,
        {"by": "2027-12-31"},
        ["due", "--file", "FILE", "--by", "2027-12-31", "--format", "csv"],
    ),
    (
        "walk",
        CASES,
        {"at": "2013-06-01"},
        ["walk", "--file", "FILE", "--at", "2013-06-01", "--format", "csv"],
    ),
    (
        "rollup",
        RATINGS,
        {"to": "health_and_wellbeing_board", "at": "2014-06-01"},
        ["rollup", "FILE", "--to", "health_and_wellbeing_board", "--at", "2014-06-01", "--format", "csv"],
    ),
    (
        "check-board",
        MEMBERS,
        {"as": "hwb", "at": "2014-06-01"},
        ["check-board", "FILE", "--as", "hwb", "--at", "2014-06-01", "--format", "csv"],
    ),
]
"""A call of each question about a table, as it stands in an address and as it is typed."""

CSV = {"content-type": "text/csv"}


def sent(client: TestClient, name: str, table: str, asked: dict[str, str], **headers: str) -> Any:
    return client.post(f"/api/{name}", params=asked, content=table.encode(), headers={**CSV, **headers})


def ended(client: TestClient, at: str) -> Any:
    for _ in range(600):
        if (job := client.get(at).json())["ended"]:
            return job
        time.sleep(0.02)
    raise AssertionError("it never ended")


def typed(words: list[str], file: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command writes."""
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run([str(file) if word == "FILE" else word for word in words])
    return capsys.readouterr().out


def cells(table: str) -> list[list[str]]:
    """Rows as they are before a cell got an apostrophe for spreadsheets."""
    return [
        [cell[1:] if cell[:2] in ("'=", "'+", "'@") else cell for cell in row]
        for row in csv.reader(io.StringIO(table))
    ]


def test_whoever_takes_a_table_is_asked_here() -> None:
    _, files = everything()
    takes = {
        name
        for name, command in EVERY.items()
        if getattr(command.callback, "declaration", None) or getattr(command.callback, "copying", None)
        if any(one.name == "file" for one in command.params)
    }
    assert {one.name for one in files} == {name for name, *_ in ASKED} == takes


@pytest.mark.parametrize(("name", "table", "asked", "words"), ASKED)
def test_a_table_is_answered_as_the_command_answers_it(
    kent: TestClient,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    table: str,
    asked: dict[str, str],
    words: list[str],
) -> None:
    (own := tmp_path / "the table").write_text(table)
    expected = typed(words, own, capsys)
    got = sent(kent, name, table, {**asked, "format": "csv"})
    if not expected:
        assert got.status_code in (404, 422), got.text
        return
    assert (got.status_code, got.headers["cache-control"]) == (200, "no-store"), got.text
    here, there = cells(got.text), cells(expected)
    assert [[cell.replace(str(own), own.name) for cell in row] for row in there] == here
    assert not [cell for row in csv.reader(io.StringIO(got.text)) for cell in row if cell[:1] in ("=", "@")]
    sheet = sent(kent, name, table, {**asked, "format": "xlsx"})
    rows = openpyxl.load_workbook(io.BytesIO(sheet.content)).active
    assert [[cell.value or "" for cell in row] for row in rows.rows] == [
        row for row in csv.reader(io.StringIO(got.text))
    ]
    assert not [cell for row in rows.rows for cell in row if cell.data_type == "f" or cell.hyperlink]


@pytest.mark.parametrize(("name", "table", "asked", "words"), ASKED)
def test_the_form_gives_the_same_and_no_file_is_made(
    kent: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    table: str,
    asked: dict[str, str],
    words: list[str],
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a file was made")

    for maker in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, maker, refused)
    page = kent.get(f"/bulk/for/{name}").text
    assert all(f'name="{one}"' in page for one in asked)
    assert "<script" not in page
    got = kent.post(f"/bulk/for/{name}", data=asked, files={"file": ("<b>.csv", table.encode())})
    assert got.status_code == 303, got.text
    job = ended(kent, got.headers["location"])
    direct = sent(kent, name, table, {**asked, "format": "csv"})
    if "error" in job:
        assert direct.json()["detail"] == job["error"]
        return
    assert kent.get(job["csv"]).text == direct.text
    shown = kent.get(got.headers["location"], headers={"accept": "text/html"}).text
    assert "As an Excel workbook" in shown
    assert "<b>.csv" not in shown


@pytest.mark.parametrize("name", [name for name, *_ in ASKED])
def test_what_no_table_can_be_is_refused_in_words_that_name_no_file(kent: TestClient, name: str) -> None:
    asked = next(one[2] for one in ASKED if one[0] == name)
    for table in (
        "",
        "a,b\n1\n",
        "a\x00b\n1\n",
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    ):
        got = sent(kent, name, table, asked)
        assert 400 <= got.status_code < 500, (table, got.text)
        assert "/" not in got.json()["detail"].replace("amber/", ""), got.text
    assert sent(kent, name, "x\n" * 60_000, asked).status_code == 422
    for word in ("file", "out", "output", "store"):
        assert sent(kent, name, "a\n1\n", {**asked, word: "/etc/passwd"}).status_code == 400
    assert kent.post(f"/api/{name}", params=asked, json={}).status_code == 415
    assert sent(kent, name, "a\n1\n", asked, accept="image/png").status_code == 406


def test_a_list_that_does_not_fill_the_board_is_told_row_by_row(kent: TestClient) -> None:
    name, table, asked, _ = ASKED[-1]
    got = sent(kent, name, table, asked)
    with orgmap.open() as graph:
        try:
            expected = json.loads(graph.check_board(table.encode(), as_="hwb", at="2014-06-01").to_json())
        except orgmap.NothingFound:
            assert got.status_code == 404
            return
    assert got.json() == expected


def test_tables_of_england_are_answered_row_by_row_and_a_bad_case_is_kept_with_its_reason(
    serving: Any,
) -> None:
    client = serving()
    table = "commissioner,service\nWest Kent PCT,GP services\nWest Kent PCT,smoking\n"
    got = sent(
        client, "handover", table, {"party": "commissioner", "service": "service", "across": "2013-04-01"}
    )
    rows = list(csv.DictReader(io.StringIO(got.text)))
    assert [row["commissioner_taker"] for row in rows] == ["national:nhs_england", "council:E10000016"]
    assert got.headers["x-orgmap-outcome"] == "rows=2, changed=2, open=0"
    rated = "body,rating\nNHS Thanet CCG,red\nNHS Ashford CCG,green\n"
    rolled = sent(client, "rollup", rated, {"to": "region", "at": "2014-06-01"}).json()
    assert [one["parent"]["id"] for one in rolled["parents"] if one["rating"] == "red"] == ["region:Y57"]
    board = sent(client, "check-board", "role,name\nchair,A B\n", {"as": "icb", "at": "2026-06-01"}).json()
    assert not board["holds"]
    assert any("does not fill the board" in note for note in board["notes"]) or board["seats"]
    home = {"at": "2013-06-01"}
    got = sent(client, "walk", CASES.replace("Ann,provider", "Ann,child-under-5"), home)
    assert [bool(case["fault"]) for case in got.json()["cases"]] == [False, True]
    page = sent(client, "walk", CASES, {**home, "format": "html"})
    assert "=Ann" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    many = "script,resident\n" + "provider,CT9 1AA\n" * 201
    assert sent(client, "walk", many, {}).status_code == 422


def test_the_form_says_how_long_it_may_take_and_the_page_whether_it_can_say_how_far_it_is(
    kent: TestClient,
) -> None:
    assert "does not show how far it is" in kent.get("/bulk/for/walk").text
    assert "a bar shows how far the table is read" in kent.get("/bulk/for/annotate").text
    got = kent.post("/bulk/for/walk", data={}, files={"file": ("cases.csv", CASES.encode())})
    where = got.headers["location"]
    job = ended(kent, where)
    assert (job["watched"], job["at_most"]) == (False, 120)


def test_the_example_for_programs_names_where_the_server_listens_whatever_it_is_called(
    kent: TestClient,
) -> None:
    page = kent.get("http://127.0.0.1:9123/bulk/for/walk", headers={"host": "evil.example"}).text
    assert "http://127.0.0.1:9123/api/walk" in page
    assert "evil.example" not in page


def test_no_form_and_no_description_tells_a_browser_of_exit_codes_or_of_dashes(kent: TestClient) -> None:
    pages = [f"/bulk/for/{name}" for name in (one[0] for one in ASKED)]
    for page in (*pages, "/api"):
        words = kent.get(page).text
        assert "xit code" not in words, page
        assert not re.search(r"(?<![\w-])--(?!data-binary)[a-z]", words), page
