"""Describing tables for other programs: a Data Package (https://datapackage.org, version 2) from the declaration.

Every dataset folder has a `datapackage.json`, and so has every export that is a folder of tables. R's `frictionless`,
Python's, CKAN and others read from it which columns there are, of which type, and what they mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from orgmap.graphmodel.tables import TABLES, Column, words_of

FILE = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"

GROWING = ("kinds", "verbs", "event_kinds", "populations", "topics")
"""Lists of the vocabulary that anybody may add a row to: descriptions do not repeat them."""

_TYPES = {"day": "date", "number": "number", "share": "number", "url": "string"}

_LICENCES = {
    "Open Government Licence v3.0": {
        "name": "OGL-UK-3.0",
        "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
    "Open Parliament Licence v3.0": {
        "path": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
    },
    "Creative Commons Attribution 4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
}
"""Licences under their names at the Open Definition, or where they can be read."""

_COLUMN_SUFFIXES = {"date": "date", "double": "number", "long": "integer", "boolean": "boolean"}
"""What `neo4j-admin` writes behind a column's name, as types of a Table Schema."""


def as_text(package: Mapping[str, Any]) -> str:
    """A description as it stands in its file."""
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def dataset_package(
    name: str, about: Mapping[str, str], files: Mapping[str, str], sources: Iterable[Mapping[str, str]]
) -> dict[str, Any]:
    """The description of one dataset: `files` has the file of each table, `sources` the rows of its sources."""
    return {
        **_head(name, about["title"], about["description"]),
        "contributors": [{"title": about["publisher"], "roles": ["publisher"]}],
        "licenses": _licences(about["licence"]),
        "sources": [_source(source) for source in sources],
        **{key: about[key] for key in ("attribution", "coverage", "as_of", "horizon")},
        "resources": [table_resource(table, file, files) for table, file in sorted(files.items())],
    }


def parquet_package() -> dict[str, Any]:
    """The description of a folder with every table as a Parquet file."""
    files = {table: f"{table}.parquet" for table in TABLES}
    return {
        **_head(
            "orgmap", "Who commissions what for whom in England's health and care", "All tables of orgmap."
        ),
        "licenses": _licences("and others, see each source"),
        "resources": [table_resource(table, file, files) for table, file in files.items()],
    }


def neo4j_package(headings: Mapping[str, list[str]]) -> dict[str, Any]:
    """The description of a folder of files for `neo4j-admin`: `headings` has the first line of each file."""
    return {
        **_head(
            "orgmap-neo4j",
            "orgmap's graph for neo4j-admin database import",
            "A file for each kind of node and edge.",
        ),
        "licenses": _licences("and others, see each source"),
        "resources": [
            {
                **_resource(file.removesuffix(".csv").lower(), file),
                "schema": {
                    "$schema": f"{PROFILES}/tableschema.json",
                    "fields": [_neo4j_field(column) for column in heading],
                },
            }
            for file, heading in sorted(headings.items())
        ],
    }


def _head(name: str, title: str, description: str) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": name,
        "title": title,
        "description": description,
    }


def _licences(text: str) -> list[dict[str, str]]:
    """The licences that a sentence names; one that is not open is said to be in the text."""
    found = [{**licence, "title": title} for title, licence in _LICENCES.items() if title in text]
    return found or [{"name": "notspecified", "title": text}]


def _source(source: Mapping[str, str]) -> dict[str, str]:
    url = {"path": source["url"]} if source["url"] else {}
    return {"title": source["title"], **url}


def _resource(name: str, path: str) -> dict[str, Any]:
    parquet = path.endswith(".parquet")
    kind = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    if not parquet:
        kind = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    packed = {"compression": "gz"} if path.endswith(".gz") else {}
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name,
        "type": "table",
        "path": path,
        **kind,
        **packed,
    }


def table_resource(table: str, path: str, beside: Iterable[str]) -> dict[str, Any]:
    """One table as a resource; `beside` are the tables of the same package, which it may point to."""
    declared = TABLES[table]
    required = {column.name for column in declared.declared if column.required}
    # The standard's primary key may not be blank; some of our keys hold a day that is not known.
    key: dict[str, Any] = (
        {"primaryKey": list(declared.key)}
        if set(declared.key) <= required
        else {"uniqueKeys": [list(declared.key)]}
    )
    points = [
        {"fields": [column.name], "reference": {"resource": column.refers_to, "fields": ["id"]}}
        for column in declared.declared
        if column.refers_to == "events" and "events" in beside
    ]
    schema = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column) for column in declared.declared],
        "missingValues": [""],
        **key,
        **({"foreignKeys": points} if points else {}),
    }
    return {**_resource(table, path), "title": declared.description, "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {"required": True} if column.required else {}
    if column.type == "share":
        rules |= {"minimum": 0, "maximum": 1}
    elif column.type == "number":
        rules["minimum"] = 0
    elif column.type == "id" and not column.divided_by:
        rules["pattern"] = "[a-z]+:[A-Za-z0-9_]+"
    if column.words not in GROWING and (words := words_of(column)):
        rules["enum"] = sorted(words)
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, "string")}
    if column.type == "url":
        field["format"] = "uri"
    return {**field, "description": column.description, **({"constraints": rules} if rules else {})}


def _neo4j_field(heading: str) -> dict[str, str]:
    kind = heading.rpartition(":")[2]
    return {"name": heading, "type": _COLUMN_SUFFIXES.get(kind, "string")}
