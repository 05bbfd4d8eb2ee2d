"""Tables of registered patients: how many people were on the list of each practice on a day, by sex and age."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.releases.formats import PublishedFormat, formats
from orgmap.loaders.releases.kept import Coming, Loaded, Release, coming_of_a_day
from orgmap.loaders.releases.listings import REFUSED_AT_MOST, RefusedRow, is_a_day, rows_of
from orgmap.loaders.releases.lists.listed_stays import NoCount
from orgmap.loaders.releases.opening import HEAD, UnpackedFile
from orgmap.loaders.releases.register import CodedBodies, SaidBy

TABLE = "list_sizes"

CODE, DAY, PEOPLE, SEX, AGE, SORT, WHERE = "code", "counted", "people", "sex", "age", "sort", "where"
"""The columns that are read, by name."""

ALL = "all"
"""How the tables write every sex and every age."""

PASSED_OVER = "passed_over"

MOST_PEOPLE = 10_000_000
"""So many people can no list have."""

PRACTICE = re.compile(r"[A-Z][A-Z0-9][0-9]{4}|[A-Z]{3}[0-9]{3}")
"""How codes of practices are written."""

_AGE = re.compile(r"([0-9]{1,3})(?:(?:-|_|to)([0-9]{1,3})|(\+))?")


class Size(NamedTuple):
    """How many people of one sex (blank: everyone) were on a list, and how many of each age, as far as it is told."""

    code: str
    sex: str
    people: int
    ages: str


def header_of(raw: bytes) -> list[str]:
    """The titles in the first line of a file, as far as it is a table.

    >>> header_of(b"CODE,SEX\\r\\nA81001,ALL")
    ['CODE', 'SEX']
    """
    first = raw[:HEAD].removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("cp1252", "replace")
    return next(csv.reader([first.replace("\r", "")]), [])


def counts_coming(part: UnpackedFile, as_of: str = "") -> list[Coming]:
    """The releases that a table of registered patients makes, one for each day that it counts; none if it is none.

    Raises `DataBroken` with file and line for a damaged one, or for one that does not say of which day it is.
    """
    header = header_of(part.raw)
    fitting = [form for form in formats().values() if form.counts_people and form.places_in(header)]
    if len(fitting) != 1:
        return []
    form = fitting[0]
    rows = rows_of(part.raw, part.label)
    places = form.places_in(rows[0][1])
    if as_of and DAY in places:
        raise WrongUse(f"{part.label} says itself on which day its patients were counted: leave out --as-of.")
    found: dict[str, _Day] = defaultdict(_Day)
    refused: list[RefusedRow] = []
    there = set[int]()
    read = 0
    for line, row in rows[1:]:
        if len(row) != len(rows[0][1]):
            raise DataBroken(
                f"{part.label}:{line}: {len(row)} columns where {len(rows[0][1])} are expected; it may be cut off."
                " Fetch the file again."
            )
        cells = {column: row[place] for column, place in places.items()}
        if (word := form.words.get((SORT, cells.get(SORT, "").lower()))) and word.means == PASSED_OVER:
            continue
        read += 1
        counted = tuple(cells.get(column, "").lower() for column in (CODE, DAY, SEX, AGE, WHERE))
        odd = _odd(cells) or (f"{cells[CODE]} is counted twice" if hash(counted) in there else "")
        if odd:
            refused.append(RefusedRow(line, cells[CODE][:20], odd))
            continue
        there.add(hash(counted))
        day = day_of_table(cells.get(DAY, "")) or as_of
        found[day].add(line, cells)
    if len(refused) > REFUSED_AT_MOST * max(read, 1):
        line, _, reason = refused[0]
        raise DataBroken(
            f"{part.label}:{line}: {reason}; {len(refused):,} of {read:,} rows are not what {form.title} has."
            " Fetch the file again."
        )
    if "" in found:
        raise DataBroken(
            f"{part.label}:1: does not say on which day its patients were counted. Say it with --as-of DAY."
        )
    return [_coming(form, day, sizes, part, refused) for day, sizes in sorted(found.items())]


def _odd(cells: dict[str, str]) -> str:
    """What of a row is not understood; blank if all is."""
    if not PRACTICE.fullmatch(cells[CODE]):
        return f"its code “{cells[CODE][:40]}” is no practice's"
    if not (cells[PEOPLE].isascii() and cells[PEOPLE].isdecimal()) or int(cells[PEOPLE]) > MOST_PEOPLE:
        return f"its {PEOPLE} “{cells[PEOPLE][:40]}” is no number of people"
    if cells.get(DAY) and not day_of_table(cells[DAY]):
        return f"its day “{cells[DAY][:40]}” is no day"
    if cells.get(AGE) and cells[AGE].lower() != ALL and not _AGE.fullmatch(cells[AGE]):
        return f"its age “{cells[AGE][:40]}” is not understood"
    return ""


def day_of_table(text: str) -> str:
    """01APR2019, 2019-04-01 or 01/04/2019 as an ISO date; blank for what is no day."""
    spaced = re.sub(r"^(\d{1,2})([A-Za-z]{3})(\d{4})$", r"\1 \2 \3", text.strip())
    try:
        day = parse_day(spaced) if spaced else ""
    except WrongUse:
        return ""
    return day if is_a_day(day) else ""


class _Day:
    """What a table says of one day, practice by practice."""

    def __init__(self) -> None:
        self._whole: dict[tuple[str, str], int] = {}
        self._parts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._lines: dict[str, int] = {}

    def add(self, line: int, cells: dict[str, str]) -> None:
        """Takes a row in: of every age the whole, of one age a part, of which rows may say several (by area)."""
        sex, age = cells.get(SEX, "").lower(), cells.get(AGE, "").lower()
        key = cells[CODE], "" if sex == ALL else sex
        self._lines.setdefault(cells[CODE], line)
        if age in ("", ALL):
            self._whole[key] = self._whole.get(key, 0) + int(cells[PEOPLE])
        else:
            first, last, open_end = _AGE.fullmatch(age).groups()  # type: ignore[union-attr]
            band = f"{int(first)}+" if open_end else f"{int(first)}-{int(last)}" if last else f"{int(first)}"
            self._parts[key][band] += int(cells[PEOPLE])

    def sizes(self) -> Iterator[tuple[int, Size]]:
        """The sizes with the lines on which their practices first stand, in order of their codes."""
        for key in sorted({*self._whole, *self._parts}):
            parts = self._parts.get(key, {})
            people = self._whole.get(key, sum(parts.values()))
            in_order = sorted(parts.items(), key=lambda one: int(one[0].rstrip("+").split("-")[0]))
            yield (
                self._lines[key[0]],
                Size(*key, people, " ".join(f"{age}:{number}" for age, number in in_order)),
            )


def _coming(
    form: PublishedFormat, day: str, found: _Day, part: UnpackedFile, refused: list[RefusedRow]
) -> Coming:
    text = io.StringIO()
    sizes = list(found.sizes())
    csv.writer(text, lineterminator="\n").writerows([line, day, *size] for line, size in sizes)
    rows = text.getvalue().encode()
    return coming_of_a_day(form.format, day, part, rows, len(sizes), refused, "")


def sizes_of(raw: bytes) -> Iterator[tuple[int, Size]]:
    """The sizes that are kept of a release, with their lines."""
    for line, _, code, sex, people, ages in csv.reader(io.StringIO(raw.decode(), newline="")):
        yield int(line), Size(code, sex, int(people), ages)


def fold_sizes(
    register: CodedBodies, among: Sequence[str], dataset: str, releases: Iterable[Loaded]
) -> Iterator[tuple[Release, NoCount]]:
    """Adds the list sizes of releases to the tables; gives what could not count.

    Of one practice, day and sex the row with more ages counts, or else that of the later release.
    """
    found: dict[tuple[str, str, str], tuple[int, SaidBy, Size]] = {}
    for one in releases:
        release = one.release
        unknown: list[tuple[int, int]] = []
        for line, size in sizes_of(one.raw()):
            body = register.body_of(size.code, among, release.as_of)
            if not body:
                unknown += [(line, size.people)] if size.people and not size.sex else []
                continue
            key, ages = (body, release.as_of, size.sex), len(size.ages.split())
            if key not in found or ages >= found[key][0]:
                found[key] = ages, SaidBy(release.source, Path(release.file), line, dataset), size
        if unknown:
            people = sum(number for _, number in unknown)
            said = f"{len(unknown):,} lists with {people:,} people are of practices that no table has"
            yield release, NoCount(unknown[0][0], "", said)
    for (body, day, sex), (_, cited, size) in found.items():
        cells = {"entity": body, "seen_on": day, "sex": sex, "people": str(size.people), "ages": size.ages}
        register.add(TABLE, cited, id=" ".join(filter(None, (body, day, sex))), **cells)
