"""How few practices are too few to speak of a succession."""

from __future__ import annotations

STRAYS = 2
"""So few practices may have moved, or be an oddity of coding: no succession."""

LEAST_SHARE = 0.05
"""Nor are fewer practices than this share of the body that ended."""


def is_stray(practices: int, of: int, most: int) -> bool:
    """Whether so few practices out of all passed that their new body is no successor; `most` went to one body.

    >>> is_stray(1, 40, 39), is_stray(3, 40, 37), is_stray(3, 80, 77), is_stray(1, 1, 1)
    (True, False, True, False)
    """
    return practices < most and (practices <= STRAYS or practices / of < LEAST_SHARE)
