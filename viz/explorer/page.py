"""The explorer as one HTML page: the built script and style, the data in parts, and the tables of today beneath."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.store import Store
from orgmap.viz.explorer.columns import Json
from orgmap.viz.explorer.pack import PARTS, Say, as_bytes, packs
from orgmap.viz.explorer.tables import tables_of_today
from orgmap.viz.kit.page import ATTRIBUTION, rendered

ASSETS = Path(__file__).parent / "assets"
"""The built script and style of the page, with a list of what they are."""

TITLE = "Who commissions what for whom in England"


def explorer_html(store: Store, version: str = "", say: Say = lambda _: None) -> str:
    """The whole page, complete in itself: it asks nothing of a network, and the same store gives the same bytes.

    `say` is told what is being done. Raises `DataBroken` where the built script or style is missing.

    >>> html = page_of(dict.fromkeys(PARTS, {}), [])  # the same page, of a graph with nothing in it
    >>> html.startswith("<!DOCTYPE html>")
    True
    """
    return page_of(packs(store, version, say), tables_of_today(store))


def page_of(parts: dict[str, Json], tables: list[str]) -> str:
    """The page of these parts, with what is shown where no script runs."""
    script, style = _assets()
    runs = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    policy = f"default-src 'none'; {runs}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    packed = [(name, packed_text(parts[name])) for name in PARTS]
    said = {"title": TITLE, "policy": policy, "style": style, "script": script, "parts": packed}
    return rendered("explorer/page.html", **said, tables=tables, attribution=ATTRIBUTION) + "\n"


def packed_text(part: Json) -> str:
    """A part as it stands in the page: base64 of gzip, which says no time, so that the same gives the same.

    >>> len(packed_text({"a": 1})) % 4
    0
    """
    return b64encode(gzip.compress(as_bytes(part), 9, mtime=0)).decode()


def assets_hash() -> str:
    """Tells apart what the page is made of beside the graph: its script, its style, and the page around them.

    >>> len(assets_hash())
    64
    """
    frame = Path(__file__).parent / "page.html"
    return sha256("".join([*_assets(), frame.read_text(encoding="utf-8")]).encode()).hexdigest()


def _assets() -> tuple[str, str]:
    """The script and the style that the build made, as its list names them."""
    try:
        manifest = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))
        script, style = ((ASSETS / manifest[name]).read_bytes().decode() for name in ("script", "style"))
    except (OSError, ValueError, KeyError) as error:
        raise DataBroken(
            f"{ASSETS}: the script of the page is missing ({error}). Install orgmap again."
        ) from error
    return script, style


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def that_may_ask(page: str, what: str, address: str) -> str:
    r"""A page that may ask where it came from, and knows the address; `what` is what it finds there.

    >>> page = that_may_ask('<meta charset="utf-8"><meta content="default-src \'none\'; x">', "api", "/api")
    >>> "connect-src 'self'" in page, '<meta name="orgmap-api" content="/api">' in page
    (True, True)
    """
    head, charset, rest = page.partition('<meta charset="utf-8">')
    rest = rest.replace("default-src 'none'; ", "default-src 'none'; connect-src 'self'; ", 1)
    return f'{head}{charset}<meta name="orgmap-{what}" content="{escape(address)}">{rest}'
