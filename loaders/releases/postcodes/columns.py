"""Postcodes as columns of numbers: read from letters all at once, kept sorted, and packed for keeping."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.stores.packed_places import LETTERS
from orgmap.loaders.halves import HALVES
from orgmap.loaders.releases.listings import YEARS_AHEAD

Numbers = NDArray[Any]
"""A column of numbers."""

OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?", re.ASCII)
LONGEST = 4
"""So many letters has the first half of a postcode at most."""

_NUMBER = "<u4"
_FIRST_YEAR, _MONTHS = 1900, 12


class PostcodeList(NamedTuple):
    """What a list says of each postcode, in the order of the alphabet.

    `keys` are numbers: the place of its first half among the `outcodes` and the number of its second half. `code_of` is
    the place of the code of its neighbourhood among the `codes`; `ended` the month in which it ended, 0 for none.
    `east` and `north` are metres on the national grid, in lists that name no neighbourhoods; -1 where not known.
    """

    outcodes: tuple[str, ...]
    keys: Numbers
    codes: tuple[str, ...]
    code_of: Numbers
    ended: Numbers
    east: Numbers
    north: Numbers


def keys_of(data: Numbers, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """The first half of each postcode as a number of four letters, and the number of its second half (-1: none).

    `data` are the letters of all of them, each from its start to before its end; spaces in between do not count.
    """
    if not len(data):
        return np.zeros(len(starts), np.uint32), np.full(len(starts), -1, np.int32)
    last = len(data) - 1
    # Below its first letter a byte begins again at 255, so that one comparison finds what is no letter.
    digit, second, third = (
        data[np.clip(ends - back, 0, last)] - np.uint8(ord(least))
        for back, least in ((3, "0"), (2, "A"), (1, "A"))
    )
    right = (
        (digit < 10) & (second < LETTERS) & (third < LETTERS) & (ends - starts >= 5) & (ends - starts <= 8)
    )
    half = (digit.astype(np.int32) * LETTERS + second) * LETTERS + third
    first = np.zeros(len(starts), np.uint32)
    for place in range(LONGEST + 1):
        at = starts + place
        letter = np.where(at < ends - 3, data[np.minimum(at, last)], np.uint8(ord(" ")))
        if place == LONGEST:
            right &= letter == ord(" ")
        else:
            first |= np.where(letter == ord(" "), np.uint8(0), letter).astype(np.uint32) << np.uint32(
                8 * (LONGEST - 1 - place)
            )
    return first, np.where(right, half, -1)


def outcode_text(number: int) -> str:
    """The first half of a postcode that a number stands for; blank for what is none.

    >>> outcode_text(int.from_bytes(b"CT9\\0", "big")), outcode_text(7)
    ('CT9', '')
    """
    text = number.to_bytes(LONGEST, "big").rstrip(b"\0").decode("latin-1")
    return text if OUTCODE.fullmatch(text) else ""


def month_of(text: str) -> int:
    """The number of a month, from 1; 0 for none, -1 for what is no month.

    A number with a point is how programs write a month of a column that has blanks.

    >>> month_of("202108") == month_of("2021-08") == month_of("20210815"), month_of(""), month_of("209913")
    (True, 0, -1)
    >>> month_of("202108.0") == month_of("202108")
    True
    """
    digits = text.removesuffix(".0").replace("-", "")
    if not digits:
        return 0
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (6, 8):
        return -1
    year, month = int(digits[:4]) - _FIRST_YEAR, int(digits[4:6])
    last = int(today()[:4]) + YEARS_AHEAD - _FIRST_YEAR
    return year * _MONTHS + month if 0 <= year <= last and 1 <= month <= _MONTHS else -1


def first_day(month: int) -> str:
    """The first day of a numbered month; blank for none.

    >>> first_day(month_of("202108")), first_day(0)
    ('2021-08-01', '')
    """
    year, place = divmod(month - 1, _MONTHS)
    return f"{year + _FIRST_YEAR}-{place + 1:02}-01" if month else ""


def packed(listed: PostcodeList) -> bytes:
    """A list for keeping: the same bytes for the same content."""
    points = bool(len(listed.east) and (listed.east >= 0).any())
    about = {
        "postcodes": len(listed.keys),
        "outcodes": listed.outcodes,
        "codes": listed.codes,
        "points": points,
    }
    columns = [np.diff(listed.keys, prepend=0), listed.code_of, listed.ended]
    columns += [listed.east + 1, listed.north + 1] if points else []
    parts = [column.astype(_NUMBER).tobytes() for column in columns]
    return json.dumps(about).encode() + b"\n" + b"".join(parts)


def unpacked(raw: bytes) -> PostcodeList:
    """The list that `packed` wrote. Raises `ValueError` for what it did not write."""
    head, _, rest = raw.partition(b"\n")
    about = json.loads(head)
    count = about["postcodes"]
    columns = np.frombuffer(rest, _NUMBER).reshape(-1, count) if count else np.zeros((3, 0), _NUMBER)
    deltas, code_of, ended, *points = (column.astype(np.int32) for column in columns)
    nothing = np.full(count, -1, np.int32)
    east, north = (points[0] - 1, points[1] - 1) if points else (nothing, nothing)
    outcodes, codes = tuple(about["outcodes"]), tuple(about["codes"])
    return PostcodeList(outcodes, np.cumsum(deltas, dtype=np.int32), codes, code_of, ended, east, north)


def numbered(texts: Iterable[str]) -> dict[str, int]:
    """Texts with their place in the order of the alphabet."""
    return {text: number for number, text in enumerate(sorted(set(texts)))}


def places_of(texts: Iterable[str]) -> tuple[Numbers, list[str]]:
    """The place of each text among the different ones, and these as they come.

    >>> places_of(["b", "a", "b"])
    (array([0, 1, 0], dtype=int32), ['b', 'a'])
    """
    known: dict[str, int] = {}
    places = [known.setdefault(text, len(known)) for text in texts]
    return np.array(places, np.int32), list(known)


def halves_text(order: Numbers) -> str:
    """Second halves by their numbers, each with a blank behind it."""
    return _half_letters()[order].tobytes().decode("ascii")


def _half_letters() -> Numbers:
    letters = np.full((HALVES, 4), ord(" "), np.uint8)
    digit, rest = np.divmod(np.arange(HALVES), LETTERS * LETTERS)
    letters[:, 0] = digit + ord("0")
    letters[:, 1] = rest // LETTERS + ord("A")
    letters[:, 2] = rest % LETTERS + ord("A")
    return letters


def texts_as_letters(texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    """Texts as one row of letters, with the start and the end of each; letters beyond ASCII become question marks."""
    raw = "".join(texts).encode("ascii", "replace")
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if len(texts) else ends
    return np.frombuffer(raw, np.uint8), starts, ends
