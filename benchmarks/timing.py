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
    """The memory of this process in MB; mapped files that were read count."""
    return _of_system("VmRSS") or peak()


def peak() -> float:
    """The most memory that this process had, in MB. What Linux tells of a child by other ways is its parent's."""
    return _of_system("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def peak_of(process: int) -> float:
    """The most memory that another process had, in MB, as far as Linux tells."""
    return _of_system("VmHWM", str(process))


def _of_system(name: str, process: str = "self") -> float:
    """A figure that Linux keeps of a process, in MB; 0 elsewhere."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{name}:")), 0.0)


def clock() -> str:
    """The clock that ratios of this moment are of: the wall's, unless others keep the processors busy."""
    from tests.running import yardstick  # not above: processes that are measured load this module

    _, took = timed(yardstick)
    return "wall" if took.wall < 1.25 * took.cpu else "cpu"


def process(command: Sequence[str | Path], **environment: str) -> Took:
    """How long a command takes as a whole process. Raises `subprocess.CalledProcessError` if it fails."""
    return _whole(command, environment)[1]


def child(code: str, **environment: str) -> tuple[Took, float]:
    """How long a Python process takes that runs this code, and its peak memory (MB)."""
    tail = "\nfrom benchmarks.timing import peak\nprint(peak())"
    printed, took = _whole((sys.executable, "-c", code + tail), environment)
    return took, float(printed.split()[-1])


def _whole(command: Sequence[str | Path], environment: Mapping[str, str]) -> tuple[bytes, Took]:
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **environment}
    )
    took, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, Took(took, cpu)


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
