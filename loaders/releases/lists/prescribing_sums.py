"""Summing what practices prescribed while it is read: by month, practice and chapter, in little memory.

Money is added up as whole numbers, so that no order of rows and no size of blocks changes a sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from orgmap.graphmodel.counted.practices import PARTS, Amounts, sum_of
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.formats import ITEMS, PublishedFormat

MONTH, CODE, CHAPTER, UNIDENTIFIED = "month", "code", "chapter", "unidentified"
COSTS = ("ingredient_cost", "actual_cost")
NUMBERS = (ITEMS, *COSTS)
"""The columns that are summed."""

NO_CODE = "-"
"""Stands for a prescriber without a code."""

OTHER = "other"
"""The chapter of what has no number of one."""

LARGEST_NUMBER = 1e9
"""So many items, or pounds, no row has."""

Numbered = tuple[Any, list[str]]
"""A column of texts: the place of each row's text among the different ones, and these."""

_MONTH = re.compile(r"((?:19|20)[0-9]{2})-?(0[1-9]|1[0-2])(?:-?[0-9]{2})?", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]{1,12}", re.ASCII)
_CHAPTER = re.compile(r"[0-9]{2}", re.ASCII)


class Prescriber(NamedTuple):
    """Whose prescriptions a sum is of: the code in the table, and whether the table itself has not identified them."""

    code: str
    unidentified: bool


class MonthSums:
    """What was prescribed in one month: amounts by prescriber and chapter, rows read, and where each code begins."""

    def __init__(self) -> None:
        self.amounts: dict[tuple[Prescriber, str], Amounts] = {}
        self.lines: dict[Prescriber, int] = {}
        self.rows = 0

    def by_prescriber(self) -> Iterator[tuple[int, Prescriber, dict[str, Amounts]]]:
        """The line, the prescriber and the amounts by chapter, in order of the codes."""
        found: dict[Prescriber, dict[str, Amounts]] = {}
        for (prescriber, chapter), amounts in self.amounts.items():
            found.setdefault(prescriber, {})[chapter] = amounts
        for prescriber in sorted(found):
            yield self.lines[prescriber], prescriber, found[prescriber]

    @property
    def total(self) -> Amounts:
        """All of it."""
        return sum_of(self.amounts.values())


class PrescribingSums:
    """What a table of prescribing says, summed month by month; `label` is what the file is called in messages."""

    def __init__(self, form: PublishedFormat, label: str) -> None:
        self.months: dict[str, MonthSums] = {}
        self._label = label
        self._identified = lru_cache(maxsize=None)(_unidentified_by(form))
        self._names: list[tuple[str, Prescriber, str]] = []
        self._keys: dict[tuple[str, Prescriber, str], int] = {}

    def add(self, line: int, texts: Mapping[str, Numbered], numbers: Mapping[str, Any]) -> None:
        """Takes some rows, the first of which stands on a line: texts by column, and numbers, NaN for what is none.

        Raises `DataBroken` with file and line for a row that is not understood: a sum without it would be a wrong one.
        """
        parts = [self._whole(line, column, numbers[column]) for column in NUMBERS]
        key, names = self._named(line, texts, len(parts[0]))
        different, first, inverse, times = np.unique(
            key, return_index=True, return_inverse=True, return_counts=True
        )
        # A block's sums stay far below 2 ** 53, up to which a float holds every whole number.
        sums = [np.bincount(inverse, part, len(different)).astype(np.int64).tolist() for part in parts]
        for place, at, count, *amounts in zip(
            different.tolist(), first.tolist(), times.tolist(), *sums, strict=True
        ):
            month, prescriber, chapter = names[place]
            found = self.months.setdefault(month, MonthSums())
            found.rows += count
            where = prescriber, chapter
            found.amounts[where] = found.amounts.get(where, Amounts()).plus(Amounts(*amounts))
            found.lines[prescriber] = min(found.lines.get(prescriber, line + at), line + at)

    def _whole(self, line: int, column: str, numbers: Any) -> Any:
        """A column as whole numbers: items, or parts of a pound."""
        unit = 1 if column == ITEMS else PARTS
        whole = np.rint(numbers * unit)
        wrong = ~(np.abs(numbers) <= LARGEST_NUMBER)
        if column == ITEMS:
            wrong |= whole != numbers
        if wrong.any():
            raise self._broken(line + int(np.argmax(wrong)), f"its {column.replace('_', ' ')} is no number")
        return whole

    def _named(
        self, line: int, texts: Mapping[str, Numbered], count: int
    ) -> tuple[Any, list[tuple[str, Prescriber, str]]]:
        """The number of each row's month, prescriber and chapter, and what these numbers mean."""
        nothing: Numbered = np.zeros(count, np.int32), [""]
        columns = {name: texts.get(name, nothing) for name in (MONTH, CODE, CHAPTER, UNIDENTIFIED)}
        months = self._read(line, columns[MONTH], month_of, "is no month")
        self._read(line, columns[CODE], _readable_code, "is no code")
        key = np.zeros(count, np.int64)
        for places, different in columns.values():
            key = key * max(1, len(different)) + places
        met, inverse = np.unique(key, return_inverse=True)
        numbers = []
        for number in met.tolist():
            cells = []
            for _, different in reversed(columns.values()):
                number, place = divmod(number, max(1, len(different)))
                cells.append(different[place])
            flag, chapter, code, month = cells
            unidentified = self._identified(code.strip(), flag.strip())
            prescriber = Prescriber(code.strip().upper() or NO_CODE, unidentified)
            name = months[month], prescriber, chapter_of(chapter)
            numbers.append(self._keys.setdefault(name, len(self._keys)))
            if len(self._names) < len(self._keys):
                self._names.append(name)
        return np.array(numbers, np.int64)[inverse], self._names

    def _read(self, line: int, column: Numbered, read: Callable[[str], str], what: str) -> dict[str, str]:
        """The meaning of the different texts of a column. Raises `DataBroken` for one that has none."""
        places, different = column
        found = {text: read(text) for text in different}
        for place, text in enumerate(different):
            if not found[text] and (there := np.flatnonzero(places == place)).size:
                raise self._broken(line + int(there[0]), f"“{text[:40]}” {what}")
        return found

    def _broken(self, line: int, what: str) -> DataBroken:
        return DataBroken(f"{self._label}:{line}: {what}; the file may be damaged. Fetch it again.")


def _unidentified_by(form: PublishedFormat) -> Callable[[str, str], bool]:
    """How a format says that a prescriber is not identified: by the code, or in a column of its own."""

    def unidentified(code: str, flag: str) -> bool:
        word = form.words.get((CODE, code)) if code else None
        return not code or bool((word and word.means) or (UNIDENTIFIED, flag.lower()) in form.words)

    return unidentified


def _readable_code(text: str) -> str:
    code = text.strip().upper() or NO_CODE
    return code if code == NO_CODE or _CODE.fullmatch(code) else ""


def month_of(text: str) -> str:
    """A month as 2019-04, from 201904, 2019-04 or 2019-04-01; blank for what is none.

    >>> month_of("201904 "), month_of("2019-04"), month_of("201913")
    ('2019-04', '2019-04', '')
    """
    found = _MONTH.fullmatch(text.strip())
    return "-".join(found.groups()) if found else ""


def chapter_of(text: str) -> str:
    """The chapter that a heading or a code of the British National Formulary begins with.

    >>> chapter_of("04: Central Nervous System"), chapter_of("0407010H0AAAMAM"), chapter_of("")
    ('04', '04', 'other')
    """
    first = text.strip()[:2]
    return first if _CHAPTER.fullmatch(first) else OTHER
