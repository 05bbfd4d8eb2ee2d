"""The lives of bodies side by side: their days, names and statuses, and the changes that touched them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, ChangeEvent, Entity, Include, Source, Succession
from orgmap.graphmodel.statuses import PLANS, opening
from orgmap.graphmodel.store import Dated, Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds
from orgmap.queries.body.resolve import resolve
from orgmap.queries.change.changes import NamesOfTheDay
from orgmap.queries.coverage import horizon_notes, is_plan, is_planned, last_horizon
from orgmap.queries.plans.marks import plan_notes

Change = tuple[ChangeEvent, tuple[Succession, ...]]


class Lifeline(NamedTuple):
    """One body with its official names, its statuses other than in force, and its changes by date."""

    body: Entity
    names: tuple[Dated, ...]
    phases: tuple[Dated, ...]
    changes: tuple[Change, ...]


class Lifelines(NamedTuple):
    """Several lives, every body that their changes name, the last day that the tables know, and who says so.

    What is dated after `last_day` is a plan, and is there only if `planned` says so. `names` has the bodies of
    each change under their names of its day.
    """

    lives: tuple[Lifeline, ...]
    named: dict[str, Entity]
    last_day: str
    sources: dict[str, Source]
    notes: tuple[str, ...]
    names: NamesOfTheDay
    planned: bool = False


def lifelines(
    store: Store,
    texts: Iterable[str],
    at: AnyDay | None = None,
    include: Include = IN_FORCE,
    kinds: Kinds = None,
) -> Lifelines:
    """Tells the lives of these bodies, in the order in which they were named; plans only if they are asked for.

    Raises `WrongUse` if none is named, `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = lifelines(store, ["ccg:10E", "icb:QKS"])
    >>> [(life.body.id, len(life.changes)) for life in answer.lives]
    [('ccg:10E', 2), ('icb:QKS', 2)]
    """
    at = day_of(at) if at else None
    kinds = chosen_kinds(kinds)
    bodies = list({body.id: body for body in (resolve(store, text, at, kinds) for text in texts)}.values())
    if not bodies:
        raise WrongUse("Name one body at least: orgmap draw timeline ccg:10E icb:QKS.")
    last, plans = last_horizon(store), bool(include.plans)
    lives: list[Lifeline] = []
    hidden = 0
    for body in bodies:
        planned = body.status in PLANS or is_plan(body.valid_from, last)
        if planned and not (plans and include.shows(body.status)):
            word = opening(body.status) if body.status in PLANS else "planned"
            raise NothingFound(f"{body.label} is {word}, not there yet: --include {word} shows it.")
        details = store.details(body.id)
        known = store.events(ids=[body.id], include=include.with_plans())
        found = [pair for pair in known if not _strayed(body.id, pair[1])]
        found.sort(key=lambda pair: (pair[0].date or "", pair[0].id))
        changes = tuple(
            (event, tuple(parts))
            for event, parts in found
            if not is_planned(event, last) or (plans and include.shows(event.status))
        )
        phases = tuple(
            phase for phase in details.phases if phase.value not in PLANS or include.shows(phase.value)
        )
        hidden += len(found) - len(changes) + len(details.phases) - len(phases)
        names = tuple(name for name in details.names if name.valid_from and name.sort == "official")
        lives.append(Lifeline(body, names, phases, changes))
    ends = {
        end
        for life in lives
        for _, parts in life.changes
        for part in parts
        for end in (part.predecessor, part.successor)
        if end
    }
    cited = {event.source for life in lives for event, _ in life.changes}
    cited |= {life.body.source for life in lives}
    cited |= {word.source for life in lives for word in (*life.names, *life.phases)}
    notes = horizon_notes(store, {life.body.kind for life in lives}, last)
    notes += plan_notes(store, (life.body for life in lives), include)
    if hidden:
        notes.append(
            f"Plans that are not shown: {hidden}; --include planned shows them, with the day they were said."
        )
    return Lifelines(
        tuple(lives),
        {entity.id: entity for entity in store.entities(ids=sorted(ends))},
        last,
        store.sources(cited),
        tuple(notes),
        NamesOfTheDay(store, [(event, list(parts)) for life in lives for event, parts in life.changes]),
        plans,
    )


def _strayed(body: str, parts: list[Succession]) -> bool:
    """Whether a change gave a body no more than a few strays: no event of its life."""
    return all(part.stray for part in parts if body in (part.predecessor, part.successor))
