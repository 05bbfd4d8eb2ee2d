"""The register as open Parquet tables, made from its XML: bodies, roles and relationships, loaded together."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from sys import intern
from typing import Any

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken, not_installed
from orgmap.loaders.releases.listings import is_a_day
from orgmap.loaders.releases.ods_xml import (
    CODE,
    LONGEST_TEXT,
    MOST_CONCEPTS,
    Manifest,
    XmlBody,
    XmlDays,
    XmlRelation,
    XmlRole,
    XmlSuccession,
)
from orgmap.loaders.releases.opening import HELD, UnpackedFile
from orgmap.loaders.releases.texts import CONTROL
from orgmap.loaders.releases.whole.reached import XmlContact, contact_of, uprn_of

Table = Any
"""A table of pyarrow, whose package says nothing of its types."""

ORGTABLES = "orgtables"
"""The format of these tables."""

MAGIC = b"PAR1"
BATCH = 10_000
"""So many rows are read at a time."""
SUCCESSOR = "Successor"

SUCCESSIONS = "successions"
"""The table that may be missing: then nobody came before or after another."""

DAYS = ("legal_start", "legal_end", "operational_start", "operational_end")
IS_PRIMARY = "is_primary"
TABLES_OF_ORGS = {
    "orgs": ("ods_code", "name", "status", "record_class", "primary_role_code", "postcode", "country", *DAYS),
    "roles": ("ods_code", "role_code", IS_PRIMARY, "role_status", *DAYS),
    "relationships": ("source_code", "target_code", "rel_code", "rel_status", *DAYS),
    SUCCESSIONS: ("predecessor_code", "successor_code", "legal_start"),
}
"""The tables that are read, with the columns that tell them and are needed."""

ADDRESS_COLUMNS = ("address", "town", "county")
REACHED_BY = {"telephone": "tel", "website": "http", "email": "mailto", "fax": "fax"}
"""The columns that say how a body is reached, with the word that the XML has for each."""

UPRN = "uprn"
"""The column with the number of the address, which writers of tables take for a number."""

BESIDE = (*ADDRESS_COLUMNS, "role_name", UPRN, *REACHED_BY)
"""Columns that are read where they are there."""

RELEASED = "trud_release_date"
MOST_ROWS = 3_000_000
"""So many rows may a table have: that of relations, the longest, has a million."""

LARGEST_TABLE = 512 * 1024**2
"""So many bytes may a table have in memory, however small its file is."""


def is_parquet(raw: bytes) -> bool:
    """Whether a file is a Parquet table.

    >>> is_parquet(b"PAR1 and so on PAR1"), is_parquet(b"code,name")
    (True, False)
    """
    return raw.startswith(MAGIC) and raw.endswith(MAGIC)


def bodies_of_tables(
    parts: list[UnpackedFile],
) -> tuple[tuple[Iterator[XmlBody], Manifest, str] | None, list[UnpackedFile]]:
    """The bodies that the tables among these files have, with their day and what to call them in messages; and the
    files that are none of them.

    A table may lie in several parts. Raises `DataBroken` for a damaged table, one that is missing beside the others, a
    part that is named twice, and tables of different days;
    `WrongUse` without the package that reads them.
    """
    found: dict[str, list[Table]] = {}
    others = []
    for number, part in enumerate(parts):
        table = _table(part)
        name = next(
            (name for name, needed in TABLES_OF_ORGS.items() if {*needed} <= {*table.column_names}), ""
        )
        if not name:
            others.append(part)
        elif part.raw in (one.raw for one in parts[:number]):
            raise DataBroken(f"{part.label}: is named twice. Name each part of a table once.")
        else:
            found.setdefault(name, []).append(table)
    if not found:
        return None, others
    label = parts[0].label
    if missing := [name for name in TABLES_OF_ORGS if name not in found and name != SUCCESSIONS]:
        all_of_them = ", ".join(TABLES_OF_ORGS)
        raise DataBroken(
            f"{label}: the tables of {all_of_them} are loaded together; {' and '.join(missing)} are missing."
        )
    days = {_day(day) for tables in found.values() for table in tables for day in _released(table)}
    if len(days) != 1 or "" in days:
        raise DataBroken(
            f"{label}: the tables are not of one release ({', '.join(sorted(days)) or 'no day'})."
        )
    manifest = Manifest()
    manifest.published = days.pop()
    return (_bodies(found, manifest, label), manifest, label), others


def _table(part: UnpackedFile) -> Table:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise not_installed("Parquet", "pyarrow", "export") from error
    try:
        file = pq.ParquetFile(io.BytesIO(part.raw))
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        if file.metadata.num_rows > MOST_ROWS or sum(group.total_byte_size for group in groups) > HELD:
            raise DataBroken(f"{part.label}: holds more than a register can; refused.")
        names = file.schema_arrow.names
        wanted = {RELEASED, *BESIDE, *(column for needed in TABLES_OF_ORGS.values() for column in needed)}
        if len(names) != len(set(names)):
            raise DataBroken(f"{part.label}: has two columns of one name. Fetch the file again.")
        columns = sorted(wanted.intersection(names))
        return _formed(_bounded(file, columns, part.label), part.label)
    except DataBroken:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DataBroken(f"{part.label}: is a damaged Parquet table. Fetch the file again.") from error


def _bounded(file: Any, columns: list[str], label: str) -> Table:
    """The columns of a table, read a few rows at a time: a small file may stand for a table without end."""
    import pyarrow as pa

    schema = pa.schema([file.schema_arrow.field(name) for name in columns])
    batches, size = [], 0
    for batch in file.iter_batches(batch_size=BATCH, columns=columns):
        batches.append(batch)
        size += batch.nbytes
        if size > LARGEST_TABLE:
            raise DataBroken(f"{label}: holds more than a register can; refused.")
    return pa.Table.from_batches([one.select(columns) for one in batches], schema)


def _formed(table: Table, label: str) -> Table:
    """A table whose columns are texts, days and yes or no. Raises `DataBroken` for columns that are something else."""
    import pyarrow as pa

    for field in table.schema:
        of_text = pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        if pa.types.is_dictionary(field.type):
            of_text = pa.types.is_string(field.type.value_type)
        of_numbers = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        of_days = pa.types.is_date(field.type) or pa.types.is_timestamp(field.type)
        fits = pa.types.is_null(field.type) or (
            pa.types.is_boolean(field.type)
            if field.name == IS_PRIMARY
            else of_text
            or (of_days and field.name in (*DAYS, RELEASED))
            or (of_numbers and field.name == UPRN)
        )
        if not fits:
            raise DataBroken(f"{label}: its column {field.name} holds {field.type}. Fetch the file again.")
    table.validate(full=True)
    return table


def _released(table: Table) -> list[Any]:
    if RELEASED not in table.column_names:
        return [""]
    days: list[Any] = table.column(RELEASED).unique().to_pylist()
    return days


def _day(value: object) -> str:
    return str(value)[:10] if value else ""


@lru_cache(maxsize=1 << 17)
def _life(*days: object) -> XmlDays:
    """Four days, whose ends are last days included; the same days stand in many rows."""
    legal_from, legal_last, from_day, last_day = map(_day, days)
    if odd := [one for one in map(_day, days) if one and not is_a_day(one)]:
        raise ValueError(f"“{odd[0]}” is no day")
    ends = [day_after(day) if day else "" for day in (legal_last, last_day)]
    return XmlDays(legal_from, ends[0], from_day, ends[1])


def _days(row: dict[str, Any]) -> XmlDays:
    return _life(*(row[column] for column in DAYS))


def _rows(parts: list[Table]) -> Iterator[dict[str, Any]]:
    """The rows of a table in all its parts, which are let go as soon as they are read."""
    while parts:
        for batch in parts.pop(0).to_batches(max_chunksize=20_000):
            yield from batch.to_pylist()


def _bodies(tables: dict[str, list[Table]], manifest: Manifest, label: str) -> Iterator[XmlBody]:
    """The bodies of tables. Raises `DataBroken` for cells that are none."""
    try:
        yield from _read_bodies(tables, manifest, label)
    except DataBroken:
        raise
    except (ValueError, OverflowError, TypeError) as error:
        raise DataBroken(
            f"{label}: holds what is no text and no day ({error}). Fetch the tables again."
        ) from error


def _read_bodies(tables: dict[str, list[Table]], manifest: Manifest, label: str) -> Iterator[XmlBody]:
    roles: dict[str, list[XmlRole]] = defaultdict(list)
    for row in _rows(tables.pop("roles")):
        status = intern(str(row["role_status"] or "").title())
        roles[row["ods_code"]].append(
            XmlRole(intern(row["role_code"] or ""), bool(row[IS_PRIMARY]), status, _days(row))
        )
        if row.get("role_name") and len(manifest.concepts) < MOST_CONCEPTS:
            manifest.concepts[row["role_code"]] = row["role_name"]
    primary_of = {
        code: role
        for part in tables["orgs"]
        for code, role in zip(
            *(part.column(name).to_pylist() for name in ("ods_code", "primary_role_code")), strict=True
        )
    }
    ties: dict[str, list[XmlRelation]] = defaultdict(list)
    for row in _rows(tables.pop("relationships")):
        status = intern(str(row["rel_status"] or "").title())
        ties[row["source_code"]].append(
            XmlRelation(
                row["rel_code"] or "",
                row["target_code"] or "",
                status,
                _days(row),
                primary_of.get(row["target_code"]) or "",
            )
        )
    after: dict[str, list[XmlSuccession]] = defaultdict(list)
    for row in _rows(tables.pop(SUCCESSIONS)) if SUCCESSIONS in tables else ():
        succession = XmlSuccession(SUCCESSOR, row["successor_code"] or "", _day(row["legal_start"]))
        after[row["predecessor_code"]].append(succession)
    for number, row in enumerate(_rows(tables["orgs"]), start=1):
        code, primary = row["ods_code"], row["primary_role_code"]
        if not CODE.fullmatch(code or ""):
            raise DataBroken(f"{label}:{number}: the table of bodies has one without a code. Fetch it again.")
        if len(row["name"] or "") > LONGEST_TEXT or CONTROL.search(row["name"] or ""):
            raise DataBroken(
                f"{label}:{number}: the table of bodies has a name that is none. Fetch it again."
            )
        address = ", ".join(filter(None, (row.get(part) for part in ADDRESS_COLUMNS)))
        yield XmlBody(
            code=code,
            name=row["name"] or "",
            record_class={"org": "RC1", "site": "RC2"}.get(row["record_class"], row["record_class"] or ""),
            is_stub=False,
            status=str(row["status"] or "").title(),
            days=_days(row),
            postcode=row["postcode"] or "",
            country=row["country"] or "",
            roles=tuple(role._replace(is_primary=role.role == primary) for role in roles.pop(code, ())),
            relations=tuple(ties.pop(code, ())),
            successions=tuple(after.pop(code, ())),
            line=number,
            address=address,
            uprn=_number(row.get(UPRN)),
            contacts=_contacts(row),
        )


def _number(cell: object) -> str:
    """A UPRN, which may be a number or a text."""
    return uprn_of(f"{cell:.0f}" if isinstance(cell, float) else str(cell or "").strip())


def _contacts(row: dict[str, Any]) -> tuple[XmlContact, ...]:
    """The ways to reach a body that its row has."""
    found = (contact_of(sort, str(row[name])) for name, sort in REACHED_BY.items() if row.get(name))
    return tuple(filter(None, found))
