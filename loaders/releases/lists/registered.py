"""Tables of registered patients: how many people were on the list of each practice on a day, by sex and age."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import parse_day
from orgmap.graphmodel.errors import DataBroken, WrongUse
from orgmap.loaders.releases.areas.reading import GROUND
from orgmap.loaders.releases.formats import PublishedFormat, titled
from orgmap.loaders.releases.kept import Coming, Loaded, Release, coming_of_a_day
from orgmap.loaders.releases.listings import REFUSED_AT_MOST, RefusedRow, is_a_day
from orgmap.loaders.releases.lists.listed_stays import NoCount
from orgmap.loaders.releases.lists.wide_tables import counts_of, odd_sums, wide_columns
from orgmap.loaders.releases.opening import UnpackedFile
from orgmap.loaders.releases.register import CodedBodies, SaidBy
from orgmap.loaders.releases.shapes.titled import titled_table

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

_NUMBER = re.compile(r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.0)?", re.ASCII)
_AGE = re.compile(r"([0-9]{1,3})(?:(?:-|_|to)([0-9]{1,3})|(\+))?")


class Size(NamedTuple):
    """How many people of one sex (blank: everyone) were on a list, and how many of each age, as far as it is told."""

    code: str
    sex: str
    people: int
    ages: str


def counts_coming(part: UnpackedFile, as_of: str = "") -> list[Coming]:
    """The releases that a table of registered patients makes, one for each day that it counts; none if it is none.

    Raises `DataBroken` with file and line for a damaged one, or for one that does not say of which day it is.
    """
    table = titled_table(part.raw, part.label, counting_form)
    form = table and counting_form(table.titles)
    if table is None or form is None:
        return []
    places = form.places_in(table.titles)
    if as_of and DAY in places:
        raise WrongUse(f"{part.label} says itself on which day its patients were counted: leave out --as-of.")
    found: dict[str, _Day] = defaultdict(_Day)
    refused: list[RefusedRow] = []
    seen: set[int] = set()
    read, wide = 0, wide_columns(table.titles) if form.counts_in_columns else []
    for line, row in table.rows:
        cells = {column: row[place] for column, place in places.items()}
        if (word := form.words.get((SORT, cells.get(SORT, "").lower()))) and word.means == PASSED_OVER:
            continue
        read += 1
        lines = [cells] if not wide else [{**cells, **each} for each in counts_of(wide, row)]
        odd = next(filter(None, map(_odd, lines)), "") or (odd_sums(lines) if wide else "")
        key = hash(tuple(cells.get(column, "").lower() for column in (CODE, DAY, SEX, AGE, GROUND)))
        if odd or key in seen:
            odd = odd or f"{cells[CODE]} is counted twice"
            refused.append(RefusedRow(line, cells[CODE][:20], odd))
            continue
        seen.add(key)
        day = day_of_table(cells.get(DAY, "")) or as_of
        for each in lines:
            found[day].add(line, each)
    if not read:
        raise DataBroken(
            f"{part.label}:{table.line}: counts nobody of any practice, only of bodies above them or of none."
            " Load the table that has a row for each practice (gp-reg-pat-prac-all.csv)."
        )
    if len(refused) > REFUSED_AT_MOST * max(read, 1):
        line, _, reason = refused[0]
        raise DataBroken(
            f"{part.label}:{line}: {reason}; {len(refused):,} of {read:,} rows are not what {form.title} has."
            " Fetch the file again."
        )
    if "" in found:
        raise DataBroken(
            f"{part.label}:{table.line}: does not say on which day its patients were counted. Say it with --as-of DAY."
        )
    return [_coming(form, day, sizes, part, refused) for day, sizes in sorted(found.items())]


def counting_form(titles: Sequence[str]) -> PublishedFormat | None:
    """The one format of tables that count people which has these titles; None if there is none."""
    form = titled(titles)
    return form if form and form.counts_people else None


def _odd(cells: dict[str, str]) -> str:
    """What of a row is not understood; blank if all is."""
    if not PRACTICE.fullmatch(cells[CODE]):
        return f"its code “{cells[CODE][:40]}” is no practice's"
    if number_of(cells[PEOPLE]) < 0:
        return f"its {PEOPLE} “{cells[PEOPLE][:40]}” is no number of people"
    if cells.get(DAY) and not day_of_table(cells[DAY]):
        return f"its day “{cells[DAY][:40]}” is no day"
    if cells.get(AGE) and cells[AGE].lower() != ALL and not _AGE.fullmatch(cells[AGE]):
        return f"its age “{cells[AGE][:40]}” is not understood"
    return ""


@lru_cache(maxsize=50_000)
def number_of(text: str) -> int:
    """A number of people as tables and spreadsheets write it; -1 for what is none.

    >>> number_of("9000"), number_of("9,000"), number_of("9000.0"), number_of("9.5"), number_of("-1")
    (9000, 9000, 9000, -1, -1)
    """
    number = int(text.removesuffix(".0").replace(",", "")) if _NUMBER.fullmatch(text) else -1
    return number if number <= MOST_PEOPLE else -1


@lru_cache(maxsize=1_000)
def day_of_table(text: str) -> str:
    """01APR2019, 2019-04-01, 01/04/2019 or 20190401, also with hours behind it, as an ISO date; blank for no day.

    >>> day_of_table("01APR2019"), day_of_table("01-Apr-19"), day_of_table("20190401"), day_of_table("1/2")
    ('2019-04-01', '2019-04-01', '2019-04-01', '')
    """
    day = re.sub(r"[ T]\d{2}:\d{2}.*$", "", text.strip())
    day = re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", day)
    spaced = re.sub(r"^(\d{1,2})([A-Za-z]{3})(\d{4})$", r"\1 \2 \3", day)
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
            self._whole[key] = self._whole.get(key, 0) + number_of(cells[PEOPLE])
        else:
            first, last, open_end = _AGE.fullmatch(age).groups()  # type: ignore[union-attr]
            band = f"{int(first)}+" if open_end else f"{int(first)}-{int(last)}" if last else f"{int(first)}"
            self._parts[key][band] += number_of(cells[PEOPLE])

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
