"""The embedded store: one file, of which no block is believed that is not as it was built.

What is walked row by row stands in it as packed tables, what is looked up by words as an SQLite database.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
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
    Period,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.plan import Plan
from orgmap.graphmodel.stages import Stage, in_force_life, known_period
from orgmap.graphmodel.store import (
    About,
    Dated,
    Details,
    each_source,
    entity_order,
    shown_events,
)
from orgmap.graphmodel.stores.packed import MANY, PackedFile, PackedTable, Where, number_of_day
from orgmap.graphmodel.stores.sealed import SEALED
from orgmap.graphmodel.stores.sqlite_places import SqlitePlaces

SCHEMA_VERSION = "10"

LASTING = "lasting_stages"
"""The remark under which the builder leaves what bodies are for good instead of in force."""

SIDES = ("predecessor", "successor")


def _set(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))


def _earlier_first(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Sorts rows of an entity and a day (None: since ever) and other words."""
    return (row[0], row[1] or "", *row[2:4])


def _day(day: str | None) -> int | None:
    return number_of_day(day) if day else None


def to_be_believed(status: os.stat_result) -> bool:
    """Whether a file is the user's own or the system's, and nobody else may write it."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class SqliteStore(SqlitePlaces):
    """A store in one built file, opened for reading only.

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
            super().__init__(apsw.Connection(url, flags=flags, vfs=SEALED), PackedFile(Path(path)))
        except (apsw.Error, OSError) as error:
            raise StoreDamaged(f"it cannot be opened: {error}") from error
        make: dict[str, Callable[[Iterable[Any]], Any]] = {
            "relationships": Relationship._make,
            "events": ChangeEvent._make,
            "successions": Succession._make,
        }
        self._tables = {
            name: PackedTable(self._packed, name, make.get(name, tuple)) for name in self._packed.tables
        }
        self._entities, self._phases = self._tables["entities"], self._tables["phases"]
        self._relationships = self._tables["relationships"]
        self._events, self._successions = self._tables["events"], self._tables["successions"]

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
        chosen = None
        wanted = None if ids is None else set(ids)
        if wanted is not None:
            chosen = self._entities.having("id", wanted)
        elif kind is not None:
            chosen = self._entities.having("kind", [kind])
        among = {} if kind is None else {"kind": self._among([kind])}
        rows = self._entities.rows(chosen, Where(among, _day(at), _day(not_at)))
        lasting = self._lasting.keys() if wanted is None else self._lasting.keys() & wanted
        lives = [(*row[:7], "in_force", *row[7:]) for row in rows if row[0] not in lasting]
        if lasting:
            staged = self._entities.rows(self._entities.having("id", lasting), Where(among))
            lives += self._staged_lives(staged, at, not_at)
        if at and len(include.statuses) > 1:
            lives += self._other_lives(self._entities.rows(chosen, Where(among)), at, not_at, include)
        return sorted(self._dressed(lives, at), key=entity_order)

    @cached_property
    def _lasting(self) -> dict[str, Stage]:
        """What bodies are for good instead of in force, as the builder found it."""
        return {one: Stage(*stage) for one, stage in json.loads(self.meta(LASTING) or "{}").items()}

    def _staged_lives(
        self, rows: Iterable[tuple[Any, ...]], at: str | None, not_at: str | None
    ) -> list[tuple[Any, ...]]:
        """The rows of bodies that have a lasting stage, as far as they were in force; without a day also the others."""
        lives = []
        for row in rows:
            stage, whole = self._lasting[row[0]], Period(row[3], row[4])
            life = in_force_life(whole, stage)
            if life and (not at or life.holds(at)) and not (not_at and life.holds(not_at)):
                lives.append((*row[:7], "in_force", *row[7:]))
            elif not life and not at and not (not_at and whole.holds(not_at)):
                lives.append((*row[:7], stage.status, *row[7:]))
        return lives

    def _other_lives(
        self, rows: list[tuple[Any, ...]], at: str, not_at: str | None, include: Include
    ) -> list[tuple[Any, ...]]:
        """The stretches in which these bodies were something else than in force, as rows of entities."""
        named = {row[0]: row[:3] for row in rows}
        of = {"status": self._among(set(include.statuses) - {"in_force"})}
        found = []
        for entity, status, valid_from, valid_until, *precisions, source, locator, note in self._phases.rows(
            None if len(named) > MANY else self._phases.having("entity", named), Where(of)
        ):
            known = known_period(valid_from, valid_until, precisions[0])
            if entity in named and known.holds(at) and not (not_at and known.holds(not_at)):
                period = (valid_from, valid_until, *precisions, status)
                found.append((*named[entity], *period, source, locator, note))
        return found

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """See `Store.entities_on`."""
        return {day: self.entities(ids=ids, at=day) for day, ids in wanted.items()}

    def _dressed(self, lives: list[tuple[Any, ...]], at: str | None) -> list[Entity]:
        """Entities under the names and codes of the day."""
        ids = {life[0] for life in lives}
        names, codes = dict[str, str](), dict[str, dict[str, str]]()
        where = Where(at=_day(at))
        called = ("entity", "valid_from", "name", "use", "valid_until")
        for entity, valid_from, name, use, valid_until in self._of("names", called, ids, where) if at else ():
            if use in ("official", "former") and (valid_from or valid_until):
                names[entity] = name
        coded = ("entity", "valid_from", "scheme", "code")
        for entity, _, scheme, code in self._of("identifiers", coded, ids, where):
            codes.setdefault(entity, {})[scheme] = code
        return [
            Entity(
                *life[:2],
                names.get(life[0], life[2]),
                *life[3:8],
                tuple(sorted(codes.get(life[0], {}).items())),
                *life[8:],
            )  # type: ignore[call-arg]
            for life in lives
        ]

    def _of(
        self, table: str, columns: Sequence[str], entities: set[str], where: Where
    ) -> list[tuple[Any, ...]]:
        """Some columns of the rows of a table on these entities, the earlier ones first."""
        packed = self._tables[table]
        chosen = None if len(entities) > self._entities.count // 2 else packed.having("entity", entities)
        return sorted(packed.cells(columns, chosen, where), key=_earlier_first)

    def _among(self, texts: Iterable[str]) -> frozenset[int]:
        return frozenset(self._packed.texts.numbers(texts))

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
        facts = self._relationships
        chosen = None if subjects is None else facts.having("subject", subjects)
        if objects is not None:
            found = facts.having("object", objects)
            chosen = found if chosen is None else sorted(set(chosen) & set(found))
        among = {"status": self._among(include.statuses)}
        if verbs is not None:
            among["verb"] = self._among(verbs)
        return facts.rows(chosen, Where(among, _day(at), _day(not_at)))

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """See `Store.events`."""
        wanted = None if ids is None else set(ids)
        chosen = None
        if wanted is not None:
            places = {place for side in SIDES for place in self._successions.having(side, wanted)}
            of = {part.event for part in self._successions.rows(sorted(places))}
            chosen = self._events.having("id", of)
        events = [
            event
            for event in self._events.rows(chosen)
            if (not after or (event.date and event.date > after))
            and (not until or (event.date and event.date <= until))
        ]
        result: dict[str, tuple[ChangeEvent, list[Succession]]] = {event.id: (event, []) for event in events}
        parts = None if len(events) > self._events.count // 2 else self._successions.having("event", result)
        for part in self._successions.rows(parts):
            if part.event in result:
                result[part.event][1].append(part)
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

    def statements(self) -> list[Statement]:
        """See `Store.statements`."""
        rows = self._all(f"SELECT {', '.join(Statement._fields)} FROM statements ORDER BY id")
        return [Statement(*row) for row in rows]

    def plans(self) -> list[Plan]:
        """See `Store.plans`."""
        return [Plan(*row) for row in self._all(f"SELECT {', '.join(Plan._fields)} FROM plans ORDER BY id")]

    def details(self, entity: str) -> Details:
        """See `Store.details`."""
        found: list[list[Dated]] = []
        for table, value, sort in (
            ("names", 1, 2),
            ("identifiers", 2, 1),
            ("locations", 1, None),
            ("phases", 1, None),
        ):
            packed = self._tables[table]
            life = packed.columns.index("valid_from")
            rows = packed.rows(packed.having("entity", [entity]))
            dated = (Dated(row[value], "" if sort is None else row[sort], *row[life:]) for row in rows)
            found.append(sorted(dated, key=lambda d: (d.valid_from or "", d.value, d.sort)))
        names, identifiers, locations, phases = found
        return Details(names, identifiers, locations, phases)

    def sources(self, ids: Iterable[str] | None = None) -> dict[str, Source]:
        """See `Store.sources`."""
        chosen = "" if ids is None else " WHERE id IN (SELECT value FROM json_each(:ids))"
        fields = ", ".join(Source._fields)
        rows = self._all(
            f"SELECT {fields} FROM sources{chosen} ORDER BY id",
            {"ids": _set(each_source(ids or []))},
        )
        return {row[0]: Source(*row) for row in rows}

    def about(self) -> list[About]:
        """See `Store.about`."""
        rows = self._all(
            "SELECT dataset, title, horizon, as_of, kinds, names_from, changes_left_out FROM datasets ORDER BY dataset"
        )
        return [About(row[0], row[1], row[2], row[3], tuple(row[4].split()), row[5], row[6]) for row in rows]
