"""A list of postcodes as a release that is kept: its day, its digest, and its rows packed as numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.kept import Coming, Release
from orgmap.loaders.releases.listings import day_said, old_for_its_day
from orgmap.loaders.releases.postcodes.reading import is_list, read_postcodes
from orgmap.loaders.releases.texts import told_name

_READ = 4 * 1024 * 1024


def list_coming(path: Path, as_of: str = "") -> tuple[Coming, tuple[str, ...]] | None:
    """The release that a list of postcodes makes, and what of its zip was passed over; None if the file is none.

    `as_of` is the day that the user says. Raises `DataBroken` if the list is damaged, or tells no day and none is said.
    """
    if not is_list(path):
        return None
    with ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(hash_of, path)
        contents = read_postcodes(path)
        if contents is None:
            return None
        from orgmap.loaders.releases.postcodes.columns import packed

        rows = packed(contents.listed)
        content = sha256(rows).hexdigest()
        file_hash = hashed.result()
    day = day_said(as_of, contents.as_of, str(path))
    if not day:
        raise DataBroken(
            f"{path}: does not tell of which day it is. Say it with --as-of DAY. Nothing was changed."
        )
    release = Release(
        release=f"{contents.form.format}-{day}-{content[:8]}",
        format=contents.form.format,
        as_of=day,
        horizon=max(day, contents.as_of),
        content=content,
        file=told_name(path.name),
        file_hash=file_hash,
        rows=len(contents.listed.keys),
        refused=len(contents.refused),
    )
    note = "; ".join(filter(None, [contents.note, old_for_its_day(as_of, contents.as_of)]))
    return Coming(release, rows, contents.refused, note), contents.passed_over


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, read block by block."""
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(_READ):
            found.update(block)
    return found.hexdigest()
