"""Loading published files: read first, tried on the tables, and kept only if everything holds. All or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import parse_day, today
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.check import messages
from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.areas.history import history_coming
from orgmap.loaders.releases.areas.reading import lookup_coming
from orgmap.loaders.releases.areas.tally import LookupTally
from orgmap.loaders.releases.fold import Remark, Tally
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.kept import (
    Coming,
    Loaded,
    Release,
    coming,
    keep,
    kept,
    kept_with_rows,
    locked,
    remove,
)
from orgmap.loaders.releases.listings import FIRST_OF_A_BODY, Contents, read_register
from orgmap.loaders.releases.lists.exported import contents_of_export
from orgmap.loaders.releases.lists.practice_maps import contents_of_map
from orgmap.loaders.releases.lists.registered import counts_coming
from orgmap.loaders.releases.lists.sheets import contents_of_workbook
from orgmap.loaders.releases.live_register.files import contents_of_records
from orgmap.loaders.releases.opening import UnpackedFile, is_workbook, mark_of, parts_of
from orgmap.loaders.releases.org_tables import ORGTABLES, bodies_of_tables, is_parquet
from orgmap.loaders.releases.postcodes.folding import PostcodeTally
from orgmap.loaders.releases.postcodes.release import list_coming
from orgmap.loaders.releases.whole.opened import build_registers, forget_register
from orgmap.loaders.releases.whole.release import WholeRelease
from orgmap.loaders.releases.whole.streams import Step

EXAMPLES = 3
"""So many rows of each table are named where it is told what changes."""

_FACTS = ("entities", "names", "identifiers", "locations", "relationships", "list_sizes")


class TableChange(NamedTuple):
    """What becomes otherwise in one table: how many rows come, become others and go, and some by their keys."""

    table: str
    new: int
    changed: int
    gone: int
    examples: tuple[str, ...]


class Loading(NamedTuple):
    """What came of files: the releases that are new and those that were kept already, what was passed over in zips,
    what changes in the tables, and what of the files did not count."""

    new: tuple[Coming, ...]
    there: tuple[Release, ...]
    passed_over: tuple[str, ...]
    changes: tuple[TableChange, ...]
    remarks: tuple[Remark, ...]
    tallies: dict[str, Tally]
    of_postcodes: dict[str, PostcodeTally]
    of_lookups: dict[str, LookupTally]


def load_files(
    data: Path, files: Iterable[Path], as_of: str = "", dry_run: bool = False, say: Step | None = None
) -> Loading:
    """Loads published files onto the tables in `data`; with `dry_run` only tells what would change.

    `as_of` says up to which day a file knows, where that is later than its content shows; `say` is told how far the
    reading of large files has come. Raises `DataBroken` with file
    and line for what is not recognised, damaged, or would make the tables contradict themselves; `WrongUse` for a day
    that is still to come, or said of several files at once. Nothing has changed then.
    """
    files = list(files)
    day = _day(as_of, files)
    with locked(dry_run) as folder, closing(WholeRelease(folder, say)) as whole:
        held = kept_with_rows()
        read = _read(files, day, {one.release.key: one.release for one in held}, whole)
        return _kept(data, held, read, dry_run)


def load_contents(
    data: Path,
    contents: Iterable[Contents],
    name: str,
    raw: bytes,
    dry_run: bool,
    passed_over: tuple[str, ...] = (),
) -> Loading:
    """Loads what was read already, under a name; `raw` is what it was read from. Raises as `load_files` does."""
    with locked(dry_run):
        held = kept_with_rows()
        there = {one.release.release: one.release for one in held}
        releases = [coming(one, name, raw) for one in contents]
        new = tuple(one for one in releases if one.release.release not in there)
        already = tuple(one.release for one in releases if one.release.release in there)
        return _kept(data, held, Loading(new, already, passed_over, (), (), {}, {}, {}), dry_run)


def _kept(data: Path, held: list[Loaded], loading: Loading, dry_run: bool) -> Loading:
    """Tries new releases on the tables, and keeps them if everything holds."""
    if not loading.new:
        return loading
    before = _facts_of(Tables.of_folder(data, held))
    after = _tried(data, [*held, *(one.loaded() for one in loading.new)])
    if not dry_run:
        keep(loading.new)
        build_registers(one.release for one in loading.new)
    ours = {one.release.release for one in loading.new}
    remarks = tuple(one for one in after.remarks if one.release.release in ours)
    return loading._replace(
        changes=tuple(differences(before, after)),
        remarks=remarks,
        tallies=after.tallies,
        of_postcodes=after.of_postcodes,
        of_lookups=after.of_lookups,
    )


def remove_release(name: str) -> Release:
    """Takes a release away. Raises `WrongUse` if there is none of that name."""
    if name not in {one.release for one in kept()}:
        raise _no_release(name)
    with locked():
        gone = remove(name)
    if not gone:
        raise _no_release(name)
    forget_register(gone)
    return gone


def _no_release(name: str) -> WrongUse:
    releases = [one.release for one in kept()]
    found = [one for one in releases if name and one.startswith(name)]
    said = (
        f"“{name[:80]}” is not the whole name of a loaded release. Which one?"
        if found
        else (f"There is no loaded release {name[:80]}. Loaded:")
    )
    return WrongUse(f"{said} {', '.join(found or releases) or 'none'}.")


def _day(as_of: str, files: list[Path]) -> str:
    if not as_of.strip():
        return ""
    day = parse_day(as_of)
    if len(files) > 1:
        raise WrongUse("--as-of is said of one file: load them one by one.")
    if day > today():
        raise WrongUse(f"No file can know what is so on {day}: that day is still to come.")
    return day


def _read(files: list[Path], as_of: str, kept: dict[str, Release], whole: WholeRelease) -> Loading:
    new: dict[str, Coming] = {}
    there: list[Release] = []
    passed_over: list[str] = []
    tables: list[UnpackedFile] = []

    def take_one(release: Coming) -> None:
        if already := _already(release.release, kept, as_of):
            there.append(already)
        else:
            new.setdefault(release.release.key, release)

    def take(contents: Iterable[Contents], part: UnpackedFile) -> None:
        for each in contents:
            take_one(coming(each, part.name, part.raw, as_of))

    marks = {path: mark_of(path) for path in files}
    for path in files:
        # What was loaded from one file may be half of what is loaded now from two.
        if (known := whole.read_file(path, kept.values() if len(files) == 1 else ())) is not None:
            there += [_already(one, kept, as_of) or one for one in known]
            continue
        if listed := list_coming(path, as_of):
            take_one(listed[0])
            passed_over += listed[1]
            continue
        understood = False
        for part in parts_of(path):
            if is_parquet(part.raw):
                tables.append(part)
                understood = True
            elif look := lookup_coming(part, as_of) or history_coming(part, as_of):
                take_one(look)
                understood = True
            elif counted := counts_coming(part, as_of):
                for one in counted:
                    take_one(one)
                understood = True
            elif contents := _contents(part):
                take(contents, part)
                understood = True
            else:
                passed_over.append(part.label)
        if not understood:
            raise _not_known(str(path))
    if tables:
        found, others = bodies_of_tables(tables)
        passed_over += [part.label for part in others]
        if found:
            digest = sha256()
            for part in tables:
                digest.update(part.raw)
            tables.clear()
            whole.read_tables(*found, digest.hexdigest(), ORGTABLES)
        elif not new and not there:
            raise _not_known(tables[0].label)
    for release in whole.coming(as_of):
        take_one(release)
    passed_over += whole.passed_over
    if odd := next((path for path, mark in marks.items() if mark_of(path) != mark), None):
        raise DataBroken(f"{odd}: changed while it was read. Run the command again when it is whole.")
    return Loading(tuple(new.values()), tuple(there), tuple(passed_over), (), (), {}, {}, {})


def _not_known(label: str) -> DataBroken:
    known = "; ".join(form.title for form in formats().values())
    return DataBroken(f"{label}: is none of the files that can be loaded ({known}). Nothing was changed.")


def _contents(part: UnpackedFile) -> list[Contents]:
    """What a file says, register by register; nothing if it is no file that can be loaded."""
    if is_workbook(part.raw):
        return contents_of_workbook(part.raw, part.label)
    if listed := contents_of_export(part.raw, part.label) or contents_of_records(part.raw, part.label):
        return listed
    if mapped := contents_of_map(part.raw, part.label):
        return mapped
    contents = read_register(part.raw, part.label)
    return [contents] if contents else []


def _already(release: Release, kept: dict[str, Release], as_of: str) -> Release | None:
    """The kept release of the same content. Raises `DataBroken` and `WrongUse` for a day that cannot be."""
    if release.as_of < FIRST_OF_A_BODY:
        raise DataBroken(
            f"{release.file}: tells nothing after {release.as_of}, before all bodies. Fetch the file again."
        )
    if release.as_of > today():
        raise DataBroken(
            f"{release.file}: is of {release.as_of}, or tells closures up to that day, which is still to come."
            " Say with --as-of up to which day it knows."
        )
    already = kept.get(release.key)
    if already and as_of and as_of != already.as_of:
        raise WrongUse(
            f"{release.file} is loaded already as {already.release}. To give it another day:"
            f" orgmap load --remove {already.release}, then load it again."
        )
    return already


def _facts_of(tables: Tables) -> Tables:
    """The tables without those that are not compared, which are the largest."""
    tables.files = {table: tables.files[table] for table in _FACTS}
    return tables


def _tried(data: Path, releases: list[Loaded]) -> Tables:
    tables = Tables.of_folder(data, releases)
    if found := messages(data, tables):
        raise DataBroken(
            f"{found[0]} Nothing was changed: with these files the tables would contradict themselves."
        )
    return tables


def differences(before: Tables, after: Tables) -> Iterator[TableChange]:
    """What is otherwise in the tables of facts."""
    for table in _FACTS:
        was, now = set(before.text(table)), set(after.text(table))
        keys = [TABLES[table].columns.index(column) for column in TABLES[table].key]
        gone = {tuple(row[at] for at in keys) for row in was - now}
        come = {tuple(row[at] for at in keys) for row in now - was}
        if gone or come:
            examples = [" ".join(filter(None, key)) for key in sorted(come or gone)[:EXAMPLES]]
            yield TableChange(table, len(come - gone), len(come & gone), len(gone - come), tuple(examples))
