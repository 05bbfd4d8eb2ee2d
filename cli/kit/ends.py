"""How a command begins and ends whatever its surroundings: odd encodings, closed streams, signals, crashes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO, TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Any

from orgmap.cli.kit.harmless import CarefulStandardError, Harmless
from orgmap.graphmodel.errors import Unexpected

_HERE = Path(__file__).resolve().parents[2]


class Stopped(BaseException):
    """The process is asked to end; raised so that whatever is half written is taken away first."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _stop(number: int, _: FrameType | None) -> None:
    raise Stopped(number)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Tidies up before a SIGTERM or SIGHUP ends the process, as Ctrl-C does. What is ignored stays ignored."""
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                before[number] = signal.signal(number, _stop)
    try:
        yield
    except Stopped as stopped:
        sys.exit(128 + stopped.number)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def streams_for_people() -> Iterator[None]:
    """Standard streams that are there, can spell every letter, and hand no control characters to a terminal."""
    _open_what_is_closed()
    kept = (sys.stdout, sys.stderr)
    for stream in kept:
        if isinstance(stream, TextIOWrapper):
            _spell_all(stream)
    out, err = Harmless(sys.stdout), CarefulStandardError(sys.stderr)
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        if sys.stdout is out:
            sys.stdout = kept[0]
        if sys.stderr is err:
            sys.stderr = kept[1]


def _open_what_is_closed() -> None:
    """Puts the null device in the place of a standard stream that is closed: no file may take its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            setattr(sys, name, TextIOWrapper(FileIO(number, "wb", closefd=False), encoding="utf-8"))


def settled(stream: Any) -> OSError | None:
    """Writes out what a stream still holds; one that takes no more is turned away from, and why is given back."""
    try:
        stream.flush()
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error if isinstance(error, OSError) else None
    return None


def _spell_all(stream: TextIOWrapper) -> None:
    """A terminal that lacks a letter is no reason to fail."""
    try:
        "£ → 𝄞".encode(stream.encoding, "backslashreplace")
        stream.reconfigure(errors="backslashreplace")
    except (LookupError, UnicodeError):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def unexpected(error: Exception) -> Unexpected:
    """What to say of an error that nobody foresaw: what it is and where, never the values that it met."""
    if isinstance(error, MemoryError):
        return Unexpected("There is not enough memory for this. Ask for less, or a smaller file.")
    if isinstance(error, OSError) and error.filename is None:
        return Unexpected(f"The output cannot be written: {error.strerror or error}.")
    return Unexpected(
        f"Something went wrong ({type(error).__name__} at {_place(error)}). This is a fault of the program,"
        " not yours. Please report this line and the command to those who keep orgmap; orgmap --version says which"
        " version it is."
    )


def _place(error: BaseException) -> str:
    """The innermost line of the project's own that an error went through."""
    place, trace = "an unknown line", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_HERE) and "site-packages" not in path.relative_to(_HERE).parts:
            place = f"{path.relative_to(_HERE).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
