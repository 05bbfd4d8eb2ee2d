"""A place or a day typed without quotes is taken whole, or refused at once: its words are no other arguments."""

from __future__ import annotations

import pytest

from orgmap.cli.kit.unquoted import NAMES, gathered
from orgmap.graphmodel.errors import WrongUse
from tests.cli.conftest import Orgmap
from tests.commands import EVERY

UNQUOTED = {
    ("list", "--within"): ("list ccg --within Kent and Medway", "list ccg --within|Kent and Medway"),
    ("diff", "--within"): (
        "diff 2013-03-31 2013-04-01 --within LS1 4AP --kind ccg",
        "diff 2013-03-31 2013-04-01 --within|LS1 4AP --kind ccg",
    ),
    ("reform", "--within"): (
        "reform 2013 --within Kent and Medway",
        "reform 2013 --within|Kent and Medway",
    ),
    ("draw reform", "--within"): (
        "draw reform 2013 --within Kent and Medway -o x.svg",
        "draw reform 2013 --within|Kent and Medway -o x.svg",
    ),
    ("draw diff", "--within"): (
        "draw diff 2013-03-31 2013-04-01 --within LS1 4AP",
        "draw diff 2013-03-31 2013-04-01 --within|LS1 4AP",
    ),
    ("draw lineage", "--within"): (
        "draw lineage --within Kent and Medway",
        "draw lineage --within|Kent and Medway",
    ),
    ("draw timeline", "--within"): (
        "draw timeline --within Kent and Medway",
        "draw timeline --within|Kent and Medway",
    ),
    ("draw map", "--within"): (
        "draw map 2013-04-01 --within Isle of Wight",
        "draw map 2013-04-01 --within|Isle of Wight",
    ),
    ("draw plans", "--within"): (
        "draw plans --within Kent and Medway -o x.svg",
        "draw plans --within|Kent and Medway -o x.svg",
    ),
    ("due", "--within"): ("due --within Kent and Medway", "due --within|Kent and Medway"),
    ("case", "--within"): ("case --within Kent and Medway", "case --within|Kent and Medway"),
    ("board", "--may"): ("board hwb --may CCG merger", "board hwb --may|CCG merger"),
    ("check-board", "--as"): (
        "check-board in.csv --as governing body",
        "check-board in.csv --as|governing body",
    ),
    ("plans", "--within"): ("plans --within Kent and Medway", "plans --within|Kent and Medway"),
    ("outcome", "--within"): (
        "outcome 2013 --within Kent and Medway",
        "outcome 2013 --within|Kent and Medway",
    ),
    ("who", "--for"): ("who health visiting --for LS1 4AP", "who health visiting --for|LS1 4AP"),
    ("lineage", "--about"): (
        "lineage pct:5QA --about health visiting",
        "lineage pct:5QA --about|health visiting",
    ),
    ("guide", "--about"): ("guide Thanet --about mental health", "guide Thanet --about|mental health"),
    ("walk", "--resident"): (
        "walk birth --resident Kent and Medway",
        "walk birth --resident|Kent and Medway",
    ),
    ("stated", "--about"): ("stated plans --about Kent and Medway", "stated plans --about|Kent and Medway"),
}
"""One question for each command and option that takes a name, and as what it is read: after `|` all is in quotes."""


def named(words: list[str]) -> tuple[str, list[str]]:
    """The command that is typed, and what is typed behind it."""
    count = 2 if words[0] == "draw" else 1
    return " ".join(words[:count]), words[count:]


def asked(line: str) -> tuple[str, list[str]]:
    """A command and its arguments; after `|` all words up to the next option are one."""
    name, words = named(line.split())
    found: list[str] = []
    joining = False
    for word in words:
        if "|" in word:
            found += word.split("|")
            joining = True
        elif joining and not word.startswith("-"):
            found[-1] += f" {word}"
        else:
            joining = False
            found.append(word)
    return name, found


def test_every_option_that_takes_a_name_is_tried_here():
    options = {(name, one.opts[0]) for name in EVERY for one in EVERY[name].params if one.metavar in NAMES}
    takes_names = {pair for pair in options if pair[1].startswith("--")}
    assert takes_names <= UNQUOTED.keys()


@pytest.mark.parametrize(("typed", "read"), UNQUOTED.values())
def test_the_words_after_the_first_belong_to_the_place(typed, read):
    name, words = asked(typed)
    wanted = asked(read)[1]
    assert gathered(EVERY[name], words) == wanted
    assert gathered(EVERY[name], wanted) == wanted


