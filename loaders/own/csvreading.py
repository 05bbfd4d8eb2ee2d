"""Reading a user's CSV file in blocks of rows: no more in memory than a block, and every fault told with its line."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain, dropwhile
from operator import not_
from pathlib import Path
from typing import BinaryIO, NamedTuple

from orgmap.graphmodel.errors import WrongUse
from orgmap.loaders.outputs import STANDARD, copies_aside, room_for_copies
from orgmap.loaders.own.form import BEGIN, DIVIDERS, UTF8, FileForm, form_of, no_table

LONGEST_CELL = 1_000_000
LONGEST_ROW = 4_000_000
"""So many letters a cell and a row may have: more is no table that people keep, and would fill the memory."""

CHUNK = BEGIN
"""So many bytes are read together."""

Readable = Path | bytes
"""A file by its name, or what was sent instead of one: its bytes, of which nothing is written to a disk."""

SENT = Path("the table")
"""What a table is called that came without a name."""

Watch = Callable[[BinaryIO, Path], AbstractContextManager[BinaryIO]]
"""Given a file as it is read, says how far the reading has come."""


def readable(file: str | Readable) -> Readable:
    """A file as it was named, or the bytes that were sent."""
    return file if isinstance(file, bytes) else Path(file)


def called(file: Readable) -> Path:
    """What people call a file.

    >>> str(called(b"a,b")), str(called(Path("a.csv")))
    ('the table', 'a.csv')
    """
    return SENT if isinstance(file, bytes) else file


_ENDS = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a file, read a chunk at a time; a row of them that would fill the memory is refused."""

    def __init__(
        self, raw: BinaryIO, source: Path, form: FileForm, begin: bytes = b"", choice: bool = True
    ) -> None:
        """`begin` was read already, to find the form; `choice`: whoever asks can say how the letters are written."""
        self._raw, self._source, self.form, self._begin, self._choice = raw, source, form, begin, choice
        self.number = 0
        """Lines that were given out."""
        self.fresh = False
        """Whether a chunk was given out of which no row has come yet: who takes a row says that it has."""

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._checked(self._whole_lines()))

    def _checked(self, chunks: Iterator[str]) -> Iterator[list[str]]:
        """The lines of texts, each as a list; no letter of them is given out behind one that is wrong."""
        letters = 0
        for text in chunks:
            lines = list(io.StringIO(text, newline=""))
            wrong = next((n for n, line in enumerate(lines) if "\0" in line), None) if "\0" in text else None
            letters = letters + len(text) if self.fresh else len(text)
            if self.form.hinted and not self.number:
                lines[:1] = ["\n"]  # it is no header, and a line all the same
            self.fresh = True
            self.number += len(lines) if wrong is None else wrong
            yield lines[:wrong]
            if wrong is not None:
                raise WrongUse(
                    f"{self._source}:{self.number + 1}: there is a NUL in this line: the file is not a CSV table, or in"
                    f" another encoding{' (--encoding utf-16)' if self._choice else ''}; nothing was written."
                )
            if self.fresh and letters >= LONGEST_ROW:
                raise self._too_long(self.number)

    def _whole_lines(self) -> Iterator[str]:
        """The text in pieces that end where a line ends."""
        decoder = codecs.getincrementaldecoder(self.form.encoding)()
        begun, ended = "", False
        while not ended:
            raw, self._begin = self._begin or self._raw.read(CHUNK), b""
            ended = not raw
            try:
                text = begun + decoder.decode(raw, ended)
            except UnicodeDecodeError as error:
                # What stands before it is given out first: it may have a fault of its own.
                # Other codecs call themselves what no codec is found by (“charmap”, “unicodeescape”).
                encoding = error.encoding if error.encoding.startswith("utf") else self.form.encoding
                text = begun + error.object[: error.start].decode(encoding, "replace")
                yield text[: text.rfind("\n") + 1]
                raise
            end = len(text) if ended else (text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1)
            if end:
                yield text[:end]
            begun = text[end:]
            if len(begun) >= LONGEST_ROW:
                raise self._too_long(self.number + 1)

    def no_letters(self, file: Readable, error: UnicodeError) -> WrongUse:
        """That the file, which lies there, is not written as was thought, from which line on."""
        meant = error.encoding if isinstance(error, UnicodeDecodeError) else self.form.encoding
        line = _undecodable_line(file, self.form.encoding) or self.number + 1
        do = "Say the file's encoding, e.g. --encoding cp1252" if self._choice else "Save it as “CSV UTF-8”"
        return WrongUse(f"{self._source}:{line}: this is not {meant} text. {do}; nothing was written.")

    def _too_long(self, number: int) -> WrongUse:
        return WrongUse(
            f"{self._source}:{number}: this row has more than {LONGEST_ROW:,} letters: the file is not a"
            " CSV table, or a quote in it is never closed; nothing was written."
        )


class Block(NamedTuple):
    """Rows that were read together: `read` is all that was, `before` how many lines stand before them."""

    rows: list[list[str]]
    read: list[list[str]]
    before: int

    def line_of(self, row: list[str]) -> int:
        """The last line of one of the rows."""
        line = self.before
        for one in self.read:
            line += 1 + sum(len(_ENDS.findall(cell)) for cell in one)
            if one is row:
                break
        return line


