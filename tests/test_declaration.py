"""The tables are declared once: model, stores, README and descriptions for other programs all say the same."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.model import (
    Accountability,
    ChangeEvent,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.stores.neo4j.schema import LABELS, STATEMENTS
from orgmap.graphmodel.stores.packed import PackedFile
from orgmap.graphmodel.stores.schema import FACTS, PACKED, create_tables
from orgmap.graphmodel.tables import NUMBERS, TABLES, Column, words_of
from orgmap.graphmodel.term_tables import term_rows
from orgmap.loaders.build import fill_sqlite, from_tables
from orgmap.loaders.check.cells import MISSING
from orgmap.loaders.column_tables import with_tables
from orgmap.loaders.dataset import dataset_folders, describe, read_rows, table_file
from orgmap.loaders.package import as_text, dataset_package, neo4j_package, parquet_package
from tests.kent import KENT_THROUGH_TIME
from tests.worlds import world, write_data

MODEL: dict[str, type] = {
    "relationships": Relationship,
    "events": ChangeEvent,
    "successions": Succession,
    "rules": Rule,
    "accountability": Accountability,
    "statements": Statement,
    "plans": Plan,
    "sources": Source,
}


@pytest.mark.parametrize("table", MODEL)
def test_a_row_of_the_model_has_the_columns_of_its_table(table: str) -> None:
    hints = get_type_hints(MODEL[table])
    assert set(hints) == set(TABLES[table].columns)
    for column in TABLES[table].declared:
        blank = {"day": str | None}.get(column.type, float | None if column.type in NUMBERS else str)
        if not column.required or column.type in NUMBERS:
            assert hints[column.name] == blank, column.name


def test_every_column_is_declared_in_words_that_are_known() -> None:
    for table in TABLES.values():
        assert table.description
        assert set(table.key) <= set(table.columns)
        for column in table.declared:
            assert column.type in ("text", "id", "day", "url", *NUMBERS)
            assert column.description, (table.name, column.name)
            assert column.refers_to == "" or column.refers_to in MISSING
            assert not column.default or column.default in words_of(column)


def test_the_readme_has_the_tables_of_the_declaration() -> None:
    text = (data_folder() / "README.md").read_text(encoding="utf-8")
    assert text == with_tables(text), "python -m orgmap.loaders.column_tables writes them anew"


def test_the_store_has_the_columns_of_the_declaration() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(create_tables())
    for table in (*(name for name in FACTS if name not in PACKED), "place_codes"):
        found = [(name, kind) for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")]
        assert found == [
            (column.name, "REAL" if column.type in NUMBERS else "TEXT") for column in TABLES[table].declared
        ]


def test_what_is_packed_has_the_columns_of_the_declaration(tmp_path: Path) -> None:
    fill_sqlite(str(tmp_path / "kent"), from_tables(world(KENT_THROUGH_TIME)), "kent")
    packed = PackedFile(tmp_path / "kent").tables
    for table in PACKED:
        assert sorted(packed[table]["columns"]) == sorted(TABLES[table].columns)


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("rules", {"basis": "whim"}),
        ("rules", {"valid_from": "2020-04-01", "valid_until": "2013-04-01"}),
        ("rules", {"service": None}),
        ("accountability", {"basis": "whim"}),
        ("statements", {"id": None}),
        ("sources", {"verified": "perhaps"}),
    ],
)
def test_the_store_refuses_what_its_constraints_forbid(table: str, wrong: dict[str, Any]) -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(create_tables())
    usual = {column.name: _usual(column) for column in TABLES[table].declared}
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(usual))})"  # noqa: S608
    db.execute(insert, list(usual.values()))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(insert, list({**usual, "id": "another", **wrong}.values())[: len(usual)])


def _usual(column: Column) -> str | None:
    if column.type in ("day", *NUMBERS):
        return None
    return min(words_of(column), default="x")


def test_neo4j_has_an_index_for_the_key_of_every_table_with_one() -> None:
    for table, label in LABELS.items():
        if table in TABLES and len(TABLES[table].key) == 1:
            ending = f"FOR (n:{label}) ON (n.{TABLES[table].key[0]})"
            assert any(statement.endswith(ending) for statement in STATEMENTS), table


def package_faults(package: dict[str, Any]) -> list[str]:
    """What the Data Package standard (version 2) forbids in a description."""
    found = [key for key in ("$schema", "name", "title", "resources") if not package.get(key)]
    if not re.fullmatch(r"[a-z0-9._-]+", package["name"]):
        found.append(f"name {package['name']}")
    for licence in package["licenses"]:
        if not (licence.get("name") or licence.get("path")):
            found.append(f"licence {licence}")
    found += [f"source {source}" for source in package.get("sources", []) if not source.get("title")]
    names = [resource["name"] for resource in package["resources"]]
    if len(set(names)) < len(names):
        found.append("a name twice")
    for resource in package["resources"]:
        found += [f"{resource['name']}: {fault}" for fault in resource_faults(resource, names)]
    return found


def resource_faults(resource: dict[str, Any], names: list[str]) -> list[str]:
    """What the standard forbids in a resource with a Table Schema."""
    found = []
    if not re.fullmatch(r"[a-z0-9._-]+", resource["name"]):
        found.append("its name")
    if resource["path"].startswith(("/", ".")) or ".." in resource["path"] or resource["type"] != "table":
        found.append("its path or type")
    schema = resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    types = {"string", "number", "integer", "boolean", "date"}
    allowed = {"required", "unique", "enum", "pattern", "minimum", "maximum"}
    for field in schema["fields"]:
        if field["type"] not in types or not set(field.get("constraints", {})) <= allowed:
            found.append(f"the field {field['name']}")
    keys = [schema.get("primaryKey", []), *schema.get("uniqueKeys", [])]
    keys += [foreign["fields"] for foreign in schema.get("foreignKeys", [])]
    found += [f"the key {key}" for key in keys if not set(key) <= set(fields)]
    for foreign in schema.get("foreignKeys", []):
        if foreign["reference"]["resource"] not in names:
            found.append(f"the reference {foreign}")
    return found


@pytest.mark.parametrize("folder", dataset_folders(data_folder()), ids=lambda folder: folder.name)
def test_a_dataset_is_described_for_other_programs_as_it_is(folder: Path) -> None:
    about = describe(folder)
    files = {table: table_file(folder, table).name for table in about["rows"]}
    columns = TABLES["sources"].columns
    sources = [dict(zip(columns, row, strict=True)) for row in read_rows(folder, "sources")]
    package = dataset_package(folder.name, about, files, sources)
    assert (folder / "datapackage.json").read_text(encoding="utf-8") == as_text(package)
    assert package_faults(package) == []


def test_exports_are_described_for_other_programs() -> None:
    assert package_faults(parquet_package()) == []
    neo4j = neo4j_package(
        {"nodes-events.csv": ["key:ID(events)", "date:date"], "nodes-OrgmapGraph.csv": ["name"]}
    )
    assert package_faults(neo4j) == []
    assert [field["type"] for field in neo4j["resources"][1]["schema"]["fields"]] == ["string", "date"]


def test_a_user_can_read_the_description_of_a_dataset(tmp_path: Path) -> None:
    folder = write_data(tmp_path, KENT_THROUGH_TIME) / "drawn"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [events] = [one for one in package["resources"] if one["name"] == "events"]
    told = {field["name"]: field["description"] for field in events["schema"]["fields"]}
    assert told["date"] == TABLES["events"].column("date").description


def test_what_has_only_one_at_a_time_is_declared_in_kinds_that_are_known() -> None:
    from orgmap.graphmodel.vocabulary import kinds, verbs

    prefixes = {kind.prefix for kind in kinds().values()}
    for subjects, verb, objects, by, told in term_rows("one_at_a_time.csv"):
        assert {*subjects.split(), *objects.split()} <= prefixes
        assert (verb in verbs(), by in ("subject", "object"), told.endswith(".")) == (True, True, True)
