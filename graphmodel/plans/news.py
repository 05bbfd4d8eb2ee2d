"""What may happen to a plan: it is approved, becomes law, comes into force, moves or is dropped."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, term_rows


class News(NamedTuple):
    """Something that may happen to a plan: which status it brings (blank: none new), and which ones it turns."""

    news: str
    status: str
    turns: str
    description: str


@remembered
def news() -> dict[str, News]:
    """Everything that may happen to a plan, by its word.

    >>> news()["assent"].status
    'enacted'
    """
    return {row[0]: News(*row) for row in term_rows("news.csv")}
