"""Benchmarks, printed and never asserted: `make bench`. Speeds are ratios or rates of one run on one machine."""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELLO = "import typer\n\n\ndef main(name: str = 'world') -> None:\n    print('hello', name)\n\n\ntyper.run(main)\n"
FIND = [sys.executable, "-m", "cli.main", "find", "CT9", "1AA", "--at", "2013-06-01"]
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
    """A look-up from nothing against the smallest program of the same command-line library, run in turn."""
    hello = folder / "hello.py"
    hello.write_text(HELLO, encoding="utf-8")
    subprocess.run(FIND, check=True, capture_output=True)
    ratios, ours, theirs = [], [], []
    for _ in range(RUNS):
        theirs.append(seconds([sys.executable, str(hello)]))
        ours.append(seconds(FIND))
        ratios.append(ours[-1] / theirs[-1])
    print(
        f"cold find: {statistics.median(ratios):.2f} × a typer hello-world"
        f" (median of {RUNS} pairs; {statistics.median(ours) * 1000:.0f} ms and"
        f" {statistics.median(theirs) * 1000:.0f} ms); wanted ≤ 1.25"
    )


def first_build(folder: Path) -> None:
    """Building the graph from the tables in an empty cache."""
    took, peak = child(
        "from loaders.open import open_store\nopen_store().close()", ORGMAP_CACHE=str(folder / "cache")
    )
    print(f"first build: {took:.1f} s, {peak:.0f} MiB at its peak; wanted < 60 s, < 1024 MiB")


def annotate(folder: Path, rows: int = 1_000_000) -> None:
    """A million rows with postcodes and days of their own, streamed."""
    from loaders.open import open_store

    with open_store() as store:
        known = [
            row[0] for row in store._all("SELECT postcode FROM postcodes ORDER BY random() LIMIT 200000")
        ]
    days = [f"20{year:02}-{month:02}-15" for year in range(11, 26) for month in range(1, 13)]
    source, target = folder / "rows.csv", folder / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "postcode", "day"])
        writer.writerows([n, known[n * 7919 % len(known)], days[n * 31 % len(days)]] for n in range(rows))
    for label, when in (("one day", "'2013-06-01', None"), ("own days", "None, 'day'")):
        took, peak = child(
            "from pathlib import Path\nfrom loaders.open import open_store\nfrom cli.csvfiles import annotate_file\n"
            f"annotate_file(open_store(), Path({str(source)!r}), Path({str(target)!r}),"
            f" 'postcode', {when}, 'utf-8')"
        )
        print(
            f"annotate ({label}): {rows / took:,.0f} rows/s, {peak:.0f} MiB at its peak; wanted ≥ 50,000 rows/s"
        )


def main() -> None:
    """Runs every benchmark."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first_build(folder)
        cold_start(folder)
        annotate(folder)


if __name__ == "__main__":
    main()
