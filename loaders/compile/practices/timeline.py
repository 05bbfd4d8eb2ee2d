"""The beginning of a practice's memberships: what epcmem tells, and what epraccur knows better of the first one."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.loaders.compile.practices.register import HISTORY, Membership, Record
from orgmap.loaders.releases.stays import Lives, Stay, code_life


def stays_from_history(memberships: Iterable[Membership]) -> list[Stay]:
    """The stays that epcmem tells, adjoining ones with the same commissioner as one."""
    stays: list[Stay] = []
    seen = ((HISTORY.as_of, HISTORY.source),)
    for row in memberships:
        last = stays[-1] if stays else None
        if last and last.code == row.commissioner and last.valid_until == row.joined:
            stays[-1] = last._replace(valid_until=row.ends or None)
        else:
            stays.append(Stay(row.commissioner, row.joined, row.ends or None, seen))
    return stays


def opened_earlier(stays: list[Stay], record: Record, lives: Lives) -> list[Stay]:
    """The stays, the first one from the day that epraccur gives if that lies earlier.

    In 2015 to 2017 epcmem dates a new practice's first join by the day when it was recorded, days or
    weeks after it opened.
    """
    for edition, listing in record:
        if stays and listing.commissioner == stays[0].code and listing.joined:
            born = code_life(lives, listing.commissioner).valid_from or ""
            joined = max(listing.joined, listing.opened, born)
            if joined < stays[0].valid_from:
                note = f"epcmem has the join on {stays[0].valid_from}"
                sources = ((edition.as_of, edition.source), *stays[0].sources)
                return [stays[0]._replace(valid_from=joined, sources=sources, note=note), *stays[1:]]
    return stays
