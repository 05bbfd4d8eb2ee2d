"""Tables packed into rows of four-byte cells: texts as numbers of a list of texts, days as numbers of days.

Written once by the builder (`orgmap.loaders.packing`), mapped into memory and read in place: nothing is loaded, one
row costs a few microseconds, and a whole table is an array to those who ask for it so. Rows stand in the order
in which the store gives them back, so what is found by rising number needs no sorting.
"""

from __future__ import annotations

import json
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from orgmap.graphmodel.stores.grouped import Grouped
from orgmap.graphmodel.stores.sealed import MappedFile
from orgmap.graphmodel.stores.texts import Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EVER = 2**31 - 1
"""The day that stands for an open end; an open start, or a day that is not known, is day 0."""

FORMATS = {"text": "I", "day": "i", "number": "d"}
"""How a cell of each sort is written."""
_ARRAYS = {"text": "u4", "day": "i4", "number": "f8"}
"""The same in the words of arrays."""

HEAD = struct.Struct("<QQ")
"""What a packed file begins with: where its directory stands, and how long that is."""

FEW = 12
"""So many rows are read one by one; of more, each column is read by itself."""

MANY = 400
"""From so many rows on, arrays filter faster than a loop."""


@lru_cache(maxsize=20_000)
def number_of_day(day: str | None, unknown: int = 0) -> int:
    """A day as a number that grows from day to day.

    >>> number_of_day("2013-04-01") - number_of_day("2013-03-31")
    1
    """
    return date.fromisoformat(day).toordinal() if day else unknown


def capitals(text: str) -> str:
    """A code as it is looked up, whether its letters (those of English) were small or capital.

    >>> capitals("ct9é")
    'CT9é'
    """
    return "".join(letter.upper() if letter.isascii() else letter for letter in text)


def struct_of(sorts: Iterable[str]) -> struct.Struct:
    """How a row of cells of these sorts is written."""
    return struct.Struct("<" + "".join(FORMATS[sort] for sort in sorts))


class Days(dict[int, str | None]):
    """Days as ISO text by their numbers; an open end and a day that is not known are None."""

    def __missing__(self, number: int) -> str | None:
        """A day that was not asked for yet."""
        found = self[number] = None if number in (0, EVER) else date.fromordinal(number).isoformat()
        return found


def number_or_none(number: float) -> float | None:
    """A number as a row has it; what is no number stands for a blank cell."""
    return number if number == number else None


class Where(NamedTuple):
    """Which rows are wanted: those with one of some numbers in each of these columns, in force on one day and not
    on another (days by their numbers, None: whichever)."""

    among: Mapping[str, frozenset[int]] = {}
    at: int | None = None
    not_at: int | None = None


EVERYTHING = Where()

Chosen: TypeAlias = "Sequence[int] | NDArray[Any] | None"
"""The numbers of rows, rising; None for all."""

PERIOD = ("valid_from", "valid_until")


