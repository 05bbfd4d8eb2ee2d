"""How wide a text will be, without a browser: letter widths of Liberation Sans, which Arial and Helvetica share."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FONTS = "'Liberation Sans', Arimo, Arial, Helvetica, sans-serif"
"""Fonts with the same letter widths; another one is squeezed or stretched into the measured width."""

SMALLEST = 14
"""Pixels: no letter in a picture is smaller."""

LINE = 17
"""Pixels from one line of text to the next."""

_UNITS = 2048


@cache
def _widths() -> dict[str, tuple[int, int]]:
    with (Path(__file__).parent / "letter_widths.csv").open(encoding="utf-8", newline="") as file:
        return {
            chr(int(code, 16)): (int(regular), int(bold))
            for code, regular, bold in list(csv.reader(file))[1:]
        }


def width(text: str, bold: bool = False, size: float = SMALLEST) -> float:
    """The width of a text in pixels; an unknown letter counts as a wide one.

    >>> round(width("NHS Thanet CCG"))
    112
    """
    known = _widths()
    return sum(known.get(letter, (_UNITS, _UNITS))[bold] for letter in text) * size / _UNITS


def wrap(text: str, room: float, bold: bool = False, size: float = SMALLEST) -> list[str]:
    """A text in lines no wider than the room; a longer word stands alone, cut only if it must be.

    >>> wrap("holds a contract with", 90)
    ['holds a', 'contract with']
    """
    lines: list[str] = []
    current = ""
    for word in text.split():
        for piece in _pieces(word, room, bold, size):
            joined = f"{current} {piece}" if current else piece
            if current and width(joined, bold, size) > room:
                lines.append(current)
                current = piece
            else:
                current = joined
    return [*lines, current] if current else lines


def _pieces(word: str, room: float, bold: bool, size: float) -> list[str]:
    """A word, cut where it is wider than the whole room."""
    if width(word, bold, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, bold, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
