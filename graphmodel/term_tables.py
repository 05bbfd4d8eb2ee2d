"""The tables in `graphmodel/terms`, and others laid over them: read once, and anew when more are laid over."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

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
    found = []
    for folder in (TERMS, *_LAID_OVER):
        if folder is TERMS or (folder / name).exists():
            with (folder / name).open(encoding="utf-8", newline="") as file:
                found += list(csv.reader(file))[1:]
    return found


def lay_over(*folders: Path) -> None:
    """Adds the words of folders with tables such as those of `terms/` to the model's own, for this process; those laid
    over before are taken off."""
    _LAID_OVER[:] = folders
    for kept in _REMEMBERED:
        kept.cache_clear()
