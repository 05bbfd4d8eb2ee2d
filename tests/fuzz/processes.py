"""Commands as processes of their own, in odd surroundings: closed and full streams, encodings, signals, bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from tests.fuzz.calls import prepared
from tests.fuzz.words import command
from tests.running import ROOT, surroundings

PROGRAM = "import sys; from orgmap.cli.main import run; run(sys.argv[1:])"
HANGS = 60.0
"""Seconds after which a process counts as hanging, on a busy machine; by itself none takes more than one."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
ENCODINGS = ["utf-8", "ascii", "latin-1", "utf-16", "utf-7", "cp037", "idna", "ascii:strict"]


def commands(folder: Path, many: int, seed: int) -> list[str]:
    """The faults that so many processes show."""
    prepared(folder)
    env = surroundings(folder / "data", folder / "cache")
    subprocess.run(
        [sys.executable, "-c", PROGRAM, "build"], env=env, cwd=ROOT, check=True, capture_output=True
    )
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda number: _one(folder, Random(f"{seed} {number}")), range(many)))
    left = [f"left behind {one}" for one in (folder / "here").glob(".orgmap-*")]
    return [*filter(None, found), *left]


def _one(folder: Path, chance: Random) -> str:
    """One process: what is wrong with how it ended, or nothing."""
    line = [word.replace("\0", "").encode("utf-8", "surrogatepass") for word in command(chance)]
    if chance.random() < 0.2:
        line[chance.randrange(len(line))] += chance.choice([b"\xff", b"\xe9", b"\xc3", b"\x80"])
    env = surroundings(folder / "data", folder / "cache", PYTHONIOENCODING=chance.choice(ENCODINGS))
    out = chance.choice(["pipe", "pipe", "closed", "full", "gone"])
    out = "pipe" if out == "full" and not os.path.exists("/dev/full") else out
    shut = ">&-" if out == "closed" else ""
    start = [
        b"sh",
        b"-c",
        f'exec "$@" {shut}'.encode(),
        b"sh",
        sys.executable.encode(),
        b"-c",
        PROGRAM.encode(),
    ]
    allowed = set(range(6)) | ({6} if out == "full" else set())
    with open("/dev/full" if out == "full" else os.devnull, "wb") as sink:
        process = subprocess.Popen(
            [*start, *line],
            env=env,
            cwd=folder / "here",
            stdin=subprocess.DEVNULL,
            stdout=sink if out == "full" else subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    if out == "gone" and process.stdout:
        process.stdout.close()
        process.stdout = None
    try:
        if chance.random() < 0.2:
            number = chance.choice(SIGNALS)
            allowed |= {128 + number, -number}
            try:
                process.wait(chance.random() * 0.6)
            except subprocess.TimeoutExpired:
                process.send_signal(number)
        _, err = process.communicate(timeout=HANGS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return f"hangs: {line!r:.2000}"
    sudden = process.returncode < 0 or process.returncode > 128  # Python itself was beginning or ending
    if process.returncode not in allowed or (b"Traceback" in err and not sudden):
        return f"exit code {process.returncode} ({out}): {err[-400:]!r}: {line!r:.2000}"
    return ""
