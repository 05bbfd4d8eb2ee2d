"""The benchmarks still run: on a tiny register ours and the naive graph answer alike. No time is asserted."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.own import Own, built
from benchmarks.page import page, plots
from benchmarks.peers.in_networkx import Naive
from benchmarks.questions import QUESTIONS, draw
from benchmarks.register import EVER, VERBS, Register, make
from benchmarks.worker import answered

LIGHT = ("own", "peers.base", "questions", "reach", "register", "timing")
"""Modules of the benchmarks that need none of the peers."""


@pytest.fixture(scope="module")
def register() -> Register:
    """A register of a thousandth of the national size."""
    return make(0.001)


def test_the_same_seed_makes_the_same_register_and_another_seed_another(register: Register) -> None:
    same, other = make(0.001), make(0.001, seed=2)
    assert same.ids == register.ids
    assert (same.begins == register.begins).all()
    assert other.begins.shape != register.begins.shape or (other.begins != register.begins).any()


def test_a_made_up_register_has_the_oddities_of_a_real_one(register: Register) -> None:
    columns = (register.subject, register.verb, register.object, register.begins, register.ends)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    of: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for *key, begins, ends in rows:
        of.setdefault(tuple(key), []).append((begins, ends))
    pairs = [(a, b) for some in of.values() for a in some for b in some if a != b]
    assert any(begins == ends for *_, begins, ends in rows)
    assert any(a[1] == b[0] and a[0] < a[1] < b[1] for a, b in pairs)
    assert any(a[0] < b[0] < a[1] < EVER for a, b in pairs)
    ends = {(subject, target) for subject, verb, target, *_ in rows if VERBS[verb].startswith("RE")}
    assert any((target, subject) in ends for subject, target in ends)
    assert np.isin(register.successor, register.predecessor).any()


def test_ours_and_the_naive_graph_answer_alike(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path))  # what is set here is put back after the test
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path))
    monkeypatch.setattr("benchmarks.timing.ENOUGH", 1e-9)
    built(register, tmp_path)
    drawn = draw(register)
    peers: dict[str, Any] = {}
    for key, kind in (("orgmap", Own), ("networkx", Naive)):
        peer = kind(register, tmp_path / key)
        answers = {one: answered(peer, one, drawn[one][:100]) for one in QUESTIONS if hasattr(peer, one)}
        about = {"name": peer.name, "how": peer.how, "load": 1.0, "build": 1.0, "resident": 1.0}
        peers[key] = {**about, "questions": answers}
        peer.close()
    both = peers["networkx"]["questions"]
    assert len(both) > 8
    assert [
        one for one in both if peers["orgmap"]["questions"][one]["marks"]["few"] != both[one]["marks"]["few"]
    ] == []
    results = {
        **{"peers": peers, "missing": {"c": "no compiler"}, "memory": {}, "program": {}, "machine": {}},
        **{
            "sizes": {"bodies": 1, "relations": 2, "postcodes": 3},
            "clock": "wall",
            "scale": 0.001,
            "took": 1.0,
        },
        **{"when": "2026-11-01", "growth": {"0.001": peers["orgmap"], "0.002": peers["orgmap"]}},
    }
    assert " ≠" not in page(results).partition("## Every question")[2]
    assert all(text.startswith("<svg") for text in plots(results).values())
    peers["orgmap"]["questions"]["leaf"]["marks"]["few"] = "another"
    assert "answers differ" in page(results)


@pytest.mark.parametrize("name", LIGHT)
def test_examples_in_the_benchmarks_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"benchmarks.{name}")).failed == 0
