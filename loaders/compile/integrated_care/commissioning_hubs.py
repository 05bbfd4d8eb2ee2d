"""Commissioning hubs: codes in the register of commissioners under which NHS England books its own spending."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.hub_offices import Seen, add_offices_and_regions
from orgmap.loaders.compile.shared.cited import cite
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

LIST_SIZES = "openprescribing-list-sizes"

LONDON_HUBS = {"13D": ("North East London CB Hub", "Q61"), "13F": ("South London CB Hub", "Q63")}
"""Hubs of two of London's team offices in the list sizes of 2013; the register of commissioners has neither."""

LONDON_HUBS_NOTE = (
    "prisons stood under it in the list sizes of April to June 2013; the practice register has them under 13R"
)


def add_hubs(dataset: Dataset, published: Path) -> None:
    """Adds every hub with its dates and names, and with its office or region as far as it is known."""
    hubs = _read_hubs(published)
    for code, rows in sorted(hubs.items()):
        _add_hub(dataset, code, rows)
    add_offices_and_regions(dataset, published, hubs)
    for code, (name, office) in LONDON_HUBS.items():
        _add_london_hub(dataset, f"hub:{code}", name, office)


def _add_london_hub(dataset: Dataset, body: str, name: str, office: str) -> None:
    """Adds a hub whose days are told by nothing but the life of the office that it belonged to."""
    source = cite(dataset, LIST_SIZES)
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
        "relationships", subject=body, verb="part_of", object=f"ato:{office}", basis="published", **period
    )


def _read_hubs(published: Path) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for name, source, as_of in EDITIONS:
        for _, row in read_headless(published / "data" / "ods" / "eccg" / name, 27):
            if row[13] in HUB_TYPES:
                until = day_after(compact_day(row[11])) if row[11] else None
                life = Period(compact_day(row[10]), until)
                seen = Seen(source, as_of, readable_name(row[1]), row[2], row[3], life)
                found.setdefault(row[0], []).append(seen)
    return found


def _add_hub(dataset: Dataset, code: str, rows: list[Seen]) -> None:
    body, newest = f"hub:{code}", rows[-1]
    if any(row.life.valid_from != newest.life.valid_from for row in rows):
        raise DataBroken(f"eccg: the editions disagree on the start of {code}.")
    source = cite(dataset, newest.source)
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
                source=cite(dataset, old.source),
            )
            dataset.add(
                "names",
                entity=body,
                name=new.name,
                use="official",
                valid_from=day,
                from_precision="approx",
                valid_until=new.life.valid_until,
                source=cite(dataset, new.source),
                note=note,
            )
