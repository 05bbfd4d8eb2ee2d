"""`python -m benchmarks.served`: how quickly the server answers, how much it bears, and whether it grows.

It starts a server of its own, asks it over the line as a browser does, and prints a table; `--soak SECONDS` goes on
asking and says how much memory the server held in the first and in the last minute.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.timing import ROOT
from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.reading import tables_of

LARGE = (
    "London",
    "Greater Manchester",
    "West Yorkshire",
    "Kent",
    "Lancashire",
    "Birmingham",
    "Hampshire",
    "Essex",
)
BODIES = ("icb:QKS", "icb:QWO", "national:nhs_england", "council:E10000016", "ccg:91Q", "pct:5QA")
DAYS = ("2012-06-01", "2013-06-01", "2016-06-01", "2021-06-01", "2023-06-01")
REGIONS = ("London", "South East", "North West", "East of England", "North East")
ENGLAND = {"before": "2013-03-31", "after": "2013-04-01"}

MOST = {"find": 50, "who": 50, "lineage": 50, "diff of a region": 50, "diff of England": 300}
"""Milliseconds that the median should not pass, warm."""

LEAST = 200
"""Look-ups that two clients should get in a second."""


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """A server with its own process: where it is, and the process's number."""
    command = [sys.executable, "-m", "orgmap.cli.main", "serve", "--port", "0", "--per-minute", "0"]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        line = started.stdout.readline() if started.stdout else ""
        found = re.search(r"http://(\S+)/", line)
        if not found:
            raise SystemExit("the server did not start")
        yield found.group(1), started.pid
    finally:
        started.terminate()
        started.communicate(timeout=60)


class Line:
    """One connection, kept open."""

    def __init__(self, where: str) -> None:
        self._line = HTTPConnection(
            urlsplit(f"//{where}").hostname or "", urlsplit(f"//{where}").port, timeout=120
        )

    def ask(self, path: str) -> float:
        """How many milliseconds an answer took, from the first byte sent to the last one got."""
        begun = time.perf_counter()
        self._line.request("GET", path)
        got = self._line.getresponse()
        got.read()
        if got.status >= 500:
            raise SystemExit(f"{path}: {got.status}")
        return (time.perf_counter() - begun) * 1000


def settled(where: str) -> None:
    """Waits until the server has put the explorer together, which takes another process some seconds."""
    while True:
        line = HTTPConnection(urlsplit(f"//{where}").hostname or "", urlsplit(f"//{where}").port, timeout=120)
        line.request("HEAD", "/explore")
        if line.getresponse().status != 503:
            return
        time.sleep(1)


def path(question: str, **asked: str) -> str:
    """The address of a question."""
    return f"/api/{question}?{urlencode(asked, quote_via=quote)}"


def questions() -> dict[str, list[str]]:
    """What is asked, by what it is called in the table."""
    return {
        "find": [path("find", place=place, at=day) for place in LARGE for day in DAYS],
        "who": [
            path("who", service="maternity", **{"for": place}, at=day) for place in LARGE for day in DAYS
        ],
        "lineage": [path("lineage", body=body) for body in BODIES],
        "diff of a region": [path("diff", within=region, **ENGLAND) for region in REGIONS],
        "diff of England": [path("diff", **ENGLAND)],
    }


def medians(where: str, rounds: int) -> dict[str, tuple[float, float]]:
    """For each question the first answer and the median of those that follow, in milliseconds."""
    line = Line(where)
    found = {}
    for name, paths in questions().items():
        first = statistics.median(line.ask(one) for one in paths)
        found[name] = (first, statistics.median(line.ask(one) for _ in range(rounds) for one in paths))
    return found


def look_ups(seed: int, many: int = 4000) -> list[str]:
    """Addresses of places and days drawn by chance, no two alike: nothing of it was answered before."""
    chance = Random(seed)
    postcodes = [
        f"{row[0]} {inward}" for row in tables_of(data_folder())("postcodes") for inward in row[1].split()[:2]
    ]
    return [path("find", place=one, at=chance.choice(DAYS)) for one in chance.sample(postcodes, many)]


def throughput(where: str, seconds: float, clients: int, seed: int = 1) -> float:
    """Look-ups answered in a second to several clients that ask without a pause."""
    counts = [0] * clients
    ends = time.perf_counter() + seconds

    def client(number: int) -> None:
        line, paths = Line(where), look_ups(seed * 100 + number)
        while time.perf_counter() < ends:
            line.ask(paths[counts[number] % len(paths)])
            counts[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def held(process: int) -> float:
    """Megabytes that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(where: str, process: int, seconds: float) -> list[float]:
    """Megabytes that the server held, each tenth of a time in which it was asked without a pause."""
    found = []
    for tenth in range(10):
        throughput(where, seconds / 10, 2, seed=tenth + 2)
        found.append(round(held(process)))
    return found


def measures(rounds: int = 20, seconds: float = 20.0, soaked: float = 0.0) -> dict[str, Any]:
    """What a server of its own does: seconds for answers, look-ups in a second, megabytes that it holds."""
    with server() as (where, process):
        settled(where)
        took = medians(where, rounds)
        found = {
            "answers": {
                name: {"first": first / 1000, "warm": warm / 1000} for name, (first, warm) in took.items()
            },
            "rate": throughput(where, seconds, 2),
            "memory": held(process),
        }
        return found | ({"soak": soak(where, process, soaked)} if soaked else {})


def main(arguments: Sequence[str]) -> int:
    """Measures, and prints what was measured; 1 if something took longer than it should."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--soak", type=float, default=0.0)
    asked = parser.parse_args(arguments)
    found = measures(asked.rounds, asked.seconds, asked.soak)
    for name, one in found["answers"].items():
        first, warm = 1000 * one["first"], 1000 * one["warm"]
        print(f"{name:<20} first {first:8.1f} ms   warm {warm:8.1f} ms   should be {MOST[name]} ms")
    print(f"look-ups             {found['rate']:8.0f} a second   should be {LEAST}")
    print(f"memory               {found['memory']:8.0f} MB")
    if asked.soak:
        print(f"soak                 {json.dumps(found['soak'])} MB")
    slow = any(1000 * one["warm"] > MOST[name] for name, one in found["answers"].items())
    return int(slow or found["rate"] < LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
