"""The drawing library of the explorer: vis-network, as pyvis brings it, made fit for a page without a network."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from orgmap.graphmodel.errors import WrongUse, not_installed

VERSION = "9.1.2"
"""The version of vis-network that pyvis 0.3.2 brings."""


@cache
def vis_network() -> str:
    """The library's text with its licence notice, without the address of a source map that it would fetch.

    pyvis itself is found and not run: what it writes fetches styles and scripts from the network, also with
    `cdn_resources="in_line"`, places bodies by chance, and gives names to the page as HTML.
    Raises `WrongUse` if pyvis is not installed.
    """
    found = find_spec("pyvis")
    if found is None or not found.submodule_search_locations:
        raise not_installed("This picture", "pyvis", "pictures")
    path = Path(found.submodule_search_locations[0]) / "lib" / f"vis-{VERSION}" / "vis-network.min.js"
    if not path.is_file():
        raise WrongUse(f"This pyvis does not bring vis-network {VERSION}: pip install 'pyvis==0.3.2'.")
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text)
    if "</script" in text.lower() or "@license" not in text:
        raise WrongUse("This copy of vis-network cannot stand in a page.")
    return text


def notice() -> str:
    """The library's licence notice, as a comment for the page.

    >>> "MIT" in notice() and notice().endswith("*/")
    True
    """
    return vis_network().partition("*/")[0].strip() + "\n */"
