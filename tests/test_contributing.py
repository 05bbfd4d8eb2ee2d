"""The recipes of CONTRIBUTING.md hold: each is carried out, word for word, on a copy of the project."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graphmodel", "loaders", "queries", "viz", "server", "cli", "data", "tests")
RECIPES = (
    "Add a reform",
    "Add news of a plan",
    "Add a source",
    "Add a service rule",
    "Add a kind",
    "Add a question",
)
ROWS_ONLY = RECIPES[:5]
_BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$", re.M | re.S)


class Block(NamedTuple):
    """A piece of a recipe: what it is written in, the file it is for, and its text."""

    language: str
    file: str
    text: str


def recipe(title: str) -> str:
    """What stands under a heading of CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [found] = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return str(found)


def blocks(title: str) -> Iterator[Block]:
    """The pieces of a recipe, in their order."""
    for indent, language, file, text in _BLOCK.findall(recipe(title)):
        yield Block(language, file, re.sub(rf"^{indent}", "", text, flags=re.M))


def is_question(block: Block) -> bool:
    """Whether a piece only looks: everything is written and compiled before the first look, for one build."""
    return block.language == "sh" and "compile" not in block.text


def write(copy: Path, block: Block) -> None:
    """Puts a piece where it belongs: rows under a table's others, a new file, or lines after another."""
    file = copy / block.file
    if block.language == "csv" and file.exists():
        with file.open(encoding="utf-8", newline="") as opened:
            columns = next(csv.reader(opened))
        rows = list(csv.DictReader(block.text.splitlines()))
        assert set(rows[0]) <= set(columns), block.file
        with file.open("a", encoding="utf-8", newline="") as opened:
            csv.DictWriter(opened, columns, restval="", lineterminator="\n").writerows(rows)
    elif block.language == "diff":
        before, *after = (line[1:] for line in block.text.splitlines())
        text = file.read_text(encoding="utf-8")
        assert text.count(f"{before}\n") == 1, f"{block.file} has no line {before}"
        file.write_text(text.replace(f"{before}\n", "\n".join([before, *after, ""])), encoding="utf-8")
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")


def run(copy: Path, command: str) -> str:
    """What a command says in the copy, whose own code is run by this Python. It must succeed."""
    shims = copy / "shims"
    shims.mkdir(exist_ok=True)
    called = {"python": '"$@"', "orgmap": '-c "from orgmap.cli.main import run; run()" "$@"'}
    for name, how in called.items():
        (shims / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {how}\n', encoding="utf-8")
        (shims / name).chmod(0o755)
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("ORGMAP_")}
    done = subprocess.run(
        ["sh", "-e", "-c", command],
        cwd=copy,
        env={
            **surroundings,
            "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}",
            "ORGMAP_CACHE": str(copy / "cache"),
            "ORGMAP_DATA_HOME": str(copy / "loaded"),
            "PYTHONPATH": str(copy),
        },
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which everything that the recipes write is written and compiled."""
    target = tmp_path_factory.mktemp("copy")
    for room in ROOMS:
        shutil.copytree(ROOT / room, target / room, ignore=shutil.ignore_patterns("__pycache__"))
    (target / "orgmap").mkdir()
    for file in (ROOT / "orgmap").iterdir():
        if file.is_symlink():
            (target / "orgmap" / file.name).symlink_to(os.readlink(file))
        elif file.is_file():
            shutil.copy(file, target / "orgmap")
    shutil.copy(ROOT / "pyproject.toml", target)
    for title in RECIPES:
        for block in blocks(title):
            if block.language == "sh" and not is_question(block):
                run(target, block.text)
            elif block.file:
                write(target, block)
    return target


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_has_five_steps_or_fewer(title: str) -> None:
    steps = [int(number) for number in re.findall(r"^(\d+)\. ", recipe(title), re.M)]
    assert steps == list(range(1, len(steps) + 1))
    assert len(steps) <= 5


@pytest.mark.parametrize("title", ROWS_ONLY)
def test_what_is_said_to_need_rows_needs_no_code(title: str) -> None:
    assert {block.file.rpartition(".")[2] for block in blocks(title) if block.file} <= {"csv", "json"}


@pytest.mark.parametrize("title", RECIPES)
def test_after_a_recipe_its_commands_say_what_it_promises(copy: Path, title: str) -> None:
    said, promises = "", 0
    for block in blocks(title):
        if is_question(block):
            said = "\n".join(" ".join(line.split()) for line in run(copy, block.text).splitlines())
        elif block.language == "text":
            for line in block.text.splitlines():
                assert " ".join(line.split()) in said, f"{line}\nis not in\n{said}"
                promises += 1
    assert promises


NEWS_TURNS = [
    ("orgmap show 'Healthwatch Kent'", ["until 2027-04-01 (not included)"], ["conditional", "not law"]),
    ("orgmap list national --at 2027-03-31", ["national:nhs_england", "national:healthwatch_england"], []),
    ("orgmap list national --at 2027-05-01", [], ["national:nhs_england", "national:healthwatch_england"]),
    (
        "orgmap diff 2027-03-31 2027-04-01 --format csv",
        ["ended,national:nhs_england", "ended,healthwatch:E10000016"],
        ["conditional"],
    ),
    ("orgmap lineage 'NHS England' --forward", ["2027-04-01 replaced: NHS England"], ["conditional"]),
    ("orgmap reforms", ["2027-04-01 Health Bill"], []),
    ("orgmap reform 2027_health_bill --format csv", ["ended,national:nhs_england"], ["conditional"]),
    ("orgmap who dentistry --for Woking --at 2027-05-01", ["— statutory"], ["subject to Parliament; not law"]),
    ("orgmap outcome health-bill", ["kept: 1 April 2027"], ["open:"]),
    ("orgmap show region:Y59 --at 2027-05-01", ["is part of Department of Health"], ["is part of NHS England"]),
    ("orgmap draw reform 2027_health_bill --format svg -o -", ["NHS England"], ["conditional", "Planned"]),
    (
        "python -c 'from orgmap import open; print(*open().snapshot(\"2027-05-01\").nodes)'",
        ["national:department_of_health_and_social_care"],
        ["national:nhs_england "],
    ),
]  # fmt: skip
"""What is asked after the recipe with news, what the answer says, and what it no longer says."""


@pytest.mark.parametrize(("command", "says", "never"), NEWS_TURNS, ids=[one[0] for one in NEWS_TURNS])
def test_after_news_every_answer_turns(copy: Path, command: str, says: list[str], never: list[str]) -> None:
    said = " ".join(run(copy, command).split())
    assert [part for part in says if part not in said] == [], said[:3000]
    assert [part for part in never if part in said] == [], said[:3000]


def test_every_recipe_is_carried_out() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^## (Add .*)$", text, re.M)) == RECIPES
