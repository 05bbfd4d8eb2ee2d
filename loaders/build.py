"""Building a store from the project's tables: whole or not at all, and only once when two start together."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

import orgmap.graphmodel
from orgmap.graphmodel.collecting import no_collecting
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.graphmodel.plans.stages import in_force_life, lasting_stages
from orgmap.graphmodel.store import About
from orgmap.graphmodel.stores.schema import FACTS, PACKED, create_tables
from orgmap.graphmodel.stores.sealed import BLOCK, seal
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.fresh import Marks, contents, fresh_store
from orgmap.loaders.packing import Packer, pack_neighbourhoods, pack_postcodes
from orgmap.loaders.reading import Rows, tables_of
from orgmap.loaders.rows import (
    Row,
    expand_postcodes,
    name_rows,
    neighbourhood_rows,
    place_name_rows,
    standing_rows,
)

if TYPE_CHECKING:
    from orgmap.graphmodel.stores.memory import NetworkxStore

Progress = Callable[[str, int, int], None]

_MODEL = Path(orgmap.graphmodel.__file__).parent
NEVER = "0001-01-01"
"""As the end of a life: it held on no day."""

STANDING = ("code", "entity", "valid_from", "valid_until", "known_from", "known_until")

STEPS = (*FACTS, "name_index", "places", "postcodes", "indexes")


def build_file(
    data: Path,
    path: Path,
    wanted: Marks,
    progress: Progress | None = None,
    force: bool = False,
    read: Callable[[Path], Rows] = tables_of,
) -> None:
    """Builds the SQLite store at `path`: into a file beside it, which then takes its place.

    An old store stays until the new one is whole. `read` gives the tables of `data`, read once, and raises for faulty
    ones. Raises `DataBroken` if the tables are damaged, the folder cannot be written or the disk is full.
    """
    from filelock import FileLock

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock"):
            if not force and (other := fresh_store(path, data, wanted)):
                other.close()
                return
            remarks = {"stamps": wanted.stamps, "contents": contents(data)}
            _build_beside(read(data), path, wanted.fingerprint, remarks, progress)
    except OSError as error:
        raise DataBroken(
            f"The graph cannot be written to {path.parent} ({error.strerror or error})."
            " Make room or name another folder in ORGMAP_CACHE."
        ) from error


def _build_beside(
    rows: Rows, path: Path, fingerprint: str, remarks: Mapping[str, str], progress: Progress | None
) -> None:
    for left in path.parent.glob(f"{path.name}.building-*"):
        left.unlink(missing_ok=True)
    building = path.with_name(f"{path.name}.building-{os.getpid()}")
    try:
        fill_sqlite(str(building), rows, fingerprint, progress, remarks)
        # Whoever else may write it could answer in our name: such a store is not believed.
        building.chmod(building.stat().st_mode & ~0o022)
        os.replace(building, path)
    except (apsw.Error, OSError) as error:
        raise DataBroken(
            f"The graph could not be built in {path.parent} ({getattr(error, 'strerror', '') or error});"
            " what was there stays. Make room on the disk or name another folder in ORGMAP_CACHE."
        ) from error
    finally:
        for suffix in ("", "-journal"):
            with contextlib.suppress(OSError):
                Path(f"{building}{suffix}").unlink(missing_ok=True)


def fill_sqlite(
    target: str,
    rows: Rows,
    fingerprint: str,
    progress: Progress | None = None,
    remarks: Mapping[str, str] | None = None,
) -> None:
    """Writes all tables into a new store, the builder's `remarks` on them, and the checksum of every block.

    Raises `apsw.Error` or `OSError` when it cannot.
    """
    say = progress or (lambda step, done, of: None)
    db, packer = apsw.Connection(target), Packer()
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"page_size={BLOCK}", "cache_size=-65536"):
            db.execute(f"PRAGMA {pragma}")
        db.execute(create_tables())
        db.execute("BEGIN")
        with no_collecting():
            packer.bodies(sorted(_bodies(rows)))
            for done, step in enumerate(STEPS):
                say(step, done, len(STEPS))
                _fill_step(db, packer, step, rows)
        meta = {"fingerprint": fingerprint, **(remarks or {})}
        db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        db.execute("COMMIT")
        db.execute("ANALYZE")
        [[pages]] = db.execute("PRAGMA page_count")
    finally:
        db.close()
    packer.write(Path(target))
    seal(Path(target), int(pages))
    say("done", len(STEPS), len(STEPS))


def _bodies(rows: Rows) -> set[str]:
    """The id of every body that stands in the tables, be it only as an end of a statement or of a succession."""
    found = {row[0] for row in rows("entities")}
    for table, ends in (
        ("relationships", ("subject", "object")),
        ("successions", ("predecessor", "successor")),
    ):
        places = [TABLES[table].columns.index(end) for end in ends]
        found.update(*zip(*(itemgetter(*places)(row) for row in rows(table)), strict=True))
    return found - {""}


def _in_force(packer: Packer, rows: Rows) -> Iterator[Row]:
    """Bodies with the days on which they are in force: a lasting stage takes them; the packer keeps whole lives."""
    phases, columns = TABLES["phases"].columns, TABLES["entities"].columns
    stage_of = itemgetter(*map(phases.index, ("entity", "status", "valid_from", "valid_until")))
    lasting = lasting_stages(map(stage_of, rows("phases")))
    start, end = columns.index("valid_from"), columns.index("valid_until")
    for row in rows("entities"):
        if stage := lasting.get(row[0]):
            life = in_force_life(Period(row[start], row[end]), stage)
            packer.stages[row[0]] = ("" if life else stage.status, row[end])
            until = life.valid_until if life else NEVER
            row = (*row[:end], until, *row[end + 1 :])
        yield row


def _insert(db: apsw.Connection, table: str, rows: Iterable[Row], columns: tuple[str, ...]) -> None:
    marks = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _fill_step(db: apsw.Connection, packer: Packer, step: str, rows: Rows) -> None:
    if step == "entities":
        packer.add(step, _in_force(packer, rows))
    elif step in PACKED:
        packer.add(step, rows(step))
    elif step in FACTS:
        _insert(db, step, rows(step), TABLES[step].columns)
    elif step == "name_index":
        _insert(db, "datasets", rows("datasets"), About._fields)
        entities = sorted(row[:3] for row in rows("entities"))
        names = name_rows(entities, rows("names"))
        _insert(db, "name_index", names, ("normalised", "entity", "name", "use"))
        db.execute("INSERT INTO name_words(name_words) VALUES ('rebuild')")
    elif step == "places":
        _fill_places(db, rows)
    elif step == "postcodes":
        _fill_postcodes(db, packer, rows)
    else:
        for statement in (_MODEL / "indexes.sql").read_text(encoding="utf-8").split(";"):
            db.execute(statement)


def _fill_places(db: apsw.Connection, rows: Rows) -> None:
    listed = list(rows("neighbourhoods"))
    _insert(db, "neighbourhoods", (row[:2] for row in listed), ("code", "name"))
    _insert(db, "place_codes", rows("place_codes"), TABLES["place_codes"].columns)
    columns = ("form", *TABLES["place_names"].columns)
    _insert(db, "place_names", place_name_rows(rows("place_names")), columns)


def _fill_postcodes(db: apsw.Connection, packer: Packer, rows: Rows) -> None:
    pack_neighbourhoods(packer, neighbourhood_rows(rows("neighbourhoods")))
    row_of = pack_postcodes(packer, rows("postcodes"))
    standing = standing_rows(rows("entities"), rows("locations"), row_of)
    _insert(db, "standing", standing, STANDING)


def fill_networkx(rows: Rows, progress: Progress | None = None) -> NetworkxStore:
    """Reads all tables into the in-memory reference store."""
    from orgmap.graphmodel.stores.memory import NetworkxStore

    say = progress or (lambda step, done, of: None)
    tables: dict[str, list[dict[str, Any]]] = {}
    for done, table in enumerate(FACTS):
        say(table, done, len(STEPS))
        tables[table] = _dicts(TABLES[table].columns, rows(table))
    tables["datasets"] = _dicts(About._fields, rows("datasets"))
    entities = [tuple(row.values()) for row in tables["entities"]]
    names = [tuple(row.values()) for row in tables["names"]]
    tables["name_index"] = _dicts(("normalised", "entity", "name", "use"), name_rows(entities, names))
    listed = list(rows("neighbourhoods"))
    parts = list(neighbourhood_rows(listed))
    tables["neighbourhoods"] = _dicts(("code", "name"), (row[:2] for row in listed))
    tables["neighbourhood_parts"] = _dicts(("code", "area", "population"), parts)
    tables["place_codes"] = _dicts(TABLES["place_codes"].columns, rows("place_codes"))
    columns = ("form", *TABLES["place_names"].columns)
    tables["place_names"] = _dicts(columns, place_name_rows(rows("place_names")))
    postcodes = list(expand_postcodes(rows("postcodes")))
    tables["postcodes"] = _dicts(("postcode", "code", "seen", "earlier"), postcodes)
    say("done", len(STEPS), len(STEPS))
    return NetworkxStore(tables)


def _dicts(columns: tuple[str, ...], rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def from_tables(tables: Mapping[str, list[Row]]) -> Rows:
    """A source of rows for small worlds that stand in memory."""
    return lambda table: tables.get(table, [])
