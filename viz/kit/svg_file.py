"""A picture as a plain SVG file: its title above it, and below it whom to name."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.viz.kit.page import ATTRIBUTION
from orgmap.viz.kit.svg import Attributes, el, esc
from orgmap.viz.kit.widths import LINE, SMALLEST, width, wrap

WIDTH = 1232.0
_TITLE = 17.0


def text_at(x: float, y: float, words: str, look: str = "") -> str:
    """One line of text with its base at `y`, as wide in every browser as it was measured; `look` is “b” for bold.

    >>> text_at(0, 12, "CCG")
    '<text x="0" y="12" textLength="31.1" lengthAdjust="spacingAndGlyphs">CCG</text>'
    """
    attributes: Attributes = {
        "x": x,
        "y": y,
        "class": look or None,
        "textLength": width(words, "b" in look.split()),
        "lengthAdjust": "spacingAndGlyphs",
    }
    return el("text", attributes, esc(words))


def svg_file(
    picture: str, height: float, title: str, lead: str, css: str, look: str, sources: Iterable[str] = ()
) -> str:
    """The picture with its title, what it shows, its sources and the attributions, complete in itself."""
    above = wrap(title, WIDTH - 24, True, _TITLE)
    lead_lines = wrap(lead, WIDTH - 24)
    below = [line for words in (*sources, *ATTRIBUTION) for line in wrap(words, WIDTH - 24)]
    top = 10.0 + 21 * len(above) + LINE * len(lead_lines) + 8
    whole = top + height + 14 + LINE * len(below)
    parts = [el("style", {}, css), el("rect", {"width": WIDTH, "height": whole, "fill": "#fff"})]
    for number, line in enumerate(above):
        line_attributes: Attributes = {
            "x": 12.0,
            "y": 23.0 + 21 * number,
            "class": "b",
            "style": f"font-size:{_TITLE:.0f}px",
        }
        parts.append(el("text", line_attributes, esc(line)))
    parts += [text_at(12, 6.0 + 21 * len(above) + LINE * (n + 1), line) for n, line in enumerate(lead_lines)]
    parts.append(picture.replace("<svg ", f'<svg y="{top:.0f}" ', 1))
    parts += [text_at(12, top + height + LINE * (number + 1), line) for number, line in enumerate(below)]
    attributes: Attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": look,
        "viewBox": f"0 0 {WIDTH:.0f} {whole:.0f}",
        "width": f"{WIDTH:.0f}",
        "height": f"{whole:.0f}",
    }
    assert SMALLEST <= _TITLE
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{el("svg", attributes, el("title", {}, esc(title)), *parts)}\n'
