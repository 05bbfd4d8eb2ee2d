"""The page of a run, in Markdown, with its plots beside the other pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.plots import growth, peers
from benchmarks.questions import QUESTIONS
from benchmarks.reach import LIMIT, OURS, Line, by_clock, lines, right, seconds, shown, times
from benchmarks.reach import SHORT as FALLS_SHORT
from benchmarks.timing import ROOT
from docs.making.tables import table

PAGE = ROOT / "docs" / "speed.md"
PICTURES = ROOT / "pictures"

FLAT = ("leaf", "hub", "chain", "who", "lineage", "postcode")
"""Questions whose time should not grow with the register."""

Results = dict[str, Any]

INTRODUCTION = """# How quick it is

How long questions take beside other programs that answer the same ones, in one run on one machine; `make bench`
does it and writes this page. {when}

- All load the same register: made up by chance from a seed, of the size and shape of the national register of
  organisations ({bodies} bodies, areas and roles, {relations} dated relations, {postcodes} postcodes), with
  its oddities: relations that end and restart on one day, overlap, have no day at all, or lead in circles.
- All are asked the same cases. Their answers are compared by hash with those of a graph in NetworkX that is asked
  naively (of Q9, which would take it minutes, with those of the loops in C); who answers differently is marked ≠
  and counts as no peer.
