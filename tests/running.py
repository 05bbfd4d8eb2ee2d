"""Running the command in a process of its own, with its own tables and cache, and damaging what it built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import Any

from orgmap.graphmodel.stores.packed import PackedFile
from orgmap.graphmodel.stores.sealed import BLOCK

ROOT = Path(__file__).resolve().parents[1]

NOBODY = "http://127.0.0.1:9/ORD"
"""An address at which nobody answers: no test asks the live register."""

HANGS = 1800
"""Seconds after which a process counts as hanging: far more than any takes, however busy the machine is."""

AS_STARTED_BY_A_PERSON = f"""
import signal
import orgmap.graphmodel.stores.neo4j.server
orgmap.graphmodel.stores.neo4j.server.CONNECTING = {HANGS}
signal.signal(signal.SIGINT, signal.default_int_handler)
for one in ("SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, one), signal.SIG_DFL)
"""
"""A parent that ignores signals (`nohup`, a shell's `&`) hands that on: the tests' programs take them as usual.

And a server on a busy machine may be slow to answer.
"""


def surroundings(data: Path, cache: Path, **more: str) -> dict[str, str]:
    """The environment of a process that reads these tables and builds into that folder.

    Python holds back what it writes, as it does for people: what is left over at the end must not change the exit code.
    """
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        "ORGMAP_DATA": str(data),
        "ORGMAP_CACHE": str(cache),
        "ORGMAP_ORD_URL": NOBODY,
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
        **more,
    }


def start(data: Path, cache: Path, *arguments: str, code: str = "", **more: Any) -> subprocess.Popen[str]:
    """Starts `orgmap` with these arguments, after a piece of Python if one is given."""
    program = (
        f"{AS_STARTED_BY_A_PERSON}\n{code}\nimport sys\nfrom orgmap.cli.main import run\nrun(sys.argv[1:])"
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=surroundings(data, cache),
        cwd=ROOT,
        text=True,
        encoding="utf-8",
        **pipes,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Waits for a process: its exit code, what it printed, what it said on standard error."""
    out, err = process.communicate(timeout=HANGS)
    assert "Traceback" not in (err or ""), err
    return process.returncode, out, err


def damage(path: Path, table: str) -> None:
    """Overwrites the block where a packed table of the store begins: its size stays, its marks stay."""
    place = PackedFile(path).place_in_file(table)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(b"\xff" * BLOCK)


def yardstick() -> float:
    """What this machine takes, in seconds of its processor, for a piece of work that never changes; some 0.04 here."""
    return min(_piece_of_work() for _ in range(3))


def _piece_of_work() -> float:
    start = process_time()
    sum(number * number % 7 for number in range(1_000_000))
    return process_time() - start
