"""What lists of postcodes said, the newest and those before it: where a postcode lay on a day, as far as was known.

A newer list that places a postcode otherwise, or ends it, does not wipe out what was said before: each earlier word
is kept with the day from which the next one holds, and the day from which that was known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SMALL = "E01"
"""What the codes of small areas begin with: those of larger neighbourhoods hold the same people again."""

IN_USE = ("2025", "both", "in_use")
"""How a postcode was seen that English lists have in use."""

ENDED = ("terminated", "2014")
"""How a postcode was seen that is no longer in use."""

UNKNOWN = "unknown"
"""How a postcode was seen before the first list that has it."""

EVER = "9999-12-31"
"""As the day of knowledge: by all lists."""

BLANK = "none"
"""Stands for a cell with nothing in it."""

_DAY = r"(?:none|\d{4}-\d\d-\d\d)"
_WORD = rf"[^\s;]+ [^\s;]+ {_DAY} {_DAY}"
FORM = re.compile(rf"(?:{_WORD}(?:; {_WORD})*)?", re.ASCII)
"""The form of the column `earlier`: code, list, since when and known from when the word after it; the newest first."""


class PostcodeWord(NamedTuple):
    """What a list said of a postcode, since which day it holds, and from which day on it was known (blank: ever)."""

    code: str
    seen: str
    since: str
    known: str


class PostcodeLay(NamedTuple):
    """In which neighbourhood a postcode lay on some days, as was known on some days; blank: ever, or still."""

    code: str
    valid_from: str
    valid_until: str
    known_from: str
    known_until: str


class PostcodeRow(NamedTuple):
    """Where a postcode lies: the code of its neighbourhood (blank: not placed) and in which lists it stood.

    `earlier` has what lists said before the newest one, see `words`.
    """

    code: str
    seen: str
    earlier: str = ""

    def words(self) -> list[PostcodeWord]:
        """What lists said of it, the newest first.

        >>> row = PostcodeRow("E01000002", "in_use", "E01000001 both 2026-05-01 2026-08-01")
        >>> [(word.code, word.since, word.known) for word in row.words()]
        [('E01000002', '2026-05-01', '2026-08-01'), ('E01000001', '', '')]
        """
        found, code, seen = [], self.code, self.seen
        for entry in self.earlier.split("; ") if self.earlier else ():
            cells = ["" if cell == BLANK else cell for cell in entry.split(" ")]
            found.append(PostcodeWord(code, seen, cells[2], cells[3]))
            code, seen = cells[:2]
        return [*found, PostcodeWord(code, seen, "", "")]

    def on(self, day: str) -> PostcodeRow:
        """What holds for a day.

        >>> PostcodeRow("E01000002", "in_use", "E01000001 both 2026-05-01 2026-08-01").on("2026-04-30").code
        'E01000001'
        """
        if not self.earlier:
            return self
        word = next(word for word in self.words() if word.since <= day)
        return PostcodeRow(word.code, word.seen)

    def known_on(self, day: str) -> PostcodeRow | None:
        """What was known on a day; None if no list had it by then.

        >>> PostcodeRow("E01000002", "in_use", "E01000001 both 2026-05-01 2026-08-01").known_on("2026-07-31").code
        'E01000001'
        """
        if not self.earlier:
            return self
        words = self.words()
        later = sum(word.known > day for word in words)
        code, seen, *_ = words[later]
        left = "; ".join(self.earlier.split("; ")[later:])
        return None if seen == UNKNOWN else PostcodeRow(code, seen, left)

    def in_use_on(self, day: str) -> str:
        """The small area of one that the lists of a day have in use; blank if they have it in use nowhere.

        One that only a newer list has is in use from the day of that list on.

        >>> row = PostcodeRow("E01000002", "in_use", "none unknown none 2026-08-01")
        >>> row.in_use_on("2026-07-31"), row.in_use_on("2026-08-01")
        ('', 'E01000002')
        """
        words = self.words()
        at = next(number for number, word in enumerate(words) if word.since <= day)
        word, older = words[at], words[at + 1 : at + 2]
        if older and older[0].seen == UNKNOWN and word.known > day:
            return ""
        return word.code if word.seen in IN_USE and word.code.startswith(SMALL) else ""

    @property
    def changed(self) -> set[str]:
        """The days since which it may be in use, or lie, otherwise than before."""
        return (
            {day for word in self.words() for day in (word.since, word.known) if day}
            if self.earlier
            else set()
        )

    def lay(self) -> Iterator[PostcodeLay]:
        """In which neighbourhoods it lay, each from when to when, and from when to when that was the last word.

        >>> row = PostcodeRow("E01000002", "in_use", "E01000001 both 2026-05-01 2026-08-01")
        >>> [(one.code, one.valid_from, one.known_from) for one in row.lay()]
        [('E01000002', '2026-05-01', '2026-08-01'), ('E01000001', '', '2026-08-01'), ('E01000001', '', '')]
        """
        words, known_until = self.words(), ""
        for number, last in enumerate(words):
            until = ""
            never = known_until and last.known >= known_until
            for word in () if never else words[number:]:
                if word.code and (not until or word.since < until):
                    yield PostcodeLay(word.code, word.since, until, last.known, known_until)
                until = min(until or word.since, word.since)
                if not word.since:
                    break
            known_until = last.known

    @property
    def moved(self) -> tuple[str, ...]:
        """The days since which a list has it otherwise than before: between them all days are alike."""
        return tuple(sorted({word.since for word in self.words() if word.since}))


def before(code: str, seen: str, since: str, known: str) -> str:
    """An earlier word as it stands in the column `earlier`."""
    return " ".join(cell or BLANK for cell in (code, seen, since, known))
