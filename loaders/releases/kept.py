"""Releases that a user loaded: kept normalised in a folder of the user's, listed in one file that is replaced whole.

A release counts from the moment when the list names it, and no longer when it does not: whatever happens while one is
written, the list is the old one or the new one. What lies beside and is not in the list is swept away by the next load.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryDirectory
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.home import LIST, VARIABLE, home
from orgmap.loaders.releases.listings import (
    Contents,
    RefusedRow,
    RegisterRow,
    day_said,
    is_a_day,
    old_for_its_day,
    rows_as_text,
    rows_from_text,
)
from orgmap.loaders.releases.opening import UnpackedFile
from orgmap.loaders.releases.texts import told_name

KEPT = "kept"
ROWS, REFUSED = "rows.csv.gz", "refused.csv"
WHOLE_ROWS = "register.jsonl.gz"
"""The rows of a release of the whole register."""

_SHAPE = 1
"""Grows when what is kept is written otherwise."""


class Release(NamedTuple):
    """One edition of a publisher's file as it is kept: which format, up to when it knows, where it came from.

    `content` is a digest of the rows: the same file in another wrapping is the same release. `file_hash` is that of the
    bytes of the file, to find it again.
    """

    release: str
    format: str
    as_of: str
    horizon: str
    content: str
    file: str
    file_hash: str
    rows: int
    refused: int
    by: str = ""
    """The format of the file, where that holds several registers, of which this is one."""

    @property
    def family(self) -> PublishedFormat:
        """The format of the file."""
        return formats()[self.by or self.format]

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole register, in which bodies are looked up, and no list that is folded in."""
        return bool(formats()[self.format].registers)

    @property
    def source(self) -> str:
        """The id under which facts cite it."""
        return f"{self.family.source}-{self.release.removeprefix(f'{self.family.format}-')}"

    @property
    def order(self) -> tuple[str, str, str]:
        """What comes before what, whichever was loaded first."""
        return self.as_of, self.horizon, self.key

    @property
    def key(self) -> str:
        """What tells it from every other: its content, and of which format that is."""
        return f"{self.content} {self.by} {self.format}"


class Loaded(NamedTuple):
    """A release with the way to its rows and to those refused, which are read when they are needed."""

    release: Release
    listed: Callable[[], list[RegisterRow]]
    raw: Callable[[], bytes] = bytes
    """The same as it is kept: what is no list of bodies is read from this."""
    refused: Callable[[], Sequence[RefusedRow]] = tuple


class Coming(NamedTuple):
    """A release that is to be kept, with what is in it."""

    release: Release
    rows: bytes
    refused: tuple[RefusedRow, ...]
    note: str
    file: Path | None = None
    """Where the rows lie already, packed, if they are many."""

    def loaded(self) -> Loaded:
        """The release with its rows, as if it were kept already."""
        return Loaded(self.release, lambda: _listed(self.rows), lambda: self.rows, lambda: self.refused)


def kept() -> tuple[Release, ...]:
    """The releases that count, in order of the days up to which they know.

    Raises `DataBroken` if the list cannot be read: a graph without what was loaded would be a wrong one.
    """
    path = home() / LIST
    try:
        raw = _plain(path)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise DataBroken(f"{path}: cannot be read ({error.strerror or error}).") from error
    try:
        read = json.loads(raw)
        if isinstance(read["shape"], int) and read["shape"] > _SHAPE:
            raise DataBroken(
                f"{path}: is written by a newer version of this program. Upgrade it, or name another folder in"
                f" {VARIABLE}."
            )
        if read["shape"] != _SHAPE:
            raise ValueError(f"shape {read['shape']}")
        found = [Release(**one) for one in read["releases"]]
        if odd := next((one for one in found if not _is_sound(one)), None):
            raise ValueError(f"“{str(odd.release)[:60]}” is no release that it knows")
        if len({one.release for one in found}) < len(found):
            raise ValueError("it names a release twice")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DataBroken(
            f"{path}: is not the list of loaded releases that this program writes ({error})."
            " Restore it, or take it away and load the files again."
        ) from error
    return tuple(sorted(found, key=lambda one: one.order))


