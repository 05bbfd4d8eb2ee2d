"""What a picture draws as a line: a statement between bodies, or between all bodies of two kinds."""

from __future__ import annotations

from typing import NamedTuple

PLACE = "place"
"""The end of a relation that means the people of the place, for whom care is commissioned."""


class Relation(NamedTuple):
    """One statement between bodies, or between all bodies of two kinds, on one of the days or on both.

    `some`: the sources say that it holds for some of these bodies and not for which.
    """

    subjects: tuple[str, ...]
    verb: str
    objects: tuple[str, ...]
    side: str
    about: str = ""
    basis: str = ""
    status: str = "in_force"
    valid_from: str | None = None
    valid_until: str | None = None
    from_precision: str = ""
    until_precision: str = ""
    cited: tuple[tuple[str, str], ...] = ()
    note: str = ""
    verified: bool = True
    some: bool = False
