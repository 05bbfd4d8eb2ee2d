"""Threads that answer, each with a store of its own; a few questions wait for one, more are refused."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from orgmap.graph import Graph
from orgmap.graphmodel.errors import OrgmapError, StoreDamaged, StoreOutOfReach

T = TypeVar("T")


class Busy(Exception):
    """No thread is free, or the answer took too long; `seconds` says when to ask again, which a browser does by itself
    where what is asked for is being made."""

    def __init__(self, message: str, seconds: int, comes_by_itself: bool = False) -> None:
        super().__init__(message)
        self.seconds, self.comes_by_itself = seconds, comes_by_itself


class Workers:
    """Answers in threads. A graph is opened by the thread that asks it, and anew when its store was replaced."""

    def __init__(
        self,
        open_graph: Callable[[bool], Graph],
        threads: int = 4,
        seconds: float = 30.0,
        waiting: int = 64,
    ) -> None:
        """`open_graph` opens the graph, built anew if it is given True; an answer may take so many `seconds`."""
        self._open, self._seconds, self._most = open_graph, seconds, threads + waiting
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="orgmap")
        self._own = threading.local()
        self._opening = threading.Lock()
        self._graphs: list[Graph] = []
        self._busy = 0

    async def ask(self, work: Callable[[Graph], T], seconds: float | None = None) -> T:
        """What a piece of work makes of the graph. Raises `Busy`, and what the work raises."""
        if self._busy >= self._most:
            raise Busy("Too many questions are waiting for an answer. Ask again in a moment.", 2)
        self._busy += 1
        begun = asyncio.get_running_loop().run_in_executor(self._pool, self.answer, work)
        begun.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(begun), seconds or self._seconds)
        except TimeoutError as error:
            raise Busy(
                f"This takes more than {seconds or self._seconds:g} seconds: ask for less, a place or a kind.",
                60,
            ) from error

    def answer(self, work: Callable[[Graph], T]) -> T:
        """The same in the thread that calls: a store that was damaged or replaced meanwhile is opened once more."""
        try:
            return work(self._graph())
        except (StoreDamaged, StoreOutOfReach) as error:
            self._give_up()
            return work(self._graph(isinstance(error, StoreDamaged)))

    def _done(self, begun: asyncio.Future[T]) -> None:
        self._busy -= 1
        if not begun.cancelled():
            begun.exception()  # looked at: an answer that came too late is nobody's

    def _graph(self, rebuild: bool = False) -> Graph:
        graph: Graph | None = getattr(self._own, "graph", None)
        if graph is None:
            with self._opening:
                graph = self._own.graph = self._open(rebuild)
                self._graphs.append(graph)
        return graph

    def _give_up(self) -> None:
        graph = self._own.__dict__.pop("graph", None)
        if graph is not None:
            self._graphs.remove(graph)
            with suppress(OrgmapError):
                graph.close()

    def close(self) -> None:
        """Lets what is asked come to its end, and gives up the stores."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for graph in self._graphs:
            with suppress(OrgmapError):
                graph.close()
        self._graphs.clear()
