"""The matrix of services as plain SVG: every letter as large as on the page, however long the list."""

from __future__ import annotations

from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.widths import FONTS, LINE, width, wrap
from orgmap.viz.services.matrix import Matrix

WIDTH = 1232.0
_NAME = 296.0
_GAP = 7.0


def matrix_svg(matrix: Matrix, tips: dict[str, str]) -> tuple[str, float, str]:
    """The matrix, its height, and its looks; `tips` are what each service's row offers as its title."""
    columns = matrix.columns
    wide = (WIDTH - _NAME) / max(len(columns), 1)
    heads = [wrap(column.label, wide - _GAP, True) for column in columns]
    y = 6.0 + LINE * max((len(lines) for lines in heads), default=1)
    parts = []
    for number, lines in enumerate(heads):
        for row, words in enumerate(lines):
            parts.append(_words(words, _NAME + wide * number, y - LINE * (len(lines) - row - 1) - 4, "b"))
    heading = ""
    for row_heading, offer, cells in matrix.rows:
        if row_heading != heading:
            heading = row_heading
            parts.append(
                el("rect", {"x": 0.0, "y": y, "width": WIDTH, "height": LINE + 5.0, "class": "band"})
            )
            parts.append(_words(heading, 6, y + LINE - 1, "b"))
            y += LINE + 6
        names = wrap(offer.service.name, _NAME - 6 - 2 * _GAP)
        wrapped = {key: wrap(cell.words, wide - _GAP) for key, cell in cells.items()}
        own = [el("title", {}, esc(tips[offer.service.id]))]
        for row, words in enumerate(names):
            own.append(_words(words, 6, y + LINE * (row + 1) - 3, ""))
        for number, column in enumerate(columns):
            for row, words in enumerate(wrapped.get(column.key, ())):
                look = cells[column.key].change
                own.append(_words(words, _NAME + wide * number, y + LINE * (row + 1) - 3, look))
        parts.append(el("g", {"data_id": offer.service.id}, *own))
        y += LINE * max(len(names), *(len(lines) for lines in wrapped.values()), 1) + 4
        parts.append(el("rect", {"x": 0.0, "y": y - 1, "width": WIDTH, "height": 1.0, "class": "rule"}))
    attributes = {
        "class": "picture",
        "viewBox": f"0 0 {WIDTH:.0f} {y:.0f}",
        "width": f"{WIDTH:.0f}",
        "height": f"{y:.0f}",
    }
    return el("svg", attributes, *parts), y, _css()


def _words(words: str, x: float, y: float, look: str) -> str:
    attributes = {"x": x, "y": y, "class": look or None, "textLength": width(words, look == "b")}
    return el("text", attributes, esc(words))


def _css() -> str:
    css = f".picture text{{font-family:{FONTS};font-size:14px;fill:#1a1a1a}}.picture .b{{font-weight:700}}"
    css += ".picture .band{fill:#f3f3f1}.picture .rule{fill:#c9c9c4}"
    return css + "".join(
        f".picture text.{name}{{fill:{change.colour}}}" for name, change in changes().items()
    )
