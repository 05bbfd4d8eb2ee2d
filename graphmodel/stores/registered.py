"""One release of the whole register in a built file, in which bodies are looked up by code, name and relation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Any

import apsw

from orgmap.graphmodel.errors import StoreDamaged
from orgmap.graphmodel.register.bodies import (
    NamedBody,
    Pointing,
    RegisteredBody,
    RegisteredSuccession,
    RoleWords,
    read_record,
)
from orgmap.graphmodel.stores.sealed import SEALED

SHAPE = "3"
"""Grows when such a file is built otherwise."""

TABLES_OF_REGISTER = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE bodies (number INTEGER PRIMARY KEY, code TEXT, name TEXT, words TEXT, begins TEXT, ends TEXT,
    postcode TEXT, record TEXT);
CREATE TABLE ties (target TEXT, relation TEXT, number INTEGER);
CREATE VIRTUAL TABLE names USING fts5(name, content='', columnsize=0, detail=none, tokenize='unicode61');
"""
INDEXES_OF_REGISTER = """
CREATE UNIQUE INDEX code_of ON bodies (code);
CREATE INDEX called ON bodies (words COLLATE NOCASE, code);
CREATE INDEX tied_to ON ties (target, relation);
"""

SUCCESSION = "succession"
"""Stands among the relations for what the register tells of who came before and after."""

_OF_SORT = "words = ? COLLATE NOCASE AND begins <= ? AND (ends = '' OR ends > ?)"
_NAMED = "code, name, words, begins, ends, postcode"


class RegisterFile:
    """An open file; nothing in it is believed that is not as it was built."""

    def __init__(self, path: Path) -> None:
        """Opens a built file. Raises `StoreDamaged` if it is none, or of another shape."""
        url = f"{path.absolute().as_uri()}?immutable=1"
        try:
            self._db = apsw.Connection(
                url, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, vfs=SEALED
            )
            rows: list[Any] = self._db.execute("SELECT key, value FROM meta").fetchall()
            meta: dict[str, str] = dict(rows)
        except (apsw.Error, OSError) as error:
            raise StoreDamaged(f"it cannot be opened: {error}") from error
        if meta.get("shape") != SHAPE:
            raise StoreDamaged("it was built by another version of the program")
        self._one_at_a_time = Lock()
        self._sorts: dict[str, int] | None = None
        self.words = {role: RoleWords(*words) for role, words in json.loads(meta["roles"]).items()}

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _all(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            with self._one_at_a_time:
                return self._db.execute(sql, values).fetchall()
        except (apsw.CorruptError, apsw.NotADBError, apsw.IOError) as error:
            raise StoreDamaged(str(error)) from error

    def of_code(self, code: str) -> RegisteredBody | None:
        """The body of a code."""
        rows = self._all("SELECT record FROM bodies WHERE code = ?", code.upper())
        return read_record(rows[0][0]) if rows else None

    def named(self, codes: Iterable[str]) -> dict[str, NamedBody]:
        """The bodies of these codes."""
        wanted = json.dumps(sorted({code.upper() for code in codes}))
        rows = self._all(
            f"SELECT {_NAMED} FROM bodies WHERE code IN (SELECT value FROM json_each(?))", wanted
        )
        return {row[0]: NamedBody(*row) for row in rows}

    def of_sort(self, words: str, at: str) -> list[NamedBody]:
        """The bodies that are of a sort, by its words, and were open on a day."""
        rows = self._all(
            f"SELECT {_NAMED} FROM bodies WHERE {_OF_SORT} ORDER BY code",
            words,
            at,
            at,
        )
        return [NamedBody(*row) for row in rows]

    def count_of_sort(self, words: str, at: str) -> int:
        """How many those are."""
        [(number,)] = self._all(f"SELECT count(*) FROM bodies WHERE {_OF_SORT}", words, at, at)
        return int(number)

    def sorts(self) -> dict[str, int]:
        """The words for every sort of body that there is, in order, with how many there are of each."""
        if self._sorts is None:
            self._sorts = dict(self._all("SELECT words, count(*) FROM bodies GROUP BY words ORDER BY words"))
        return dict(self._sorts)

    def with_words(self, words: list[str], limit: int, sort: str = "") -> tuple[int, list[NamedBody]]:
        """How many names have all words, each as the beginning of one, and some of them: the shortest names first; of
        one sort, if it is named."""
        asked = " AND ".join(f'"{word}"*' for word in words if word.isalnum())
        if not asked:
            return 0, []
        named, values = "number IN (SELECT rowid FROM names WHERE names MATCH ?)", [asked]
        if sort:
            named, values = f"{named} AND words = ? COLLATE NOCASE", [asked, sort]
        [(number,)] = self._all(f"SELECT count(*) FROM bodies WHERE {named}", *values)
        rows = self._all(
            f"SELECT {_NAMED} FROM bodies WHERE {named} ORDER BY ends <> '', length(name), code LIMIT ?",
            *values,
            limit,
        )
        return number, [NamedBody(*row) for row in rows]

    def pointing_to(self, code: str, limit: int) -> list[Pointing]:
        """The relations of others to a body, those others that go on first."""
        counted = self._all(
            "SELECT relation, count(*) FROM ties WHERE target = ? AND relation <> ? GROUP BY relation"
            " ORDER BY relation",
            code.upper(),
            SUCCESSION,
        )
        return [
            Pointing(relation, number, tuple(self._tied(code.upper(), relation, limit)))
            for relation, number in counted
        ]

    def _tied(self, code: str, relation: str, limit: int) -> list[NamedBody]:
        rows = self._all(
            f"SELECT DISTINCT {_NAMED} FROM ties JOIN bodies USING (number) WHERE target = ? AND relation = ?"
            " ORDER BY ends <> '', code LIMIT ?",
            code,
            relation,
            limit,
        )
        return [NamedBody(*row) for row in rows]

    def successions_to(self, code: str) -> list[tuple[NamedBody, RegisteredSuccession]]:
        """The bodies that name this one as what came before or after them."""
        rows = self._all(
            f"SELECT DISTINCT {_NAMED}, record FROM ties JOIN bodies USING (number) WHERE target = ? AND relation = ?"
            " ORDER BY code",
            code.upper(),
            SUCCESSION,
        )
        return [
            (NamedBody(*row), one)
            for *row, record in rows
            for one in read_record(record).successions
            if one.target.upper() == code.upper()
        ]
