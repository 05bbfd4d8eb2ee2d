"""Opening the store for a command, with a progress bar if it must be built, and answering in one shape."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from orgmap.cli.kit.harmless import unfiltered
from orgmap.graphmodel.errors import DataBroken, StoreDamaged
from orgmap.graphmodel.store import Store

T = TypeVar("T")

_BUILDING = "building the graph from its tables (once; some seconds) …"


@contextmanager
def store_at(url: str, rebuild: bool = False) -> Iterator[Store]:
    """The store of `--store`, closed afterwards; the embedded one is built first where that is due."""
    from orgmap.loaders.open import open_store, open_url

    progress = Progress()
    try:
        store: Store = (
            open_store(progress.step, rebuild) if rebuild or not url else open_url(url, progress.step)
        )
    finally:
        progress.end()
    try:
        yield store
    finally:
        store.close()


class Progress:
    """Says how far a build has come: a bar on a terminal, one line elsewhere; nothing if nothing is built."""

    def __init__(self, doing: str = "Building the graph", said: str = _BUILDING) -> None:
        self._doing = doing
        self._line = said
        self._bar: Any = None
        self._task: Any = None
        self._said = False

    def step(self, name: str, done: int, of: int) -> None:
        """Called by the builder."""
        if not sys.stderr.isatty():
            if not self._said:
                print(f"orgmap: {self._line}", file=sys.stderr)
            self._said = True
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(file=unfiltered(sys.stderr)), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._doing, total=of)
        self._bar.update(self._task, completed=done, description=f"{self._doing}: {name}", total=of)

    def end(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()


def with_store(url: str, work: Callable[[Store], T], again: bool = True) -> T:
    """Gives the store to a piece of work; if an embedded one turns out damaged, builds it and starts `again`."""
    try:
        with store_at(url) as store:
            return work(store)
    except StoreDamaged as error:
        if url:
            raise DataBroken(f"The store at {url} is damaged ({error}).") from error
        if not again:
            raise DataBroken(
                f"The built graph is damaged ({error}). Run orgmap build, then this again."
            ) from error
        print(f"orgmap: the built graph is damaged ({error}); building it again.", file=sys.stderr)
        with store_at(url, rebuild=True) as store:
            return work(store)
