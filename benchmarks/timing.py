"""Clocks: of the wall and of the processor, medians of repeats, memory of the process, whole processes."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]


MOST, ENOUGH = 7, 1.5
"""How often something is repeated, and after how many seconds of the processor not any more."""


class Took(NamedTuple):
    """Seconds by the clock on the wall and by that of the process's processor."""

    wall: float
    cpu: float


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    """What a piece of work gives, and how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, Took(time.perf_counter() - wall, time.process_time() - cpu)


def median(taken: Sequence[Took]) -> Took:
    """The median of each clock.

    >>> median([Took(1, 9), Took(2, 8), Took(6, 7)])
    Took(wall=2, cpu=8)
    """
    return Took(statistics.median(one.wall for one in taken), statistics.median(one.cpu for one in taken))


def repeated(work: Callable[[], Any], repeats: int = MOST) -> tuple[Any, Took]:
    """What the last of several repeats gives, and their median; after some seconds there is no further one.

    What was thrown away is collected before each.
    """
    result, taken = None, list[Took]()
    while len(taken) < repeats and sum(took.cpu for took in taken) < ENOUGH:
        result = None
        gc.collect()
        result, took = timed(work)
        taken.append(took)
    return result, median(taken)


def resident() -> float:
    """The memory of this process in MB (mapped files that were read count), at its peak where only that is known."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    return peak()


def peak() -> float:
    """The most memory that this process had, in MB."""
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    )


def process(command: Sequence[str | Path], **environment: str) -> Took:
    """How long a command takes as a whole process. Raises `subprocess.CalledProcessError` if it fails."""
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **environment})
    took, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def child(code: str, **environment: str) -> tuple[float, float]:
    """Seconds and peak memory (MB) of a Python process that runs this code."""
    tail = "\nfrom benchmarks.timing import peak\nprint(peak())"
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + tail],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    return time.perf_counter() - start, float(done.stdout.split()[-1])


def in_turn(
    commands: Mapping[str, Sequence[str | Path]], repeats: int, **environment: str
) -> dict[str, Took]:
    """Several commands, one after the other and all again, so that a busy moment falls on all of them."""
    taken: dict[str, list[Took]] = {name: [] for name in commands}
    for command in commands.values():
        process(command, **environment)
    for _ in range(repeats):
        for name, command in commands.items():
            taken[name].append(process(command, **environment))
    return {name: median(some) for name, some in taken.items()}
