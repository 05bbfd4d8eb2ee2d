"""The tables in `graphmodel/terms`, and others laid over them: read once, and anew when more are laid over."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

TERMS = Path(__file__).parent / "terms"

_LAID_OVER: list[Path] = []
"""Folders whose rows come after those of `TERMS`, see `lay_over`."""

_REMEMBERED: list[Any] = []
"""What was read of the tables, and is read anew when others are laid over them."""


P = ParamSpec("P")
T = TypeVar("T")


def remembered(reading: Callable[P, T]) -> Callable[P, T]:
    """Makes a reader of the words read them once, until others are laid over them (see `lay_over`)."""
    return remembered_up_to(None)(reading)


def remembered_up_to(most: int | None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The same for no more than so many different questions."""

    def keeping(reading: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=most)(reading)
        _REMEMBERED.append(kept)
        return kept  # type: ignore[return-value]

    return keeping


def term_rows(name: str) -> list[list[str]]:
    """The rows of a table of `terms/`, its header left out; after them those that were laid over them."""
    return [*_plain(name)[1:], *laid_over_rows(name)]


def laid_over_rows(name: str) -> list[list[str]]:
    """The rows that were laid over those of a table of `terms/`, with all its columns; a blank is its default."""
    found: list[list[str]] = []
    columns = laid_over_columns(name) if _LAID_OVER else {}
    for folder in _LAID_OVER if columns else ():
        if (folder / name).exists():
            with (folder / name).open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    cells = {title.strip(): (row[title] or "").strip() for title in row if title}
                    if any(cells.values()):
                        found.append([cells.get(one) or columns[one].default for one in columns])
    return found


class WordColumn(NamedTuple):
    """A column of a table of words that may be laid over: what is meant where it is blank, and what may stand there."""

    column: str
    required: bool
    default: str
    form: str
    description: str


def laid_over_columns(name: str) -> dict[str, WordColumn]:
    """The columns of a table of words to which others may add rows, by name; none for any other table.

    >>> laid_over_columns("kinds.csv")["reach"].default, laid_over_columns("rules.csv")
    ('own', {})
    """
    return {
        column: WordColumn(column, required == "yes", *rest)
        for table, column, required, *rest in _declared()
        if f"{table}.csv" == name
    }


def laid_over_tables() -> tuple[str, ...]:
    """The tables of words to which others may add rows.

    >>> laid_over_tables()
    ('kinds', 'roles', 'kind_words', 'verbs')
    """
    return tuple(dict.fromkeys(table for table, *_ in _declared()))


@lru_cache(maxsize=1)
def _declared() -> list[list[str]]:
    return _plain("word_columns.csv")[1:]


def _plain(name: str) -> list[list[str]]:
    """A table of `terms/` alone, with its header."""
    with (TERMS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def lay_over(*folders: Path) -> None:
    """Adds the words of folders with tables such as those of `terms/` to the model's own, for this process; those laid
    over before are taken off."""
    _LAID_OVER[:] = folders
    for kept in _REMEMBERED:
        kept.cache_clear()


def laid_over() -> tuple[Path, ...]:
    """The folders that are laid over the project's own tables in this process."""
    return tuple(_LAID_OVER)
