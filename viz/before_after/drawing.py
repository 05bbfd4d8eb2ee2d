"""The before/after picture: rows by tier, boxes for bodies of one fate, named and directed lines, as SVG."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.structure.structure import Structure
from orgmap.viz.before_after.boxes import MANY, PADDING, GroupBox, boxes_of, height_of
from orgmap.viz.before_after.boxes import TOP as BOX_TOP
from orgmap.viz.before_after.drawn_lines import Drawn, lines_of_layout
from orgmap.viz.before_after.fit import HEIGHT, layout_of
from orgmap.viz.before_after.flow import LinePiece
from orgmap.viz.before_after.layout import WIDTH, Layout, PlacedBox, tier_words
from orgmap.viz.before_after.lines import BoxLine, box_lines_of
from orgmap.viz.before_after.listing import MOST_LISTED, NamedOnPage, listing_of, told_singly
from orgmap.viz.before_after.tables import prefix_of
from orgmap.viz.kit.page import asset
from orgmap.viz.kit.palette import changes, tiers
from orgmap.viz.kit.plans import PLANNED_DASHES
from orgmap.viz.kit.svg import arrow_tip, el, esc, num, path
from orgmap.viz.kit.widths import FONTS, LINE, width
from orgmap.viz.kit.words import date_words, listed

if TYPE_CHECKING:
    from orgmap.viz.before_after.tips import Tips

_BASELINE = 13.0
_COARSER = (
    (False, MANY, False),
    (True, MANY, False),
    (True, 12, False),
    (True, 1, False),
    (True, 1, True),
)
"""How finely bodies are told apart: by fate, by kind, ever more kinds in numbers, until the picture fits."""

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


class DrawnPicture(NamedTuple):
    """A drawn picture, with what stands in it: the tables below it tell the same."""

    svg: str
    height: float
    boxes: list[GroupBox]
    lines: list[Drawn]
    untold: list[BoxLine]


def draw(structure: Structure, label: str, tips: Tips | None = None) -> DrawnPicture:
    """Draws a structure before and after; `label` says what the picture shows to those who cannot see it.

    `tips` has the words that each body and line offers where no table tells them.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.structure.structure import structure
    >>> with open_store() as store:
    ...     picture = draw(structure(store, "2013-03-31", "2013-04-01", within="Kent and Medway"), "Kent")
    >>> picture.svg.startswith("<svg"), picture.height <= 800
    (True, True)
    """
    boxes, layout, untold = _laid_out(structure)
    lines = lines_of_layout(layout)
    listing = listing_of(structure)
    parts = [
        _arrows(),
        _bands(layout),
        _halves(structure, layout),
        *(_line(number, line, layout, tips) for number, line in enumerate(lines, start=1)),
        *(_box(structure, listing, placed, tips) for placed in _in_reading_order(layout)),
    ]
    attributes: dict[str, str | float | None] = {
        "class": "picture",
        "viewBox": f"0 0 {num(WIDTH)} {num(layout.height)}",
        "width": WIDTH,
        "height": layout.height,
        "role": "group",
        "aria_label": label,
    }
    return DrawnPicture(el("svg", attributes, *parts), layout.height, boxes, lines, untold)


def _laid_out(structure: Structure) -> tuple[list[GroupBox], Layout, list[BoxLine]]:
    """The finest boxes with which the picture fits and tells every line, or else those that come nearest to that."""
    tried: list[tuple[list[GroupBox], Layout, list[BoxLine]]] = []
    # A whole country never fits as finely as a place: that needs not be tried.
    for fineness in _COARSER[1:] if len(structure.bodies) > MOST_LISTED else _COARSER:
        boxes = boxes_of(structure, *fineness)
        layout, untold = layout_of(boxes, box_lines_of(structure, boxes))
        tried.append((boxes, layout, untold))
        if layout.height <= HEIGHT and not untold:
            return tried[-1]
    return min(tried, key=lambda one: (max(one[1].height, HEIGHT), len(one[2])))


@cache
def picture_css() -> str:
    """The looks of a picture; colours come from the vocabulary."""
    css = asset("picture.css")
    for name, change in changes().items():
        stroke, dashes = _BORDERS.get(name, ("1.3", None))
        dash = f";stroke-dasharray:{dashes}" if dashes else ""
        css += f".picture text.{name}{{fill:{change.colour}}}"
        css += f".picture .box.{name} rect{{stroke:{change.colour};stroke-width:{stroke}{dash}}}\n"
    return css.replace("FONTS", FONTS)


def _in_reading_order(layout: Layout) -> list[PlacedBox]:
    """Boxes row by row, before first: the order in which Tab visits them."""
    return [layout.boxes[box.key] for row in layout.rows for box in row.boxes]


def _arrows() -> str:
    return el("defs", {}, arrow_tip("tip", "tip"), arrow_tip("tip-dark", "tip dark"))


def _bands(layout: Layout) -> str:
    parts = []
    for number, (tier, start, end) in enumerate(layout.bands):
        place = {"x": 0.0, "y": start, "width": WIDTH, "height": end - start}
        parts.append(el("rect", {"class": "band odd" if number % 2 else "band", **place}))
        if tier in tiers():
            stripe = {"x": 0.0, "y": start, "width": 6.0, "height": end - start}
            parts.append(el("rect", {"class": "stripe", "fill": tiers()[tier].colour, **stripe}))
        first = next(placed for placed in _in_reading_order(layout) if placed.box.tier == tier)
        for row, words in enumerate(tier_words(tier)):
            parts.append(
                _words(LinePiece(12, words, width(words, True), "b", ""), 0, first.y + BOX_TOP + row * LINE)
            )
    return el("g", {"class": "bands"}, *parts)


def _halves(structure: Structure, layout: Layout) -> str:
    left, middle, right = (layout.lanes[lane] for lane in ("left", "middle", "right"))
    del right
    halves = (("Before", structure.before, left[1]), ("After", structure.after, middle[1]))
    parts = []
    for word, day, x in halves:
        words = f"{word}: {date_words(day)}"
        wide = width(words, True, 17)
        attributes: dict[str, str | float | None] = {"x": x, "y": 17.0, "class": "half", "textLength": wide}
        parts.append(el("text", attributes, esc(words)))
    return el("g", {}, *parts)


def _words(piece: LinePiece, left: float, top: float) -> str:
    return el(
        "text",
        {
            "x": left + piece.x,
            "y": top + _BASELINE,
            "class": piece.look or None,
            "textLength": piece.width,
        },
        esc(piece.text),
    )


def _line(number: int, line: Drawn, layout: Layout, tips: Tips | None) -> str:
    """A line as a link to its row in the table of lines."""
    across = all(box_line.side == "across" for box_line in line.box_lines)
    tip = "url(#tip-dark)" if across else "url(#tip)"
    source = sorted({box_line.source for box_line in line.box_lines})
    target = sorted({box_line.target for box_line in line.box_lines})
    dashes = PLANNED_DASHES if line.planned else None
    drawn = {"stroke_dasharray": dashes}
    ways = [el("path", {"class": "way", "d": path(way), **drawn, "marker_end": tip}) for way in line.ways]
    ways += [el("path", {"class": "way join", "d": path(way), **drawn}) for way in line.joins]
    names = [
        _words(LinePiece(0, words, width(words, across), "", ""), x, y - _BASELINE)
        for x, y, words in line.label
    ]
    ends = [listed([_title(layout, one) for one in end]) for end in (source, target)]
    sentence = f"{ends[0]}: {line.name} {ends[1]}"
    attributes: dict[str, str | float | None] = {
        "class": f"line {'across' if across else 'relation'}",
        "href": None if tips else f"#line-{number}",
        "data_line": str(number),
        "data_name": line.name,
        "data_from": " ".join(source),
        "data_to": " ".join(target),
        "aria_label": sentence,
    }
    return el("a", attributes, *_tip(tips.line(line, sentence) if tips else ""), *ways, *names)


def _tip(words: str) -> list[str]:
    return [el("title", {}, esc(words))] if words else []


def _title(layout: Layout, key: str) -> str:
    return box_title(layout.boxes[key].box)


def box_title(box: GroupBox) -> str:
    """A box in a few words: the name of its one body, or how many of which kind."""
    runs = [run.text for run in box.head if run.link] or [run.text for run in box.head if "b" not in run.look]
    return " ".join(runs) if runs else box.head[-1].text


def _box(structure: Structure, listing: NamedOnPage, placed: PlacedBox, tips: Tips | None) -> str:
    box = placed.box
    links = {piece.link: None for line in placed.lines for piece in line if piece.link}
    hidden = [one for one in told_singly(structure, listing, box) if one not in links]
    frame = el(
        "rect", {"x": placed.x, "y": placed.y, "width": placed.width, "height": placed.height, "rx": "3"}
    )
    top = placed.y + BOX_TOP + max(0.0, (placed.height - height_of(placed.lines)) / 2)
    words: dict[str, list[str]] = {"": [], **{link: [] for link in links}}
    for number, line in enumerate(placed.lines):
        for piece in line:
            words[piece.link].append(_words(piece, placed.x + PADDING, top + number * LINE))
    if len(links) == 1:
        # A box of one body (or one number) is a link as a whole.
        [link] = links
        content = _linked(structure, box, link, [frame, *words[""], *words[link]], tips, _read(placed))
    else:
        content = "".join([frame, *words[""]])
        content += "".join(_linked(structure, box, link, words[link], tips, "") for link in links)
    start = prefix_of(hidden) if len(hidden) > 1 else ""
    attributes = {
        "class": f"box {box.change}",
        "data_box": box.key,
        "data_side": box.side,
        "data_change": box.change,
        "data_of": start or None,
        "data_ids": " ".join(one.removeprefix(start) for one in hidden) or None,
    }
    return el("g", attributes, content)


def _read(placed: PlacedBox) -> str:
    """The words of a box as they are read."""
    return " ".join(piece.text for line in placed.lines for piece in line)


def _linked(
    structure: Structure, box: GroupBox, link: str, parts: list[str], tips: Tips | None, said: str
) -> str:
    """What leads to a body's row in the table, or to a group's rows; `said` is what it reads, if not a name alone."""
    if link.startswith("#"):
        href = None if tips else f"#group-{link[1:]}"
        tip = _tip(tips.group(box) if tips else "")
        return el("a", {"href": href, "data_group": link[1:]}, *tip, *parts)
    body = structure.bodies[link]
    entity = (body.before if box.side == "before" else None) or body.entity
    kind = kinds()[entity.kind].label
    sentence = f"{said}; {kind}" if said else f"{entity.label}, {kind}: {changes()[box.change].label.lower()}"
    href = None if tips else f"#{link}"
    tip = _tip(tips.body(link) if tips else "")
    return el("a", {"href": href, "data_id": link, "aria_label": sentence}, *tip, *parts)
