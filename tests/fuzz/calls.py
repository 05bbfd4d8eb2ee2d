"""Commands in this process, thousands of them, on two streets in Kent, some of them on damaged tables and stores."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

from orgmap.cli.main import run
from tests.fuzz.files import damage_store, damage_tables, fresh, half_written, odd_table, prepared, seen
from tests.fuzz.words import command
from tests.running import NOBODY

CODES = frozenset(range(6))
SLOWEST = 5.0
"""Seconds of the processor that one call may take."""

ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
DAMAGED, IN_A_SPELL = 0.02, 6
"""How often a spell of calls on damaged tables or a damaged store begins, and how many calls it has."""

DATA = ("annotate", "draw", "export")
"""Commands whose standard output is a file's content."""


class Hangs(BaseException):
    """A call goes on and on."""


@contextmanager
def _surroundings(folder: Path) -> Iterator[None]:
    kept, home = dict(os.environ), Path.cwd()
    os.environ.update(
        ORGMAP_DATA=str(folder / "data"),
        ORGMAP_CACHE=str(folder / "cache"),
        COLUMNS="200",
        ORGMAP_ORD_URL=NOBODY,
    )
    os.chdir(folder / "here")
    stdin = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    try:
        yield
    finally:
        os.dup2(stdin, 0)
        os.close(stdin)
        os.chdir(home)
        os.environ.clear()
        os.environ.update(kept)


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Ends what takes more seconds of the processor, or forty times as many by the clock."""

    def stop(number: int, _: FrameType | None) -> None:
        raise Hangs(f"after {seconds} seconds{'' if number == signal.SIGVTALRM else ' times forty'}")

    for number in (signal.SIGVTALRM, signal.SIGALRM):
        signal.signal(number, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * 40)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def calls(folder: Path, many: int, seed: int | str, slowest: float = SLOWEST) -> list[str]:
    """The faults that so many calls show."""
    chance = Random(seed)
    faults = []
    with _surroundings(prepared(folder)):
        spell = 0
        for _ in range(many):
            spell = _spell(folder, chance, spell)
            Path("odd.csv").write_bytes(odd_table(chance))
            line = command(chance)
            if wrong := _wrong(line, slowest):
                faults.append(f"{'; '.join(wrong)}: {line!r:.2000}{' (damaged)' if spell else ''}")
    return faults


def _spell(folder: Path, chance: Random, left: int) -> int:
    """Damages tables or store at times, and makes them whole again after some calls; how many calls are left of it."""
    if left == 1:
        for name in ("damaged", "cache-damaged"):
            shutil.rmtree(folder / name, ignore_errors=True)
        os.environ.update(ORGMAP_DATA=str(folder / "data"), ORGMAP_CACHE=str(folder / "cache"))
    if left:
        return left - 1
    if chance.random() > DAMAGED:
        return 0
    shutil.copytree(folder / "data", folder / "damaged")
    os.environ.update(ORGMAP_DATA=str(folder / "damaged"), ORGMAP_CACHE=str(folder / "cache-damaged"))
    asked(["build"])
    if chance.random() < 0.5:
        damage_tables(folder / "damaged", chance)
    else:
        damage_store(folder / "cache-damaged", chance)
    return IN_A_SPELL


def _wrong(line: list[str], slowest: float) -> list[str]:
    """What is wrong with one call."""
    here = Path()
    before, began = seen(here), time.process_time()
    try:
        with _ended_after(slowest):
            code, out, err = asked(line)
    except Hangs as hangs:
        return [f"hangs: {hangs}"]
    took = time.process_time() - began
    after = seen(here)
    wrong = [] if code in CODES else [f"exit code {code}: {err[-300:]}"]
    wrong += ["a traceback"] if "Traceback" in err else []
    wrong += [f"{took:.1f} seconds"] if took > slowest else []
    wrong += ["control characters"] if ORDERS.search(err) or _orders(line, out) else []
    wrong += [f"{len(err):,} letters of words"] if len(err) > 20_000 else []
    wrong += ["a fault without a word"] if code > 1 and not err.strip() else []
    wrong += half_written(before, after, code)
    if before != after:
        fresh(here.resolve())
    return wrong


def _orders(line: list[str], out: str) -> bool:
    """Whether what is shown to people holds orders for a terminal; tables of data are as they are."""
    data = any(word in line for word in DATA) or any(word.endswith("csv") for word in line)
    return not data and bool(ORDERS.search(out))


def asked(line: list[str]) -> tuple[int, str, str]:
    """One call: its exit code, its data, its words."""
    kept = sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    sys.stdout, sys.stderr = out, err
    try:
        run(line)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except Hangs:
        raise
    except BaseException as error:
        code = -1
        err.write(f"{type(error).__name__}: {error}")
    finally:
        sys.stdout, sys.stderr = kept
    told = []
    for stream in (out, err):
        stream.flush()
        told.append(stream.buffer.getvalue().decode("utf-8", "replace"))  # type: ignore[attr-defined]
    return code, told[0], told[1]
