"""Writing SVG and HTML by hand: escaped, with the same bytes for the same picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_CONTROL = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")

_EMPTY = frozenset({"path", "rect", "circle", "line", "br", "hr", "meta"})
"""Elements without content."""

Attributes = Mapping[str, "str | float | None"]


def esc(text: str) -> str:
    """A text that means only itself, wherever it stands in a page.

    >>> esc('<img src=x onerror="1">')
    '&lt;img src=x onerror=&quot;1&quot;&gt;'
    """
    return text.translate(_CONTROL).translate(_ESCAPES)


def num(value: float) -> str:
    """A number as short as it can be, to a tenth of a pixel.

    >>> num(12.0), num(3.14159), num(-0.01)
    ('12', '3.1', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def el(name: str, attributes: Attributes | None = None, *children: str) -> str:
    """An element; attributes that are None are left out, `_` in their names is `-`, children are already markup.

    >>> el("a", {"href": "#b", "data_id": "ccg:10E", "title": None}, esc("A & B"))
    '<a href="#b" data-id="ccg:10E">A &amp; B</a>'
    """
    written = "".join(
        f' {key.replace("_", "-")}="{esc(value) if isinstance(value, str) else num(value)}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    if name in _EMPTY:
        return f"<{name}{written}/>"
    return f"<{name}{written}>{''.join(children)}</{name}>"


def arrow_tip(name: str, look: str) -> str:
    """The tip of an arrow, for lines to refer to by its name; `look` is its class.

    >>> arrow_tip("tip", "tip dark").startswith('<marker id="tip" viewBox="0 0 10 10"')
    True
    """
    attributes: Attributes = {
        "id": name,
        "viewBox": "0 0 10 10",
        "refX": "10",
        "refY": "5",
        "markerWidth": "9",
        "markerHeight": "9",
        "markerUnits": "userSpaceOnUse",
        "orient": "auto",
    }
    return el("marker", attributes, el("path", {"class": look, "d": "M0 1L10 5L0 9z"}))


def path(points: Iterable[tuple[float, float]]) -> str:
    """The `d` of a line through points.

    >>> path([(0, 0), (10, 0), (10, 5)])
    'M0 0H10V5'
    """
    out, last = "", (None, None)
    for x, y in points:
        if last == (None, None):
            out = f"M{num(x)} {num(y)}"
        elif x == last[0]:
            out += f"V{num(y)}"
        elif y == last[1]:
            out += f"H{num(x)}"
        else:
            out += f"L{num(x)} {num(y)}"
        last = (x, y)  # type: ignore[assignment]
    return out
