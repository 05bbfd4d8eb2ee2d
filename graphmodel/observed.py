"""What a document says, as values: the rows of observations, what may be asked of them, what documents are called."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, term_rows


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
    brought: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


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


@remembered
def agreeing_words() -> tuple[tuple[str, ...], ...]:
    """Words by which a question and a statement agree though they are not the same, several ways of saying one thing.

    >>> {"submit", "hand in"} <= set(agreeing_words()[0])
    True
    """
    return tuple(tuple(row[1].split("; ")) for row in term_rows("agreeing_words.csv"))


@remembered
def plain_words() -> dict[str, str]:
    """Turns of speech, each with what it plainly means; blank for one that means nothing of its own.

    >>> plain_words()["put in for"]
    'apply for'
    """
    return {row[0]: row[1] for row in term_rows("plain_words.csv")}


@remembered
def light_words() -> frozenset[str]:
    """Words that carry no question: it means the same without them.

    >>> "altogether" in light_words()
    True
    """
    return frozenset(row[0] for row in term_rows("light_words.csv"))
