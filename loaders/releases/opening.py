"""Files as publishers hand them out: plain, gzipped, zipped, zips in zips; unpacked in memory, never beyond bounds."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path
from typing import IO, NamedTuple

from orgmap.graphmodel.errors import DataBroken

LARGEST = 2 * 1024**3
"""Bytes that may come out of one file: the whole register has 850 million."""

HELD = 256 * 1024 * 1024
"""Bytes that may come out of a file which is read as a whole: the largest, a table of patients by area, has a third."""

DEEPEST = 2
"""So deep may zips lie in one another: the whole register is a zip of zips."""

MOST_MEMBERS = 1_000
"""So many files may lie in a zip."""

SWELLING = 200
"""So many times its size may a packed file have unpacked, once that is more than `HARMLESS`."""

HARMLESS = 50 * 1024 * 1024

WORKBOOK = "xl/workbook.xml"
"""The part of a workbook that every workbook has."""

DOCUMENTS = frozenset(("[Content_Types].xml", "mimetype"))
"""Parts of which one is in every document that is a zip."""

BESIDE = "__MACOSX/"
"""The folder in which macOS keeps in a zip what it keeps beside files."""

HEAD = 4_096
"""So many bytes tell what a damaged zip was."""

SPOILED = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    zlib.error,
    LZMAError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What unpacking raises for what is cut off, damaged, locked, or packed in a way that nobody knows."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class UnpackedFile(NamedTuple):
    """One file, or one file out of a zip: what to call it in messages, and its bytes."""

    label: str
    raw: bytes
    file: str = ""
    """Its name without the folder in which it lies."""

    @property
    def called(self) -> str:
        """What a release remembers of its name."""
        return self.file or Path(self.label).name


def parts_of(path: Path) -> Iterator[UnpackedFile]:
    """What is in a file, unpacked. Nothing is written to disk, and no name inside a zip is used as a path.

    Raises `DataBroken` for what cannot be read, is cut off, is locked by a password, or swells beyond bounds.
    """
    try:
        with open(os.open(path, _OPEN), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise DataBroken(f"{path}: is not a plain file. Name a file.")
            if status.st_size > HELD:
                raise DataBroken(
                    f"{path}: has more than {HELD:,} bytes, and is no list of postcodes; refused."
                )
            raw = _bounded(file, HELD, str(path)) if status.st_size else b""
    except OSError as error:
        raise unreadable(str(path), error) from error
    if not raw:
        raise DataBroken(f"{path}: is empty. Fetch the file again.")
    yield from _unpacked(UnpackedFile(str(path), raw, path.name), 0, [HELD])


def mark_of(path: Path) -> tuple[int, int, int]:
    """What tells whether a file changes while it is read; nothing where it cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns


def unreadable(label: str, error: OSError) -> DataBroken:
    """What to say of a file that cannot be read."""
    return DataBroken(f"{label}: cannot be read ({error.strerror or error}). Name a file that you may read.")


def files_of(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in a zip, without what macOS keeps beside them."""
    return [one for one in packed.infolist() if not (one.is_dir() or one.filename.startswith(BESIDE))]


def members_of(packed: zipfile.ZipFile, label: str) -> list[zipfile.ZipInfo]:
    """The files in a zip. Raises `DataBroken` if there are too many, or two of one name: which counts is not known."""
    members = files_of(packed)
    if len(members) > MOST_MEMBERS:
        raise DataBroken(f"{label}: holds {len(members):,} files; refused.")
    twice = [name for name, count in Counter(one.filename for one in members).items() if count > 1]
    if twice:
        raise DataBroken(
            f"{label} ({twice[0][:80]}): stands in the zip twice. Unpack it, and load the right one."
        )
    return members


def _unpacked(part: UnpackedFile, depth: int, left: list[int]) -> Iterator[UnpackedFile]:
    """A part, or what is packed in it; `left` counts down how many bytes may still come out of the whole file."""
    label, raw, file_name = part
    if raw.startswith(b"\x1f\x8b"):
        if depth >= DEEPEST:
            raise DataBroken(f"{label}: is packed more than {DEEPEST} times over; refused.")
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            inside = _swelling(file, len(raw), label, left)
        yield from _unpacked(UnpackedFile(label, inside, file_name), depth + 1, left)
    elif raw.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not is_document(raw):
        if depth >= DEEPEST:
            raise DataBroken(f"{label}: is packed more than {DEEPEST} times over; refused.")
        yield from _zipped(part, depth, left)
    else:
        yield part


def is_document(raw: bytes) -> bool:
    """Whether a zip is one document, of Excel or of another program, and no box of files.

    >>> is_document(b"code,name")
    False
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return not DOCUMENTS.isdisjoint(packed.namelist())
    except SPOILED:
        return is_workbook(raw)


def is_workbook(raw: bytes) -> bool:
    """Whether a file is a workbook of Excel, which is a zip: it is read as a whole.

    >>> is_workbook(b"code,name")
    False
    """
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return WORKBOOK in packed.namelist()
    except SPOILED:
        return b"[Content_Types].xml" in raw[:HEAD]


def _zipped(part: UnpackedFile, depth: int, left: list[int]) -> Iterator[UnpackedFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(part.raw)) as packed:
            for member in members_of(packed, part.label):
                label = f"{part.label} ({member.filename[:80]})"
                if member.flag_bits & 1:
                    raise DataBroken(f"{label}: is locked with a password. Unpack it first.")
                with packed.open(member) as file:
                    inside = _swelling(file, member.compress_size, label, left)
                called = f"{part.called} ({member.filename[:80]})"
                yield from _unpacked(UnpackedFile(label, inside, called), depth + 1, left)
    except DataBroken:
        raise
    except SPOILED as error:
        raise DataBroken(f"{part.label}: is a damaged zip ({error}). Fetch the file again.") from error


def _swelling(file: IO[bytes] | gzip.GzipFile, packed: int, label: str, left: list[int]) -> bytes:
    """What a packed file holds, read no further than the bounds."""
    bound = min(left[0], max(HARMLESS, packed * SWELLING))
    try:
        raw = _bounded(file, bound, label)
    except DataBroken:
        raise
    except SPOILED as error:
        raise DataBroken(f"{label}: is cut off or damaged ({error}). Fetch the file again.") from error
    left[0] -= len(raw)
    return raw


def _bounded(file: IO[bytes] | gzip.GzipFile, bound: int, label: str) -> bytes:
    raw = file.read(bound + 1)
    if len(raw) > bound:
        raise DataBroken(f"{label}: unpacks to more than {bound:,} bytes; refused.")
    return raw
