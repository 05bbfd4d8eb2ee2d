"""Whatever comes of a published file, `orgmap load` refuses it with a mend or tells what is odd; so of what it kept."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orgmap.loaders.reading import Tables
from orgmap.loaders.releases import listings, loading
from orgmap.loaders.releases.opening import UnpackedFile, parts_of
from tests.fuzz.bombs import BOMBS
from tests.fuzz.calls import ORDERS, asked
from tests.fuzz.damages import in_a_zip
from tests.fuzz.loads import CODES, LOCK, MENDS, LoadsOfHarm, faults_of_loads
from tests.fuzz.published import REGISTER, XML, published
from tests.sampled import some

FEW = 4
HALF_A_GIGABYTE = 512 * 1024


@pytest.mark.parametrize("name", some(published(), 2))
def test_a_file_that_came_to_harm_is_refused_or_told(name: str, tmp_path: Path) -> None:
    assert faults_of_loads(tmp_path, FEW, "1", (name,)) == []


def test_a_fault_that_is_planted_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "not_whole", lambda *_: None)
    assert any(
        "is taken without a word" in one for one in faults_of_loads(tmp_path, 9, "1", ("patients.csv",))
    )


@pytest.mark.parametrize("what", BOMBS)
def test_a_file_that_swells_is_refused_before_it_fills_the_memory(what: str, tmp_path: Path) -> None:
    import resource

    name, make = BOMBS[what]
    loads, raw = LoadsOfHarm(tmp_path), make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code, said, left = loads.load(name, raw)
    assert (code, left) == (4, []), said
    assert name in said
    assert MENDS.search(said)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < HALF_A_GIGABYTE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for releases in which a register of practices is kept."""
    monkeypatch.setenv("ORGMAP_DATA", str(LoadsOfHarm(tmp_path).data))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "epraccur.csv").write_bytes(REGISTER)
    (tmp_path / "full.xml").write_bytes(XML)
    assert asked(["load", str(tmp_path / "epraccur.csv")])[0] == 0
    return tmp_path / "home"


