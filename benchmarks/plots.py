"""The plots of the page, as SVG: letters of 15 pixels, shapes beside colours, so no colour tells anything alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

INK, PALE = "#1b1b1b", "#d5d5d5"
COLOURS = (
    "#1b1b1b",
    "#0b5cad",
    "#a33b00",
    "#2c6e2f",
    "#6a3d9a",
    "#8a6d00",
    "#007a78",
    "#b0003a",
    "#5a5a5a",
    "#444444",
)
SHAPES = ("disc", "square", "triangle", "diamond", "cross", "plus", "ring", "box", "wedge", "bar")
FONT = "Liberation Sans, Arial, sans-serif"

Series = Mapping[str, Sequence[tuple[float, float]]]
"""Points of several things, by their names."""


def growth(series: Series, title: str, ticks: Sequence[float]) -> str:
    """Lines over the size of the register, both axes by powers of ten; a flat line does not grow."""
    width, height, left, top, right, bottom = 760, 520, 90, 50, 210, 60
    points = [point for some in series.values() for point in some]
    low = 10 ** math.floor(math.log10(min(y for _, y in points)))
    high = 10 ** math.ceil(math.log10(max(y for _, y in points)))
    first, last = min(ticks), max(ticks)

    def across(x: float) -> float:
        return left + (width - left - right) * math.log(x / first) / math.log(last / first)

    def up(y: float) -> float:
        return height - bottom - (height - top - bottom) * math.log(y / low) / math.log(high / low)

    parts = [_text(width / 2, 28, title, "middle", 18, bold=True)]
    for tick in ticks:
        parts += [
            _line(across(tick), top, across(tick), height - bottom, PALE),
            _text(across(tick), height - bottom + 22, f"{tick:g} ×", "middle"),
        ]
    parts.append(_text((left + width - right) / 2, height - 12, "size of the national register", "middle"))
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        parts += [
            _line(left, up(10**power), width - right, up(10**power), PALE),
            _text(left - 8, up(10**power) + 5, _unit(10**power), "end"),
        ]
    ends = _apart({name: up(some[-1][1]) for name, some in series.items()}, 19)
    for number, (name, some) in enumerate(series.items()):
        colour, shape = COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)]
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in some)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [_shape(shape, across(x), up(y), colour) for x, y in some]
        parts.append(
            _line(across(some[-1][0]) + 8, up(some[-1][1]), width - right + 22, ends[name] - 5, PALE)
        )
        parts += [
            _shape(shape, width - right + 30, ends[name] - 5, colour),
            _text(width - right + 42, ends[name], name, "start"),
        ]
    return _whole(width, height, title, parts)


def peers(rows: Mapping[str, Mapping[str, float]], names: Sequence[str], title: str) -> str:
    """A line for each question, a mark for each peer, further left the quicker; the first name is ours."""
    step, left, top, right = 38, 250, 118, 40
    width, height = 1000, top + step * len(rows) + 50
    values = [value for row in rows.values() for value in row.values()]
    low = 10 ** math.floor(math.log10(min(values)))
    high = 10 ** math.ceil(math.log10(max(values)))

    def across(x: float) -> float:
        return left + (width - left - right) * math.log(x / low) / math.log(high / low)

    parts = [_text(width / 2, 28, title, "middle", 18, bold=True)]
    for number, name in enumerate(names):
        x, y = 30 + 194 * (number % 5), 58 + 26 * (number // 5)
        parts += [_shape(SHAPES[number], x, y - 5, COLOURS[number]), _text(x + 14, y, name, "start")]
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        parts += [
            _line(across(10**power), top - 10, across(10**power), height - 40, PALE),
            _text(across(10**power), height - 18, _unit(10**power), "middle"),
        ]
    for place, (question, row) in enumerate(rows.items()):
        y = top + step * place + 10
        parts += [_text(left - 14, y + 5, question, "end"), _line(left, y, width - right, y, PALE)]
        parts += [
            _shape(SHAPES[number], across(row[name]), y, COLOURS[number])
            for number, name in reversed([*enumerate(names)])
            if name in row
        ]
    return _whole(width, height, title, parts)


def _whole(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t"'
        f' font-family="{FONT}">'
    )
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, f'<title id="t">{escape(title)}</title>', ground, *parts, "</svg>", ""])


def _unit(value: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size * 0.999:
            return f"{value / size:g} {unit}" if value / size < 1000 else f"{value / size:,.0f} {unit}"
    return f"{value / 1e-9:g} ns"


def _apart(wanted: Mapping[str, float], least: float) -> dict[str, float]:
    """Places for words near where they are wanted, none over another."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name in sorted(wanted, key=wanted.__getitem__):
        last = placed[name] = max(wanted[name] + 5, last + least)
    return placed


def _text(x: float, y: float, words: str, anchor: str, size: int = 15, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}"{weight} text-anchor="{anchor}"'
    return f'<text {place} fill="{INK}">{escape(words)}</text>'


def _line(x: float, y: float, to: float, down: float, colour: str) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to:.1f}" y2="{down:.1f}" stroke="{colour}" stroke-width="1"/>'
    )


def _shape(name: str, x: float, y: float, colour: str) -> str:
    filled = f'fill="{colour}"'
    drawn = f'fill="none" stroke="{colour}" stroke-width="2.4"'
    lines = {
        "cross": ((-5, -5, 5, 5), (-5, 5, 5, -5)),
        "plus": ((-6, 0, 6, 0), (0, -6, 0, 6)),
        "bar": ((0, -8, 0, 8),),
    }
    if name in ("disc", "ring"):
        rest = f'r="7" {filled}' if name == "disc" else f'r="5" {drawn}'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" {rest}/>'
    if name in ("square", "box"):
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" {filled if name == "square" else drawn}/>'
    if name in lines:
        path = "".join(f"M{x + a:.1f} {y + b:.1f}L{x + c:.1f} {y + d:.1f}" for a, b, c, d in lines[name])
        return f'<path d="{path}" {drawn}/>'
    corners = {"triangle": ((0, -7), (6, 5), (-6, 5)), "wedge": ((0, 7), (6, -5), (-6, -5))}
    around = corners.get(name, ((0, -7), (7, 0), (0, 7), (-7, 0)))
    return f'<polygon points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in around)}" {filled}/>'
