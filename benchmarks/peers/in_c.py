"""The limit: plain loops in C over arrays, built with the compiler of this machine. No texts, no lists."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.base import STEPS, Peer
from benchmarks.questions import Case, commissions
from benchmarks.register import COVERS, UPWARD, VERBS, Register

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


class Edges(ctypes.Structure):
    """Relations of one direction, in order of node and verb."""

    _fields_ = [(name, ctypes.c_void_p) for name in ("start", "end", "begins", "ends")] + [
        ("verbs", ctypes.c_int32)
    ]


class Limit(Peer):
    """All cases of a question in one call; what is left out is what makes answers readable."""

    name = "C, arrays"
    how = "plain loops over arrays in order of body and relation, all cases in one call, numbers for ids: the limit"

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register, folder)
        library = folder / "loop.so"
        source = Path(__file__).with_name("loop.c")
        subprocess.run(
            [COMPILER, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source], check=True
        )
        self.library = ctypes.CDLL(str(library))
        nodes, self.kept = len(self.ids), []
        self.out = np.zeros(max(4_000_000, len(register.subject) + 1), np.int32)
        self.more = np.zeros_like(self.out)
        self.scratch, self.seen = np.zeros(1_000_000, np.int32), np.zeros(nodes, np.int32)
        self.register, self.number = register, {one: place for place, one in enumerate(self.ids)}
        self.forward = self._edges(register.subject, register.object)
        self.backward = self._edges(register.object, register.subject)
        order = np.argsort(register.predecessor, kind="stable")
        self.heirs, self.when = (
            np.ascontiguousarray(one[order]) for one in (register.successor, register.changed)
        )
        self.starts = _starts(register.predecessor.astype(np.int64), nodes)
        self.may = np.array([commissions(one) for one in self.ids], np.uint8)
        codes = _codes(register.postcodes)
        order = np.argsort(codes, kind="stable")
        self.codes, self.areas = codes[order], np.ascontiguousarray(register.postcode_area[order])

    def _edges(self, node: NDArray[np.int32], end: NDArray[np.int32]) -> Edges:
        register, verbs = self.register, len(VERBS)
        key = node.astype(np.int64) * verbs + register.verb
        order = np.lexsort((end, key))
        columns = [np.ascontiguousarray(one[order]) for one in (end, register.begins, register.ends)]
        columns.insert(0, _starts(key, len(self.ids) * verbs))
        self.kept += columns
        return Edges(*(one.ctypes.data for one in columns), verbs)

    def cases(self, question: str, cases: list[Case]) -> list[Case]:
        """Ids as numbers, columns as arrays."""
        if question in ("leaf", "hub"):
            rows = [(self.number[node], VERBS.index(verb), day) for node, verb, day in cases]
        elif question in ("chain", "who"):
            rows = [(self.number[node], day) for node, day in cases]
        elif question == "lineage":
            rows = [(self.number[node],) for (node,) in cases]
        elif question in ("postcode", "batch"):
            codes, days = zip(*cases, strict=True) if question == "postcode" else cases[0]
            return [(_codes(list(codes)), np.array(days, np.int32))]
        else:
            return cases
        return [tuple(np.array(column, np.int32) for column in zip(*rows, strict=True))]

    def ask(self, question: str, cases: list[Case]) -> list[Any]:
        """All answers: the numbers found one after the other, and how many each case has."""
        if question in ("diff", "days"):
            return super().ask(question, cases)
        counts = np.zeros(len(cases[0][0]), np.int32)
        getattr(self, f"_{question}")(len(counts), *cases[0], counts)
        return [self.out, counts]

    def leaf(self, *case: Any) -> None:
        """Asked at once, by `ask`; so are the others."""

    hub = chain = who = lineage = postcode = batch = leaf

    def _leaf(self, many: int, node: Any, verb: Any, day: Any, counts: Any, edges: Any = None) -> None:
        self._call("neighbours", edges or self.forward, many, node, verb, day, self.out, counts)

    def _hub(self, many: int, node: Any, verb: Any, day: Any, counts: Any) -> None:
        self._leaf(many, node, verb, day, counts, self.backward)

    def _chain(self, many: int, node: Any, day: Any, counts: Any) -> None:
        upward = np.array([VERBS.index(verb) for verb in UPWARD], np.int32)
        self._call(
            "chains",
            self.forward,
            many,
            node,
            day,
            upward,
            len(upward),
            STEPS,
            self.scratch,
            self.out,
            counts,
        )

    def _who(self, many: int, area: Any, day: Any, counts: Any) -> None:
        verb = VERBS.index(COVERS)
        self._call("covering", self.backward, many, area, verb, day, self.may, self.scratch, self.out, counts)

    def _lineage(self, many: int, node: Any, counts: Any) -> None:
        self._call("lineages", self.starts, self.heirs, self.when, many, node, self.seen, self.out, counts)

    def _postcode(self, many: int, codes: Any, day: Any, counts: Any) -> None:
        areas = np.empty(many, np.int32)
        self._call("places", self.codes, len(self.codes), many, codes, self.areas, areas)
        self._who(many, areas, day, counts)

    _batch = _postcode

    def _call(self, name: str, *values: Any) -> None:
        turned = [
            ctypes.byref(one)
            if isinstance(one, Edges)
            else ctypes.c_int64(one)
            if isinstance(one, int)
            else one.ctypes.data_as(ctypes.c_void_p)
            for one in values
        ]
        getattr(self.library, name)(*turned)

    def diff(self, before: int, after: int) -> list[Any]:
        """Rows of bodies and relations that hold on one of the days alone, as arrays."""
        register, tables, found = self.register, [], np.zeros(2, np.int64)
        bodies = ((np.arange(len(self.ids), dtype=np.int32),), register.born, register.died)
        relations = ((register.subject, register.verb, register.object), register.begins, register.ends)
        for columns, begins, ends in (bodies, relations):
            self._call("changed", len(begins), begins, ends, before, after, self.out, self.more, found)
            for rows, many in zip((self.out, self.more), found.tolist(), strict=True):
                tables.append(tuple(column[rows[:many]] for column in columns))
        return tables

    def days(self, days: list[int]) -> list[Any]:
        """The bodies of each day and the relations between them, as arrays."""
        register, results, found = self.register, [], np.zeros(2, np.int64)
        relations = (len(register.subject), register.subject, register.object, register.begins, register.ends)
        lives = (len(self.ids), register.born, register.died)
        for day in days:
            self._call("graph", *relations, *lives, day, self.out, self.more, found)
            there, held = self.out[: found[0]].copy(), self.more[: found[1]]
            columns = (register.subject, register.verb, register.object)
            results.append([(there,), tuple(column[held] for column in columns)])
        return results

    def plain(self, question: str, answers: list[Any]) -> list[Any]:
        """Numbers as ids, each case by itself."""
        if question in ("diff", "days"):
            return super().plain(question, answers)
        out, counts = answers
        ends = np.cumsum(counts)
        told = [self.ids[one] for one in out[: ends[-1]].tolist()]
        each = [told[end - count : end] for end, count in zip(ends.tolist(), counts.tolist(), strict=True)]
        return [[one for (one,) in each]] if question == "batch" else each


def _starts(key: NDArray[np.int64], keys: int) -> NDArray[np.int32]:
    starts = np.zeros(keys + 1, np.int32)
    np.cumsum(np.bincount(key, minlength=keys), out=starts[1:])
    return starts


def _codes(postcodes: list[str]) -> NDArray[np.uint64]:
    return np.array(postcodes, "S8").view(">u8").astype(np.uint64)
