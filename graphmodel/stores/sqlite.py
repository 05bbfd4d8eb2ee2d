"""The embedded store: one SQLite file, of which no block is believed that is not as it was built."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import apsw

from orgmap.graphmodel.errors import StoreDamaged
from orgmap.graphmodel.model import (
    IN_FORCE,
    Accountability,
    ChangeEvent,
    Entity,
    Include,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.store import (
    About,
    Dated,
    Details,
    entity_order,
    relationship_order,
    shown_events,
)
from orgmap.graphmodel.stores.sealed import SEALED
from orgmap.graphmodel.stores.sqlite_places import SqlitePlaces

SCHEMA_VERSION = "7"

_HOLDS = "(valid_from IS NULL OR valid_from <= :{0}) AND (valid_until IS NULL OR valid_until > :{0})"
_HOLDS_ELSEWHERE = f"NOT ({_HOLDS})"
_KNOWN_FROM = (
    "CASE WHEN from_precision = 'not_known' AND valid_from IS NULL"
    " THEN date(valid_until, '-1 day') ELSE valid_from END"
)
"""From when a status is known to hold, see `orgmap.graphmodel.model.known_period`."""
_DATED = "valid_from, valid_until, from_precision, until_precision, source, locator, note"
_RELATIONSHIP = ", ".join(Relationship._fields)


def _set(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))


def to_be_believed(status: os.stat_result) -> bool:
    """Whether a file is the user's own or the system's, and nobody else may write it."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class SqliteStore(SqlitePlaces):
    """A store in one SQLite file, opened for reading only.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     store.entities(ids=["ccg:10E"])[0].name
    'NHS Thanet CCG'
    """

    def __init__(self, path: Path | str) -> None:
        """Opens a built file. Raises `StoreDamaged` if it is not one, or its checksums are damaged."""
        # As a URL, so that a folder's name with a “?” or “#” in it stays a name. A built file never changes: a new
        # one takes its place, so nothing needs to be locked.
        url = f"{Path(path).absolute().as_uri()}?immutable=1"
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        try:
            super().__init__(apsw.Connection(url, flags=flags, vfs=SEALED))
        except apsw.Error as error:
            raise StoreDamaged(f"it cannot be opened: {error}") from error

    @classmethod
    def if_whole(cls, path: Path, fingerprint: str) -> SqliteStore | None:
        """The store in a file, or None if it is missing, damaged, cut short or built from other tables.

        Nor is a file believed that others may have written, or that is no file.
        """
        store = None
        try:
            if path.exists() and to_be_believed(path.stat()):
                store = cls(path)
                if store.meta("fingerprint") == fingerprint:
                    return store
        except (StoreDamaged, OSError):
            pass
        if store is not None:
            store.close()
        return None

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def meta(self, key: str) -> str | None:
        """One remark the builder left, such as its fingerprint."""
        rows = self._all("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def entities(
        self,
        *,
        ids: Iterable[str] | None = None,
        kind: str | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Entity]:
        """See `Store.entities`."""
        values: dict[str, Any] = {"kind": kind, "at": at, "not_at": not_at}
        where = []
        if ids is not None:
            where.append("id IN (SELECT value FROM json_each(:ids))")
            values["ids"] = _set(ids)
        if kind is not None:
            where.append("kind = :kind")
        when = ([_HOLDS.format("at")] if at else []) + ([_HOLDS_ELSEWHERE.format("not_at")] if not_at else [])
        chosen = " AND ".join(where) or "1"
        rows = self._all(
            "SELECT id, kind, name, valid_from, valid_until, from_precision, until_precision, 'in_force',"
            f" source, locator, note FROM entities WHERE {' AND '.join([chosen, *when])}",
            values,
        )
        if at and len(include.statuses) > 1:
            values["statuses"] = _set(set(include.statuses) - {"in_force"})
            known = " AND ".join(condition.replace("valid_from", _KNOWN_FROM) for condition in when)
            rows += self._all(
                "SELECT id, kind, name, p.valid_from, p.valid_until, p.from_precision, p.until_precision,"
                " p.status, p.source, p.locator, p.note FROM"
                f" (SELECT * FROM phases WHERE status IN (SELECT value FROM json_each(:statuses)) AND {known}) p"
                f" JOIN entities ON id = p.entity WHERE {chosen}",
                values,
            )
        return sorted(self._dressed(rows, at), key=entity_order)

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """See `Store.entities_on`."""
        return {day: self.entities(ids=ids, at=day) for day, ids in wanted.items()}

    def _dressed(self, rows: list[tuple[Any, ...]], at: str | None) -> list[Entity]:
        """Entities under the names and codes of the day."""
        values = {"ids": _set(row[0] for row in rows), "at": at}
        when = f" AND {_HOLDS.format('at')}" if at else ""
        names = dict(
            self._all(
                "SELECT entity, name FROM names WHERE use IN ('official', 'former')"
                " AND (valid_from IS NOT NULL OR valid_until IS NOT NULL)"
                f" AND entity IN (SELECT value FROM json_each(:ids)){when} ORDER BY valid_from, name",
                values,
            )
            if at
            else []
        )
        codes: dict[str, dict[str, str]] = {}
        for entity, scheme, code in self._all(
            "SELECT entity, scheme, code FROM identifiers"
            f" WHERE entity IN (SELECT value FROM json_each(:ids)){when} ORDER BY valid_from, code",
            values,
        ):
            codes.setdefault(entity, {})[scheme] = code
        return [
            Entity(
                *row[:2],
                names.get(row[0], row[2]),
                *row[3:8],
                tuple(sorted(codes.get(row[0], {}).items())),
                *row[8:],
            )  # type: ignore[call-arg]
            for row in rows
        ]

    def relationships(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Relationship]:
        """See `Store.relationships`."""
        where = ["status IN (SELECT value FROM json_each(:statuses))"]
        values: dict[str, Any] = {"statuses": _set(include.statuses), "at": at, "not_at": not_at}
        for column, chosen in (("subject", subjects), ("object", objects), ("verb", verbs)):
            if chosen is not None:
                where.append(
                    f"{'+' if column == 'verb' else ''}{column} IN (SELECT value FROM json_each(:{column}))"
                )
                values[column] = _set(chosen)
        if at:
            where.append(_HOLDS.format("at"))
        if not_at:
            where.append(_HOLDS_ELSEWHERE.format("not_at"))
        if include.as_known_on:
            where.append("(stated_on IS NULL OR stated_on <= :known)")
            values["known"] = include.as_known_on
        rows = self._all(f"SELECT {_RELATIONSHIP} FROM relationships WHERE {' AND '.join(where)}", values)
        return sorted((Relationship(*row) for row in rows), key=relationship_order)

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """See `Store.events`."""
        where: list[str] = ["1"]
        values: dict[str, Any] = {"after": after, "until": until}
        wanted = None if ids is None else set(ids)
        if wanted is not None:
            values["ids"] = _set(wanted)
            where.append(
                "id IN (SELECT event FROM successions WHERE predecessor IN (SELECT value FROM json_each(:ids))"
                " UNION SELECT event FROM successions WHERE successor IN (SELECT value FROM json_each(:ids)))"
            )
        if after:
            where.append("date > :after")
        if until:
            where.append("date <= :until")
        fields = ", ".join(ChangeEvent._fields)
        result: dict[str, tuple[ChangeEvent, list[Succession]]] = {}
        for row in self._all(
            f"SELECT {fields} FROM events WHERE {' AND '.join(where)}",
            values,
        ):
            result[row[0]] = (ChangeEvent(*row), [])
        for row in self._all(
            f"SELECT {', '.join(Succession._fields)} FROM successions"
            " WHERE event IN (SELECT value FROM json_each(:events))",
            {"events": _set(result)},
        ):
            result[row[0]][1].append(Succession(*row))
        return shown_events(result.values(), wanted, include)

    def rules(self, services: Iterable[str] | None = None) -> list[Rule]:
        """See `Store.rules`."""
        chosen = "" if services is None else " WHERE service IN (SELECT value FROM json_each(:services))"
        rows = self._all(
            f"SELECT {', '.join(Rule._fields)} FROM rules{chosen} ORDER BY id",
            {"services": _set(services or [])},
        )
        return [Rule(*row) for row in rows]

    def accountability(self) -> list[Accountability]:
        """See `Store.accountability`."""
        rows = self._all(f"SELECT {', '.join(Accountability._fields)} FROM accountability ORDER BY id")
        return [Accountability(*row) for row in rows]

    def statements(self, as_known_on: str | None = None) -> list[Statement]:
        """See `Store.statements`."""
        rows = self._all(
            f"SELECT {', '.join(Statement._fields)} FROM statements"
            " WHERE :known IS NULL OR stated_on IS NULL OR stated_on <= :known ORDER BY id",
            {"known": as_known_on},
        )
        return [Statement(*row) for row in rows]

    def details(self, entity: str) -> Details:
        """See `Store.details`."""
        found: list[list[Dated]] = []
        for table, value, sort in (
            ("names", "name", "use"),
            ("identifiers", "code", "scheme"),
            ("locations", "postcode", "''"),
            ("phases", "status", "''"),
        ):
            rows = self._all(
                f"SELECT {value}, {sort}, {_DATED} FROM {table} WHERE entity = :entity",
                {"entity": entity},
            )
            found.append(
                sorted((Dated(*row) for row in rows), key=lambda d: (d.valid_from or "", d.value, d.sort))
            )
        names, identifiers, locations, phases = found
        return Details(names, identifiers, locations, phases)

    def sources(self, ids: Iterable[str] | None = None) -> dict[str, Source]:
        """See `Store.sources`."""
        chosen = "" if ids is None else " WHERE id IN (SELECT value FROM json_each(:ids))"
        fields = ", ".join(Source._fields)
        rows = self._all(
            f"SELECT {fields} FROM sources{chosen} ORDER BY id",
            {"ids": _set(ids or [])},
        )
        return {row[0]: Source(*row) for row in rows}

    def about(self) -> list[About]:
        """See `Store.about`."""
        rows = self._all(
            "SELECT dataset, title, horizon, as_of, kinds, names_from, changes_left_out FROM datasets ORDER BY dataset"
        )
        return [About(row[0], row[1], row[2], row[3], tuple(row[4].split()), row[5], row[6]) for row in rows]
