"""The history of area codes as the ONS publishes it: read, held against the tables, and carried on where it is newer.

A code that began after the last day that the tables know is given to the body of its sort that bears the name on that
day; the code that this body had before ends then. What the tables have otherwise stays, and the difference is told.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.text import normalise
from orgmap.loaders.news.book import Cells
from orgmap.loaders.releases.areas.tally import GSS, LookupTally
from orgmap.loaders.releases.fold import Remark
from orgmap.loaders.releases.formats import PublishedFormat, titled
from orgmap.loaders.releases.kept import Coming, Loaded, Release, coming_of_a_day
from orgmap.loaders.releases.listings import REFUSED_AT_MOST, RefusedRow, is_a_day
from orgmap.loaders.releases.opening import UnpackedFile
from orgmap.loaders.releases.register import CodedBodies, SaidBy
from orgmap.loaders.releases.shapes.titled import TitledTable, titled_table
from orgmap.loaders.releases.texts import unseen

COLUMNS = ("code", "name", "begins", "ends")
ENGLAND = "E"
MONTHS = 12
SORT = 3
"""So many letters of a code tell of which sort of area it is."""

_CODE = re.compile(r"[A-Z][0-9]{8}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?|(\d{4})-?(\d{2})-?(\d{2})(?:[ T].*)?", re.ASCII)


class CodeWord(NamedTuple):
    """One stretch of a code's history: its name, its first day and the first day on which it no longer holds."""

    line: int
    code: str
    name: str
    begins: str
    ends: str


