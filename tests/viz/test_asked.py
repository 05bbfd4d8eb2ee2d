"""Each question is asked elsewhere than on the command line, or it is said why not; the list follows the program."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from docs.making import asked
from orgmap.cli.kit.everything import everything
from orgmap.cli.kit.question import Copying, Declaration
from orgmap.cli.main import COMMANDS
from orgmap.viz.explorer.asked import ASKED, AskedHere
from tests.viz.explorer import WEB

SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for file in sorted((WEB / "src").rglob("*.ts*"))
    if not file.name.endswith(".test.ts")
)
QUESTIONS, FILES = everything()


def declared() -> dict[str, Declaration | Copying]:
    """Every command that asks something, with what it says of itself."""
    made = {name: import_module(module).COMMANDS[name] for name, module in COMMANDS.items()}
    found = {
        name: getattr(one, "declaration", None) or getattr(one, "copying", None) for name, one in made.items()
    }
    return {name: one for name, one in found.items() if one}


def test_every_question_says_where_the_page_answers_it_and_over_the_web_all_are_asked() -> None:
    assert sorted(one.question for one in ASKED) == sorted(declared())
    assert {one.name for one in (*QUESTIONS, *FILES)} == set(declared())


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one.question)
def test_where_it_is_answered_is_there(one: AskedHere) -> None:
    for word, known in (("view", "VIEWS"), ("tab", "TABS")):
        [listed] = re.findall(rf"export const {known} = \[([^\]]*)\]", SOURCES)
        for value in re.findall(rf"{word}=(\w+)", one.view):
            assert f'"{value}"' in listed
    for title in re.findall("“([^”]+)”", one.words):
        assert title in SOURCES, title
    assert one.here or not one.view


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one.question)
def test_plans_and_what_was_known_are_asked_over_the_web_as_on_the_command_line(one: AskedHere) -> None:
    lines = asked.pages()[asked.PAGE].splitlines()
    [row] = [line for line in lines if line.startswith(f"| `{one.question}` |")]
    served = next(each for each in (*QUESTIONS, *FILES) if each.name == one.question)
    known = {parameter.name for parameter in served.parameters}
    said = declared()[one.question]
    assert "as-known-on" in known
    assert not isinstance(said, Declaration) or ("include" in known) == said.statuses
    for word in ("include", "as-known-on"):
        assert (f"`--{word}`" in row) == (word in known)
