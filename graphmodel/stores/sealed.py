"""A built file whose every block bears a checksum, and two ways into it that believe no block without looking.

A store is one file: the pages of an SQLite database, then packed tables (see `packed`), then the checksum of every
block of both. SQLite itself believes what it reads: a changed bit on the disk would be answered from. So it reads
through `SEALED`, which compares each block that is read, every time; packed tables are mapped into memory, and a
block of them is compared when it is first touched. Either takes some microseconds, and a question touches few.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from copy import copy
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

import apsw

from orgmap.graphmodel.errors import StoreDamaged

BLOCK = 8192
"""Bytes in a block: a page of SQLite."""

SEALED = "orgmap-sealed"
"""The name by which SQLite knows this way of reading."""

_END = struct.Struct("<16sIII")
"""What ends a sealed file: a mark, how many blocks it has, how many of them are SQLite's, the checksum of the rest."""
_MARK = b"orgmap, sealed 2"


class Seal(NamedTuple):
    """The checksum of each block of a file, in order, and how many of them, the first ones, are SQLite's."""

    checksums: array[int]
    pages: int

    @classmethod
    def of(cls, file: BinaryIO, blocks: int, pages: int) -> Seal:
        """The checksums of the blocks of a file as they are now."""
        file.seek(0)
        return cls(array("I", (crc32(file.read(BLOCK)) for _ in range(blocks))), pages)

    @classmethod
    def read(cls, raw: bytes, size: int) -> Seal:
        """The seal in the last bytes of a file of some size. Raises `StoreDamaged` if it is none, or is damaged."""
        if len(raw) < _END.size:
            raise StoreDamaged("it is cut short")
        mark, blocks, pages, checksum = _END.unpack(raw[-_END.size :])
        table = raw[-_END.size - 4 * blocks : -_END.size]
        whole = mark == _MARK and pages <= blocks and size == blocks * BLOCK + len(table) + _END.size
        if not whole or crc32(table, pages) != checksum:
            raise StoreDamaged("its checksums are damaged")
        return cls(_in_little_endian(array("I", table)), pages)

    def written(self) -> bytes:
        """The bytes that stand behind the last block."""
        table = _in_little_endian(self.checksums[:]).tobytes()
        return table + _END.pack(_MARK, len(self.checksums), self.pages, crc32(table, self.pages))

    def compare(self, number: int, block: bytes | memoryview) -> None:
        """Raises `StoreDamaged` if a block is not what was built."""
        if number >= len(self.checksums) or crc32(block) != self.checksums[number]:
            raise StoreDamaged(f"block {number:,} of its {len(self.checksums):,} is not what was built")


def seal(path: Path, pages: int) -> None:
    """Writes the checksums of a file's blocks behind the last one; whatever changes them later is found."""
    blocks = path.stat().st_size // BLOCK
    with path.open("r+b") as file:
        found = Seal.of(file, blocks, pages)
        file.seek(blocks * BLOCK)
        file.write(found.written())


def read_whole(path: Path) -> None:
    """Reads a sealed file from its first byte to its last. Raises `StoreDamaged` if one bit has changed."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _longest(size)))
        found = Seal.read(file.read(), size)
        file.seek(0)
        for number in range(len(found.checksums)):
            found.compare(number, file.read(BLOCK))


def _longest(size: int) -> int:
    """How many bytes a seal of a file of some size may have."""
    return 4 * (size // BLOCK) + _END.size


def _in_little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class MappedFile:
    """The blocks behind SQLite's, mapped into memory; `view` holds their bytes, of which only compared ones count.

    Whoever reads from `view` calls `check` for those bytes before.
    """

    def __init__(self, path: Path) -> None:
        """Maps a file. Raises `StoreDamaged` if it is not sealed, `OSError` if it cannot be opened."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - _longest(size)))
            self._seal = Seal.read(file.read(), size)
            self._mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._first = self._seal.pages
        self.begin = self._first * BLOCK
        self._compared = bytearray(len(self._seal.checksums) - self._first)
        self.view = memoryview(self._mapped)[self.begin : len(self._seal.checksums) * BLOCK]

    def again(self) -> MappedFile:
        """The same bytes, of which the same were compared, for as long as somebody holds this."""
        other = copy(self)
        other._compared = self._compared[:]
        return other

    def check(self, start: int, end: int) -> None:
        """Compares the blocks of these bytes with their checksums, those that were not yet."""
        first, last = start // BLOCK, (end - 1) // BLOCK
        try:
            if first == last and self._compared[first]:
                return
            for number in range(first, last + 1):
                if not self._compared[number]:
                    block = self.view[number * BLOCK : (number + 1) * BLOCK]
                    self._seal.compare(self._first + number, block)
                    self._compared[number] = 1
        except IndexError as error:
            raise apsw.ConnectionClosedError("the store is closed") from error

    def close(self) -> None:
        """Nothing is compared any more; the memory goes when nobody holds a part of it."""
        self._compared = bytearray()


class _SealedFile(apsw.VFSFile):
    """An open file of which every block is compared when SQLite reads it."""

    def __init__(self, name: str | apsw.URIFilename, flags: list[int]) -> None:
        super().__init__("", name, flags)
        size = super().xFileSize()
        length = min(size, _longest(size))
        self._seal = Seal.read(super().xRead(length, size - length), size)

    def xFileSize(self) -> int:
        """SQLite sees its own blocks alone."""
        return self._seal.pages * BLOCK

    def xRead(self, amount: int, offset: int) -> bytes:
        """Bytes of the file, out of whole blocks that were compared."""
        first = offset // BLOCK
        blocks = -(-(offset + amount) // BLOCK) - first
        raw = super().xRead(blocks * BLOCK, first * BLOCK)
        for number in range(blocks):
            self._seal.compare(first + number, raw[number * BLOCK : (number + 1) * BLOCK])
        start = offset - first * BLOCK
        return raw[start : start + amount]


class _Sealed(apsw.VFS):
    """Opens a store's file so that every block is compared, and what SQLite needs beside it as ever."""

    def __init__(self) -> None:
        super().__init__(SEALED, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        """A file of SQLite's."""
        if name is not None and flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            return _SealedFile(name, flags)
        return apsw.VFSFile("", name, flags)


_REGISTERED = _Sealed()
"""SQLite knows it by name for as long as it is here."""
