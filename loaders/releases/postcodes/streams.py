"""Large files as streams: plain, gzipped, or the members of a zip; never more of one in memory than is looked at."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.opening import HARMLESS, LARGEST, MOST_MEMBERS, SPOILED, SWELLING, files_of

READ = 4 * 1024 * 1024

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Streamed(NamedTuple):
    """One file, or one file in a zip: what to call it, its bare name, and a way to read it from its beginning."""

    label: str
    name: str
    open: Callable[[], IO[bytes]]


class _Bounded(io.RawIOBase):
    """A stream that is read no further than a bound, and that says in our words what is wrong with it."""

    def __init__(self, inner: IO[bytes], bound: int, label: str) -> None:
        super().__init__()
        self._inner, self._left, self._bound, self._label = inner, bound, bound, label
        self.last = b""
        """The last byte that was read."""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads on. Raises `DataBroken` at the bound, and where what is packed is cut off or damaged."""
        try:
            read = self._inner.read(len(buffer))
        except SPOILED as error:
            raise _spoiled(self._label, error) from error
        self._left -= len(read)
        self.last = read[-1:] or self.last
        if self._left < 0:
            raise DataBroken(f"{self._label}: unpacks to more than {self._bound:,} bytes; refused.")
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        """Closes what it reads."""
        self._inner.close()
        super().close()


@contextmanager
def streams_of(path: Path, largest: int = LARGEST) -> Iterator[list[Streamed]]:
    """The files in a file, each to be read as often as wanted while this lasts, and no further than `largest` bytes.

    There are none in what is no plain file, empty or a damaged zip: whoever reads it whole says what is wrong with it.
    """
    with ExitStack() as opened:
        try:
            file = opened.enter_context(open(os.open(path, _OPEN), "rb"))
            status = os.fstat(file.fileno())
            head = file.read(4) if stat.S_ISREG(status.st_mode) and status.st_size else b""
            found = [_plain(path, head, status.st_size, largest)] if head else []
            if head.startswith(b"PK"):
                found = list(_members(path, opened.enter_context(zipfile.ZipFile(file)), largest))
        except SPOILED:
            found = []
        yield found


def _plain(path: Path, head: bytes, size: int, largest: int) -> Streamed:
    label = str(path)

    def again() -> IO[bytes]:
        if head.startswith(b"\x1f\x8b"):
            return _stream(gzip.GzipFile(path), size, label, largest)
        return _stream(path.open("rb"), largest, label, largest)

    return Streamed(label, path.name, again)


def _members(path: Path, packed: zipfile.ZipFile, largest: int) -> Iterator[Streamed]:
    members = files_of(packed)
    for member in members if len(members) <= MOST_MEMBERS else ():
        if member.flag_bits & 1 or member.filename.lower().endswith((".zip", ".gz")):
            continue
        label = f"{path} ({member.filename[:80]})"

        def again(member: zipfile.ZipInfo = member, label: str = label) -> IO[bytes]:
            try:
                return _stream(packed.open(member), member.compress_size, label, largest)
            except SPOILED as error:
                raise _spoiled(label, error) from error

        yield Streamed(label, Path(member.filename).name, again)


def _spoiled(label: str, error: Exception) -> DataBroken:
    return DataBroken(f"{label}: is cut off or damaged ({error}). Fetch the file again.")


def last_byte(file: IO[bytes]) -> bytes:
    """The last byte of a stream that was read to its end."""
    bounded = getattr(file, "raw", None)
    return bounded.last if isinstance(bounded, _Bounded) else b""


def _stream(inner: Any, packed: int, label: str, largest: int) -> IO[bytes]:
    bound = min(largest, max(HARMLESS, packed * SWELLING))
    return io.BufferedReader(_Bounded(inner, bound, label), READ)
