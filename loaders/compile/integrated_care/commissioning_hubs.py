"""Commissioning hubs: codes in the register of commissioners under which NHS England books its own spending."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.hub_offices import Seen, add_offices_and_regions
from orgmap.loaders.compile.shared.compiled import Compiled, Span
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless

EDITIONS = (
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


def _add_hub(dataset: Compiled, code: str, rows: list[Seen]) -> None:
    body, newest = f"hub:{code}", rows[-1]
    if any(row.life.valid_from != newest.life.valid_from for row in rows):
        raise DataBroken(f"eccg: the editions disagree on the start of {code}.")
    dataset.add_entity(body, "commissioning_hub", newest.name, newest.source, newest.life)
    dataset.add_code(body, "ods", code, newest.source)
    _add_names(dataset, body, rows)


def _add_names(dataset: Compiled, body: str, rows: list[Seen]) -> None:
    """Adds both names of a renamed hub: it was renamed some time between two editions, while it existed."""
    for old, new in pairwise(rows):
        if old.name != new.name:
            ended_before = bool(new.life.valid_until and new.life.valid_until <= new.as_of)
            day = day_after(old.as_of) if ended_before else new.as_of
            note = f"changed some time {'after' if ended_before else 'before'} this day"
            before, since = Span(None, day, "not_known", "approx"), Span(day, new.life.valid_until, "approx")
            dataset.add_name(body, old.name, "former", old.source, before)
            dataset.add_name(body, new.name, "official", new.source, since, note=note)
