"""`annotate` from file to file: no row is lost, nothing is left half written, every fault is told with its line."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from threading import Thread

import pytest

from orgmap.queries.table.annotate import columns
from tests.cli.conftest import Orgmap, Told

CLIENTS = 'name,postcode,day\nAnn,CT9 1AA,2013-03-31\nBob,CT9 1AA,2013-04-01\n"Cy, D.",nowhere,2013-04-01\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def annotate(orgmap: Orgmap, text: str | bytes, *options: str, column: str = "postcode") -> Told:
    """Annotates a file of this text; the target is `out.csv`."""
    raw = text if isinstance(text, bytes) else text.encode()
    Path("clients.csv").write_bytes(raw)
    return orgmap("annotate", "clients.csv", "--column", column, "-o", "out.csv", *options)


def out() -> list[dict[str, str]]:
    """The rows of the target."""
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def files(here: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in here.iterdir())


def test_each_row_is_answered_for_its_own_day(orgmap: Orgmap, here: Path) -> None:
    told = annotate(orgmap, CLIENTS, "--at-column", "day")
    assert (told.code, told.out) == (0, "")
    assert told.err.splitlines()[-1] == "3 rows: 2 with a commissioner, 2 with a note."
    rows = out()
    assert list(rows[0]) == ["name", "postcode", "day", *columns()]
    assert [row["name"] for row in rows] == ["Ann", "Bob", "Cy, D."]
    assert [row["commissioner"] for row in rows] == ["pct:5QA", "ccg:10E", ""]
    assert [row["note"] for row in rows[:2]] == ["estimated: commissioner, region", ""]
    assert rows[2]["note"].startswith("No place is called “nowhere”.")
    assert files(here) == ["clients.csv", "out.csv"]


@pytest.mark.parametrize(("at", "commissioner"), [("2020-03-31", "ccg:10E"), ("1 April 2020", "ccg:91Q")])
def test_one_day_may_count_for_all_rows(orgmap: Orgmap, here: Path, at: str, commissioner: str) -> None:
    assert annotate(orgmap, CLIENTS, "--at", at).code == 0
    assert [row["commissioner"] for row in out()] == [commissioner, commissioner, ""]


def test_the_result_can_go_to_standard_output(orgmap: Orgmap, here: Path) -> None:
    assert annotate(orgmap, CLIENTS, "--at-column", "day").code == 0
    told = orgmap("annotate", "clients.csv", "--column", "postcode", "--at-column", "day", "-o", "-")
    assert told.code == 0
    assert told.out == Path("out.csv").read_text(encoding="utf-8")


def test_a_note_column_of_the_file_stays(orgmap: Orgmap, here: Path) -> None:
    assert annotate(orgmap, "postcode,note\nCT9 1AB,mine\n").code == 1
    [row] = out()
    assert (row["note"], row["orgmap_note"]) == ("mine", "postcode not known")


@pytest.mark.parametrize(
    ("cells", "code", "summary"),
    [
        (["CT9 1AB"], 1, "1 rows: 0 with a commissioner, 1 with a note."),
        (["nowhere", ""], 1, "2 rows: 0 with a commissioner, 2 with a note."),
        (["nowhere", "CT9 1AA"], 0, "2 rows: 1 with a commissioner, 1 with a note."),
        (["CT9 1AA", "CT9 1AA"], 0, "2 rows: 2 with a commissioner, 0 with a note."),
        (["CT9 9ZZ", "CT9 1AA"], 0, "2 rows: 1 with a commissioner, 1 with a note."),
        (["CT9 9ZZ"], 0, "1 rows: 0 with a commissioner, 1 with a note."),
    ],
)
def test_notes_are_counted_and_a_table_without_any_answer_is_none(
    orgmap: Orgmap, here: Path, cells: list[str], code: int, summary: str
) -> None:
    told = annotate(orgmap, "\n".join(["postcode", *cells, ""]), "--at", "2013-06-01")
    assert told.code == code
    assert summary in told.err
    assert ("No row was answered" in told.err) is bool(code)
    assert len(out()) == len(cells)
    assert sum(bool(row["note"]) for row in out()) == int(summary.split(", ")[1].split()[0])


@pytest.mark.parametrize("day", ["06/13/2013", "6-13-2013", "06.13.13", "12/31/2013 00:00"])
@pytest.mark.parametrize("target", ["out.csv", "-"])
def test_a_column_of_days_with_the_month_first_is_refused_whole(
    orgmap: Orgmap, here: Path, day: str, target: str
) -> None:
    rows = ["CT9 1AA,01/06/2013"] * 3000
    Path("clients.csv").write_text("\n".join(["postcode,day", *rows, f"CT9 1AA,{day}", ""]), encoding="utf-8")
    told = orgmap("annotate", "clients.csv", "--column", "postcode", "--at-column", "day", "-o", target)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"orgmap: clients.csv:3002: “{day}” has its month first")
    assert "nothing was written" in told.err
    assert files(here) == ["clients.csv"]


def test_a_column_of_days_with_the_day_first_is_read(orgmap: Orgmap, here: Path) -> None:
    text = "postcode,day\nCT9 1AA,01/04/2013\nCT9 1AA,31/03/2013\nCT9 1AA,13/13/2013\n"
    assert annotate(orgmap, text, "--at-column", "day").code == 0
    assert [row["commissioner"] for row in out()] == ["ccg:10E", "pct:5QA", ""]


def test_another_column_may_have_its_months_first(orgmap: Orgmap, here: Path) -> None:
    text = "postcode,day,seen\nCT9 1AA,01/04/2013,06/13/2013\n"
    assert annotate(orgmap, text, "--at-column", "day").code == 0


def test_days_may_come_through_a_pipe(orgmap: Orgmap, here: Path) -> None:
    def write(text: str) -> None:
        Path("pipe").write_text(text, encoding="utf-8")

    for text, code in ((CLIENTS, 0), (CLIENTS.replace("2013-03-31", "03/31/2013"), 2)):
        os.mkfifo("pipe")
        writer = Thread(target=write, args=[text])
        writer.start()
        told = orgmap("annotate", "pipe", "--column", "postcode", "--at-column", "day", "-o", "out.csv")
        writer.join()
        Path("pipe").unlink()
        assert told.code == code
        assert ("pipe:2: “03/31/2013” has its month first" in told.err) is bool(code)


@pytest.mark.parametrize(("at", "commissioner"), [("2012", "pct:5QA"), ("2013", ""), ("2014", "ccg:10E")])
def test_one_year_may_count_for_all_rows(orgmap: Orgmap, here: Path, at: str, commissioner: str) -> None:
    assert annotate(orgmap, CLIENTS, "--at", at).code == 0
    assert out()[0]["commissioner"] == commissioner
    assert ("to 2013-03-31, ccg:10E from 2013-04-01" in out()[0]["note"]) is not bool(commissioner)


def test_ended_bodies_are_followed_to_a_day(orgmap: Orgmap, here: Path) -> None:
    text = "body,day\n10E,2014-06-01\n5QA,2012-06-01\nCT9 1AA,2012-06-01\n"
    told = annotate(orgmap, text, "--at-column", "day", "--to-day", "2013-04-01", column="body")
    assert told.code == 0
    assert list(out()[0]) == ["body", "day", *columns("2013-04-01")]
    assert [row["successor"] for row in out()] == ["ccg:10E", "", ""]
    assert [row["successor_shares"] for row in out()] == ["ccg:10E 100%", "ccg:10E 75.0%, ccg:09E 25.0%", ""]


@pytest.mark.parametrize(("to_day", "code"), [("1998-01-01", 1), ("2999-01-01", 1), ("soon", 2)])
def test_a_day_to_follow_to_that_is_not_known_is_refused(
    orgmap: Orgmap, here: Path, to_day: str, code: int
) -> None:
    assert annotate(orgmap, CLIENTS, "--to-day", to_day).code == code
    assert files(here) == ["clients.csv"]


def test_an_annotated_file_can_be_annotated_again_and_again(orgmap: Orgmap, here: Path) -> None:
    assert annotate(orgmap, CLIENTS, "--at", "2013-06-01").code == 0
    for _ in range(2):
        assert annotate(orgmap, Path("out.csv").read_bytes(), "--at", "2022-07-01").code == 0
    row = out()[0]
    assert len(row) == 3 + 3 * len(columns())
    assert (row["commissioner"], row["orgmap_commissioner"]) == ("ccg:10E", "icb:QKS")


def test_other_cells_stay_as_they_are(orgmap: Orgmap, here: Path) -> None:
    text = 'postcode,free\nCT9 1AA," =1+1, ""quoted""\nin two lines "\nCT9 1AA,Zoë\n'
    assert annotate(orgmap, text, "--at", "2013-06-01").code == 0
    assert [row["free"] for row in out()] == [' =1+1, "quoted"\nin two lines ', "Zoë"]


def test_a_byte_order_mark_is_no_part_of_the_first_column(orgmap: Orgmap, here: Path) -> None:
    assert annotate(orgmap, b"\xef\xbb\xbf" + CLIENTS.encode(), column="name").code == 1
    assert len(out()) == 3


def test_spaces_around_a_heading_make_no_other_column(orgmap: Orgmap, here: Path) -> None:
    table = "name, postcode ,day\nAnn,CT9 1AA,2013-06-01\n"
    assert annotate(orgmap, table, "--at-column", "day").code == 0
    assert [row["commissioner"] for row in out()] == ["ccg:10E"]
    two = "postcode , postcode\nCT9 1AA,CT6 1AA\n"
    told = annotate(orgmap, two, "--at", "2013-06-01")
    assert (told.code, "Did you mean" in told.err) == (2, True)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_will_do(orgmap: Orgmap, here: Path, end: str) -> None:
    assert annotate(orgmap, CLIENTS.replace("\n", end), "--at-column", "day").code == 0
    assert len(out()) == 3


def test_a_file_of_one_column_keeps_its_empty_cells(orgmap: Orgmap, here: Path) -> None:
    assert annotate(orgmap, "postcode\nCT9 1AA\n\nCT6 1AA\n", "--at", "2013-12-01").code == 0
    rows = out()
    assert [row["commissioner"] for row in rows] == ["ccg:10E", "", "ccg:09E"]
    assert rows[1]["note"] == "empty cell"


def test_a_file_without_rows_gives_a_file_without_rows(orgmap: Orgmap, here: Path) -> None:
    told = annotate(orgmap, "postcode,day\n")
    assert told.code == 0
    assert told.err.splitlines()[-1].startswith("0 rows")
    assert Path("out.csv").read_text(encoding="utf-8") == ",".join(["postcode", "day", *columns()]) + "\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "clients.csv is empty: it needs a header and rows."),
        ("\n\n", "clients.csv is empty: it needs a header and rows."),
        (
            "name,post code\nAnn,CT9 1AA\n",
            "clients.csv:1: there is no column “postcode”. Did you mean “post code”? Columns: name, post code.",
        ),
        ("a;b\n1;2\n", "clients.csv:1: there is no column “postcode”. Columns: a, b."),
        (
            "name,postcode\nAnn,CT9 1AA\nBob\n",
            "clients.csv:3: 1 cell where the header has 2."
            " The file may be cut short, or not be a CSV table; nothing was written.",
        ),
        (
            "name,postcode\nAnn,CT9 1AA,x\n",
            "clients.csv:2: 3 cells where the header has 2."
            " The file may be cut short, or not be a CSV table; nothing was written.",
        ),
        (
            'name,postcode\nAnn,CT9 1AA\n"Bob,CT9 1AA\nCy,CT9 1AA\n',
            "clients.csv:4: this is not a CSV table (unexpected end of data); nothing was written.",
        ),
        (
            'name,postcode\nAnn,CT9 1AA\n"Bob"x,CT9 1AA\n',
            "clients.csv:3: this is not a CSV table (',' expected after '\"'); nothing was written.",
        ),
        (
            "name,postcode\nAnn,CT9 1AA\nZoë,CT9 1AA\n".encode("cp1252"),
            "clients.csv:3: this is not utf-8 text."
            " Say the file's encoding, e.g. --encoding cp1252; nothing was written.",
        ),
        (
            CLIENTS.encode("utf-16")[2:],
            "clients.csv:1: there is a NUL in this line: the file is not a CSV table, or in another encoding"
            " (--encoding utf-16); nothing was written.",
        ),
    ],
    ids=[
        "empty", "blank lines", "another column", "semicolons", "cut short", "too long a row", "unclosed quote",
        "stray quote", "cp1252", "utf-16 that does not say so",
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_its_line(
    orgmap: Orgmap, here: Path, text: str | bytes, sentence: str
) -> None:
    told = annotate(orgmap, text)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"orgmap: {sentence}\n"
    assert files(here) == ["clients.csv"]


def test_a_fault_after_thousands_of_rows_leaves_an_older_result_as_it_was(orgmap: Orgmap, here: Path) -> None:
    Path("out.csv").write_text("older", encoding="utf-8")
    told = annotate(orgmap, "postcode,x\n" + "CT9 1AA,1\n" * 5000 + "CT9")
    assert told.code == 2
    assert "clients.csv:5002: 1 cell where the header has 2." in told.err
    assert Path("out.csv").read_text(encoding="utf-8") == "older"
    assert files(here) == ["clients.csv", "out.csv"]


def test_an_encoding_can_be_said(orgmap: Orgmap, here: Path) -> None:
    told = annotate(orgmap, "name,postcode\nZoë,CT9 1AA\n".encode("cp1252"), "--encoding", "cp1252")
    assert told.code == 0
    assert out()[0]["name"] == "Zoë"


@pytest.mark.parametrize("encoding", ["klingon", "hex"])
def test_an_encoding_that_is_none_is_refused(orgmap: Orgmap, here: Path, encoding: str) -> None:
    told = annotate(orgmap, CLIENTS, "--encoding", encoding)
    assert (told.code, files(here)) == (2, ["clients.csv"])
    assert told.err.startswith(f"orgmap: “{encoding}” is not an encoding that is known here.")


@pytest.mark.parametrize("name", ["clients.csv", "./clients.csv", "link.csv"])
def test_a_file_is_never_written_over_itself(orgmap: Orgmap, here: Path, name: str) -> None:
    Path("clients.csv").write_text(CLIENTS, encoding="utf-8")
    Path("link.csv").symlink_to("clients.csv")
    told = orgmap("annotate", "clients.csv", "--column", "postcode", "-o", name)
    assert told.code == 2
    assert "is the file to read; name another one to write." in told.err
    assert Path("clients.csv").read_text(encoding="utf-8") == CLIENTS


@pytest.mark.parametrize("target", [".", "folder", "missing/out.csv", "clients.csv/out.csv", "/"])
def test_a_target_that_cannot_be_written_is_told(orgmap: Orgmap, here: Path, target: str) -> None:
    (here / "folder").mkdir()
    Path("clients.csv").write_text(CLIENTS, encoding="utf-8")
    told = orgmap("annotate", "clients.csv", "--column", "postcode", "-o", target)
    assert told.code == 2
    assert told.err.startswith(f"orgmap: {target} ")
    assert files(here) == ["clients.csv", "folder"]
    assert files(here / "folder") == []


def test_a_disk_that_fills_leaves_no_half_result(
    orgmap: Orgmap, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orgmap.csvfiles.os.replace", full)
    told = annotate(orgmap, CLIENTS)
    assert (told.code, files(here)) == (4, ["clients.csv"])
    assert told.err == "orgmap: out.csv cannot be written: No space left on device. Nothing was changed.\n"


@pytest.mark.parametrize("source", ["missing.csv", "folder"])
def test_a_source_that_cannot_be_read_is_told(orgmap: Orgmap, here: Path, source: str) -> None:
    (here / "folder").mkdir()
    told = orgmap("annotate", source, "--column", "postcode", "-o", "out.csv")
    assert told.code == 2
    assert told.err.startswith(f"orgmap: {source} cannot be read: ")
    assert files(here) == ["folder"]


def test_a_missing_column_of_days_is_told(orgmap: Orgmap, here: Path) -> None:
    told = annotate(orgmap, CLIENTS, "--at-column", "days")
    assert (told.code, told.err) == (
        2,
        "orgmap: clients.csv:1: there is no column “days”. Did you mean “day”? Columns: name, postcode, day.\n",
    )


def test_one_day_and_a_column_of_days_exclude_each_other(orgmap: Orgmap, here: Path) -> None:
    told = annotate(orgmap, CLIENTS, "--at", "2013-04-01", "--at-column", "day")
    assert (told.code, files(here)) == (2, ["clients.csv"])
    assert "--at-column" in told.err


@pytest.mark.parametrize("at", ["1999-03-31", "2999-01-01"])
def test_one_day_that_is_not_known_is_refused_before_anything_is_written(
    orgmap: Orgmap, here: Path, at: str
) -> None:
    told = annotate(orgmap, CLIENTS, "--at", at)
    assert (told.code, files(here)) == (1, ["clients.csv"])


def test_past_the_tables_it_is_said_once(orgmap: Orgmap, here: Path) -> None:
    told = annotate(orgmap, CLIENTS)
    assert told.code == 0
    assert told.err.count("known to 2026-01-01; shown as last known.") == 1
    assert "known to 2026-01-01, shown as last known" in out()[0]["note"]


def test_a_name_is_no_formula_and_a_cell_of_ones_own_is_not_touched(orgmap: Orgmap, here: Path) -> None:
    assert annotate(orgmap, "postcode,sum\nCT9 1AA,=1+1\n", "--at", "2013-12-01").code == 0
    assert out()[0]["sum"] == "=1+1"
