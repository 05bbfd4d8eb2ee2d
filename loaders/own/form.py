"""In what form a user's file is: how its letters are written, what divides its cells, and what is no table at all."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from typing import NamedTuple

UTF8 = "utf-8-sig"
"""How the letters of a user's file are written where nobody says otherwise and no mark at its begin does."""

BEGIN = 1 << 15
"""So many bytes of a file's begin are enough to tell its form."""

MARK = "\ufeff"
"""The mark at the begin of a text; it stands again where texts were put one behind the other."""

LOOKED_AT = 50
"""So many lines of a published table tell what divides its cells."""

DIVIDERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
"""What may divide the cells of a row, and how it is called; the first counts where several could."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The marks at the begin of a file that say how it is written; the longer first."""

_SAVE = "Save the sheet as “CSV UTF-8” and name that file"
_UNPACK = "Unpack it"
_FETCH = "Fetch the file itself: from its publisher, or with git lfs pull or git annex get"
_NO_TABLES = (
    (b"PK\x03\x04", "an Excel workbook (.xlsx) or another packed file", _SAVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", _SAVE),
    (b"SQLite format 3\0", "a database", "Write the table out of it as CSV"),
    (b"PAR1", "a Parquet file", "Write the table out of it as CSV"),
    (b"%PDF-", "a PDF", "Ask whoever made it for the table as CSV"),
    (b"{\\rtf", "a text with fonts (.rtf)", _SAVE),
    (b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (b"BZh", "a packed file (bzip2)", _UNPACK),
    (b"\xfd7zXZ\0", "a packed file (xz)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)", _UNPACK),
    (b"Rar!\x1a\x07", "a packed file (rar)", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a packed file (zstd)", _UNPACK),
    (b"\x89PNG\r\n", "a picture", "Ask whoever made it for the table as CSV"),
    (b"\xff\xd8\xff", "a picture", "Ask whoever made it for the table as CSV"),
    (
        b"\x00\x05\x16\x07",
        "what macOS keeps beside a file, and not the file",
        "Name the file without “._” before its name",
    ),
    (b"version https://git-lfs.", "a pointer to a file that Git keeps elsewhere (LFS)", _FETCH),
    (b"/annex/objects/", "a pointer to a file that git-annex keeps elsewhere", _FETCH),
)
"""How files begin that people take for tables, what they are, and what is to be done."""

_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_EXCELS_HINT = re.compile(r"sep=([,;\t|])\r?\n?")


class FileForm(NamedTuple):
    """How a file is written, what divides its cells, and whether its first line only says that."""

    encoding: str
    divider: str = ","
    hinted: bool = False


def no_table(begin: bytes) -> tuple[str, str]:
    """What a file is that is no table in letters, and what is to be done; blank where its begin may be one.

    >>> no_table(b"PK\\x03\\x04")[0]
    'an Excel workbook (.xlsx) or another packed file'
    """
    if _PAGE.match(begin.removeprefix(codecs.BOM_UTF8)):
        return (
            "a page of the web or XML",
            "Fetch the table itself: a page that asks to sign in may have come in its place",
        )
    return next(((what, do) for mark, what, do in _NO_TABLES if begin.startswith(mark)), ("", ""))


def form_of(begin: bytes, encoding: str = UTF8) -> FileForm:
    """The form of a file, from its begin; what a mark says of its letters goes before a Unicode `encoding`.

    >>> form_of("place;people\\nKent;5\\n".encode("utf-16"))
    FileForm(encoding='utf-16', divider=';', hinted=False)
    """
    if codecs.lookup(encoding).name.startswith("utf"):
        encoding = next((name for mark, name in _MARKS if begin.startswith(mark)), encoding)
    # A letter that is cut in two at the end is not there yet.
    try:
        text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(begin)
    except UnicodeError:  # some encodings replace nothing; who reads on is told where
        return FileForm(encoding)
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    if lines and (hint := _EXCELS_HINT.fullmatch(lines[0])):
        return FileForm(encoding, hint[1], hinted=True)
    return FileForm(encoding, _divider(lines[:2]))


def divided(text: str) -> tuple[str, str]:
    """A table in letters with what divides its cells, as most of its first rows say; Excel's hint of it is blanked.

    >>> divided("NHS Kent, Surrey;91Q;1\\nNHS Sussex;92A;2\\n")[1]
    ';'
    """
    text = text.replace(MARK, "")
    first, end, rest = text.partition("\n")
    if hint := _EXCELS_HINT.fullmatch(first + end):
        return f"{end}{rest}", hint[1]
    lines = [line for line in text[:BEGIN].splitlines() if line.strip()][:LOOKED_AT]
    return text, max(DIVIDERS, key=lambda divider: _usual_width(lines, divider), default=",")


def _width(line: str, divider: str) -> int:
    """How many cells a line has, divided so; none where that cannot be told: whoever reads on says why."""
    try:
        return len(next(csv.reader([line], delimiter=divider), []))
    except csv.Error:
        return 0


def _usual_width(lines: list[str], divider: str) -> int:
    """How many cells most of these lines have, divided so."""
    widths = Counter(_width(line, divider) for line in lines)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _divider(lines: list[str]) -> str:
    """What divides the cells of a header and the row below it: commas, unless there are none and another does."""
    for divider in DIVIDERS:
        widths = [_width(line, divider) for line in lines]
        if widths and (widths[0] if divider == "," else min(widths)) > 1:
            return divider
    return ","
