"""The embedded store: one file, of which no block is believed that is not as it was built.

What is walked row by row stands in it as packed tables, what is looked up by words as an SQLite database.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path

import apsw

from orgmap.graphmodel.errors import StoreDamaged
from orgmap.graphmodel.listed import Listed, table_of
from orgmap.graphmodel.model import Accountability, Rule, Source, Statement
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.register.bodies import Beside
from orgmap.graphmodel.store import About, each_source
from orgmap.graphmodel.stores.packed import PackedFile
from orgmap.graphmodel.stores.packed_facts import PackedFacts
from orgmap.graphmodel.stores.packed_places import PackedPlaces
from orgmap.graphmodel.stores.sealed import SEALED
from orgmap.graphmodel.stores.sqlite_places import SqlitePlaces

SCHEMA_VERSION = "18"


def _set(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))


def to_be_believed(status: os.stat_result) -> bool:
    """Whether a file is the user's own or the system's, and nobody else may write it."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class SqliteStore(PackedFacts, SqlitePlaces):
    """A store in one built file, opened for reading only.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     store.entities(ids=["ccg:10E"])[0].name
    'NHS Thanet CCG'
    """

    register: Beside | None = None
    """The whole register beside it, if one is loaded."""

    def __init__(self, path: Path | str) -> None:
        """Opens a built file. Raises `StoreDamaged` if it is not one, damaged, or of another version."""
        try:
            self._open(path)
        except (apsw.Error, OSError) as error:
            raise StoreDamaged(f"it cannot be opened: {error}") from error
        except LookupError as error:
            raise StoreDamaged(
                f"it was built by another version of the program: {error} is not in it"
            ) from error

    def _open(self, path: Path | str) -> None:
        # As a URL, so that a folder's name with a “?” or “#” in it stays a name. A built file never changes: a new
        # one takes its place, so nothing needs to be locked.
        url = f"{Path(path).absolute().as_uri()}?immutable=1"
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        SqlitePlaces.__init__(self, apsw.Connection(url, flags=flags, vfs=SEALED))
        PackedFacts.__init__(self, PackedFile(Path(path)))
        self.places = PackedPlaces(self._packed)

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

    def listed(self, record: type[Listed]) -> list[Listed]:
        """See `Store.listed`."""
        columns: tuple[str, ...] = record._fields
        rows = self._all(f"SELECT {', '.join(columns)} FROM {table_of(record)} ORDER BY id")
        return [record(*row) for row in rows]

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
