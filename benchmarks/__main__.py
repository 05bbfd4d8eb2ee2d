"""`python -m benchmarks` measures all and writes docs/speed.md; `make bench` does it in an environment of its own."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.page import PAGE, write
from benchmarks.peers.in_c import COMPILER
from benchmarks.program import measured, parts, scratch
from benchmarks.questions import QUESTIONS
from benchmarks.reach import LIMIT, OURS, Line, lines
from benchmarks.register import make
from benchmarks.timing import ROOT, clock
from benchmarks.worker import WHERE
from tests.neo4j.server import missing

SCALES = (0.1, 0.3, 1.0, 3.0)
"""Sizes of the register, by the national one, at which growth is seen."""

PACKAGES = (
    "networkx",
    "rustworkx",
    "igraph",
    "raphtory",
    "apsw",
    "duckdb",
    "polars",
    "neo4j",
    "numpy",
    "pandas",
    "pyarrow",
)

Results = dict[str, Any]


def asked(name: str, folder: Path, *questions: str) -> Results:
    """What a peer's process says; a peer that fails says why."""
    command = [sys.executable, "-m", "benchmarks.worker", name, str(folder), *questions]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    if done.returncode:
        return {
            "missing": done.stderr.strip().splitlines()[-1][:200]
            if done.stderr
            else f"ended with {done.returncode}"
        }
    return dict(json.loads(done.stdout.splitlines()[-1]))


def absent(name: str) -> str:
    """Why a peer cannot be asked on this machine; blank if it can."""
    if name == LIMIT and not COMPILER:
        return "no C compiler (cc) is here"
    return missing() if name == "neo4j" else ""


def race(
    folder: Path, scale: float, peers: list[str], questions: Sequence[str] = tuple(QUESTIONS)
) -> Results:
    """All peers at one size, one after the other."""
    register = make(scale)
    register.save(folder / "register")
    sizes = {
        "bodies": len(register.ids),
        "relations": len(register.subject),
        "postcodes": len(register.postcodes),
    }
    del register
    results: Results = {"sizes": sizes, "peers": {}, "missing": {}, "memory": {}}
    for name in peers:
        say(f"{scale:g} × {name} …")
        told = {"missing": absent(name)} if absent(name) else asked(name, folder, *questions)
        if "missing" in told:
            results["missing"][name] = told["missing"]
            say(f"  {told['missing']}")
        else:
            results["peers"][name] = told
            say(f"  {told['whole']:.0f} s of the processor")
        if name in (OURS, "sqlite") and name in results["peers"]:
            results["memory"][name] = asked(name, folder)
    return results


def growth(folder: Path, scales: list[float], at: float, there: Results) -> Results:
    """Our own answers at every size, compared with the loops in C; one size was measured already.

    A day as NetworkX is left out: what takes long there is NetworkX.
    """
    grown: Results = {}
    questions = [question for question in QUESTIONS if question != "day"]
    for scale in scales:
        told = there if scale == at else race(folder / f"{scale:g}", scale, [OURS, LIMIT], questions)
        grown[f"{scale:g}"] = {**told["peers"][OURS], "right": same(told)}
    return grown


def same(told: Results) -> bool:
    """Whether our answers are those of the loops in C, where both answer."""
    ours, theirs = (told["peers"].get(one, {"questions": {}})["questions"] for one in (OURS, LIMIT))
    return all(
        ours[question]["marks"][one] == mark
        for question in ours.keys() & theirs.keys()
        for one, mark in theirs[question]["marks"].items()
        if one in ours[question]["marks"]
    )


def machine() -> dict[str, str]:
    """What the run was on."""
    told = {"system": platform.platform(), "processors": str(os.cpu_count())}
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        told["processor"] = next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    with contextlib.suppress(OSError, ValueError):
        told["memory"] = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    told["Python"] = sys.version.split()[0]
    told["packages"] = ", ".join(f"{name} {one}" for name, one in versions())
    if COMPILER:
        first = subprocess.run([COMPILER, "--version"], capture_output=True, text=True, check=False).stdout
        told["C compiler"] = first.splitlines()[0] if first else COMPILER
    return told


def versions() -> Iterator[tuple[str, str]]:
    """The packages that were measured."""
    for name in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            yield name, version(name)


def run(scale: float, scales: list[float], peers: list[str], wanted: list[str], folder: Path) -> Results:
    """Everything in one run."""
    began = time.perf_counter()
    at_first = clock()
    national = folder / f"{scale:g}"
    results = race(national, scale, peers)
    results["growth"] = growth(folder, scales, scale, results) if OURS in results["peers"] else {}
    results["program"] = {}
    measure(results, national, wanted)
    busy = "cpu" in (at_first, clock())
    results |= {"scale": scale, "when": date.today().isoformat(), "machine": machine()}  # noqa: DTZ011
    return {**results, "clock": "cpu" if busy else "wall", "took": time.perf_counter() - began}


def measure(results: Results, national: Path, wanted: list[str]) -> None:
    """Puts what is measured of the program itself among the results, in the place of what was there."""
    for name, told, took in measured(national, wanted):
        say(f"{name}: {took:.0f} s")
        results["program"][name] = told
    if "neo4j" in wanted:
        from benchmarks.beside_neo4j import beside_neo4j

        say("England on a Neo4j …")
        results["neo4j"] = beside_neo4j()


def say(words: str) -> None:
    """Says how far it is."""
    print(words, file=sys.stderr, flush=True)


def told(results: Results) -> Iterator[str]:
    """The table of what is wanted, for a terminal."""
    rows = [Line("question", "measured", "best other", "ratio", "reach", ""), *lines(results)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        yield "  ".join(
            [*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[5]]
        ).rstrip()


def main() -> None:
    """Measures, prints the ratios and writes the page."""
    every = [*parts(Path()), "neo4j"]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the register, by the national one")
    parser.add_argument(
        "--growth", type=float, nargs="*", default=SCALES, help="sizes at which growth is seen"
    )
    parser.add_argument("--peers", nargs="*", default=[*WHERE], choices=[*WHERE], help="who is asked")
    parser.add_argument(
        "--program", nargs="*", default=every, choices=every, help="what of the program is measured"
    )
    parser.add_argument("--without", nargs="*", default=[], choices=every, help="what of it is left out")
    parser.add_argument(
        "--again", action="store_true", help="measure only that, beside the figures of the last run"
    )
    parser.add_argument(
        "--results", type=Path, default=ROOT / "build" / "bench.json", help="where all figures go"
    )
    parser.add_argument(
        "--page", action="store_true", help="write the page of the figures of the last run, measure nothing"
    )
    asked_for = parser.parse_args()
    wanted = [one for one in asked_for.program if one not in asked_for.without]
    if (asked_for.page or asked_for.again) and not asked_for.results.exists():
        parser.error(f"{asked_for.results} has no figures of a last run: measure all first.")
    if not asked_for.page:
        with scratch() as folder:
            if asked_for.again:
                results = json.loads(asked_for.results.read_text(encoding="utf-8"))
                measure(results, folder / f"{results['scale']:g}", wanted)
            else:
                results = run(asked_for.scale, list(asked_for.growth), asked_for.peers, wanted, folder)
        asked_for.results.parent.mkdir(parents=True, exist_ok=True)
        asked_for.results.write_text(json.dumps(results, indent=1), encoding="utf-8")
    results = json.loads(asked_for.results.read_text(encoding="utf-8"))
    print("\n".join(told(results)))
    write(results)
    print(f"\n{results['took'] / 60:.1f} minutes. The page: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
