"""Loads that are killed at any moment, that run out of room, and that run side by side: all is there, or as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from shutil import copytree, rmtree

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.home import VARIABLE, home
from orgmap.loaders.releases.kept import kept, kept_with_rows
from orgmap.loaders.releases.loading import load_files
from tests.registers import KNOWN, WORLD, practice, register, trust
from tests.running import ROOT, surroundings
from tests.worlds import write_data

PROGRAM = "import sys; from orgmap.cli.main import run; run(sys.argv[1:])"
TMPFS = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs"]
ROWS = 400


class Loads:
    """Tables, three files of two registers, and a folder for releases in which the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = write_data(folder / "data", WORLD, horizon=KNOWN)
        many = [practice(f"G8{number:04}", f"PRACTICE {number}") for number in range(ROWS)]
        raw = {
            "trusts": register(trust("RXX", "WEST KENT", "19990401", closed="20251130"), width=24),
            "autumn": register(*many, practice("G82002", "THE ELMS", closed="20251231")),
            "spring": register(*many, practice("G82002", "THE ELMS", closed="20260131")),
        }
        for name, rows in raw.items():
            (folder / f"{name}.csv").write_bytes(rows)
        self.files = [folder / "autumn.csv", folder / "spring.csv"]
        with self.kept_in("before"):
            load_files(self.data, [folder / "trusts.csv"])
            self.before = [one.release for one in kept()]
        began = time.monotonic()
        self.begin(self.fresh("whole")).communicate()
        self.takes = time.monotonic() - began
        with self.kept_in("whole"):
            self.after = [one.release for one in kept()]

    @contextmanager
    def kept_in(self, name: str) -> Iterator[Path]:
        """Releases are kept in a folder of this name for as long as this is open."""
        held = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = str(self.folder / name)
        try:
            yield self.folder / name
        finally:
            os.environ.pop(VARIABLE)
            if held is not None:
                os.environ[VARIABLE] = held

    def fresh(self, name: str) -> str:
        """A copy of the folder with the first release."""
        rmtree(self.folder / name, ignore_errors=True)
        copytree(self.folder / "before", self.folder / name)
        return name

    def begin(self, name: str, *files: Path) -> subprocess.Popen[bytes]:
        """Begins to load, in a process."""
        words = ["load", *map(str, files or self.files)]
        env = surroundings(self.data, self.folder / "cache", **{VARIABLE: str(self.folder / name)})
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            env=env,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def wrong_after(self, what: str) -> list[str]:
        """What is wrong with the releases kept now: they must be those of before, or all; and the next load works."""
        found = [one.release for one in kept()]
        wrong = [] if found in (self.before, self.after) else [f"{what}: {found} are kept"]
        try:
            for one in kept_with_rows():
                one.listed(), one.refused()
            wrong += [f"{what}: {one.said}" for one in Tables.of_folder(self.data).wrong[:1]]
            load_files(self.data, self.files)
        except DataBroken as error:
            return [*wrong, f"{what}: {error}"]
        if [one.release for one in kept()] != self.after:
            wrong.append(f"{what}: the next load keeps {[one.release for one in kept()]}")
        names = sorted(path.name for path in (home() / "kept").iterdir())
        if names != sorted(self.after) or list(home().glob("*.part")):
            wrong.append(f"{what}: left behind: {names}")
        return wrong

    def killed(self, chance: Random) -> list[str]:
        """What is wrong after a load was killed at some moment, in half of the cases near its end."""
        moment = self.takes * (chance.uniform(0.6, 1.1) if chance.random() < 0.5 else chance.random())
        name = self.fresh("killed")
        process = self.begin(name)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
        process.kill()
        process.communicate()
        with self.kept_in(name):
            return self.wrong_after(f"killed after {moment:.3f} of {self.takes:.3f} seconds")

    def side_by_side(self) -> list[str]:
        """What is wrong after two loads at once, each of one file."""
        name = self.fresh("both")
        both = [self.begin(name, file) for file in self.files]
        said = [process.communicate()[1].decode() for process in both]
        with self.kept_in(name):
            if [one.release for one in kept()] != self.after or any(process.returncode for process in both):
                return [f"side by side: {[one.release for one in kept()]} are kept; {said}"]
        return []

    def without_room(self) -> list[str]:
        """What is wrong after a load onto a disk that is full; nothing where no small disk can be had."""
        place = self.folder / "small"
        place.mkdir(exist_ok=True)
        if subprocess.run([*TMPFS, str(place)], capture_output=True, check=False).returncode:
            return []
        try:
            copytree(self.folder / "before", place / "home")
            free = os.statvfs(place)
            (place / "filler").write_bytes(b"x" * (free.f_bavail * free.f_bsize - 8192))
            process = self.begin("small/home")
            said = process.communicate()[1].decode()
            with self.kept_in("small/home"):
                wrong = [] if process.returncode == 4 and "Make room" in said else [f"no room: {said}"]
                if [one.release for one in kept()] != self.before:
                    wrong.append(f"no room: {[one.release for one in kept()]} are kept")
                (place / "filler").unlink()
                return [*wrong, *self.wrong_after("after there was no room")]
        finally:
            subprocess.run(["umount", str(place)], check=False, capture_output=True)


def kills(folder: Path, many: int, seed: str) -> list[str]:
    """The faults that so many killed loads show, two at once, and one without room."""
    loads = Loads(folder)
    found = [*loads.side_by_side(), *loads.without_room()]
    for number in range(many):
        found += loads.killed(Random(f"{seed} {number}"))
    return found