- Each peer stands in its best form (see [below](#in-which-form-each-was-asked)). None of them but ours keeps
  names, sources and notes as well, and those that hold all in memory take as long as is said there before their
  first answer.
- Times are medians of repeats, {clock}. A figure is one machine's; the ratios say more.
- Look-ups of a few microseconds depend on what else the processor's caches hold: from run to run those of programs that
  keep lists of Python's objects (igraph, rustworkx, NetworkX) took up to three times as long, those in the mapped file
  up to a third longer. Of two runs in one hour, Q3 was 0.8 and 2.05 × the best other, Q4 0.7 and 1.1, Q6 0.6 and 1.4,
  Q7 3.2 and 2.8.
"""

REACH = """## What is wanted, and what is reached

*Best other*: the quickest other whose answers are right. *Ratio*: the other's time by ours where more is better (≥),
ours by the other's where less is (≤).
"""

PEERS = """## Every question, every peer

Time for one answer. The last column is what is left when nothing is made readable: plain loops in C over arrays,
numbers for ids, all cases in one call (over whole columns, NumPy's and polars' own loops can be quicker still).
"""

GROWTH = """## How it grows

From a tenth of the national register to three times its size. What looks something up should take as long as ever,
what reads all of it should grow with it and no faster. {right}

![Time of look-ups over the size of the register](../pictures/speed-look-ups.svg)

![Time of questions about the whole over the size of the register](../pictures/speed-whole.svg)
"""


def write(results: Results) -> None:
    """Writes the page and its plots."""
    PICTURES.mkdir(exist_ok=True)
    for name, text in plots(results).items():
        (PICTURES / name).write_text(text, encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")


def page(results: Results) -> str:
    """The whole page."""
    clock = "by the clock on the wall" if results["clock"] == "wall" else BUSY
    sizes = {name: f"{number:,}" for name, number in results["sizes"].items()}
    scale = "" if results["scale"] == 1 else f"**At {results['scale']:g} × the national size.** "
    when = f"{scale}Last run: {results['when']}, {results['took'] / 60:.0f} minutes."
    headings = ("question", "measured", "best other", "ratio", "reach", "")
    parts = [
        INTRODUCTION.format(when=when, clock=clock, **sizes),
        REACH,
        table(headings, lines(results)),
        "",
        *_short(lines(results)),
        PEERS,
        _all_peers(results),
        "",
        "![Time for one answer, by question and peer](../pictures/speed-peers.svg)",
        "",
        *([GROWTH.format(right=_right(results)), _growth(results), ""] if results["growth"] else []),
        "## In which form each was asked",
        "",
        table(("peer", "loads in", "memory", "form"), _forms(results)),
        "",
        "## The program itself, on the graph that comes with it",
        "",
        table(("what", "took"), _program(by_clock(results))),
        "",
        *_neo4j(results.get("neo4j")),
        *_neo4j_national(results["program"].get("neo4j_national")),
        "## The machine",
        "",
        table(("", ""), results["machine"].items()),
        "",
    ]
    return "\n".join(parts)


BUSY = (
    "by the processor's clock, for the machine was busy (programs that use several processors look slower by it"
    " than they are)"
)


TRIED = {
    "Q1 neighbours of a hub": "The edges take a fifth of it, as slices of the columns in place; the rest is the ids of"
    " some hundred bodies as texts, which are taken from a table all at once.",
    "Q3 who for an area": "A walk of two edges. What other programs keep in Python's own lists is read here from the"
    " mapped file, row by row and compared before; a list of the rows of each area would be quicker, and memory.",
    "Q5 diff of a region, as rows": "It took ten times as long before it asked only of the region. Tried last: the"
    " neighbourhoods of a region found in the packed file (three times as quick), marks of plans looked for without"
    " going through every word. What is left is who lies within the region on both days, and the rows themselves.",
    "Q6 postcode": "Where a postcode lies stands in the packed file and is remembered (the first time it takes half as"
    " long again). What is left is Q3; the others look all of it up in dictionaries in memory.",
    "Q7 100,000 look-ups with own days": "All as columns: a bit for each postcode that there could be, areas by"
    " neighbourhood, edges by area and kind, days by comparison. The texts themselves take a quarter of it.",
    "`annotate`, speed": "Tried: reading and writing in blocks, postcodes looked up as columns, an answer for all days"
    " between which nothing changes at the place, cells remembered, no collecting. Reading and writing take a quarter"
    " of it, what is said of each place the rest; it writes ten times what it reads. Python's own csv, which it reads"
    " with, takes twice as long for this table as the quickest library.",
    "`annotate`, memory": "Some 40 MiB are the mapped store, 6 the bits of all postcodes. Fewer remembered cells take"
    " less and are slower.",
    "Q9 the whole graph on 28 days": "All days at one pass over the edges, each of which gets a number with a bit for"
    " each day. That took it from 68 to between 29 and 37 × Q5; half of what is left is writing"
    " a hundred megabytes of answers.",
    "cold `find`, bundled": "Most of it is Python's and the command line's own start. No module that the question"
    " does not need is loaded, and garbage is collected seldom.",
    "cold `find`, national": "As for the bundled graph; the size of the graph adds next to nothing.",
    "any `draw` of England, cold": "A third of the time before: nothing is asked of all bodies for each box any more."
    " What is left is the layout of some hundred boxes.",
}
"""Of what may fall short: where the time goes, what was tried, and how far it came."""


def _short(told: Sequence[Line]) -> Iterator[str]:
    """What falls short, and what was tried."""
    held = sum(line.verdict == "holds" for line in told)
    yield f"{held} of {len(told)} hold."
    yield ""
    for line in told:
        question = line.question.partition(" (")[0]
        if line.verdict == FALLS_SHORT and question in TRIED:
            yield f"- **{question}**: {TRIED[question]}"
    yield ""


def _all_peers(results: Results) -> str:
    order = [OURS, *(one for one in results["peers"] if one not in (OURS, LIMIT)), LIMIT]
    order = [one for one in order if one in results["peers"]]
    rows = []
    for question, described in QUESTIONS.items():
        cells = [described.number, described.asks]
        for peer in order:
            if question not in results["peers"][peer]["questions"]:
                cells.append("")
                continue
            wrong = right(results, peer, question) is False
            cells.append(shown(seconds(results, peer, question)) + (" ≠" if wrong else ""))
        rows.append(cells)
    return table(("", "question", *(results["peers"][one]["name"] for one in order)), rows)


def _right(results: Results) -> str:
    wrong = [scale for scale, told in results["growth"].items() if not told.get("right", True)]
    if wrong:
        return f"**Our answers differ from those of the loops in C at {', '.join(wrong)} ×.**"
    return "At every size the answers are those of the loops in C."


def _growth(results: Results) -> str:
    scales = sorted(results["growth"], key=float)
    rows = []
    for question, described in QUESTIONS.items():
        taken = [results["growth"][scale]["questions"].get(question) for scale in scales]
        if all(taken):
            clock = results["clock"]
            each = [one[clock] for one in taken if one]
            rows.append([described.number, question, *map(shown, each), times(each[-1] / each[0])])
    headings = ("", "question", *(f"{float(scale):g} ×" for scale in scales), "largest by smallest")
    built = [results["growth"][scale]["build"] for scale in scales]
    rows.append(["", "build of the store", *map(shown, built), times(built[-1] / built[0])])
    return table(headings, rows)


def _forms(results: Results) -> Iterator[Sequence[str]]:
    for name, told in results["peers"].items():
        held = results.get("memory", {}).get(name, told)["resident"]
        beside = "" if name in results.get("memory", {}) else " with the register's columns"
        load = shown(told["load"]) + (f" (built in {shown(told['build'])})" if "build" in told else "")
        yield told["name"], load, f"{held:,.0f} MB{beside}", told["how"]
    for name, why in results["missing"].items():
        yield name, "", "", f"not asked: {why}"


def _program(program: Results) -> Iterator[Sequence[str]]:
    for part, told in program.items():
        if "missing" in told:
            yield part, f"not measured: {told['missing']}"
        elif part == "build":
            yield "first build", f"{shown(told['built'])}, {told['peak']:.0f} MB at its peak"
        elif part == "cold":
            for name in ("find", "who", "national_find"):
                if name in told:
                    least = told["national_hello" if name.startswith("national") else "hello"]
                    ratio = f"{shown(told[name])}, {times(told[name] / least)} a typer hello-world"
                    yield (
                        f"`{name.replace('national_', '')}`, cold{', national' if 'national' in name else ''}",
                        ratio,
                    )
        elif part in ("warm", "draw"):
            words = "{}, the graph being open" if part == "warm" else "`draw {}`, cold"
            yield from ((words.format(name), shown(one)) for name, one in told.items())
        elif part == "annotate":
            for name in ("one day", "own days"):
                rate = told["rows"] / told[name]["took"]
                yield f"`annotate`, {name}", f"{rate:,.0f} rows/s, {told[name]['peak']:.0f} MB at its peak"
            for name, took in told["libraries"].items():
                yield f"the same table read and written by {name}", f"{told['rows'] / took:,.0f} rows/s"
        elif part == "lists":
            for name in ("ours", "polars", "polars, the same columns", "load", "build"):
                words = f"{shown(told[name]['took'])}, {told[name]['peak']:,.0f} MB at its peak"
                yield f"a list of {told['postcodes']:,} postcodes, {name}", words
        elif part == "region":
            yield "`diff` of a region over a reform", f"{shown(told['diff'])}, {told['rows']:,} rows"
        elif part == "explorer":
            yield "network of 2,000 bodies", f"{shown(told['drawn'])}, {told['bytes'] / 1e6:.2f} MB"
        elif part == "browser":
            for name, one in told.items():
                median, slowest, nothing = (shown(one[key]) for key in ("median", "slowest", "baseline"))
                words = f"{median} (slowest of {one['number']}: {slowest}; an empty page: {nothing})"
                yield f"the explorer's page, {name}", words
        elif part == "served":
            for name, one in told["answers"].items():
                yield f"the server, {name}", f"{shown(one['warm'])}; the first time {shown(one['first'])}"
            yield "the server, look-ups by two clients", f"{told['rate']:.0f} a second"
            yield "the server holds after this", f"{told['memory']:.0f} MB"
        elif part == "install":
            yield (
                "install from files on this disk",
                f"{shown(told['all'])}; its dependencies alone {shown(told['others'])}",
            )


def _neo4j(told: Results | None) -> Iterator[str]:
    if told is None:
        return
    yield "## The same graph on a Neo4j server"
    yield ""
    if "missing" in told:
        yield f"Not measured: {told['missing']}"
    else:
        load = "was there already" if told["load"] is None else f"took {shown(told['load'])}"
        yield f"England's graph {load}, in 1 GiB of heap; medians of different questions, the server warm."
        yield ""
        rows = (
            (name, shown(one["neo4j"]), shown(one["orgmap"]), f"{one['same']} of {one['of']}")
            for name, one in told["questions"].items()
        )
        yield table(("question", "Neo4j", "the embedded file", "same answers"), rows)
    yield ""


NATIONAL = """## A register of national size on a Neo4j server

The register made up for this page ({bodies:,} bodies, {relations:,} relations, {postcodes:,} postcodes), with the rules
of the bundled tables, in {heap} of heap and 128 MiB of page cache: loaded in {minutes:.1f} minutes, as
`orgmap load --store` loads (but for its check of the tables, which would refuse the register's oddities). At most the
server held {server:,.0f} MB and the loader {loader:,.0f} MB. By the clock on the wall, on {when}{busy};
medians of different questions, the server warm.
"""


def _neo4j_national(found: Results | None) -> Iterator[str]:
    if found is None or "missing" in found:
        return
    busy = "" if found["quiet"] else ", while other programs kept the machine busy"
    yield NATIONAL.format(**found, minutes=found["load"] / 60, busy=busy)
    rows = (
        (name, shown(one["median"]), shown(one["most"]), f"{one['same']} of {one['of']}")
        for name, one in found["questions"].items()
    )
    yield table(("question", "median", "95 of 100 within", "same answers as the embedded file"), rows)
    yield ""


def plots(results: Results) -> dict[str, str]:
    """The plots by the names of their files."""
    names = {peer: told["name"] for peer, told in results["peers"].items()}
    order = sorted(names, key=lambda one: (one != OURS, one == LIMIT))
    rows = {
        f"{described.number} {SHORT[question]}": {
            names[peer]: seconds(results, peer, question)
            for peer in order
            if question in results["peers"][peer]["questions"]
        }
        for question, described in QUESTIONS.items()
    }
    drawn = {
        "speed-peers.svg": peers(
            {name: row for name, row in rows.items() if row},
            [names[one] for one in order],
            f"Time for one answer at {results['scale']:g} × the national size; further left is quicker",
        )
    }
    grown = results["growth"]
    scales = sorted(grown, key=float)
    if len(scales) > 1:
        for file, flat, title in (
            ("speed-look-ups.svg", True, "Look-ups: time for one answer"),
            ("speed-whole.svg", False, "Questions about the whole: time for one answer"),
        ):
            series = {
                f"{described.number} {SHORT[question]}": [
                    (float(scale), grown[scale]["questions"][question][results["clock"]]) for scale in scales
                ]
                for question, described in QUESTIONS.items()
                if (question in FLAT) is flat
                and all(question in grown[scale]["questions"] for scale in scales)
            }
            if series:
                drawn[file] = growth(series, title, [float(scale) for scale in scales])
    return drawn


SHORT = {
    "leaf": "neighbours, leaf",
    "hub": "neighbours, hub",
    "chain": "chain upward",
    "who": "who for an area",
    "lineage": "lineage",
    "diff": "whole diff",
    "postcode": "postcode",
    "batch": "100,000 look-ups",
    "day": "a day as NetworkX",
    "days": "28 days",
}
"""Questions in a few words."""
