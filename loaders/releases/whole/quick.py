"""The register in XML, read several times quicker: bodies of the usual form by patterns, all else by the slow reader.

A pattern takes a body only where it understands every letter of it; the file's head, its end and whatever is otherwise
in between go to `ods_xml`, whose answers these are. Bodies come in the order of the file, each with its line.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import IO

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.ods_xml import Manifest, XmlBody, XmlReading
from orgmap.loaders.releases.whole.patterns import dialect_of, patterns_of

BLOCK = 1 << 22
"""So many bytes are read at a time."""

LONGEST_BODY = 1 << 24
"""A body of more letters is left to the slow reader, which has bounds of its own."""

HEAD_AT_MOST = 1 << 22
"""So many letters may stand before the first body."""

_NO_LETTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""What is UTF-8 and yet no letter that XML may hold."""

_UNSEEN = (b"\x7f", *(chr(one).encode() for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Letters that nobody can see, which the slow reader refuses."""

_FIRST = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)Organisation[ \t\r\n>]")
_OTHERWISE = re.compile(rb"""^(?:\xff\xfe|\xfe\xff)|<!DOCTYPE|<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.I)
"""What is not for patterns: another encoding, and declarations that may change what attributes mean."""


def read_quickly(file: IO[bytes], label: str, manifest: Manifest) -> Iterator[XmlBody]:
    """Every body of a register file, in its order: the same as `ods_xml.read_bodies`, and refused as there."""
    return _Reader(file, label, manifest).bodies()


class _Reader:
    """A file while it is read: the letters that are not used up, and the slow reader, which gets what is otherwise."""

    def __init__(self, file: IO[bytes], label: str, manifest: Manifest) -> None:
        self._file, self._label = file, label
        self._reading = XmlReading(label, manifest)
        self._decoder = getincrementaldecoder("utf-8")()
        self._text, self._at = b"", 0
        self._line, self._counted = 1, 0
        self._passed = 0
        self._ended, self._is_plain = False, True

    def bodies(self) -> Iterator[XmlBody]:
        """See `read_quickly`."""
        first = self._file.read(BLOCK)
        start = _FIRST.search(first)
        if _OTHERWISE.search(first[: start.start() if start else len(first)]):
            yield from self._slowly(first)
            return
        self._take(first)
        while not (start := _FIRST.search(self._text)) and not self._ended and len(self._text) < HEAD_AT_MOST:
            self._take(self._file.read(BLOCK))
        head = self._text[: start.start()] if start else self._text
        if not start or head.count(b"<!--") != head.count(b"-->") or b"<![CDATA[" in head:
            yield from self._rest()
            return
        form = patterns_of(dialect_of(start[1].decode(), self._text[start.start() :]))
        self._hand_over(start.start())
        yield from self._reading.finished()
        while True:
            while self._is_plain and (found := form.body(self._text, self._at, self._reach)):
                body, end = found
                self._reading.found_elsewhere()
                self._passed += self._text.count(b"\n", self._at, end)
                self._at = end
                yield body
            end = form.end_of(self._text, self._at)
            if end > 0:
                self._hand_over(end)
                yield from self._reading.finished()
                if not self._reading.is_between:  # what looked like the end of a body stands in a comment
                    yield from self._rest()
                    return
            elif self._ended or end < 0 or not self._is_plain or len(self._text) - self._at > LONGEST_BODY:
                yield from self._rest()
                return
            else:
                self._take(self._file.read(BLOCK))

    def _take(self, raw: bytes) -> None:
        """More of the file, behind what is left; all of it must be text."""
        self._ended = not raw
        try:
            self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            self._reach(len(self._text))
            line = self._line + error.object[: error.start].count(b"\n")
            raise DataBroken(f"{self._label}:{line}: is no UTF-8 text. Fetch the file again.") from error
        self._reach(self._at)
        self._text, self._at, self._counted = self._text[self._at :] + raw, 0, 0
        self._is_plain = not any(one in self._text for one in (*_NO_LETTERS, *_UNSEEN))

    def _reach(self, place: int) -> int:
        """The line of a place, counted on from the last."""
        self._line += self._text.count(b"\n", self._counted, place)
        self._counted = place
        return self._line

    def _hand_over(self, end: int) -> None:
        """Gives the slow reader what stands up to a place, and as many empty lines as it did not see before."""
        self._reading.feed(b"\n" * self._passed + self._text[self._at : end])
        self._at, self._passed = end, 0

    def _rest(self) -> Iterator[XmlBody]:
        """Leaves all that is left to the slow reader."""
        end, self._at = self._at, len(self._text)
        yield from self._slowly(b"\n" * self._passed + self._text[end:])

    def _slowly(self, raw: bytes) -> Iterator[XmlBody]:
        self._reading.feed(raw)
        yield from self._reading.finished()
        while raw := self._file.read(BLOCK):
            self._reading.feed(raw)
            yield from self._reading.finished()
        self._reading.feed(b"", last=True)
        yield from self._reading.finished()
        self._reading.end()
