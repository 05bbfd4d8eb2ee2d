"""A changed bit anywhere in the built store is found by the check, which reads all of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.open import open_store, store_path
from orgmap.loaders.seal import BLANK, damage, seal
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import write_data


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a store that was built from the tables of Kent."""
    data = write_data(tmp_path / "data", KENT_THROUGH_TIME)
    monkeypatch.setenv("ORGMAP_DATA", str(data))
    monkeypatch.setenv("ORGMAP_CACHE", str(tmp_path / "cache"))
    open_store().close()
    return store_path(data)


def flip(path: Path, bit: int) -> None:
    """Changes one bit of a file."""
    with path.open("r+b") as file:
        file.seek(bit // 8)
        [byte] = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def test_a_store_as_it_was_built_is_whole(built):
    assert damage(built) == ""


@pytest.mark.parametrize("seed", range(8))
def test_any_changed_bit_is_found(built, seed):
    chance = random.Random(seed)
    for _ in range(40):
        bit = chance.randrange(8 * built.stat().st_size)
        flip(built, bit)
        assert damage(built) != "", f"bit {bit}"
        flip(built, bit)
    assert damage(built) == ""


def test_each_bit_of_what_the_builder_remarked_is_found(built):
    """Of these the store's freshness is told, and the digest is one of them."""
    raw = built.read_bytes()
    for word in (b"digest", b"fingerprint", b"stamps", b"contents"):
        place = raw.index(word)
        for bit in range(8 * place, 8 * (place + len(word) + 70), 7):
            flip(built, bit)
            assert damage(built) != "", (word, bit)
            flip(built, bit)


@pytest.mark.parametrize(
    "how", [lambda raw: raw[:-1], lambda raw: raw + b"x", lambda raw: b"", lambda raw: raw[:5000]]
)
def test_a_store_of_another_length_is_found(built, how):
    built.write_bytes(how(built.read_bytes()))
    assert damage(built) != ""


def test_a_store_that_nobody_would_read_is_not_read(built):
    built.chmod(0o666)
    flip(built, 80_000)
    assert damage(built) == ""
    built.unlink()
    assert damage(built) == ""


def test_what_has_no_place_for_a_digest_is_not_sealed(tmp_path):
    (tmp_path / "file").write_text(BLANK, encoding="utf-8")
    with pytest.raises(DataBroken, match="cannot be sealed"):
        seal(tmp_path / "file")
