"""A built file whose every block bears a checksum, and a way into it that believes no block without looking.

SQLite itself believes what it reads: a changed bit on the disk would be answered from. So the builder writes the
checksum of every block behind the last one, and SQLite reads through `SEALED`, which compares each block that it
reads, every time. A block is compared in some microseconds, a question reads few, and read blocks stay in memory.
"""

from __future__ import annotations

import struct
import sys
from array import array
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

import apsw

from orgmap.graphmodel.errors import StoreDamaged

BLOCK = 8192
"""Bytes in a block: a page of SQLite."""

SEALED = "orgmap-sealed"
"""The name by which SQLite knows this way of reading."""

_END = struct.Struct("<16sII")
"""What ends a sealed file: a mark, the number of its blocks, and the checksum of all their checksums."""
_MARK = b"orgmap, sealed 1"


class Seal(NamedTuple):
    """The checksum of each block of a file, in order."""

    checksums: array[int]

    @classmethod
    def of(cls, file: BinaryIO, blocks: int) -> Seal:
        """The checksums of the first blocks of a file as they are now."""
        file.seek(0)
        return cls(array("I", (crc32(file.read(BLOCK)) for _ in range(blocks))))

    @classmethod
    def read(cls, raw: bytes, size: int) -> Seal:
        """The seal in the last bytes of a file of some size. Raises `StoreDamaged` if it is none, or is damaged."""
        mark, blocks, checksum = _END.unpack(raw[-_END.size :]) if len(raw) >= _END.size else (b"", 0, 0)
        table = raw[-_END.size - 4 * blocks : -_END.size]
        if mark != _MARK or size != blocks * BLOCK + len(table) + _END.size or crc32(table) != checksum:
            raise StoreDamaged("its checksums are damaged")
        return cls(_in_little_endian(array("I", table)))

    def written(self) -> bytes:
        """The bytes that stand behind the last block."""
        table = _in_little_endian(self.checksums[:]).tobytes()
        return table + _END.pack(_MARK, len(self.checksums), crc32(table))

    def compare(self, number: int, block: bytes) -> None:
        """Raises `StoreDamaged` if a block is not what was built."""
        if number >= len(self.checksums) or crc32(block) != self.checksums[number]:
            raise StoreDamaged(f"block {number:,} of its {len(self.checksums):,} is not what was built")


def seal(path: Path) -> None:
    """Writes the checksums of a file's blocks behind the last one; whatever changes them later is found."""
    blocks = path.stat().st_size // BLOCK
    with path.open("r+b") as file:
        found = Seal.of(file, blocks)
        file.seek(blocks * BLOCK)
        file.write(found.written())


def read_whole(path: Path) -> None:
    """Reads a sealed file from its first byte to its last. Raises `StoreDamaged` if one bit has changed."""
    size = path.stat().st_size
    with path.open("rb") as file:
        found = _seal_of(file, size)
        file.seek(0)
        for number in range(len(found.checksums)):
            found.compare(number, file.read(BLOCK))


def _seal_of(file: BinaryIO, size: int) -> Seal:
    """The seal of an open file."""
    file.seek(max(0, size - _longest(size)))
    return Seal.read(file.read(), size)


def _longest(size: int) -> int:
    """How many bytes a seal of a file of some size may have."""
    return 4 * (size // BLOCK) + _END.size


def _in_little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class _SealedFile(apsw.VFSFile):
    """An open file of which every block is compared when SQLite reads it."""

    def __init__(self, name: str | apsw.URIFilename, flags: list[int]) -> None:
        super().__init__("", name, flags)
        size = super().xFileSize()
        length = min(size, _longest(size))
        self._seal = Seal.read(super().xRead(length, size - length), size)

    def xFileSize(self) -> int:
        """SQLite sees the blocks alone."""
        return len(self._seal.checksums) * BLOCK

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
