"""The second halves of postcodes as numbers: there are millions, so they are read all at once."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.stores.packed_places import LETTERS, number_of_half

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALVES = 10 * LETTERS**2
"""So many second halves there can be: a digit and two letters."""

_STEP = len("1AA ")


class Halves(NamedTuple):
    """The number of each second half (as `number_of_half` tells it), and the row of the table in which it stands."""

    numbers: NDArray[Any]
    rows: NDArray[Any]


def halves_in(inwards: Sequence[str]) -> Halves | None:
    """The halves that stand in cells, divided by single spaces; None if one of them is none.

    >>> halves = halves_in(["1AA 1AB", "0AA"])
    >>> halves.numbers.tolist(), halves.rows.tolist()
    ([676, 677, 0], [0, 0, 1])
    >>> halves_in(["1AA  1AB"]), halves_in(["1AA", ""]), halves_in(["1aa"])
    (None, None, None)
    """
    import numpy as np

    long = np.fromiter(map(len, inwards), dtype=np.int64, count=len(inwards)) + 1
    text = " ".join([*inwards, ""])
    if (long % _STEP).any() or not long.all() or not text.isascii():
        return None
    letters = np.frombuffer(text.encode(), dtype=np.uint8).reshape(-1, _STEP)
    # Below its first letter a byte begins again at 255, so that one comparison finds what is no letter.
    digit, first, second = letters[:, 0] - ord("0"), letters[:, 1] - ord("A"), letters[:, 2] - ord("A")
    if (
        (digit > 9).any()
        or (first >= LETTERS).any()
        or (second >= LETTERS).any()
        or (letters[:, 3] != ord(" ")).any()
    ):
        return None
    numbers = (digit.astype(np.uint32) * LETTERS + first) * LETTERS + second
    return Halves(numbers, np.repeat(np.arange(len(inwards), dtype=np.uint32), long // _STEP))


def halves_of(outcodes: Sequence[str], inwards: Sequence[str]) -> Halves:
    """The halves of cells that may be blank, or divided by several spaces. Raises `DataBroken` for one that is none."""
    import numpy as np

    if found := halves_in(inwards):
        return found
    numbers, rows = array("I"), array("I")
    for row, (outcode, cell) in enumerate(zip(outcodes, inwards, strict=True)):
        for inward in cell.split():
            if (half := number_of_half(inward)) is None:
                raise DataBroken(f"“{outcode} {inward}” in the table postcodes is no postcode.")
            numbers.append(half)
            rows.append(row)
    return Halves(np.array(numbers, dtype=np.uint32), np.array(rows, dtype=np.uint32))
