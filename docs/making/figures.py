"""The figures of the page on accuracy, counted from the page on which every table is compared."""

from __future__ import annotations

import re
from pathlib import Path

from docs.making.tables import table

DOCS = Path(__file__).resolve().parents[1]
PAGE = "explanation/accuracy.md"
MARK = "<!-- figures -->"

EVIDENCE = {
    "held back": "held back: never read",
    "not read": "not read, but made from one that was, or the other way round",
    "compiled from": "compiled from",
}
"""The sorts of evidence, by the beginnings of their words, the strongest first."""


def pages() -> dict[str, str]:
    """The page on accuracy with its figures."""
    text = (DOCS / PAGE).read_text(encoding="utf-8")
    counted = count((DOCS / "truth.md").read_text(encoding="utf-8"))
    rows = []
    for sort, words in EVIDENCE.items():
        tables, asked, equal, different, unanswered = counted[sort]
        answered = 100 * equal / (equal + different)
        rows.append(
            [
                words,
                *(f"{one:,}" for one in (tables, asked, equal, different, unanswered)),
                f"{_down(answered)} %",
            ]
        )
    headings = [
        "evidence",
        "comparisons",
        "rows",
        "equal",
        "different",
        "not answered",
        "equal of those answered",
    ]
    return {PAGE: text.replace(MARK, table(headings, rows))}


def count(truth: str) -> dict[str, list[int]]:
    """Comparisons, rows, equal, different and unanswered, by the sort of evidence."""
    sums = {sort: [0] * 5 for sort in EVIDENCE}
    for line in truth.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        sort = next((one for one in EVIDENCE if len(cells) == 9 and cells[1].lower().startswith(one)), None)
        if sort and all(re.fullmatch(r"[\d,]+", cell) for cell in cells[3:7]):
            numbers = [1, *(int(cell.replace(",", "")) for cell in cells[3:7])]
            sums[sort] = [a + b for a, b in zip(sums[sort], numbers, strict=True)]
    return sums


def _down(share: float) -> str:
    """A share in a hundred with two places, rounded down, as the page of all tables does."""
    return f"{int(share * 100) / 100:.2f}"
