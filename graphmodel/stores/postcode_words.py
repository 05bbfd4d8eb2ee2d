"""What lists of postcodes said, the newest and those before it: where a postcode lay on a day, as far as was known.

A newer list that places a postcode otherwise, or ends it, does not wipe out what was said before: each earlier word
is kept with the day from which the next one holds, and the day from which that was known.
"""

from __future__ import annotations

import re
from typing import NamedTuple

IN_USE = ("2025", "both", "in_use")
"""How a postcode was seen that English lists have in use."""

ENDED = ("terminated", "2014")
"""How a postcode was seen that is no longer in use."""

UNKNOWN = "unknown"
"""How a postcode was seen before the first list that has it."""

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

    @property
    def moved(self) -> tuple[str, ...]:
        """The days since which a list has it otherwise than before: between them all days are alike."""
        return tuple(sorted({word.since for word in self.words() if word.since}))


def before(code: str, seen: str, since: str, known: str) -> str:
    """An earlier word as it stands in the column `earlier`."""
    return " ".join(cell or BLANK for cell in (code, seen, since, known))
