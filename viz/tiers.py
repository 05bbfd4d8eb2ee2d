"""The before/after picture: rows by tier, boxes for bodies of one fate, named and directed lines, as SVG."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from graphmodel.palette import changes, tiers
from graphmodel.vocabulary import kinds
from queries.structure import Structure
from viz.boxes import Box, boxes_of
from viz.content import PADDING
from viz.content import TOP as BOX_TOP
from viz.edges import Edge, edges_of
from viz.flow import Piece
from viz.layout import MARGIN, WIDTH, Layout, Placed, layout_of
from viz.lines import Drawn, lines_of_layout
from viz.strata import tier_label
from viz.svg import el, esc, num, path
from viz.text import FONTS, LINE, width, wrap
from viz.words import date_words

_BASELINE = 13.0
_BORDERS = {
    "new": ("2.6", None),
    "ended": ("2", "7 4"),
    "shadow": ("2", "2 3"),
    "planned": ("2", "2 3"),
    "joined": ("2", None),
    "left": ("2", "7 4"),
    "renamed": ("2", None),
}
"""How thick a box's border is, and how it is dashed: told apart without colour too."""


class Picture(NamedTuple):
    """A drawn picture, with what stands in it: the tables below it tell the same."""

    svg: str
    height: float
    boxes: list[Box]
    lines: list[Drawn]
    untold: list[Edge]


def draw(structure: Structure, label: str) -> Picture:
    """Draws a structure before and after; `label` says what the picture shows to those who cannot see it.

    >>> from loaders.open import open_store
    >>> from queries.structure import structure
    >>> with open_store() as store:
    ...     picture = draw(structure(store, "2013-03-31", "2013-04-01", within="Kent and Medway"), "Kent")
    >>> picture.svg.startswith("<svg"), picture.height <= 800
    (True, True)
    """
    boxes = boxes_of(structure)
    layout = layout_of(boxes, edges_of(structure, boxes))
    lines = lines_of_layout(layout)
    parts = [
        _arrows(),
        _bands(layout),
        _halves(structure, layout),
        *(_line(number, line, layout) for number, line in enumerate(lines, start=1)),
        *(_box(structure, placed) for placed in _in_reading_order(layout)),
    ]
    attributes: dict[str, str | float | None] = {
        "class": "picture",
        "viewBox": f"0 0 {num(WIDTH)} {num(layout.height)}",
        "width": WIDTH,
        "height": layout.height,
        "role": "group",
        "aria_label": label,
    }
    return Picture(el("svg", attributes, *parts), layout.height, boxes, lines, layout.routes.untold)


@cache
def picture_css() -> str:
    """The looks of a picture; colours come from the vocabulary."""
    css = (Path(__file__).parent / "assets" / "picture.css").read_text(encoding="utf-8")
    for name, change in changes().items():
        stroke, dashes = _BORDERS.get(name, ("1.3", None))
        dash = f";stroke-dasharray:{dashes}" if dashes else ""
        css += f".picture text.{name}{{fill:{change.colour}}}"
        css += f".picture .box.{name} rect{{stroke:{change.colour};stroke-width:{stroke}{dash}}}\n"
    return css.replace("FONTS", FONTS)


def _in_reading_order(layout: Layout) -> list[Placed]:
    """Boxes row by row, before first: the order in which Tab visits them."""
    return [layout.boxes[box.key] for stratum in layout.strata for box in stratum.boxes]


def _arrows() -> str:
    tips = [
        el(
            "marker",
            {
                "id": name,
                "viewBox": "0 0 10 10",
                "refX": "10",
                "refY": "5",
                "markerWidth": "9",
                "markerHeight": "9",
                "markerUnits": "userSpaceOnUse",
                "orient": "auto",
            },
            el("path", {"class": look, "d": "M0 1L10 5L0 9z"}),
        )
        for name, look in (("tip", "tip"), ("tip-dark", "tip dark"))
    ]
    return el("defs", {}, *tips)


def _bands(layout: Layout) -> str:
    parts = []
    for number, (tier, start, end) in enumerate(layout.bands):
        place = {"x": 0.0, "y": start, "width": WIDTH, "height": end - start}
        parts.append(el("rect", {"class": "band odd" if number % 2 else "band", **place}))
        if tier in tiers():
            stripe = {"x": 0.0, "y": start, "width": 6.0, "height": end - start}
            parts.append(el("rect", {"class": "stripe", "fill": tiers()[tier].colour, **stripe}))
        first = next(placed for placed in _in_reading_order(layout) if placed.box.tier == tier)
        for row, words in enumerate(wrap(tier_label(tier), MARGIN - 14, bold=True)):
            parts.append(
                _words(Piece(12, words, width(words, True), "b", ""), 0, first.y + BOX_TOP + row * LINE)
            )
    return el("g", {"class": "bands"}, *parts)


