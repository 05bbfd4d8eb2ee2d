"""The five source documents: what each is, when it was written, and when each item of a page was said.

Their titles and publishers stand with the other sources, in `cited.py`.
"""

from __future__ import annotations

from typing import NamedTuple


class Document(NamedTuple):
    """A source document: its number, its date, and what a reader must know of it."""

    number: str
    date: str
    precision: str
    note: str


DOCUMENTS = (
    Document(
        "000",
        "2012-07-01",
        "month",
        "Briefing on Kent and Medway for the county's scrutiny committee. Undated: by its own words July 2012."
        " Partly damaged in scanning.",
    ),
    Document(
        "001",
        "2011-08-01",
        "month",
        "Briefing for the voluntary and community sector; a summary of plans, the Bill not yet enacted.",
    ),
    Document(
        "002",
        "2012-09-25",
        "approx",
        "Official, trade press, press release and opinion items of 2012, each with its own date.",
    ),
    Document(
        "003",
        "2011-12-19",
        "",
        "Guidance: most of it is required or asked, not observed.",
    ),
    Document(
        "004",
        "2019-09-10",
        "",
        "Report to Medway's Health and Wellbeing Board: proposals and a reported discussion.",
    ),
)

PAGE = "2012-09-25"
"""The day of the youngest dated item: what the page says without a date counts as said by then."""

ITEMS_OF_002 = (
    (1, PAGE),
    (8, "2012-09-01"),
    (12, "2012-09-25"),
    (80, PAGE),
    (129, "2012-07-13"),
    (163, "2012-07-05"),
    (185, PAGE),
    (189, "2012-04-24"),
    (211, PAGE),
)
"""First line of each item of document 002 with the day it was said."""


def said_on(number: str, line: int) -> str:
    """The day on which a document said what stands in a line; line 0 is the whole document.

    >>> said_on("002", 60)
    '2012-09-25'
    """
    if number == "002" and line:
        return [day for first, day in ITEMS_OF_002 if first <= line][-1]
    return next(one.date for one in DOCUMENTS if one.number == number)
