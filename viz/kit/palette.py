"""Colours and words of the pictures: tiers and changes, after Paul Tol's colour-blind-safe scheme “muted”."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, term_rows


class Tier(NamedTuple):
    """A level of the structure: what its row is called, and its colour in every picture (fill, with a dark outline)."""

    tier: str
    label: str
    colour: str
    description: str


class Change(NamedTuple):
    """What can have happened to a body between two days: word, symbol and colour (dark enough for text)."""

    change: str
    label: str
    symbol: str
    colour: str
    description: str


@remembered
def tiers() -> dict[str, Tier]:
    """Every tier by its name, from the national one down.

    >>> tiers()["local"].label
    'Local commissioners'
    """
    return {row[0]: Tier(*row) for row in term_rows("tiers.csv")}


@remembered
def changes() -> dict[str, Change]:
    """Every kind of change of a body by its name.

    >>> changes()["new"].symbol
    '+'
    """
    return {row[0]: Change(*row) for row in term_rows("changes.csv")}
