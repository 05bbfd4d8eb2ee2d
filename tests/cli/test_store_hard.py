"""The built store: believed only if nobody else may have written it; closing it while others ask breaks nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgmap.graphmodel.stores import packed
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


@pytest.mark.parametrize("lacks", ["edges", "tables"])
def test_a_store_of_another_version_is_built_again(orgmap: Orgmap, store: Path, lacks: str) -> None:
    read = json.loads
    before = store.stat().st_ino

    def of_another_version(raw: bytes) -> object:
        found = read(raw)
        if lacks in found and store.stat().st_ino == before:
            del found[lacks]
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed.json, "loads", of_another_version)
        assert orgmap(*FIND).code == 0
    assert store.stat().st_ino != before


def test_a_pipe_in_its_place_does_not_hang(orgmap: Orgmap, store: Path) -> None:
    store.unlink()
    os.mkfifo(store)
    assert orgmap(*FIND).code == 0
    assert store.is_file()


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
import apsw, threading
from contextlib import suppress
from orgmap.loaders.open import open_store
for _ in range(20):
    store = open_store()
    def ask(store=store):
        with suppress(apsw.ConnectionClosedError):
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
