"""Commissioning hubs: codes in the register under which NHS England books its own spending, and where each stood."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.nhs_england.groups import office_lives, region_lives
from orgmap.loaders.compile.practices.register import EDITIONS
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import lookup
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless

OFFICES_ENDED = "2020-04-01"
"""From this day the register of commissioners has nearly every hub where its postal address in Leeds is: of no use."""

NO_REGION = "Y99"
"""The register's code for what stands under no region."""

OFFICES_OF = "ods-epraccur-2019-08"
"""The practice register that has all the practices of a hub under one office; it also knows 15L."""

REGIONS_OF = "ods-epraccur-2023-01"
"""The practice register that has the practices of a hub under one region and no board."""

NAMED_REGIONS = lookup("integrated_care/hubs_named_after_regions")
"""Hubs that since 2020 bear the name of a region, and that region."""

NATIONAL = ("13Q", "15L")
NATIONAL_NOTE = "national: by the register's entry for the hub, whose practices lie all over England"


class HubRow(NamedTuple):
    """A hub's row in one edition of the register of commissioners."""

    source: str
    as_of: str
    name: str
    region: str
    office: str
    life: Period


class HubParent(NamedTuple):
    """What a hub stood under for some time, and who says so."""

    body: str
    period: Period
    source: str
    basis: str = "published"
    note: str = ""


def add_offices_and_regions(dataset: Compiled, published: Path, hubs: dict[str, list[HubRow]]) -> None:
    """Adds `part_of` between each hub and its office, or its region where it stands directly under one."""
    lives = office_lives(published)
    offices_seen, regions_seen = _of_practices(published, OFFICES_OF), _of_practices(published, REGIONS_OF)
    regions = region_lives(published)
    for code, rows in sorted(hubs.items()):
        life = rows[-1].life
        stated = {row.office: row.source for row in rows if row.as_of < OFFICES_ENDED}
        if code in offices_seen:
            stated.setdefault(offices_seen[code][1], OFFICES_OF)
        above = _offices(life, stated, lives)
        before = _region_before(rows, above, regions)
        for one in [*before, *above, *_region_since(code, life, regions_seen)]:
            _add(dataset, code, one)


def _offices(
    life: Period, stated: dict[str, str], lives: dict[str, list[tuple[str, Period]]]
) -> list[HubParent]:
    """The offices that the editions name, each as long as it and the hub existed; one at a time."""
    found = []
    for office, source in stated.items():
        for body, office_life in lives[office]:
            if period := office_life.clip(life):
                found.append(HubParent(body, period, source))
    found.sort(key=lambda one: one.period.valid_from or "")
    for before, after in pairwise(found):
        if before.period.clip(after.period):
            raise DataBroken(f"a hub stood under {before.body} and {after.body} at once.")
    return found


def _region_before(rows: list[HubRow], offices: list[HubParent], lives: dict[str, Period]) -> list[HubParent]:
    """The region, first seen with the office, of a hub that is older than the office."""
    first, began = rows[0], rows[-1].life.valid_from
    if not offices or offices[0].period.valid_from == began:
        return []
    period = lives[first.region].clip(Period(began, offices[0].period.valid_from))
    return [HubParent(f"region:{first.region}", period, first.source)] if period else []


def _region_since(code: str, life: Period, regions: dict[str, tuple[str, str]]) -> list[HubParent]:
    """The region since the offices ended: of its practices in their register, else by the hub's name."""
    since = Period(OFFICES_ENDED, None).clip(life)
    region, _ = regions.get(code, (NAMED_REGIONS.get(code, NO_REGION), ""))
    if not since or region == NO_REGION:
        return []
    if code in NAMED_REGIONS and NAMED_REGIONS[code] != region:
        raise DataBroken(f"{code}: its practices are under {region}, and its name is of another region.")
    if code in regions:
        return [HubParent(f"region:{region}", since, REGIONS_OF, note="as the register has its practices")]
    return [HubParent(f"region:{region}", since, "ods-eccg-2025", "derived", "by its name")]


def _of_practices(published: Path, source: str) -> dict[str, tuple[str, str]]:
    """Region and office of the open practices of each body in one edition, if all have the same."""
    [edition] = [edition for edition in EDITIONS if edition.source == source]
    found: dict[str, set[tuple[str, str]]] = {}
    for _, row in read_headless(published / "data" / "ods" / edition.file, 27):
        if row[14] and not row[11] and not row[16]:
            found.setdefault(row[14], set()).add((row[2], row[3]))
    return {code: next(iter(above)) for code, above in found.items() if len(above) == 1}


def _add(dataset: Compiled, code: str, above: HubParent) -> None:
    dataset.add_link(
        f"hub:{code}",
        "part_of",
        above.body,
        above.basis,
        above.source,
        above.period,
        note=above.note or (NATIONAL_NOTE if code in NATIONAL else ""),
    )


REGISTERS = (
    ("eccg_2016-02.csv", "ods-eccg-2016-02", "2016-02-01"),
    ("eccg_2018-11.csv", "ods-eccg-2018-11", "2018-11-01"),
    ("eccg_2025.csv", "ods-eccg-2025", "2025-01-01"),
)
"""File, source and about the day of each edition; only together do they have every hub."""

HUB_TYPES = ("H", "RO218")


def add_hubs(dataset: Compiled, published: Path) -> None:
    """Adds every hub with its dates and names, and with its office or region as far as it is known."""
    hubs = _read_hubs(published)
    for code, rows in sorted(hubs.items()):
        _add_hub(dataset, code, rows)
    add_offices_and_regions(dataset, published, hubs)


def _read_hubs(published: Path) -> dict[str, list[HubRow]]:
    found: dict[str, list[HubRow]] = {}
    for name, source, as_of in REGISTERS:
        for _, row in read_headless(published / "data" / "ods" / "eccg" / name, 27):
            if row[13] in HUB_TYPES:
                until = day_after(compact_day(row[11])) if row[11] else None
                life = Period(compact_day(row[10]), until)
                seen = HubRow(source, as_of, readable_name(row[1]), row[2], row[3], life)
                found.setdefault(row[0], []).append(seen)
    return found


def _add_hub(dataset: Compiled, code: str, rows: list[HubRow]) -> None:
    body, newest = f"hub:{code}", rows[-1]
    if any(row.life.valid_from != newest.life.valid_from for row in rows):
        raise DataBroken(f"eccg: the editions disagree on the start of {code}.")
    dataset.add_entity(body, "commissioning_hub", newest.name, newest.source, newest.life)
    dataset.add_code(body, "ods", code, newest.source)
    _add_names(dataset, body, rows)


def _add_names(dataset: Compiled, body: str, rows: list[HubRow]) -> None:
    """Adds both names of a renamed hub: it was renamed some time between two editions, while it existed."""
    for old, new in pairwise(rows):
        if old.name != new.name:
            ended_before = bool(new.life.valid_until and new.life.valid_until <= new.as_of)
            day = day_after(old.as_of) if ended_before else new.as_of
            note = f"changed some time {'after' if ended_before else 'before'} this day"
            before, since = (
                TwoDays(None, day, "not_known", "approx"),
                TwoDays(day, new.life.valid_until, "approx"),
            )
            dataset.add_name(body, old.name, "former", old.source, before)
            dataset.add_name(body, new.name, "official", new.source, since, note=note)
