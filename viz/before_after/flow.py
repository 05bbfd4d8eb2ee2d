"""Setting words in a box: runs of text become lines of pieces, each piece with its place and its width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from orgmap.viz.kit.widths import width, wrap

SPACE = width(" ")
BULLET = width("• ")
DOT = "·"
"""Stands between the names of a row, never at a line's beginning."""

GUTTER = 14.0
"""Pixels between two columns of a list."""


class StyledWords(NamedTuple):
    """Words that look alike and, where they name a body (or open a list of bodies), belong to one link."""

    text: str
    look: str = ""
    link: str = ""

    @property
    def bold(self) -> bool:
        """Whether it is set in bold letters."""
        return "b" in self.look.split()


class LinePiece(NamedTuple):
    """Words on one line: where they begin, how wide they are, how they look and to what they lead."""

    x: float
    text: str
    width: float
    look: str
    link: str


Line = list[LinePiece]


def flow(runs: Sequence[StyledWords], room: float, hang: float = 0.0) -> list[Line]:
    """Sets runs one after the other, breaking lines between words; lines after the first begin at `hang`.

    >>> runs = [StyledWords("New:", "b"), StyledWords("NHS Thanet CCG")]
    >>> [[piece.text for piece in line] for line in flow(runs, 100)]
    [['New:', 'NHS'], ['Thanet CCG']]
    """
    lines: list[Line] = [[]]
    x = 0.0
    for run in runs:
        # The name of a body stands on one line if it can: so it is one thing to read, and one to click.
        whole = run.link and width(run.text, run.bold) <= room - hang and not run.bold
        for word in [run.text] if whole else run.text.split():
            for part in [word] if whole else wrap(word, room - hang, run.bold):
                wide = width(part, run.bold)
                gap = SPACE if lines[-1] else 0.0
                if lines[-1] and x + gap + wide > room and part != DOT:
                    lines.append([])
                    x, gap = hang, 0.0
                last = lines[-1][-1] if lines[-1] else None
                if last and (last.look, last.link) == (run.look, run.link):
                    text = f"{last.text} {part}"
                    lines[-1][-1] = last._replace(text=text, width=width(text, run.bold))
                    x = last.x + lines[-1][-1].width
                else:
                    lines[-1].append(LinePiece(x + gap, part, wide, run.look, run.link))
                    x += gap + wide
    return [line for line in lines if line]


def in_columns(items: Sequence[StyledWords], room: float) -> list[Line]:
    """Sets a list in as many columns as its longest item allows, each item after a bullet, read downwards.

    >>> items = [StyledWords(name) for name in ("Ashford", "Medway", "Swale", "Thanet")]
    >>> [[piece.text for piece in line] for line in in_columns(items, 200)]
    [['•', 'Ashford', '•', 'Swale'], ['•', 'Medway', '•', 'Thanet']]
    """
    if not items:
        return []
    longest = BULLET + max(width(item.text, item.bold) for item in items)
    columns = max(1, min(len(items), int((room + GUTTER) // (min(longest, room) + GUTTER))))
    columns = -(-len(items) // -(-len(items) // columns))  # no more columns than the rows need
    wide = (room + GUTTER) / columns
    rows = -(-len(items) // columns)
    lines: list[Line] = []
    for start in range(0, rows):
        cells = [items[index] for index in range(start, len(items), rows)]
        set_cells = [flow([item], wide - GUTTER - BULLET) for item in cells]
        for depth in range(max(len(cell) for cell in set_cells)):
            line: Line = []
            for number, cell in enumerate(set_cells):
                left = number * wide
                if depth == 0:
                    line.append(LinePiece(left, "•", width("•"), "", ""))
                if depth < len(cell):
                    line += [piece._replace(x=piece.x + left + BULLET) for piece in cell[depth]]
            lines.append(line)
    return lines
