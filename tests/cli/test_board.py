"""Boards on the command line: answers, a list of members that is checked, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Orgmap, Told
from tests.fuzz.world import WORLD
from tests.worlds import write_data


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kent with boards."""
    return write_data(tmp_path_factory.mktemp("boards") / "data", WORLD)


@pytest.fixture
def orgmap(orgmap: Orgmap, tables: Path, monkeypatch: pytest.MonkeyPatch) -> Orgmap:
    """Asks a world that has boards."""
    monkeypatch.setenv("ORGMAP_DATA", str(tables))
    monkeypatch.setenv("ORGMAP_CACHE", str(tables.parent / "cache"))
    return orgmap


DAY = ("--at", "2014-01-01")


def test_a_board_is_told_and_asked_in_every_form(orgmap: Orgmap) -> None:
    asked = ("board", "hwb:E10000016", *DAY)
    told = orgmap(*asked)
    assert (told.code, "councillor" in told.out, "of: Kent County Council" in told.out) == (0, True, True)
    assert orgmap(*asked, "--format", "json").json["boards"][0]["seats"][0]["role"] == "councillor"
    assert {row["what"] for row in orgmap(*asked, "--format", "csv").table} == {"seat", "power"}
    may = orgmap(*asked, "--may", "CCG merger")
    assert (may.code, "No: it notes it" in may.out) == (0, True)
    sits = orgmap("board", "council:E10000016", *DAY, "--sits", "--format", "csv").table
    assert [(row["board"], row["on"]) for row in sits] == [("Kent HWB", "hwb:E10000016")]


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        (("board", "hwb", *DAY, "--may", "CCG mergre"), 1, "Nearest: CCG merger"),
        (("board", "ccg:10E", *DAY, "--may", "needs"), 1, "Not stated: no source says what"),
        (("board", "Welbeing Board", *DAY), 1, "Boards that come near: Wellbeing Board"),
        (("board", "hwb", "--at", "2012-06-01"), 1, "no rule on who sits"),
        (("board", "hwb", "--at", "31 June 2014"), 2, "31 June 2014"),
        (("board", "council:E10000016", *DAY, "--sits", "--may", "needs"), 2, "--may"),
        (("check-board", "missing.csv", "--as", "hwb", *DAY), 2, "missing.csv"),
        (("check-board", "missing.csv", *DAY), 2, "--as"),
    ],
)
def test_what_cannot_be_answered_is_said(
    orgmap: Orgmap, question: tuple[str, ...], code: int, said: str
) -> None:
    told = orgmap(*question)
    assert (told.code, told.out) == (code, "")
    assert said in told.err


def test_a_board_is_told_in_lines_that_no_screen_is_too_narrow_for(orgmap: Orgmap) -> None:
    for more in ((), ("--may", "CCG merger")):
        told = orgmap("board", "hwb:E10000016", *DAY, *more).out
        assert max(map(len, told.splitlines())) <= 100


def checked(orgmap: Orgmap, folder: Path, text: str, *more: str) -> Told:
    """A list of members checked as a board."""
    file = folder / "members.csv"
    file.write_text(text, encoding="utf-8")
    return orgmap("check-board", str(file), "--as", "hwb", *DAY, *more)


def test_a_list_that_fills_the_board_ends_with_0_and_one_that_does_not_with_1(
    orgmap: Orgmap, tmp_path: Path
) -> None:
    whole = checked(orgmap, tmp_path, "Name,Role\nAnn,Councillor\n")
    assert (whole.code, "filled" in whole.out) == (0, True)
    empty = checked(orgmap, tmp_path, "name,role\nvacant,Councillor\n")
    assert (empty.code, "councillor: missing" in empty.err) == (1, True)
    wrong = checked(orgmap, tmp_path, "name,role\nAnn,Councillor\nBob,Counsellor\n")
    assert (wrong.code, "line 3: role not known" in wrong.err, "Nearest: councillor" in wrong.out) == (
        1,
        True,
        True,
    )
    twice = checked(orgmap, tmp_path, "name,role\nAnn,Councillor\nann,councillor\n")
    assert (twice.code, "Lines 2, 3." in twice.out) == (1, True)
    huge = checked(orgmap, tmp_path, f"name,role\nAnn,{'x' * 5000}\n")
    assert max(map(len, huge.out.splitlines())) < 200
    named = checked(orgmap, tmp_path, "who,post\nAnn,Councillor\n", "--role", "post", "--person", "who")
    assert named.code == 0


def test_nothing_of_a_list_is_a_formula_or_moves_the_terminal(orgmap: Orgmap, tmp_path: Path) -> None:
    text = 'name,role\n"=HYPERLINK(1)",Councillor\n"\x1b[31mred",+1\n'
    rows = checked(orgmap, tmp_path, text, "--format", "csv").table
    assert not any(cell.startswith(("=", "+")) for row in rows for cell in row.values())
    assert "\x1b" not in checked(orgmap, tmp_path, text).out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("name,role\n", "no member stands in it"),
        ("person,job\nAnn,Councillor\n", "no column “role”"),
        ("name,role,role\nAnn,a,b\n", "2 columns “role”"),
        ("name,role\nAnn\n", ":2: 1 cell where the header has 2"),
        ("name,role\nAnn,\0\n", "NUL"),
        ("name,role\n" + "Ann,a\n" * 2001, "more than 2,000 members"),
    ],
)
def test_a_file_that_is_no_list_of_members_is_refused(
    orgmap: Orgmap, tmp_path: Path, text: str, said: str
) -> None:
    told = checked(orgmap, tmp_path, text)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
