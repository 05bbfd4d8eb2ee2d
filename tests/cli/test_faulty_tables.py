"""What `check` refuses, `build` refuses, and so does every question that would build."""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path

import pytest

from tests.cli.conftest import Orgmap
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import write_data

FAULTS = {
    "a kind that is none": ("entities", "kind", "clan"),
    "a prefix of another kind": ("entities", "id", "pct:10E"),
    "a source that is none": ("entities", "source", "hearsay"),
    "a precision that is none": ("entities", "from_precision", "roughly"),
    "an end before the beginning": ("entities", "valid_until", "1066-10-14"),
    "a verb that is none": ("relationships", "verb", "adores"),
    "a basis that is none": ("relationships", "basis", "whim"),
    "a status that is none": ("relationships", "status", "maybe"),
    "an end that is not there": ("relationships", "object", "ccg:ZZZ"),
    "a change of no kind": ("events", "kind", "explosion"),
    "a successor that is not there": ("successions", "successor", "ccg:ZZZ"),
    "a name of nobody": ("names", "entity", "ccg:ZZZ"),
}


def change(data: Path, table: str, column: str, value: str, row: int = 0) -> None:
    """Writes another value into one cell of a table."""
    path = data / "drawn" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1 + row % (len(rows) - 1)][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Kent's tables, to be damaged."""
    folder = write_data(tmp_path / "data", KENT_THROUGH_TIME)
    monkeypatch.setenv("ORGMAP_DATA", str(folder))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_check_refuses_build_refuses(orgmap: Orgmap, data: Path, tmp_path: Path, fault) -> None:
    change(data, *fault)
    check = orgmap("check")
    assert check.code == 4
    for question in (("build",), ("find", "CT9 1AA"), ("list", "ccg", "--store", "networkx:")):
        told = orgmap(*question)
        assert (told.code, told.out) == (4, "")
        assert check.out.splitlines()[0].rstrip(".") in told.err
    assert list((tmp_path / "cache").glob("*.sqlite")) == []


VALUES = [
    "",
    " ",
    "?",
    "ccg:10E",
    "2013-13-45",
    "nan",
    "-1",
    "9" * 400,
    "a;b",
    ":",
    "national:",
    "x\ry",
    "\x1b[2J",
    "=1",
    "\U0001f600",
    "1e999",
]
QUESTIONS = [
    ("show", "ccg:10E"),
    ("find", "CT9 1AA", "--at", "2013-06-01"),
    ("lineage", "ccg:10E"),
    ("list", "ccg"),
    ("who", "maternity", "--for", "CT9 1AA"),
    ("diff", "2013-03-31", "2013-04-01"),
    ("stated", "groups"),
]


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_cell_is_refused_or_harmless(orgmap: Orgmap, data: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        path = chance.choice(sorted(data.glob("drawn/*.csv")))
        with path.open(encoding="utf-8", newline="") as file:
            column = chance.choice(next(csv.reader(file)))
        change(data, path.stem, column, chance.choice(VALUES), chance.randrange(50))
    check, build = orgmap("check").code, orgmap("build").code
    assert check in (0, 4)
    assert build == check
    for question in QUESTIONS:
        assert orgmap(*question).code in ((4,) if build else (0, 1, 2, 3, 4))


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _deep(path: Path) -> None:
    path.write_text("[" * 100_000, encoding="utf-8")


@pytest.mark.parametrize("what", [_pipe, _device, _loop, _folder, _deep], ids=lambda what: what.__name__)
@pytest.mark.parametrize("name", ["dataset.json", "names.csv"])
@pytest.mark.parametrize("built", [False, True], ids=["for the first time", "once built"])
def test_what_is_no_table_is_neither_believed_nor_waited_for(
    orgmap: Orgmap, data: Path, what, name: str, built: bool
) -> None:
    if built:
        assert orgmap("build").code == 0
    what(data / "drawn" / name)
    for question in (("check",), ("find", "CT9 1AA"), ("build",), ("export", "csv", "-o", str(data / "out"))):
        told = orgmap(*question)
        assert told.code == 4
        assert name in told.out + told.err


@pytest.mark.parametrize("cell", [("entities", "note"), ("identifiers", "code"), ("names", "name")])
def test_a_nul_in_a_cell_is_refused_with_its_line(orgmap: Orgmap, data: Path, cell: tuple[str, str]) -> None:
    change(data, *cell, "a\0b", row=1)
    for question in (("check",), ("build",), ("list", "ccg", "--store", "networkx:")):
        told = orgmap(*question)
        assert told.code == 4
        assert f"{cell[0]}.csv:3: there is a NUL in this line" in told.out + told.err


@pytest.mark.parametrize("name", ["drawn/README.md", "drawn/below", "other/below"])
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_is_refused_among_the_tables(orgmap: Orgmap, data: Path, name: str, make) -> None:
    path = data / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    for question in (("check",), ("build",)):
        told = orgmap(*question)
        assert told.code == 4
        assert str(path) in told.out + told.err
