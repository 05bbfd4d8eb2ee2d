"""The embedded store builds itself: whole or not at all, once for all who wait, and again when its tables changed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.loaders import fresh
from orgmap.loaders.build import STEPS
from orgmap.loaders.fresh import fingerprint
from orgmap.loaders.open import open_store, open_url, store_path
from tests.kent import KENT
from tests.running import UNNOTICED, damage, finish, start
from tests.worlds import write_data

ASKED = ("list", "ccg", "--at", "2013-04-01", "--format", "csv")
KILLED = """
import orgmap.loaders.build, os, signal
fill = orgmap.loaders.build._fill_step
def killed(db, step, rows):
    fill(db, step, rows)
    if step == "relationships":
        os.kill(os.getpid(), signal.SIGKILL)
orgmap.loaders.build._fill_step = killed
"""
"""Ends the process, as a power cut would, when half of the tables are written."""

SLOW = """
import orgmap.loaders.build, time
fill, beside = orgmap.loaders.build._fill_step, orgmap.loaders.build._build_beside
def slow(db, step, rows):
    time.sleep(0.03)
    fill(db, step, rows)
def told(*arguments):
    print("I build.", file=sys.stderr)
    beside(*arguments)
import sys
orgmap.loaders.build._fill_step, orgmap.loaders.build._build_beside = slow, told
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tables of Kent; stores are built into `cache` beside it."""
    monkeypatch.setenv("ORGMAP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    return write_data(tmp_path / "data", KENT)


@pytest.fixture
def built(data: Path) -> Path:
    """The file of a store that was built from these tables."""
    open_store().close()
    return store_path(data)


@pytest.fixture
def full_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has no room for a whole store."""
    connect = sqlite3.connect

    def small(*arguments, **options):
        db = connect(*arguments, **options)
        db.execute("PRAGMA page_size=8192")
        db.execute("PRAGMA max_page_count=40")
        return db

    monkeypatch.setattr("orgmap.loaders.build.sqlite3.connect", small)


def ids(kind: str = "clinical_commissioning_group") -> list[str]:
    """The bodies of a kind in the store that opens by itself."""
    with open_store() as store:
        return [entity.id for entity in store.entities(kind=kind)]


def rename(data: Path, old: str, new: str) -> None:
    """Changes a table as a new release of the data would."""
    path = data / "drawn" / "entities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def mark(path: Path) -> tuple[int, int]:
    """Changes when a file is written anew."""
    return path.stat().st_ino, path.stat().st_mtime_ns


def test_the_first_question_builds_and_the_second_does_not(data):
    assert ids() == ["ccg:09E", "ccg:10E", "ccg:91Q"]
    before = mark(store_path(data))
    assert ids() == ["ccg:09E", "ccg:10E", "ccg:91Q"]
    assert mark(store_path(data)) == before


def test_a_build_leaves_only_its_lock_and_its_remark_beside_the_store(built):
    beside = [built.name, f"{built.name}.lock", f"{built.name}.whole"]
    assert sorted(path.name for path in built.parent.iterdir()) == beside


def test_a_build_says_how_far_it_has_come(data):
    said: list[tuple[str, int, int]] = []
    open_store(lambda *step: said.append(step)).close()
    assert [step for step, _, _ in said] == [*STEPS, "done"]
    assert [done for _, done, _ in said] == list(range(len(STEPS) + 1))


def test_a_rebuild_that_is_asked_for_is_done(built):
    before = mark(built)
    open_store(rebuild=True).close()
    assert mark(built) != before


def touch(data: Path) -> None:
    """Another time of change, the same text."""
    os.utime(data / "drawn" / "entities.csv", ns=(1, 1))


def grow(data: Path) -> None:
    """Another size at the same time of change."""
    path = data / "drawn" / "entities.csv"
    times = path.stat()
    rename(data, "NHS Thanet CCG", "NHS Thanet and Margate CCG")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def add(data: Path) -> None:
    """One more dataset."""
    (data / "drawn").rename(data / "drawn-again")
    write_data(data, "entities\nid | name\nlhb:7A1 | North Wales")


def same_size_and_time(data: Path) -> None:
    """Other letters, as many as before, and the time of change set back: nothing but the letters tells."""
    path = data / "drawn" / "entities.csv"
    times = path.stat()
    rename(data, "NHS Thanet CCG", "NHS Ramsga CCG")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (times.st_size, times.st_mtime_ns)


def another_file(data: Path) -> None:
    """The same as by a copy that keeps the time of change (`cp -p`, `rsync -t`, a backup)."""
    path = data / "drawn" / "entities.csv"
    other = data.parent / "other.csv"
    shutil.copy2(path, other)
    same_size_and_time(data)
    os.replace(path, data.parent / "changed.csv")
    shutil.copy2(data.parent / "changed.csv", path)


CHANGES = [touch, grow, add, same_size_and_time, another_file]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_tables_are_built_again(data, built, change: Callable[[Path], None]):
    before = mark(built)
    change(data)
    open_store().close()
    assert mark(built) != before


def test_tables_that_were_only_moved_are_not_built_again(data, built):
    path = data / "drawn" / "entities.csv"
    before = mark(built)
    shutil.copy2(path, data.parent / "copy.csv")
    os.replace(data.parent / "copy.csv", path)
    path.chmod(0o600)
    open_store().close()
    assert mark(built) == before


def test_the_new_store_has_what_changed(data, built):
    rename(data, "NHS Thanet CCG", "NHS Margate CCG")
    with open_store() as store:
        assert store.entities(ids=["ccg:10E"])[0].name == "NHS Margate CCG"


