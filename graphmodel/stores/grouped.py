"""Which rows belong to which body, read where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from orgmap.graphmodel.stores.sealed import BLOCK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from orgmap.graphmodel.stores.packed import PackedFile

BITS = 11
"""A block holds so many four-byte numbers, as a power of two."""
assert 4 << BITS == BLOCK


class Grouped:
    """Which rows belong to which key, the keys being 0, 1, 2 …: where the rows of each begin, and the rows."""

    def __init__(self, file: PackedFile, name: str) -> None:
        self._file, self.name = file, name
        self.places = file.numbers(name)
        self.checked = bytearray(1 + (len(self.places) >> BITS))
        rows = f"{name}, rows"
        self.listed = rows if rows in file.parts else ""
        self._listed = file.numbers(rows) if self.listed else self.places[:0]
        self._listed_checked = bytearray(1 + (len(self._listed) >> BITS))
        file.readers.append(self)

    def check(self, block: int) -> None:
        """Compares a block of `places` and the one behind it, into which the place of a last key's end may fall."""
        first, last = block << BITS, min((block + 2) << BITS, len(self.places))
        self._file.check(self.name, 4 * first, 4 * last)
        self.checked[block] = 1

    def span(self, first: int, behind: int) -> tuple[int, int]:
        """Where the rows of the keys from one until another begin and end."""
        if not self.checked[first >> BITS]:
            self.check(first >> BITS)
        if not self.checked[behind >> BITS]:
            self.check(behind >> BITS)
        return self.places[first], self.places[behind]

    def rows(self, first: int, behind: int) -> Sequence[int]:
        """The rows of the keys from one until another; of one key they rise."""
        start, end = self.span(first, behind)
        if start == end or not self.listed:
            return range(start, end)
        first, last = start >> BITS, end - 1 >> BITS
        if first != last or not self._listed_checked[first]:
            self._file.check(self.listed, first * BLOCK, min((last + 1) * BLOCK, 4 * len(self._listed)))
            self._listed_checked[first] = 1
        return self._listed[start:end].tolist()

    def close(self) -> None:
        """The file is closed: every block is compared again before it is read, and who asks gets an error."""
        self.checked, self._listed_checked = (
            bytearray(len(self.checked)),
            bytearray(len(self._listed_checked)),
        )


def spread(places: NDArray[Any], keys: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The rows of many keys, one after the other, and before them to which of the keys each belongs, by its place."""
    import numpy as np

    starts = places[keys].astype(np.int64)
    numbers = places[keys + 1] - starts
    asked = np.repeat(np.arange(len(keys)), numbers)
    starts -= np.cumsum(numbers) - numbers
    rows = starts[asked]
    rows += np.arange(len(asked))
    return asked, rows
