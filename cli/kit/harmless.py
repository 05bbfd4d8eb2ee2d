"""Words that came from outside, shown so that no terminal takes them for orders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

_ORDERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters and escapes, and what turns the direction of writing; line feeds and tabs are harmless."""

_QUOTED = re.compile("“([^“”]{200,})”")
_UNBROKEN = re.compile(r"\S{260,}")
_LONGEST_SENTENCE = 4000


def harmless(text: str) -> str:
    """A text whose control characters are spelled out.

    >>> harmless("Kent\\x1b[31m")
    'Kent\\\\x1b[31m'
    """
    return _ORDERS.sub(_spelled, text)


def in_a_cell(text: str) -> str:
    """A text for one cell or one line: its line feeds and tabs are spelled out too."""
    return harmless(text).replace("\n", "\\n").replace("\t", "\\t")


def in_json(text: str) -> str:
    """The same JSON, in which no control character stands as itself."""
    return _ORDERS.sub(lambda found: "".join(f"\\u{unit:04x}" for unit in _units(found.group())), text)


def _units(letter: str) -> list[int]:
    raw = letter.encode("utf-16-be")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def sentence(text: str) -> str:
    """An error as one line of a sensible length: long quotations and words are cut."""
    short = _QUOTED.sub(lambda found: f"“{found.group(1)[:80]}…”", text)
    short = _UNBROKEN.sub(lambda found: f"{found.group()[:80]}…", short)
    if len(short) > _LONGEST_SENTENCE:
        short = f"{short[:_LONGEST_SENTENCE]}…"
    return in_a_cell(short)


def _spelled(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode("ascii")


class Harmless:
    """A stream for people: what is written to it is made harmless on its way to the real one."""

    def __init__(self, stream: Any) -> None:
        self.unfiltered = stream

    def write(self, text: str) -> int:
        """Writes a text."""
        self.unfiltered.write(harmless(text))
        return len(text)

    def flush(self) -> None:
        """Hands over what is still held."""
        self.unfiltered.flush()

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unfiltered, name)


class CarefulStandardError(Harmless):
    """Standard error: where words cannot be told (it is full, its reader is gone) the exit code still tells."""

    def write(self, text: str) -> int:
        """Writes a text, if that can be done."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Hands over what is still held, if that can be done."""
        with suppress(OSError):
            super().flush()


def unfiltered(stream: Any) -> Any:
    """The real stream, for what draws with escapes of its own or writes data."""
    return getattr(stream, "unfiltered", stream)


def for_data(stream: Any) -> Any:
    """The stream for data: as they are, but on a terminal harmless."""
    return stream if stream.isatty() else unfiltered(stream)
