"""What becomes of a body across a day: it goes on or ends, who succeeds it, by which act, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_before, day_of
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Entity, Include, Succession
from orgmap.graphmodel.plans.foretold import PlannedEnd, planned_ends
from orgmap.graphmodel.statuses import PLANS, STATUSES
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import event_kinds
from orgmap.queries.change.successors import GOES_ON, Successor, span, successors_on
from orgmap.queries.coverage import check_day
from orgmap.queries.plans.marks import last_day_known, plan_words, when_words
from orgmap.queries.structure.hierarchy import Chains

ON, ENDED, HAD_ENDED, TO_END, NOT_BEGUN, UNKNOWN = (
    "goes on",
    "ended",
    "had ended",
    "to end",
    "not begun",
    "not known",
)
"""How a party stands on the day: there before and after; ended with it; ended before; a plan is to end it by then; not
there before it; of an end that nobody dates."""

LAST_KNOWN = "as last known"
"""Said of a day to come."""


class Across(NamedTuple):
    """The day of a reform, asked of a graph: `eve` is the day before, `ahead` whether it is still to come."""

    chains: Chains
    day: str
    eve: str
    ahead: bool

    @classmethod
    def of(cls, store: Store, day: AnyDay, include: Include = IN_FORCE) -> Across:
        """Raises `NothingFound` for a day that the tables do not reach.

        >>> from orgmap.loaders.open import open_store
        >>> with open_store() as store:
        ...     Across.of(store, "1 April 2013").eve
        '2013-03-31'
        """
        day = day_of(day)
        check_day(store, day)
        return cls(Chains.of(store, include), day, day_before(day), day > last_day_known(store))

    @property
    def store(self) -> Store:
        """The graph that is asked."""
        return self.chains.store

    @property
    def include(self) -> Include:
        """What it may tell beside what is in force."""
        return self.chains.include


class PartyLife(NamedTuple):
    """How a party stands across a day; `before` is the last day on which it was there, the eve if it goes on.

    `successors` are those of an ended party on the day; `acts` and `cited` the instruments of its end and who says so;
    `status` how sure the end is, where it is only planned; `gave` whether it goes on and gave a part of its work or
    area to another on the day.
    """

    body: Entity
    state: str
    before: str
    ended_on: str | None = None
    successors: tuple[Successor, ...] = ()
    acts: tuple[str, ...] = ()
    cited: tuple[tuple[str, str], ...] = ()
    status: str = "in_force"
    notes: tuple[str, ...] = ()
    gave: bool = False


def party_life(asked: Across, body: Entity) -> PartyLife:
    """How a body stands across the day.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     across = Across.of(store, "2020-04-01")
    ...     found = party_life(across, store.entities(ids=["ccg:10E"])[0])
    >>> found.state, [one.body for one in found.successors], found.before
    ('ended', ['ccg:91Q'], '2020-03-31')
    """
    if body.status in PLANS or (body.valid_from and body.valid_from > asked.eve):
        words = f" on {body.valid_from}" if body.valid_from else ""
        verb = "is to begin" if body.status in PLANS else "began"
        sure = f" ({plan_words(body.status)})" if body.status in PLANS else ""
        return PartyLife(body, NOT_BEGUN, asked.eve, notes=(f"{body.label} {verb}{words}{sure}, not before",))
    end = body.valid_until
    if end and end <= asked.day:
        events = _ending(asked.store, body, end)
        return PartyLife(
            body,
            ENDED if end == asked.day else HAD_ENDED,
            day_before(end),
            end,
            tuple(successors_on(asked.store, body.id, asked.day)),
            *_said(events),
            notes=_inexact(body, end),
        )
    if not end and body.until_precision == "not_known":
        return PartyLife(body, UNKNOWN, asked.eve, notes=(f"when {body.label} ended is not known",))
    return _planned_life(asked, body) if asked.ahead else _on(asked, body)


def _on(asked: Across, body: Entity) -> PartyLife:
    """A body that is there before and after the day, with what it gave to others on it."""
    found = [
        (event, [part.successor for part in parts if part.predecessor == body.id and not part.stray])
        for event, parts in asked.store.events(ids=[body.id], after=asked.eve, until=asked.day)
        if event_kinds()[event.kind].ends == "no" and event_kinds()[event.kind].begins == "yes"
    ]
    passed = {event: [one for one in to if one not in ("", body.id)] for event, to in found}
    passed = {event: to for event, to in passed.items() if to}
    names = asked.chains.entities({one for to in passed.values() for one in to}, asked.day)
    notes = [
        f"{event_kinds()[event.kind].label} on {event.date}: a part went to"
        f" {', '.join(f'{names[one].label} ({one})' if one in names else one for one in to)}"
        for event, to in passed.items()
    ]
    return PartyLife(body, ON, asked.eve, None, (), *_said(passed), notes=tuple(notes), gave=bool(passed))


def _inexact(body: Entity, end: str) -> tuple[str, ...]:
    exact = body.until_precision in ("", "day")
    return () if exact else (f"its end on {end} is known as: {body.until_precision}",)


def _ending(store: Store, body: Entity, end: str) -> list[ChangeEvent]:
    """The changes by which a body ended on a day."""
    found = []
    for event, parts in store.events(ids=[body.id]):
        first, last = span(event)
        if event_kinds()[event.kind].ends == "yes" and first <= end <= last and _leaves(parts, body.id):
            found.append(event)
    return found


def _leaves(parts: Iterable[Succession], body: str) -> bool:
    return any(part.predecessor == body and not part.about for part in parts)


def _said(events: Iterable[ChangeEvent]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The instruments of changes, and their sources with the places in them."""
    listed = list(events)
    acts = tuple(dict.fromkeys(event.instrument for event in listed if event.instrument))
    return acts, tuple(
        dict.fromkeys((source, event.locator) for event in listed for source in event.source.split())
    )