def iso_day(text: str) -> str:
    """A day as the history writes it, as ISO text; blank for none, and as it is for what is no day.

    >>> iso_day("01/04/2009"), iso_day("2009-04-01 00:00:00"), iso_day("20090401"), iso_day("")
    ('2009-04-01', '2009-04-01', '2009-04-01', '')
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        return text.strip()
    day, month, year, *iso = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}" if year else "-".join(iso)


def history_form(header: Sequence[str]) -> PublishedFormat | None:
    """The format of a history of codes with this header; None if it is none."""
    form = titled(header)
    return form if form and form.tells_areas and not form.looks_up else None


def history_coming(part: UnpackedFile, as_of: str = "") -> Coming | None:
    """The release that a history of codes makes; None if the file is none.

    Raises `DataBroken` with file and line if it is one, but cut off, or with too many rows that are not understood.
    """
    table = titled_table(part.raw, part.label, history_form)
    form = table and history_form(table.titles)
    if table is None or form is None:
        return None
    places = form.places_in(table.titles)
    kept, refused, abroad = list[CodeWord](), list[RefusedRow](), 0
    there = set[tuple[str, str, str, str]]()
    _day_first(table, (places["begins"], places["ends"]), part.label)
    for line, row in table.rows:
        code, name, begins, last = (row[places[column]] for column in COLUMNS)
        begins, last = iso_day(begins), iso_day(last)
        if (code, name, begins, last) in there:
            continue
        there.add((code, name, begins, last))
        if not _CODE.fullmatch(code):
            refused.append(RefusedRow(line, code[:20], "is no code of an area"))
        elif unseen(name):
            refused.append(RefusedRow(line, code, "its name holds letters that nobody can see"))
        elif not is_a_day(begins) or (last and (not is_a_day(last) or last < begins)):
            refused.append(
                RefusedRow(
                    line, code, f"“{begins[:20]}” to “{last[:20]}” are no days, or none after the other"
                )
            )
        elif code[0] != ENGLAND:
            abroad += 1
        else:
            kept.append(CodeWord(line, code, name, begins, day_after(last) if last else ""))
    if not kept or len(refused) > REFUSED_AT_MOST * len(table.rows):
        odd = (
            f"{refused[0].line}: “{refused[0].code}” {refused[0].reason}"
            if refused
            else f"{table.line}: has no rows of England"
        )
        raise DataBroken(f"{part.label}:{odd}. Fetch the file again.")
    text = io.StringIO()
    kept.sort(key=itemgetter(1, 2, 3, 4))
    csv.writer(text, lineterminator="\n").writerows(kept)
    raw = text.getvalue().encode()
    day = as_of or max(one.begins for one in kept)
    note = f"passed over: {abroad:,} rows outside England" if abroad else ""
    return coming_of_a_day(form.format, day, part, raw, len(kept), refused, note)


def _day_first(table: TitledTable, places: Sequence[int], label: str) -> None:
    """Raises `DataBroken` with the line of a day that a spreadsheet wrote with its month first: then all are."""
    for line, row in table.rows:
        for place in places:
            if (found := _DAY.fullmatch(row[place])) and found[2] and int(found[2]) > MONTHS >= int(found[1]):
                raise DataBroken(
                    f"{label}:{line}: “{row[place][:20]}” has its month first: a spreadsheet wrote the days otherwise"
                    " than they were published. Load the file as it was published."
                )


def words_kept(raw: bytes) -> Iterator[CodeWord]:
    """The rows of a history that is kept."""
    for line, *cells in csv.reader(io.StringIO(raw.decode(), newline="")):
        yield CodeWord(int(line), *cells)


class FoldedHistory:
    """The codes of bodies while a history is held against them."""

    def __init__(self, register: CodedBodies, known_to: dict[str, str]) -> None:
        self._register, self._known_to = register, known_to
        self.remarks: list[Remark] = []
        self._rows: dict[str, list[Cells]] = defaultdict(list)
        self._sorts: dict[str, set[str]] = defaultdict(set)
        for row in register.book.rows("identifiers"):
            if row["scheme"] == GSS and row["entity"] in register.bodies:
                self._rows[row["code"]].append(row)
                self._sorts[row["code"][:SORT]].add(row["entity"])

    def fold(self, loaded: Loaded) -> LookupTally:
        """Holds one history against the tables."""
        release, counted = loaded.release, Counter[str]()
        stretches: dict[str, list[CodeWord]] = defaultdict(list)
        for word in words_kept(loaded.raw()):
            stretches[word.code].append(word)
        for code, words in sorted(stretches.items()):
            first, last = min(words, key=lambda one: one.begins), max(words, key=lambda one: one.begins)
            if code in self._rows:
                fits = all(self._fits(row, first.begins, last.ends) for row in self._rows[code])
                counted["agreed" if fits else "differs"] += 1
                if not fits:
                    days = f"{first.begins} to {last.ends or 'now'}"
                    said = f"holds from {days} here, and otherwise in the tables, which stay"
                    self.remarks.append(Remark(release, first.line, code, said))
            elif body := self._newer(first):
                counted["new"] += 1
                self._begin(body, first, last, release)
            else:
                counted["not_known"] += 1
        return LookupTally(*(counted[name] for name in LookupTally._fields))

    def _fits(self, row: Cells, begins: str, ends: str) -> bool:
        """Whether a body had a code at no time when there was no such code."""
        return (not row["valid_from"] or row["valid_from"] >= begins) and (
            not ends or not row["valid_from"] or row["valid_from"] < ends
        )

    def _newer(self, word: CodeWord) -> str:
        """The body to which a code goes that no table has; blank if it is no newer one, or none bears its name."""
        bodies = self._register.bodies
        found = [
            body
            for body in sorted(self._sorts[word.code[:SORT]])
            if word.begins > self._known_to.get(self._register.datasets[body], "")
            and self._register.life(body).holds(word.begins)
            and normalise(bodies[body]["name"]) == normalise(word.name)
        ]
        return found[0] if len(found) == 1 else ""

    def _begin(self, body: str, first: CodeWord, last: CodeWord, release: Release) -> None:
        for rows in self._rows.values():
            for row in rows:
                open_ended = not row["valid_until"] or row["valid_until"] > first.begins
                if row["entity"] == body and row["code"][:SORT] == first.code[:SORT] and open_ended:
                    row["valid_until"], row["until_precision"] = first.begins, ""
        cited = SaidBy(release.source, Path(release.file), first.line, self._register.datasets[body])
        ends = last.ends or self._register.bodies[body]["valid_until"]
        days = {"valid_from": first.begins, "valid_until": ends}
        self._rows[first.code].append(
            self._register.add("identifiers", cited, entity=body, scheme=GSS, code=first.code, **days)
        )
