"""Reforms: dates on which the structure changed, told by comparing the day before with the day."""

from __future__ import annotations

from typing import Any

from graphmodel.dates import day_before
from graphmodel.errors import NothingFound
from graphmodel.model import IN_FORCE, Entity, Include
from graphmodel.store import Store
from queries.answers import sources_json
from queries.diff import diff
from queries.resolve import resolve


def list_reforms(store: Store) -> list[dict[str, Any]]:
    """Lists the reforms in the graph, by date, with who says so.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     "2013-04-01" in {reform["valid_from"] for reform in list_reforms(store)}
    True
    """
    reforms = sorted(store.entities(kind="reform"), key=lambda reform: (reform.valid_from or "", reform.id))
    sources = store.sources({reform.source for reform in reforms})
    return [
        {**reform.to_json(), "sources": sources_json(sources, [(reform.source, reform.locator)])}
        for reform in reforms
    ]


def reform_days(store: Store, text: str) -> tuple[Entity, str, str]:
    """Finds a reform by its id or name, and gives the day before it and its own day.

    Raises `NothingFound` or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     reform_days(store, "2013")[1:]
    ('2013-03-31', '2013-04-01')
    """
    named = [one for one in store.entities(kind="reform") if text in (one.id, one.id.partition(":")[2])]
    found = named[0] if named else resolve(store, text, kinds=frozenset({"reform"}))
    if not found.valid_from:
        raise NothingFound(f"The date of “{found.label}” is not known.")
    return found, day_before(found.valid_from), found.valid_from


def reform(store: Store, text: str, within: str | None = None, include: Include = IN_FORCE) -> dict[str, Any]:
    """Tells what one reform changed: the difference between the day before it and the day itself.

    Returns what `diff` returns, and `"reform"`. Raises `NothingFound` or `Ambiguous`.
    """
    found, before, after = reform_days(store, text)
    return {"reform": found.to_json(), **diff(store, before, after, within=within, include=include)}
