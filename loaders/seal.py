"""A digest of a built store in the store itself, by which any changed bit of it is found later.

To read all of a store takes as long as half an answer. So a question reads it all only if it was touched since it was
last read: beside it stands how the file system knew it then, and nothing can be written without changing that.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.stores.sqlite import SCHEMA_VERSION, SqliteStore, to_be_believed

BLANK = "0" * 64
"""Stands in the store until the digest takes its place, and is what the digest counts there."""

_KEY = b"digest"
_BLOCK = 1 << 20
_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""A pipe or a link in the place of the remark is none."""


def seal(path: Path) -> None:
    """Writes the digest of a store into it, where `BLANK` stands. Raises `DataBroken` if it stands nowhere."""
    place = _place(path, BLANK)
    if place is None:
        raise DataBroken(f"{path} cannot be sealed. Delete it and run orgmap build.")
    found = _digest(path, place)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(found.encode())


def as_built(path: Path) -> bool:
    """Whether a store is what was built: nobody touched it since it was last read whole, or it is read whole now."""
    now = _touched(path)
    if _remark(path) == now:
        return True
    if damage(path):
        return False
    with suppress(OSError):  # where nothing can be remarked the next question reads it all again
        file = os.open(_beside(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_WAITING, 0o644)
        try:
            os.write(file, now)
        finally:
            os.close(file)
    return True


def _touched(path: Path) -> bytes:
    """How the file system knows a file: which it is, how long, and when it was last written or otherwise touched."""
    status = path.stat()
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}\n".encode()


def _remark(path: Path) -> bytes:
    """How the file system knew a store when that was last read whole; blank if it never was."""
    try:
        file = os.open(_beside(path), os.O_RDONLY | _NO_WAITING)
    except OSError:
        return b""
    try:
        return os.read(file, 200)
    except OSError:
        return b""
    finally:
        os.close(file)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.whole")


def damage(path: Path) -> str:
    """What is wrong with a built store that was read from its first byte to its last; blank if nothing is.

    A file that is no store of this version, or that others may write, is not read: the next question builds it anew.
    """
    if not path.exists() or not to_be_believed(path.stat()):
        return ""
    try:
        with SqliteStore(path) as store:
            version, digest = store.meta("fingerprint") or "", store.meta("digest")
    except sqlite3.Error as error:
        return f"{error}"
    if digest is None:  # of an older version, unless the change hides even that
        return "its digest is gone" if version.partition("\n")[0] in ("", SCHEMA_VERSION) else ""
    place = _place(path, digest)
    if place is None or _digest(path, place) != digest:
        return "it is not what was built"
    return ""


def _place(path: Path, digest: str) -> int | None:
    """Where the digest stands in the file: right behind the word for it."""
    wanted, before, kept = _KEY + digest.encode(), 0, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found = (kept + block).find(wanted)
            if found >= 0:
                return before - len(kept) + found + len(_KEY)
            before += len(block)
            kept = (kept + block)[-len(wanted) :]
    return None


def _digest(path: Path, place: int) -> str:
    """The digest of a file's bytes, with `BLANK` in the place of the digest itself."""
    from hashlib import blake2b

    digest = blake2b(digest_size=len(BLANK) // 2)
    with path.open("rb") as file:
        digest.update(file.read(place) + BLANK.encode())
        file.seek(place + len(BLANK))
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
