"""Stages before a body's legal life: what is said of them wherever shadow or planned bodies are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.dates import AnyDay, day_before, day_of
from orgmap.graphmodel.model import Entity, Include, Period
from orgmap.graphmodel.plans.stages import known_period
from orgmap.graphmodel.store import Dated, Store
from orgmap.graphmodel.vocabulary import kinds, kinds_with
from orgmap.queries.coverage import since_not_known


def status_notes(store: Store, body: Entity, at: AnyDay, include: Include) -> list[str]:
    """What is known of the status of a body that was not in force on a day, if that status is asked for.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [board] = store.entities(ids=["icb:S1Y5D"])
    ...     status_notes(store, board, "2026-01-01", Include.of(["planned"]))[0].partition(", from")[0]
    'Its status on 2026-01-01 was “planned”'
    """
    at = day_of(at)
    if body.in_force_on(at):
        return []
    return [note for phase in store.details(body.id).phases for note in _status_note(phase, at, include)]


def _status_note(phase: Dated, at: str, include: Include) -> list[str]:
    """What is known of a stage, if it is asked for and the day may lie in it."""
    if phase.value not in include.statuses or not Period(phase.valid_from, phase.valid_until).holds(at):
        return []
    known = known_period(phase.valid_from, phase.valid_until, phase.from_precision)
    end = f" until {phase.valid_until}" if phase.valid_until else ""
    if not known.holds(at):
        return [f"Its status was “{phase.value}”{end}; since when is not known, so it may have been on {at}."]
    start = phase.valid_from or "a day not known"
    precision = f" ({phase.from_precision})" if phase.from_precision not in ("", "not_known") else ""
    return [f"Its status on {at} was “{phase.value}”, from {start}{precision}{end}. {phase.note}".strip()]


def undated_note(undated: list[Entity], at: str, kind: str = "") -> list[str]:
    """A sentence on bodies in shadow form of which no source says since when; `kind` says what they are."""
    if not undated:
        return []
    eve = day_before(undated[0].valid_until or at)
    what = f" {kinds()[kind].label if len(undated) == 1 else kinds()[kind].plural}" if kind else ""
    return [
        f"{len(undated)} more{what} in shadow form on {eve}: since when is not known, so each may have been there"
        f" on {at} or not."
    ]


def undated_of_place(store: Store, areas: Iterable[str], at: AnyDay, include: Include) -> list[str]:
    """Such a sentence for each kind of which bodies for a place may have been there in shadow form on a day."""
    at = day_of(at)
    notes = []
    for kind in kinds_with("shadow_first"):
        undated = {body.id: body for body in since_not_known(store, kind, at, include)}
        if not undated:
            continue
        relationships = store.relationships(subjects=sorted(undated), verbs=["covers"], objects=sorted(areas))
        here = sorted({relationship.subject for relationship in relationships})
        notes += undated_note([undated[one] for one in here], at, kind)
    return notes
