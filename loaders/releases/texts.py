"""Text as publishers hand it out: decoded, without letters that give orders, whole to its last line."""

from __future__ import annotations

import json
import re
from typing import Any

from orgmap.graphmodel.errors import DataBroken

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Letters that give orders, to a terminal or to whoever writes from right to left: no file has them."""

LARGEST_TEXT, LARGEST_JSON = 128 * 1024 * 1024, 32 * 1024 * 1024
"""So many bytes has a list as text at most, and so many letters one in JSON, which swells when it is read."""

_UNSEEN = re.compile(
    f"{CONTROL.pattern[:-1]}\x80-\x9f\u061c\u200b-\u200f\u2028\u2029\u2060-\u2065\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""These, and letters without width, marks of direction and halves of letters: no name and no code has them."""

_IN_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_ENDS, CLOSING = (b"\n", b"\r"), b'"'
"""How a table ends whose last row is whole: with a line end, or a mark that closes its last cell."""


def unseen(text: str) -> bool:
    """Whether a text holds letters that nobody can see.

    >>> unseen("one line"), unseen("\x1b[2J"), unseen("G82\u200b001")
    (False, True, True)
    """
    return bool(_UNSEEN.search(text))


def told_name(name: str) -> str:
    r"""The name of a file as it is kept: in letters that can be written and seen.

    >>> told_name("epraccur.csv"), told_name("odd\nname")
    ('epraccur.csv', 'odd\\nname')
    """
    return "".join(
        one.encode("unicode_escape").decode() if unseen(one) or one in "\t\n\r" else one for one in name
    )


def decoded(raw: bytes, label: str) -> str:
    """A publisher's text: UTF-8, or Windows-1252 as older ones are. Raises `DataBroken` with the line for neither, and
    for more than any publisher writes."""
    if len(raw) > LARGEST_TEXT:
        raise DataBroken(f"{label}: has more than {LARGEST_TEXT:,} bytes of text; refused.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as first:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise DataBroken(
                f"{label}:1: is UTF-16 text, which no publisher writes: it was saved so elsewhere. Fetch the file"
                " again, or save it as “CSV UTF-8”."
            ) from first
        text = _of_older_ones(raw, label, _line(raw, first.start))
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DataBroken(
            f"{label}:{line}: holds letters that nobody can see (control characters). Fetch the file again."
        )
    return text


def _of_older_ones(raw: bytes, label: str, line: int) -> str:
    """Text in Windows-1252, unless most of its letters are written as in UTF-8: then it is of two encodings."""
    odd = len(raw) - len(raw.translate(None, _BEYOND_ASCII))
    if 2 * sum(map(len, _IN_UTF8.findall(raw))) >= odd:
        raise DataBroken(
            f"{label}:{line}: is UTF-8 text in other lines and not in this one. Fetch the file again, or save it as"
            " UTF-8."
        )
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line(raw, error.start)
        raise DataBroken(
            f"{label}:{line}: is neither UTF-8 nor Windows-1252 text. Fetch the file again."
        ) from error


def _line(raw: bytes, place: int) -> int:
    return raw.count(b"\n", 0, place) + 1


def not_whole(end: bytes, label: str, line: int, is_closed: bool = True) -> DataBroken | None:
    """What to say of a table that does not end as a whole one does: its last cell may be half of one.

    `is_closed` says whether whoever read it made sure that a mark at its end closes a cell, and opens none.
    """
    if not end or end.endswith(_ENDS) or (is_closed and end == CLOSING):
        return None
    return DataBroken(
        f"{label}:{line}: the last line has no end: the file may be cut off. Fetch it again; if it is whole, put a line"
        " end behind its last row."
    )


class _Twice(ValueError):
    """A thing that is said twice of one body, in JSON."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def whole_json(text: str, label: str) -> Any:
    """What a text in JSON holds. Raises `DataBroken` with the line of one that is cut off, or says a thing twice."""
    if len(text) > LARGEST_JSON:
        raise DataBroken(f"{label}: has more than {LARGEST_JSON:,} letters of JSON; refused.")
    try:
        return json.loads(text, object_pairs_hook=_once)
    except _Twice as error:
        line = text.count("\n", 0, max(0, text.rfind(json.dumps(error.args[0])))) + 1
        raise DataBroken(
            f"{label}:{line}: says “{error.args[0][:40]}” twice. Fetch the file again."
        ) from error
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise DataBroken(f"{label}:{line}: is no whole JSON. Fetch the file again.") from error
