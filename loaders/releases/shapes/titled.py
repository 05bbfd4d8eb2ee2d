"""Tables whose columns are told by their titles: where these stand, and the rows below, all as wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.listings import TOP, Rows, first_rows, rows_of

Fits = Callable[[Sequence[str]], object]
"""Says whether a row has the titles that are looked for."""


class TitledTable(NamedTuple):
    """The titles of a table and the rows below them, with their lines; titles that are said again are left out."""

    titles: list[str]
    line: int
    rows: Rows

    def whole(self, label: str) -> TitledTable:
        """The table, if every row is as wide as its titles. Raises `DataBroken` with the line of one that is not."""
        width = len(self.titles)
        for line, row in self.rows:
            if len(row) != width:
                raise DataBroken(
                    f"{label}:{line}: {len(row)} columns where {width} are expected; it may be cut off. Fetch it again."
                )
        return self


def titles_of(raw: bytes, fits: Fits) -> list[str]:
    """The titles of a table, if they fit; none if no row at the top of it does.

    >>> titles_of(b"CODE,SEX\\r\\nA81001,ALL\\r\\n", lambda row: "SEX" in row)
    ['CODE', 'SEX']
    """
    return next((row for row in first_rows(raw) if fits(row)), [])


def titled_table(raw: bytes, label: str, fits: Fits) -> TitledTable | None:
    """The table below the titles that fit; None if there are none.

    Blank cells behind the last title are no columns. Raises `DataBroken` as `rows_of` does, and for a row that is not
    as wide as the titles.
    """
    if not titles_of(raw, fits):
        return None
    return below_titles(rows_of(raw, label), fits, label)


def below_titles(rows: Rows, fits: Fits, label: str) -> TitledTable | None:
    """The table below the titles that fit among the first of these rows; None if there are none."""
    at = next((place for place, (_, row) in enumerate(rows[:TOP]) if fits(row)), None)
    if at is None:
        return None
    line, titles = rows[at]
    width = max(place for place, title in enumerate(titles) if title) + 1
    below = [(line, _cut(row, width)) for line, row in rows[at + 1 :] if row != titles]
    return TitledTable(titles[:width], line, below).whole(label)


def _cut(row: list[str], width: int) -> list[str]:
    """A row without the blank cells that stand behind its last column."""
    return row if any(row[width:]) else row[:width]
