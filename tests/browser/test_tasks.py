"""What policy staff and charities come for: in a browser in at most three actions, with the command's answers.

The tasks stand in `tasks.json`: the question in words, the address where it begins, the width of the window, and what
is done. An action is a text (`steps.py` has the vocabulary). Between actions stands what must then be seen: in which
part of the page, which fields of which command's answer (`answers.py`), or words; or that the link in a field
leads to the same view.
"""

from __future__ import annotations

import json
import shlex
import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.answers import answer, lacking, plain, shown
from tests.browser.chromium import InChromium
from tests.browser.steps import MOST, Person
from tests.browser.webkit import InWebKit
from tests.sampled import some

TASKS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "tasks.json").read_text(encoding="utf-8"))

PATIENCE = 15.0
"""Seconds in which the answer must stand there; far more than it takes, however busy the machine is."""


def test_there_are_many_tasks_of_both_kinds_of_people_and_none_takes_more_than_three_actions() -> None:
    assert len({task["id"] for task in TASKS}) == len(TASKS) >= 25
    assert {task["who"] for task in TASKS} == {"policy", "charity"}
    assert len(OTHER) >= 15
    actions = {task["id"]: sum(isinstance(step, str) for step in task["does"]) for task in TASKS}
    assert [task for task, number in actions.items() if number > MOST] == []


def _case(task: dict[str, Any]) -> Any:
    """A task as a case, called by its id."""
    return pytest.param(task, id=task["id"])


def _shape(task: dict[str, Any]) -> tuple[str, ...]:
    """What is done and where one looks, whatever it is about."""
    steps = (step.split()[0] if isinstance(step, str) else step.get("see", "link") for step in task["does"])
    return (*steps, "narrow" if task["width"] < 600 else "wide")


CASES = [_case(task) for task in some(TASKS, 2)]

OTHER = [_case(task) for task in some({_shape(task): task for task in TASKS}.values())]
"""One of each shape, or a third of these, in the other engine."""


@pytest.mark.parametrize("task", CASES)
def test_task(task: dict[str, Any], person: InChromium) -> None:
    done(person, task)
    assert person.errors == []
    assert person.requests == []


@pytest.mark.parametrize("task", OTHER)
def test_task_in_another_engine(task: dict[str, Any], other: InWebKit) -> None:
    done(other, task)


def done(person: Person, task: dict[str, Any]) -> None:
    """Does a task, and looks."""
    person.open(task["begins"], width=task["width"])
    for step in task["does"]:
        if isinstance(step, str):
            person.does(step)
        elif "same" in step:
            _same_view(person, step["same"], task["width"])
        else:
            _seen(person, step)


def _seen(person: Person, step: dict[str, Any]) -> None:
    """Waits until a part of the page shows what the command line answers."""
    wanted = list(step.get("says", []))
    if "of" in step:
        found = answer(*shlex.split(step["of"]))
        for field in step["shows"]:
            texts = shown(found, field)
            assert texts, f"{step['of']} has no {field}"
            wanted += texts
    role, _, name = step["see"].partition(" ")
    until = time.monotonic() + PATIENCE
    while True:
        text = _part(person, role, name)
        missing = lacking(text, wanted)
        stays = [each for each in step.get("hides", []) if plain(each) in plain(text)]
        if not missing and not stays:
            return
        if time.monotonic() > until:
            pytest.fail(f"“{step['see']}” lacks {missing}, has {stays}; it says: {text.strip()[:600]!r}")
        time.sleep(0.05)


def _part(person: Person, role: str, name: str) -> str:
    if role == "heading":
        return str(person.asks("document.querySelector('h1')?.innerText ?? ''"))
    return person.text(role, name)


def _same_view(person: Person, part: str, width: int) -> None:
    """The link that is shown leads someone else to the same view."""
    role, _, name = part.partition(" ")
    link = person.value(role, name)
    view = "[document.querySelector('h1').innerText, JSON.stringify(window.orgmap.shown())]"
    before = person.asks(view)
    assert "#" in link, f"“{name}” is no address: {link}"
    person.open("#" + link.partition("#")[2], width=width)
    assert person.asks(view) == before
