"""Gathering a list of postcodes: rows become columns of numbers, what is odd is refused with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.halves import HALVES
from orgmap.loaders.releases.formats import POSTCODE_COLUMN, PublishedFormat
from orgmap.loaders.releases.listings import (
    REFUSED_AT_MOST,
    ROWS_OF_A_SPREADSHEET,
    RefusedRow,
    cut_by_spreadsheet,
)
from orgmap.loaders.releases.postcodes.columns import (
    Numbers,
    PostcodeList,
    first_day,
    halves_text,
    keys_of,
    month_of,
    numbered,
    outcode_text,
)

NEIGHBOURHOOD, COUNTRY, ENDED, INTRODUCED = "neighbourhood", "country", "ended", "introduced"
ENGLAND = "E"

KEPT_ABROAD = {"S": "S92000003", "W": "W92000004"}
"""Countries whose postcodes are kept, so that a place across the border is told as such, with their codes."""

COUNTRIES = {
    ENGLAND: "England",
    "S": "Scotland",
    "W": "Wales",
    "N": "Northern Ireland",
    "L": "the Channel Islands",
    "M": "the Isle of Man",
}
"""What codes of countries, and of areas in them, begin with."""

_NEIGHBOURHOOD = re.compile(r"E01[0-9]{6}", re.ASCII)
_AREA = re.compile(r"[A-Z0-9]{9}", re.ASCII)
_NOWHERE = re.compile(r"E[0-9]{2}(9{6})|", re.ASCII)
"""The codes of no area: those that end in nines, and blanks."""

_NOT_KEPT, _REFUSED = -1, -2
MANY_PAIRS = 4_000_000
"""So many pairs of a neighbourhood and a country at most are counted in a row of numbers."""

GRID = 700_000
"""So many metres wide is the national grid, and twice as high at most."""

SOON = 100_000
"""After so many rows a file with too many odd ones is read no further."""


class Gathering:
    """A list while its rows come in; `wanted` are the columns that are looked at."""

    def __init__(self, form: PublishedFormat, several: bool = False) -> None:
        declared = {*form.columns, *(one.column for one in form.titles)}
        self.wanted = declared & {POSTCODE_COLUMN, NEIGHBOURHOOD, COUNTRY, ENDED, INTRODUCED, "east", "north"}
        self._several = several
        self._outcodes: dict[int, int] = {}
        self._codes: dict[str, int] = {}
        self._columns: list[tuple[Numbers, ...]] = []
        self._refused: list[RefusedRow] = []
        self._counted: Counter[str] = Counter()
        self._rows, self._last = 0, 0
        self._first_odd = ""
        self.heading = ""
        """How the column of postcodes is called in the file that is read."""

    def mark(self) -> tuple[Any, ...]:
        """Where it stands."""
        return len(self._columns), len(self._refused), self._counted.copy(), self._rows, self._last

    def back_to(self, mark: tuple[Any, ...]) -> None:
        """Forgets what came after a mark."""
        columns, refused, self._counted, self._rows, self._last = mark
        del self._columns[columns:], self._refused[refused:]

    def add(
        self,
        label: str,
        line: int,
        letters: tuple[Numbers, Numbers, Numbers],
        texts: Mapping[str, tuple[Numbers, list[str]]],
        points: Mapping[str, Numbers],
    ) -> None:
        """Takes some rows: the letters of their postcodes, other columns as places among different texts, and points.

        Raises `DataBroken` with the line once too many rows are odd.
        """
        data, starts, ends = letters
        count = len(starts)
        nothing = np.zeros(count, np.int32), [""]
        first, half = keys_of(data, starts, ends)
        outcode = self._outcode(first)
        months = {name: _mapped(texts.get(name, nothing), month_of) for name in (ENDED, INTRODUCED)}
        code = self._code(texts.get(NEIGHBOURHOOD, nothing), texts.get(COUNTRY, nothing))
        ended, introduced = months[ENDED], months[INTRODUCED]
        odd = (half < 0) | (outcode < 0) | (ended < 0) | (introduced < 0) | (code == _REFUSED)
        for place in np.flatnonzero(odd).tolist():
            text = data[starts[place] : ends[place]].tobytes().decode("latin-1")
            if self.heading and text == self.heading:
                continue
            self._refuse(label, line + place, text, self._why(place, half, outcode, months, texts))
        self._rows += count
        if self._rows > SOON:
            self._not_too_many()
        good = ~odd
        self._last = max(self._last, *(int(month[good].max(initial=0)) for month in months.values()))
        kept = good & (code != _NOT_KEPT)
        blank = np.full(count, -1, np.int32)
        points = _on_the_grid(points)
        columns = (
            outcode.astype(np.int32),
            half,
            code.astype(np.int32),
            ended.astype(np.int32),
            np.arange(line, line + count, dtype=np.int32),
            *(points.get(name, blank).astype(np.int32) for name in ("east", "north") if points),
        )
        self._columns.append(tuple(column[kept] for column in columns))

    def finished(self, label: str) -> tuple[PostcodeList, tuple[RefusedRow, ...], str, str]:
        """The list, the rows refused, the first day of the last month that it tells, and what else to say of it.

        Raises `DataBroken` with the line if it has no row, or too many odd ones.
        """
        if not self._rows:
            raise DataBroken(f"{label}:1: has a header and no rows. Fetch the file again.")
        self._not_too_many()
        if (rows := self._rows + bool(self.heading)) in ROWS_OF_A_SPREADSHEET:
            raise DataBroken(f"{label}:{rows}: {cut_by_spreadsheet(rows)}")
        outcode, half, code, ended, line, *points = map(np.concatenate, zip(*self._columns, strict=True))
        self._columns.clear()
        texts = [outcode_text(number) for number in self._outcodes]
        order = numbered(texts)
        place = np.array([order[text] for text in texts] or [0], np.int32)
        keys = place[outcode] * HALVES + half
        sort = np.argsort(keys, kind="stable")
        twice = np.zeros(len(keys), bool)
        twice[sort[1:]] = keys[sort[1:]] == keys[sort[:-1]]
        for at in np.flatnonzero(twice).tolist():
            text = f"{texts[outcode[at]]} {halves_text(half[at : at + 1]).strip()}"
            self._refuse(label, int(line[at]), text, "is listed twice")
        self._not_too_many()
        sort = sort[~twice[sort]]
        codes = numbered(self._codes)
        code_at = np.array([codes[text] for text in self._codes] or [0], np.int32)
        east, north = points or (np.full(len(keys), -1, np.int32),) * 2
        return (
            PostcodeList(
                tuple(order),
                keys[sort],
                tuple(codes),
                code_at[code[sort]],
                ended[sort],
                east[sort],
                north[sort],
            ),
            tuple(sorted(self._refused)),
            first_day(self._last),
            self._said(),
        )

    def _outcode(self, first: Numbers) -> Numbers:
        """The place of each first half among those met so far; -1 for what is none."""
        different, inverse = np.unique(first, return_inverse=True)
        places = [
            self._outcodes.setdefault(number, len(self._outcodes)) if outcode_text(number) else -1
            for number in different.tolist()
        ]
        return np.array(places, np.int32)[inverse] if len(first) else np.zeros(0, np.int32)

    def _code(
        self, neighbourhoods: tuple[Numbers, list[str]], countries: tuple[Numbers, list[str]]
    ) -> Numbers:
        """The place of each row's code among those met so far, and by the way how many rows lie in which country."""
        width = max(1, len(countries[1]))
        pairs = neighbourhoods[0].astype(np.int64) * width + countries[0]
        if width * len(neighbourhoods[1]) < MANY_PAIRS:
            counts = np.bincount(pairs, minlength=1)
            different, inverse = np.flatnonzero(counts), None
            times = counts[different]
        else:
            different, inverse, times = np.unique(pairs, return_inverse=True, return_counts=True)
        found = []
        for pair, count in zip(different.tolist(), times.tolist(), strict=True):
            code, country = code_of(neighbourhoods[1][pair // width], countries[1][pair % width])
            if country:
                self._counted[country] += count
            known = code is not None and country
            found.append(self._codes.setdefault(code or "", len(self._codes)) if known else _NOT_KEPT)
            if not country:
                found[-1] = _REFUSED
        codes: Numbers = np.array(found or [0], np.int32)
        if inverse is not None:
            return codes[inverse] if len(pairs) else codes[:0]
        place: Numbers = np.zeros(len(counts), np.int32)
        place[different] = codes[: len(different)]
        return place[pairs]

    def _why(
        self,
        place: int,
        half: Numbers,
        outcode: Numbers,
        months: Mapping[str, Numbers],
        texts: Mapping[str, tuple[Numbers, list[str]]],
    ) -> str:
        if half[place] < 0 or outcode[place] < 0:
            return "is no postcode"
        for name, month in months.items():
            if month[place] < 0:
                return f"its month “{_text(texts[name], place)[:20]}” is no month"
        there = [_text(texts[name], place)[:20] for name in (NEIGHBOURHOOD, COUNTRY) if name in texts]
        return f"where it lies is not understood ({', '.join(there)})"

    def _refuse(self, label: str, line: int, text: str, reason: str) -> None:
        where = f"{reason}, in {label}" if self._several else reason
        self._refused.append(RefusedRow(line, text[:20], where))
        self._first_odd = self._first_odd or f"{label}:{line}: “{text[:20]}” {reason}"

    def _not_too_many(self) -> None:
        if len(self._refused) > REFUSED_AT_MOST * self._rows:
            raise DataBroken(
                f"{self._first_odd}; {len(self._refused):,} of {self._rows:,} rows are not what a list of postcodes"
                " has. Fetch the file again."
            )

    def _said(self) -> str:
        """How many rows lie outside England, and whether they are kept."""
        kept, others = (
            [
                f"{count:,} of {COUNTRIES[country]}"
                for country, count in sorted(self._counted.items())
                if country != ENGLAND and (country in KEPT_ABROAD) == inside
            ]
            for inside in (True, False)
        )
        said = [f"known to lie outside England: {', '.join(kept)}"] if kept else []
        return "; ".join([*said, f"passed over: {', '.join(others)}"] if others else said)


@lru_cache(maxsize=200_000)
def code_of(neighbourhood: str, country: str) -> tuple[str | None, str]:
    """The code under which a postcode is kept (blank: known, but not placed; None: not kept) and the first letter of
    its country (blank: not understood).

    >>> code_of("E01010994", "E92000001"), code_of("W01001956", ""), code_of("", "N92000002"), code_of("x", "")
    (('E01010994', 'E'), ('W92000004', 'W'), (None, 'N'), (None, ''))
    """
    letter = country[:1] if _AREA.fullmatch(country) else ""
    if not letter and _AREA.fullmatch(neighbourhood) and neighbourhood[0] in COUNTRIES:
        letter = neighbourhood[0]
    if not letter and not country and not neighbourhood:
        letter = ENGLAND
    if letter == ENGLAND:
        if _NEIGHBOURHOOD.fullmatch(neighbourhood) and not _NOWHERE.fullmatch(neighbourhood):
            return neighbourhood, letter
        return ("", letter) if _NOWHERE.fullmatch(neighbourhood) else (None, "")
    return (KEPT_ABROAD.get(letter), letter) if letter in COUNTRIES else (None, "")


def _on_the_grid(points: Mapping[str, Numbers]) -> Mapping[str, Numbers]:
    """Points without those beyond the grid and those in its very corner: so a list writes that it knows no place."""
    if not points:
        return points
    east, north = (points[name] for name in ("east", "north"))
    there = (east >= 0) & (north >= 0) & (east < GRID) & (north < 2 * GRID) & ((east > 0) | (north > 0))
    return {"east": np.where(there, east, -1), "north": np.where(there, north, -1)}


def _mapped(column: tuple[Numbers, list[str]], number: Any) -> Numbers:
    places, texts = column
    return np.array([number(text) for text in texts] or [0], np.int32)[places]


def _text(column: tuple[Numbers, list[str]], place: int) -> str:
    return column[1][int(column[0][place])]
