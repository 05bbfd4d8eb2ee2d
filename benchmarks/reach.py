"""The table of what is wanted: each row measured, beside the best other in the same run, and whether it holds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.questions import DAYS
from benchmarks.served import LEAST, MOST
from benchmarks.timing import Took

LIMIT, REFERENCE, OURS, SERVER = "c", "networkx", "orgmap", "neo4j"
"""By whom answers cannot be given faster, with whose they are compared, whose they are, and who is asked from afar."""

HOLDS, SHORT, UNKNOWN = "holds", "falls short", "not measured"


class Line(NamedTuple):
    """A row of the table, in words."""

    question: str
    ours: str
    best: str
    ratio: str
    reach: str
    verdict: str


Results = dict[str, Any]


def lines(results: Results) -> list[Line]:
    """Every row, in the order of the questions."""
    program = by_clock(results)
    return [
        _beside(results, "leaf", "Q1 neighbours of a leaf", 1),
        _beside(results, "hub", "Q1 neighbours of a hub", 4),
        _beside(results, "chain", "Q2 chain upward", 1),
        _beside(results, "lineage", "Q4 lineage", 1),
        _beside(results, "who", "Q3 who for an area", 2),
        _beside(results, "diff", "Q5 whole diff, as columns", 1),
        _most("Q5 diff of a region, as rows", program.get("region", {}).get("diff"), 0.050),
        _beside(results, "postcode", "Q6 postcode", 1),
        _beside(results, "batch", "Q7 100,000 look-ups with own days", 3),
        *_annotate(program),
        *_lists(program),
        *_graphs(results),
        _days(results),
        _cold(program, "find", "hello", "cold `find`, bundled", 1.15),
        _cold(program, "national_find", "national_hello", "cold `find`, national", 1.25),
        _memory(results),
        *_built(program),
        *_register(program),
        _draw(program),
        *_browser(program),
        *_served(program),
        *_neo4j_national(program),
    ]


def right(results: Results, peer: str, question: str) -> bool | None:
    """Whether a peer's answers are those of the naive graph (of the loops in C where that gives none)."""
    asked = results["peers"][peer]["questions"].get(question)
    marks = next(
        (
            results["peers"][one]["questions"][question]["marks"]
            for one in (REFERENCE, LIMIT, "duckdb")
            if question in results["peers"].get(one, {"questions": {}})["questions"]
        ),
        None,
    )
    if asked is None or marks is None:
        return None
    both = asked["marks"].keys() & marks.keys()
    return all(asked["marks"][one] == marks[one] for one in both)


def seconds(results: Results, peer: str, question: str) -> float:
    """What a peer takes for one answer, by the clock of this run; a server's processor is not that of who asks it."""
    clock = "wall" if peer == SERVER else results["clock"]
    return float(results["peers"][peer]["questions"][question][clock])


def best(results: Results, question: str) -> tuple[str, float] | None:
    """The quickest other whose answers are right, and what it takes; the loops in C are no program to ask."""
    found = [
        (seconds(results, peer, question), peer)
        for peer, told in results["peers"].items()
        if peer not in (OURS, LIMIT) and question in told["questions"] and right(results, peer, question)
    ]
    return (min(found)[1], min(found)[0]) if found else None


