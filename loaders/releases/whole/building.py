"""Builds a kept register into a file for look-ups: whole or not at all, once for each release."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import apsw

from orgmap.graphmodel.errors import DataBroken, StoreDamaged
from orgmap.graphmodel.register.bodies import ACTIVE, RoleWords, role_words
from orgmap.graphmodel.stores.registered import (
    INDEXES_OF_REGISTER,
    SHAPE,
    SUCCESSION,
    TABLES_OF_REGISTER,
    RegisterFile,
)
from orgmap.graphmodel.stores.sealed import BLOCK, seal
from orgmap.graphmodel.stores.sqlite import to_be_believed
from orgmap.graphmodel.text import normalise
from orgmap.loaders.releases.whole.gathering import kept_records

AT_ONCE = 5_000
"""So many bodies are written at a time."""

WITHOUT_ROLE = RoleWords("body of the register", "", False)


def opened_register(target: Path, kept: Path, content: str, mend: str) -> RegisterFile:
    """The built file of a kept register, built first if it is missing or damaged; `mend` says what to do if what is
    kept is damaged. Raises `DataBroken` then, and where the file cannot be written."""
    if found := _there(target):
        return found
    from filelock import FileLock

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"):
            if found := _there(target):
                return found
            _build_beside(target, kept, content)
    except (ValueError, EOFError, KeyError, zlib.error) as error:
        raise DataBroken(f"{kept}: {mend}") from error
    except (apsw.Error, OSError) as error:
        raise DataBroken(
            f"The register cannot be built in {target.parent} ({getattr(error, 'strerror', '') or error})."
            " Make room on the disk or name another folder in ORGMAP_CACHE."
        ) from error
    if found := _there(target):
        return found
    raise DataBroken(f"{target} cannot be read after it was built. Delete it and run the command again.")


def _there(target: Path) -> RegisterFile | None:
    try:
        if target.exists() and to_be_believed(target.stat()):
            return RegisterFile(target)
    except (StoreDamaged, OSError):
        pass
    return None


def _build_beside(target: Path, kept: Path, content: str) -> None:
    for left in target.parent.glob(f"{target.name}.building-*"):
        left.unlink(missing_ok=True)
    building = target.with_name(f"{target.name}.building-{os.getpid()}")
    try:
        _fill(building, kept, content)
        building.chmod(building.stat().st_mode & ~0o022)
        os.replace(building, target)
    finally:
        for suffix in ("", "-journal"):
            with contextlib.suppress(OSError):
                Path(f"{building}{suffix}").unlink(missing_ok=True)


def _fill(building: Path, kept: Path, content: str) -> None:
    records, ending = kept_records(kept, content)
    words = role_words(ending["roles"])
    db = apsw.Connection(str(building))
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"page_size={BLOCK}", "cache_size=-65536"):
            db.execute(f"PRAGMA {pragma}")
        db.execute(TABLES_OF_REGISTER)
        db.execute("BEGIN")
        found = enumerate(records, start=1)
        while some := list(islice(found, AT_ONCE)):
            bodies = [_body(number, record, words) for number, record in some]
            db.executemany("INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (body for body, _ in bodies))
            db.executemany(
                "INSERT INTO names (rowid, name) VALUES (?, ?)", _names(body for body, _ in bodies)
            )
            db.executemany("INSERT INTO ties VALUES (?, ?, ?)", (tie for _, ties in bodies for tie in ties))
        db.execute(INDEXES_OF_REGISTER)
        roles = json.dumps(words)
        meta = {"shape": SHAPE, "content": content, "roles": roles, "published": ending["published"]}
        db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        db.execute("COMMIT")
        [[pages]] = db.execute("PRAGMA page_count")
    finally:
        db.close()
    seal(building, int(pages))


def _names(bodies: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, str]]:
    return ((body[0], normalise(body[2])) for body in bodies)


def _body(number: int, record: str, words: dict[str, RoleWords]) -> tuple[tuple[Any, ...], list[Any]]:
    """A body as a row, and the codes to which it has relations."""
    cells = json.loads(record)
    code, name, days, postcode, roles, ties, successions = (cells[n] for n in (0, 1, 5, 6, 9, 10, 11))
    first = over = None
    for role, is_primary, status, _ in roles:
        known = words.get(role) or RoleWords(role, "", False)
        if is_primary:
            first = known
        elif known.over and status == ACTIVE and not over:
            over = known
    what = over or first or WITHOUT_ROLE
    row = (number, code.upper(), name, what.words, days[2], days[3], postcode, record)
    tied = [(tie[1].upper(), tie[0], number) for tie in ties]
    tied += [(one[1].upper(), SUCCESSION, number) for one in successions]
    return row, tied
