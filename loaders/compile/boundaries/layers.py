"""The layers of outlines: those that were published, and those joined from the outlines of parts."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.loaders.curated import records


class Layer(NamedTuple):
    """One layer: the file's name, the kind of its bodies, on which days it holds, and how many areas it must have."""

    layer: str
    kind: str
    valid_from: str
    expected: int
    valid_until: str = ""
    note: str = ""


class Joined(NamedTuple):
    """A layer for days without published outlines: every body's is that of its parts in other layers, joined.

    `parts` are layers; `told` is what the parts are called on a page.
    """

    layer: str
    kind: str
    valid_from: str
    expected: int
    parts: tuple[str, ...]
    valid_until: str = ""
    told: str = ""
    note: str = ""


class Extra(NamedTuple):
    """A published file of which only those outlines are taken whose ground no layer has."""

    file: str
    column: str
    kind: str
    day: str


LAYERS = records("boundaries/layers", Layer, key="layer")
"""Every layer of which a file of outlines was published."""

EXTRAS = records("boundaries/extras", Extra, key="file")
"""Two boards and two locations changed in April 2023, at Chichester; these files have the new outlines."""


JOINED = records("boundaries/joined", Joined, key="layer")
"""Layers for other days; a body whose ground some published outline shows has that outline, not a joined one."""

CUT_ALONG = "UTLA23"
"""The layer along which a part is cut that went to several bodies."""
