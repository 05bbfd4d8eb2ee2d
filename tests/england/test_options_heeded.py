"""Every option of every command makes a difference to some answer of its kind, or is refused: found by trying."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.main import COMMANDS, app, run

GROUP: Any = typer.main.get_command(app)
DAY = ("--at", "2013-06-01")

ASKED: dict[str, list[tuple[str, ...]]] = {
    "find": [("find", "CT9 1AA"), ("find", "Kent")],
    "search": [("search", "thanet"), ("search", "kent ccg")],
    "show": [("show", "ccg:10E"), ("show", "10E"), ("show", "91Q"), ("show", "region:Y57")],
    "list": [("list", "ccg", *DAY), ("list", "ccg"), ("list", "ccg", "--at", "2012-06-01")],
    "list --within": [("list", "ccg", "--within", "Kent", "--at", "2012-06-01")],
    "lineage": [("lineage", "ccg:10E"), ("lineage", "91Q"), ("lineage", "pct:5QA")],
    "lineage --back": [("lineage", "ccg:10E", "--back"), ("lineage", "91Q", "--back")],
    "who": [("who", "health visiting", "--for", "Kent"), ("who", "maternity", "--for", "Kent", "--at", "2012-06-01")],
    "who --and": [("who", "health visiting", "--for", "Kent", *DAY, "--and", "2015-10-01")],
    "what": [("what", "ccg:10E", *DAY), ("what", "Kent County Council"), ("what", "91Q")],
    "answers-to": [("answers-to", "ccg:10E", *DAY), ("answers-to", "91Q"), ("answers-to", "national:nhse")],
    "stated": [("stated", "abolition of strategic health authorities"), ("stated", "groups")],
    "stated, all": [("stated",)],
    "stated --count-by": [("stated", "--count-by", "topic"), ("stated", "groups", "--count-by", "about")],
    "diff": [("diff", "2013-03-31", "2013-04-01", "--within", "Kent"), ("diff", "2012-03-31", "2012-06-01")],
    "reforms": [("reforms",)],
    "reform": [("reform", "2013", "--within", "Kent"), ("reform", "2022")],
    "crosswalk": [("crosswalk", "pct", "2013-03-31", "ccg", "2013-04-01")],
    "crosswalk of practices": [("crosswalk", "practice", "2013-04-01", "ccg", "2013-04-01")],
    "annotate": [("annotate", "in.csv", "--column", "place", "-o", "-")],
    "annotate --at-column": [("annotate", "in.csv", "--column", "place", "--at-column", "day", "-o", "-")],
    "annotate --to-day": [("annotate", "in.csv", "--column", "place", "--to-day", "2024-04-01", "-o", "-")],
    "draw reform": [("draw", "reform", "2013", "--within", "Kent")],
    "draw diff": [("draw", "diff", "2012-03-31", "2013-04-01", "--within", "Kent")],
    "draw diff --view commissioning": [
        ("draw", "diff", "2013-03-31", "2013-04-01", "--within", "Kent", "--view", "commissioning")
    ],
    "draw services": [("draw", "services", "Kent", "--at", "2012-06-01"), ("draw", "services", "Kent", *DAY)],
    "draw network": [("draw", "network", "ccg:10E", *DAY), ("draw", "network", "91Q", "--at", "2021-06-01")],
    "draw lineage": [("draw", "lineage", "ccg:10E"), ("draw", "lineage", "91Q")],
    "draw lineage --within": [("draw", "lineage", "--within", "Kent")],
    "draw timeline": [("draw", "timeline", "ccg:10E"), ("draw", "timeline", "91Q")],
    "draw map": [("draw", "map", "2013-06-01", "--within", "Kent"), ("draw", "map", "2026-03-31", "2026-04-01")],
    "export graphml": [("export", "graphml", "-o", "-")],
    "build": [],
    "check": [],
    "load": [],
    "sources": [("sources",)],
    "cite": [("cite", "ccg:10E"), ("cite", "91Q")],
}  # fmt: skip
"""Kinds of question, each with some that are asked as they stand and again with one more option."""

STATUSES = ["planned", "shadow", "disputed", "proposed", "conditional", "provisional"]
TRIED: dict[str, list[str]] = {
    "--at": ["2013-06-01", "2012-06-01", "2024-06-01"],
    "--and": ["2015-10-01"],
    "--for": ["Thanet"],
    "--kind": ["ccg", "sicbl", "practice", "icb"],
    "--format": ["csv", "json", "svg"],
    "--include": STATUSES,
    "--as-known-on": ["2010-01-01", "2011-09-01", "2013-01-01"],
    "--within": ["Thanet", "Kent"],
    "--limit": ["1"],
    "--about": ["public health", "ccg:10E"],
    "--topic": ["date"],
    "--in": ["000"],
    "--where": ["topic=date"],
    "--count-by": ["topic"],
    "--by": ["practices", "population"],
    "--column": ["day"],
    "--at-column": ["day"],
    "--to-day": ["2024-04-01"],
    "--encoding": ["latin-1"],
    "--view": ["money", "structure"],
    "--service": ["maternity"],
    "--hops": ["2"],
    "--output": ["out.html", "out"],
}
SAME_BY_DESIGN = {"--store", "--explain"}
"""Another store answers alike; its language is shown where it has one, and refused elsewhere."""

Told = tuple[int, str, str]


def options(mode: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The options of a command, each with how it is typed."""
    for one in GROUP.get_command(None, mode.split()[0].rstrip(",")).params:
        name = max(one.opts, key=len)
        if one.param_type_name == "option" and name not in SAME_BY_DESIGN:
            yield name, [[name]] if one.is_flag else [[name, value] for value in TRIED[name]]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Asks a question in a folder of its own: exit code, data with the files that were written, words."""
    monkeypatch.chdir(tmp_path)

    def ask(question: list[str]) -> Told:
        for one in tmp_path.iterdir():
            one.unlink()
        Path("in.csv").write_bytes(
            "place,day\nCT9 1AA,2013-06-01\n10E,2014\n91Q,2021-06-01\nKönig,\n".encode()
        )
        capsys.readouterr()
        code = 0
        try:
            run(question)
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        files = {one.name: one.read_text() for one in tmp_path.iterdir() if one.name != "in.csv"}
        return code, f"{told.out}{files or ''}", told.err

    return ask


@pytest.mark.parametrize("mode", ASKED)
def test_every_option_changes_an_answer_or_is_refused(asked: Any, mode: str) -> None:
    before = {question: asked(list(question)) for question in ASKED[mode]}
    idle = []
    for option, ways in options(mode):
        known = [(asked([*question, *way]), before[question]) for question in ASKED[mode] for way in ways[:1]]
        heeded = any(told[0] != 2 and told[:2] != old[:2] for told, old in known)
        for question in ASKED[mode] if not heeded else []:
            for way in ways:
                told = asked([*question, *way])
                known.append((told, before[question]))
                heeded = heeded or (told[0] != 2 and told[:2] != before[question][:2])
        if not heeded and not all(told[0] == 2 for told, _ in known):
            idle.append(option)
    assert idle == []


def test_every_command_is_among_them() -> None:
    assert {mode.split()[0].rstrip(",") for mode in ASKED} == set(COMMANDS)
