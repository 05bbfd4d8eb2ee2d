"""Bodies of the tables that each stand for many of one sort: the drug action team of the area, whichever it is."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, term_rows


class StandIn(NamedTuple):
    """A body that stands for many: in which tier these belong, and in which other country, if not in England."""

    body: str
    tier: str
    country: str


@remembered
def stand_ins() -> dict[str, StandIn]:
    """Every body that stands for many, by its id; none of them works for the whole of England.

    >>> stand_ins()["national:drug_action_teams"].tier
    'board'
    """
    return {row[0]: StandIn(*row) for row in term_rows("stand_ins.csv")}