def _halves(structure: Structure, layout: Layout) -> str:
    left, middle, right = (layout.lanes[lane] for lane in ("left", "middle", "right"))
    del right
    told = (("Before", structure.before, left[1]), ("After", structure.after, middle[1]))
    parts = []
    for word, day, x in told:
        words = f"{word}: {date_words(day)}"
        attributes = {"x": x, "y": 17.0, "class": "half", "textLength": width(words, True, 17)}
        parts.append(el("text", {**attributes, "lengthAdjust": "spacingAndGlyphs"}, esc(words)))
    return el("g", {}, *parts)


def _words(piece: Piece, left: float, top: float) -> str:
    return el(
        "text",
        {
            "x": left + piece.x,
            "y": top + _BASELINE,
            "class": piece.look or None,
            "textLength": piece.width,
            "lengthAdjust": "spacingAndGlyphs",
        },
        esc(piece.text),
    )


def _line(number: int, line: Drawn, layout: Layout) -> str:
    """A line as a link to its row in the table of lines."""
    across = all(edge.side == "across" for edge in line.edges)
    tip = "url(#tip-dark)" if across else "url(#tip)"
    source = sorted({edge.source for edge in line.edges})
    target = line.edges[0].target
    ways = [el("path", {"class": "way", "d": path(way), "marker_end": tip}) for way in line.ways]
    names = [
        _words(Piece(0, words, width(words, across), "", ""), x, y - _BASELINE) for x, y, words in line.label
    ]
    told = f"{' and '.join(_title(layout, one) for one in source)}: {line.name} {_title(layout, target)}"
    attributes: dict[str, str | float | None] = {
        "class": f"line {'across' if across else 'relation'}",
        "href": f"#line-{number}",
        "data_line": str(number),
        "data_name": line.name,
        "data_from": " ".join(source),
        "data_to": target,
        "aria_label": told,
    }
    return el("a", attributes, *ways, *names)


def _title(layout: Layout, key: str) -> str:
    return box_title(layout.boxes[key].box)


def box_title(box: Box) -> str:
    """A box in a few words: the name of its one body, or how many of which kind."""
    runs = [run.text for run in box.head if run.link] or [run.text for run in box.head if "b" not in run.look]
    return " ".join(runs) if runs else box.head[-1].text


def _box(structure: Structure, placed: Placed) -> str:
    box = placed.box
    shown = {piece.link for line in placed.lines for piece in line if piece.link}
    hidden = [one for one in box.bodies if one not in shown]
    parts = [
        el("rect", {"x": placed.x, "y": placed.y, "width": placed.width, "height": placed.height, "rx": "3"})
    ]
    pieces = [
        (piece, placed.x + PADDING, placed.y + BOX_TOP + number * LINE)
        for number, line in enumerate(placed.lines)
        for piece in line
    ]
    # Columns are read downwards, so a body's pieces need not follow each other.
    order = {piece.link: number for number, (piece, _, _) in reversed(list(enumerate(pieces))) if piece.link}
    pieces.sort(key=lambda told: order.get(told[0].link, -1) if told[0].link else -1)
    for link, group in groupby(pieces, key=lambda told: told[0].link):
        words = [_words(piece, left, top) for piece, left, top in group]
        parts.append(_linked(structure, box, link, words) if link else "".join(words))
    attributes = {
        "class": f"box {box.change}",
        "data_box": box.key,
        "data_side": box.side,
        "data_change": box.change,
        "data_ids": " ".join(hidden) or None,
    }
    return el("g", attributes, *parts)


def _linked(structure: Structure, box: Box, link: str, words: list[str]) -> str:
    """Words that lead to a body's row in the table, or to a group's rows."""
    if link.startswith("#"):
        attributes: dict[str, str | None] = {"href": f"#group-{box.key}", "data_group": box.key}
        return el("a", attributes, *words)
    entity = structure.bodies[link].entity
    name = (structure.bodies[link].before or entity).label if box.side == "before" else entity.label
    told = f"{name}, {kinds()[entity.kind].label}: {changes()[box.change].label.lower()}"
    return el("a", {"href": f"#{link}", "data_id": link, "aria_label": told}, *words)
