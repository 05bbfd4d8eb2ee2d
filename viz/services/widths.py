"""How wide the columns of the matrix of services are: each as its cells need, so that few of them break."""

from __future__ import annotations

from orgmap.viz.kit.widths import width
from orgmap.viz.services.matrix import Column, Matrix

_RARE = 3
"""So many cells of a column may break rather than make it wide."""


def column_widths(matrix: Matrix, room: float, padding: float) -> list[float]:
    """Shares `room` among the columns: the longest word fits into each, what is left goes to those with long cells."""
    least = [_least(matrix, column) + padding for column in matrix.columns]
    wanted = [
        max(0.0, _wanted(matrix, column) + padding - low)
        for column, low in zip(matrix.columns, least, strict=True)
    ]
    left = max(0.0, room - sum(least))
    # Where there is room for all, what is over makes every column wider alike.
    if sum(wanted) <= left:
        over = (left - sum(wanted)) / max(len(least), 1)
        found = [low + more + over for low, more in zip(least, wanted, strict=True)]
    else:
        found = [low + more * left / sum(wanted) for low, more in zip(least, wanted, strict=True)]
    return [one * room / sum(found) for one in found]


def _cells(matrix: Matrix, column: Column) -> list[str]:
    return [row.cells[column.key].words for row in matrix.rows if column.key in row.cells]


def _least(matrix: Matrix, column: Column) -> float:
    """The width of the longest word."""
    words = [width(word, True) for word in column.label.split()]
    return max([*words, *(width(word) for said in _cells(matrix, column) for word in said.split())])


def _wanted(matrix: Matrix, column: Column) -> float:
    """The width with which all cells but a few stand on one line."""
    # The change itself is set in bold letters.
    found = sorted((width(said) + 6 for said in _cells(matrix, column)), reverse=True)
    return found[min(_RARE, len(found) - 1)]
