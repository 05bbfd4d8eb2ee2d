"""One page for one picture: it opens from a memory stick, needs no network, and tells the same in tables below."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.widths import FONTS

ATTRIBUTION = (
    "Contains NHS Organisation Data Service information licensed under the Open Government Licence v3.0.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
    "Contains OS data © Crown copyright and database right 2024.",
    "Contains Royal Mail data © Royal Mail copyright and database right 2024.",
    "Contains National Statistics data © Crown copyright and database right 2024.",
    "Contains Parliamentary information licensed under the Open Parliament Licence v3.0.",
)
"""Whom every page, map and export must name."""

_ASSETS = Path(__file__).parent / "assets"


class Page(NamedTuple):
    """What stands on a page: words, the picture (markup), how to read it, and tables that tell the same (markup).

    `css` and `script` are for what only this picture needs; they are checked by their own hash, so that
    nothing else that a name may smuggle in can run. `libraries` are scripts that `script` itself brings in.
    """

    title: str
    lead: str
    picture: str
    legend: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    sources: str = ""
    css: str = ""
    script: str = ""
    libraries: tuple[str, ...] = ()


def page_html(page: Page) -> str:
    """The page as HTML, complete in itself: the same picture gives the same bytes.

    >>> html = page_html(Page("A <b>", "", ""))
    >>> "<title>A &lt;b&gt;</title>" in html, "http-equiv" in html
    (True, True)
    """
    style = asset("page.css").replace("FONTS", FONTS) + page.css
    script = asset("page.js") + page.script
    runs = " ".join(f"'{_hash(text)}'" for text in (script, *page.libraries))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src {runs}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        el("title", {}, esc(page.title)),
        f"<style>{style}</style>",
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            *head,
            "</head>",
            "<body>",
            '<a class="skip" href="#tables">Skip the picture: the same as tables</a>',
            el("header", {}, el("h1", {}, esc(page.title)), el("p", {"class": "lead"}, esc(page.lead))),
            "<main>",
            _figure(page),
            el("section", {"class": "tables", "id": "tables"}, *page.tables, page.sources),
            "</main>",
            el("footer", {}, *(el("p", {}, esc(line)) + " " for line in ATTRIBUTION)),
            _DIALOG,
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


_DIALOG = (
    '<dialog id="details" aria-labelledby="details-name"><h2 id="details-name" tabindex="-1"></h2>'
    '<div class="told"></div><button type="button">Close</button></dialog>'
)


def _figure(page: Page) -> str:
    legend = [el("li", {}, el("b", {}, esc(word)), " ", esc(meaning)) for word, meaning in page.legend]
    caption = el("figcaption", {}, el("ul", {}, *legend)) if legend else ""
    # Wide pictures scroll sideways by keyboard too.
    scroll = {"class": "scroll", "tabindex": "0", "role": "region", "aria_label": "Picture"}
    notes = el("ul", {"class": "notes"}, *(el("li", {}, f"Note: {esc(note)}") for note in page.notes))
    return el("figure", {}, el("div", scroll, page.picture), caption, notes if page.notes else "")


@cache
def asset(name: str) -> str:
    """A style sheet or script that pages bring with them, by its file name."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
