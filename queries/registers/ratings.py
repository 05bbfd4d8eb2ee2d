"""Ratings on a declared scale: how they are read, and what several come to; what is not rated is never good."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.text import shortened

SCALE = ("red", "amber-red", "amber", "amber-green", "green")
"""The ratings that there are unless a file has others, the worst first."""

NOT_RATED, NOT_KNOWN = "not rated", "not known"
"""Said of what nobody rated; and of what cannot be told because some of it was not rated."""

WORST, MOST = "worst", "most"
RULES = (WORST, MOST)
"""How several ratings come to one: the worst of them, or the one that most have, of equals the worse."""

_UNRATED = frozenset(("", "-", "n-a", "na", "none", "not-rated", "unrated", "not-known", "no-rating"))
_PARTS = re.compile(r"[\s/_–—-]+")


class RatingScale(NamedTuple):
    """The ratings that there are, the worst first.

    >>> scale = RatingScale.of("")
    >>> scale.read(" Amber "), scale.read("Amber/Red"), scale.read("n/a")
    ('amber', 'amber-red', None)
    """

    ratings: tuple[str, ...]

    @classmethod
    def of(cls, words: str | Sequence[str]) -> RatingScale:
        """The scale that is declared, its ratings divided by commas; blank is `SCALE`. Raises `WrongUse`."""
        parts = words.split(",") if isinstance(words, str) else list(words)
        named = [_word(part) for part in parts if part.strip()]
        if not named:
            return cls(SCALE)
        if len(set(named)) < len(named) or len(named) < 2 or _UNRATED.intersection(named):
            raise WrongUse(
                "A scale has two or more different ratings, the worst first: --scale red,amber,green."
            )
        return cls(tuple(named))

    def read(self, text: str) -> str | None:
        """The rating that somebody wrote; None for none. Raises `WrongUse` for what is not on the scale."""
        word = _word(text)
        if word in self.ratings:
            return word
        if word in _UNRATED:
            return None
        short = [rating for rating in self.ratings if _initials(rating) == word]
        if len(short) == 1:
            return short[0]
        raise WrongUse(f"“{shortened(text)}” is not on the scale {', '.join(self.ratings)}.")

    @property
    def best(self) -> str:
        """The rating that nothing unrated may be taken for."""
        return self.ratings[-1]

    def together(self, ratings: Iterable[str | None], rule: str = WORST) -> str:
        """What several ratings come to, whatever their order; None is one that is not there.

        What was not rated could be the worst: so the worst alone is certain, of another only that it is not better,
        and nothing at all of the best.

        >>> scale = RatingScale.of("red, amber, green")
        >>> scale.together(["green", "red", None]), scale.together(["amber", None]), scale.together(["green", None])
        ('red', 'amber or worse', 'not known')
        """
        counts = Counter(ratings)
        missing = counts.pop(None, 0)
        found = [rating for rating in self.ratings if counts[rating]]
        if not found:
            return NOT_RATED
        if rule == MOST:
            first = max(found, key=lambda rating: (counts[rating], -self.ratings.index(rating)))
            second = max((counts[rating] for rating in found if rating != first), default=0)
            return NOT_KNOWN if missing and counts[first] - second <= missing else first
        if not missing or found[0] == self.ratings[0]:
            return found[0]
        return NOT_KNOWN if found[0] == self.best else f"{found[0]} or worse"


def _word(text: str) -> str:
    """A rating as it is compared.

    >>> _word(" Amber / Red")
    'amber-red'
    """
    return _PARTS.sub("-", text.strip().casefold()).strip("-") if text.strip(" -–—") else ""


def _initials(rating: str) -> str:
    return "".join(part[:1] for part in rating.split("-"))


def checked_rule(text: str) -> str:
    """The rule that a word names. Raises `WrongUse` with the rules."""
    if (word := text.strip().casefold()) in RULES:
        return word
    raise WrongUse(f"“{shortened(text)}” is no rule. There are {' and '.join(RULES)}.")
