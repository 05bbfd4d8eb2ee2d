"""The shapes of guides, explanations and walks, as their JSON is."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from orgmap.shapes.plan import NamedPart
from orgmap.shapes.row import BodyOnly, BodyRow, Notes, PlaceTold, SourceRef


class SaidOf(TypedDict):
    """What a body is for, in two sentences, with who says so."""

    text: str
    sources: list[SourceRef]
    note: NotRequired[str]


class WayToReach(TypedDict):
    """An address, a telephone number or a page, as the register of that day has it; `of` names the part whose it is."""

    value: str
    seen_on: str
    of: NotRequired[NamedPart]
    note: NotRequired[str]
    sources: list[SourceRef]


class WaysToReach(TypedDict):
    """The ways to reach a body; None is “not held”."""

    address: WayToReach | None
    telephone: WayToReach | None
    website: WayToReach | None


class PaidService(TypedDict):
    """A service that a body commissions for the place, for whom, as what, and through whom.

    `only_for` names the people for whom alone it does so; empty where it is for everybody whom the service is for.
    """

    id: str
    name: str
    group: str | None
    population: str
    only_for: list[str]
    basis: str
    status: str
    through: list[NamedPart]
    sources: list[SourceRef]
    notes: NotRequired[list[str]]


class Sentence(TypedDict):
    """A sentence with who says so."""

    text: str
    sources: list[SourceRef]


class GuideLine(TypedDict):
    """A line of a guide: a `body` with why it stands there, its purpose and how to reach it, or a `text` alone, which
    begins “Not stated” where it has no source. Of a plan `said` tells how sure it is, `condition` on what it depends.
    """

    part: NotRequired[str]
    role: str | None
    body: BodyRow | None
    text: str | None
    services: list[PaidService]
    sources: list[SourceRef]
    share: NotRequired[float]
    share_of: NotRequired[str]
    basis: NotRequired[str]
    sentences: NotRequired[list[Sentence]]
    purpose: NotRequired[SaidOf | None]
    for_reader: NotRequired[SaidOf | None]
    reach: NotRequired[WaysToReach]
    about: NotRequired[str]
    date: NotRequired[str]
    status: NotRequired[str]
    said: NotRequired[str]
    stated_on: NotRequired[str]
    said_by: NotRequired[str]
    condition: NotRequired[str]
    note: NotRequired[str]
    plan: NotRequired[str]
    own: NotRequired[bool]
    event: NotRequired[str]
    where: NotRequired[str]
    statement: NotRequired[str]


class GuideSection(TypedDict):
    """A part of a guide: who pays, who plans …"""

    part: str
    heading: str
    meaning: str
    lines: list[GuideLine]


class ThemeTold(TypedDict):
    """What was asked about, with its services."""

    id: str
    name: str
    services: list[NamedPart]


class GuideTold(TypedDict):
    """The whole answer of `guide`."""

    query: str
    at: str
    place: PlaceTold
    theme: ThemeTold | None
    reader: str | None
    parts: list[GuideSection]
    notes: Notes


class PurposeOf(TypedDict):
    """What a kind of body is for."""

    about: str
    text: str
    sources: list[SourceRef]


class Meaning(TypedDict):
    """One meaning of a word; `what` is term, kind, body or service, `purposes` what the kinds that it means are for."""

    term: str
    what: str
    meaning: str
    text: str | None
    purposes: list[PurposeOf]
    about: list[NamedPart]
    valid_from: str | None
    valid_until: str | None
    sources: list[SourceRef]
    other: NotRequired[list[str]]
    note: NotRequired[str]


class ExplainTold(TypedDict):
    """The whole answer of `explain`."""

    query: str
    at: str | None
    meanings: list[Meaning]
    notes: Notes


class WalkFlag(TypedDict):
    """A flag of a step on a day: GAP, TWO, MOVED or NOT KNOWN, with a sentence; `status` where a plan says it."""

    flag: str
    words: str
    status: NotRequired[str]


class WalkAnswer(TypedDict):
    """An answer of `who` for a step: `side` is from where it was asked (resident, registered), `by` whether a list or
    the place decides, `counts` whether it holds for the person, `part` whether only for some of the people."""

    side: str
    by: str
    counts: bool
    part: bool
    rule: str
    commissioner: BodyOnly
    acting_through: list[BodyOnly]
    legally_accountable: BodyOnly
    also_accountable: NotRequired[list[BodyOnly]]
    on_behalf_of: list[BodyOnly]
    population: str
    basis: str
    status: str
    verified: str
    valid_from: str | None
    valid_until: str | None
    stated_on: str | None
    share: NotRequired[float]
    share_of: NotRequired[str]
    notes: NotRequired[list[str]]
    law: NotRequired[bool]
    sources: list[SourceRef]


class WalkCell(TypedDict):
    """A step on one of the days; where it does not apply, as there was no such service yet, `notes` say so."""

    at: str
    applies: bool
    answers: list[WalkAnswer]
    flags: list[WalkFlag]
    notes: list[str]


class ScriptStep(TypedDict):
    """A step of a case: what happens, and the service that it needs."""

    id: str
    text: str
    service: NamedPart
    sources: list[SourceRef]


class WalkStepTold(ScriptStep):
    """A step that was walked, with a cell for each day."""

    cells: list[WalkCell]


class Script(TypedDict):
    """A case that can be walked."""

    id: str
    name: str
    text: str
    steps: list[ScriptStep]
    sources: list[SourceRef]
    note: NotRequired[str]


class WalkPlace(TypedDict):
    """Where the person lives, or on whose list they are, as it was taken."""

    side: str
    query: str
    described: str


class Overseer(TypedDict):
    """Who oversees a body that commissions, and how."""

    body: BodyRow
    sentences: list[Sentence]
    sources: list[SourceRef]


class WalkBody(TypedDict):
    """A body that commissions a step on a day: where a complaint to it goes (None: not stated), who oversees it."""

    at: str
    body: BodyOnly
    complaint: SaidOf | None
    scrutiny: list[Overseer]


class WalkCase(TypedDict):
    """A case that was walked, or the `fault` for which it could not be; `line` is that of the user's own table."""

    line: int | None
    case: str
    fault: str | None
    script: str
    name: str
    text: str
    days: list[str]
    places: list[WalkPlace]
    steps: list[WalkStepTold]
    bodies: list[WalkBody]
    counts: dict[str, int]
    sources: list[SourceRef]
    notes: list[str]


class WalkRow(TypedDict):
    """An answer of a step on a day, in one row; without an answer `commissioner` is None."""

    line: int | None
    case: str
    script: str
    step: str
    text: str
    service: NamedPart | None
    at: str
    side: str
    counts: bool
    commissioner: BodyOnly | None
    acting_through: list[BodyOnly]
    population: str
    basis: str
    status: str
    flags: list[WalkFlag]
    complaint: SaidOf | None
    scrutiny: list[BodyRow]
    sources: list[SourceRef]
    notes: list[str]
    share: NotRequired[float]
    share_of: NotRequired[str]


class WalkTold(TypedDict):
    """The whole answer of `walk`: the cases that can be walked (`scripts`), or those that were (`cases`)."""

    scripts: list[Script]
    cases: list[WalkCase]
    notes: Notes
