"""The shapes of whole answers, as their JSON is."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from orgmap.shapes.plan import NamedPart
from orgmap.shapes.record import AnswerRecord
from orgmap.shapes.registered import RegisterRecord
from orgmap.shapes.row import (
    BodyRow,
    Commissioning,
    CrosswalkRow,
    Doing,
    Event,
    FactRow,
    ForWhom,
    FoundBody,
    ListedBody,
    Notes,
    PlaceTold,
    SourceRef,
    SourceRow,
    StatementRow,
    StepRow,
    Thing,
    _ForWhom,
)

Bodies = list[ListedBody]
"""The whole answer of `list` and `reforms`."""

Sources = list[SourceRow]
"""The whole answer of `sources`."""


class FindTold(TypedDict):
    """The whole answer of `find`."""

    query: str
    at: str
    place: PlaceTold
    bodies: list[FoundBody]
    notes: Notes


class SearchTold(TypedDict):
    """The whole answer of `search`."""

    query: str
    bodies: list[ListedBody]
    notes: Notes


class ShowTold(TypedDict):
    """The whole answer of `show`."""

    body: BodyRow
    at: str
    names: list[Thing]
    codes: list[Thing]
    postcodes: list[Thing]
    phases: list[Thing]
    relations: list[FactRow]
    events: list[Event]
    memberships: NotRequired[list[Thing]]
    registered: NotRequired[RegisterRecord]
    sources: list[SourceRef]
    notes: Notes


class LineageTold(TypedDict):
    """The whole answer of `lineage`; a practice has `memberships`: under whom it was listed."""

    body: BodyRow
    events: list[Event]
    memberships: NotRequired[list[Thing]]
    notes: Notes


class ChangeAbove(TypedDict):
    """What changed among the bodies above a place."""

    started: list[Thing]
    ended: list[Thing]
    changed: list[Thing]
    events: list[Event]


class DiffTold(TypedDict):
    """The whole answer of `diff` and `reform`."""

    reform: NotRequired[BodyRow]
    before: str
    after: str
    started: list[ListedBody]
    ended: list[ListedBody]
    changed: list[Thing]
    relations_started: list[FactRow]
    relations_ended: list[FactRow]
    events: list[Event]
    above: NotRequired[ChangeAbove]
    notes: Notes


class CrosswalkSide(TypedDict):
    """A kind of body and a day."""

    kind: str
    at: str


CrosswalkTold = TypedDict(
    "CrosswalkTold",
    {
        "from": CrosswalkSide,
        "to": CrosswalkSide,
        "weighted_by": str,
        "rows": list[CrosswalkRow],
        "unmapped": list[CrosswalkRow],
        "unmapped_from": list[BodyRow],
        "unmapped_to": list[BodyRow],
        "notes": Notes,
    },
)
"""The whole answer of `crosswalk`."""


class PopulationRow(BodyRow):
    """A body with its people (None: nothing tells them) and their `share` of all rows; by lists also how many practices
    it had, and how many of these have no count."""

    people: float | None
    share: float | None
    practices: int | None
    without_count: int | None


class PopulationElsewhere(TypedDict):
    """The lists under none of the bodies, and who is on them."""

    people: float
    practices: int


class PopulationTold(TypedDict):
    """The whole answer of `population`: `counted` is what was counted and when, `bodies_of` the day of the bodies."""

    kind: str
    at: str
    bodies_of: str
    basis: str
    counted: str
    sex: str | None
    ages: str | None
    rows: list[PopulationRow]
    elsewhere: PopulationElsewhere | None
    sources: list[SourceRef]
    notes: Notes


class PrescribedAmounts(TypedDict):
    """How many items were prescribed and what they cost, in pounds; None where no table tells it."""

    items: int | None
    ingredient_cost: float | None
    actual_cost: float | None


class PrescribedRow(BodyRow, PrescribedAmounts):
    """A body with what its `practices` prescribed, and per 1,000 `people` on their lists; `without_list` says how many
    of the practices have none."""

    practices: int
    people: float | None
    items_per_1000: float | None
    cost_per_1000: float | None
    without_list: int | None


class PrescribedElsewhere(PrescribedAmounts):
    """What so many practices prescribed that are under none of the bodies."""

    practices: int


class PrescribedTold(TypedDict):
    """The whole answer of `prescribed`: rows, `elsewhere`, `unidentified` and `unknown` are together the `total` of the
    table; `lists_of` is the day of the registered patients."""

    kind: str
    at: str
    bodies_of: str
    month: str
    chapter: str | None
    counted: str
    rows: list[PrescribedRow]
    elsewhere: PrescribedElsewhere
    unidentified: PrescribedAmounts
    unknown: PrescribedElsewhere
    total: PrescribedAmounts
    lists_of: str | None
    sources: list[SourceRef]
    notes: Notes


class WhatTold(TypedDict):
    """The whole answer of `what`."""

    body: BodyRow
    at: str
    commissions: list[Doing]
    acts_for: list[Doing]
    does: list[Doing]
    stated: list[Doing]
    notes: Notes
    rows: list[Doing]


class AnswersToTold(TypedDict):
    """The whole answer of `answers_to`; `chains` are ways up, step by step, `managing` those through who manages it
    beside the law, `below` is who answers to it. Of a place `body` bears its name and no id."""

    body: BodyRow
    at: str
    chains: list[list[StepRow]]
    managing: list[list[StepRow]]
    others: list[StepRow]
    below: list[StepRow]
    stated: list[StepRow]
    notes: Notes
    steps: list[StepRow]


class StatedTold(TypedDict):
    """The whole answer of `stated`; `stated` is false where the documents do not say. A question has a `record`, the
    answer itself; its statements are the evidence beside it."""

    query: str
    stated: bool
    record: AnswerRecord | None
    statements: list[StatementRow]
    counts: NotRequired[dict[str, int]]
    notes: Notes


class CiteTold(TypedDict):
    """The whole answer of `cite`."""

    query: str
    statement: str | None
    references: list[str]
    notes: NotRequired[Notes]


class Changed(TypedDict):
    """What is different on the second day: the `commissioner`, the `population` …, with both answers."""

    what: str
    before: list[str]
    after: list[str]


class WhoOnDay(_ForWhom):
    """The answer of `who` on one day; `otherwise` tells for whom it does not hold."""

    query: dict[str, str]
    at: str
    service: BodyRow
    answers: list[Commissioning]
    otherwise: list[dict[str, Any]]
    notes: Notes


_MaybeForWhom = TypedDict("_MaybeForWhom", {"for": ForWhom}, total=False)


class WhoTold(_MaybeForWhom, total=False):
    """The whole answer of `who`: of one day as `WhoOnDay`, of two days `before`, `after` and `changes`."""

    query: dict[str, str]
    at: str
    service: BodyRow
    before: WhoOnDay
    after: WhoOnDay
    changes: list[Changed]
    answers: list[Commissioning]
    otherwise: list[dict[str, Any]]
    notes: Notes


class RollupRow(TypedDict):
    """What the bodies under a parent were rated in a domain: `counts` by rating, `because` of whom the parent has its
    rating, `people` which part of its people lives under each rating (None: not known)."""

    parent: BodyRow | None
    domain: str
    rating: str
    counts: dict[str, int]
    not_rated: int
    children: int
    because: list[NamedPart]
    unrated: list[NamedPart]
    people: dict[str, float] | None


class TemplateRow(TypedDict):
    """A row of a file to fill in, by head."""

    cells: dict[str, str]
    sources: list[SourceRef]


class RollupTold(TypedDict):
    """The whole answer of `rollup`."""

    parents: list[RollupRow]
    at: str
    to: str
    rule: str
    scale: list[str]
    domains: list[str]
    notes: Notes


class TemplateTold(TypedDict):
    """A file to fill in, or without a name all that there are."""

    template: str
    title: str
    description: str
    heads: list[str]
    rows: list[TemplateRow]
    notes: Notes
