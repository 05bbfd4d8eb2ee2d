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


@pytest.mark.parametrize("asked", [("-o", "kent.svg"), ("--format", "svg", "-o", "kent.xml")])
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


@pytest.mark.parametrize("store", ["", "networkx:"])
def test_every_store_draws_the_same(orgmap: Orgmap, store: str) -> None:
    assert orgmap(*BEFORE_AFTER, "--store", store).out == orgmap(*BEFORE_AFTER).out


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
        (("draw", "map", "2013-04-01", "--include", "planned"), 2, "only what was in force"),
        (("draw", "map", "2013-04-01", "--as-known-on", "2012-01-01"), 2, "only what was in force"),
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
        ((*LIVES, "--as-known-on", "2012-01-01"), 2, "A timeline takes no --as-known-on"),
        ((*DESCENT, "--as-known-on", "2012-01-01"), 2, "A lineage takes no --as-known-on"),
        ((*LIVES, "--include", "disputed"), 2, "A timeline takes no --include disputed"),
        ((*DESCENT, "--include", "shadow"), 2, "A lineage takes no --include shadow"),
        ((*LIVES, "--include", "planned", "--include", "shadow"), 0, ""),
        ((*DESCENT, "--include", "planned"), 0, ""),
    ],
)
def test_an_option_that_would_make_no_difference_is_refused(
    orgmap: Orgmap, asked: tuple[str, ...], code: int, words: str
) -> None:
    told = orgmap(*asked)
    assert told.code == code
    assert words in told.err
    assert bool(told.out) == (code == 0)
