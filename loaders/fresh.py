"""Whether a built store still is that of its tables: told from names, sizes and times, and read only in doubt."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import orgmap.graphmodel
from orgmap.graphmodel.errors import DataBroken, StoreDamaged
from orgmap.graphmodel.stores.sealed import read_whole
from orgmap.graphmodel.stores.sqlite import SCHEMA_VERSION, SqliteStore, to_be_believed
from orgmap.graphmodel.term_tables import laid_over
from orgmap.loaders.dataset import CURATED
from orgmap.loaders.releases.home import release_list


class Marks(NamedTuple):
    """What tells tables from others without reading them."""

    fingerprint: str
    """Every file's name, size and time of change, and the schema."""
    stamps: str
    """Every file's number in its file system and the time at which that was touched, which nobody can set back."""


def marks(data: Path) -> Marks:
    """The marks of the tables in a folder; nothing is read. Raises `DataBroken` if one cannot be looked at."""
    names, stamps = [SCHEMA_VERSION], []
    try:
        names += [folder.name for folder in _folders(data)]
        names += [folder.name for folder in laid_over()]
        for file in [*_files(data), *_releases()]:
            status = file.stat()
            names.append(f"{file.name} {status.st_size} {status.st_mtime_ns}")
            stamps.append(f"{status.st_ino} {status.st_ctime_ns}")
    except OSError as error:
        raise DataBroken(
            f"{error.filename or data}: cannot be read ({error.strerror}). Restore it."
        ) from error
    # A file's name may be no text; what stands for it must be, to be kept in the store.
    text = "\n".join(names).encode("utf-8", "backslashreplace").decode()
    return Marks(text, "\n".join(stamps))


def fingerprint(data: Path) -> str:
    """Changes when a table or the schema changes: every file's name, size and time; nothing is read."""
    return marks(data).fingerprint


def contents(data: Path) -> str:
    """A digest of all that stands in the tables and the schema. Raises `DataBroken` if one cannot be read."""
    from hashlib import blake2b

    digest = blake2b(digest_size=32)
    for file in [*_files(data), *_releases()]:
        try:
            if not file.is_file():
                raise OSError("it is not a file")
            raw = Path(file.path).read_bytes()
        except OSError as error:
            raise DataBroken(
                f"{file.path}: cannot be read ({error.strerror or error}). Restore it from the repository."
            ) from error
        digest.update(f"{file.name} {len(raw)}\n".encode("utf-8", "surrogateescape"))
        digest.update(raw)
    return digest.hexdigest()


def fresh_store(path: Path, data: Path, wanted: Marks) -> SqliteStore | None:
    """The store in a file, if it is whole and built from just these tables; None else.

    Tables that were only moved, copied or linked have other stamps; then what stands in them tells.
    """
    store = SqliteStore.if_whole(path, wanted.fingerprint)
    if store is None or store.meta("stamps") == wanted.stamps or store.meta("contents") == contents(data):
        return store
    store.close()
    return None


def damage(path: Path) -> str:
    """What is wrong with a built store that was read from its first byte to its last; blank if nothing is.

    A file that others may write is not read: the next question builds it anew.
    """
    if not path.exists() or not to_be_believed(path.stat()):
        return ""
    try:
        read_whole(path)
    except StoreDamaged as error:
        return str(error)
    return ""


def _folders(data: Path) -> list[os.DirEntry[str]]:
    """Every folder of tables. What people write is compiled into these: nothing is built from it itself."""
    return sorted(
        (entry for entry in os.scandir(data) if entry.is_dir() and entry.name != CURATED), key=_name
    )


def _files(data: Path) -> list[os.DirEntry[str]]:
    """Every file of the tables, folder by folder, of those laid over them, and of the schema."""
    files = [file for folder in _folders(data) for file in sorted(os.scandir(folder), key=_name)]
    if over := laid_over():
        from orgmap.loaders.own.folder import table_files

        files += [file for folder in over for file in table_files(folder)]
    model = Path(orgmap.graphmodel.__file__).parent
    schema = [file for file in os.scandir(model) if file.name.endswith(".sql")]
    schema += os.scandir(model / "terms")
    return [*files, *sorted(schema, key=_name)]


def _releases() -> list[os.DirEntry[str]]:
    """The list of the releases that the user keeps: it names what is in them by digests."""
    path = release_list()
    return [file for file in os.scandir(path.parent) if file.name == path.name] if path else []


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
