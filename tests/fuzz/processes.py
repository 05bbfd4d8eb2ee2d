"""Commands as processes of their own, in odd surroundings: streams, terminals, encodings, signals, bytes, limits."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Thread
from typing import NamedTuple

from orgmap.graphmodel.datafiles import data_folder
from orgmap.loaders.open import cache_folder, open_store
from tests.fuzz.calls import CODES, ORDERS
from tests.fuzz.files import damage_store, damage_tables, fresh, half_written, odd_table, prepared, seen
from tests.fuzz.words import command
from tests.running import ROOT, surroundings

PROGRAM = "import sys; from orgmap.cli.main import run; run(sys.argv[1:])"
HANGS = 900.0
"""Seconds by the clock after which a process counts as hanging that does nothing, however busy the machine is."""

SLOWEST = 20
"""Seconds of the processor that one process may take; by itself none takes more than some."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
ENCODINGS = [
    "utf-8",
    "ascii",
    "latin-1",
    "utf-16",
    "utf-7",
    "cp037",
    "idna",
    "ascii:strict",
    "utf-8:strict",
    "",
]
LANGUAGES = ["C", "C.UTF-8", "POSIX", "en_GB.ISO-8859-1", "nonsense"]
OUTPUTS = ["pipe", "pipe", "closed", "full", "gone", "terminal", "all closed", "words full", "named pipe"]


LONG = (b"build", b"check", b"export", b"load", b"networkx")
"""What takes a while on England's own tables."""


class Ended(NamedTuple):
    """How a process ended: its code, what it showed, what it said."""

    code: int
    out: bytes
    err: bytes


def commands(folder: Path, many: int, seed: int, hangs: float = HANGS, england: bool = False) -> list[str]:
    """The faults that so many processes show; half of them ask England's own tables, if wanted."""
    prepared(folder)
    env = surroundings(folder / "data", folder / "cache")
    start = [sys.executable, "-c", PROGRAM, "build"]
    subprocess.run(start, env=env, cwd=ROOT, check=True, capture_output=True)
    if england:
        open_store().close()
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(
            lambda number: one_process(folder, Random(f"{seed} {number}"), hangs, england), range(many)
        )
        return [fault for fault in found if fault]


def one_process(folder: Path, chance: Random, hangs: float, england: bool) -> str:
    """One process in a folder of its own: what is wrong with how it ended, or nothing."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        here, cache, data = Path(own) / "here", folder / "cache", folder / "data"
        fresh(here)
        (here / "odd.csv").write_bytes(table := odd_table(chance))
        line = [word.replace("\0", "").encode("utf-8", "surrogatepass") for word in command(chance)]
        if damaged := chance.random() < 0.15:
            data, cache = _damaged(folder, Path(own), chance)
        elif england and chance.random() < 0.5 and not any(word in b" ".join(line) for word in LONG):
            data, cache = data_folder(), cache_folder()
        if chance.random() < 0.2:
            line[chance.randrange(len(line))] += chance.choice([b"\xff", b"\xe9", b"\xc3", b"\x80"])
        out = chance.choice(OUTPUTS)
        out = "pipe" if "full" in out and not os.path.exists("/dev/full") else out
        if out == "named pipe":
            os.mkfifo(here / "fifo")
            line += [b"-o", b"fifo"] if line[0] in (b"annotate", b"draw", b"export") else []
        env = surroundings(data, cache, **_odd_environment(chance))
        no_room = chance.random() < 0.1
        limit = f"ulimit -S -t {SLOWEST}; "
        limit += "ulimit -f 0; " if no_room else ""
        before = seen(here)
        stopped = chance.choice(SIGNALS) if chance.random() < 0.2 else None
        ended = _ended(line, here, env, out, limit, table, stopped, chance, hangs)
        if ended is None:
            return f"hangs ({out}): {line!r:.2000}"
        if ended.code == -signal.SIGXCPU:
            return f"takes more than {SLOWEST} seconds of the processor ({out}): {line!r:.2000}"
        wrong = _wrong(ended, out, stopped, env["PYTHONIOENCODING"].partition(":")[0])
        # What was whole already when the signal came may stand there.
        code = ended.code if ended.code in CODES else 1 if stopped else 6
        wrong += half_written(before, seen(here), code)
        told = ", ".join(
            [out, *(["no room"] * no_room), *(["damaged"] * damaged), *(["stopped"] * bool(stopped))]
        )
        told += f", {env['PYTHONIOENCODING']}, {env.get('LC_ALL', '')}"
        return f"{'; '.join(wrong)} ({told}): {line!r:.2000}" if wrong else ""


def _damaged(folder: Path, own: Path, chance: Random) -> tuple[Path, Path]:
    """Tables and a store of one's own, of which one is damaged."""
    data, cache = own / "data", own / "cache"
    shutil.copytree(folder / "data", data)
    start = [sys.executable, "-c", PROGRAM, "build"]
    subprocess.run(start, env=surroundings(data, cache), cwd=ROOT, check=True, capture_output=True)
    damage_tables(data, chance) if chance.random() < 0.5 else damage_store(cache, chance)
    return data, cache


