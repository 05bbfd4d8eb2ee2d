"""The shapes of rows: what each holds, as type checkers and readers may know it; JSON has the same keys."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

Notes = list[str]
"""What must be said of an answer, in sentences."""


class SourceRef(TypedDict):
    """Who says so: the source's id and title, the line or page, the address; `verified` only where it was not seen,
    `yours` only where it is a user's own folder of tables that says so."""

    source: str
    title: str
    locator: str | None
    url: str | None
    yours: NotRequired[str]
    verified: NotRequired[bool]


class BodyRow(TypedDict):
    """A body with its life: `valid_until` is the first day on which it was no more, None is open.

    What only a plan knows has a `status`, when and by whom it was said, and a `law` that is false unless law made it;
    `to_end` is the plan to end a body, `last_known` the day on which one of a future day was last known.
    """

    id: str
    kind: str
    name: str | None
    valid_from: str | None
    valid_until: str | None
    codes: dict[str, str]
    from_precision: NotRequired[str]
    until_precision: NotRequired[str]
    note: NotRequired[str]
    status: NotRequired[str]
    yours: NotRequired[str]
    stated_on: NotRequired[str | None]
    said_by: NotRequired[str | None]
    law: NotRequired[bool]
    to_end: NotRequired[dict[str, Any]]
    last_known: NotRequired[str]


class BodyOnly(TypedDict, total=False):
    """A body that another fact names: its id, and what is known of it."""

    id: str
    kind: str
    name: str | None
    valid_from: str | None
    valid_until: str | None
    codes: dict[str, str]
    from_precision: str
    until_precision: str
    note: str
    status: str
    yours: str
    stated_on: str | None
    said_by: str | None
    law: bool
    to_end: dict[str, Any]
    last_known: str


class ListedBody(BodyRow):
    """A body with who says so; `share` where it covers only part of the place, `matched` the name that was found."""

    sources: list[SourceRef]
    share: NotRequired[float]
    share_of: NotRequired[str]
    matched: NotRequired[str]


class FoundBody(ListedBody):
    """A body with its role for a place (`commissioner`, `region`, …) and how surely it has it."""

    role: str
    basis: str


class PlaceTold(TypedDict):
    """The place that was taken for what was typed."""

    kind: str
    name: str
    described: str
    id: NotRequired[str | None]
    basis: NotRequired[str]
    postcode: NotRequired[str]


class Pair(TypedDict):
    """Who took over from whom in a change, and how much: `weight` is the share of the predecessor's `counts`."""

    event: str
    predecessor: str
    successor: str
    about: str
    weight: float | None
    counts: str
    number: float | None
    stray: bool
    status: NotRequired[str]
    stated_on: NotRequired[str]


class Event(TypedDict):
    """A change on a day: all predecessors became all successors, in pairs."""

    id: str
    date: str | None
    kind: str
    predecessors: list[BodyOnly]
    successors: list[BodyOnly]
    about: str | list[str] | None
    weight: float | None
    counts: str | list[str] | None
    pairs: list[Pair]
    instrument: str | None
    sources: list[SourceRef]
    status: NotRequired[str]
    stated_on: NotRequired[str]
    precision: NotRequired[str]
    note: NotRequired[str]
    pairs_elsewhere: NotRequired[int]


class FactRow(TypedDict):
    """One statement: subject, verb, object, about what, for whom, as what, from when until when, who says so."""

    subject: str
    verb: str
    object: str
    about: str | None
    population: str | None
    basis: str | None
    status: str
    valid_from: str | None
    valid_until: str | None
    stated_on: str | None
    sources: list[SourceRef]
    from_precision: NotRequired[str]
    until_precision: NotRequired[str]
    share: NotRequired[float]
    share_of: NotRequired[str]
    note: NotRequired[str]
    subject_name: NotRequired[str]
    object_name: NotRequired[str | None]


class RuleFact(TypedDict):
    """The rule by which a body commissions, as a statement about this place."""

    rule: str
    subject: str
    verb: str
    object: str
    about: str
    population: str
    basis: str
    status: str
    valid_from: str | None
    from_precision: str
    valid_until: str | None
    stated_on: str | None
    instrument: str | None
    instrument_verified: str
    sources: list[SourceRef]


