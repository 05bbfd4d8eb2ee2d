"""The built store: believed only if nobody else may have written it; closing it while others ask breaks nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from orgmap.loaders import seal
from tests.cli.conftest import Orgmap
from tests.kent import KENT_THROUGH_TIME
from tests.running import HANGS, ROOT, surroundings
from tests.worlds import write_data

FIND = ("find", "CT9 1AA", "--at", "2013-06-01")


@pytest.fixture
def store(orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that was built from tables of its own."""
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path / "data", KENT_THROUGH_TIME)))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    kept = os.umask(0o002)
    try:
        assert orgmap("build").code == 0
    finally:
        os.umask(kept)
    [path] = (tmp_path / "cache").glob("*.sqlite")
    return path


def test_a_store_that_nobody_touched_stays(orgmap: Orgmap, store: Path) -> None:
    before = store.stat().st_ino
    assert orgmap(*FIND).code == 0
    assert store.stat().st_ino == before


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o602])
def test_a_store_that_others_may_write_is_built_again(orgmap: Orgmap, store: Path, mode: int) -> None:
    store.chmod(mode)
    before = store.stat().st_ino
    assert orgmap(*FIND).code == 0
    assert store.stat().st_ino != before
    assert not store.stat().st_mode & 0o022


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_store_of_somebody_else_is_built_again(orgmap: Orgmap, store: Path) -> None:
    os.chown(store, 12345, 12345)
    assert orgmap(*FIND).code == 0
    assert store.stat().st_uid == 0


def test_a_pipe_in_its_place_does_not_hang(orgmap: Orgmap, store: Path) -> None:
    store.unlink()
    os.mkfifo(store)
    assert orgmap(*FIND).code == 0
    assert store.is_file()


QUESTIONS = (
    FIND,
    ("show", "ccg:10E"),
    ("lineage", "ccg:10E"),
    ("list", "ccg", "--at", "2014"),
    ("search", "thanet"),
)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_answered_from_a_store_that_was_changed(orgmap: Orgmap, store: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = [orgmap(*question).out for question in QUESTIONS]
    for _ in range(10):
        raw, before = bytearray(store.read_bytes()), store.stat()
        if chance.random() < 0.5:
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        else:
            place = chance.randrange(len(raw) // 4096) * 4096
            raw[place : place + 4096] = chance.randbytes(4096)
        store.write_bytes(raw)
        os.utime(store, ns=(before.st_atime_ns, before.st_mtime_ns))
        number = chance.randrange(len(QUESTIONS))
        assert orgmap(*QUESTIONS[number]).out == whole[number]
        assert store.stat().st_ino != before.st_ino


def test_a_store_that_was_only_touched_is_read_once_and_stays(
    orgmap: Orgmap, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = store.stat().st_ino, []
    inner = seal.damage
    monkeypatch.setattr(seal, "damage", lambda path: read.append(path) or inner(path))
    store.touch()
    for _ in range(3):
        assert orgmap(*FIND).code == 0
    assert (store.stat().st_ino, read) == (before, [store])


def test_a_pipe_or_a_link_in_the_place_of_the_remark_hinders_nothing(orgmap: Orgmap, store: Path) -> None:
    remark, before = store.with_name(f"{store.name}.whole"), store.stat().st_ino
    assert orgmap(*FIND).code == 0
    precious = store.with_name("precious")
    precious.write_text("precious", encoding="utf-8")
    for plant in (lambda: os.mkfifo(remark), lambda: remark.symlink_to(precious), remark.mkdir):
        remark.unlink()
        plant()
        assert orgmap(*FIND).code == 0
    assert store.stat().st_ino == before
    assert precious.read_text(encoding="utf-8") == "precious"


def test_the_check_reads_the_built_store_too(orgmap: Orgmap, store: Path) -> None:
    told = orgmap("check")
    assert told.code == 0
    assert "The built graph is whole: every byte is as it was built." in told.out
    raw = bytearray(store.read_bytes())
    raw[-100] ^= 4
    store.write_bytes(raw)
    told = orgmap("check")
    assert told.code == 4
    assert "is damaged" in told.err
    assert "orgmap build" in told.err
    assert orgmap("build").code == 0
    assert orgmap("check").code == 0


def test_the_check_says_when_there_is_no_store_of_these_tables(orgmap: Orgmap, store: Path) -> None:
    store.chmod(0o666)
    assert "the next question builds it" in orgmap("check").out
    store.unlink()
    assert "No graph is built from them yet" in orgmap("check").out
    os.mkfifo(store)
    assert orgmap("check").code == 0


CLOSED = """
import sqlite3, threading
from contextlib import suppress
from orgmap.loaders.open import open_store
for _ in range(20):
    store = open_store()
    def ask(store=store):
        with suppress(sqlite3.ProgrammingError):
            while True:
                store.entities()
                store.relationships()
                store.postcodes(["CT91AA"] * 200)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    threading.Event().wait(0.02)
    store.close()
    for one in threads:
        one.join()
"""


def test_closing_while_others_ask_breaks_nothing(kent: Path, orgmap: Orgmap) -> None:
    assert orgmap(*FIND).code == 0
    env = surroundings(kent / "data", kent / "cache")
    done = subprocess.run(
        [sys.executable, "-c", CLOSED], env=env, cwd=ROOT, capture_output=True, timeout=HANGS
    )
    assert (done.returncode, done.stderr) == (0, b"")
