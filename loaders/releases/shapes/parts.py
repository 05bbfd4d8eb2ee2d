"""What releases a file makes: which of the readers understands it, in whatever shape it came."""

from __future__ import annotations

from hashlib import sha256

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.areas.history import history_coming
from orgmap.loaders.releases.areas.reading import lookup_coming
from orgmap.loaders.releases.kept import Coming, coming
from orgmap.loaders.releases.listings import Contents, read_register
from orgmap.loaders.releases.lists.exported import contents_of_export
from orgmap.loaders.releases.lists.practice_maps import contents_of_map
from orgmap.loaders.releases.lists.registered import counts_coming
from orgmap.loaders.releases.lists.sheets import contents_of_workbook
from orgmap.loaders.releases.live_register.files import contents_of_records
from orgmap.loaders.releases.opening import UnpackedFile, is_workbook
from orgmap.loaders.releases.shapes.odd_files import likeness, odd_file
from orgmap.loaders.releases.shapes.recast import recast

BEGIN, SHOWN = 2_000, 60
"""So many bytes of a file that is not known are looked at, and so many letters of it are shown."""


def releases_in(part: UnpackedFile, as_of: str = "") -> list[Coming]:
    """The releases that a file makes, register by register and day by day; none if it is none that can be loaded.

    Raises `DataBroken` with file and line for one that is damaged, or whose day is not known.
    """
    if contents := _whole(part):
        return [coming(one, part.called, part.raw, as_of) for one in contents]
    digest = sha256(part.raw).hexdigest()
    return [
        one._replace(release=one.release._replace(file_hash=digest))
        for table in recast(part)
        for one in _in_table(table, as_of)
    ]


def _whole(part: UnpackedFile) -> list[Contents]:
    """What a file says that is read as it is: a workbook of lists, records in JSON."""
    if is_workbook(part.raw):
        return contents_of_workbook(part.raw, part.label)
    return contents_of_export(part.raw, part.label) or contents_of_records(part.raw, part.label)


def _in_table(table: UnpackedFile, as_of: str) -> list[Coming]:
    """The releases that a table in letters makes."""
    if one := lookup_coming(table, as_of) or history_coming(table, as_of):
        return [one]
    if counted := counts_coming(table, as_of):
        return counted
    mapped = contents_of_map(table.raw, table.label, as_of)
    listed = None if mapped else read_register(table.raw, table.label)
    return [coming(each, table.called, table.raw, as_of) for each in (mapped or ([listed] if listed else []))]


def not_loaded(parts: list[UnpackedFile], label: str) -> DataBroken:
    """What to say of a file of whose parts none was understood: what it is, and what to do."""
    for part in parts:
        if odd := odd_file(part.raw):
            return DataBroken(f"{part.label}: {odd} Nothing was changed.")
    for part in parts:
        alike = (likeness(table.raw, part.called) for table in (*recast(part), part))
        if like := next(filter(None, alike), ""):
            said = f"is none of the files that can be loaded. {like} Nothing was changed."
            return DataBroken(f"{part.label}: {said}")
    return DataBroken(
        f"{label}: is none of the files that can be loaded.{_begin(parts)} docs/how-to/newer-registers.md has a table"
        " of those that can, orgmap load --help names the usual ones. Nothing was changed."
    )


def _begin(parts: list[UnpackedFile]) -> str:
    """How the first of these files begins, if that can be shown."""
    raw = parts[0].raw[:BEGIN] if parts else b""
    first = next(iter(raw.decode("utf-8", "replace").splitlines()), "")[:SHOWN]
    return f" It begins with “{first}”." if first and first.isprintable() else ""