class PackedTable:
    """One table: its rows, some columns by themselves for filtering, and which rows have what in a column."""

    def __init__(self, file: PackedFile, name: str, make: Callable[[Iterable[Any]], Any]) -> None:
        described = file.tables[name]
        self.count: int = described["rows"]
        self.columns: list[str] = described["columns"]
        self._file, self._name, self._make = file, name, make
        self._struct = struct_of(described["sorts"])
        self._sorts: list[str] = described["sorts"]
        decoders: dict[str, Callable[[Any], Any]] = {
            "text": file.texts.__getitem__,
            "day": file.days.__getitem__,
            "number": number_or_none,
        }
        self._decode = [decoders[sort] for sort in self._sorts]
        self._start, self._length = file.parts[name]
        self._nodes: int = file.edges["nodes"]
        self._by_body = Grouped(file, of) if (of := f"{name} by body") in file.parts else None
        self._period = [self.columns.index(name) for name in PERIOD] if PERIOD[0] in self.columns else [0, 0]

    def rows(self, numbers: Chosen = None, where: Where = EVERYTHING) -> list[Any]:
        """Those of these rows (None: of all) that are wanted, as records and in their order."""
        if numbers is not None and len(numbers) <= FEW:
            decode = self._decode
            kept = self._kept([self._read(number) for number in numbers], where)
            return [self._make([of(cell) for of, cell in zip(decode, row, strict=True)]) for row in kept]
        return list(map(self._make, self.cells(self.columns, numbers, where)))

    def cells(
        self, names: Sequence[str], numbers: Chosen = None, where: Where = EVERYTHING
    ) -> Iterator[tuple[Any, ...]]:
        """Some columns of those of these rows (None: of all) that are wanted, row by row in their order."""
        return zip(*self.lists(names, numbers, where), strict=True)

    def lists(
        self, names: Sequence[str], numbers: Chosen = None, where: Where = EVERYTHING
    ) -> list[list[Any]]:
        """The same, column by column."""
        places = [self.columns.index(name) for name in names]
        if numbers is not None and len(numbers) <= MANY:
            kept = self._kept([self._read(number) for number in numbers], where)
            columns = [[row[place] for row in kept] for place in places]
            return [list(map(self._decode[p], cells)) for p, cells in zip(places, columns, strict=True)]
        found = self._records()[self.numbers(numbers, where)]
        return [
            self._file.texts.column(found[name])
            if self._sort(name) == "text"
            else list(map(self._decode[place], found[name].tolist()))
            for name, place in zip(names, places, strict=True)
        ]

    def _sort(self, name: str) -> str:
        return self._sorts[self.columns.index(name)]

    def _read(self, number: int) -> tuple[Any, ...]:
        start = self._start + self._struct.size * number
        self._file.mapped.check(start, start + self._struct.size)
        return self._struct.unpack_from(self._file.mapped.view, start)

    def _records(self) -> NDArray[Any]:
        """The whole table as an array of records, in place: all of it is compared first."""
        import numpy as np

        self._file.mapped.check(self._start, self._start + self._length)
        fields = [(name, f"<{_ARRAYS[sort]}") for name, sort in zip(self.columns, self._sorts, strict=True)]
        raw = self._file.mapped.view[self._start : self._start + self._length]
        return np.frombuffer(raw, dtype=np.dtype(fields))

    def _kept(self, rows: list[tuple[Any, ...]], where: Where) -> list[tuple[Any, ...]]:
        for column, wanted in where.among.items():
            place = self.columns.index(column)
            rows = [row for row in rows if row[place] in wanted]
        begin, end = self._period
        if (day := where.at) is not None:
            rows = [row for row in rows if row[begin] <= day < row[end]]
        if (day := where.not_at) is not None:
            rows = [row for row in rows if not row[begin] <= day < row[end]]
        return rows

    def numbers(self, numbers: Chosen = None, where: Where = EVERYTHING) -> NDArray[np.intp]:
        """The numbers of those of these rows (None: of all) that are wanted, as an array."""
        import numpy as np

        chosen = slice(None) if numbers is None else np.asarray(numbers, dtype=np.intp)
        kept = np.ones(self.count if numbers is None else len(numbers), dtype=bool)
        for column, wanted in where.among.items():
            kept &= np.isin(self.array(column)[chosen], list(wanted))
        for day, holding in ((where.at, True), (where.not_at, False)):
            if day is not None:
                begins, ends = self.array("valid_from")[chosen], self.array("valid_until")[chosen]
                kept &= ((begins <= day) & (day < ends)) == holding
        return np.flatnonzero(kept) if isinstance(chosen, slice) else chosen[kept]

    def array(self, name: str) -> NDArray[np.int32]:
        """A column as an array, in place: all of it is compared first."""
        import numpy as np

        return np.frombuffer(self._file.whole(f"{self._name}.{name}"), dtype=np.int32)

    def number(self, name: str, row: int) -> int:
        """One row's number in a column, without an array."""
        return int(self._read(row)[self.columns.index(name)])

    def having(self, column: str, texts: Iterable[str]) -> list[int]:
        """The numbers of the rows that have one of these texts in an indexed column, rising."""
        if self._by_body and column == self.columns[0]:
            bodies = self._file.texts.numbers(texts)
            spans = [self._by_body.span(one, one + 1) for one in bodies if one <= self._nodes]
            return [number for span in spans for number in range(*span)]
        index = f"{self._name} by {column}"
        found: list[int] = []
        wanted = self._file.texts.numbers(texts)
        for text in wanted:
            place = self._file.place(index, text)
            if place is not None:
                start, end = self._file.whole(f"{index}, places")[place : place + 2]
                found += self._file.cells(f"{index}, rows", start, end)
        return found if len(wanted) < 2 else sorted(found)


