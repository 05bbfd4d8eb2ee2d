"""The texts of a packed file, each of which stands there once and has a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zlib import crc32

from orgmap.graphmodel.stores.sealed import MappedFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONG = 100
"""From so many cells on, a column is read from a table."""


class Texts(dict[int, str]):
    """The texts of a packed file by their numbers, read when first asked for; number 0 is the blank one."""

    def __init__(self, file: MappedFile, parts: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self._file = file
        self._start, _ = parts["texts"]
        self._ends_at, length = parts["texts.ends"]
        self._ends = file.view[self._ends_at : self._ends_at + length].cast("I")
        self._hashed_at, length = parts["texts.hashed"]
        self._hashed = file.view[self._hashed_at : self._hashed_at + length].cast("I")
        self.known: dict[str, int] = {"": 0}
        """The numbers of the texts that were asked for."""
        self._table: NDArray[Any] | None = None
        self._there: NDArray[Any]

    def __missing__(self, number: int) -> str:
        """A text that was not read yet."""
        raw = self._raw(number)
        found = self[number] = raw.decode()
        return found

    def _raw(self, number: int) -> bytes:
        if number == 0:
            return b""
        self._file.check(self._ends_at + 4 * number - 4, self._ends_at + 4 * number + 4)
        start, end = self._start + self._ends[number - 1], self._start + self._ends[number]
        self._file.check(start, max(end, start + 1))
        return bytes(self._file.view[start:end])

    def column(self, numbers: NDArray[Any]) -> list[str]:
        """The texts of a column of numbers; of a long one all that were read before are taken from a table at once."""
        import numpy as np

        if len(numbers) < LONG:
            return list(map(self.__getitem__, numbers.tolist()))
        if self._table is None:
            self._there = np.zeros(len(self._ends), dtype=bool)
            self._table = np.empty(len(self._ends), dtype=object)
        there = self._there[numbers]
        if not there.all():
            new = np.unique(numbers[~there])
            self._table[new] = list(map(self.__getitem__, new.tolist()))
            self._there[new] = True
        return list(self._table[numbers].tolist())

    def number(self, text: str) -> int | None:
        """The number of a text, or None if no cell holds it."""
        found = self.known.get(text)
        if found is None:
            found = self._looked_up(text.encode("utf-8", "surrogatepass"))
            if found is not None:
                self.known[text] = found
        return found

    def _looked_up(self, raw: bytes) -> int | None:
        place, last = crc32(raw), len(self._hashed) - 1
        while True:
            place &= last
            self._file.check(self._hashed_at + 4 * place, self._hashed_at + 4 * place + 4)
            number = self._hashed[place]
            if number == 0 or self._raw(number) == raw:
                return number or None
            place += 1

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers of those of these texts that any cell holds, rising."""
        found = (self.number(text) for text in texts)
        return sorted({number for number in found if number is not None})
