"""Graphs with different own tables in one process: each question is answered in the words of its own graph."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import Condition, get_ident, local
from typing import TYPE_CHECKING, Any, TypeVar

from orgmap.graphmodel.term_tables import laid_over, lay_over

if TYPE_CHECKING:
    from orgmap.loaders.own.words import Folders

G = TypeVar("G")

_TURN = Condition()
"""Only one set of words is in use at a time: whoever asks in others waits, those who ask in the same ask together."""

_ASKING: set[int] = set()
"""The threads that ask just now, or open a graph."""

_OWN = local()
"""How deep in questions a thread is: one that asks already waits for nobody."""


@contextmanager
def _turn(tables: tuple[Path, ...] | None) -> Iterator[None]:
    """Waits until these words are in use (None: until nobody asks), and keeps them while a thread asks."""
    me = get_ident()
    with _TURN:
        if not (depth := getattr(_OWN, "depth", 0)):
            _TURN.wait_for(lambda: not _ASKING if tables is None else not _ASKING or laid_over() == tables)
            _ASKING.add(me)
        _OWN.depth = depth + 1
        if tables is not None and laid_over() != tables:
            lay_over(*tables)
    try:
        yield
    finally:
        with _TURN:
            _OWN.depth = depth
            if not depth:
                _ASKING.discard(me)
                _TURN.notify_all()


@contextmanager
def laid(tables: Folders) -> Iterator[None]:
    """Lays folders of own tables over the project's while a graph is opened. Raises what `use` does."""
    from orgmap.loaders.own.words import use

    with _turn(None):
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
        with _turn(None if last and graph.tables else laid_over() if last else graph.tables):
            try:
                return method(graph, *arguments, **options)
            finally:
                if last and laid_over() == graph.tables != ():
                    lay_over()

    return asked
