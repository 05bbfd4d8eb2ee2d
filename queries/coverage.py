"""How far the tables reach, and what an answer must say when it was asked beyond them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import FIRST_DAY, AnyDay, day_before, day_of, days_between, today
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import STATUSES, ChangeEvent, Entity, Include
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import About, Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, parse_kind
from orgmap.queries.by_set import kept_with

BEFORE = 3 * 365
"""So many days before they began bodies in shadow form of unknown start may have been there already."""

HALF_A_YEAR = 183

_AFTER_ALL = "9999-12-01"
"""A day after every plan: what is planned for good is planned on it."""


def check_day(store: Store, at: AnyDay) -> None:
    """Refuses a day that the tables can say nothing about: before they begin, or after the last plan in them.

    Raises `NothingFound`: that is an answer (“not known”), no mistake.
    """
    at = day_of(at)
    if at < FIRST_DAY:
        raise NothingFound(f"Not known: the tables begin on {FIRST_DAY}, and {at} is earlier.")
    if at > today() and at > max(last_horizon(store), last_planned(store)):
        last = last_horizon(store)
        raise NothingFound(
            f"Not known: {at} is in the future, and the tables end on {last}."
            f" Ask --at {last} for the last known structure."
        )


def last_planned(store: Store) -> str:
    """The last day for which anything is planned, asked of the store once; blank if nothing is."""

    def read() -> str:
        return max([last_planned_change(store), *(plan.planned_for or "" for plan in store.plans())])

    return kept_with(store, "last planned", read)


def last_planned_change(store: Store) -> str:
    """The last day on which a plan changes bodies or ties, asked of the store once; blank if none does.

    What is only said for a year ahead, such as an aim, changes nobody.
    """

    def read() -> str:
        plans = Include(tuple(status for status in STATUSES if status in PLANS))
        days = [
            event.date for event, _ in store.events(include=Include.of(STATUSES)) if event.status in PLANS
        ]
        days += [rule.valid_from for rule in store.rules() if rule.status in PLANS]
        days += [step.valid_from for step in store.accountability() if step.status in PLANS]
        days += [fact.valid_from for fact in store.relationships(include=plans)]
        bodies = [body.id for body in store.entities(at=_AFTER_ALL, include=plans) if body.status in PLANS]
        days += [body.valid_from for body in store.entities(ids=bodies)]
        return max((day for day in days if day), default="")

    return kept_with(store, "last planned change", read)


def abouts(store: Store) -> list[About]:
    """The datasets that a store was built from."""
    return kept_with(store, "datasets", store.about)


def last_horizon(store: Store) -> str:
    """The last day that any dataset says something about."""
    return max((about.horizon for about in abouts(store)), default=today())


def is_plan(day: str | None, last_day: str) -> bool:
    """Whether what is dated on a day was only planned when the tables ended.

    >>> is_plan("2027-04-01", "2026-10-09"), is_plan("2013-04-01", "2026-10-09"), is_plan(None, "2026-10-09")
    (True, False, False)
    """
    return day is not None and day > last_day


def is_planned(event: ChangeEvent, last_day: str) -> bool:
    """Whether a change has not happened yet: it says so itself, or is dated on a day after the tables ended.

    >>> is_planned(ChangeEvent("e", "merged", "2026-04-01", status="planned"), "2026-10-09")
    True
    """
    return event.status in PLANS or is_plan(event.date, last_day)


def horizon_notes(store: Store, kinds: Iterable[str], at: AnyDay) -> list[str]:
    """One sentence for each dataset whose bodies stand in an answer for a day beyond its horizon, or on which their
    names are not known."""
    at, wanted = day_of(at), frozenset(map(parse_kind, kinds))
    known = abouts(store)
    notes = [*known_on_note(store), *not_recorded_notes(store, wanted), *known_to_notes(known, wanted, at)]
    for about in known:
        if wanted & set(about.kinds) and at < about.names_from:
            notes.append(f"{about.title}: names are known from {about.names_from} on; here the oldest known.")
    return notes


def known_on_note(store: Store) -> list[str]:
    """A sentence where no more is told than was known on an earlier day."""
    if not isinstance(store, KnownStore):
        return []
    return [
        f"As known on {store.day}: what was said, began or ended later is left out; names and codes that bear no day"
        " are told with their body."
    ]


def not_recorded_notes(store: Store, kinds: Kinds) -> list[str]:
    """A sentence for each planned body of these kinds of which it is not recorded since when it was known, and which
    is therefore not told as known on an earlier day."""
    kinds = sorted(chosen_kinds(kinds) or ())
    if not isinstance(store, KnownStore):
        return []
    return [
        f"{body.label} ({body.id}) is {body.status}; since when that was known is not recorded, so it is left out."
        for kind in kinds
        for body in store.not_recorded(kind)
    ]


def known_to_notes(abouts: Iterable[About], kinds: Iterable[str], at: str) -> list[str]:
    """One sentence for each dataset whose bodies stand in an answer for a day beyond its horizon."""
    wanted = set(kinds)
    return [
        f"{about.title}: known to {about.horizon}; shown as last known."
        for about in abouts
        if about.horizon and about.horizon < at and wanted & set(about.kinds)
    ]


def kinds_of(answers: list[dict[str, Any]]) -> set[str]:
    """The kinds of the bodies that answers of `who` name as commissioners."""
    return {str(answer["commissioner"]["kind"]) for answer in answers}


def since_not_known(store: Store, kind: str, at: AnyDay, include: Include) -> list[Entity]:
    """Bodies in shadow form before they began, of which no source says whether they were there on `at` already.

    A body whose time in shadow form has no known start is known for the last day of it alone; a start that is only
    approximate may have been up to a year earlier. Of days more than `BEFORE` days before they began nothing is said.
    """
    kind = parse_kind(kind)
    at = day_of(at)
    if "shadow" not in include.statuses:
        return []
    starts = [
        body.valid_from for body in store.entities(kind=kind) if body.valid_from and body.valid_from > at
    ]
    if not starts or days_between(at, first := min(starts)) > BEFORE or day_before(first) == at:
        return []
    shadows = store.entities(kind=kind, at=day_before(first), include=Include.of(["shadow"]))
    return [body for body in shadows if body.status == "shadow" and _may_hold(body, at)]


def _may_hold(shadow: Entity, at: str) -> bool:
    if shadow.valid_from and at < shadow.valid_from:
        return shadow.from_precision == "approx" and days_between(at, shadow.valid_from) <= HALF_A_YEAR
    return shadow.from_precision == "not_known"
