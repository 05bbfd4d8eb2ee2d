"""A line to a server that breaks: everything passes through it until so many bytes have gone by."""

from __future__ import annotations

import contextlib
import socket
from threading import Lock, Thread
from types import TracebackType
from urllib.parse import urlsplit


class BreakingLine:
    """Passes bytes on to a server. After so many from the client it breaks, for good or so many `times`."""

    def __init__(self, url: str, after: int, times: int | None = None) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "", parts.port or 0)
        self._left, self._after, self._times = after, after, times
        self._lock = Lock()
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        # Not neo4j://, by which the client would learn the server's own address and go round the line.
        self.url = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> BreakingLine:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(self._listening)
        self._cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._target)
                self._open += [client, server]
                Thread(target=self._pass, args=[client, server, True], daemon=True).start()
                Thread(target=self._pass, args=[server, client, False], daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if counted and self._breaks(len(piece)):
                    self._cut()
                    return
                target.sendall(piece)
        self._close(source, target)

    def _breaks(self, size: int) -> bool:
        with self._lock:
            self._left -= size
            if self._left > 0 or self._times == 0:
                return False
            if self._times is None:
                self._close(self._listening)  # for good
            else:
                self._times, self._left = self._times - 1, self._after
            return True

    def _cut(self) -> None:
        self._close(*self._open)
        self._open.clear()

    @staticmethod
    def _close(*sockets: socket.socket) -> None:
        for one in sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
