"""Loads of files that came to harm: each is refused with its file and a mend, or warned of and counted, or as good.

What a load changes is compared with what the whole file changes: a damaged file that is taken must tell the same, or
say in words that rows were refused or are missing. A refusal leaves the folder of releases as it was.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.fuzz.calls import ORDERS, Hangs, _ended_after, asked
from tests.fuzz.damages import harms
from tests.fuzz.published import TABLES, published
from tests.worlds import write_data

PATIENCE = 20.0
"""Seconds of the processor that a load may take."""

CODES = (0, 2, 4)
LOCK = "releases.json.lock"

MENDS = re.compile(
    r"Fetch|Save|Say |Unpack|Name |refused|Load |can be loaded|Leave that out|put a line end|knows|Run the command"
    r"|load each by itself|load the file|Ask whoever"
)
"""What a refusal says of what to do, or that it will not have such a file."""

WARNS = re.compile(
    r"[1-9][\d,]* refused|are not in it|nothing is left|may be|did not count|no longer in use|Nothing changes"
)
"""What a load says of a file that is not what it should be."""

HARMLESS = {
    "a formula": "a name may begin so, and no table of answers is written with it bare",
    "a line end in a cell": "in a column that nobody reads",
    "a byte turned": "in a name, or between elements",
    "a comment with a body": "a comment is none",
    "days that are none": "another day, which there is",
    "half in UTF-8, half in Latin-1": "one name alone is in one encoding",
    "an order to a terminal": "in the name of a body that is looked up, which is told in harmless letters",
    "a letter beyond": "in a column that nobody reads",
}
"""Harm after which a file may tell something else, and why that is right."""


class LoadsOfHarm:
    """Tables onto which every format can be laid, and a folder for releases, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.data = write_data(folder / "data", TABLES, horizon="2025-10-01")
        self._home = folder / "home"
        self._whole: dict[str, tuple[str, ...]] = {}

    def faults(self, name: str, chance: Random, many: int) -> Iterator[str]:
        """What is wrong with the loads of one file, harmed in every way, and cut at so many places."""
        raw = published()[name]
        with self._surroundings():
            code, said, _ = self._loaded(name, raw)
            self._whole[name] = _released(said)
            if code or not self._whole[name]:
                yield f"{name}: is not loaded when it is whole: {said}"
            for what, harmed in harms(name, raw, chance, many):
                for wrong in self._wrong(name, what, harmed):
                    yield f"{name}, {what}: {wrong}"

    def load(self, name: str, raw: bytes) -> tuple[int, str, list[str]]:
        """Loads one file: exit code, words, and what then lies in the folder of releases."""
        with self._surroundings():
            return self._loaded(name, raw)

    def _wrong(self, name: str, what: str, raw: bytes) -> Iterator[str]:
        try:
            code, said, left = self._loaded(name, raw)
        except Hangs as hangs:
            yield f"hangs {hangs}"
            return
        if code not in CODES or "Traceback" in said:
            yield f"exit code {code}: {said[-300:]}"
        elif ORDERS.search(said):
            yield "gives a terminal orders"
        elif code:
            yield from self._wrong_refusal(name, said, left)
        elif raw != published()[name] and what not in HARMLESS:
            same = _released(said) == self._whole[name]
            if not same and not WARNS.search(said) and not _cut_at_a_line(what, raw):
                yield f"is taken without a word: {said[:300]}"

    def _wrong_refusal(self, name: str, said: str, left: list[str]) -> Iterator[str]:
        if name not in said:
            yield f"does not name the file: {said}"
        if not MENDS.search(said):
            yield f"does not say what to do: {said}"
        if left:
            yield f"left behind {left}"

    def _loaded(self, name: str, raw: bytes) -> tuple[int, str, list[str]]:
        """Loads bytes under a name into an empty folder: exit code, words, and what lies in the folder."""
        shutil.rmtree(self._home, ignore_errors=True)
        path = self._folder / name
        path.write_bytes(raw)
        with _ended_after(PATIENCE):
            code, out, err = asked(["load", str(path)])
        found = sorted(str(one.relative_to(self._home)) for one in self._home.rglob("*") if one.name != LOCK)
        return code, out + err, found

    def _surroundings(self) -> _Environment:
        return _Environment(
            ORGMAP_DATA=str(self.data),
            ORGMAP_CACHE=str(self._folder / "cache"),
            ORGMAP_DATA_HOME=str(self._home),
            COLUMNS="200",
        )


class _Environment:
    """Variables of the environment for as long as it is open."""

    def __init__(self, **more: str) -> None:
        self._more, self._before = more, dict(os.environ)

    def __enter__(self) -> None:
        self._before = dict(os.environ)
        os.environ.update(self._more)

    def __exit__(self, *_: object) -> None:
        os.environ.clear()
        os.environ.update(self._before)


def _released(said: str) -> tuple[str, ...]:
    """The names of the releases that a load tells."""
    return tuple(re.findall(r"^Loaded (\S+):", said, re.MULTILINE))


def _cut_at_a_line(what: str, raw: bytes) -> bool:
    """Whether a file is cut just behind a line: in so small a one nothing shows that rows are missing."""
    return (what.startswith("cut") and raw.endswith((b"\n", b"\r", b'"'))) or what == "only its first row"


def faults_of_loads(folder: Path, many: int, seed: str, names: tuple[str, ...] = ()) -> list[str]:
    """The faults that loads of harmed files of every format show."""
    loads = LoadsOfHarm(folder)
    return [
        fault
        for name in names or tuple(published())
        for fault in loads.faults(name, Random(f"{seed} {name}"), many)
    ]
