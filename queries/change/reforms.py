"""Reforms: dates on which the structure changed, told by comparing the day before with the day."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import IN_FORCE, Entity, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import the_kind
from orgmap.queries.answers import sources_json
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.diff import diff


def list_reforms(store: Store) -> list[dict[str, Any]]:
    """Lists the reforms in the graph, by date, with who says so.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     "2013-04-01" in {reform["valid_from"] for reform in list_reforms(store)}
    True
    """
    reforms = sorted(
        store.entities(kind=the_kind("change")), key=lambda reform: (reform.valid_from or "", reform.id)
    )
    sources = store.sources({reform.source for reform in reforms})
    return [
        {**reform.to_json(), "sources": sources_json(sources, [(reform.source, reform.locator)])}
        for reform in reforms
    ]


def reform_days(store: Store, text: str) -> tuple[Entity, str, str]:
    """Finds a reform by its id, its name, or its year, and gives the day before it and its own day.

    Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     reform_days(store, "2013")[1:]
    ('2013-03-31', '2013-04-01')
    """
    found = _named(store, text) or resolve(store, text, kinds=frozenset({the_kind("change")}))
    if not found.valid_from:
        raise NothingFound(f"The date of “{found.label}” is not known.")
    return found, day_before(found.valid_from), found.valid_from


def _named(store: Store, text: str) -> Entity | None:
    """The reform of that id, or the only one of that year. Raises `Ambiguous` for a year with several."""
    reforms = store.entities(kind=the_kind("change"))
    for one in reforms:
        if text in (one.id, one.id.partition(":")[2]):
            return one
    year = [one for one in reforms if one.valid_from and one.valid_from[:4] == text]
    if len(year) > 1:
        raise Ambiguous(
            f"There were several reforms in {text}; name one by its id.",
            [f"{one.id} — {one.label}" for one in year],
        )
    return year[0] if year else None


def reform(store: Store, text: str, within: str | None = None, include: Include = IN_FORCE) -> dict[str, Any]:
    """Tells what one reform changed: the difference between the day before it and the day itself.

    Returns what `diff` returns, and `"reform"`. Raises `NothingFound` or `Ambiguous`.
    """
    found, before, after = reform_days(store, text)
    answer = diff(store, before, after, within=within, include=include)
    same_day = [
        one for one in store.entities(kind=found.kind) if one.valid_from == after and one.id != found.id
    ]
    if same_day:
        others = "; ".join(f"{one.label} ({one.id})" for one in sorted(same_day, key=lambda one: one.id))
        note = f"All changes of that day are told: those of {others} stand here, too."
        answer = {**answer, "notes": [note, *answer["notes"]]}
    return {"reform": found.to_json(), **answer}
