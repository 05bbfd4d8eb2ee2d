"""What the tables say of one body, one fact or one source, read from a store: for what writes rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.model import STATUSES, Include, Relationship
from orgmap.graphmodel.store import Dated, Store, each_source
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.rows import Row, Rows


def rows_of_body(store: Store, body: str, at: str | None = None) -> Rows:
    """The rows about one body, with those of every source that they cite; with a day only relations of that day.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [row] = rows_of_body(store, "ccg:10E")("entities")
    >>> row[:3]
    ('ccg:10E', 'clinical_commissioning_group', 'NHS Thanet CCG')
    """
    every = Include.of(STATUSES)
    details = store.details(body)
    relations = [
        *store.relationships(subjects=[body], at=at, include=every),
        *store.relationships(objects=[body], at=at, include=every),
    ]
    events = store.events(ids=[body], include=every)
    found: dict[str, list[Row]] = {
        "entities": _rows("entities", store.entities(ids=[body])),
        "names": [_dated("names", body, one) for one in details.names],
        "identifiers": [_dated("identifiers", body, one) for one in details.identifiers],
        "phases": [_dated("phases", body, one) for one in details.phases],
        "relationships": _rows("relationships", dict.fromkeys(relations)),
        "events": _rows("events", (event for event, _ in events)),
        "successions": _rows("successions", (part for _, parts in events for part in parts)),
    }
    return _with_sources(store, found)


def rows_of_facts(store: Store, facts: Iterable[Relationship]) -> Rows:
    """The rows of some relationships, with those of every source that they cite."""
    return _with_sources(store, {"relationships": _rows("relationships", facts)})


def rows_of_source(store: Store, source: str) -> Rows:
    """The row of one source."""
    rows = _rows("sources", store.sources([source]).values())
    return lambda table: rows if table == "sources" else []


def _with_sources(store: Store, found: dict[str, list[Row]]) -> Rows:
    cited = set[str]()
    for table, rows in found.items():
        if "source" in (columns := TABLES[table].columns):
            place = columns.index("source")
            cited |= each_source(row[place] or "" for row in rows)
    sources = _rows("sources", store.sources(sorted(cited)).values())
    return lambda table: sources if table == "sources" else found.get(table, [])


def _rows(table: str, things: Iterable[Any]) -> list[Row]:
    """Things of the model as rows of their table."""
    return [tuple(getattr(one, column) for column in TABLES[table].columns) for one in things]


def _dated(table: str, body: str, word: Dated) -> Row:
    """A dated word as a row: its table calls the entity, the word and its sort by names of its own."""
    first, *rest = TABLES[table].columns
    own = {first: body}
    words = [column for column in rest if not hasattr(word, column)]
    order = {"identifiers": ("sort", "value")}.get(table, ("value", "sort"))
    own |= {column: getattr(word, field) for column, field in zip(words, order, strict=False)}
    return tuple(own[column] if column in own else getattr(word, column) for column in TABLES[table].columns)
