"""What releases make of an empty graph beside what the program comes with: every difference has a reason, or is told.

`python -m tests.truth.loaded SHARED` folds every file of the registers of practices, trusts and commissioners onto
nothing. The compiled tables were made from the same files, and from laws, lists and hands beside them.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.check import messages
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import Coming, coming
from orgmap.loaders.releases.listings import read_register
from orgmap.loaders.releases.opening import parts_of

FORMATS = ("eccg", "etr", "epraccur")

Cells = dict[str, str]
Stay = tuple[str, str, str]
"""From when until when under which code."""


class Difference(NamedTuple):
    """One thing that the two tell otherwise: what of which code, what either says, and why."""

    what: str
    code: str
    loaded: str
    bundled: str
    reason: str


class Facts:
    """The bodies of the registers by their codes, and under which codes they were."""

    def __init__(self, tables: Tables, wanted: Iterable[str]) -> None:
        wanted = set(wanted)
        rows = {table: self._cells(tables, table) for table in ("entities", "identifiers", "relationships")}
        bodies = {row["id"]: row for row in rows["entities"] if row["kind"] in wanted}
        self.code_of = {row["entity"]: row["code"] for row in rows["identifiers"] if row["scheme"] == "ods"}
        self.bodies: dict[str, list[Cells]] = defaultdict(list)
        for body, row in bodies.items():
            if body in self.code_of:
                self.bodies[self.code_of[body]].append(row)
        self.stays: dict[str, list[Stay]] = defaultdict(list)
        self.cells: dict[tuple[str, Stay], Cells] = {}
        ties = [row for row in rows["relationships"] if row["verb"] == "member_of"]
        for row in sorted(ties, key=lambda row: (row["subject"], row["valid_from"])):
            if {row["subject"], row["object"]} <= bodies.keys() & self.code_of.keys():
                self._stay(row)

    @staticmethod
    def _cells(tables: Tables, table: str) -> list[Cells]:
        return [dict(zip(TABLES[table].columns, row, strict=True)) for row in tables.text(table)]

    def _stay(self, row: Cells) -> None:
        """Adds a stay; what a code that stood for two bodies in turn held on without a gap is one."""
        code, under = self.code_of[row["subject"]], self.code_of[row["object"]]
        stays = self.stays[code]
        stay = (row["valid_from"], row["valid_until"], under)
        if stays and stays[-1][2] == under and stays[-1][1] == row["valid_from"]:
            first = self.cells.pop((code, stays[-1]))
            stays[-1] = stay = (stays[-1][0], row["valid_until"], under)
            self.cells[code, stay] = first
        else:
            stays.append(stay)
            self.cells[code, stay] = row


def published(shared: Path) -> list[Coming]:
    """Every file of the registers as a release."""
    found = []
    for form in FORMATS:
        for file in sorted((shared / "data" / "ods" / form).glob("*.csv*")):
            [part] = parts_of(file)
            contents = read_register(part.raw, file.name)
            assert contents is not None
            found.append(coming(contents, file.name, part.raw))
    return found


def onto_nothing(releases: Iterable[Coming]) -> Tables:
    """The graph that releases alone make. Raises `AssertionError` if the tables contradict themselves."""
    with tempfile.TemporaryDirectory() as folder:
        tables = Tables.of_folder(Path(folder), [one.loaded() for one in releases])
        assert not (found := messages(Path(folder), tables)), found[:3]
    return tables
