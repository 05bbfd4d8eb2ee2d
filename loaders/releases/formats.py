"""The formats in which publishers publish, as they are declared: what stands in which column, and what tells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from orgmap.graphmodel.term_tables import remembered, term_rows

ENOUGH = 0.9
"""So large a part of the rows looked at must have the form of a format for a file to be one."""

DAYS = ("opened", "closed", "joined", "left")
"""The columns of a list of bodies that hold days."""

_DIGIT = re.compile(r"[0-9]")

LOOKED_AT = 400
"""So many rows tell what a file is."""

POSTCODE = r"([A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})?"
ABOVE = "commissioner"
"""The column that names the body under which another is listed."""

PRIMARY = "primary"
"""The primary role of a body, which tells its register where a file holds several."""

ORDLIVE = "ordlive"
"""The format of what the live register changed, and of its records."""

HOLDS = ("holds", "changes")
"""Says that a file holds only what changed."""

BOARD = "board"
"""The column that names the board that a body is a part of, for the kinds of which that is said."""

POSTCODE_COLUMN = "postcode"
"""The column of a list of postcodes that holds them."""

UNDER = "under"
"""Tells how a body stands to the one under which it is listed."""

NAME = "name"

OWN_WORDS = "own_words"
"""What words mean that a register alone puts behind a name."""

CHANGE = "change"
"""The column that says what is planned for a body."""

PEOPLE, ITEMS = "people", "items"
"""The columns that count people, and what was prescribed."""

TOTAL = "total_all"
"""How a table that counts people in several columns calls their sum."""

HEADING = "heading"
"""What the first cell means in a row of titles, which is no row of the register."""

PASSED_OVER = "passed_over"
"""What a code means that is no body of the graph."""

ONLY = "only"
"""Says of a column that it tells a format, and nothing else."""

WORD = "word"
"""The form of a column whose cells are declared one by one."""


class FormatColumn(NamedTuple):
    """One column of a format: where it stands, what is in it, the form of its cells, whether it tells the format."""

    place: int
    column: str
    form: str
    tells: bool
    only_tells: bool = False
    """Whether it only tells the format, and a row that has something else there is all the same right."""


class FormatTitle(NamedTuple):
    """How one column is called: its spellings in the editions of all years; whether it tells the format."""

    column: str
    spelling: re.Pattern[str]
    tells: bool


class FormatWord(NamedTuple):
    """What one cell of a column means: in our words, as a kind of body, and in words for people."""

    means: str
    kind: str
    words: str


class _Declared(NamedTuple):
    format: str
    widths: str
    source: str
    dataset: str
    known_from: str
    title: str
    publisher: str
    licence: str
    attribution: str


class PublishedFormat(_Declared):
    """A format of published files: its columns by name, how its sources are called, which dataset its bodies are in."""

    @cached_property
    def columns(self) -> dict[str, FormatColumn]:
        """The columns that are read, by name."""
        return {
            column: FormatColumn(int(place), column, form, bool(tells), tells == ONLY)
            for name, place, column, form, tells in term_rows("format_columns.csv")
            if name == self.format
        }

    @cached_property
    def titles(self) -> tuple[FormatTitle, ...]:
        """How its columns are called, in the spellings of all years; none if its files have no header."""
        return tuple(
            FormatTitle(column, re.compile(titles), tells == "yes")
            for name, column, titles, tells in term_rows("format_titles.csv")
            if name == self.format
        )

    @property
    def lists_postcodes(self) -> bool:
        """Whether each row is a postcode, and not a body."""
        return "code" not in self.columns and POSTCODE_COLUMN in {*self.columns, *self._titled}

    @property
    def looks_up(self) -> bool:
        """Whether its files say which area lies in which: then no column alone tells it."""
        return self.tells_areas and not any(one.tells for one in self.titles)

    @property
    def tells_areas(self) -> bool:
        """Whether it tells of areas and their codes: look-ups and histories, not registers or lists of postcodes."""
        return bool(self.titles) and not self.lists_postcodes and not self.counts and not self.maps_practices

    @property
    def _titled(self) -> set[str]:
        return {one.column for one in self.titles}

    def places_in(self, header: Sequence[str]) -> dict[str, int]:
        """Where its columns stand in a file with this header; none if a column is missing that tells the format.

        Of several spellings the first that is declared counts: a list with the neighbourhoods of two years is read by
        those of 2011. A title that stands there twice tells nothing.
        """
        titles = [" ".join(title.split()).lower() for title in header]
        found: dict[str, int] = {}
        for one in self.titles:
            fitting = [place for place, title in enumerate(titles) if one.spelling.fullmatch(title)]
            if len({titles[place] for place in fitting}) < len(fitting):
                return {}
            if one.column not in found and fitting:
                found[one.column] = fitting[0]
        wanted = {one.column for one in self.titles if one.tells}
        return found if wanted and wanted <= found.keys() else {}

    @cached_property
    def words(self) -> dict[tuple[str, str], FormatWord]:
        """What cells of columns mean, by column and cell."""
        return {
            (column, cell): FormatWord(*meaning)
            for name, column, cell, *meaning in term_rows("format_words.csv")
            if name == self.format
        }

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of bodies that it lists."""
        return self._kinds_of(lambda column: column not in (ABOVE, BOARD))

    @cached_property
    def kinds_above(self) -> tuple[str, ...]:
        """The kinds of bodies under which it lists them; none if it names none."""
        return self._kinds_of(lambda column: column == ABOVE)

    @property
    def holds_changes(self) -> bool:
        """Whether it holds only what changed: what it does not list is as it was."""
        return HOLDS in self.words

    @cached_property
    def verb(self) -> str:
        """What a body is to the one under which it is listed."""
        word = self.words.get((UNDER, ""))
        return word.means if word else ""

    @cached_property
    def lists_stays(self) -> bool:
        """Whether a row is a stay of one body with another: then a body has several, and the list no names."""
        return self.maps_practices or ("code" in self.columns and NAME not in self.columns)

    @property
    def maps_practices(self) -> bool:
        """Whether it says under which body each practice was on one day, and not since when."""
        return ABOVE in self._titled

    @property
    def counts_people(self) -> bool:
        """Whether its rows count people."""
        return PEOPLE in self._titled

    @property
    def counts_items(self) -> bool:
        """Whether its rows count what practices prescribed."""
        return ITEMS in self._titled

    @property
    def counts(self) -> bool:
        """Whether its rows count something of practices, and tell nothing else of them."""
        return self.counts_people or self.counts_items

    @property
    def counts_in_columns(self) -> bool:
        """Whether each of its rows counts people in several columns: the one that tells it is their sum."""
        return self.counts_people and any(
            one.column == PEOPLE and one.spelling.fullmatch(TOTAL) for one in self.titles
        )

    @property
    def plans_changes(self) -> bool:
        """Whether its rows plan changes, and tell no facts."""
        return any(column == CHANGE for column, _ in self.words)

    def key_of(self, cells: Mapping[str, str]) -> str:
        """What no two rows have in common: the code; of stays also with whom, and since when."""
        return f"{cells['code']} {cells[ABOVE]} {cells['joined']}" if self.lists_stays else cells["code"]

    def bare_name(self, name: str) -> str:
        """A name without what the register alone puts behind it: “London Commissioning Region” is London.

        >>> formats()["eauth"].bare_name("London Commissioning Region")
        'London'
        """
        for (column, cell), word in self.words.items():
            if column == NAME and word.means == OWN_WORDS and name.upper().endswith(f" {cell}"):
                return name[: -len(cell) - 1]
        return name

    def board_of(self, kind: str) -> str:
        """The kind of board that a body of this kind is a part of by the register; blank if it says none."""
        word = self.words.get((BOARD, kind))
        return word.kind if word else ""

    @property
    def families(self) -> tuple[str, ...]:
        """What the sources of this register begin with, those of files that hold several registers among them."""
        holding = [one.source for one in formats().values() if self.format in one.registers.values()]
        return (f"{self.source}-", *(f"{source}-" for source in holding))

    @cached_property
    def registers(self) -> dict[str, str]:
        """Of a file that holds several registers: in which of them a body is, by its primary role."""
        return {cell: word.means for (column, cell), word in self.words.items() if column == PRIMARY}

    def _kinds_of(self, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        found = {word.kind: None for (column, _), word in self.words.items() if word.kind and wanted(column)}
        return tuple(found)

    @cached_property
    def _forms(self) -> dict[str, re.Pattern[str]]:
        return {
            name: re.compile(POSTCODE if column.form == "postcode" else column.form)
            for name, column in self.columns.items()
            if column.form != WORD
        }

    @cached_property
    def _widths(self) -> frozenset[int]:
        return frozenset(map(int, self.widths.split()))

    def padded(self, row: Sequence[str]) -> Sequence[str]:
        """A row as wide as the widest: a spreadsheet leaves out blank columns at the end, or adds some."""
        widest = max(self._widths)
        if len(row) > widest:
            return row if any(row[widest:]) else row[:widest]
        return [*row, *[""] * (widest - len(row))] if len(row) in self._widths else row

    def fits(self, column: str, cell: str) -> bool:
        """Whether a cell has the form of that column."""
        pattern = self._forms.get(column)
        return bool(pattern.fullmatch(cell)) if pattern else (column, cell) in self.words

    @cached_property
    def _headings(self) -> frozenset[str]:
        return frozenset(cell for (_, cell), word in self.words.items() if word.means == HEADING)

    def is_heading(self, row: Sequence[str]) -> bool:
        """Whether a row has the titles of the columns: declared ones, or words where days would stand."""
        if "code" not in self.columns or len(row) <= max(column.place for column in self._days):
            return False
        code = " ".join(row[self.columns["code"].place].split())
        days = [row[column.place] for column in self._days]
        return code in self._headings or (
            not self.fits("code", code) and any(days) and not _DIGIT.search("".join(days))
        )

    def is_titled(self, row: Sequence[str]) -> bool:
        """Whether a row has the titles that the format is published with."""
        place = self.columns["code"].place if self._headings else 0
        return (
            bool(self._headings)
            and len(row) in self._widths
            and " ".join(row[place].split()) in self._headings
        )

    @cached_property
    def _days(self) -> list[FormatColumn]:
        return [column for name, column in self.columns.items() if name in DAYS] or [self.columns["code"]]

    def is_told_by(self, row: Sequence[str]) -> bool:
        """Whether a row has the form that tells this format."""
        row = self.padded(row) if self._widths else ()
        return len(row) in self._widths and all(
            self.fits(name, row[column.place].strip())
            for name, column in self.columns.items()
            if column.tells
        )


@remembered
def formats() -> dict[str, PublishedFormat]:
    """Every format by name, in the order in which releases are folded: those whom others name come first.

    >>> list(formats())[:3]
    ['eccg', 'etr', 'epraccur']
    """
    return {row[0]: PublishedFormat(*row) for row in term_rows("formats.csv")}


def titled(header: Sequence[str]) -> PublishedFormat | None:
    """The one format that has this header; none if there is no such format, or more than one.

    Of several the one counts that is told by most columns.

    >>> form = titled(["pcd", "pcds", "dointr", "doterm", "laua", "lsoa11"])
    >>> form.format
    'nspl'
    """
    fitting = [one for one in formats().values() if one.places_in(header)]
    telling = [len({title.column for title in one.titles if title.tells}) for one in fitting]
    most = [one for one, count in zip(fitting, telling, strict=True) if count == max(telling)]
    return most[0] if len(most) == 1 else None


def headed(rows: Sequence[Sequence[str]]) -> PublishedFormat | None:
    """The format whose own titles stand above the rows of a list, whatever these are; None if none has such.

    >>> headed([["a", "b"]]) is None
    True
    """
    return next((form for form in formats().values() if rows and form.is_titled(rows[0])), None)


def recognised(rows: Sequence[Sequence[str]]) -> PublishedFormat | None:
    """The one format that the first rows of a file have; none if there is no such format, or more than one.

    >>> recognised([["a", "b"]]) is None
    True
    """
    looked_at = rows[:LOOKED_AT]
    fitting = [
        one
        for one in formats().values()
        if (there := [row for row in looked_at if not one.is_heading(row)])
        and sum(map(one.is_told_by, there)) >= ENOUGH * len(there)
    ]
    return fitting[0] if len(fitting) == 1 else None
