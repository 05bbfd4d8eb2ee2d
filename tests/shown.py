"""Calls that the documents show with their answers: `$ orgmap …`, and below it what the program says."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import NamedTuple

from orgmap.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
"""Every page that people wrote."""

PROMPT = "$ "
LEFT_OUT = "…"
"""A line of its own stands for any lines; at the end of a line for the rest of it."""


class Shown(NamedTuple):
    """A call, and the lines that are shown below it."""

    call: str
    lines: tuple[str, ...]


def shown(page: Path) -> list[Shown]:
    """Every call with an answer on a page, in order."""
    calls: list[Shown] = []
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
        for part in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.M)[1:]:
            call, *lines = part.rstrip().splitlines()
            calls.append(Shown(call, tuple(lines)))
    return calls


def said(call: str) -> list[str]:
    """What a call says, data and words as a terminal would show them."""
    command, *words = shlex.split(call, comments=True)
    if command == "cat":
        return Path(words[0]).read_text(encoding="utf-8").splitlines()
    assert command == "orgmap", f"a page shows {command}, which no test can run"
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told), suppress(SystemExit):
        run(words)
    return told.getvalue().splitlines()


def agrees(lines: tuple[str, ...], told: list[str]) -> str:
    """Nothing if the lines are what was told, but for what is left out; else the first line that is not."""
    rest = [_even(line) for line in told]
    free = False
    for line in map(_even, lines):
        if line == LEFT_OUT:
            free = True
            continue
        begins = line.removesuffix(LEFT_OUT).rstrip()
        fits = [one.startswith(begins) if line.endswith(LEFT_OUT) else one == line for one in rest]
        if True not in (fits if free else fits[:1]):
            return line
        rest, free = rest[fits.index(True) + 1 :], False
    return "" if free or not rest else f"and then: {rest[0]}"


def _even(line: str) -> str:
    """A line with one blank where a table has several."""
    return " ".join(line.split())
