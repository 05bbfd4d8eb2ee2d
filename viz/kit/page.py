"""One page for one picture: it opens from a memory stick, needs no network, and tells the same in tables below."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orgmap.viz.kit.svg import el, esc
from orgmap.viz.kit.widths import FONTS

if TYPE_CHECKING:
    from jinja2 import Environment

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

_HERE = Path(__file__).parent


def page_html(
    title: str,
    lead: str,
    picture: str,
    legend: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
    tables: Iterable[str] = (),
    sources: Sequence[tuple[int, str]] = (),
    css: str = "",
    script: str = "",
    libraries: Iterable[str] = (),
    first: str = "",
    folded: str = "",
) -> str:
    """A page as HTML, complete in itself: words, the picture (markup), how to read it, and tables that tell the same.

    `css` and `script` are for what only this picture needs; they are checked by their own hash, so that
    nothing else that a name may smuggle in can run. `libraries` are scripts that `script` itself brings in.
    `first` (markup) stands above the picture; with `folded`, words, the picture opens on demand below these.
    The same picture gives the same bytes.

    >>> html = page_html("A <b>", "", "")
    >>> "<title>A &lt;b&gt;</title>" in html, "http-equiv" in html
    (True, True)
    """
    style = asset("page.css").replace("FONTS", FONTS) + css
    script = asset("page.js") + script
    runs = " ".join(f"'{hash_of(text)}'" for text in (script, *libraries))
    policy = (
        f"default-src 'none'; style-src '{hash_of(style)}'; script-src {runs}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assets = {"style": style, "script": script, "policy": policy, "attribution": ATTRIBUTION}
    said: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "picture": picture,
        "legend": legend,
        "notes": notes,
    }
    said |= {"first": first, "folded": folded}
    return rendered("kit/templates/page.html", **said, tables=tables, sources=sources, **assets) + "\n"


class TableRow(NamedTuple):
    """A row of a table: the id that links lead to, what heads it, and its other cells (both markup)."""

    id: str
    head: str
    cells: Iterable[str]


def row_of(anchor: str, label: str, small: str, cells: Iterable[str], look: str | None = None) -> TableRow:
    """The row of a body or a service: its name as a link to this row, and below it in small letters what it is.

    >>> row_of("ccg:10E", "NHS Thanet CCG", "CCG", ()).head
    '<a href="#ccg:10E">NHS Thanet CCG</a><small>CCG</small>'
    """
    name = el("a", {"class": look, "href": f"#{anchor}"}, esc(label))
    return TableRow(anchor, name + el("small", {}, esc(small)), cells)


class WideRow(NamedTuple):
    """A row that is one cell (markup) over all columns, with a `look`, a class, if it has one."""

    words: str
    look: str = ""


class RowGroup(NamedTuple):
    """Rows of a table that stand together, below a heading (markup) if there is one, with an id for links."""

    rows: Sequence[TableRow | WideRow]
    heading: str = ""
    id: str = ""


def table_html(
    title: str,
    heads: Iterable[str],
    groups: Iterable[RowGroup],
    look: str = "",
    marked: str = "",
    **also: bool,
) -> str:
    """A table with its title, if it has one, and its `look`, a class; `marked` is where scripts find each row's id.

    `also` may be: `labelled`, each cell says what it is, for a narrow window; `short` rows, without what HTML knows by
    itself; `heads_named` or `sources_named`, these have classes for style sheets.
    """
    asked = dict.fromkeys(("labelled", "short", "heads_named", "sources_named"), False) | also
    fields = {"title": title, "heads": tuple(heads), "groups": groups, "look": look, "marked": marked}
    return rendered("kit/templates/table.html", **fields, **asked)


def rendered(template: str, **fields: Any) -> str:
    """A template of this room, filled; whatever is no markup there is escaped."""
    return _templates().get_template(template).render(fields)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def escaped(value: Any) -> Any:
        return value if hasattr(value, "__html__") else Markup(esc(str(value)))

    loader = FileSystemLoader(_HERE.parent)
    return Environment(
        autoescape=True,
        finalize=escaped,
        loader=loader,
        undefined=StrictUndefined,
    )


@cache
def asset(name: str) -> str:
    """A style sheet or script that pages bring with them, by its file name."""
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


def hash_of(text: str) -> str:
    """What a page says of the only text that may run or dress it: its hash, as browsers check it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