class Thing(TypedDict, total=False):
    """One part of an answer of many parts; `what` says which: a body, a name, a relation, an event …"""

    what: str
    id: str
    kind: str
    name: str | None
    code: str
    postcode: str
    status: str
    valid_from: str | None
    valid_until: str | None
    codes: dict[str, str]
    before: ListedBody
    after: ListedBody
    body: BodyOnly
    subject: str
    verb: str
    object: str
    date: str | None
    predecessors: list[BodyOnly]
    successors: list[BodyOnly]
    pairs: list[Pair]
    sources: list[SourceRef]
    about: str | list[str] | None
    weight: float | None
    counts: str | list[str] | None
    instrument: str | None
    precision: str
    pairs_elsewhere: int
    population: str | None
    basis: str | None
    stated_on: str | None
    subject_name: str
    object_name: str | None
    from_precision: str
    until_precision: str
    note: str
    use: str
    scheme: str
    share: float
    share_of: str


class StepRow(TypedDict, total=False):
    """One step of accountability, with its sentence; or a statement of a document of the time, with its `text`."""

    subject: Any
    verb: str
    object: Any
    upper: BodyOnly
    sentence: str
    text: str
    about: Any
    basis: str | None
    line: str
    holds: str
    coverage: str
    population: str | None
    status: str
    valid_from: str | None
    valid_until: str | None
    from_precision: str
    until_precision: str
    stated_on: str | None
    instrument: str | None
    instrument_verified: str
    verified: str
    note: str | None
    id: str
    document: str
    topic: str
    value: str
    unit: str
    due: str
    series: str
    part: str
    contradicts: list[str]
    subject_names: list[str]
    object_names: list[str]
    about_names: list[str]
    sources: list[SourceRef]


class Doing(StepRow, total=False):
    """What a body commissions or does: a service by rule, for whom it acts, a relation, or a document's statement."""

    service: BodyRow
    legally_accountable: str | None
    commissioners: list[BodyOnly]
    rule: str
    object_name: str | None
    share: float
    share_of: str


class StatementRow(TypedDict, total=False):
    """What a document states, planned or left open, in a sentence (`text`), with its line."""

    id: str
    document: str
    topic: str
    subject: list[str]
    verb: str
    object: list[str]
    about: list[str]
    text: str
    value: str
    unit: str
    status: str
    valid_from: str | None
    from_precision: str
    valid_until: str | None
    until_precision: str
    due: str
    stated_on: str | None
    series: str
    part: str
    contradicts: list[str]
    note: str
    subject_names: list[str]
    object_names: list[str]
    about_names: list[str]
    sources: list[SourceRef]


class ForWhom(TypedDict):
    """The place or practice for which a service is commissioned."""

    id: str | None
    kind: str
    name: str
    described: str


_ForWhom = TypedDict("_ForWhom", {"for": ForWhom})


class Commissioning(_ForWhom):
    """A commissioner of a service for a place: through whom, answerable in law, on whose behalf, and by which rule."""

    commissioner: BodyOnly
    acting_through: list[BodyOnly]
    legally_accountable: BodyOnly
    on_behalf_of: list[BodyOnly]
    supported_by: list[BodyOnly]
    population: str
    basis: str
    status: str
    verified: str
    fact: RuleFact
    answers_to: list[list[StepRow]]
    share: NotRequired[float]
    share_of: NotRequired[str]
    also_accountable: NotRequired[list[BodyOnly]]
    notes: NotRequired[Notes]
    at: NotRequired[str]


CrosswalkRow = TypedDict(
    "CrosswalkRow",
    {
        "from": str | None,
        "from_name": str | None,
        "from_codes": dict[str, str],
        "to": str | None,
        "to_name": str | None,
        "to_codes": dict[str, str],
        "weight": float | None,
        "share_of_from": float | None,
        "share_of_to": float | None,
        "why": NotRequired[str],
        "from_status": NotRequired[str],
        "to_status": NotRequired[str],
        "yours": NotRequired[str],
    },
)
"""What a body of the one structure shares with one of the other; `why` where it shares nothing with any."""


class Reference(TypedDict):
    """A source as a reference to put below a text."""

    reference: str


class SourceRow(TypedDict):
    """A source with its licence and attribution."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    attribution: str
    as_of: str | None
    verified: str
    note: str
    yours: NotRequired[str]
