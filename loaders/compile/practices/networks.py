"""The register of primary care networks: three editions of epcn, and the stays of practices in order of time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.practices.register import Record
from orgmap.loaders.curated import records
from orgmap.loaders.published import compact_day, read_table
from orgmap.loaders.releases.listings import Listing
from orgmap.loaders.releases.stays import Edition

NETWORK_EDITIONS = records("primary_care_networks/editions", Edition, key="source")
"""The editions of epcn in order of time; `as_of` is the last opening or join in it."""

_DETAILS_COLUMNS, _PARTNERS_COLUMNS = 12, 11


class Partner(NamedTuple):
    """A practice's membership of a network; `ends` is exclusive and blank while it lasts."""

    practice: str
    network: str
    joined: str
    ends: str
    practice_commissioner: str

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.joined, self.ends or None)


def read_networks(published: Path, edition: Edition) -> dict[str, Listing]:
    """The networks of one edition: code, name, opening and closure, and the commissioner they lie under.

    Postcodes are left out: the register gives one Margate postcode to networks of all Kent.
    """
    networks: dict[str, Listing] = {}
    path = published / "data/ods" / edition.file.format("details")
    for line, row in read_table(path, "PCN Code", "PCN Name"):
        code, name, commissioner, _, opened, closed, *_ = cells = list(row.values())
        if len(cells) != _DETAILS_COLUMNS or code in networks:
            raise DataBroken(
                f"{path}:{line}: {code} is listed twice, or the columns are not those of epcndetails."
            )
        ends = day_after(compact_day(closed)) if closed else ""
        networks[code] = Listing(name, "", compact_day(opened), ends, "", commissioner, "", "")
    return networks


def read_partners(published: Path, edition: Edition) -> list[Partner]:
    """The practices' memberships of networks in one edition, with the practice's commissioner on its day."""
    path = published / "data/ods" / (edition.file.format("corepartners") + ".gz")
    partners = []
    for line, row in read_table(path, "Partner Organisation Code", "PCN Code"):
        practice, _, commissioner, _, network, _, _, _, joined, left, _ = cells = list(row.values())
        if len(cells) != _PARTNERS_COLUMNS:
            raise DataBroken(f"{path}:{line}: the columns are not those of epcncorepartners.")
        ends = day_after(compact_day(left)) if left else ""
        partners.append(Partner(practice, network, compact_day(joined), ends, commissioner))
    return partners


def practices_moved(
    network: str, listing: Listing, partners: list[Partner], records: dict[str, Record], at: str
) -> str:
    """The day on which most of a network's practices joined the commissioner that it lies under.

    Blank if they joined it before the network began. The register of networks has no such date.
    """
    joined: Counter[str] = Counter()
    for partner in partners:
        if partner.network == network and partner.period.holds(at):
            known = [seen for edition, seen in records[partner.practice] if edition.joins_to >= at]
            if known and known[0].commissioner == listing.commissioner:
                joined[known[0].joined] += 1
    day = min(joined, key=lambda day: (-joined[day], day), default="")
    return day if day > listing.opened else ""


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


def network_stays(seen: list[tuple[Edition, list[Partner]]], life: Period) -> list[NetworkStay]:
    """What the newest edition tells of one practice, without losing what an older one saw on its own day.

    `seen` holds the practice's rows of each edition in order of time, `life` is the practice's own.
    """
    newest, rows = seen[-1]
    stays = [NetworkStay(row.network, row.joined, row.ends or None, newest.source) for row in rows]
    for at, (edition, older) in enumerate(seen[:-1]):
        for row in older:
            if row.period.holds(edition.as_of) and not _still_told(row, edition.as_of, stays):
                stays = _with_sighting(stays, row, edition, _known_end(life, edition, seen[at + 1][0]))
    return _one_at_a_time(stays)


def _still_told(row: Partner, at: str, stays: list[NetworkStay]) -> bool:
    return any(stay.network == row.network and stay.period.holds(at) for stay in stays)


def _known_end(life: Period, edition: Edition, following: Edition) -> str | None:
    """The practice's closure if it fell between two editions."""
    closed = life.valid_until
    return closed if closed and edition.as_of < closed <= following.as_of else None


def _with_sighting(
    stays: list[NetworkStay], row: Partner, edition: Edition, closed: str | None
) -> list[NetworkStay]:
    """The stays with one that only an older edition tells; a newer statement for the same days gives way."""
    after = day_after(edition.as_of)
    note = f"only in the edition of {edition.as_of}"
    later = [stay for stay in stays if stay.valid_until is None or stay.valid_until > after]
    upcoming = min(later, key=lambda stay: stay.valid_from, default=None)
    if upcoming and upcoming.network == row.network:
        extended = upcoming._replace(
            valid_from=row.joined, note=f"later editions say from {upcoming.valid_from}"
        )
        return [extended if stay is upcoming else stay for stay in stays]
    until = closed or after
    sighting = NetworkStay(
        row.network, row.joined, until, edition.source, "", "" if closed else "approx", note
    )
    moved = [
        stay._replace(
            valid_from=after,
            from_precision="approx",
            note=f"seen elsewhere on {edition.as_of}; later editions say from {stay.valid_from}",
        )
        if stay.valid_from < after
        else stay
        for stay in later
    ]
    earlier = [stay for stay in stays if stay.valid_until and stay.valid_until <= row.joined]
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
