"""Writing results to where people want them: a file whole or not at all, and never a file in place of a device."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from orgmap.graphmodel.errors import DataBroken, WrongUse

STANDARD = Path("-")
"""What people type for standard input and standard output."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_DESCRIPTORS = re.compile(r"/dev/fd|/proc/(self|[0-9]+)(/task/[0-9]+)?/fd")
_LINKS = 40
STDOUT = 1
"""Standard output's number among the open files of a process."""


@contextmanager
def writing(target: Path) -> Iterator[TextIO]:
    """A text to write, in UTF-8: a file takes its name only when it is whole, other things are written through.

    `target` is a file, a device, a named pipe, a shell's `>(command)` or `-` for standard output. A file that is
    there keeps its mode and stays as it was if anything fails. Raises `WrongUse` if the target cannot be written at
    all, `DataBroken` if it cannot be written to its end.
    """
    passage = _passage(target)
    if passage == STDOUT:
        with _standard_output() as out:
            yield out
    elif passage is not None:
        with _told(target), open(_opened(passage, target), "w", encoding="utf-8", newline="") as out:
            yield out
    else:
        with (
            _replacing(target) as (_, fresh),
            open(fresh, "w", encoding="utf-8", newline="", closefd=False) as out,
        ):
            yield out


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A new empty file for a writer that wants a name: at the end it becomes the target, or is copied through to it.

    See `writing`, whose errors it raises.
    """
    if _passage(target) is None:
        with _replacing(target) as (part, _):
            yield part
        return
    with copies_aside() as folder:
        part = folder / "part"
        with room_for_copies():
            part.touch()
            yield part
        with part.open(encoding="utf-8", newline="") as written, writing(target) as out:
            shutil.copyfileobj(written, out)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A new empty folder that takes its name only when it is whole. Raises `WrongUse` if there is something already."""
    if target == STANDARD:
        raise WrongUse("Several files cannot go to standard output: name a folder.")
    try:
        target = Path(os.path.realpath(target))
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error
    part = _beside(target)
    try:
        try:
            if _is_there(target) and (not target.is_dir() or any(target.iterdir())):
                raise WrongUse(
                    f"{target} is there already. Name a folder that is not there yet, or an empty one."
                )
            part.mkdir()
        except (OSError, ValueError) as error:
            raise _refused(target, error) from error
        with _told(target):
            yield part
            if target.exists():
                target.rmdir()
            os.replace(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def copies_aside() -> Iterator[Path]:
    """A folder for copies on the way, gone afterwards. Raises `DataBroken` if there is no room for them."""
    with room_for_copies():
        folder = tempfile.TemporaryDirectory(prefix="orgmap-")
    with folder as name:
        yield Path(name)


@contextmanager
def room_for_copies() -> Iterator[None]:
    """What the system refuses while a copy is written, told as that: neither source nor target is to blame."""
    try:
        yield
    except OSError as error:
        raise DataBroken(
            f"There is no room for a copy in the folder for temporary files ({_reason(error)})."
            " Make room, or name another folder in TMPDIR."
        ) from error


def _is_there(target: Path) -> bool:
    try:
        os.lstat(target)
    except FileNotFoundError:
        return False
    return True


def _passage(target: Path) -> int | Path | None:
    """What is written through: an open file of this process by its number, or what is no file; None for a file."""
    if target == STANDARD:
        return STDOUT
    try:
        if (own := _own_descriptor(target)) is not None:
            return own
        status = os.stat(target)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise WrongUse(f"{target} is a folder. Name a file.")
    return None if stat.S_ISREG(status.st_mode) else target


def _opened(passage: int | Path, target: Path) -> int:
    try:
        if isinstance(passage, int):
            return os.dup(passage)
        return os.open(passage, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        raise _refused(target, error) from error


def _own_descriptor(target: Path) -> int | None:
    """The number of this process's open file that a name such as `/dev/stdout` or `/dev/fd/63` stands for."""
    hop = os.fspath(target)
    for _ in range(_LINKS):
        folder, name = os.path.split(os.path.abspath(hop))
        folder = os.path.realpath(folder)
        found = _DESCRIPTORS.fullmatch(folder)
        if found and name.isdigit() and found.group(1) in (None, "self", str(os.getpid())):
            return int(name)
        hop = os.path.join(folder, name)
        if not os.path.islink(hop):
            break
        hop = os.path.join(folder, os.readlink(hop))
    return None


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output in UTF-8, whatever the terminal's letters are; on a terminal as words are shown there."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None or sys.stdout.isatty():
        yield sys.stdout
        return
    out = TextIOWrapper(raw, encoding="utf-8", newline="", write_through=False)
    try:
        yield out
        out.flush()
    finally:
        with suppress(OSError, ValueError):
            out.detach()


@contextmanager
def _replacing(target: Path) -> Iterator[tuple[Path, int]]:
    """A new file beside the target, by name and descriptor, which takes its place at the end or is taken away."""
    try:
        final = Path(os.path.realpath(target))
    except OSError as error:
        raise _refused(target, error) from error
    part = _beside(final)
    try:
        try:
            old = os.stat(final) if final.exists() else None
            if old and not os.access(final, os.W_OK):
                raise PermissionError(13, os.strerror(13))
            fresh = os.open(part, _NEW, 0o600 if old else 0o666)
        except (OSError, ValueError) as error:
            raise _refused(target, error) from error
        with _told(target):
            try:
                yield part, fresh
                if old:
                    _as_it_was(part, old)
            finally:
                os.close(fresh)
            os.replace(part, final)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _as_it_was(part: Path, old: os.stat_result) -> None:
    """Gives a file the owner and the mode of the one that it replaces, as far as one may."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(part, old.st_uid, old.st_gid)
    os.chmod(part, stat.S_IMODE(old.st_mode))


def _beside(target: Path) -> Path:
    """A name in the same folder that nobody can guess, and that is short however long the target's is."""
    return target.parent / f".orgmap-{os.urandom(16).hex()}.part"


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What the system refuses while a target is written, as an error that people can read."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read the pipe has had enough: that is no error
    except OSError as error:
        raise DataBroken(f"{target} cannot be written: {_reason(error)}. Nothing was changed.") from error


def _refused(target: Path, error: OSError | ValueError) -> WrongUse:
    return WrongUse(f"{target} cannot be written: {_reason(error)}.")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
