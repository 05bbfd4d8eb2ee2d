"""How far the tables reach, and what an answer must say when it was asked beyond them."""

from __future__ import annotations

from collections.abc import Iterable

from graphmodel.dates import FIRST_DAY, today
from graphmodel.errors import NothingFound
from graphmodel.store import Store


def check_day(store: Store, at: str) -> None:
    """Refuses a day that the tables can say nothing about: before they begin, or in the future.

    Raises `NothingFound`: that is an answer (“not known”), no mistake.
    """
    if at < FIRST_DAY:
        raise NothingFound(f"Not known: the tables begin on {FIRST_DAY}, and {at} is earlier.")
    if at > today() and at > (last := last_horizon(store)):
        raise NothingFound(
            f"Not known: {at} is in the future, and the tables end on {last}."
            f" Ask --at {last} for the last known structure."
        )


def last_horizon(store: Store) -> str:
    """The last day that any dataset says something about."""
    return max((about.horizon for about in store.about()), default=today())


def is_plan(day: str | None, last_day: str) -> bool:
    """Whether what is dated on a day was only planned when the tables ended.

    >>> is_plan("2027-04-01", "2026-10-09"), is_plan("2013-04-01", "2026-10-09"), is_plan(None, "2026-10-09")
    (True, False, False)
    """
    return day is not None and day > last_day


def horizon_notes(store: Store, kinds: Iterable[str], at: str) -> list[str]:
    """One sentence for each dataset whose bodies stand in an answer for a day beyond its horizon, or on which their
    names are not known."""
    wanted = set(kinds)
    notes = []
    for about in store.about():
        if not wanted & set(about.kinds):
            continue
        if about.horizon and about.horizon < at:
            notes.append(f"{about.title}: known to {about.horizon}; shown as last known.")
        if at < about.names_from:
            notes.append(f"{about.title}: names are known from {about.names_from} on; here the oldest known.")
    return notes
