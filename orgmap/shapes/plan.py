"""The shapes of plans and of what came of them, as their JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from orgmap.shapes.row import BodyRow, Notes, SourceRef


class NamedPart(TypedDict):
    """A body, a service or a kind of body (its `id` is then the kind's), with its name."""

    id: str
    name: str


class StatedPlan(TypedDict):
    """One statement of a plan; `law` is false where it is not law, `plan` the plan that it states, `facts` what the
    tables have of it."""

    id: str
    plan: str | None
    text: str
    status: str
    law: NotRequired[bool]
    planned_for: str | None
    planned_precision: NotRequired[str]
    stated_on: str | None
    stated_precision: NotRequired[str]
    said_by: str | None
    about: list[NamedPart]
    replaces: list[NamedPart]
    depends_on: list[str]
    facts: list[str]
    sources: list[SourceRef]
    note: NotRequired[str]
    stands: NotRequired[bool]


class PlanGround(TypedDict):
    """A plan on which another depends, in short."""

    plan: str
    text: str
    status: str
    law: NotRequired[bool]
    planned_for: str | None
    stated_on: str | None
    stated_precision: NotRequired[str]
    said_by: NotRequired[str | None]
    verdict: NotRequired[str]


class PlanRow(StatedPlan):
    """A plan with the statement that stands for it and the `earlier` ones; `what` is “plan”, or what the tables plan
    without a statement: an event, a rule, a relationship …; `moves` tells how its day moved, `passed` that it is over,
    `verdict` that it came to nothing.
    """

    what: str
    own: NotRequired[bool]
    ground_of: NotRequired[list[str]]
    depends_on_plans: NotRequired[list[PlanGround]]
    moves: NotRequired[str]
    verdict: NotRequired[str]
    passed: NotRequired[bool]
    earlier: list[StatedPlan]


class PlansTold(TypedDict):
    """The whole answer of `plans`."""

    plans: list[PlanRow]
    place: str
    notes: Notes


class CameRow(TypedDict):
    """A fact of the tables that is what came of a plan, with its day."""

    id: str
    name: str
    day: str | None
    precision: NotRequired[str]


class OutcomeRow(StatedPlan):
    """One statement of a plan and what came of it; `months` or `days` tell by how much it was missed, `why` what the
    verdict rests on where the days do not tell."""

    verdict: str
    verdict_words: str
    came_on: str | None
    came_precision: str
    months: int | None
    days: int | None
    came: list[CameRow]
    why: str | None
    outcome_sources: list[SourceRef]


class OutcomeTold(TypedDict):
    """The whole answer of `outcome`; `counts` has the number of statements by verdict."""

    query: str
    reform: BodyRow | None
    statements: list[OutcomeRow]
    counts: dict[str, int]
    place: str
    notes: Notes


class CountedBody(TypedDict):
    """A body that was counted; `share` is its share of the people of the place, if it has not all of them."""

    id: str
    name: str | None
    share: NotRequired[float]


class ReconcileRow(TypedDict):
    """A number that a document prints, and what the graph counts on that `day`; None where it counts nothing of it."""

    id: str
    document: str
    text: str
    status: str
    stated_on: str | None
    stated: int
    unit: str
    kind: str | None
    within: str | None
    day: str | None
    counted: int | None
    difference: int | None
    people: bool
    bodies: list[CountedBody]
    reason: str | None
    sources: list[SourceRef]


class ReconcileTold(TypedDict):
    """The whole answer of `reconcile`."""

    document: str | None
    numbers: list[ReconcileRow]
    notes: Notes
