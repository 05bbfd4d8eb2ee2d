"""`python -m tests.fuzz [CALLS COMMANDS SEED]`: tells every fault with the line that shows it again."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.calls import calls
from tests.fuzz.processes import commands


def main() -> int:
    """Runs the calls and the commands, and tells what went wrong."""
    asked = [int(word) for word in sys.argv[1:]]
    many, processes, seed = (*asked, *(10_000, 500, int(time.time()))[len(asked) :])
    print(f"{many:,} calls and {processes:,} commands; the seed is {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="orgmap-fuzz-") as folder:
        faults = [*calls(Path(folder), many, seed), *commands(Path(folder), processes, seed)]
    for fault in faults[:50]:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
