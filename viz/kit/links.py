"""How a shape leads to what is said of it: in a page by a link to its row, in a file of its own by its title."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.viz.kit.references import References
from orgmap.viz.kit.svg import Attributes, el, esc

Cited = Iterable[tuple[str, str]]
"""Sources with the places in them."""


class Links:
    """The links of one picture; plain SVG has no tables below, so each title there names its sources."""

    def __init__(self, references: References, form: str) -> None:
        self._references, self._plain = references, form == "svg"

    def wrap(self, href: str, title: str, cited: Cited, attributes: Attributes, *shapes: str) -> str:
        """Shapes that say `title` to the pointer and to a screen reader, and lead to `href`.

        >>> Links(References({}), "html").wrap("#b", "NHS B", [], {"data_id": "b"}, "<rect/>")
        '<a href="#b" data-id="b"><title>NHS B</title><rect/></a>'
        """
        if not self._plain:
            return el("a", {"href": href, **attributes}, el("title", {}, esc(title)), *shapes)
        numbers = self._references.numbers(cited)
        title += f". Sources: {numbers}" if numbers else ""
        return el("g", attributes, el("title", {}, esc(title)), *shapes)

    def either(self, page: str, alone: str) -> str:
        """What a page says shortly because its tables say the rest, and what must stand there without them."""
        return alone if self._plain else page

    def again(self, href: str, *shapes: str) -> str:
        """Shapes that a pointer may press too; the keyboard and a screen reader have met them already."""
        return "".join(shapes) if self._plain else el("a", {"href": href, "tabindex": "-1"}, *shapes)
