"""What a look-up or a history of codes told, counted."""

from __future__ import annotations

from typing import NamedTuple

GSS = "gss"
"""The scheme of the codes of areas."""


class LookupTally(NamedTuple):
    """Of what a look-up says: how much the tables have so, how much otherwise (which stays), how much is new, and how
    much is of codes that no body has."""

    agreed: int
    differs: int
    new: int
    not_known: int
