"""Rows that are read as lists: steps of programmes, values that documents give, what bodies are for and how to reach
them, what people ask about, and words."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

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


class Observation(NamedTuple):
    """One value that a statement of a document gives: the answer to one thing that may be asked of it.

    >>> Observation("000-054-1 wave", "000-054-1", "count", "wave", number="2", unit="wave").number
    '2'
    """

    id: str
    statement: str
    measure: str
    of: str = ""
    bodies: str = ""
    number: str = ""
    number_until: str = ""
    unit: str = ""
    compared: str = ""
    due_on: str | None = None
    due_precision: str = ""
    due_sense: str = ""
    due_until: str | None = None
    items: str = ""
    complete: str = ""
    text: str = ""
    answer: str = ""
    how: str = ""
    told: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


LISTED: dict[
    str, type[Milestone] | type[Purpose] | type[Contact] | type[Theme] | type[Term] | type[Observation]
] = {
    "milestones": Milestone,
    "observations": Observation,
    "purposes": Purpose,
    "contacts": Contact,
    "themes": Theme,
    "terms": Term,
}
"""The tables that are read as lists, each with what a row of it is."""

Listed = TypeVar("Listed", Milestone, Purpose, Contact, Theme, Term, Observation)


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


class Measure(NamedTuple):
    """What may be asked of a statement: the words that ask for it, and whether it comes along unasked."""

    measure: str
    asked: tuple[str, ...]
    along: bool
    meaning: str


@remembered
def measures() -> dict[str, Measure]:
    """What may be asked of a statement.

    >>> measures()["exception"].along
    True
    """
    return {
        row[0]: Measure(row[0], tuple(filter(None, row[1].split("; "))), row[2] == "yes", row[3])
        for row in term_rows("measures.csv")
    }


@remembered
def document_words() -> dict[str, str]:
    """What people call a document, with its number.

    >>> document_words()["kent paper"]
    '000'
    """
    return {words: row[0] for row in term_rows("document_words.csv") for words in row[1].split("; ")}
