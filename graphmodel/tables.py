"""The columns of the project's own tables; the same names serve CSV files, stores and JSON."""

from __future__ import annotations

from typing import NamedTuple


class Table(NamedTuple):
    """A table: its columns in order, which of them make a row unique, and which numbers they hold."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbers: tuple[str, ...] = ()


DATES = frozenset({"valid_from", "valid_until", "date", "stated_on", "as_of"})
"""Columns that hold a day."""

_PERIOD = ("valid_from", "from_precision", "valid_until", "until_precision")
_SAYS = ("source", "locator", "note")

TABLES = {
    table.name: table
    for table in (
        Table("entities", ("id", "kind", "name", *_PERIOD, *_SAYS), ("id",)),
        Table("phases", ("entity", "status", *_PERIOD, *_SAYS), ("entity", "status", "valid_from")),
        Table(
            "names",
            ("entity", "name", "use", *_PERIOD, *_SAYS),
            ("entity", "name", "use", "valid_from"),
        ),
        Table(
            "identifiers",
            ("entity", "scheme", "code", *_PERIOD, *_SAYS),
            ("entity", "scheme", "code", "valid_from"),
        ),
        Table(
            "locations",
            ("entity", "postcode", *_PERIOD, *_SAYS),
            ("entity", "postcode", "valid_from"),
        ),
        Table(
            "relationships",
            (
                "subject",
                "verb",
                "object",
                "about",
                "population",
                "basis",
                "status",
                *_PERIOD,
                "stated_on",
                "share",
                "share_of",
                *_SAYS,
            ),
            ("subject", "verb", "object", "about", "population", "basis", "status", "valid_from"),
            ("share",),
        ),
        Table("events", ("id", "kind", "date", "precision", "instrument", *_SAYS), ("id",)),
        Table(
            "successions",
            ("event", "predecessor", "successor", "about", "weight", "counts", "number", "stray"),
            ("event", "predecessor", "successor", "about"),
            ("weight", "number"),
        ),
        Table(
            "rules",
            (
                "id",
                "service",
                "commissioner",
                "basis",
                "accountable",
                "on_behalf_of",
                "acting_through",
                "population",
                "coverage",
                "bodies",
                "status",
                *_PERIOD,
                "stated_on",
                "instrument",
                "instrument_verified",
                "verified",
                *_SAYS,
            ),
            ("id",),
        ),
        Table(
            "accountability",
            (
                "id",
                "subject",
                "verb",
                "object",
                "about",
                "basis",
                "coverage",
                "bodies",
                "status",
                *_PERIOD,
                "stated_on",
                "instrument",
                "instrument_verified",
                "verified",
                *_SAYS,
            ),
            ("id",),
        ),
        Table(
            "statements",
            (
                "id",
                "document",
                "topic",
                "subject",
                "verb",
                "object",
                "about",
                "text",
                "value",
                "unit",
                "status",
                *_PERIOD,
                "due",
                "stated_on",
                "series",
                "part",
                "contradicts",
                *_SAYS,
            ),
            ("id",),
        ),
        Table(
            "sources",
            ("id", "title", "publisher", "url", "licence", "attribution", "as_of", "verified", "note"),
            ("id",),
        ),
        Table(
            "neighbourhoods",
            ("code", "name", "parent", "area", "population"),
            ("code",),
            ("population",),
        ),
        Table(
            "place_codes",
            ("code", "name", "kind", "within", "area", "population"),
            ("code", "area"),
            ("population",),
        ),
        Table("postcodes", ("outcode", "inward", "code", "seen"), ("outcode", "inward")),
        Table(
            "place_names",
            (
                "name",
                "kind",
                "within",
                "code",
                "share",
                "county",
                "people",
                "near",
                "called",
                "basis",
                "note",
            ),
            ("name", "kind", "within", "called", "code"),
            ("share", "people"),
        ),
    )
}
"""Every table of `data/`, by name."""