def _plain(path: Path) -> bytes:
    """What is in a file. Raises `OSError` for a pipe or a device, which may have no end."""
    if not S_ISREG(path.stat().st_mode):
        raise OSError("it is no plain file")
    return path.read_bytes()


def _is_sound(release: Release) -> bool:
    """Whether a release that the list names is one: all its cells are of their sort, and its name is no path."""
    texts, numbers = release[:7] + release[9:], release[7:9]
    return (
        all(isinstance(one, str) for one in texts)
        and all(isinstance(one, int) and one >= 0 for one in numbers)
        and release.format in formats()
        and (not release.by or release.by in formats())
        and release.release == _name(release.by, release.format, release.as_of, release.content)
        and is_a_day(release.as_of)
        and is_a_day(release.horizon)
    )


def _name(by: str, form: str, day: str, content: str) -> str:
    return f"{f'{by}-' if by else ''}{form}-{day}-{content[:8]}"


def kept_with_rows() -> list[Loaded]:
    """The releases that count, each with the way to its rows."""
    return [
        Loaded(one, partial(listed_of, one), partial(raw_of, one), partial(refused_of, one)) for one in kept()
    ]


def rows_path(release: Release) -> Path:
    """The file with the rows of a kept release."""
    return home() / KEPT / release.release / (WHOLE_ROWS if release.is_whole else ROWS)


def listed_of(release: Release) -> list[RegisterRow]:
    """The rows of a kept release. Raises `DataBroken` if they are not those that were loaded, `WrongUse` for a whole
    register, which has none: the registers in it are releases of their own."""
    if release.is_whole:
        raise WrongUse(
            f"{release.release} is the whole register, which is looked up body by body (orgmap show CODE)."
            " Name one of the registers in it: orgmap load --list."
        )
    return _listed(raw_of(release))


def raw_of(release: Release) -> bytes:
    """What is kept of a release. Raises `DataBroken` if it is not what was loaded."""
    path = rows_path(release)
    try:
        raw = gzip.decompress(_plain(path))
    except (OSError, EOFError, zlib.error) as error:
        raise DataBroken(f"{path}: {_damaged(release)}") from error
    if sha256(raw).hexdigest() != release.content:
        raise DataBroken(f"{path}: {_damaged(release)}")
    return raw


def refused_path(release: Release) -> Path:
    """The file with the rows of a kept release that were refused, each with its line and the reason."""
    return home() / KEPT / release.release / REFUSED


def refused_of(release: Release) -> list[RefusedRow]:
    """The rows of a file that were refused. Raises `DataBroken` if they cannot be read."""
    path = refused_path(release)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
        return [RefusedRow(int(line), code, reason) for line, code, reason in rows]
    except (OSError, ValueError, csv.Error) as error:
        raise DataBroken(f"{path}: {_damaged(release)}") from error


def _damaged(release: Release) -> str:
    return f"the kept release is damaged. Run orgmap load --remove {release.release}, then load {release.file} again."


def _listed(raw: bytes) -> list[RegisterRow]:
    return list(rows_from_text(csv.reader(io.StringIO(raw.decode(), newline=""))))