class Remembers(Protocol):
    """Who reads a packed file, and remembers which blocks were compared."""

    def close(self) -> None:
        """Forgets them."""


class PackedFile:
    """The packed part of a store: its texts, and its tables by name."""

    def __init__(self, path: Path | MappedFile) -> None:
        """Maps the file. Raises `StoreDamaged` if it is not what was built."""
        self.mapped = MappedFile(path) if isinstance(path, Path) else path
        view = self.mapped.view
        self.mapped.check(0, HEAD.size)
        start, length = HEAD.unpack(view[: HEAD.size])
        self.mapped.check(start, start + length)
        about = json.loads(bytes(view[start : start + length]))
        self.parts: dict[str, tuple[int, int]] = {
            name: (start, length) for name, (start, length) in about["parts"].items()
        }
        self.tables: dict[str, Any] = about["tables"]
        self.edges: dict[str, Any] = about["edges"]
        self.stages: dict[str, tuple[str, str | None]] = about["stages"]
        """Bodies that are something else than in force for good: what they are if they never were in force, and the
        end of their whole life."""
        self.texts, self.days = Texts(self.mapped, self.parts), Days()
        self.readers: list[Remembers] = []
        """Who remembers what was compared, and must not after the file is closed."""
        self._views: dict[str, memoryview] = {}
        self._compared: dict[str, memoryview] = {}

    def again(self) -> PackedFile:
        """The same file, with the texts that were read, which stays open when this one is closed."""
        other = PackedFile(self.mapped.again())
        other.texts.update(self.texts)
        return other

    def place_in_file(self, name: str) -> int:
        """At which byte of the file a part begins."""
        return self.mapped.begin + self.parts[name][0]

    def cells(self, name: str, start: int, end: int) -> list[int]:
        """Some of the numbers of a part that holds four-byte numbers."""
        if start == end:
            return []
        self.check(name, 4 * start, 4 * end)
        return self.numbers(name)[start:end].tolist()

    def place(self, name: str, number: int) -> int | None:
        """Where a number stands in a part of rising numbers, or None."""
        keys = self.whole(name)
        place = bisect_left(keys, number)
        return place if place < len(keys) and keys[place] == number else None

    def whole(self, name: str, cell: Any = "I") -> memoryview:
        """All numbers of a part; every block of it is compared first."""
        found = self._compared.get(name)
        if found is None:
            self.check(name, 0, self.parts[name][1])
            found = self._compared[name] = self.numbers(name, cell)
        return found

    def numbers(self, name: str, cell: Any = "I") -> memoryview:
        """The numbers of a part, as cells of a format, of which only compared ones count (see `check`)."""
        found = self._views.get(name)
        if found is None:
            start, length = self.parts[name]
            found = self._views[name] = self.mapped.view[start : start + length].cast(cell)
        return found

    def check(self, name: str, first: int, behind: int) -> None:
        """Compares the blocks of some bytes of a part."""
        if first < behind:
            start = self.parts[name][0]
            self.mapped.check(start + first, start + behind)

    def close(self) -> None:
        """Who asks afterwards gets an error."""
        self.mapped.close()
        self._compared = {}
        for one in self.readers:
            one.close()
