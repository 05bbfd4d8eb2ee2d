"""The exit codes that scripts rely on, the same in every format, and never a traceback."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Orgmap
from tests.cli.examples import AMBIGUOUS, ANSWERED, FORMATS, NOTHING


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("question", ANSWERED.values(), ids=ANSWERED)
def test_an_answer_ends_with_0(orgmap: Orgmap, question: tuple[str, ...], form: str) -> None:
    told = orgmap(*question, "--format", form)
    assert told.code == 0, told.err
    assert told.out
    assert "orgmap:" not in told.err


@pytest.mark.parametrize("form", FORMATS)
def test_a_body_without_relations_is_an_answer_in_every_format(orgmap: Orgmap, form: str) -> None:
    assert orgmap("show", "reform:2013", "--at", "2013-06-01", "--format", form).code == 0


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("question", NOTHING.values(), ids=NOTHING)
def test_no_answer_ends_with_1_and_a_reason(orgmap: Orgmap, question: tuple[str, ...], form: str) -> None:
    told = orgmap(*question, "--format", form)
    assert told.code == 1
    assert told.err.splitlines()[-1].startswith("orgmap: ")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("question", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_an_ambiguous_name_ends_with_3_and_its_candidates(
    orgmap: Orgmap, question: tuple[str, ...], form: str
) -> None:
    told = orgmap(*question, "--format", form)
    assert told.code == 3
    said, *candidates = told.err.splitlines()
    assert "could be 2 bodies" in said
    assert [line.split()[0].partition(":")[2] for line in candidates] == [question[1]] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        ("frobnicate",),
        ("find",),
        ("find", "CT9 1AA", "--when", "2013-06-01"),
        ("find", "CT9 1AA", "--at", "2013-02-30"),
        ("find", "CT9 1AA", "--at", "soon"),
        ("find", "CT9 1AA", "--format", "xml"),
        ("find", "CT9 1AA", "--include", "rumours"),
        ("find", "CT9 1AA", "--as-known-on", "soon"),
        ("find", "CT9 1AA", "--store", "mysql://here"),
        ("list", "cgc"),
        ("list",),
        ("search", "kent", "--kind", "clan"),
        ("search", "kent", "--limit", "0"),
        ("diff", "2013-03-31"),
        ("diff", "2013-03-31", "soon"),
        ("crosswalk", "ccg", "2013-04-01", "clan", "2013-04-01"),
        ("crosswalk", "ccg", "2013-04-01", "ccg", "2013-04-01", "--by", "wealth"),
        ("annotate", "there-is-no-such-file.csv", "--column", "place", "-o", "out.csv"),
        ("annotate", "clients.csv"),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_no_data(orgmap: Orgmap, wrong: tuple[str, ...]) -> None:
    told = orgmap(*wrong)
    assert (told.code, told.out) == (2, "")
    assert told.err.strip()


@pytest.mark.parametrize(
    ("folder", "words"),
    [("nowhere", "is not a folder"), ("empty", "holds no dataset"), ("broken", "entities.csv")],
)
@pytest.mark.parametrize("question", [("find", "CT9 1AA"), ("build",), ("check",)], ids=" ".join)
def test_broken_tables_end_with_4(orgmap: Orgmap, tmp_path, monkeypatch, question, folder, words) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken" / "drawn").mkdir(parents=True)
    about = (
        '{"title": "", "description": "", "publisher": "", "licence": "", "attribution": "", "coverage": "",'
    )
    about += ' "as_of": "", "horizon": "", "rows": {"entities": 5}}'
    (tmp_path / "broken" / "drawn" / "dataset.json").write_text(about, encoding="utf-8")
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path / folder))
    told = orgmap(*question)
    assert told.code == 4
    assert words in told.out + told.err


def test_a_cache_that_cannot_be_written_ends_with_4(orgmap: Orgmap, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "file" / "below"))
    told = orgmap("find", "CT9 1AA")
    assert (told.code, told.out) == (4, "")
    assert "ORGMAP_CACHE" in told.err


def test_help_and_version_end_with_0(orgmap: Orgmap) -> None:
    assert orgmap("--help").code == 0
    assert orgmap("find", "--help").code == 0
    told = orgmap("--version")
    assert (told.code, told.out.split()[0]) == (0, "orgmap")


def test_whole_tables_pass_the_check(orgmap: Orgmap) -> None:
    told = orgmap("check")
    assert told.code == 0
    assert told.out.startswith("The tables are whole: rows, sources, words, periods and changes all hold.\n")


def test_a_build_says_where(orgmap: Orgmap, kent) -> None:
    told = orgmap("build")
    assert told.code == 0
    assert told.out.startswith(f"Built {kent / 'cache'}")
