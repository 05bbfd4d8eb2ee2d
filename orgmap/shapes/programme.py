"""The shapes of the steps of programmes, and of approval processes and their cases, as their JSON is."""

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


class ProcessRow(TypedDict):
    """A process: who recommends and who decides, how many stages it has, and of how many nobody says what they are."""

    id: str
    name: str
    text: str
    approves: str | None
    valid_from: str | None
    from_precision: str
    valid_until: str | None
    until_precision: str
    recommends: list[str]
    decides: list[str]
    stages: int
    stages_not_found: int
    sources: list[SourceRef]
    note: str


class StageRow(TypedDict):
    """One stage: `found` is false where no source that was read says what it is; `planned_by` was computed from a
    start in calendar days, `planned_by_if_working_days` if working days are meant: which, the source does not say."""

    id: str
    stage: str
    process: str
    number: int
    name: str
    text: str
    found: bool
    role: str
    actor: list[NamedPart]
    actor_words: NotRequired[str]
    gate: NotRequired[str]
    limit: NotRequired[str]
    limit_from: NotRequired[str]
    limit_note: NotRequired[str]
    due: NotRequired[str]
    due_words: NotRequired[str]
    started: NotRequired[bool]
    planned_by: NotRequired[str]
    planned_by_if_working_days: NotRequired[str]
    planned_from: NotRequired[str]
    planned_words: NotRequired[str]
    valid_from: str | None
    valid_until: str | None
    status: str
    law: NotRequired[bool]
    stated_on: str | None
    sources: list[SourceRef]
    note: NotRequired[str]


class MadeRow(TypedDict):
    """An event by which a process itself came about."""

    id: str
    date: str | None
    date_words: str
    text: str
    status: str
    law: NotRequired[bool]
    confidence: str
    sources: list[SourceRef]
    note: str


class ProcessTold(TypedDict):
    """The whole answer of `process`."""

    processes: list[ProcessRow]
    stages: list[StageRow]
    made: list[MadeRow]
    notes: Notes


class CaseBody(NamedPart):
    """A body of a case, with its days."""

    valid_from: NotRequired[str | None]
    valid_until: NotRequired[str | None]


class CaseEventRow(TypedDict):
    """One event, as one source tells it: how sure it is (`confidence`), whether it was derived (`basis`), what is odd
    about it (`flags`)."""

    id: str
    step: str
    stage: NotRequired[str]
    date: str | None
    date_words: str
    text: str
    status: str
    law: NotRequired[bool]
    actor: list[NamedPart]
    actor_words: NotRequired[str]
    wave: NotRequired[str]
    outcome: NotRequired[str]
    number: NotRequired[int]
    support: NotRequired[str]
    basis: str
    confidence: str
    contradicts: list[str]
    flags: list[str]
    stated_on: str | None
    sources: list[SourceRef]
    note: NotRequired[str]


class ConditionRow(TypedDict):
    """One condition, or several of one criterion: support, review and discharge are “not known” where nobody tells."""

    id: str
    criterion: str
    number: NotRequired[int]
    text: str
    support: str
    review_on: NotRequired[str]
    review_words: str
    discharged_on: str | None
    discharge: str
    confidence: str
    sources: list[SourceRef]
    note: NotRequired[str]


class ConditionsPart(TypedDict):
    """How many conditions were set, how many were left at the last count, which support came with all of them, and
    those that are named."""

    number: int | None
    left: NotRequired[int]
    named: NotRequired[int]
    which: NotRequired[str]
    support: NotRequired[str]
    rows: list[ConditionRow]


class CameChange(TypedDict):
    """A change of the graph that came of a case."""

    event: str
    date: str | None
    predecessors: list[str]
    successors: list[str]
    sources: list[SourceRef]


class BesideRow(TypedDict):
    """What was planned of a stage, beside what came: the ids of both events, and the difference in words."""

    stage: str
    text: str
    planned: str
    planned_words: str
    came: str | None
    came_words: str
    words: str


class AheadRow(TypedDict):
    """What is still to come in a case."""

    day: str
    text: str
    words: str


class ContradictingRow(TypedDict):
    """One of two statements that say otherwise."""

    id: str
    case: NotRequired[str]
    case_name: NotRequired[str]
    text: str
    date_words: NotRequired[str]
    confidence: NotRequired[str]
    sources: list[SourceRef]


class ApprovalRow(TypedDict):
    """One case: `outcome` is how it was decided, `stands` how it stood after the last review; both may be not known."""

    id: str
    process: str
    process_name: str
    name: str
    sort: NotRequired[str]
    status: str
    law: NotRequired[bool]
    bodies: list[CaseBody]
    makes: list[CaseBody]
    wave: NotRequired[str]
    outcome: str
    outcome_words: str
    decided_on: str | None
    decided_words: NotRequired[str]
    confidence: NotRequired[str]
    basis: NotRequired[str]
    stands: str
    stands_words: str
    stands_on: str | None
    conditions: ConditionsPart
    events: list[CaseEventRow]
    came: list[CameChange]
    beside: list[BesideRow]
    ahead: list[AheadRow]
    stages_not_recorded: list[str]
    contradictions: list[list[ContradictingRow]]
    sources: list[SourceRef]
    note: NotRequired[str]


class TotalRow(TypedDict):
    """How many cases a source counts, how many of these are `named` here, and within which total it lies."""

    id: str
    process: str
    step: str
    text: str
    wave: NotRequired[str]
    outcome: NotRequired[str]
    outcome_words: NotRequired[str]
    number: int | None
    named: int | None
    which: NotRequired[str]
    part_of: NotRequired[str]
    date: str | None
    date_words: str
    status: str
    law: NotRequired[bool]
    basis: str
    confidence: str
    contradicts: list[str]
    stated_on: str | None
    sources: list[SourceRef]
    note: NotRequired[str]


class CasesTold(TypedDict):
    """The whole answer of `case`: with `count_by` also the counts, those of bodies without a case among them."""

    cases: list[ApprovalRow]
    totals: list[TotalRow]
    without_case: list[NamedPart]
    place: str
    notes: Notes
    count_by: NotRequired[str]
    counts: NotRequired[dict[str, int]]
