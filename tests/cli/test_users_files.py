"""A user's own file, in whatever form a spreadsheet saved it: one reader for every command that takes one."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from orgmap.loaders.own.form import form_of
from tests.cli.conftest import Orgmap

SURROUNDINGS = {name: os.environ.get(name) for name in ("ORGMAP_DATA", "ORGMAP_CACHE")}


@pytest.fixture
def orgmap(orgmap: Orgmap, monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Asks the project's own tables."""
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    return orgmap


ASKED = {
    "annotate": ("place,people\nME14 1XX,5\n", "--column", "place", "--at", "2013-06-01", "-o", "-"),
    "handover": (
        "commissioner,service\nWest Kent PCT,GP services\n",
        *("--party", "commissioner", "--service", "service", "--across", "2013-04-01", "-o", "-"),
    ),
    "rollup": ("body,rating\nNHS Thanet CCG,red\n", "--to", "region", "--at", "2014-06-01"),
    "check-board": ("role,name\nchair,A. Smith\n", "--as", "ccg", "--at", "2013-06-01"),
    "walk": ("script,resident\nprovider,ME14 1XX\n", "--at", "2013-06-01"),
    "due": ("step,due\nVote,2026-12-31\n",),
}
"""A file for each command that takes one, and what is asked of it."""

FORMS = {
    "semicolons, as Excel of other countries": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "a mark of UTF-8": lambda text: text.encode("utf-8-sig"),
    "UTF-16 with tabs, as “Unicode text”": lambda text: text.replace(",", "\t").encode("utf-16"),
    "the other UTF-16": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "lines of an old Mac": lambda text: text.replace("\n", "\r").encode(),
    "Excel's own hint": lambda text: ("sep=;\n" + text.replace(",", ";")).encode(),
    "a blank line before the head": lambda text: ("\n" + text).encode(),
}

MOVED = ("a blank line before the head", "Excel's own hint")
"""The forms in which every row stands a line further below."""

REFUSED = {
    "a workbook": (b"PK\x03\x04\x14\0" + b"\0" * 40, ":1: this is an Excel workbook", "“CSV UTF-8”"),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40,
        ":1: this is an old Excel workbook",
        "“CSV UTF-8”",
    ),
    "a page": (b"<!DOCTYPE html>\n<html>Sign in</html>\n", ":1: this is a page", "sign in"),
    "a PDF": (b"%PDF-1.7\n", ":1: this is a PDF", "as CSV"),
    "packed": (b"\x1f\x8b\x08" + b"\0" * 20, ":1: this is a packed file", "Unpack it"),
    "nothing": (b"", "mine.csv", ""),
}


OTHER_LETTERS = b"\xe9"
"""A letter as Western Windows writes it, which is no UTF-8."""


def asked_of(command: str, file: Path) -> tuple[str, ...]:
    given = ("--file", str(file)) if command == "due" else (str(file),)
    return (command, *given, *ASKED[command][1:])


def lines_apart(out: str, moved: bool) -> str:
    """An answer without the numbers of lines, where these are others."""
    return re.sub(r"(line |mine-|mine\.csv:|^)\d+", r"\1N", out, flags=re.MULTILINE) if moved else out


@pytest.mark.parametrize("command", ASKED)
def test_a_table_is_read_alike_in_whatever_form_it_was_saved(
    orgmap: Orgmap, tmp_path: Path, command: str
) -> None:
    file, text = tmp_path / "mine.csv", ASKED[command][0]
    file.write_text(text, encoding="utf-8")
    plain = orgmap(*asked_of(command, file))
    assert plain.out, plain.err
    for form, written in FORMS.items():
        file.write_bytes(written(text))
        told = orgmap(*asked_of(command, file))
        moved = form in MOVED
        assert (told.code, lines_apart(told.out, moved)) == (plain.code, lines_apart(plain.out, moved)), form


@pytest.mark.parametrize("command", ASKED)
def test_what_is_no_table_is_refused_with_its_line_and_what_to_do(
    orgmap: Orgmap, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "mine.csv"
    head, row, _ = ASKED[command][0].encode().split(b"\n")
    other = head + b"\n" + OTHER_LETTERS + row + b"\n"
    for what, (raw, said, do) in {
        **REFUSED,
        "other letters": (other, ":2: this is not utf-8 text", ""),
    }.items():
        file.write_bytes(raw)
        told = orgmap(*asked_of(command, file))
        assert told.code == 2, what
        assert told.out.count("\n") <= (what == "other letters"), (
            what
        )  # heads go through a pipe as they are read
        assert said in told.err, (what, told.err)
        assert do in told.err, (what, told.err)


@pytest.mark.parametrize("command", ["due", "walk"])
def test_a_command_that_has_no_encoding_to_say_asks_for_none(
    orgmap: Orgmap, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "mine.csv"
    for raw in (b"step,due\n\xe9,2026\n", b"step,due\nx\0,2026\n", "step,due\n".encode("utf-16-le")):
        file.write_bytes(raw)
        told = orgmap(*asked_of(command, file))
        assert (told.code, "--encoding" in told.err) == (2, False), told.err


def test_a_result_that_is_divided_otherwise_than_the_file_says_so(orgmap: Orgmap, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    for command in ("annotate", "handover"):
        file.write_bytes(FORMS["tabs"](ASKED[command][0]))
        told = orgmap(*asked_of(command, file))
        assert "The file's cells are divided by tabs; those of the result by commas." in told.err


@pytest.mark.parametrize("raw", [b"PK\x03\x04", "id;name\nx;Mine\n".encode("utf-16")])
def test_a_table_laid_over_ours_is_read_by_the_same_rules(orgmap: Orgmap, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "entities.csv").write_bytes(raw)
    told = orgmap("--with", str(tmp_path), "check")
    assert "entities.csv:" in told.err + told.out
    assert "Traceback" not in told.err
    assert ("not a CSV table" in told.err + told.out) == raw.startswith(b"PK")
    assert "there is no column" not in told.err + told.out


@pytest.mark.parametrize(
    ("text", "divider"),
    [
        ("place\nLeeds; Kent\n", ","),
        ("name, of whom;place\nKent;ME14\n", ","),
        ("what; when\nKent\n", ","),
        ('"a;b",c\n1,2\n', ","),
        ("a;b\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("", ","),
    ],
)
def test_only_what_divides_head_and_row_alike_is_taken_for_a_divider(text: str, divider: str) -> None:
    assert form_of(text.encode()).divider == divider
