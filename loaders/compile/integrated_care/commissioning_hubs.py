"""Commissioning hubs: codes in the register of commissioners under which NHS England books its own spending."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.integrated_care_sources import SOURCES
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.compile.shared.code_history import Run
from orgmap.loaders.dataset import Dataset
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless

EDITIONS = (
    ("eccg_2016-02.csv", "ods-eccg-2016-02", "2016-02-01"),
    ("eccg_2018-11.csv", "ods-eccg-2018-11", "2018-11-01"),
    ("eccg_2025.csv", "ods-eccg-2025", "2025-01-01"),
)
"""File, source and about the day of each edition; only together do they have every hub."""

HUB_TYPES = ("H", "RO218")

REGIONS = {
    "Y54": Period("2013-04-01", "2019-04-01"),
    "Y55": Period("2013-04-01", "2019-04-01"),
    "Y56": Period("2013-04-01", None),
    "Y57": Period("2013-04-01", "2018-04-01"),
    "Y58": Period("2018-04-01", None),
    "Y59": Period("2018-04-01", None),
}
"""The regions that the editions of 2016 and 2018 name, and their lives."""

REGION_SPLIT = "2018-04-01"
REGION_SEEN_UNTIL = "2019-04-01"
"""From 2019 the register puts nearly every hub under the region of its postal address in Leeds: of no use."""

REGIONAL_HUBS = {
    "13R": "Y56",
    "14A": "Y60",
    "14E": "Y61",
    "14F": "Y58",
    "14G": "Y59",
    "14M": "Y56",
    "14Q": "Y60",
    "14R": "Y61",
    "14T": "Y58",
    "27T": "Y62",
    "32T": "Y62",
    "76A": "Y63",
    "85J": "Y63",
    "97T": "Y59",
}
"""Hubs that since 2020 bear the name of a region, and that region."""

REGIONAL_SINCE = "2020-04-01"

LIST_SIZES = "openprescribing-list-sizes"

LONDON_HUBS = {"13D": "North East London CB Hub", "13F": "South London CB Hub"}
"""Hubs of two of London's offices in the list sizes of 2013; the register of commissioners has neither."""

LONDON_HUBS_NOTE = (
    "prisons stood under it in the list sizes of April to June 2013; the practice register has them under 13R"
)


class Seen(NamedTuple):
    """A hub's row in one edition."""

    source: str
    as_of: str
    name: str
    region: str
    life: Period


def add_hubs(dataset: Dataset, published: Path) -> None:
    """Adds every hub with its dates, names and, as far as it is known, its region."""
    for code, rows in sorted(_read_hubs(published).items()):
        _add_hub(dataset, code, rows)
        _add_regions(dataset, code, rows)
    for code, name in LONDON_HUBS.items():
        _add_london_hub(dataset, f"hub:{code}", name)


def _add_london_hub(dataset: Dataset, body: str, name: str) -> None:
    """Adds a hub whose days are told by nothing but the life of the office that it belonged to."""
    source = cite(dataset, LIST_SIZES, SOURCES)
    period = {
        "valid_from": "2013-04-01",
        "from_precision": "approx",
        "valid_until": "2015-04-01",
        "until_precision": "approx",
        "source": source,
    }
    dataset.add("entities", id=body, kind="commissioning_hub", name=name, note=LONDON_HUBS_NOTE, **period)
    dataset.add("identifiers", entity=body, scheme="ods", code=body.removeprefix("hub:"), source=source)
    dataset.add(
        "relationships", subject=body, verb="part_of", object="region:Y56", basis="published", **period
    )


def _read_hubs(published: Path) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for name, source, as_of in EDITIONS:
        for _, row in read_headless(published / "data" / "ods" / "eccg" / name, 27):
            if row[13] in HUB_TYPES:
                until = day_after(compact_day(row[11])) if row[11] else None
                seen = Seen(source, as_of, readable_name(row[1]), row[2], Period(compact_day(row[10]), until))
                found.setdefault(row[0], []).append(seen)
    return found


def _add_hub(dataset: Dataset, code: str, rows: list[Seen]) -> None:
    body, newest = f"hub:{code}", rows[-1]
    if any(row.life.valid_from != newest.life.valid_from for row in rows):
        raise DataBroken(f"eccg: the editions disagree on the start of {code}.")
    source = cite(dataset, newest.source, SOURCES)
    dataset.add(
        "entities",
        id=body,
        kind="commissioning_hub",
        name=newest.name,
        valid_from=newest.life.valid_from,
        valid_until=newest.life.valid_until,
        source=source,
    )
    dataset.add("identifiers", entity=body, scheme="ods", code=code, source=source)
    _add_names(dataset, body, rows)


def _add_names(dataset: Dataset, body: str, rows: list[Seen]) -> None:
    """Adds both names of a renamed hub: it was renamed some time between two editions, while it existed."""
    for old, new in pairwise(rows):
        if old.name != new.name:
            ended_before = bool(new.life.valid_until and new.life.valid_until <= new.as_of)
            day = day_after(old.as_of) if ended_before else new.as_of
            note = f"changed some time {'after' if ended_before else 'before'} this day"
            dataset.add(
                "names",
                entity=body,
                name=old.name,
                use="former",
                from_precision="not_known",
                valid_until=day,
                until_precision="approx",
                source=cite(dataset, old.source, SOURCES),
            )
            dataset.add(
                "names",
                entity=body,
                name=new.name,
                use="official",
                valid_from=day,
                from_precision="approx",
                valid_until=new.life.valid_until,
                source=cite(dataset, new.source, SOURCES),
                note=note,
            )


def _add_regions(dataset: Dataset, code: str, rows: list[Seen]) -> None:
    life = rows[-1].life
    published: dict[str, tuple[Run, str]] = {}
    for row in rows:
        if row.as_of > REGION_SEEN_UNTIL:
            continue
        seen_until = REGION_SPLIT if row.as_of < REGION_SPLIT else REGION_SEEN_UNTIL
        period = REGIONS[row.region].clip(life)
        if part := period and period.clip(Period(None, seen_until)):
            # A later edition says the same region again, of a longer time.
            published[row.region] = (
                Run(row.region, part.valid_from or "", part.valid_until or ""),
                row.source,
            )
    for run, source in published.values():
        _add_region(dataset, code, run, "published", source)
    region = REGIONAL_HUBS.get(code)
    if region and (since := Period(REGIONAL_SINCE, None).clip(life)):
        run = Run(region, since.valid_from or "", since.valid_until or "")
        _add_region(dataset, code, run, "derived", rows[-1].source)


def _add_region(dataset: Dataset, code: str, run: Run, basis: str, source: str) -> None:
    dataset.add(
        "relationships",
        subject=f"hub:{code}",
        verb="part_of",
        object=f"region:{run.value}",
        basis=basis,
        valid_from=run.valid_from,
        valid_until=run.valid_until,
        source=cite(dataset, source, SOURCES),
        note="by its name" if basis == "derived" else "",
    )
