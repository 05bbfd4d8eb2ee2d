"""The pages as files for any web host: the explorer, a page for each body, reform and source, postcodes by outcode."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from orgmap.graph import Graph
from orgmap.graphmodel.dates import day_before, today
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.vocabulary import has, kinds, reach_of, the_kind
from orgmap.loaders.rows import Rows
from orgmap.server.body_page import body_words, reform_told
from orgmap.server.postcodes import postcode_shards
from orgmap.server.registered.record import is_of_register
from orgmap.server.templating import style, templates
from orgmap.viz.explorer.page import explorer_html, that_may_ask

Say = Callable[[str, int, int], None]

_PLAIN = re.compile(r"[^A-Za-z0-9_.-]")

BLOCK = 50
"""After so many pages it is said how far it is."""


def file_of(thing: str) -> str:
    """The name of the page of what has an id.

    >>> file_of("ccg:10E"), file_of("source:a b")
    ('ccg-10E.html', 'source-a~20b.html')
    """
    return (
        "".join(f"~{ord(one):x}" if _PLAIN.match(one) else one for one in thing.replace(":", "-", 1))
        + ".html"
    )


def write_site(folder: Path, graph: Graph, rows: Rows, version: str, address: str, say: Say) -> int:
    """Writes the whole site into a new folder, and says how many files; `address` is where it will stand, if known.

    `rows` gives the rows of a table, `say` is told how far it is.
    """
    bodies = [one for one in graph.store.entities() if _has_page(one)]
    sources = graph.store.sources()
    paged = {one.id for one in bodies} | {f"source:{one}" for one in sources}
    steps = len(bodies) + len(sources) + 3
    say("the explorer", 0, steps)
    _text(folder / "explore.html", beside_files(explorer_html(graph.store, version)))
    _text(folder / "style.css", style()[0])
    _pages(folder, graph, bodies, paged, version, lambda done: say("bodies", done + 1, steps))
    say("sources", len(bodies) + 1, steps)
    _sources(folder, graph, paged, version)
    say("postcodes", steps - 2, steps)
    (folder / "postcodes").mkdir()
    for outcode, shard in postcode_shards(graph, rows("postcodes")):
        _text(folder / "postcodes" / f"{outcode}.json", json.dumps(shard, separators=(",", ":")))
    _text(folder / ".nojekyll", "")
    _text(folder / "robots.txt", _robots(address))
    if address:
        _text(
            folder / "sitemap.xml",
            _sitemap(address, ["", "explore.html", *(f"id/{file_of(one)}" for one in paged)]),
        )
    say("done", steps, steps)
    return sum(1 for one in folder.rglob("*") if one.is_file())


def beside_files(page: str) -> str:
    """The explorer's page that may read the postcodes from files beside it, and knows where they are.

    >>> 'name="orgmap-postcodes" content="postcodes/"' in beside_files('<meta charset="utf-8">')
    True
    """
    return that_may_ask(page, "postcodes", "postcodes/")


def _has_page(body: Entity) -> bool:
    """Practices and what lies in a list like them are in the explorer; areas are nobody's."""
    return reach_of(body.kind) != "list" and not has(body.kind, "ground")


def _pages(
    folder: Path,
    graph: Graph,
    bodies: list[Entity],
    paged: set[str],
    version: str,
    say: Callable[[int], None],
) -> None:
    """The page of every body, and the list of them."""
    below, top = _templates("..", paged, version), _templates(".", paged, version)
    (folder / "id").mkdir()
    for number, body in enumerate(bodies):
        if number % BLOCK == 0:
            say(number)
        if body.kind == the_kind("change") and (whole := reform_told(graph, body.id)):
            text = below.get_template("reform.html").render(thing=body.id, at="", answer=whole)
        else:
            end = body.valid_until
            at = day_before(end) if end and end <= today() else ""
            text = below.get_template("body.html").render(thing=body.id, at=at, **_words(graph, body.id, at))
        _text(folder / "id" / file_of(body.id), text)
    lists = [
        (kind.plural, sorted((one.to_json() for one in bodies if one.kind == kind.kind), key=_order))
        for kind in kinds().values()
    ]
    shown = [(plural, rows) for plural, rows in lists if rows]
    _text(folder / "index.html", top.get_template("site.html").render(lists=shown))


def _words(graph: Graph, body: str, at: str) -> dict[str, Any]:
    try:
        return body_words(graph, body, at, ())
    except NothingFound:  # its last day is before all that is answered
        return body_words(graph, body, "", ())


def _order(row: dict[str, Any]) -> tuple[str, str]:
    return (row["name"] or "~", row["id"])


def _sources(folder: Path, graph: Graph, paged: set[str], version: str) -> None:
    page = _templates("..", paged, version).get_template("source.html")
    for source in graph.store.sources().values():
        references = graph.cite(source.id).to_dict()["references"]
        _text(
            folder / "id" / file_of(f"source:{source.id}"), page.render(source=source, references=references)
        )


def _templates(base: str, paged: set[str], version: str) -> Any:
    """The templates of pages that stand so deep; what has no page of its own leads to the explorer."""

    def link(thing: str) -> str:
        if thing in paged:
            return f"{base}/id/{quote(file_of(thing))}"
        if "/" in thing or ":" not in thing or is_of_register(thing):
            return ""
        return f"{base}/explore.html#body={quote(thing)}"

    places = (("Explore", "/explore.html"),)
    home = "index.html"
    words = {"base": base, "home": home, "style": "style.css", "places": places, "version": version}
    return templates(link, **words, graph="", live=False)


def _robots(address: str) -> str:
    more = f"Sitemap: {address}/sitemap.xml\n" if address else ""
    return f"User-agent: *\nDisallow:\n{more}"


def _sitemap(address: str, pages: Iterable[str]) -> str:
    listed = "".join(f"<url><loc>{escape(f'{address}/{quote(one)}')}</loc></url>\n" for one in sorted(pages))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'
    )


def _text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