def coming(contents: Contents, file: str, raw: bytes, as_of: str = "") -> Coming:
    """The release that a file's contents make; `as_of` is said by the user where it is newer than its content shows."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows_as_text(contents.listed))
    rows = text.getvalue().encode()
    content = sha256(rows).hexdigest()
    day = day_said(as_of, contents.as_of, file)
    if not day:
        raise DataBroken(
            f"{file}:1: tells no day up to which it knows. Say it with --as-of DAY. Nothing was changed."
        )
    register, file = contents.format.format, told_name(file)
    name = _name(contents.by, register, day, content)
    release = Release(
        release=name,
        format=register,
        as_of=day,
        horizon=max(day, contents.horizon),
        content=content,
        file=file,
        file_hash=sha256(raw).hexdigest(),
        rows=len(contents.listed),
        refused=len(contents.refused),
        by=contents.by,
    )
    notes = [contents.note, old_for_its_day(as_of, contents.as_of)]
    return Coming(release, rows, tuple(contents.refused), "; ".join(filter(None, notes)))


def coming_of_a_day(
    form: str,
    day: str,
    part: UnpackedFile,
    rows: bytes,
    number: int,
    refused: Sequence[RefusedRow],
    note: str,
) -> Coming:
    """The release of rows that are written already and know what they know to one day alone."""
    content = sha256(rows).hexdigest()
    release = Release(
        release=_name("", form, day, content),
        format=form,
        as_of=day,
        horizon=day,
        content=content,
        file=told_name(part.called),
        file_hash=sha256(part.raw).hexdigest(),
        rows=number,
        refused=len(refused),
    )
    return Coming(release, rows, tuple(refused), note)


@contextmanager
def locked(dry_run: bool = False) -> Iterator[Path]:
    """Only one load at a time: another waits. Gives a folder for what is gathered: that of the releases, or with
    `dry_run` one that goes again, and where nothing was ever loaded nothing is left. Raises `DataBroken` if the folder
    cannot be written."""
    from filelock import FileLock

    folder = home()
    lock = folder / f"{LIST}.lock"
    try:
        if dry_run:
            alone = FileLock(lock) if os.access(lock, os.W_OK) else nullcontext()
            with TemporaryDirectory(prefix="orgmap-") as beside, alone:
                yield Path(beside)
            return
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(lock):
            yield folder
    except OSError as error:
        raise DataBroken(
            f"Releases cannot be kept in {folder} ({error.strerror or error})."
            f" Make room or name another folder in {VARIABLE}. Nothing was changed."
        ) from error


def keep(new: Iterable[Coming]) -> None:
    """Keeps releases beside those that are there: all or none. To be called while `locked`."""
    new = list(new)
    _sweep()
    for one in new:
        _write(one)
    listed = {release.release: release for release in (*kept(), *(one.release for one in new))}
    _list(listed.values())


def remove(name: str) -> Release | None:
    """Takes a release away; None if there is none of that name. To be called while `locked`."""
    there = {release.release: release for release in kept()}
    gone = there.pop(name, None)
    if gone:
        _list(there.values())
        _sweep()
    return gone


def _write(new: Coming) -> None:
    target = rows_path(new.release).parent
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    if new.file:
        with new.file.open("rb") as there:
            os.fsync(there.fileno())
        os.replace(new.file, beside / WHOLE_ROWS)
    else:
        packed = io.BytesIO()
        with gzip.GzipFile("", "wb", 6, packed, mtime=0) as file:
            file.write(new.rows)
        _to_disk(beside / ROWS, packed.getvalue())
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([RefusedRow._fields, *new.refused])
    _to_disk(beside / REFUSED, text.getvalue().encode())
    shutil.rmtree(target, ignore_errors=True)
    os.replace(beside, target)


def _list(releases: Iterable[Release]) -> None:
    releases = list(releases)
    if not releases:
        (home() / LIST).unlink(missing_ok=True)
        return
    listed = [one._asdict() for one in sorted(releases, key=lambda one: one.order)]
    path = home() / LIST
    beside = path.with_name(f"{LIST}.{os.getpid()}.part")
    _to_disk(beside, json.dumps({"shape": _SHAPE, "releases": listed}, indent=1).encode())
    os.replace(beside, path)


def _to_disk(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sweep() -> None:
    """Takes away what an earlier load that was killed left behind."""
    named = {release.release for release in kept()}
    folder = home() / KEPT
    for left in folder.iterdir() if folder.exists() else ():
        if left.name not in named:
            shutil.rmtree(left, ignore_errors=True)
    for part in home().glob(f"{LIST}.*.part"):
        part.unlink(missing_ok=True)
