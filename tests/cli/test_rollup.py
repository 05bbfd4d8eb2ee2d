"""`rollup` and `template`: a file of ratings on the command line, what is wrong in it, and files to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Orgmap, Told

RATINGS = "body,domain,rating\nNHS Thanet CCG,Finance,Red\nccg:09E,finance,green\nccg:10E,QIPP,Amber/Green\n"
ASKED = ("--to", "area_team", "--at", "2014-06-01")


def rollup(orgmap: Orgmap, folder: Path, text: str, *options: str) -> Told:
    """Rolls up a file of this text."""
    file = folder / "ratings.csv"
    file.write_text(text)
    return orgmap("rollup", str(file), *(options or ASKED))


def test_ratings_are_told_for_people_and_for_programs(orgmap: Orgmap, tmp_path: Path) -> None:
    told = rollup(orgmap, tmp_path, RATINGS)
    assert told.code == 0
    assert "Kent Area Team (at:Q67), Finance: red" in told.out
    assert "1 red of 1\n    red: NHS Thanet CCG (ccg:10E)" in told.out
    rows = rollup(orgmap, tmp_path, RATINGS, *ASKED, "--format", "csv").table
    assert [(row["parent"], row["domain"], row["rating"]) for row in rows] == [
        ("at:Q67", "Finance", "red"),
        ("at:Q67", "QIPP", "amber-green"),
        ("at:Q67", "all domains", "red"),
        ("", "Finance", "green"),
        ("", "QIPP", "not rated"),
        ("", "all domains", "not rated"),
    ]
    assert rows[0]["red"] == "1"
    assert rows[0]["because_of"] == "ccg:10E"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("body,rating\nccg:10E,blue\nccg:09E,red\nccg:09E,mauve\n", (), (":2: “blue”", ":4: “mauve”")),
        (
            "body,rating\nccg:10E,red\n10E,green\n",
            (),
            (":3: NHS Thanet CCG is rated twice, before in", ":2."),
        ),
        ("body,rating\nicb:QKS,red\n", (), (":2: NHS Kent ICB was not in force on 2014-06-01",)),
        ("body,rating\nThannet,red\n", (), (":2: No body is called",)),
        ("body,rating\n,red\n", (), (":2: no body is named",)),
        ("body,rating\nccg:10E,red,3\n", (), (":2: 3 cells",)),
        ("body,mark\nccg:10E,red\n", (), (":1: there is no column “rating”",)),
        ("body,rating\n", (), ("no rating stands in it",)),
        ("body,rating\nccg:10E,red\n", ("--to", "clan"), ("is not a kind of body",)),
        ("body,rating\nccg:10E,red\n", ("--to", "ccg", "--at", "2014-06-01"), ("is rated itself",)),
        ("body,rating\nccg:10E,red\n", (*ASKED, "--rule", "mean"), ("no rule", "worst and most")),
        ("body,rating\nccg:10E,red\n", (*ASKED, "--scale", "red"), ("two or more",)),
        ("body,rating\nccg:10E,amber\n", (*ASKED, "--scale", "bad,good"), ("not on the scale bad, good",)),
    ],
)
def test_every_row_that_cannot_be_counted_is_named_and_nothing_is_told(
    orgmap: Orgmap, tmp_path: Path, text: str, options: tuple[str, ...], said: tuple[str, ...]
) -> None:
    told = rollup(orgmap, tmp_path, text, *options)
    assert (told.code, told.out) == (2, "")
    for words in said:
        assert words in told.err


def test_templates_of_documents_that_are_not_there_are_not_found(orgmap: Orgmap) -> None:
    assert "rag-domains" in orgmap("template").out
    assert orgmap("template", "rag-domains").code == 1
    told = orgmap("template", "rag-domain")
    assert told.code == 1
    assert "There are rag-domains" in told.err
