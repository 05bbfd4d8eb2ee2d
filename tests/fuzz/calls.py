"""Commands in this process, thousands of them, on two streets in Kent."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from orgmap.cli.main import run
from tests.fuzz.words import command
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import write_data

CODES = frozenset(range(6))
SLOWEST = 5.0
"""Seconds of the processor that one call may take."""

ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def prepared(folder: Path) -> Path:
    """A folder with Kent's tables, and some files to annotate, one of them behind a link."""
    if not (folder / "data").exists():
        write_data(folder / "data", KENT_THROUGH_TIME)
        here = folder / "here"
        here.mkdir()
        (here / "in.csv").write_bytes(b"place,day\nCT9 1AA,2013-06-01\n=1,soon\n10E,2013\n\x1b[31m,\n")
        (here / "bad.csv").write_bytes(b'place,day\n"CT9,\xff\n')
        (here / "two.csv").write_bytes(b"place,place,day\n1,2,3\n")
        (here / "link").symlink_to("elsewhere")
    return folder


@contextmanager
def _surroundings(folder: Path) -> Iterator[None]:
    kept, home = dict(os.environ), Path.cwd()
    os.environ.update(ORGMAP_DATA=str(folder / "data"), ORGMAP_CACHE=str(folder / "cache"), COLUMNS="200")
    os.chdir(folder / "here")
    try:
        yield
    finally:
        os.chdir(home)
        os.environ.clear()
        os.environ.update(kept)


def calls(folder: Path, many: int, seed: int) -> list[str]:
    """The faults that so many calls show."""
    chance = Random(seed)
    faults = []
    with _surroundings(prepared(folder)):
        for _ in range(many):
            line = command(chance)
            before = time.process_time()
            code, out, err = asked(line)
            took = time.process_time() - before
            wrong = [] if code in CODES else [f"exit code {code}: {err[-300:]}"]
            wrong += ["a traceback"] if "Traceback" in err else []
            wrong += [f"{took:.1f} seconds"] if took > SLOWEST else []
            wrong += ["control characters"] if ORDERS.search(err) or _orders(line, out) else []
            wrong += [f"{len(err):,} letters of words"] if len(err) > 20_000 else []
            wrong += [f"left behind {one.name}" for one in Path().glob(".orgmap-*")]
            faults += [f"{'; '.join(wrong)}: {line!r:.2000}"] if wrong else []
    return faults


def _orders(line: list[str], out: str) -> bool:
    """Whether what is shown to people holds orders for a terminal; tables of data are as they are."""
    data = line[0] in ("annotate", "draw", "export") or "csv" in line
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