def test_another_schema_is_built_again(built, monkeypatch):
    before = mark(built)
    monkeypatch.setattr(fresh, "SCHEMA_VERSION", "another")
    open_store().close()
    assert mark(built) != before


def test_a_fingerprint_is_that_of_the_tables_wherever_one_stands(data, monkeypatch):
    whole = fingerprint(data)
    monkeypatch.chdir(data.parent)
    assert fingerprint(Path("data")) == whole


def test_tables_in_two_places_have_two_stores(data):
    other = write_data(data.parent / "other", KENT)
    assert store_path(other) != store_path(data)
    assert store_path(data).parent == store_path(other).parent


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "no #1", "Zoë"])
def test_a_cache_folder_may_have_any_name(data, monkeypatch, name):
    monkeypatch.setenv("ORGMAP_CACHE", str(data.parent / name))
    assert ids() == ids()
    assert store_path(data).is_file()


@pytest.mark.parametrize(
    "damaged",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:100],
        lambda raw: b"",
        lambda raw: b"no database" * 1000,
        lambda raw: b"\0" * len(raw),
        lambda raw: raw + b"more",
    ],
    ids=["halved", "almost nothing", "empty", "something else", "zeros", "longer"],
)
def test_a_damaged_store_is_built_again(built, damaged):
    built.write_bytes(damaged(built.read_bytes()))
    assert ids() == ["ccg:09E", "ccg:10E", "ccg:91Q"]


def test_a_store_damaged_in_the_middle_is_built_again_before_it_answers(data, built):
    damage(built, "entities")
    assert ids() == ["ccg:09E", "ccg:10E", "ccg:91Q"]


def test_a_store_damaged_since_it_was_read_is_built_again_when_that_shows(data, built):
    damage(built, "entities")
    code, out, err = finish(start(data, built.parent, *ASKED, code=UNNOTICED))
    assert code == 0
    assert "ccg:10E" in out
    assert "damaged" in err
    assert finish(start(data, built.parent, *ASKED)) == (0, out, "")


@pytest.mark.parametrize("old", [True, False], ids=["over an old store", "for the first time"])
def test_a_build_that_is_killed_leaves_what_was_there(data, old):
    path = store_path(data)
    if old:
        open_store().close()
        touch(data)
    before = path.read_bytes() if old else None
    code, _, _ = finish(start(data, path.parent, *ASKED, code=KILLED))
    assert code == -signal.SIGKILL
    assert (path.read_bytes() if path.exists() else None) == before
    assert list(path.parent.glob("*.building-*")) != []
    assert ids() == ["ccg:09E", "ccg:10E", "ccg:91Q"]
    assert list(path.parent.glob("*.building-*")) == []


def test_of_two_that_start_at_once_one_builds_and_both_answer(data):
    both = [start(data, data.parent / "cache", *ASKED, code=SLOW) for _ in range(2)]
    told = [finish(process) for process in both]
    assert [code for code, _, _ in told] == [0, 0]
    assert told[0][1] == told[1][1]
    assert "ccg:10E" in told[0][1]
    assert sum("I build." in err for _, _, err in told) == 1


@pytest.mark.parametrize("name", ["file/below", "x" * 300], ids=["below a file", "too long a name"])
def test_a_cache_that_cannot_be_written_is_said(data, monkeypatch, name):
    (data.parent / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ORGMAP_CACHE", str(data.parent / name))
    with pytest.raises(DataBroken, match=r"cannot be written to .* ORGMAP_CACHE"):
        open_store()


def test_on_a_full_disk_nothing_is_left_behind(data, full_disk):
    with pytest.raises(DataBroken, match=r"full.*Make room on the disk"):
        open_store()
    assert [path.name for path in store_path(data).parent.iterdir()] == [f"{store_path(data).name}.lock"]


def test_on_a_full_disk_the_old_store_stays(data, built):
    touch(data)
    before = built.read_bytes()
    room = len(before) // 2

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    code, out, err = finish(start(data, built.parent, *ASKED, preexec_fn=limited))
    assert (code, out) == (4, "")
    assert "what was there stays" in err
    assert built.read_bytes() == before
    assert list(built.parent.glob("*.building-*")) == []
    with SqliteStore(built) as store:
        assert store.entities(ids=["ccg:10E"])


def test_a_table_that_lost_a_row_stops_the_build_with_its_name(data, built):
    path = data / "drawn" / "relationships.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    before = built.read_bytes()
    with pytest.raises(DataBroken, match=r"relationships\.csv: 21 rows where 22 are expected"):
        open_store()
    assert built.read_bytes() == before


def test_a_source_described_in_two_ways_stops_the_build(data):
    (data / "drawn").rename(data / "first")
    write_data(data, "entities\nid | name\nlhb:7A1 | North Wales")
    path = data / "drawn" / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Drawn for", "Made for"), encoding="utf-8")
    with pytest.raises(DataBroken, match="sources: “drawn” is described in two ways"):
        open_store()


def test_tables_that_are_not_there_are_said(data, monkeypatch):
    monkeypatch.setenv("ORGMAP_DATA", str(data.parent / "nowhere"))
    with pytest.raises(DataBroken, match="nowhere, which is not a folder"):
        open_store()
    (data.parent / "empty").mkdir()
    monkeypatch.setenv("ORGMAP_DATA", str(data.parent / "empty"))
    with pytest.raises(DataBroken, match="holds no dataset"):
        open_store()


def test_a_store_is_opened_by_its_address(data):
    for address in ("", "networkx:"):
        store = open_url(address)
        assert [entity.id for entity in store.entities(ids=["ccg:10E"])] == ["ccg:10E"]
        store.close()
    with pytest.raises(WrongUse, match="is not a store"):
        open_url("mysql://somewhere")