def lying_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for the file that is locked."""
    files = [one for one in folder.rglob("*") if one.is_file() and one.name != LOCK]
    return {str(one.relative_to(folder)): one.read_bytes() for one in files}


def answered(*line: str) -> tuple[int, str]:
    """What a command says; it must be told as the contract wants."""
    code, out, err = asked([*line])
    assert code in (*CODES, 1), err
    assert not ORDERS.search(out + err)
    return code, out + err


def changed(**cells: Any) -> Callable[[Path], None]:
    """Another cell in the list of releases."""

    def change(home: Path) -> None:
        listed = json.loads((home / "releases.json").read_text())
        listed["releases"][0].update(cells)
        (home / "releases.json").write_text(json.dumps(listed))

    return change


def written(text: str) -> Callable[[Path], object]:
    """Another list of releases."""
    return lambda home: (home / "releases.json").write_text(text)


def in_place_of_the_list(home: Path) -> None:
    """A pipe in which nobody writes."""
    (home / "releases.json").unlink()
    os.mkfifo(home / "releases.json")


def rows(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Other rows of the release."""

    def edit(home: Path) -> None:
        [path] = home.glob("kept/*/rows.csv.gz")
        path.write_bytes(change(path.read_bytes()))

    return edit


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a list of a newer program": (written('{"shape": 99, "releases": []}'), "Upgrade it"),
    "a list that is empty": (written(""), "Restore it"),
    "a list that is cut": (written('{"shape": 1, "releases": ['), "Restore it"),
    "lists in lists": (written("[" * 100_000), "Restore it"),
    "a number without end": (written('{"shape": 1, "releases": ' + "9" * 9_000 + "}"), "Restore it"),
    "a list that is a pipe": (in_place_of_the_list, "cannot be read"),
    "a day that is a number": (changed(as_of=5), "Restore it"),
    "a day that is none": (changed(as_of="x"), "Restore it"),
    "a name that is a path": (changed(release=".."), "Restore it"),
    "another format": (changed(format="nspl"), "Restore it"),
    "a format that is none": (changed(format=[]), "Restore it"),
    "a cell of a newer program": (changed(more=1), "Restore it"),
    "another digest": (changed(content="0" * 64), "Restore it"),
    "rows that are gone": (lambda home: next(home.glob("kept/*/rows.csv.gz")).unlink(), "--remove"),
    "rows that are cut": (rows(lambda raw: raw[:-9]), "--remove"),
    "rows that were edited": (
        rows(lambda raw: gzip.compress(gzip.decompress(raw).replace(b"LIMES", b"LEMON"))),
        "--remove",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_releases_that_were_tampered_with_are_told_with_a_mend_and_never_answer(
    what: str, home: Path
) -> None:
    tamper, mend = TAMPERED[what]
    tamper(home)
    before = lying_in(home)
    for line in (
        ("show", "practice:G82001"),
        ("load", str(home.parent / "full.xml")),
        ("load", str(home.parent / "full.xml"), "--dry-run"),
    ):
        code, said = answered(*line)
        assert code == 4, said
        assert mend in said or "cannot be read" in said
    assert lying_in(home) == before


def test_a_dry_run_and_what_is_refused_leave_no_trace(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lying_in(home)
    for line, code in (
        (("load", str(tmp_path / "full.xml"), "--dry-run"), 0),
        (("load", "--remove", ""), 2),
        (("load", "--remove", "../.."), 2),
        (("load", "--remove", "\x1b[2J"), 2),
        (("load", str(tmp_path / "epraccur.csv"), "--as-of", "2025-10-10"), 2),
        (("load", str(tmp_path)), 4),
        (("load", "/dev/zero"), 4),
    ):
        assert answered(*line)[0] == code
        assert lying_in(home) == before
    monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / "nowhere"))
    assert answered("load", str(tmp_path / "full.xml"), "--dry-run")[0] == 0
    assert answered("load", "--remove", "epraccur")[0] == 2
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "name", ["a\nb.csv", "\x1b[2J.csv", "=cmd.csv", os.fsdecode(b"\xff\xfe.csv"), "a\u202eb.csv"]
)
def test_whatever_a_file_is_called_it_gives_no_orders(name: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(published()["etr.csv"])
    assert answered("load", str(tmp_path / name))[0] == 0
    for line in (("load", "--list"), ("sources",), ("show", "trust:RVV"), ("sources", "--format", "json")):
        assert answered(*line)[0] == 0
    (tmp_path / name).write_bytes(b"x")
    assert answered("load", str(tmp_path / name))[0] == 4


def test_a_file_that_changes_while_it_is_read_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lying_in(home)
    (tmp_path / "etr.csv").write_bytes(published()["etr.csv"])

    def grown(path: Path) -> Iterator[UnpackedFile]:
        yield from parts_of(path)
        path.write_bytes(published()["etr.csv"] * 2)

    monkeypatch.setattr(loading, "parts_of", grown)
    code, said = answered("load", str(tmp_path / "etr.csv"))
    assert (code, lying_in(home)) == (4, before)
    assert "etr.csv: changed while it was read" in said


def test_what_a_list_lacks_is_told(home: Path, tmp_path: Path) -> None:
    lists = published()
    for name, said in (
        ("map.csv", "bodies that are open are not in it"),
        ("patients.csv", "bodies that are open are not in it"),
        ("NSPL.csv", "postcodes that are in use are not in it"),
    ):
        lines = lists[name].splitlines(keepends=True)
        (tmp_path / name).write_bytes(b"".join([lines[0], *lines[2:3]]))
        assert said in answered("load", str(tmp_path / name))[1]


def test_an_old_file_that_is_said_to_be_new_is_told_so(home: Path, tmp_path: Path) -> None:
    old = REGISTER.replace(b"20251231", b"20230930")
    (tmp_path / "old.csv").write_bytes(old)
    said = answered("load", str(tmp_path / "old.csv"), "--as-of", "2026-01-31")[1]
    assert "the last day that it tells is 2023-09-30, long before 2026-01-31: it may be an old file" in said


def test_a_file_that_comes_twice_in_two_wrappings_is_one_release(home: Path, tmp_path: Path) -> None:
    raw = published()["etr.csv"]
    (tmp_path / "a.csv").write_bytes(raw)
    (tmp_path / "b.zip").write_bytes(in_a_zip("etr.csv", raw))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(raw))
    code, said = answered("load", *(str(tmp_path / name) for name in ("a.csv", "b.zip", "c.csv.gz")))
    assert (code, said.count("Loaded ")) == (0, 1)


def test_all_formats_tell_the_same_in_whatever_order_they_are_loaded(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, raw in published().items():
        (tmp_path / name).write_bytes(raw)
    found = []
    for number, order in enumerate(([*published()], [*published()][::-1])):
        monkeypatch.setenv("ORGMAP_DATA_HOME", str(tmp_path / f"home {number}"))
        for name in order:
            loading.load_files(tmp_path / "data", [tmp_path / name])
        tables = Tables.of_folder(tmp_path / "data")
        assert not tables.wrong
        found.append({one: sorted(tables.text(one)) for one in tables.files if one != "sources"})
    assert found[0] == found[1]