@pytest.mark.parametrize(
    "read",
    [
        ("list", "--within", "Kent and Medway", "ccg"),
        ("diff", "--within", "Kent and Medway", "2013-03-31", "2013-04-01"),
        ("diff", "2013-03-31", "--within", "West Essex", "2013-04-01"),
        ("draw", "map", "--within", "Isle of Wight", "2013-04-01"),
        ("draw", "lineage", "--within", "Kent and Medway"),
        ("draw", "lineage", "--within", "LS1 4AP", "--at", "2013-01-01"),
        ("reform", "--within", "West Essex", "2013"),
        ("reform", "--within", "Kent", "2013"),
        ("who", "--for", "Kent", "dentistry"),
        ("who", "--for", "LS1 4AP", "health", "visiting"),
        ("who", "health", "visiting", "--for=LS1 4AP"),
        ("who", "dentistry", "--for", "Kent", "--", "more"),
        ("find", "Kent", "--at", "1 April 2013"),
        ("find", "--at", "April 2013", "Kent"),
        ("find", "--at", "2013-04-01", "LS1", "4AP"),
        ("list", "ccg", "--within", "Kent and Medway", "--at", "1 April 2013"),
    ],
)
def test_the_commands_own_arguments_are_left_to_it(read):
    name, wanted = named(list(read))
    assert gathered(EVERY[name], " ".join(wanted).split()) == wanted
    assert gathered(EVERY[name], wanted) == wanted


@pytest.mark.parametrize(
    "typed",
    ["who --for Kent and Medway health visiting", "reform --within West Essex Transition of 2013 plans"],
)
def test_where_it_is_not_clear_quotes_are_asked_for(typed):
    name, words = asked(typed)
    with pytest.raises(WrongUse, match=r"It is not clear which of the words .* with quotes around them"):
        gathered(EVERY[name], words)


@pytest.mark.parametrize(
    "question",
    [
        ("list", "ccg", "--within", "CT9", "1AA", "--at", "1", "December", "2013"),
        ("list", "ccg", "--within", "Kent", "County", "Council", "--at", "2013-12-01"),
        ("diff", "2013-03-31", "2013-12-01", "--within", "CT9", "1AA"),
        ("reform", "2013", "--within", "Kent", "County", "Council"),
    ],
)
def test_an_unquoted_place_is_answered_as_a_quoted_one(orgmap: Orgmap, question: tuple[str, ...]):
    within = question.index("--within") + 1
    end = next((n for n in range(within, len(question)) if question[n].startswith("--")), len(question))
    quoted = (*question[:within], " ".join(question[within:end]), *question[end:])
    assert orgmap(*question).code == 0
    assert orgmap(*question).out == orgmap(*quoted).out


def test_words_that_could_be_service_or_place_are_wrong_use(orgmap: Orgmap):
    told = orgmap("who", "--for", "Kent", "and", "Medway", "health", "visiting")
    assert (told.code, told.out) == (2, "")
    assert "quotes" in told.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("diff 31 March 2013 1 April 2013", ["31 March 2013", "1 April 2013"]),
        ("diff March 2013 2013-06-01", ["March 2013", "2013-06-01"]),
        ("diff 2013-03-31 1 Apr 2013", ["2013-03-31", "1 Apr 2013"]),
        (
            "diff 31 March 2013 1 April 2013 --within Kent",
            ["31 March 2013", "1 April 2013", "--within", "Kent"],
        ),
        ("crosswalk pct 31 March 2013 ccg 1 April 2013", ["pct", "31 March 2013", "ccg", "1 April 2013"]),
        ("crosswalk pct 2013-03-31 ccg 1 April 2013", ["pct", "2013-03-31", "ccg", "1 April 2013"]),
        ("draw diff 31 March 2013 1 April 2013", ["31 March 2013", "1 April 2013"]),
        ("draw map 1 April 2013", ["1 April 2013"]),
        ("draw reform 2013", ["2013"]),
        ("diff 2013 2014", ["2013", "2014"]),
        ("crosswalk pct 2013 ccg 2014", ["pct", "2013", "ccg", "2014"]),
    ],
)
def test_days_typed_without_quotes_are_whole_arguments(line: str, words: list[str]) -> None:
    name, typed = named(line.split())
    assert gathered(EVERY[name], typed) == words
