"""The axis of time of a picture: where a day lies, and the years that are written above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgmap.graphmodel.dates import days_between
from orgmap.viz.kit.svg import el
from orgmap.viz.kit.svg_file import text_at

RIGHT = 1206.0
"""Where every axis of time ends."""

_YEARS = (1, 2, 5, 10)
_ROOM = 44
"""So much room has a year at least that is written."""


class TimeAxis(NamedTuple):
    """The days that a picture shows, from left to right, and where the first of them stands."""

    first: str
    last: str
    left: float

    def x(self, day: str) -> float:
        """Where a day lies; what lies outside stands at the edge.

        >>> TimeAxis("2012-01-01", "2013-01-01", 600.0).x("2011-06-01")
        600.0
        """
        whole = max(1, days_between(self.first, self.last))
        gone = days_between(self.first, min(max(day, self.first), self.last))
        return self.left + (RIGHT - self.left) * gone / whole

    @property
    def years(self) -> int:
        """How many years it shows."""
        return int(self.last[:4]) - int(self.first[:4])

    def first_days(self) -> Iterator[str]:
        """The first days of the years for whose number there is room."""
        room = (RIGHT - self.left) / max(1, self.years)
        step = next(n for n in _YEARS if room * n > _ROOM)
        yield from (f"{int(self.first[:4]) + n}-01-01" for n in range(0, self.years + 1, step))


def years_of(axis: TimeAxis, height: float, between: tuple[str, ...] = ()) -> str:
    """The years as lines with their numbers, down to the foot of the picture; `between` are days with a line alone."""
    out = []
    for day in (*axis.first_days(), *between):
        x = axis.x(day)
        out.append(el("line", {"class": "year", "x1": x, "x2": x, "y1": 24.0, "y2": height}))
        if day not in between and x < RIGHT - 20:
            out.append(text_at(x + 3, 17, day[:4]))
    return el("g", {"aria_hidden": "true"}, *out)
