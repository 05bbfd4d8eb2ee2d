# ruff: noqa: E501 - questions are long
"""Every option of every command makes a difference to some answer of its kind, or is refused: found by trying."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from orgmap.cli.main import run
from tests.commands import EVERY
from tests.fuzz.world import WORLD
from tests.worlds import write_data

DAY = ("--at", "2013-06-01")
EVE, EVE_LIST = ("find", "CT9 1AA", "--at", "2013-03-01"), ("list", "ccg", "--at", "2013-03-01")

PLACES_IN = ("annotate", "in.csv", "--column", "place")
PARTIES = ("handover", "in.csv", "--party", "place", "--across")
RATED = ("rollup", "rated.csv", "--to", "at")
ASKED: dict[str, list[tuple[str, ...]]] = {
    "find": [("find", "CT9 1AA", *DAY), ("find", "CT6 1AA"), ("find", "CT6 1AA", "--at", "2018-06-01"), EVE],
    "search": [("search", "thanet"), ("search", "kent")],
    "show": [("show", "91Q"), ("show", "ccg:09E", "--at", "2018-06-01"), ("show", "ccg:91Q", "--at", "2021-01-01")],
    "list": [("list", "ccg"), ("list", "ccg", "--at", "2013-03-01"), ("list", "ccg", "--at", "2021-06-01")],
    "list --within": [("list", "ccg", "--within", "stp:QKS", "--at", "2018-06-01"), (*EVE_LIST, "--within", "CT9 1AA"), ("list", "stp", "--within", "CT6 1AA", "--at", "2018-06-01")],
    "lineage": [("lineage", "91Q"), ("lineage", "pct:5QA"), ("lineage", "ccg:10E")],
    "lineage --back": [
        ("lineage", "ccg:10E", "--back"),
        ("lineage", "icb:NEW", "--back"),
        ("lineage", "council:E10000016", "--back"),
        ("lineage", "91Q", "--back"),
    ],
    "who": [("who", "maternity", "--for", "CT9 1AA", *DAY), ("who", "health visiting", "--for", "CT9 1AA")],
    "who --and": [
        ("who", "maternity", "--for", "CT9 1AA", *DAY, "--and", "2014-01-01"),
        ("who", "health visiting", "--for", "CT9 1AA", "--and", "2014-01-01"),
    ],
    "what": [("what", "council:E10000016", "--at", "2016-01-01"), ("what", "91Q")],
    "answers-to": [("answers-to", "ccg:10E", *DAY), ("answers-to", "91Q")],
    "stated": [("stated", "maternity"), ("stated",)],
    "stated --count-by": [("stated", "--count-by", "topic")],
    "diff": [("diff", "2013-03-31", "2013-04-01"), ("diff", "2017-03-31", "2018-04-01"), ("diff", "2012-03-31", "2012-06-01")],
    "reforms": [("reforms",)],
    "guide": [("guide", "CT9 1AA"), ("guide", "CT9 1AA", *DAY), ("guide", "CT6 1AA", "--at", "2018-06-01")],
    "explain": [("explain", "QIPP"), ("explain", "ICP")],
    "due": [("due",), ("due", *DAY), ("due", "--reports", "2013-06..2013-09")],
    "process": [("process",), ("process", "authority")],
    "case": [("case",), ("case", "ccg:10E"), ("case", "--process", "authority")],
    "walk": [("walk", "birth", "--resident", "CT9 1AA", *DAY), ("walk", "birth", "--resident", "CT9 1AA")],
    "walk of cases": [("walk", "cases.csv")],
    "board": [("board", "hwb:E10000016", *DAY), ("board", "council:E10000016", *DAY)],
    "check-board": [("check-board", "members.csv", "--as", "hwb", *DAY), ("check-board", "members.csv", "--as", "hwb")],
    "plans": [("plans",)],
    "outcome": [("outcome", "2013"), ("outcome", "trust")],
    "reconcile": [("reconcile",)],
    "reform": [("reform", "2013")],
    "crosswalk": [("crosswalk", "pct", "2013-03-31", "ccg", "2013-04-01"), ("crosswalk", "pct", "2013-03-31", "ccg", "2013-03-01")],
    "population": [("population", "ccg", *DAY), ("population", "ccg"), ("population", "ccg", "--at", "2013-03-01")],
    "prescribed": [("prescribed", "ccg", *DAY), ("prescribed", "ccg"), ("prescribed", "ccg", "--at", "2013-03-01")],
    "crosswalk of practices": [("crosswalk", "practice", "2013-04-01", "ccg", "2013-04-01")],
    "annotate": [(*PLACES_IN, "-o", "-")],
    "annotate --at-column": [(*PLACES_IN, "--at-column", "day", "-o", "-")],
    "annotate --to-day": [(*PLACES_IN, "--to-day", "2024-04-01", "-o", "-")],
    "handover": [(*PARTIES, "2020-04-01", "-o", "-"), (*PARTIES, "2027-04-01", "-o", "-")],
    "rollup": [(*RATED, *DAY)],
    "template": [("template",), ("template", "rag-domains")],
    "draw reform": [("draw", "reform", "2013")],
    "draw diff": [("draw", "diff", "2013-03-31", "2013-04-01"), ("draw", "diff", "2012-03-31", "2013-04-01")],
    "draw diff --view commissioning": [("draw", "diff", "2013-03-31", "2014-04-01", "--view", "commissioning")],
    "draw services": [("draw", "services", "CT9 1AA"), ("draw", "services", "CT9 1AA", *DAY)],
    "draw network": [("draw", "network", "ccg:09E", *DAY), ("draw", "network", "91Q"), ("draw", "network", "ccg:10E")],
    "draw lineage": [("draw", "lineage", "icb:QKS"), ("draw", "lineage", "91Q")],
    "draw lineage --within": [("draw", "lineage", "--within", "CT9 1AA")],
    "draw map": [],
    "draw plans": [("draw", "plans"), ("draw", "plans", "2013")],
    "draw programme": [("draw", "programme", "cluster-2012")],
    "draw timeline": [("draw", "timeline", "icb:NEW"), ("draw", "timeline", "91Q"), ("draw", "timeline", "ccg:10E")],
    "export graphml": [("export", "graphml", "-o", "-")],
    "build": [],
    "check": [],
    "new-tables": [],
    "explore": [],
    "serve": [],
    "site": [],
    "load": [("load", "--list")],
    "sources": [("sources",)],
    "cite": [("cite", "ccg:10E"), ("cite", "91Q")],
}  # fmt: skip
"""Kinds of question, each with some that are asked as they stand and again with one more option."""

STATUSES = [
    "planned", "shadow", "disputed", "proposed", "conditional", "provisional", "enacted", "superseded",
]  # fmt: skip
TRIED: dict[str, list[str]] = {
    "--as": ["charity"],
    "--at": ["2013-06-01", "2012-06-01", "2024-06-01"],
    "--and": ["2015-10-01"],
    "--for": ["CT6 1AA"],
    "--kind": ["ccg", "sicbl", "practice", "icb"],
    "--format": ["csv", "json", "svg"],
    "--include": STATUSES,
    "--as-known-on": ["2010-01-01", "2011-09-01", "2013-01-01"],
    "--within": ["CT6 1AA", "ccg:10E"],
    "--limit": ["1"],
    "--about": ["public health", "maternity"],
    "--across": ["2022-07-01"],
    "--party": ["day"],
    "--place": ["day"],
    "--to": ["region"],
    "--rule": ["most"],
    "--scale": ["red,blue", "green,red"],
    "--body": ["domain"],
    "--domain": ["mark"],
    "--rating": ["mark"],
    "--topic": ["date"],
    "--in": ["000"],
    "--where": ["topic=date", "outcome=conditions"],
    "--count-by": ["topic", "outcome"],
    "--process": ["authority", "merging"],
    "--from": ["visit=2012-10-10"],
    "--by": ["practices", "population"],
    "--basis": ["registered"],
    "--sex": ["female"],
    "--ages": ["0-4"],
    "--chapter": ["04"],
    "--column": ["day"],
    "--at-column": ["day"],
    "--to-day": ["2024-04-01"],
    "--until": ["2027-04-01"],
    "--encoding": ["latin-1"],
    "--view": ["money", "structure"],
    "--service": ["maternity", "place", "day"],
    "--hops": ["2"],
    "--output": ["out.html", "out", "out.csv"],
    "--programme": ["cluster-2012"],
    "--owner": ["ccg"],
    "--stream": ["estates"],
    "--reports": ["2013-06..2013-08"],
    "--file": ["steps.csv", "cases.csv"],
    "--resident": ["CT6 1AA"],
    "--practice": ["G82064"],
    "--may": ["CCG merger"],
    "--role": ["post"],
    "--person": ["post"],
    "--as-of": ["2013-01-01"],
    "--remove": ["x"],
    "--since": ["2013-01-01"],
}
TRIED |= {key: [] for key in "--parts --host --port --public --per-minute --threads --proxies".split()}
"""Options of what runs for minutes or without an end: tried in the tests of these commands."""

SAME_BY_DESIGN = {"--store", "--explain"}
"""Another store answers alike; its language is shown where it has one, and refused elsewhere."""

TYPED = {"in.csv", "rated.csv", "steps.csv", "cases.csv", "members.csv"}
"""Files of the person who asks."""

Told = tuple[int, str, str]


def command_of(mode: str) -> tuple[str, Any]:
    """The command of a kind of question, by its name."""
    words = mode.split()
    name = next(one for one in (" ".join(words[:2]), words[0]) if one in EVERY)
    return name, EVERY[name]


def options(mode: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The options of a command, each with how it is typed."""
    for one in command_of(mode)[1].params:
        name = max(one.opts, key=len)
        if one.param_type_name == "option" and name not in SAME_BY_DESIGN:
            yield name, [[name]] if one.is_flag else [[name, value] for value in TRIED[name]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kent with its plans, rules and papers, and the outlines of its areas."""
    return write_data(tmp_path_factory.mktemp("heeded") / "data", WORLD)


@pytest.fixture
def asked(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    """Asks a question in a folder of its own: exit code, data with the files that were written, words."""
    monkeypatch.setenv("ORGMAP_DATA", str(tables))
    monkeypatch.setenv("ORGMAP_CACHE", str(tables.parent / "cache"))
    monkeypatch.chdir(tmp_path)

    def ask(question: list[str]) -> Told:
        for one in tmp_path.iterdir():
            one.unlink()
        Path("in.csv").write_bytes(
            "place,day\nCT9 1AA,2013-06-01\n10E,2014\n91Q,2021-06-01\nQKS,2026-01-01\nKönig,\n".encode()
        )
        Path("rated.csv").write_bytes("body,domain,rating,mark\nccg:10E,Köpfe,red,green\n".encode())
        Path("cases.csv").write_text("script,resident\nbirth,CT9 1AA\nbirth,\n")
        Path("members.csv").write_text("role,name,post\nCouncillor,König,mayor\n", encoding="utf-8")
        Path("steps.csv").write_text("step,due\nA lease ends,2013-06-30\n")
        capsys.readouterr()
        code = 0
        try:
            run(question)
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        files = {one.name: one.read_text() for one in tmp_path.iterdir() if one.name not in TYPED}
        return code, f"{told.out}{files or ''}", told.err

    return ask


@pytest.mark.parametrize("mode", ASKED)
def test_every_option_changes_an_answer_or_is_refused(asked: Any, mode: str) -> None:
    assert idle_options(asked, mode, ASKED[mode]) == []


def idle_options(asked: Any, mode: str, questions: list[tuple[str, ...]]) -> list[str]:
    """The options that some question of these takes and no answer heeds."""
    before = {question: asked(list(question)) for question in questions}
    idle = []
    for option, ways in options(mode):
        codes = []
        for question, way in product(questions, ways):
            code, out, _ = asked([*question, *way])
            codes.append(code)
            if code != 2 and (code, out) != before[question][:2]:
                break  # this answer heeds it
        else:
            if set(codes) - {2}:
                idle.append(option)
    return idle


def test_every_command_is_among_them() -> None:
    assert {command_of(mode)[0] for mode in ASKED} == set(EVERY)
