"""The five source documents: what each is, when it was written, and when each item of a page was said.

Their titles and publishers stand with the other sources.
"""

from __future__ import annotations

from typing import NamedTuple

from orgmap.loaders.curated import records


class Document(NamedTuple):
    """A source document: its number, its date, and what a reader must know of it."""

    number: str
    date: str
    note: str
    precision: str = ""


DOCUMENTS = records("documents/documents", Document, key="number")


class Item(NamedTuple):
    """The first line of an item of document 002, and the day on which it was said.

    What the page says without a date counts as said by the day of its youngest dated item.
    """

    first_line: int
    stated_on: str


ITEMS_OF_002 = records("documents/items_of_002", Item)


def said_on(number: str, line: int) -> str:
    """The day on which a document said what stands in a line; line 0 is the whole document.

    >>> said_on("002", 60)
    '2012-09-25'
    """
    if number == "002" and line:
        return [item.stated_on for item in ITEMS_OF_002 if item.first_line <= line][-1]
    return next(one.date for one in DOCUMENTS if one.number == number)
