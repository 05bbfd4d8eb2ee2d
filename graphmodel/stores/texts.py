"""The texts of a packed file, each of which stands there once and has a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from zlib import crc32

from orgmap.graphmodel.stores.sealed import MappedFile

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
        self._numbers: dict[str, int] = {"": 0}

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

    def many(self, columns: Iterable[NDArray[Any]]) -> Iterator[list[str]]:
        """The texts of many cells, column by column; each that stands in a column often is looked up once for it."""
        import numpy as np

        table = np.empty(len(self._ends), dtype=object)
        for column in columns:
            if 8 * len(column) < len(table):
                yield list(map(self.__getitem__, column.tolist()))
                continue
            seen = np.zeros(len(table), dtype=bool)
            seen[column] = True
            numbers = np.flatnonzero(seen)
            table[numbers] = list(map(self.__getitem__, numbers.tolist()))
            yield table[column].tolist()

    def number(self, text: str) -> int | None:
        """The number of a text, or None if no cell holds it."""
        found = self._numbers.get(text)
        if found is None:
            found = self._looked_up(text.encode("utf-8", "surrogatepass"))
            if found is not None:
                self._numbers[text] = found
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
