"""Who commissions what for whom in England's health and care, on any day since 1999 (for a place since 2010).

>>> import orgmap
>>> with orgmap.open() as g:
...     [body["name"] for body in g.find("CT9 1AA", "1 June 2013") if body["role"] == "commissioner"]
['NHS Thanet CCG']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike

    from orgmap.answer import Answer
    from orgmap.drawing import Picture
    from orgmap.graph import Graph
    from orgmap.graphmodel.errors import (
        Ambiguous,
        DataBroken,
        NothingFound,
        OrgmapError,
        StoreOutOfReach,
        WrongUse,
    )

    __version__: str

__all__ = [
    "Ambiguous",
    "Answer",
    "DataBroken",
    "Graph",
    "NothingFound",
    "OrgmapError",
    "Picture",
    "StoreOutOfReach",
    "WrongUse",
    "__version__",
    "open",
]

_ERRORS = "orgmap.graphmodel.errors"
_FROM = {
    "Answer": "orgmap.answer",
    "Graph": "orgmap.graph",
    "Picture": "orgmap.drawing",
    "Ambiguous": _ERRORS,
    "DataBroken": _ERRORS,
    "NothingFound": _ERRORS,
    "OrgmapError": _ERRORS,
    "StoreOutOfReach": _ERRORS,
    "WrongUse": _ERRORS,
}
"""Where each name lives; it is imported when it is first asked for, so that `import orgmap` is light."""


def open(
    url: str = "",
    progress: Callable[[str, int, int], None] | None = None,
    *,
    tables: str | PathLike[str] | Iterable[str | PathLike[str]] | None = None,
) -> Graph:
    """Opens the graph: the embedded one, which is built from its tables at the first use (some seconds).

    `url` is `networkx:` for the graph in memory, or an address such as `neo4j://localhost:7687`; `progress` is told
    while building what is being read, how many steps are done, and of how many. `tables` names folders of your own
    tables that are laid over the bundled ones; without it those of ORGMAP_WITH are, with `()` none. Raises `WrongUse`
    for any other address, `StoreOutOfReach` for a server that does not answer, `DataBroken` if the tables are damaged.

    >>> import orgmap
    >>> with orgmap.open() as g:
    ...     g.show("10E", "2013-06-01").to_dict()["body"]["name"]
    'NHS Thanet CCG'
    """
    from orgmap.graph import Graph
    from orgmap.loaders.open import open_url
    from orgmap.words import laid

    with laid(tables):
        return Graph(open_url(url, progress), url)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from orgmap.loaders.itself import version

        return version()
    if name in _FROM:
        from importlib import import_module

        return getattr(import_module(_FROM[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
