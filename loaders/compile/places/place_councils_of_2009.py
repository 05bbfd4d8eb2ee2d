"""Councils of January to March 2009: what the code history and the orders of that year tell of areas before them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.councils.council_changes import read_reorganisations
from orgmap.loaders.compile.councils.council_register import CODES_BEGIN, read_councils
from orgmap.loaders.compile.places.place_layers import Cover
from orgmap.loaders.compile.places.place_lives import Bodies

REORGANISED = "2009-04-01"
"""The day of the reorganisation, from which on the look-ups tell the councils of every neighbourhood."""

COUNCIL, DISTRICT = "council", "district"
Layered = dict[str, list[Cover]]
"""The covers of a neighbourhood by the prefix of their layer, in order of time."""


def since_the_codes(published: Path, bodies: Bodies, found: Layered) -> Layered:
    """Covers by councils and districts begun on the first day of the code history.

    A council that was there before the codes had one code until the reorganisation, and so one area. One that began
    in it leads to the council that passed to it, if that was the only one of its tier: every county was, and of the
    districts Bedford's.
    """
    council = found[COUNCIL][0]
    before = Layered()
    for prefix in (COUNCIL, DISTRICT):
        covers = found[prefix]
        first = covers[0] if covers and covers[0].period.valid_from == REORGANISED else None
        if first and bodies[first.body].life.valid_from is None:
            period = Period(CODES_BEGIN, first.period.valid_until)
            before[prefix] = [first._replace(period=period), *covers[1:]]
            continue
        passed = [body for body in _passed_to(published).get(council.body, ()) if body.startswith(prefix)]
        if len(passed) == 1:
            note, period = f"through {council.body}, which followed it", Period(CODES_BEGIN, REORGANISED)
            earlier = council._replace(body=passed[0], period=period, note=note, basis="derived")
            before[prefix] = [earlier, *covers]
    return {**found, **before}


@cache
def _passed_to(published: Path) -> dict[str, tuple[str, ...]]:
    """What passed to each council that began in the reorganisation."""
    found: dict[str, tuple[str, ...]] = {}
    for change in read_reorganisations(published, read_councils(published)):
        for passage in change.passages if change.date == REORGANISED else ():
            found[passage.successor] = (*found.get(passage.successor, ()), passage.predecessor)
    return found
