"""Benchmarks, printed and never asserted: `make bench`. Speeds are ratios or rates of one run on one machine."""

from __future__ import annotations

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.neo4j.bench import beside_neo4j
from tests.viz import bench_network

HELLO = "import typer\n\n\ndef main(name: str = 'world') -> None:\n    print('hello', name)\n\n\ntyper.run(main)\n"
FIND = [sys.executable, "-m", "orgmap.cli.main", "find", "CT9", "1AA", "--at", "2013-06-01"]
WHO = [
    sys.executable,
    "-m",
    "orgmap.cli.main",
    "who",
    "health visiting",
    "--for",
    "CT9 1AA",
    "--at",
    "2015-10-01",
]
RUNS = 21


def seconds(command: list[str], **environment: str) -> float:
    """How long a command takes as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - start


def child(code: str, **environment: str) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of a Python process that runs this code."""
    tail = "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + tail],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    return time.perf_counter() - start, float(done.stdout.split()[-1])


def cold_start(folder: Path) -> None:
    """Look-ups from nothing against the smallest program of the same command-line library, run in turn."""
    hello = folder / "hello.py"
    hello.write_text(HELLO, encoding="utf-8")
    for name, command, wanted in (("find", FIND, 1.25), ("who", WHO, 1.5)):
        subprocess.run(command, check=True, capture_output=True)
        pairs = [(seconds([sys.executable, str(hello)]), seconds(command)) for _ in range(RUNS)]
        ratio = statistics.median(ours / theirs for theirs, ours in pairs)
        theirs, ours = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        print(
            f"cold {name}: {ratio:.2f} × a typer hello-world"
            f" (median of {RUNS} pairs; {ours:.0f} ms and {theirs:.0f} ms); wanted ≤ {wanted}"
        )


def warm_who() -> None:
    """The same questions again, the store being open: what a second question in one process costs."""
    from orgmap.loaders.open import open_store
    from orgmap.queries.commissioning.who import who

    services = ("health visiting", "planned hospital care", "GP services", "dentist", "stop smoking")
    days = ("2012-12-01", "2013-06-01", "2015-10-01", "2021-06-01", "2024-06-01")
    with open_store() as store:
        calls = [
            (service, place, day) for service in services for place in ("CT9 1AA", "Thanet") for day in days
        ]
        for service, place, day in calls:
            who(store, service, place, day)
        took = []
        for service, place, day in calls * 5:
            start = time.perf_counter()
            who(store, service, place, day)
            took.append((time.perf_counter() - start) * 1000)
    print(f"warm who: {statistics.median(took):.2f} ms (median of {len(took)}); wanted ≤ 1")


def first_build(folder: Path) -> None:
    """Building the graph from the tables in an empty cache."""
    took, peak = child(
        "from orgmap.loaders.open import open_store\nopen_store().close()", ORGMAP_CACHE=str(folder / "cache")
    )
    print(f"first build: {took:.1f} s, {peak:.0f} MiB at its peak; wanted < 60 s, < 1024 MiB")


def annotate(folder: Path, rows: int = 1_000_000) -> None:
    """A million rows with postcodes and days of their own, streamed."""
    from orgmap.graphmodel.datafiles import data_folder
    from orgmap.loaders.reading import tables_of
    from orgmap.loaders.rows import expand_postcodes

    every = [postcode for postcode, _, _ in expand_postcodes(tables_of(data_folder())("postcodes"))]
    known = random.Random(1).sample(every, 200_000)
    days = [f"20{year:02}-{month:02}-15" for year in range(11, 26) for month in range(1, 13)]
    source, target = folder / "rows.csv", folder / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "postcode", "day"])
        writer.writerows([n, known[n * 7919 % len(known)], days[n * 31 % len(days)]] for n in range(rows))
    for label, when in (("one day", "'2013-06-01', None"), ("own days", "None, 'day'")):
        took, peak = child(
            "from pathlib import Path\nfrom orgmap.loaders.open import open_store\n"
            "from orgmap.csvfiles import annotate_file\n"
            f"annotate_file(open_store(), Path({str(source)!r}), Path({str(target)!r}),"
            f" 'postcode', {when}, 'utf-8')"
        )
        print(
            f"annotate ({label}): {rows / took:,.0f} rows/s, {peak:.0f} MiB at its peak; wanted ≥ 50,000 rows/s"
        )


def pictures(folder: Path) -> None:
    """A place's pages as whole processes, and the explorer with 2,000 bodies."""
    kent = ("--within", "Kent and Medway", "-o", str(folder / "kent.html"))
    for name in (("reform", "2013"), ("lineage",)):
        command = [sys.executable, "-m", "orgmap.cli.main", "draw", *name, *kent]
        took = statistics.median(seconds(command) for _ in range(5))
        print(f"cold draw {' '.join(name)} of Kent: {took:.2f} s (median of 5); wanted ≤ 1")
    bench_network.main()


def main() -> None:
    """Runs every benchmark."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first_build(folder)
        cold_start(folder)
        warm_who()
        beside_neo4j()
        annotate(folder)
        pictures(folder)


if __name__ == "__main__":
    main()
