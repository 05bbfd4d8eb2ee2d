"""`orgmap draw`: where a picture goes, in which form, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Orgmap

BEFORE_AFTER = ("draw", "diff", "2013-03-31", "2013-04-01")


def test_a_picture_goes_to_standard_output_if_no_file_is_named(orgmap: Orgmap) -> None:
    told = orgmap(*BEFORE_AFTER)
    assert told.code == 0
    assert told.out.startswith("<!DOCTYPE html>")
    assert told.err == ""


def test_a_picture_goes_to_the_file_that_is_named(orgmap: Orgmap, tmp_path: Path) -> None:
    file = tmp_path / "kent.html"
    told = orgmap(*BEFORE_AFTER, "-o", str(file))
    assert (told.code, told.out, told.err) == (0, "", f"Drawn: {file}\n")
    assert file.read_text(encoding="utf-8") == orgmap(*BEFORE_AFTER).out


@pytest.mark.parametrize("asked", [("-o", "kent.svg"), ("-o", "kent.SVG"), ("--format", "svg", "-o", "kent")])
def test_a_picture_can_be_plain_svg(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert orgmap(*BEFORE_AFTER, *asked).code == 0
    assert (tmp_path / asked[-1]).read_text(encoding="utf-8").startswith("<?xml")


def test_a_reform_is_drawn_by_its_name(orgmap: Orgmap) -> None:
    told = orgmap("draw", "reform", "2013")
    assert told.code == 0
    assert "Reform of 2013" in told.out


def test_a_picture_may_keep_to_a_place_and_a_view(orgmap: Orgmap) -> None:
    told = orgmap(*BEFORE_AFTER, "--within", "CT9 1AA", "--view", "membership")
    assert told.code == 0
    assert "CT9 1AA" in told.out


def test_every_store_draws_the_same(orgmap: Orgmap) -> None:
    assert orgmap(*BEFORE_AFTER, "--store", "networkx:").out == orgmap(*BEFORE_AFTER).out


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        (("draw", "reform", "1948"), 1, "1948"),
        (("draw", "diff", "1998-03-31", "2013-04-01"), 1, "the tables begin on 1999-04-01"),
        ((*BEFORE_AFTER, "--within", "Atlantis"), 1, "Atlantis"),
        (("draw", "diff", "2013-03-31"), 2, "Two days are needed"),
        (("draw", "diff", "someday", "2013-04-01"), 2, "is not a date"),
        ((*BEFORE_AFTER, "--service", "maternity"), 2, "--view commissioning"),
        ((*BEFORE_AFTER, "--view", "commissioning", "--service", "maternity"), 2, "--within PLACE"),
        ((*BEFORE_AFTER, "-o", "/nowhere/kent.html"), 2, "cannot be written"),
        (("draw", "cartoon", "2013"), 2, "cartoon"),
        (("draw", "map", "2013-04-01", "--hops", "2"), 2, "does not take --hops"),
    ],
)
def test_what_cannot_be_drawn_says_why(
    orgmap: Orgmap, question: tuple[str, ...], code: int, words: str
) -> None:
    told = orgmap(*question)
    assert told.code == code
    assert words in told.err
    assert told.out == ""


LIVES = ("draw", "timeline", "ccg:10E")
DESCENT = ("draw", "lineage", "ccg:10E")


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (
            (*LIVES, "--as-known-on", "2012-01-01"),
            1,
            "NHS Thanet CCG (ccg:10E) is not told as known on 2012-01-01",
        ),
        ((*DESCENT, "--as-known-on", "soon"), 2, "“soon” is not a date"),
        ((*LIVES, "--include", "ghost"), 2, "'ghost' is not one of"),
        ((*LIVES, "--include", "planned", "--include", "shadow"), 0, ""),
        ((*DESCENT, "--as-known-on", "2014-01-01"), 0, ""),
        ((*LIVES, "--include", "planned"), 0, ""),
        ((*DESCENT, "--include", "planned"), 0, ""),
    ],
)
def test_a_picture_takes_plans_and_a_day_of_knowledge(
    orgmap: Orgmap, asked: tuple[str, ...], code: int, words: str
) -> None:
    told = orgmap(*asked)
    assert told.code == code
    assert words in told.err
    assert bool(told.out) == (code == 0)


@pytest.mark.parametrize("name", ["kent.html", "kent.htm", "kent.HTML", "kent"])
def test_a_page_is_written_under_the_names_of_pages(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert orgmap(*BEFORE_AFTER, "-o", name).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("-o", "kent.png"), "Pictures are written as .html or .svg, not as .png"),
        (("-o", "kent.pdf"), "Pictures are written as .html or .svg, not as .pdf"),
        (("--format", "svg", "-o", "kent.xml"), "Pictures are written as .html or .svg, not as .xml"),
        (
            ("--format", "html", "-o", "kent.svg"),
            "kent.svg would hold html: name it .html, or leave out --format",
        ),
        (
            ("--format", "svg", "-o", "kent.htm"),
            "kent.htm would hold svg: name it .svg, or leave out --format",
        ),
    ],
)
def test_no_file_is_called_what_it_is_not(
    orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = orgmap(*BEFORE_AFTER, *asked)
    assert (told.code, told.out) == (2, "")
    assert words in told.err
    assert list(tmp_path.iterdir()) == []


PLAIN = {
    "reform": ("2013",),
    "diff": ("2013-03-31", "2013-04-01"),
    "services": ("CT9 1AA",),
    "network": ("ccg:10E",),
    "lineage": ("ccg:10E",),
    "timeline": ("ccg:10E",),
    "map": ("2013-04-01",),
}
WORTH = {
    "--within": "CT9 1AA",
    "--at": "2013-06-01",
    "--and": "2013-04-01",
    "--view": "membership",
    "--service": "maternity",
    "--hops": "2",
    "--all": "",
    "--kind": "icb",
}
TAKEN = {
    "reform": {"--within", "--view", "--service"},
    "diff": {"--within", "--view", "--service"},
    "services": {"--at", "--and"},
    "network": {"--hops", "--at", "--all", "--kind"},
    "lineage": {"--within", "--at", "--kind"},
    "timeline": {"--within", "--at", "--kind"},
    "map": {"--kind", "--within"},
}


@pytest.mark.parametrize(
    ("picture", "option"), [(one, option) for one in PLAIN for option in WORTH if option not in TAKEN[one]]
)
def test_a_picture_refuses_an_option_that_it_does_not_take(orgmap: Orgmap, picture: str, option: str) -> None:
    told = orgmap("draw", picture, *PLAIN[picture], option, *filter(None, [WORTH[option]]))
    assert (told.code, told.out) == (2, "")
    said, _, takes = told.err.partition("; it takes ")
    assert f"draw {picture} does not take {option}" in said
    assert all(one in takes for one in TAKEN[picture])
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("reform", "Name a reform: orgmap draw reform 2013."),
        ("services", "Name a place: orgmap draw services Thanet"),
        ("network", "Name a body: orgmap draw network"),
        ("timeline", "Name one body at least: orgmap draw timeline"),
        ("lineage", "Name a body or a place: orgmap draw lineage"),
        ("map", "A map needs one day or two: orgmap draw map"),
        ("diff", "Two days are needed: orgmap draw diff"),
    ],
)
def test_a_picture_of_nothing_says_what_it_needs(orgmap: Orgmap, picture: str, words: str) -> None:
    told = orgmap("draw", picture)
    assert (told.code, told.out) == (2, "")
    assert words in told.err


@pytest.mark.parametrize("picture", ["diff", "services", "network", "lineage", "timeline"])
def test_a_picture_of_what_was_known_on_a_day_says_so(orgmap: Orgmap, picture: str) -> None:
    asked = ("draw", picture, *PLAIN[picture], *(("--at", "2013-06-01") if picture == "network" else ()))
    said = "As known on 1 July 2013"
    drawn = orgmap(*asked, "--as-known-on", "2013-07-01").out
    assert said in drawn or said.replace("1 July 2013", "2013-07-01") in drawn
    assert "As known on" not in orgmap(*asked).out
