"""What the command line answers, and what of it a page must show: the fields of an answer, as a person reads them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from typing import Any

import pytest

from orgmap.cli.main import run

_STEP = re.compile(r"(?P<key>[a-z_]+)?(?:\[(?P<where>[a-z_.]+)=(?P<is>[^\]]*)\])?")


@cache
def answer(*arguments: str) -> Any:
    """The JSON that the command line writes for these words."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        run([*arguments, "--format", "json"])
    assert ended.value.code in (0, 1, None), err.getvalue()
    return json.loads(out.getvalue())


def shown(found: Any, field: str) -> list[str]:
    """The texts of a field: `bodies[role=commissioner].name`, `[share=1].valid_from|day`, `pairs.weight|percent`.

    >>> answer = {"bodies": [{"role": "a", "name": "B", "from": "2013-04-01"}, {"role": "c", "name": "D"}]}
    >>> shown(answer, "bodies[role=a].name"), shown(answer, "bodies.from|day")
    (['B'], ['1 April 2013'])
    >>> shown(answer, "bodies[role=x].name")
    []
    """
    path, _, form = field.partition("|")
    values = [found]
    for step in path.split("."):
        matched = _STEP.fullmatch(step)
        assert matched, f"{field} is no field"
        values = list(_down(values, matched["key"], matched["where"], matched["is"]))
    texts = [_written(value, form) for value in values if value not in (None, "")]
    return list(dict.fromkeys(filter(None, texts)))


def _down(values: list[Any], key: str | None, where: str | None, wanted: str) -> Iterator[Any]:
    for value in _flat(values):
        for each in _flat(value.get(key) if key and isinstance(value, dict) else value):
            if where is None or (isinstance(each, dict) and str(each.get(where)) == wanted):
                yield each


def _flat(value: Any) -> Iterator[Any]:
    """What a list holds, and the lists within it; else the value itself."""
    if isinstance(value, list):
        for each in value:
            yield from _flat(each)
    else:
        yield value


def _written(value: Any, form: str) -> str:
    """As a page writes it: a day in words, a share in percent (one that rounds to nothing, each in its own way)."""
    if form == "day":
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    if form == "percent":
        return f"{round(100 * value)}%" if value >= 0.005 else ""
    assert form == "", f"no way of writing is called {form}"
    return str(value)


def plain(text: str) -> str:
    """A text without what differs from page to page: breaks, wide and hard spaces, a space before “%”, capitals."""
    return re.sub(r"\s+%", "%", re.sub(r"\s+", " ", text)).strip().casefold()


def lacking(text: str, wanted: list[str]) -> list[str]:
    """Which of these a text does not hold."""
    within = plain(text)
    return [each for each in wanted if plain(each) not in within]
