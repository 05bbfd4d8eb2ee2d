"""The practice registers as they were published: twelve editions of epraccur and one of epcmem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.compiled import Compiled, Held
from orgmap.loaders.curated import records
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless
from orgmap.loaders.releases.formats import formats
from orgmap.loaders.releases.listings import Listing, contents_of
from orgmap.loaders.releases.stays import Edition

EDITIONS = records("practices/editions", Edition, key="source")
"""The editions of epraccur in order of time. The month is when a copy was found; `as_of` is the last
closure in it, `joins_to` the last joining: closures appear about a quarter late, joins may lie ahead. The
edition of January 2020 has no closure that the one before has not, but every opening up to October 2019."""

MEMBERSHIPS = "data/ods/epcmem_2019-08.csv.gz"
HISTORY = Edition(
    source="ods-epcmem-2019-08", file="epcmem_2019-08.csv.gz", as_of="2019-07-31", joins_to="2019-10-01"
)
"""The one register that tells every membership since 1999, not only the latest."""

HORIZON = EDITIONS[-1].joins_to
"""The last day that any edition knows something about."""

_FORMAT = formats()["epraccur"]

NOT_KNOWN_OPENINGS = tuple(
    compact_day(cell)
    for (column, cell), word in _FORMAT.words.items()
    if column == "opened" and not word.means
)
"""Filler opening dates: 6,648 practices “opened” when the NHS was reorganised, 92 (most of the Channel
Islands) on New Year's Day 1990."""

GP_PRACTICE = "4"
"""The prescribing setting of a GP practice proper."""

Record = list[tuple[Edition, Listing]]
"""What each edition of epraccur says of one practice, in order of time."""


class Membership(NamedTuple):
    """One membership as epcmem tells it; `ends` is exclusive and blank while it lasts."""

    commissioner: str
    joined: str
    ends: str


def read_listings(published: Path, edition: Edition) -> dict[str, Listing]:
    """One edition of epraccur: each practice's code with its row; raises `DataBroken` for what is new."""
    path = published / "data/ods" / edition.file
    contents = contents_of(_FORMAT, list(read_headless(path, 27)), str(path))
    for line, code, reason in contents.refused:
        raise DataBroken(f"{path}:{line}: {code}: {reason}.")
    return {code: listing for _, code, listing in contents.listed}


def read_records(published: Path) -> dict[str, Record]:
    """Every practice's code with what each edition of epraccur says of it, in order of time."""
    records: dict[str, Record] = defaultdict(list)
    for edition in EDITIONS:
        for code, listing in read_listings(published, edition).items():
            records[code].append((edition, listing))
    return records


def last_setting(record: Record) -> str:
    """The prescribing setting that was last stated; blank if no edition states one."""
    return next((listing.setting for _, listing in reversed(record) if listing.setting), "")


def listed_life(record: Record) -> Period:
    """From a practice's opening, if it is known, to its closure in the newest edition that lists it."""
    newest = record[-1][1]
    opened = "" if newest.opened in NOT_KNOWN_OPENINGS else newest.opened
    return Period(opened or None, newest.ends or None)


def runs_of(record: Record, life: Period, what: Callable[[Listing], str]) -> list[Held]:
    """Each value a body had in its life, as long as it did not change, in order of time.

    A change lies between the two editions that show it: it is dated by the second one, or by the day
    after the first one if the body ended between them. What the register changed after the end is
    a clerk's doing, and left out.
    """
    runs: list[Held] = []
    seen_to = ""
    for edition, listing in record:
        if life.valid_until and seen_to and day_after(seen_to) >= life.valid_until:
            break
        value = what(listing)
        if value and (not runs or runs[-1].value != value):
            ended = life.valid_until and edition.as_of >= life.valid_until
            since = (day_after(seen_to) if ended else edition.as_of) if runs else ""
            if runs:
                runs[-1] = runs[-1]._replace(valid_until=since, until_precision="approx")
            known = "approx" if since else "not_known"
            runs.append(Held(value, edition.source, since, life.valid_until, known))
        seen_to = edition.as_of
    return runs


@cache
def memberships_of_practices(published: Path) -> dict[str, list[Membership]]:
    """Every practice's memberships in epcmem, in order of time."""
    memberships: dict[str, list[Membership]] = defaultdict(list)
    path = published / MEMBERSHIPS
    for line, (practice, code, role, joined, left, _) in read_headless(path, 6):
        if role != "W" or not joined:
            raise DataBroken(f"{path}:{line}: not a membership (role “{role}”, joined “{joined}”).")
        ends = day_after(compact_day(left)) if left else ""
        memberships[practice].append(Membership(code, compact_day(joined), ends))
    return {practice: sorted(rows, key=lambda row: row.joined) for practice, rows in memberships.items()}


def observed_lives(published: Path) -> dict[str, Period]:
    """First join and last leaving of each commissioner's practices: the only dates known for trusts and groups."""
    stays: dict[str, list[Membership]] = defaultdict(list)
    for memberships in memberships_of_practices(published).values():
        for stay in memberships:
            stays[stay.commissioner].append(stay)
    return {
        code: Period(
            min(stay.joined for stay in seen),
            max(stay.ends for stay in seen) if all(stay.ends for stay in seen) else None,
        )
        for code, seen in stays.items()
    }


def add_names(dataset: Compiled, entity: str, record: Record, life: Period) -> str:
    """Adds the names that a body had in turn, and gives back the last one it had in its life.

    A name that the register gave it only after its end is kept as an alias, so that a search finds it.
    """
    runs = runs_of(record, life, lambda listing: readable_name(listing.name.upper()))
    for run in runs if len(runs) > 1 else []:
        dataset.add_name(entity, run.value, "official" if run is runs[-1] else "former", run.source, run)
    borne = {run.value for run in runs}
    for edition, listing in record:
        if (name := readable_name(listing.name.upper())) not in borne:
            borne.add(name)
            source = edition.source
            note = "in the register only after the end"
            dataset.add_name(entity, name, "alias", source, note=note)
    return runs[-1].value
