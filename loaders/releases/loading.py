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
from orgmap.loaders.releases.areas.tally import LookupTally
from orgmap.loaders.releases.between import release_called
from orgmap.loaders.releases.fold import Remark, Tally
from orgmap.loaders.releases.kept import Coming, Loaded, Release, coming, keep, kept_with_rows, locked, remove
from orgmap.loaders.releases.listings import FIRST_OF_A_BODY, Contents
from orgmap.loaders.releases.lists.prescribing import prescribing_coming
from orgmap.loaders.releases.opening import UnpackedFile, mark_of, parts_of
from orgmap.loaders.releases.org_tables import ORGTABLES, bodies_of_tables, is_parquet
from orgmap.loaders.releases.postcodes.folding import PostcodeTally
from orgmap.loaders.releases.postcodes.release import list_coming
from orgmap.loaders.releases.shapes.odd_files import odd_file
from orgmap.loaders.releases.shapes.parts import not_loaded, releases_in
from orgmap.loaders.releases.whole.opened import build_registers, forget_register
from orgmap.loaders.releases.whole.release import WholeRelease
from orgmap.loaders.releases.whole.streams import Step

EXAMPLES = 3
"""So many rows of each table are named where it is told what changes."""

_FACTS = ("entities", "names", "identifiers", "locations", "relationships", "list_sizes", "prescribing")


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
    """Takes a release away, by its name or the beginning of it. Raises `WrongUse` if none is called so, or several."""
    release = release_called(name).release
    with locked():
        gone = remove(release)
    if not gone:
        raise WrongUse(f"{release} was taken away in the meantime.")
    forget_register(gone)
    return gone


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
        if prescribed := prescribing_coming(path, as_of):
            for one in prescribed[0]:
                take_one(one)
            passed_over += prescribed[1]
            continue
        understood = False
        beside: list[UnpackedFile] = []
        for part in parts_of(path):
            if is_parquet(part.raw):
                tables.append(part)
                understood = True
            elif not odd_file(part.raw) and (found := releases_in(part, as_of)):
                for one in found:
                    take_one(one)
                understood = True
            else:
                beside.append(part)
        if not understood:
            raise not_loaded(beside, str(path))
        passed_over += [part.label for part in beside]
    if tables:
        bodies, others = bodies_of_tables(tables)
        passed_over += [part.label for part in others]
        if bodies:
            digest = sha256()
            for part in tables:
                digest.update(part.raw)
            tables.clear()
            whole.read_tables(*bodies, digest.hexdigest(), ORGTABLES)
        elif not new and not there:
            raise not_loaded([], tables[0].label)
    for release in whole.coming(as_of):
        take_one(release)
    passed_over += whole.passed_over
    if odd := next((path for path, mark in marks.items() if mark_of(path) != mark), None):
        raise DataBroken(f"{odd}: changed while it was read. Run the command again when it is whole.")
    return Loading(tuple(new.values()), tuple(there), tuple(passed_over), (), (), {}, {}, {})


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
