"""`python -m tests.fuzz [CALLS COMMANDS SEED]`: tells every fault with the seed that shows it again."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.fuzz.calls import calls
from tests.fuzz.kills import kills
from tests.fuzz.loads import faults_of_loads
from tests.fuzz.processes import commands

SHOWN = 50
KILLED = 100
"""So many loads are killed."""

CUT = 100
"""At so many places by chance is each published file cut."""


def main() -> int:
    """Runs the calls, shared among the processors, and then the commands, and tells what went wrong."""
    asked = [int(word) for word in sys.argv[1:]]
    many, processes, seed = (*asked, *(10_000, 500, int(time.time()))[len(asked) :])
    workers = min(os.cpu_count() or 1, 4)
    print(f"{many:,} calls and {processes:,} commands; the seed is {seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="orgmap-fuzz-") as folder:
        places = [Path(folder) / str(number) for number in range(workers)]
        seeds = [f"{seed} of {number}" for number in range(workers)]
        for place in places:
            place.mkdir()
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            shares = [many // workers + (number < many % workers) for number in range(workers)]
            faults = [fault for found in pool.map(calls, places, shares, seeds) for fault in found]
        print(f"{len(faults)} faults in calls after {time.monotonic() - began:.0f} seconds", flush=True)
        faults += commands(places[0], processes, seed, england=True)
        (Path(folder) / "kills").mkdir()
        faults += kills(Path(folder) / "kills", KILLED, str(seed))
        (Path(folder) / "harm").mkdir()
        faults += faults_of_loads(Path(folder) / "harm", CUT, str(seed))
    for fault in faults[:SHOWN]:
        print(fault)
    print(f"{len(faults)} faults, {time.monotonic() - began:.0f} seconds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
