"""Draws the picture on the page of the architecture: `python -m docs.making.architecture` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

TARGET = Path(__file__).resolve().parents[1] / "explanation" / "architecture.svg"

WIDTH, HEIGHT = 1120, 560
INK, PALE, LINE = "#1b1b1b", "#ffffff", "#4a4a4a"


class RoomBox(NamedTuple):
    """A box with a heading and some lines below it; `fill` is pale enough to be read in print."""

    x: int
    y: int
    width: int
    height: int
    heading: str
    lines: tuple[str, ...]
    fill: str = PALE


BOXES = (
    RoomBox(
        20,
        70,
        200,
        120,
        "Published tables",
        ("registers of the NHS,", "ONS look-ups, laws,", "documents"),
        "#f1f1f1",
    ),
    RoomBox(
        20, 300, 200, 100, "Rows people write", ("reforms, exceptions,", "national bodies, plans"), "#f1f1f1"
    ),
    RoomBox(
        280,
        160,
        190,
        140,
        "data/",
        ("tables; each row has", "its days, its source", "and its status"),
        "#e3eef9",
    ),
    RoomBox(530, 40, 200, 84, "SQLite file", ("built by itself",), "#e5f3e6"),
    RoomBox(530, 174, 200, 84, "networkx", ("in memory, the reference",), "#e5f3e6"),
    RoomBox(530, 308, 200, 84, "Neo4j", ("on a server",), "#e5f3e6"),
    RoomBox(
        790, 160, 140, 140, "queries/", ("find, who, diff,", "lineage, list …", "facts of a day"), "#fdf0d9"
    ),
    RoomBox(985, 40, 120, 84, "cli/", ("words, JSON,", "CSV"), "#f7e6ef"),
    RoomBox(985, 174, 120, 84, "orgmap", ("for Python",), "#f7e6ef"),
    RoomBox(985, 308, 120, 84, "viz/", ("pictures",), "#f7e6ef"),
    RoomBox(
        280,
        460,
        650,
        80,
        "graphmodel/",
        ("kinds, relations, changes, periods, columns: the words that every room uses",),
        "#efe9f7",
    ),
)

ARROWS = (
    ((220, 130), (250, 130), (250, 205), (280, 205)),
    ((220, 350), (250, 350), (250, 255), (280, 255)),
    ((470, 230), (500, 230), (500, 82), (530, 82)),
    ((470, 230), (500, 230), (500, 216), (530, 216)),
    ((470, 230), (500, 230), (500, 350), (530, 350)),
    ((730, 82), (760, 82), (760, 230), (790, 230)),
    ((730, 216), (760, 216), (760, 230), (790, 230)),
    ((730, 350), (760, 350), (760, 230), (790, 230)),
    ((930, 230), (957, 230), (957, 82), (985, 82)),
    ((930, 230), (957, 230), (957, 216), (985, 216)),
    ((930, 230), (957, 230), (957, 350), (985, 350)),
)

LABELS = (
    (250, 40, "compile, then check"),
    (500, 430, "load"),
    (760, 430, "ask"),
    (957, 430, "tell"),
)
"""What happens in each column of arrows, above or below it."""


def svg() -> str:
    """The picture as SVG: letters of 15 pixels and more, no colour that carries a meaning alone."""
    words = "Published tables and rows that people write are compiled into data, loaded into a store, asked, and told."
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t"'
        ' font-family="Liberation Sans, Arial, sans-serif">',
        f'<title id="t">{words}</title>',
        '<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0 L10 5 L0 10 z" fill="{LINE}"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for points in ARROWS:
        path = " ".join(f"{x},{y}" for x, y in points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="1.6" marker-end="url(#a)"/>'
        )
    for x, y, text in LABELS:
        parts.append(
            f'<text x="{x}" y="{y}" font-size="16" font-style="italic" text-anchor="middle" fill="{INK}">{text}</text>'
        )
    for box in BOXES:
        parts += _box(box)
    return "\n".join([*parts, "</svg>", ""])


def _box(box: RoomBox) -> list[str]:
    """A box with its words in the middle."""
    middle, lines = box.x + box.width // 2, 1 + len(box.lines)
    top = box.y + (box.height - 24 * lines) // 2 + 18
    parts = [
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="6" fill="{box.fill}"'
        f' stroke="{LINE}" stroke-width="1.2"/>',
        f'<text x="{middle}" y="{top}" font-size="18" font-weight="bold" text-anchor="middle" fill="{INK}">'
        f"{escape(box.heading)}</text>",
    ]
    for number, line in enumerate(box.lines, 1):
        parts.append(
            f'<text x="{middle}" y="{top + 24 * number}" font-size="15" text-anchor="middle" fill="{INK}">'
            f"{escape(line)}</text>"
        )
    return parts


if __name__ == "__main__":
    TARGET.write_text(svg(), encoding="utf-8")
