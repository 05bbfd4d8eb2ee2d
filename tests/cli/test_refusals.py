"""What says nothing is refused: blank options and words, an option given twice, one that would change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Orgmap
from tests.commands import EVERY

ARGUMENTS = {
    "find": ("CT9 1AA",),
    "search": ("kent",),
    "show": ("ccg:10E",),
    "list": ("ccg",),
    "lineage": ("ccg:10E",),
    "who": ("maternity",),
    "what": ("ccg:10E",),
    "answers-to": ("ccg:10E",),
    "diff": ("2013-03-31", "2013-04-01"),
    "reform": ("2013",),
    "crosswalk": ("pct", "2013-03-31", "ccg", "2013-04-01"),
    "annotate": ("in.csv",),
    "board": ("hwb",),
    "check-board": ("in.csv",),
    "draw reform": ("2013",),
    "draw diff": ("2013-03-31", "2013-04-01"),
    "draw services": ("CT9 1AA",),
    "draw network": ("ccg:10E",),
    "draw lineage": ("ccg:10E",),
    "draw timeline": ("ccg:10E",),
    "draw map": ("2013-04-01",),
    "export": ("graphml",),
    "cite": ("ccg:10E",),
}
NEEDED = {
    "who": {"--for": "CT9 1AA"},
    "annotate": {"--column": "place", "--output": "out.csv"},
    "check-board": {"--as": "hwb"},
    "export": {"--output": "out"},
    "load": {"--store": "neo4j://a b"},
}


def options(command: str) -> list[Any]:
    """The options of a command that take a value."""
    return [one for one in EVERY[command].params if one.param_type_name == "option" and not one.is_flag]


EACH = [(command, name) for command in EVERY for one in options(command) for name in one.opts]


def asked(command: str, without: str = "") -> list[str]:
    """A question to a command with what it needs, but for one option."""
    needed = {name: value for name, value in NEEDED.get(command, {}).items() if name != without}
    return [
        *command.split(),
        *ARGUMENTS.get(command, ()),
        *(word for pair in needed.items() for word in pair),
    ]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a table to annotate."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("place\nCT9 1AA\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "option"), EACH)
@pytest.mark.parametrize("blank", ["", " ", "\t", "\u00a0"])
def test_a_blank_option_is_not_taken_for_none(
    orgmap: Orgmap, here: Path, command: str, option: str, blank: str
) -> None:
    longest = max(next(one.opts for one in options(command) if option in one.opts), key=len)
    ways = [[option, blank], *([[f"{option}={blank}"]] if option.startswith("--") else [])]
    for way in ways:
        told = orgmap(*asked(command, without=longest), *way)
        assert (told.code, told.out) == (2, "")
        assert (
            f"{option} is blank" in told.err or f"{longest} is blank" in told.err or "-o is blank" in told.err
        )
    assert [one.name for one in here.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("command", ARGUMENTS)
@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_word_is_not_taken_for_none(orgmap: Orgmap, command: str, blank: str) -> None:
    first = len(command.split())
    for place in range(first, first + len(ARGUMENTS[command])):
        question = asked(command)
        question[place] = blank
        told = orgmap(*question)
        assert (told.code, told.out) == (2, "")
        assert "blank" in told.err


@pytest.mark.parametrize(
    "question", [("stated", ""), ("stated", "--", ""), ("draw", "timeline", "ccg:10E", "")]
)
def test_a_word_that_may_be_left_away_may_not_be_blank(orgmap: Orgmap, question: tuple[str, ...]) -> None:
    told = orgmap(*question)
    assert (told.code, told.out) == (2, "")
    assert "blank" in told.err


@pytest.mark.parametrize(
    ("question", "option"),
    [
        (("find", "CT9 1AA", "--at", "2013-06-01", "--at", "2014-06-01"), "--at"),
        (("find", "CT9 1AA", "--format=csv", "--format", "json"), "--format"),
        (("lineage", "ccg:10E", "--back", "--back"), "--back"),
        (("annotate", "in.csv", "--column", "place", "-o", "a.csv", "--output", "b.csv"), "-o"),
        (("list", "ccg", "--include", "shadow", "--include", "shadow"), "--include"),
        (("stated", "--where", "topic=date", "--where", "topic=date"), "--where"),
    ],
)
def test_an_option_given_twice_is_refused(orgmap: Orgmap, here: Path, question, option: str) -> None:
    told = orgmap(*question)
    assert (told.code, told.out) == (2, "")
    assert f"{option} is given twice" in told.err
    assert [one.name for one in here.iterdir()] == ["in.csv"]


def test_an_option_that_may_be_repeated_may_be(orgmap: Orgmap) -> None:
    question = ("list", "ccg", "--at", "2013-03-01", "--include", "shadow", "--include", "planned")
    assert orgmap(*question).code == 0


@pytest.mark.parametrize("option", ["--at", "--as-known-on"])
@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_day_is_told_how_to_be_written(orgmap: Orgmap, option: str, blank: str) -> None:
    assert "Write a day such as 2013-04-01" in orgmap("find", "CT9 1AA", option, blank).err


@pytest.mark.parametrize(
    "question",
    [
        ("sources", "--at", "2013-06-01"),
        ("cite", "ccg:10E", "--include", "planned"),
        ("search", "kent", "--include", "planned"),
        ("draw", "lineage", "--within", "Kent", "--at", "2013-01-01"),
    ],
)
def test_an_option_that_changes_nothing_is_refused(orgmap: Orgmap, question: tuple[str, ...]) -> None:
    told = orgmap(*question)
    assert (told.code, told.out) == (2, "")
    assert "makes no difference" in told.err


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (("lineage", "ccg:10E", "--back", "--forward"), "name one, or none for both"),
        (("stated", "--count-by", "topic", "--limit", "3"), "leave out --limit"),
        (("stated", "--limit", "0"), "--limit"),
        (
            ("crosswalk", "practice", "2013-04-01", "ccg", "2013-04-01", "--by", "population"),
            "leave out --by",
        ),
        (("draw", "map", "2013-06-01", "--hops", "1"), "does not take --hops"),
        (("draw", "timeline", "ccg:10E", "--view", "structure"), "does not take --view"),
    ],
)
def test_what_would_not_be_heeded_is_refused_with_a_sentence(orgmap: Orgmap, question, said: str) -> None:
    told = orgmap(*question)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


@pytest.mark.parametrize("store", [(), ("--store", "networkx:")])
def test_the_cypher_of_a_store_that_has_none_is_refused(orgmap: Orgmap, store: tuple[str, ...]) -> None:
    told = orgmap("find", "CT9 1AA", "--explain", *store)
    assert (told.code, told.out) == (2, "")
    assert "--explain shows the Cypher of a Neo4j store" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("plans Woking", "A place is said by --within: --within Woking."),
        ("plans --for Woking", "Here a place is said by --within"),
        ("due New Forest", "A place is said by --within: --within New Forest."),
        ("list ccg Kent", "A place is said by --within: --within Kent."),
        ("list ccg 1 April 2013", "A day is said by --at: --at 1 April 2013."),
        ("diff 2013-03-31 2013-04-01 Kent", "A place is said by --within: --within Kent."),
        ("plans 2027-04-01", "A day is said by --until: --until 2027-04-01."),
        ("reform 2013 --for Kent", "Here a place is said by --within"),
        ("who maternity --within Kent", "Here a place is said by --for"),
        ("guide --for Kent", "Here the place stands by itself: orgmap guide"),
        ("sources Kent", "unexpected extra argument(s) (Kent)\n"),
        ("show Kent --for Kent", "No such option: --for"),
    ],
)
def test_a_place_or_a_day_where_none_is_taken_is_told_how_to_be_written(
    orgmap: Orgmap, words: str, said: str
) -> None:
    got = orgmap(*words.split())
    assert got.code == 2
    assert said in got.err
    assert "Possible options: --format" not in got.err or "show" in words
