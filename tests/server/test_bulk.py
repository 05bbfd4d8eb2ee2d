"""Whole tables: sent, annotated as the command line does, fetched as CSV or Excel, and then forgotten."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from orgmap.cli.main import run

TABLE = "postcode,referred,note of ours\nCT9 1AA,2013-06-01,=cmd()\nCT9 1AA,2010-06-01,-5\nZZ1 1ZZ,2013,+1 x\n,,@\n"


def sent(client: TestClient, table: str = TABLE, **fields: str) -> Any:
    """What the form answers."""
    own = {"column": "postcode", "at-column": "referred", **fields}
    return client.post("/bulk", data=own, files={"file": ("clients.csv", table.encode())})


def ended(client: TestClient, at: str) -> Any:
    """How a table went."""
    for _ in range(600):
        if (job := client.get(at).json())["ended"]:
            return job
        time.sleep(0.05)
    raise AssertionError("it never ended")


def test_a_table_is_answered_as_the_command_answers(kent: TestClient, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(TABLE)
    with pytest.raises(SystemExit):
        run(
            [
                "annotate",
                str(tmp_path / "in.csv"),
                "--column",
                "postcode",
                "--at-column",
                "referred",
                "-o",
                str(tmp_path / "out.csv"),
            ]
        )
    got = kent.post(
        "/api/annotate",
        params={"column": "postcode", "at-column": "referred"},
        content=TABLE,
        headers={"content-type": "text/csv"},
    )
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert got.headers["cache-control"] == "no-store"
    expected = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text())))
    found = list(csv.reader(io.StringIO(got.text)))
    unguarded = [[cell[1:] if cell[:2] in ("'=", "'+", "'@") else cell for cell in row] for row in found]
    assert unguarded == expected
    assert "'=cmd()" in got.text
    assert ",-5," in got.text


def test_the_form_shows_how_far_it_is_and_gives_both_files(kent: TestClient) -> None:
    assert 'enctype="multipart/form-data"' in kent.get("/bulk").text
    got = sent(kent)
    assert got.status_code == 303
    job = ended(kent, got.headers["location"])
    assert (job["rows"], job["noted"], job["done"]) == (4, job["noted"], 1.0)
    page = kent.get(got.headers["location"], headers={"accept": "text/html"}).text
    assert "As an Excel workbook" in page
    table = list(csv.reader(io.StringIO(kent.get(job["csv"]).text)))
    sheet = openpyxl.load_workbook(io.BytesIO(kent.get(job["xlsx"]).content)).active
    assert [[cell.value or "" for cell in row] for row in sheet.rows] == table
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "n"}  # “n” is what a blank one is
    assert not [cell for row in sheet.rows for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_a_table_is_forgotten_when_it_is_said_or_after_a_while(
    kent: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = sent(kent).headers["location"]
    ended(kent, at)
    assert kent.delete(at).status_code == 204
    assert {kent.get(f"{at}{form}").status_code for form in ("", ".csv", ".xlsx")} == {404}
    late = sent(kent).headers["location"]
    ended(kent, late)
    monkeypatch.setattr("orgmap.server.bulk.jobs.KEPT_FOR", -1.0)
    assert kent.get(late).status_code == 404


def test_nothing_of_a_table_touches_a_disk(
    kent: TestClient, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a file was made")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    monkeypatch.setattr(tempfile, "_TemporaryFileWrapper", refused, raising=False)
    large = "postcode,referred\n" + "CT9 1AA,2013-06-01\n" * 40_000
    job = ended(kent, sent(kent, large).headers["location"])
    assert job["rows"] == 40_000
    assert kent.get(job["csv"]).status_code == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("table", "fields", "words"),
    [
        ("a,referred\n1,2013\n", {}, "there is no column “postcode”"),
        ("postcode,referred\nCT9 1AA,06/13/2013\n", {}, "month first"),
        ("postcode,referred\nCT9 1AA\n", {}, "where the header has"),
        ("postcode,referred\nCT9 1AA,x\x00\n", {}, "NUL"),
    ],
)
def test_what_is_wrong_with_a_table_is_told(
    kent: TestClient, table: str, fields: dict[str, str], words: str
) -> None:
    job = ended(kent, sent(kent, table, **fields).headers["location"])
    assert words in job["error"]
    assert "/tmp" not in job["error"]


def test_what_is_wrong_with_a_form_is_told_on_it(kent: TestClient) -> None:
    assert sent(kent, at="2013-06-01").status_code == 400
    assert "name one of them" in sent(kent, at="2013-06-01").text
    assert sent(kent, "").status_code == 400
    assert sent(kent, "postcode\n" + "x\n" * 60_000).status_code == 400
    assert sent(kent, frob="1").status_code == 400
    assert kent.post("/bulk", content=b"x", headers={"content-type": "text/plain"}).status_code == 400
    assert (
        kent.post("/bulk", content=b"x", headers={"content-type": "multipart/form-data"}).status_code == 400
    )


def test_a_program_may_come_back_for_its_table(kent: TestClient) -> None:
    asked = {"column": "postcode", "at-column": "referred"}
    headers = {"content-type": "text/csv", "prefer": "respond-async"}
    got = kent.post("/api/annotate", params=asked, content=TABLE, headers=headers)
    assert got.status_code == 202
    assert ended(kent, got.headers["location"])["rows"] == 4
    sheet = kent.post(
        "/api/annotate",
        params=asked,
        content=TABLE,
        headers={
            "content-type": "text/csv",
            "accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        },
    )
    assert sheet.content[:2] == b"PK"
    assert (
        kent.post(
            "/api/annotate", params=asked, content="{}", headers={"content-type": "application/json"}
        ).status_code
        == 415
    )
    assert kent.post("/api/annotate", content=TABLE, headers={"content-type": "text/csv"}).status_code == 400


def test_only_so_many_tables_are_held(kent: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orgmap.server.bulk.jobs.JOBS", 1)
    assert sent(kent).status_code == 303
    full = sent(kent)
    assert (full.status_code, full.headers["retry-after"]) == (503, "120")
