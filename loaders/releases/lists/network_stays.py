"""The stays of practices in networks in order of time, as newer lists tell them and older ones saw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after, day_before
from orgmap.graphmodel.model import Period
from orgmap.loaders.releases.stays import Edition


class Partner(NamedTuple):
    """A practice's membership of a network; `ends` is exclusive and blank while it lasts."""

    practice: str
    network: str
    joined: str
    ends: str
    practice_commissioner: str = ""

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.joined, self.ends or None)


class NetworkStay(NamedTuple):
    """A practice's membership of one network; the end is exclusive, None while it lasts."""

    network: str
    valid_from: str
    valid_until: str | None
    source: str
    from_precision: str = ""
    until_precision: str = ""
    note: str = ""

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.valid_from, self.valid_until)

    def within(self, *lives: Period) -> NetworkStay | None:
        """The part of it that lies within these lives; a precision goes with its day."""
        period: Period | None = self.period
        for life in lives:
            period = period and period.clip(life)
        if period is None:
            return None
        return self._replace(
            valid_from=str(period.valid_from),
            valid_until=period.valid_until,
            from_precision=self.from_precision if period.valid_from == self.valid_from else "",
            until_precision=self.until_precision if period.valid_until == self.valid_until else "",
        )


def most_joined(days: Iterable[str], opened: str) -> str:
    """The day on which most of a network's practices joined the commissioner that it lies under.

    Blank if they joined it before the network began. The register of networks has no such date.

    >>> most_joined(["2020-04-01", "2021-04-01", "2021-04-01"], "2019-10-01")
    '2021-04-01'
    """
    joined = Counter(days)
    day = min(joined, key=lambda day: (-joined[day], day), default="")
    return day if day > opened else ""


def network_stays(seen: list[tuple[Edition, list[Partner]]], life: Period) -> list[NetworkStay]:
    """What the newest edition tells of one practice, without losing what an older one saw on its own day.

    `seen` holds the practice's rows of each edition in order of time, `life` is the practice's own.
    """
    newest, rows = seen[-1]
    stays = [NetworkStay(row.network, row.joined, row.ends or None, newest.source) for row in rows]
    for at, (edition, older) in enumerate(seen[:-1]):
        for row in older:
            if row.period.holds(edition.as_of) and not _still_listed(row.network, edition.as_of, stays):
                closed = _known_end(life, edition, seen[at + 1][0])
                sighting = _sighting(row.network, row.joined, closed, edition.source, edition.as_of)
                stays = _with_sighting(stays, sighting, edition.as_of)
    return _one_at_a_time(stays)


def carried_on(newest: list[NetworkStay], known: list[NetworkStay], seen_to: str) -> list[NetworkStay]:
    """What a newer list tells of one practice, without losing what is known of it up to the day `seen_to`.

    What was seen on its own day stays, as in `network_stays`; so does what the newer list passes over in silence.
    """
    stays = newest
    for one in known:
        if one.period.holds(seen_to):
            if not _still_listed(one.network, seen_to, stays):
                sighting = _sighting(one.network, one.valid_from, None, one.source, seen_to)
                stays = _with_sighting(stays, sighting, seen_to)
            elif one.note and not _still_listed(one.network, one.valid_from, stays):
                stays = _with_sighting(stays, one, one.valid_from)
        elif one.valid_until and one.valid_until <= seen_to:
            last = day_before(one.valid_until)
            if _still_listed(one.network, last, stays):
                continue
            if one.note:
                stays = _with_sighting(stays, one, last)
            elif not any(stay.period.clip(one.period) for stay in newest):
                stays = [*stays, one]
    return _one_at_a_time(stays)


def _sighting(network: str, joined: str, closed: str | None, source: str, at: str) -> NetworkStay:
    until, precision = closed or day_after(at), "" if closed else "approx"
    return NetworkStay(network, joined, until, source, "", precision, f"only in the edition of {at}")


def _still_listed(network: str, at: str, stays: list[NetworkStay]) -> bool:
    return any(stay.network == network and stay.period.holds(at) for stay in stays)


def _known_end(life: Period, edition: Edition, following: Edition) -> str | None:
    """The practice's closure if it fell between two editions."""
    closed = life.valid_until
    return closed if closed and edition.as_of < closed <= following.as_of else None


def _with_sighting(stays: list[NetworkStay], sighting: NetworkStay, at: str) -> list[NetworkStay]:
    """The stays with one that was seen on a day; a newer statement for the same days gives way."""
    after = day_after(at)
    later = [stay for stay in stays if stay.valid_until is None or stay.valid_until > after]
    upcoming = min(later, key=lambda stay: stay.valid_from, default=None)
    if upcoming and upcoming.network == sighting.network:
        extended = upcoming._replace(
            valid_from=sighting.valid_from, note=f"later editions say from {upcoming.valid_from}"
        )
        return [extended if stay is upcoming else stay for stay in stays]
    moved = [
        stay._replace(
            valid_from=after,
            from_precision="approx",
            note=f"seen elsewhere on {at}; later editions say from {stay.valid_from}",
        )
        if stay.valid_from < after
        else stay
        for stay in later
    ]
    earlier = [stay for stay in stays if stay.valid_until and stay.valid_until <= sighting.valid_from]
    return [*earlier, sighting, *moved]


def _one_at_a_time(stays: list[NetworkStay]) -> list[NetworkStay]:
    """The stays in order, each ended by the next one's beginning; adjoining ones of one network as one."""
    ordered = sorted(stays, key=lambda stay: (stay.valid_from, stay.valid_until or "9"))
    result: list[NetworkStay] = []
    for at, stay in enumerate(ordered):
        following = ordered[at + 1] if at + 1 < len(ordered) else None
        if following and (stay.valid_until is None or stay.valid_until > following.valid_from):
            stay = stay._replace(valid_until=following.valid_from)
        if stay.valid_until and stay.valid_until <= stay.valid_from:
            continue
        last = result[-1] if result else None
        if last and last.network == stay.network and last.valid_until == stay.valid_from:
            result[-1] = last._replace(valid_until=stay.valid_until, until_precision=stay.until_precision)
        else:
            result.append(stay)
    return result