def _planned_life(asked: Across, body: Entity) -> PartyLife:
    """How a body stands on a day to come: as last known, unless plans are asked for that are to end it by then."""
    end = planned_ends(asked.store, [body.id], asked.include.with_plans()).get(body.id)
    if end is None or not end.date or end.date > asked.day:
        return PartyLife(body, ON, asked.eve, notes=(LAST_KNOWN,))
    words = f"a plan is to end {body.label} {when_words(end.date, end.precision)} ({_plan(end)})"
    if not asked.include.shows(end.status):
        return PartyLife(body, ON, asked.eve, notes=(LAST_KNOWN, f"{words}: --include planned tells more"))
    found = [
        (event, parts)
        for event, parts in asked.store.events(ids=[body.id], until=asked.day, include=asked.include)
        if event.kind not in GOES_ON and event_kinds()[event.kind].ends == "yes" and event.date == end.date
    ]
    parts = [
        part
        for _, parts in found
        for part in parts
        if part.predecessor == body.id and part.successor not in ("", body.id) and not part.about
    ]
    statuses = [end.status, *(part.status for part in parts if part.status)]
    return PartyLife(
        body,
        TO_END,
        min(asked.eve, day_before(end.date)),
        end.date,
        tuple(_successors(parts)),
        *_said(event for event, _ in found),
        status=least_sure(statuses),
        notes=(words,),
    )


def _plan(end: PlannedEnd) -> str:
    return plan_words(end.status, end.stated_on, end.said_by)


def _successors(parts: list[Succession]) -> list[Successor]:
    """Who is to take over by these parts of a plan; a single one takes all."""
    alone = len({part.successor for part in parts}) == 1
    found = {
        part.successor: Successor(
            part.successor,
            1.0 if part.weight is None and alone else part.weight,
            part.counts,
            bool(part.stray),
        )
        for part in parts
    }
    return sorted(found.values(), key=lambda one: (one.stray, -(one.weight or 0.0), one.body))


def least_sure(statuses: Iterable[str]) -> str:
    """Of several statuses the one that is the least sure; blank is in force.

    >>> least_sure(["in_force", "conditional", "enacted"])
    'conditional'
    """
    return max((status or "in_force" for status in statuses), key=STATUSES.index, default="in_force")
