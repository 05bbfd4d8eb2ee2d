"""One peer in a process of its own: loads the register, answers, says how long each answer took."""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.questions import FEW, draw, mark
from benchmarks.register import Register
from benchmarks.timing import repeated, resident, timed
from tests.running import yardstick

WHERE = {
    "orgmap": ("benchmarks.own", "Own"),
    "networkx": ("benchmarks.peers.in_networkx", "Naive"),
    "rustworkx": ("benchmarks.peers.in_rustworkx", "Rustworkx"),
    "igraph": ("benchmarks.peers.in_igraph", "Igraph"),
    "raphtory": ("benchmarks.peers.in_raphtory", "Raphtory"),
    "sqlite": ("benchmarks.peers.in_sqlite", "Tuned"),
    "duckdb": ("benchmarks.peers.in_duckdb", "Duck"),
    "polars": ("benchmarks.peers.in_polars", "Polars"),
    "neo4j": ("benchmarks.peers.in_neo4j", "Server"),
    "c": ("benchmarks.peers.in_c", "Limit"),
}
"""Every peer and the class that is it."""

SLOW = 1e-3
"""Whoever takes longer than so many seconds for one answer is asked few cases."""


def answered(peer: Any, question: str, drawn: list[Any]) -> dict[str, Any]:
    """The answers of a peer to one question, as hashes, and the median of its times for one case."""
    cases = peer.cases(question, drawn)
    whole = len(drawn) <= FEW
    few = cases if whole else peer.cases(question, drawn[:FEW])
    first, warming = timed(lambda: peer.ask(question, few))
    marks = {"few": mark(question, peer.plain(question, first))}
    del first
    asked, count = few, len(drawn[:FEW])
    if not whole and warming.wall / count < SLOW:
        asked, count = cases, len(drawn)
        answers, warming = timed(lambda: peer.ask(question, asked))
        marks["all"] = mark(question, peer.plain(question, answers))
        del answers
    _, took = repeated(lambda: peer.ask(question, asked))
    return {"wall": took.wall / count, "cpu": took.cpu / count, "asked": count, "marks": marks}


LOOKED_UP = ("leaf", "chain", "who", "lineage", "postcode")
"""The sorts of question of which two hundred each are asked before the memory is read: a thousand."""


def memory(name: str, folder: Path) -> dict[str, float]:
    """What a process holds that opens a file, of ours or of SQLite's, and asks a thousand questions."""
    drawn = json.loads((folder / "looked_up.json").read_text(encoding="utf-8"))
    began = resident()
    module, kind = WHERE[name]
    peer = getattr(importlib.import_module(module), kind)(None, folder / name)
    _ask_all(peer, drawn)
    return {"began": began, "resident": resident()}


def _ask_all(peer: Any, drawn: dict[str, list[Any]]) -> None:
    for question in LOOKED_UP:
        if hasattr(peer, question):
            peer.ask(question, peer.cases(question, drawn[question]))


def run(name: str, folder: Path, questions: list[str]) -> dict[str, Any]:
    """All that is measured of one peer."""
    module, kind = WHERE[name]
    register = Register.load(folder / "register")
    drawn = draw(register)
    scratch = folder / name
    scratch.mkdir(exist_ok=True)
    result: dict[str, Any] = {}
    before = resident()
    made = getattr(importlib.import_module(module), kind)
    if name == "orgmap":
        from benchmarks.own import built

        path, took = timed(lambda: built(register, folder))
        result |= {"build": took.wall, "bytes": path.stat().st_size}
    peer, took = timed(lambda: made(register, scratch))
    gc.collect()
    gc.freeze()
    result |= {"name": peer.name, "how": peer.how, "load": took.wall, "before": before, "questions": {}}
    looked_up = {question: drawn[question][:200] for question in LOOKED_UP}
    (folder / "looked_up.json").write_text(json.dumps(looked_up), encoding="utf-8")
    _ask_all(peer, looked_up)
    result |= {"resident": resident(), "yardstick": yardstick()}
    for question in questions:
        if hasattr(peer, question):
            result["questions"][question] = answered(peer, question, drawn[question])
            print(name, question, result["questions"][question], file=sys.stderr, flush=True)
    if name == "orgmap":
        result["graphs"] = peer.graphs(*peer.cases("day", drawn["day"])[0])
    peer.close()
    return {**result, "whole": time.process_time()}


def main() -> None:
    """`python -m benchmarks.worker NAME FOLDER QUESTION…` prints JSON; without a question, the memory alone."""
    name, folder, *questions = sys.argv[1:]
    print(json.dumps(run(name, Path(folder), questions) if questions else memory(name, Path(folder))))


if __name__ == "__main__":
    main()
