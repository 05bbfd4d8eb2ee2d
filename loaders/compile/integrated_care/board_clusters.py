"""Clusters of integrated care boards since 2025: boards under one management that stay legal bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.curated import lookup
from orgmap.loaders.dataset import Dataset
from orgmap.loaders.published import read_table

REPORTS = ("facts", "reform_2026", "health_reform_2026.csv")

GROUPS_BEFORE_MERGER = "HR203"
"""The row that lists six boards of the East of England at once; three others tell them apart."""

STATUSES = ("in_force", "planned", "proposed")

NOTES = lookup("integrated_care/cluster_notes")


class Told(NamedTuple):
    """What one row tells of one pair of boards."""

    pair: tuple[str, str]
    status: str
    day: str
    precision: str
    row: dict[str, str]


def add_clusters(dataset: Dataset, published: Path, lives: dict[str, Period]) -> None:
    """Adds `clustered_with` for each pair of boards, once for each status, by the earliest day that is told.

    `lives` has the life of each board by its code.
    """
    first: dict[tuple[tuple[str, str], str], Told] = {}
    for told in sorted(_told(published), key=lambda told: (told.day, told.row["id"])):
        first.setdefault((told.pair, told.status), told)
    for told in first.values():
        one, other = told.pair
        period = lives[one].clip(Period(told.day, None))
        if period := period and lives[other].clip(period):
            dataset.add(
                "relationships",
                subject=f"icb:{one}",
                verb="clustered_with",
                object=f"icb:{other}",
                basis="administrative",
                status=told.status,
                valid_from=period.valid_from,
                from_precision=told.precision,
                valid_until=period.valid_until,
                stated_on=told.row["stated_on"] if len(told.row["stated_on"]) == len("2025-06-25") else "",
                source=_cite(dataset, told.row),
                note=NOTES[told.status],
            )


def _told(published: Path) -> Iterator[Told]:
    columns = ("id", "verb", "subject_id", "object_id", "date", "date_precision", "status", "stated_on")
    for _, row in read_table(published.joinpath(*REPORTS), *columns, "source_title", "publisher", "url"):
        ours = row["verb"] == "clustered_with" and row["subject_id"].startswith("icb:")
        if not ours or row["status"] not in STATUSES or row["id"] == GROUPS_BEFORE_MERGER:
            continue
        ones, others = (re.findall(r"icb:(\w+)", row[column]) for column in ("subject_id", "object_id"))
        for one, other in product(ones, others) if others else combinations(ones, 2):
            month = len(row["date"]) == len("2026-04")
            day = f"{row['date']}-01" if month else row["date"]
            precision = "month" if month else "" if row["date_precision"] == "day" else "approx"
            yield Told((min(one, other), max(one, other)), row["status"], day, precision, row)


def _cite(dataset: Dataset, row: dict[str, str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", row["publisher"].lower()).strip("-")
    source = f"{words}-{row['stated_on'][:7]}"
    cells = {
        "title": row["source_title"],
        "publisher": row["publisher"],
        "url": row["url"],
        "as_of": row["stated_on"] if len(row["stated_on"]) == len("2025-06-25") else "",
        "licence": "not open",
        "note": "Facts only; nothing of the text is copied.",
    }
    return cite(dataset, source, cells)
