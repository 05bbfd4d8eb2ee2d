"""The register's XML out of a file as handed out (plain, gzipped, a zip of zips), as streams within bounds."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.opening import HARMLESS, LARGEST, SPOILED, SWELLING, members_of, unreadable
from orgmap.loaders.releases.xml_registers import HEAD, is_register_xml

LARGEST_ZIP = 512 * 1024**2
"""So large may a zip inside a zip be, which is held in memory: that of the whole register has some 70 million bytes."""

WORKBOOK = "[Content_Types].xml"

Step = Callable[[str, int, int], None]
"""Is told what is done, how far it has come, and of how much."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")


class XmlStream(NamedTuple):
    """One file of the register: what to call it in messages, and its bytes, to be read once."""

    label: str
    file: IO[bytes]


def register_streams(path: Path, passed_over: list[str], say: Step | None = None) -> Iterator[XmlStream]:
    """The register files in a file, one after the other; nothing if it holds none.

    What else lies in a zip beside them is named in `passed_over`. Raises `DataBroken` for what cannot be read, is cut
    off, locked by a password, or swells beyond bounds.
    """
    try:
        with open(os.open(path, _OPEN), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or not status.st_size:
                return
            magic = file.read(4)
            file.seek(0)
            whole = _Whole(say)
            if magic.startswith(_GZIP):
                with gzip.GzipFile(fileobj=file) as packed:
                    yield from _streams(str(path), packed, status.st_size, whole, status.st_size)  # type: ignore[arg-type]
            elif magic.startswith(_ZIP):
                if not _is_other(file):
                    yield from _zipped(str(path), file, whole, passed_over, 0)
            else:
                yield from _streams(str(path), file, 0, whole, status.st_size)
    except DataBroken:
        raise
    except SPOILED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise unreadable(str(path), error) from error
        raise DataBroken(f"{path}: is cut off or damaged ({error}). Fetch the file again.") from error


def _is_other(file: IO[bytes]) -> bool:
    """Whether a zip is a workbook, or none that can be read: then others say what it is."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            return WORKBOOK in packed.namelist()
    except SPOILED:
        return True
    finally:
        file.seek(0)


def _zipped(
    label: str, file: IO[bytes], whole: _Whole, passed_over: list[str], depth: int
) -> Iterator[XmlStream]:
    with zipfile.ZipFile(file) as packed:
        for member in members_of(packed, label):
            inside = f"{label} ({member.filename[:80]})"
            if member.flag_bits & 1:
                raise DataBroken(f"{inside}: is locked with a password. Unpack it first.")
            found = False
            with packed.open(member) as part:
                head = cast("zipfile.ZipExtFile", part).peek(4)[:4]
                if head.startswith(_ZIP):
                    raw = b"" if depth else part.read(LARGEST_ZIP + 1)
                    if depth or len(raw) > LARGEST_ZIP or _is_other(io.BytesIO(raw)):
                        passed_over.append(inside)
                        continue
                    inner = list[str]()
                    for stream in _zipped(inside, io.BytesIO(raw), whole, inner, depth + 1):
                        found = True
                        yield stream
                    passed_over += inner if found else []
                else:
                    for stream in _streams(inside, part, member.compress_size, whole, member.file_size):
                        found = True
                        yield stream
            if not found:
                passed_over.append(inside)


def _streams(label: str, file: IO[bytes], packed: int, whole: _Whole, size: int) -> Iterator[XmlStream]:
    """A stream, if it is the register."""
    head = file.read(HEAD)
    if is_register_xml(head):
        bound = max(HARMLESS, packed * SWELLING) if packed else LARGEST
        stream = _Bounded(label, head, file, min(bound, whole.left), whole, size)
        yield XmlStream(label, cast("IO[bytes]", stream))


class _Whole:
    """How many bytes may still come out of a file, and who is told how far its reading has come."""

    def __init__(self, say: Step | None) -> None:
        self.say, self.left = say, LARGEST


class _Bounded(io.RawIOBase):
    """A stream that gives no more bytes than it may, its first ones having been looked at."""

    def __init__(
        self, label: str, head: bytes, file: IO[bytes], bound: int, whole: _Whole, size: int
    ) -> None:
        self._label, self._head, self._file = label, head, file
        self._bound, self._given, self._whole, self._size = bound, 0, whole, size

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises `DataBroken` beyond the bound, or where the packed file is damaged."""
        try:
            raw, self._head = (self._head or self._file.read(size)), b""
        except SPOILED as error:
            raise DataBroken(
                f"{self._label}: is cut off or damaged ({error}). Fetch the file again."
            ) from error
        self._given += len(raw)
        self._whole.left -= len(raw)
        if self._given > self._bound:
            raise DataBroken(f"{self._label}: unpacks to more than {self._bound:,} bytes; refused.")
        if self._whole.say and self._size > HARMLESS:
            self._whole.say("reading", min(self._given, self._size), max(self._size, self._given))
        return raw
