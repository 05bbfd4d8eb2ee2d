"""What kind of evidence a comparison is: which published files the compilation reads, and which nothing is asked of."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from tests.truth.published import DATA, ROOT, SHARED

COMPILED = "compiled from"
HELD_BACK = "held back"

_WATCH = """
import json, sys
from pathlib import Path
data, out = Path(sys.argv[1]).resolve(), sys.argv[2]
opened = set()
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) or hasattr(args[0] if args else None, "__fspath__"):
        opened.add(str(args[0]))
sys.addaudithook(watch)
from loaders.compile.__main__ import main
sys.argv = ["compile", sys.argv[1], sys.argv[3]]
code = main()
found = sorted({str(Path(o).resolve().relative_to(data / "data")) for o in opened
                if Path(o).resolve().is_relative_to(data / "data")})
Path(out).write_text(json.dumps(found))
sys.exit(code)
"""


@lru_cache(maxsize=1)
def compiled_from() -> frozenset[str]:
    """Every published file that the compilation opens: it is run, into a folder that is thrown away, and watched."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "opened.json"
        subprocess.run(
            [sys.executable, "-c", _WATCH, str(SHARED), str(told), folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        return frozenset(json.loads(told.read_text()))


def evidence_of(table: str, kin: str) -> str:
    """“compiled from” if the compilation reads the table, else why it is kin to one that it reads, else “held back”."""
    if table in compiled_from():
        return COMPILED
    return f"not read, but {kin}" if kin else HELD_BACK


def every_table() -> list[str]:
    """Every file under the published data, as its path from there."""
    return sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.is_file())


def unlisted(compared: set[str]) -> list[str]:
    """Published files that are neither compared nor listed with a reason."""
    return [table for table in every_table() if table not in compared and not reason_of(table)]


def reason_of(table: str) -> str:
    """Why a table is not compared, blank if it should be."""
    return next((why for pattern, why in NOT_COMPARED.items() if fnmatch(table, pattern)), "")


NOT_COMPARED: dict[str, str] = {}
