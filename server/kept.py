"""Answers that were given are kept, as long as there is room: the graph does not change while it is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class Kept:
    """Texts by what was asked; those not asked for longest go first. May be used by several threads."""

    def __init__(self, room: int = 64_000_000, longest: int = 16_000_000) -> None:
        """`room` for so many bytes in all; one of more than `longest` is not kept."""
        self._room, self._longest, self._held = room, longest, 0
        self._texts: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Hashable) -> bytes | None:
        """What was answered, if it is still there."""
        with self._lock:
            if asked in self._texts:
                self._texts.move_to_end(asked)
            return self._texts.get(asked)

    def put(self, asked: Hashable, text: bytes) -> None:
        """Keeps an answer."""
        if len(text) > self._longest:
            return
        with self._lock:
            self._held += len(text) - len(self._texts.pop(asked, b""))
            self._texts[asked] = text
            while self._held > self._room:
                self._held -= len(self._texts.popitem(last=False)[1])
