"""Limits of a number that a question sets: more than two million, at least ten, exactly four."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import NamedTuple

from orgmap.queries.documents.words import words
from orgmap.queries.records.asked import COUNT_WORDS

_NUMBER = re.compile(r"\b(\d[\d,]*(?:\.\d+)?)(?:\s*(million|thousand|m|k))?\b")
_TIMES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1000, "k": 1000, "": 1, None: 1}
_THRESHOLD = re.compile(
    r"\b(more than|over|above|greater than|larger than|at least|fewer than|less than|under|below|smaller than"
    r"|at most|exactly|only)\s+(?=\d)|\b(?:has|have|had|with) (?=\d)",
)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    **dict.fromkeys(("more than", "over", "above", "greater than", "larger than"), operator.gt),
    **dict.fromkeys(("fewer than", "less than", "under", "below", "smaller than"), operator.lt),
    "at least": operator.ge,
    "at most": operator.le,
    "exactly": operator.eq,
    "only": operator.eq,
}


class Limit(NamedTuple):
    """How a number compares with another one."""

    how: str
    number: float

    def holds(self, number: float) -> bool:
        """Whether a number is within the limit.

        >>> Limit("at least", 4).holds(4), Limit("more than", 4).holds(4)
        (True, False)
        """
        return _COMPARE[self.how](number, self.number)


def limit_of(text: str, units: list[str]) -> Limit | None:
    """The limit that a text sets to the number of what is counted; a number alone means just as many.

    >>> limit_of("Which areas have at least four CCGs?", ["ccg"])
    Limit(how='at least', number=4.0)
    >>> limit_of("Which areas have four CCGs?", ["ccg"]), limit_of("Which areas have four panels?", ["ccg"])
    (Limit(how='exactly', number=4.0), None)
    """
    plain = _IN_WORDS.sub(lambda one: str(COUNT_WORDS.index(one[1].lower()) + 1), text).lower()
    limit = _THRESHOLD.search(plain)
    number = _NUMBER.match(plain[limit.end() :].lstrip()) if limit else None
    if not limit or not number:
        return None
    if not limit[1] and words(plain[limit.end() + number.end() :])[:1] not in [(one,) for one in units]:
        return None
    return Limit(limit[1] or "exactly", float(number[1].replace(",", "")) * _TIMES[number[2]])


_IN_WORDS = re.compile(rf"\b({'|'.join(COUNT_WORDS)})\b", re.IGNORECASE)
