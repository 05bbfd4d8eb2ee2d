"""Folds lists of postcodes into the tables: where each lies now, and what lists said before.

The bundled lists are an edition like others: of a postcode that they have, only a list that knows more tells. A newer
list adds postcodes, ends those that ended and moves those that it has elsewhere; what it does not list it leaves.
Another code for the same ground (a small area in the neighbourhood that was known, one of 2021 in one of 2011) holds
for every day; one in another area holds from the day of the list on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from orgmap.graphmodel.stores.postcode_words import ENDED, IN_USE, UNKNOWN, PostcodeRow, before
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import columns_of
from orgmap.loaders.halves import HALVES, halves_of
from orgmap.loaders.reading import File, Tables
from orgmap.loaders.releases.cited import source_of
from orgmap.loaders.releases.kept import Loaded, Release
from orgmap.loaders.releases.postcodes.columns import Numbers, PostcodeList, first_day, halves_text, unpacked
from orgmap.loaders.releases.postcodes.grounds import Grounds
from orgmap.loaders.releases.postcodes.points import nearest

TABLE = "postcodes"
NOW, OVER = "in_use", "terminated"
EXAMPLES = 3


class PostcodeTally(NamedTuple):
    """What a list of postcodes told: how many postcodes are new, ended, moved, placed more exactly, in use again."""

    new: int
    ended: int
    moved: int
    finer: int
    again: int
    known_already: int
    not_placed: int
    estimated: int
    examples: tuple[str, ...]
    missing: int = 0
    """So many postcodes that were in use are not in it."""
    in_all: int = 0
    """So many were in use."""


class _Group(NamedTuple):
    """What many postcodes of an outcode share, and the dataset in which they stand."""

    outcode: str
    row: PostcodeRow
    file: int
    """Which of the files of the table, -1: a list that is folded in."""


class FoldedPostcodes:
    """The table of postcodes as numbers, while lists are folded in."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._files = list(tables.files[TABLE])
        self._outcodes: dict[str, int] = {}
        self._groups: list[_Group] = []
        self._number: dict[_Group, int] = {}
        self._grounds = Grounds(tables)
        self._listed: dict[str, tuple[Release, int]] = {}
        keys, groups = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
        for place, file in enumerate(self._files):
            outcodes, inwards, *words = file.columns
            halves = halves_of(outcodes, inwards)
            numbers = np.array(
                [
                    self._group(_Group(outcode, PostcodeRow(*row), place))
                    for outcode, *row in zip(outcodes, *words, strict=True)
                ],
                np.int32,
            )
            first = np.array([self._outcode(one) for one in outcodes], np.int64)
            keys.append(first[halves.rows] * HALVES + halves.numbers)
            groups.append(numbers[halves.rows])
        self._keys, self._of = np.concatenate(keys), np.concatenate(groups)
        order = np.argsort(self._keys, kind="stable")
        self._keys, self._of = self._keys[order], self._of[order]
        self._from_list = np.zeros(len(self._keys), bool)
        self._days = {name: str(about.get("as_of", "")) for name, about in tables.about.items()}
        self._bundled = max((self._days.get(file.dataset, "") for file in self._files), default="")

    def fold(self, loaded: Loaded) -> PostcodeTally:
        """Folds one list in; lists come in order of the days up to which they know."""
        release, listed = loaded.release, unpacked(loaded.raw())
        keys = self._keys_of(listed)
        order = np.argsort(keys, kind="stable")
        keys, listed = keys[order], _in_order(listed, order)
        at = np.minimum(np.searchsorted(self._keys, keys), max(0, len(self._keys) - 1))
        there = self._keys[at] == keys if len(self._keys) else np.zeros(len(keys), bool)
        texts, not_placed, estimated = self._codes(listed, at, there)
        codes = self._by_points(listed, texts, at, there)
        newer = release.as_of > self._bundled
        tells = there & (newer | self._from_list[at] if len(self._keys) else there)
        missing, in_all = self._missing(keys) if newer else (0, 0)
        changed = self._change(release, listed, codes, at, tells, newer)
        self._add(release, keys, listed, codes, ~there, newer)
        return changed._replace(
            new=int((~there).sum()),
            known_already=int((there & ~tells).sum()),
            not_placed=not_placed,
            estimated=estimated,
            examples=self._examples(keys[~there]),
            missing=missing,
            in_all=in_all,
        )

    def finish(self) -> None:
        """Puts the table back: rows of files in their files, those that lists told in a file of their own."""
        order = np.lexsort((self._keys, self._of))
        of, halves = self._of[order], self._keys[order] % HALVES
        text = halves_text(halves)
        bounds = np.flatnonzero(np.diff(of, prepend=-1, append=-1)).tolist()
        rows: dict[int, list[tuple[str, ...]]] = {place: [] for place in range(-1, len(self._files))}
        for start, end in pairwise(bounds):
            outcode, row, place = self._groups[of[start]]
            rows[place].append((outcode, text[4 * start : 4 * end - 1], *row))
        width = len(TABLES[TABLE].columns)
        files = [
            file._replace(columns=columns_of(rows[place], width), lines=(), read=file.size)
            for place, file in enumerate(self._files)
        ]
        release, dataset = self._last
        listed = File(dataset, Path(release.file), columns_of(rows[-1], width))
        self._tables.files[TABLE] = [*files, listed]
        self._grounds.finish(release, dataset)

    @property
    def dataset(self) -> str:
        """The dataset in which postcodes stand; blank if none has any."""
        return self._files[0].dataset if self._files else ""

    def said_by(self, release: Release, dataset: str) -> None:
        """Which list is cited for what comes."""
        self._last = release, dataset

    # The parts of folding one list.

    def _outcode(self, outcode: str) -> int:
        return self._outcodes.setdefault(outcode, len(self._outcodes))

    def _missing(self, keys: Numbers) -> tuple[int, int]:
        """How many postcodes that are in use are not among these, and how many are in use in all."""
        in_use = np.array([one.row.seen in IN_USE for one in self._groups] or [False])[self._of]
        used = self._keys[in_use]
        return int(np.isin(used, keys, invert=True).sum()), len(used)

    def _group(self, group: _Group) -> int:
        number = self._number.setdefault(group, len(self._groups))
        if number == len(self._groups):
            self._groups.append(group)
        return number

    def _keys_of(self, listed: PostcodeList) -> Numbers:
        places = np.array([self._outcode(one) for one in listed.outcodes] or [0], np.int64)
        keys: Numbers = places[listed.keys // HALVES] * HALVES + listed.keys % HALVES
        return keys

    def _codes(self, listed: PostcodeList, at: Numbers, there: Numbers) -> tuple[list[str], int, int]:
        """The code of each of the list's codes as the tables can place it, and how many postcodes that leaves out."""
        codes, not_placed, estimated = list(listed.codes), 0, 0
        unknown = [number for number, code in enumerate(codes) if code and not self._grounds.knows(code)]
        order = np.argsort(listed.code_of, kind="stable") if unknown else np.zeros(0, np.int64)
        bounds = np.searchsorted(listed.code_of[order], np.arange(len(codes) + 1)).tolist()
        for number in unknown:
            ours = order[bounds[number] : bounds[number + 1]]
            groups = self._of[at[ours[there[ours]]]].tolist()
            if self._grounds.estimate(codes[number], [self._groups[group].row.code for group in groups]):
                estimated += len(ours)
            else:
                codes[number] = ""
                not_placed += len(ours)
        return codes, not_placed, estimated

    def _by_points(self, listed: PostcodeList, codes: list[str], at: Numbers, there: Numbers) -> Numbers:
        """The code of each postcode as a number of `self._grounds`; of those without one that of the nearest known."""
        number = np.array([self._grounds.number(code) for code in codes] or [0], np.int64)[listed.code_of]
        blank = self._grounds.number("")
        new = ~there & (number == blank) & (listed.east >= 0)
        if new.any() and self._groups:
            group_code = np.array([self._grounds.number(one.row.code) for one in self._groups], np.int64)
            known = np.where(there, group_code[self._of[at]], blank)
            number = np.where(
                new, nearest(listed.east, listed.north, known, known != blank, new, blank), number
            )
        return number

    def _change(
        self,
        release: Release,
        listed: PostcodeList,
        codes: Numbers,
        at: Numbers,
        tells: Numbers,
        newer: bool,
    ) -> PostcodeTally:
        """What the list tells of postcodes that are there: moved, ended, placed more exactly, in use again."""
        where = np.flatnonzero(tells)
        group, code, ended = self._of[at[where]], codes[where], listed.ended[where]
        was = np.array([self._grounds.number(one.row.code) for one in self._groups], np.int64)[group]
        over = np.array([one.row.seen in ENDED for one in self._groups], bool)[group]
        code = np.where(code == self._grounds.number(""), was, code)
        ends, again = (ended > 0) & ~over, (ended == 0) & over & newer
        differs = (code != was) | ends | again
        self._from_list[at[where]] = True
        where, group, code, was = where[differs], group[differs], code[differs], was[differs]
        ends, again, month = ends[differs], again[differs], np.where(ends, ended, 0)[differs]
        different, inverse = _unique_rows(group, code, ends, again, month)
        moved = np.zeros(len(different), bool)
        numbers = np.zeros(len(different), np.int32)
        for place, (old, new, end, back, last) in enumerate(different.tolist()):
            numbers[place], moved[place] = self._told(release, self._groups[old], new, end, back, last)
        self._of[at[where]] = numbers[inverse]
        finer = (code != was) & ~moved[inverse]
        return PostcodeTally(
            0, int(ends.sum()), int(moved[inverse].sum()), int(finer.sum()), int(again.sum()), 0, 0, 0, ()
        )

    def _told(
        self, release: Release, group: _Group, code: int, ends: int, again: int, month: int
    ) -> tuple[int, bool]:
        """The group of postcodes of a group of which the list says something else, and whether they moved."""
        row, new = group.row, self._grounds.text(code)
        since = row.words()[0].since
        moved = not self._grounds.same(row.code, new)
        if moved or again:
            since = max(since, release.as_of)
        elif ends:
            since = max(since, first_day(month))
        seen = OVER if ends else NOW if again else row.seen
        earlier = before(row.code, row.seen, since, release.as_of)
        whole = f"{earlier}; {row.earlier}" if row.earlier else earlier
        return self._group(_Group(group.outcode, PostcodeRow(new, seen, whole), -1)), moved

    def _add(
        self,
        release: Release,
        keys: Numbers,
        listed: PostcodeList,
        codes: Numbers,
        new: Numbers,
        newer: bool,
    ) -> None:
        """Adds the postcodes that no table has; what an older list has in use and the tables lack is so no longer."""
        where = np.flatnonzero(new)
        if not len(where):
            return
        abroad = np.array([self._grounds.abroad(number) for number in range(self._grounds.count)], bool)
        over = (listed.ended[where] > 0) | (~abroad[codes[where]] & (not newer))
        different, inverse = _unique_rows(keys[where] // HALVES, codes[where], over)
        outcodes = list(self._outcodes)
        earlier = before("", UNKNOWN, "", release.as_of)
        groups = [
            self._group(
                _Group(
                    outcodes[first], PostcodeRow(self._grounds.text(code), OVER if gone else NOW, earlier), -1
                )
            )
            for first, code, gone in different.tolist()
        ]
        of = np.array(groups, np.int32)[inverse]
        self._keys = np.concatenate([self._keys, keys[where]])
        self._of = np.concatenate([self._of, of])
        self._from_list = np.concatenate([self._from_list, np.ones(len(where), bool)])
        order = np.argsort(self._keys, kind="stable")
        self._keys, self._of, self._from_list = self._keys[order], self._of[order], self._from_list[order]

    def _examples(self, keys: Numbers) -> tuple[str, ...]:
        outcodes = list(self._outcodes)
        return tuple(
            f"{outcodes[key // HALVES]} {halves_text(np.array([key % HALVES])).strip()}"
            for key in keys[:EXAMPLES].tolist()
        )


def _unique_rows(*columns: Numbers) -> tuple[Numbers, Numbers]:
    """The different rows of some columns of small numbers, and for each row its place among them."""
    whole = np.zeros(len(columns[0]), np.int64)
    bounds = [int(column.max(initial=0)) + 1 for column in columns]
    for column, bound in zip(columns, bounds, strict=True):
        whole = whole * bound + column
    different, inverse = np.unique(whole, return_inverse=True)
    rows = []
    for bound in reversed(bounds):
        different, cells = np.divmod(different, bound)
        rows.append(cells)
    return np.stack(rows[::-1], axis=1), inverse


def _in_order(listed: PostcodeList, order: Numbers) -> PostcodeList:
    columns = ("keys", "code_of", "ended", "east", "north")
    return listed._replace(**{name: getattr(listed, name)[order] for name in columns})


def fold_postcodes(tables: Tables, releases: Sequence[Loaded]) -> dict[str, PostcodeTally]:
    """Folds lists of postcodes into the tables, and gives what each of them told, by its name."""
    ordered = sorted(releases, key=lambda one: one.release.order)
    folded = FoldedPostcodes(tables)
    tallies = {}
    for one in ordered:
        dataset = folded.dataset or _dataset_of(tables, one.release)
        folded.said_by(one.release, dataset)
        _cite(tables, one, dataset)
        tallies[one.release.release] = folded.fold(one)
    folded.finish()
    return tallies


def _dataset_of(tables: Tables, release: Release) -> str:
    """The dataset that postcodes belong to where no table has any: the declared one, or the first, or a new one."""
    declared = release.family.dataset
    if not tables.about:
        tables.about[declared] = {
            "title": release.family.title,
            "horizon": release.as_of,
            "as_of": release.as_of,
        }
    return declared if declared in tables.about else next(iter(tables.about))


def _cite(tables: Tables, loaded: Loaded, dataset: str) -> None:
    cells = source_of(loaded.release.family, loaded)
    row = tuple(cells.get(column, "") for column in TABLES["sources"].columns)
    file = File(dataset, Path(loaded.release.file), columns_of([row], len(row)), [1])
    tables.files["sources"].append(file)