def shown(value: float) -> str:
    """Seconds in the unit that reads best, three figures.

    >>> shown(0.0000123), shown(0.5), shown(12.3)
    ('12.3 µs', '500 ms', '12.3 s')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if value >= size or unit == "ns":
            number = value / size
            digits = max(0, 2 - math.floor(math.log10(number))) if number > 0 else 0
            return f"{number:.{min(digits, 2)}f} {unit}"
    return ""


def times(ratio: float) -> str:
    """A ratio as it is read.

    >>> times(0.123), times(12.34)
    ('0.12 ×', '12 ×')
    """
    return f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def _beside(results: Results, question: str, words: str, wanted: float) -> Line:
    reach = f"≥ {wanted:g} ×"
    other = best(results, question)
    if question not in results["peers"][OURS]["questions"]:
        told = f"{results['peers'][other[0]]['name']} {shown(other[1])}" if other else ""
        return Line(words, "no such answer yet", told, "", reach, SHORT)
    ours = seconds(results, OURS, question)
    if other is None:
        return Line(words, shown(ours), "", "", reach, UNKNOWN)
    ratio = other[1] / ours
    same = right(results, OURS, question)
    verdict = HOLDS if ratio >= wanted and same else SHORT
    said = verdict if same else "answers differ"
    return Line(
        words,
        shown(ours),
        f"{results['peers'][other[0]]['name']} {shown(other[1])}",
        times(ratio),
        reach,
        said,
    )


def _most(words: str, ours: float | None, wanted: float, best: str = "–", show: Any = shown) -> Line:
    """A row in which something may be so large at most."""
    if ours is None:
        return Line(words, "", best, "", f"≤ {show(wanted)}", UNKNOWN)
    return Line(words, show(ours), best, "–", f"≤ {show(wanted)}", HOLDS if ours <= wanted else SHORT)


def _annotate(program: Results) -> Iterator[Line]:
    told = program.get("annotate", {})
    if "own days" not in told:
        yield Line("`annotate`, speed", "", "", "", "≥ 0.8 ×", UNKNOWN)
        return
    ours = told["own days"]["took"]
    name, other = min(told["libraries"].items(), key=lambda pair: pair[1])
    ratio, rate = other / ours, told["rows"] / ours
    verdict = HOLDS if ratio >= 0.8 else SHORT
    yield Line(
        "`annotate`, speed",
        f"{rate:,.0f} rows/s",
        f"{name} {told['rows'] / other:,.0f} rows/s",
        times(ratio),
        "≥ 0.8 ×",
        verdict,
    )
    yield _most(
        "`annotate`, memory", told["own days"]["peak"] / 1.048576, 100, show=lambda one: f"{one:.0f} MiB"
    )


def _lists(program: Results) -> Iterator[Line]:
    told = program.get("lists", {})
    if "build" not in told:
        yield Line("a list of 2.7 million postcodes, read", "", "", "", "≥ 0.7 ×", UNKNOWN)
        return
    ours, other, same = (told[name]["took"] for name in ("ours", "polars", "polars, the same columns"))
    yield Line(
        "a list of 2.7 million postcodes, read",
        shown(ours),
        f"polars {shown(other)} (the same columns alone {shown(same)})",
        times(other / ours),
        "≥ 0.7 ×",
        HOLDS if other / ours >= 0.7 else SHORT,
    )
    yield _most("the same into the store", told["load"]["took"] + told["build"]["took"], 30)
    most = max(told[name]["peak"] for name in ("load", "build")) / 1.048576
    yield _most("the same, memory", most, 1024, show=lambda one: f"{one:,.0f} MiB")


def _graphs(results: Results) -> Iterator[Line]:
    taken = results["peers"][OURS].get("graphs")
    if not taken:
        yield Line("Q8 a day as NetworkX", "", "", "", "lazy ≤ 10 ms; whole ≤ 1.2 ×", UNKNOWN)
        return
    told = _one_clock(taken, results["clock"])
    yield _most("Q8 a day as NetworkX, lazy", told["lazy"], 0.010)
    ratio = told["whole"] / told["beside"]
    said = HOLDS if ratio <= 1.2 else SHORT
    beside = f"add_nodes_from + add_edges_from {shown(told['beside'])}"
    yield Line("Q8 a day as NetworkX, whole", shown(told["whole"]), beside, times(ratio), "≤ 1.2 ×", said)


def _days(results: Results) -> Line:
    words, reach = "Q9 the whole graph on 28 days", f"≤ {len(DAYS)} × Q5"
    own = results["peers"][OURS]["questions"]
    other = best(results, "days")
    beside = f"{results['peers'][other[0]]['name']} {shown(other[1])}" if other else ""
    if "days" not in own or "diff" not in own:
        return Line(words, "no such answer yet", beside, "", reach, SHORT)
    ours = seconds(results, OURS, "days")
    ratio = ours / seconds(results, OURS, "diff")
    verdict = HOLDS if ratio <= len(DAYS) and right(results, OURS, "days") else SHORT
    return Line(words, shown(ours), beside, f"{ratio:.1f} × Q5", reach, verdict)


def _cold(program: Results, name: str, least: str, words: str, wanted: float) -> Line:
    told = program.get("cold", {})
    if name not in told:
        return Line(words, "", "", "", f"≤ {wanted:g} ×", UNKNOWN)
    ours, other = told[name], told[least]
    verdict = HOLDS if ours / other <= wanted else SHORT
    return Line(
        words,
        shown(ours),
        f"typer hello-world {shown(other)}",
        times(ours / other),
        f"≤ {wanted:g} ×",
        verdict,
    )


def _memory(results: Results) -> Line:
    told = results.get("memory", {})
    if OURS not in told:
        return Line("memory after 1,000 questions, national", "", "", "", "≤ 200 MB", UNKNOWN)
    ours, verdict = told[OURS]["resident"], HOLDS if told[OURS]["resident"] <= 200 else SHORT
    other = told["sqlite"]["resident"] if "sqlite" in told else None
    beside = ("–", "") if other is None else (f"SQLite {other:.0f} MB", times(ours / other))
    return Line("memory after 1,000 questions, national", f"{ours:.0f} MB", *beside, "≤ 200 MB", verdict)


def _built(program: Results) -> Iterator[Line]:
    told, installed = program.get("build", {}), program.get("install", {})
    first = shown(told["built"]) if "built" in told else ""
    yield Line(
        "first build, bundled",
        first,
        "–",
        "",
        "≤ 1/3 of that before",
        "not measured here: it takes the program before; by hand 0.48 ×",
    )
    yield _most("first `find` after install", told.get("first"), 5.0)
    if "all" not in installed:
        yield Line("install", "", "", "", "≤ 1.2 ×", UNKNOWN)
        return
    ratio = installed["all"] / installed["others"]
    beside = f"its dependencies {shown(installed['others'])}"
    yield Line(
        "install", shown(installed["all"]), beside, times(ratio), "≤ 1.2 ×", HOLDS if ratio <= 1.2 else SHORT
    )


def _register(program: Results) -> Iterator[Line]:
    told = program.get("register", {})
    words = "the register in XML, read"
    if "ours" not in told:
        yield Line(words, "", "", "", "≥ 0.9 ×", UNKNOWN)
        return
    speed = {name: told["megabytes"] / told[name] for name in ("ours", "expat", "expat_alone")}
    for name, beside in (
        ("expat", "expat that calls empty functions"),
        ("expat_alone", "expat that calls nobody"),
    ):
        ratio = speed["ours"] / speed[name]
        yield Line(
            words,
            f"{speed['ours']:.0f} MB/s",
            f"{beside} {speed[name]:.0f} MB/s",
            times(ratio),
            "≥ 0.9 ×",
            HOLDS if ratio >= 0.9 else SHORT,
        )
    yield _most("the whole register, from zip to a body shown", told["loaded"], 90)
    yield _most("the same, memory", told["peak"] / 1.048576, 1024, show=lambda one: f"{one:,.0f} MiB")


BROWSER = {
    "first view, map": ("the explorer's first view", 1.5),
    "slider step, clinical_commissioning_group": ("a step of its slider, 211 areas", 0.05),
    "search, a letter": ("a letter in its search", 0.05),
}
"""What is measured in a browser, in words, and what is wanted."""


def _browser(program: Results) -> Iterator[Line]:
    told = program.get("browser", {})
    for name, (words, wanted) in BROWSER.items():
        one = told.get(name)
        yield _most(
            words, one and one["median"], wanted, f"an empty page {shown(one['baseline'])}" if one else ""
        )


def _served(program: Results) -> Iterator[Line]:
    told = program.get("served", {})
    for name, wanted in MOST.items():
        one = told.get("answers", {}).get(name)
        first = f"the first time {shown(one['first'])}" if one else ""
        yield _most(f"the server: {name}", one and one["warm"], wanted / 1000, first)
    if (rate := told.get("rate")) is None:
        yield Line("the server: look-ups", "", "", "", f"≥ {LEAST} a second", UNKNOWN)
        return
    verdict = HOLDS if rate >= LEAST else SHORT
    yield Line("the server: look-ups", f"{rate:.0f} a second", "–", "", f"≥ {LEAST} a second", verdict)


def _neo4j_national(program: Results) -> Iterator[Line]:
    found = program.get("neo4j_national", {})
    words = "Neo4j at national size"
    heap = f"a heap of {found['heap']}" if "heap" in found else ""
    yield _most(f"{words}: loaded", found.get("load"), 900, heap, lambda one: f"{one / 60:.1f} min")
    for name in ("find", "show", "lineage", "who"):
        one = found.get("questions", {}).get(name)
        most = f"95 of 100 within {shown(one['most'])}" if one else ""
        yield _most(f"{words}: {name}", one and one["median"], 0.05, most)


def _draw(program: Results) -> Line:
    told = program.get("draw", {})
    if not told or "missing" in told:
        return _most("any `draw` of England, cold", None, 1.0)
    slowest = max(told, key=told.__getitem__)
    return _most(f"any `draw` of England, cold (slowest: {slowest})", told[slowest], 1.0)


def by_clock(results: Results) -> Results:
    """What was measured of the program, each time by the clock of this run."""
    return dict(_one_clock(results["program"], results["clock"]))


def _one_clock(told: Any, clock: str) -> Any:
    if isinstance(told, dict):
        return {name: _one_clock(one, clock) for name, one in told.items()}
    return told[Took._fields.index(clock)] if isinstance(told, list | tuple) else told
