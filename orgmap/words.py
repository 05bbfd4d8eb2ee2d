"""Graphs with different own tables in one process: each question is answered in the words of its own graph."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from orgmap.graphmodel.term_tables import laid_over, lay_over

if TYPE_CHECKING:
    from orgmap.loaders.own.words import Folders

G = TypeVar("G")

_TURN = RLock()
"""Only one set of words is in use at a time: whoever asks in others waits."""


@contextmanager
def laid(tables: Folders) -> Iterator[None]:
    """Lays folders of own tables over the project's while a graph is opened. Raises what `use` does."""
    from orgmap.loaders.own.words import use

    with _TURN:
        use(tables)
        yield


def in_its_words(graph: type[G]) -> type[G]:
    """A class of graphs whose questions are answered in the words with which each was opened (its `tables`).

    They stay in use for the next question; closing the graph takes them off.
    """
    for name, method in inspect.getmembers(graph, inspect.isfunction):
        if not name.startswith("_"):
            setattr(graph, name, _answered(method, name == "close"))
    return graph


def _answered(method: Callable[..., Any], last: bool) -> Callable[..., Any]:
    @wraps(method)
    def asked(graph: Any, *arguments: Any, **options: Any) -> Any:
        with _TURN:
            if laid_over() != graph.tables and not last:
                lay_over(*graph.tables)
            try:
                return method(graph, *arguments, **options)
            finally:
                if last and laid_over() == graph.tables != ():
                    lay_over()

    return asked