def _odd_environment(chance: Random) -> dict[str, str]:
    env = {"PYTHONIOENCODING": chance.choice(ENCODINGS), "TERM": "dumb"}
    if chance.random() < 0.5:
        env |= {"LC_ALL": chance.choice(LANGUAGES), "PYTHONUTF8": chance.choice("01")}
        env |= {"PYTHONCOERCECLOCALE": "0", "COLUMNS": chance.choice(("1", "0", "x", "40", "99999"))}
    return env


def _ended(
    line: list[bytes], here: Path, env: dict[str, str], out: str, limit: str, table: bytes,
    stopped: signal.Signals | None, chance: Random, hangs: float,
) -> Ended | None:  # fmt: skip
    """Runs a process to its end; None if it has none."""
    shut = {"closed": ">&-", "all closed": "<&- >&- 2>&-"}.get(out, "")
    program = [sys.executable.encode(), b"-c", PROGRAM.encode()]
    start = [b"sh", b"-c", f'{limit}exec "$@" {shut}'.encode(), b"sh", *program, *line]
    read: list[bytes] = []
    readers: list[Thread] = []
    terminal, end = pty.openpty() if out == "terminal" else (None, None)
    with open("/dev/full" if "full" in out else os.devnull, "wb") as sink:
        process = subprocess.Popen(
            start,
            env=env,
            cwd=here,
            stdin=subprocess.PIPE,
            stdout=end if out == "terminal" else sink if out == "full" else subprocess.PIPE,
            stderr=end if out == "terminal" else sink if out == "words full" else subprocess.PIPE,
        )
    if terminal is not None and end is not None:
        os.close(end)
        readers.append(_reading(lambda: _all_of(terminal), read))
    if out == "named pipe":
        readers.append(_reading((here / "fifo").read_bytes, []))
    if out == "gone" and process.stdout:
        process.stdout.close()
        process.stdout = None
    try:
        if stopped is not None:
            try:
                process.wait(chance.random() * 0.6)
            except subprocess.TimeoutExpired:
                process.send_signal(stopped)
        told, said = process.communicate(table, timeout=hangs)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None
    finally:
        if out == "named pipe":  # nobody may have opened it
            os.close(os.open(here / "fifo", os.O_RDWR | os.O_NONBLOCK))
        for one in readers:
            one.join(hangs)
    return Ended(process.returncode, told or b"".join(read), said or b"")


def _reading(read: Callable[[], bytes], into: list[bytes]) -> Thread:
    thread = Thread(target=lambda: into.append(read()), daemon=True)
    thread.start()
    return thread


def _all_of(terminal: int) -> bytes:
    """What a terminal shows until nobody writes to it any more."""
    told = b""
    try:
        while part := os.read(terminal, 65536):
            told += part
    except OSError:
        pass
    os.close(terminal)
    return told


def _wrong(ended: Ended, out: str, stopped: signal.Signals | None, encoding: str) -> list[str]:
    """What is wrong with how a process ended."""
    allowed = CODES | ({6} if out == "full" else set())
    if stopped is not None:
        allowed |= {128 + stopped, -stopped}
    # Python itself may have been beginning or ending when the signal came.
    sudden = stopped is not None and (ended.code < 0 or ended.code > 128)
    words = ended.err + ended.out if out == "terminal" else ended.err
    wrong = [] if ended.code in allowed else [f"exit code {ended.code}: {words[-400:]!r}"]
    readings = _readings(words, encoding)
    # Ctrl-C before the program begins, or after it has ended, is told by Python itself.
    told = readings[0].rstrip() if readings else ""
    if sudden or (
        stopped == signal.SIGINT and ("Exception ignored" in told or told.endswith("KeyboardInterrupt"))
    ):
        return wrong
    wrong += [f"a traceback: {text[-600:]!r}" for text in readings[:1] if "Traceback" in text]
    wrong += ["control characters"] if all(ORDERS.search(text) for text in readings) else []
    return wrong


def _readings(words: bytes, encoding: str) -> list[str]:
    """Words read in the encoding asked for, and in that which is taken where it lacks letters."""
    told = []
    for one in (encoding or "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeError):
            told.append(words.decode(one, "replace").replace("\r\n", "\n"))
    return told
