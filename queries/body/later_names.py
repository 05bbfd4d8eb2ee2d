"""A name that a body had only later: North Cumbria was the name of NHS Cumbria CCG from 2017 on."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.naming import read_name
from orgmap.graphmodel.store import Store


def later_name_note(store: Store, text: str, body: Entity, at: AnyDay) -> list[str]:
    """Says that a body in force bears the name only from a later day on, and what it was called on the day.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [group] = store.entities(ids=["ccg:01H"], at="2016-06-01")
    ...     later_name_note(store, "North Cumbria", group, "2016-06-01")
    ['The name “North Cumbria” came later: it was called NHS Cumbria CCG on 2016-06-01.']
    """
    at = day_of(at)
    core = read_name(text).core
    of_day = store.entities(ids=[body.id], at=at) if core and body.in_force_on(at) else []
    if not of_day or read_name(of_day[0].label).core == core:
        return []
    starts = [
        name.valid_from or ""
        for name in store.details(body.id).names
        if (name.valid_from or name.valid_until) and read_name(name.value).core == core
    ]
    if not starts or min(starts) <= at:
        return []
    return [f"The name “{text}” came later: it was called {of_day[0].label} on {at}."]
