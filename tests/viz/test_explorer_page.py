"""The explorer's page: one file that asks nothing of anybody, runs nothing but its own script, and is not too large."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from orgmap.graphmodel.store import Store
from orgmap.viz.explorer.pack import PARTS
from orgmap.viz.explorer.page import page_of
from orgmap.viz.explorer.tables import tables_of_today
from orgmap.viz.explorer.topology import Arcs, coloured, neighbours, polygons

LIMIT = 2_500_000
"""Bytes of the page at most."""


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.found and self.lasttag in ("script", "style") and self.cdata_elem:
            self.texts[-1] += data


@pytest.fixture(scope="module")
def html(england: Store, parts: dict[str, Any]) -> str:
    return page_of(parts, tables_of_today(england))


def test_the_page_is_not_larger_than_a_mail_may_be(html: str) -> None:
    assert len(html.encode()) < LIMIT


def test_the_page_runs_nothing_but_the_script_whose_hash_it_names(html: str) -> None:
    page = Elements(html)
    named = [
        (tag, text, attributes)
        for (tag, attributes), text in zip(page.found, page.texts, strict=True)
        if tag in ("script", "style")
    ]
    policy = next(attributes["content"] for _, attributes in page.found if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, text, attributes in named:
        if attributes.get("type") == "application/octet-stream":
            continue
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_page_loads_nothing_and_has_no_handlers_in_its_elements(html: str) -> None:
    for tag, attributes in Elements(html).found:
        assert not {"src", "href", "style", "action"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag


def test_the_parts_come_back_out_of_the_page(html: str, parts: dict[str, Any]) -> None:
    for name in PARTS:
        found = re.search(rf'id="pack-{name}">([A-Za-z0-9+/=]+)<', html)
        assert found
        assert json.loads(gzip.decompress(b64decode(found[1]))) == json.loads(json.dumps(parts[name]))


def test_without_a_script_the_bodies_of_today_are_there_as_tables(html: str) -> None:
    plain = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "NHS Kent and Medway" in plain
    assert "Kent County Council" in plain
    assert "<caption>Integrated care boards on " in plain


def test_the_same_graph_gives_the_same_page(explorer: Path, html: str) -> None:
    assert explorer.read_text(encoding="utf-8") == html


def test_neighbours_on_every_layer_have_different_colours(england: Store) -> None:
    from orgmap.viz.explorer.layers import drawn_layers, over

    for drawn in drawn_layers(england):
        outlines = {area.body.id: drawn.areas.outlines[area.outline] for area in drawn.areas.areas}
        arcs = Arcs(ring for rings in outlines.values() for ring in rings)
        beside = neighbours({body: polygons(rings, arcs) for body, rings in outlines.items()})
        beside = {body: others - over(drawn.areas, body) for body, others in beside.items()}
        colours = coloured(beside, {})
        assert set(colours) == set(outlines)
        clashing = [
            (one, other)
            for one, others in beside.items()
            for other in others
            if colours[one] == colours[other]
        ]
        assert clashing == [], drawn.layer.layer
