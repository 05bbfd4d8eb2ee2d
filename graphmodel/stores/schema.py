"""The tables of the embedded store, made from the declaration of the project's tables."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.graphmodel.listed import LISTED
from orgmap.graphmodel.tables import NUMBERS, TABLES, Column, Table, words_of

PACKED = (
    "entities",
    "phases",
    "names",
    "identifiers",
    "locations",
    "relationships",
    "events",
    "successions",
)
"""The tables that the embedded store packs, for there are many rows or they are walked row by row."""

FACTS = ("sources", *PACKED, "rules", "accountability", "statements", "plans", *LISTED)
"""The tables that every dataset may bring; they stand in the store as they stand in the files."""

BROUGHT = (*FACTS, "news")
"""The tables that people may bring themselves: news is applied to the others, and stands in no store."""

LOOK_UPS = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE datasets (dataset TEXT PRIMARY KEY, title TEXT, horizon TEXT, as_of TEXT, kinds TEXT, names_from TEXT,
    changes_left_out TEXT) WITHOUT ROWID;
CREATE TABLE name_index (normalised TEXT, entity TEXT, name TEXT, use TEXT);
CREATE VIRTUAL TABLE name_words USING fts5(normalised, content=name_index, tokenize='ascii', prefix='2 3');
CREATE VIRTUAL TABLE name_vocabulary USING fts5vocab(name_words, row);
CREATE TABLE neighbourhoods (code TEXT, name TEXT);
CREATE TABLE standing (code TEXT, entity TEXT, valid_from TEXT, valid_until TEXT, known_from TEXT, known_until TEXT);
"""
"""What the store derives from the tables for looking up names and places; millions of rows, as small as they can be."""

LARGE = ("place_codes", "place_names")
"""Tables in which the store does not check again what the check of the tables has: building would take longer."""

OWN_COLUMNS = {"place_names": "form TEXT NOT NULL, "}
"""What the store adds to a table of the files."""


def create_tables() -> str:
    """The statements that create the empty tables of a store, with their constraints.

    >>> print(create_tables().split(";")[0][:51])
    CREATE TABLE sources (id TEXT NOT NULL PRIMARY KEY,
    """
    kept = [name for name in FACTS if name not in PACKED]
    declared = [_create(TABLES[name]) for name in (*kept, "place_codes", "place_names")]
    return "\n".join([*declared, LOOK_UPS])


def _create(table: Table) -> str:
    single = len(table.key) == 1
    keyed = single or table.name == "place_codes"
    parts = [_column(column, single and (column.name,) == table.key) for column in table.declared]
    if keyed and not single:
        parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += _checks(table)
    ending = " WITHOUT ROWID" if keyed else ""
    return f"CREATE TABLE {table.name} ({OWN_COLUMNS.get(table.name, '')}{', '.join(parts)}){ending};"


def _column(column: Column, key: bool) -> str:
    """A column with its type; a blank is NULL where a day or a number may stand, else an empty text."""
    kind = "REAL" if column.type in NUMBERS else "TEXT"
    filled = "" if column.type in (*NUMBERS, "day") else " NOT NULL"
    return f"{column.name} {kind}{filled}{' PRIMARY KEY' if key else ''}"


def _checks(table: Table) -> Iterator[str]:
    if table.name in LARGE:
        return
    for column in table.declared:
        if column.type in NUMBERS:
            most = " AND 1" if column.type == "share" else " AND 1e15"
            yield f"CHECK ({column.name} BETWEEN 0{most})"
        elif words_of(column):
            # That a cell is filled is asked of the tables; small worlds of tests leave much blank.
            words = ", ".join(f"'{word}'" for word in sorted(words_of(column) | {""}))
            yield f"CHECK ({column.name} IN ({words}))"
    if "valid_from" in table.columns:
        yield "CHECK (valid_from < valid_until)"
