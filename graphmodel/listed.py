"""Rows that are read as lists: steps of programmes, approval processes and their cases, boards with seats and powers,
what bodies are for and how to reach them, what people ask about, words, and cases that are walked through the
structure."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from orgmap.graphmodel.counted.practices import ListSize, Prescribed
from orgmap.graphmodel.editions.corrections import Correction
from orgmap.graphmodel.observed import Observation
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, ApprovalStage, CaseEvent, CaseTotal
from orgmap.graphmodel.term_tables import remembered, term_rows


class Milestone(NamedTuple):
    """One dated step of a programme: what is to be done, by whom, when, on what it depends, and whether it was done.

    >>> Milestone("nhs-2012-13-1", "nhs-2012-13", "finance", text="PCTs settle their debt.", due_on="2013-03-31").due_on
    '2013-03-31'
    """

    id: str
    programme: str
    stream: str
    workstream: str = ""
    text: str = ""
    owner: str = ""
    beside: str = ""
    owner_words: str = ""
    due_on: str | None = None
    due_precision: str = ""
    due_sense: str = ""
    due_until: str | None = None
    listed_for: str = ""
    listed_until: str | None = None
    repeats: str = ""
    condition: str = ""
    status: str = ""
    stated_on: str | None = None
    done_on: str | None = None
    done_precision: str = ""
    done_source: str = ""
    statement: str = ""
    row: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Purpose(NamedTuple):
    """What a kind of body, or one body, is for, in two plain sentences of ours; another reform, another row.

    >>> Purpose("icb", "integrated_care_board", "It plans and pays.", "2022-07-01").about
    'integrated_care_board'
    """

    id: str
    about: str
    text: str
    reader: str = ""
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Contact(NamedTuple):
    """How a body could be reached, as a register gave it on the day `seen_on`; what it does not give is blank.

    >>> Contact("ccg:10E 2016-02-01", "ccg:10E", "2016-02-01", "Cecil Square, Margate, CT9 1AA").telephone
    ''
    """

    id: str
    entity: str
    seen_on: str | None
    address: str = ""
    telephone: str = ""
    website: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Theme(NamedTuple):
    """What people ask about (“carers”): other words for it, the services that it means, what documents said of it.

    >>> Theme("carers", "Carers", "young carers; respite", "service:carers_support").name
    'Carers'
    """

    id: str
    name: str
    words: str = ""
    services: str = ""
    statements: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Term(NamedTuple):
    """A word or an abbreviation, what it stands for, and since when until when it was in use.

    >>> Term("qipp", "QIPP", meaning="Quality, Innovation, Productivity and Prevention").term
    'QIPP'
    """

    id: str
    term: str
    other: str = ""
    meaning: str = ""
    text: str = ""
    about: str = ""
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class Walk(NamedTuple):
    """A case that is walked through the structure of a day: what it is about, in our own words.

    >>> Walk("child-under-5", "A child under five", "From birth to school.").name
    'A child under five'
    """

    id: str
    name: str
    text: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


class WalkStep(NamedTuple):
    """One step of such a case, and the service that it needs; the steps of a case stand in the order of their ids.

    >>> WalkStep("child-under-5-01", "child-under-5", "A health visitor calls.", "service:health_visiting").walk
    'child-under-5'
    """

    id: str
    walk: str
    text: str
    service: str
    source: str = ""
    locator: str = ""
    note: str = ""


class BoardKind(NamedTuple):
    """A sort of board, committee or panel, or one of them: whose it is, which bodies are it themselves, its legal form.

    >>> BoardKind("cabinet", "council executive", parent="upper_tier_council").itself
    ''
    """

    id: str
    name: str
    plural: str = ""
    words: str = ""
    itself: str = ""
    parent: str = ""
    form: str = ""
    coverage: str = ""
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""
    row: str = ""


class Seat(NamedTuple):
    """A seat of a board, or a rule on its members: who, how many, whether law asks for it, who appoints, since when.

    >>> Seat("chair", "integrated-care-board", "chair", sort="required", number_min=1, number_max=1).holder
    ''
    """

    id: str
    board: str
    role: str
    words: str = ""
    sort: str = ""
    number_min: float | None = None
    number_max: float | None = None
    number_note: str = ""
    appointed_by: str = ""
    chair: str = ""
    conditions: str = ""
    holder: str = ""
    held: str = ""
    shared: str = ""
    but: str = ""
    coverage: str = "all"
    bodies: str = ""
    instrument: str = ""
    verified: str = ""
    status: str = ""
    stated_on: str | None = None
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""
    row: str = ""


class Power(NamedTuple):
    """What a board may do in a matter (decide, approve, recommend, advise, scrutinise, note …), by what law and when.

    >>> Power("p", "clinical-senate", "advises", "commissioning plans").matter
    'commissioning plans'
    """

    id: str
    board: str
    power: str
    matter: str
    detail: str = ""
    words: str = ""
    towards: str = ""
    limits: str = ""
    coverage: str = "all"
    bodies: str = ""
    instrument: str = ""
    verified: str = ""
    status: str = ""
    stated_on: str | None = None
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""
    row: str = ""


Record = (
    type[Milestone]
    | type[Purpose]
    | type[Contact]
    | type[ListSize]
    | type[Prescribed]
    | type[Theme]
    | type[Term]
    | type[BoardKind]
    | type[Seat]
    | type[Power]
    | type[Walk]
    | type[WalkStep]
    | type[Observation]
    | type[ApprovalProcess]
    | type[ApprovalStage]
    | type[ApprovalCase]
    | type[CaseEvent]
    | type[CaseTotal]
    | type[Correction]
)

LISTED: dict[str, Record] = {
    "milestones": Milestone,
    "observations": Observation,
    "boards": BoardKind,
    "seats": Seat,
    "powers": Power,
    "purposes": Purpose,
    "contacts": Contact,
    "corrections": Correction,
    "list_sizes": ListSize,
    "prescribing": Prescribed,
    "themes": Theme,
    "terms": Term,
    "walks": Walk,
    "walk_steps": WalkStep,
    "processes": ApprovalProcess,
    "stages": ApprovalStage,
    "cases": ApprovalCase,
    "case_events": CaseEvent,
    "case_totals": CaseTotal,
}
"""The tables that are read as lists, each with what a row of it is."""

Listed = TypeVar(
    "Listed", Milestone, Purpose, Contact, Correction, ListSize, Prescribed, Theme, Term, BoardKind, Seat,
    Power, Walk, WalkStep, ApprovalProcess, ApprovalStage, ApprovalCase, CaseEvent, CaseTotal, Observation,
)  # fmt: skip


def table_of(record: type[Listed]) -> str:
    """The table whose rows are such records.

    >>> table_of(Term)
    'terms'
    """
    return next(table for table, kind in LISTED.items() if kind is record)


class GuidePart(NamedTuple):
    """A part of a guide: its heading, the theme of which it tells who pays (blank: none of its own), its meaning."""

    part: str
    heading: str
    theme: str
    meaning: str


@remembered
def guide_parts() -> dict[str, GuidePart]:
    """The parts of a guide, in the order in which they are told.

    >>> list(guide_parts())[:3]
    ['pays', 'plans', 'listens']
    """
    return {row[0]: GuidePart._make(row) for row in term_rows("guide_parts.csv")}


class PowerWord(NamedTuple):
    """A word for what a board may do: as one and as many do it, as it is asked for, whether it settles the matter."""

    power: str
    one: str
    many: str
    asked: str
    settles: str
    description: str


@remembered
def power_words() -> dict[str, PowerWord]:
    """The words for what boards may do; to advise, to recommend and to vote settle nothing.

    >>> power_words()["decides"].settles, power_words()["advises"].settles
    ('yes', 'no')
    """
    return {row[0]: PowerWord._make(row) for row in term_rows("powers.csv")}


class SeatSort(NamedTuple):
    """A sort of seat: whether a board must have it, its name and its meaning."""

    sort: str
    must: str
    label: str
    description: str


@remembered
def seat_sorts() -> dict[str, SeatSort]:
    """The sorts of seats, in the order in which they are told.

    >>> [sort for sort, row in seat_sorts().items() if row.must == "yes"]
    ['required', 'policy', 'total']
    """
    return {row[0]: SeatSort._make(row) for row in term_rows("seat_sorts.csv")}
