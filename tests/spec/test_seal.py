"""A changed bit anywhere in the built store is found by the check, and no question is ever answered from it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from orgmap.graphmodel.errors import StoreDamaged
from orgmap.graphmodel.stores.edges import EdgeIndex
from orgmap.graphmodel.stores.packed import number_of_day
from orgmap.graphmodel.stores.sealed import BLOCK
from orgmap.graphmodel.stores.sqlite import SqliteStore
from orgmap.loaders.fresh import damage
from orgmap.loaders.open import open_store, store_path
from orgmap.queries.change.diff import diff
from orgmap.queries.place.find import find
from orgmap.queries.structure.snapshot import snapshot
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


def walked(edges: EdgeIndex) -> list[object]:
    """What the index tells of every body, and of whole days."""
    before, after = map(number_of_day, ("2013-03-31", "2013-04-01"))
    nodes, verbs = range(1, edges.nodes + 1), range(len(edges.verbs))
    told: list[object] = [edges.ids(nodes)]
    for near in (edges.objects, edges.subjects):
        told += [near(node, verb, after) for node in nodes for verb in verbs]
    told += [
        edges.neighbours(one, verb, "2013-04-01", back=True)
        for one in edges.ids(nodes)
        for verb in edges.verbs
    ]
    every = np.array(nodes, dtype=np.uint32)
    for on_days in (edges.objects_on, edges.subjects_on):
        found = [on_days(every, verb, np.full(len(nodes), after)) for verb in verbs]
        told += [[column.tolist() for column in one] for one in found]
    told += [edges.above(node, verbs, after) for node in nodes]
    told += [edges.lineage(node, back) for node in nodes for back in (False, True)]
    changed, [day] = edges.between(before, after), edges.on_each([after])
    columns = (*changed[:2], *changed.begun, *changed.ended, *day)
    return [*told, *(column.tolist() for column in columns)]


def answers(path: Path) -> list[object]:
    """What a store tells of everything that it holds, until it says that it is damaged."""
    told: list[object] = []
    with suppress(StoreDamaged), SqliteStore(path) as store:
        for ask in (
            lambda: store.meta("fingerprint"),
            store.entities,
            store.relationships,
            store.events,
            store.rules,
            store.sources,
            store.about,
            store.words,
            store.place_forms,
            store.outcodes,
            store.populations,
            lambda: store.names_with(["thanet"]),
            lambda: store.postcodes(["CT91AA", "ME101AA"]),
            lambda: [column.tolist() for column in store.places.lying(["CT91AA", "ME101AA", "AA11AA"])],
            lambda: store.standing_in(["area:E01000001"], "2013-06-01"),
            lambda: store.of_outcode("CT9"),
            lambda: store.details("ccg:10E"),
            lambda: find(store, "CT9 1AA", "2013-06-01"),
            lambda: diff(store, "2013-03-31", "2013-04-01"),
            lambda: walked(store.edges),
            lambda: dict(snapshot(store, "2013-06-01").adjacency()),
            lambda: {one: dict(near) for one, near in snapshot(store).pred.items()},
        ):
            told.append(ask())
    return told


def changed_bit(raw: bytearray, chance: random.Random) -> bytes:
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return raw


def eight_bytes(raw: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) - 8)
    raw[start : start + 8] = chance.randbytes(8)
    return raw


def sixteen_letters(raw: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) - 16)
    raw[start : start + 16] = b"an other letters"
    return raw


def blank_block(raw: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) // BLOCK) * BLOCK
    raw[start : start + BLOCK] = bytes(BLOCK)
    return raw


def exchanged_blocks(raw: bytearray, chance: random.Random) -> bytes:
    """Each of the two is whole, but stands where the other belongs."""
    one, other = (start * BLOCK for start in chance.sample(range(len(raw) // BLOCK), 2))
    raw[one : one + BLOCK], raw[other : other + BLOCK] = raw[other : other + BLOCK], raw[one : one + BLOCK]
    return raw


def cut_short(raw: bytearray, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def grown(raw: bytearray, chance: random.Random) -> bytes:
    return raw + chance.randbytes(chance.randrange(1, 2 * BLOCK))


def cut_by_a_block(raw: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) // BLOCK) * BLOCK
    return raw[:start] + raw[start + BLOCK :]


DAMAGES = [
    changed_bit,
    eight_bytes,
    sixteen_letters,
    blank_block,
    exchanged_blocks,
    cut_short,
    grown,
    cut_by_a_block,
]


def test_a_store_as_it_was_built_is_whole(built: Path) -> None:
    assert damage(built) == ""
    assert len(answers(built)) == 22


@pytest.mark.parametrize("how", DAMAGES)
def test_no_question_is_answered_from_what_was_not_built(
    built: Path, how: Callable[[bytearray, random.Random], bytes]
) -> None:
    """Each answer is that of the whole store, or there is none: a block that no question reads harms none."""
    whole, raw, chance = answers(built), built.read_bytes(), random.Random(how.__name__)
    refused = 0
    for _ in range(12):
        now = how(bytearray(raw), chance)
        if now == raw:
            continue
        built.write_bytes(now)
        told = answers(built)
        assert told == whole[: len(told)]
        refused += len(told) < len(whole)
        assert damage(built) != ""
    assert refused
    built.write_bytes(raw)
    assert damage(built) == ""


@pytest.mark.parametrize("seed", range(4))
def test_any_changed_bit_is_found(built: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        bit = chance.randrange(8 * built.stat().st_size)
        flip(built, bit)
        assert damage(built) != "", f"bit {bit}"
        flip(built, bit)
    assert damage(built) == ""


def test_each_bit_of_the_checksums_themselves_is_found(built: Path) -> None:
    size = built.stat().st_size
    for bit in range(8 * (size // BLOCK * BLOCK), 8 * size):
        flip(built, bit)
        assert damage(built) != "", bit
        assert answers(built) == []
        flip(built, bit)


def test_damage_while_it_is_open_is_found_when_it_is_read(built: Path) -> None:
    whole = built.read_bytes()
    with SqliteStore(built) as store:
        assert store.meta("fingerprint")
        with built.open("r+b") as file:  # the same file, not one in its place
            file.seek(BLOCK)
            file.write(bytes(len(whole) - BLOCK))
        with pytest.raises(StoreDamaged, match="is not what was built"):
            store.relationships()


def test_a_store_that_is_none_is_not_opened(tmp_path: Path) -> None:
    for text in (b"", b"a letter", b"SQLite format 3\0" + bytes(3 * BLOCK)):
        (tmp_path / "file").write_bytes(text)
        with pytest.raises(StoreDamaged):
            SqliteStore(tmp_path / "file")
    with pytest.raises(StoreDamaged):
        SqliteStore(tmp_path / "nothing here")


def test_a_store_that_nobody_would_read_is_not_read(built: Path) -> None:
    built.chmod(0o666)
    flip(built, 80_000)
    assert damage(built) == ""
    built.unlink()
    assert damage(built) == ""
