"""The shapes of the steps of programmes, as their JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from orgmap.shapes.plan import NamedPart
from orgmap.shapes.row import Notes, SourceRef


class MilestoneRow(TypedDict):
    """One step: `due` is the day that counts, `due_basis` whether it is stated or the end of the period under which
    the step is listed, `due_words` how it is stated; `state` is done, open (no evidence recorded), ahead or no day;
    `bodies` has to take it in the place asked about."""

    id: str
    programme: str
    stream: NotRequired[str]
    workstream: NotRequired[str]
    text: str
    status: str
    law: NotRequired[bool]
    owner: list[NamedPart]
    owner_words: NotRequired[str]
    beside: list[NamedPart]
    due: str | None
    due_basis: NotRequired[str]
    due_words: str
    due_from: NotRequired[str]
    listed_for: NotRequired[str]
    repeats: NotRequired[str]
    repeats_words: NotRequired[str]
    condition: NotRequired[str]
    state: str
    done_on: str | None
    done_precision: NotRequired[str]
    flags: list[str]
    stated_on: str | None
    statement: NotRequired[str]
    bodies: NotRequired[list[NamedPart]]
    sources: list[SourceRef]
    note: NotRequired[str]


class DueCounts(TypedDict):
    """How many steps there are by period, stream and owner."""

    listed_for: dict[str, int]
    stream: dict[str, int]
    owner: dict[str, int]


class DueTold(TypedDict):
    """The steps that are due, in the order of their days."""

    milestones: list[MilestoneRow]
    counts: DueCounts
    notes: Notes
    place: str