def checked_blocks(lines: Lines, source: Path, file: Readable) -> Iterator[Block]:
    """Blocks of rows of one width, the first of which begins with the header; lines without a cell are left out.

    Raises `WrongUse` at the first row of another width, or where it is no CSV at all; `file` is where the rows lie.
    """
    width = 0
    for block in _blocks(lines, source, file):
        rows = block.read
        if not width:
            rows = list(dropwhile(not_, rows))
            width = len(rows[0]) if rows else 0
        if set(map(len, rows)) != {width}:
            # In a file of one column an empty line is an empty cell.
            rows = [row or [""] for row in rows] if width == 1 else list(filter(None, rows))
            for row in rows:
                if len(row) != width:
                    cells = "1 cell" if len(row) == 1 else f"{len(row):,} cells"
                    raise WrongUse(
                        f"{source}:{block.line_of(row)}: {cells} where the header has {width}."
                        " The file may be cut short, or not be a CSV table; nothing was written."
                    )
        if rows:
            yield block._replace(rows=rows)


def numbered_rows(lines: Lines, source: Path, file: Readable) -> Iterator[tuple[int, list[str]]]:
    """All rows, of whatever width, each with its last line. Raises `WrongUse` where it is no CSV at all."""
    for block in _blocks(lines, source, file):
        line = block.before
        for row in block.read:
            line += 1 + sum(len(_ENDS.findall(cell)) for cell in row)
            yield line, row


def _blocks(lines: Lines, source: Path, file: Readable) -> Iterator[Block]:
    """All rows, those of a chunk of the file together; the first alone."""
    before, rows = 0, list[list[str]]()
    reader = csv.reader(lines, strict=True, delimiter=lines.form.divider)
    try:
        for row in reader:
            rows.append(row)
            if lines.fresh:
                lines.fresh = False
                yield Block([], rows, before)
                before, rows = reader.line_num, []
        found = None
    except csv.Error as error:
        found = WrongUse(
            f"{source}:{reader.line_num}: this is not a CSV table ({error}); nothing was written."
        )
    except UnicodeError as error:
        found = lines.no_letters(file, error)
    except OSError as error:
        found = _unreadable(source, error)
    except WrongUse as error:
        found = error
    if rows:
        yield Block([], rows, before)  # a fault in these comes before
    if found:
        raise found


def _unreadable(source: Path, error: OSError | ValueError) -> WrongUse:
    reason = error.strerror if isinstance(error, OSError) else None
    return WrongUse(f"{source} cannot be read: {reason or error}.")


def _undecodable_line(file: Readable, encoding: str) -> int | None:
    """The line with the first byte that is wrong in an encoding: the reader runs ahead of its rows.

    None if it cannot be told: what came through a pipe is gone.
    """
    if not isinstance(file, bytes) and (file == STANDARD or not file.is_file()):
        return None
    decoder = codecs.getincrementaldecoder(encoding)()
    with io.BytesIO(file) if isinstance(file, bytes) else file.open("rb") as raw:
        number = 0
        while line := raw.readline(LONGEST_ROW):
            number += line.endswith(b"\n") or not number
            try:
                decoder.decode(line)
            except UnicodeError:
                return number
    return None


def _opened(source: Readable) -> BinaryIO:
    """A file to read, standard input for `-`, or what was sent."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return open(0, "rb", closefd=False) if source == STANDARD else source.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error


@contextmanager
def lasting(source: Path, twice: bool) -> Iterator[Path]:
    """The file itself; what comes through a pipe and must be read twice is copied first."""
    if not twice:
        yield source
        return
    with _opened(source) as raw:
        if stat.S_ISREG(os.fstat(raw.fileno()).st_mode) and source != STANDARD:
            yield source
            return
        with copies_aside() as folder:
            copy = folder / "table"
            with room_for_copies(), copy.open("wb") as out:
                out.writelines(_pieces(raw, source))
            yield copy


def _pieces(raw: BinaryIO, source: Path) -> Iterator[bytes]:
    """What can be read, piece by piece."""
    try:
        while block := raw.read(1 << 20):
            yield block
    except OSError as error:
        raise _unreadable(source, error) from error


@contextmanager
def reading(
    file: Readable, source: Path, encoding: str = UTF8, watch: Watch | None = None, choice: bool = True
) -> Iterator[Lines]:
    """The file's lines; `source` is what people call it, `choice` says whether they can say how it is written.

    A mark at the file's begin says so before anybody; its cells may be divided by commas, semicolons or tabs. Raises
    `WrongUse` for what is no table in letters, such as a workbook, with what to do.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    except (LookupError, ValueError) as error:
        raise WrongUse(f"“{encoding}” is not an encoding that is known here. Try utf-8 or cp1252.") from error
    with _opened(file) as raw, watch(raw, source) if watch else nullcontext(raw) as watched:
        try:
            begin = watched.read(CHUNK)
        except OSError as error:
            raise _unreadable(source, error) from error
        what, do = no_table(begin)
        if what:
            raise WrongUse(f"{source}:1: this is {what}, not a CSV table. {do}; nothing was written.")
        yield Lines(watched, source, form_of(begin, encoding), begin, choice)


def divider_note(lines: Lines) -> list[str]:
    """That the cells of a file are divided otherwise than those of what is written."""
    found = lines.form.divider
    called = DIVIDERS.get(found, f"“{found}”")
    return (
        [] if found == "," else [f"The file's cells are divided by {called}; those of the result by commas."]
    )
