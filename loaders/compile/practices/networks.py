"""The register of primary care networks: three editions of epcn, as they were published."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.practices.register import Record
from orgmap.loaders.curated import records
from orgmap.loaders.published import compact_day, read_table
from orgmap.loaders.releases.listings import Listing
from orgmap.loaders.releases.lists.network_stays import Partner, most_joined
from orgmap.loaders.releases.stays import Edition

NETWORK_EDITIONS = records("primary_care_networks/editions", Edition, key="source")
"""The editions of epcn in order of time; `as_of` is the last opening or join in it."""

_DETAILS_COLUMNS, _PARTNERS_COLUMNS = 12, 11


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
    joined = []
    for partner in partners:
        if partner.network == network and partner.period.holds(at):
            known = [seen for edition, seen in records[partner.practice] if edition.joins_to >= at]
            if known and known[0].commissioner == listing.commissioner:
                joined.append(known[0].joined)
    return most_joined(joined, listing.opened)
