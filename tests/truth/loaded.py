"""What releases make of an empty graph beside what the program comes with: every difference has a reason, or is told.

`python -m tests.truth.loaded SHARED` folds every file of the registers of practices, trusts and commissioners onto
nothing. The compiled tables were made from the same files, and from laws, lists and hands beside them.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.check import messages
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.kept import Coming, coming
from orgmap.loaders.releases.listings import read_register
from orgmap.loaders.releases.opening import parts_of

FORMATS = ("eccg", "etr", "epraccur")
FAMILIES = tuple(f"{formats()[name].source}-" for name in FORMATS)
PREFIXES = {kinds()[kind].prefix for name in FORMATS for kind in formats()[name].kinds}
OF_WALES = {name for name, row in kinds().items() if "of_wales" in row.traits and row.prefix in PREFIXES}

TWO_BODIES = (
    "a group until 30 June 2022 and a location since, by law: the registers know one body of that code"
)
SAME_DAY = "2019-08-01"
BY_HAND = "two editions tell no closure after July 2019, and the younger one was dated by hand"
AFTERWARDS = "came after the last file, and rests on another source"

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


def _is_ours(row: Cells) -> bool:
    """Whether all that a row rests on are editions of these registers."""
    return all(one.startswith(FAMILIES) for one in row["source"].split())


def _other_source(row: Cells) -> str:
    return "" if _is_ours(row) else "rests on another source: a law, a list, the live register, a hand"


def differences(loaded: Facts, bundled: Facts, known_to: str) -> list[Difference]:
    """All that the two tell otherwise of bodies and stays; `known_to` is the day up to which the files know."""
    found = [
        difference
        for code in sorted(loaded.bodies.keys() | bundled.bodies.keys())
        for difference in _of_bodies(
            code, loaded.bodies.get(code, []), bundled.bodies.get(code, []), known_to
        )
    ]
    for code in sorted(loaded.stays.keys() | bundled.stays.keys()):
        found += _of_stays(code, loaded, bundled, known_to)
    return found


def _of_bodies(code: str, loaded: list[Cells], bundled: list[Cells], known_to: str) -> Iterable[Difference]:
    names = tuple("; ".join(row["name"] for row in rows) for rows in (loaded, bundled))
    if not loaded:
        yield Difference("body", code, *names, _other_source(bundled[0]))
    elif len(loaded) != len(bundled):
        law = len(loaded) == 1 and len(bundled) == 2
        yield Difference("body", code, *names, TWO_BODIES if law else "")
    else:
        for was, now in zip(loaded, bundled, strict=True):
            for column in ("kind", "name", "valid_from", "valid_until"):
                if was[column] != now[column]:
                    yield Difference(
                        column, code, was[column], now[column], _reason(column, was, now, known_to)
                    )


def _reason(column: str, was: Cells, now: Cells, known_to: str) -> str:
    """Why a cell of a body differs; blank if nobody knows."""
    if column == "kind" and now["kind"] in OF_WALES:
        return "of Wales: its boards are in none of these registers"
    if column == "name" and normalise(was["name"]) == normalise(now["name"]):
        return "the same name, written otherwise by a later edition"
    if column == "name" and now["valid_until"]:
        return "called so by the register after its end"
    if column == "valid_until" and now["valid_until"] > known_to:
        return AFTERWARDS
    return _other_source(now)


def _of_stays(code: str, loaded: Facts, bundled: Facts, known_to: str) -> list[Difference]:
    ours, theirs = set(loaded.stays.get(code, [])), set(bundled.stays.get(code, []))
    if ours == theirs:
        return []
    told = [" ".join(map(str, sorted(stays))) for stays in (ours - theirs, theirs - ours)]
    if any(start == SAME_DAY for start, _, _ in ours - theirs):
        return [Difference("stay", code, *told, BY_HAND)]
    why = {_why(bundled.cells[code, stay], stay, known_to) for stay in theirs - ours}
    return [Difference("stay", code, *told, "" if not why or "" in why else min(why))]


def _why(row: Cells, stay: Stay, known_to: str) -> str:
    """Why only the bundled tables have a stay; blank if nobody knows."""
    if row["basis"] == "derived" or "had become this one" in row["note"]:
        return "worked out from postcodes and successions of groups"
    if max(stay[:2]) > known_to:
        return AFTERWARDS
    return "the list of memberships (epcmem) has the day" if "epcmem" in row["note"] else _other_source(row)


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


def main() -> int:
    """Tells how many differences there are for each reason, and all without one; 1 if there is any."""
    shared = Path(sys.argv[1])
    releases = published(shared)
    wanted = {kind for name in FORMATS for kind in formats()[name].kinds} | OF_WALES
    found = differences(
        Facts(onto_nothing(releases), wanted),
        Facts(Tables.of_folder(data_folder(), []), wanted),
        max(one.release.as_of for one in releases if one.release.format == FORMATS[-1]),
    )
    for (what, reason), many in sorted(Counter((one.what, one.reason) for one in found).items()):
        print(f"{many:6,} {what:12} {reason or 'WITHOUT A REASON'}")
    without = [one for one in found if not one.reason]
    for one in without:
        print(f"{one.what} {one.code}: loaded {one.loaded or '-'}; bundled {one.bundled or '-'}")
    return 1 if without else 0


if __name__ == "__main__":
    sys.exit(main())
