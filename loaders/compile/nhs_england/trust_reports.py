"""What others report of trusts beside the register's editions: days of new names, and ends by acquisition."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.published import read_table

ACQUISITIONS = "rcpch-trust-acquisitions"
"""The list of acquisitions, made from the register's successions."""

REPORTS = "trust-reports-2026"
"""Pages of 2025 and 2026 on trusts, gathered row by row."""


class Renamed(NamedTuple):
    """A trust's new name and its first day, as told by `source`."""

    name: str
    since: str
    source: str


def acquired_on(published: Path) -> dict[str, str]:
    """The day on which each trust of the list was taken over; it was no more on that day.

    The register's own closing date goes first: two days of the list are the last of the old trust.
    """
    return {
        code: row["succession_date"]
        for _, row in read_table(_acquisitions(published), "acquired_ods", "succession_date")
        if (code := row["acquired_ods"])
    }


def renamings(published: Path) -> dict[str, list[Renamed]]:
    """The new names of each trust whose first day is told, in order of time."""
    found: dict[str, dict[str, Renamed]] = {}
    columns = ("subject_id", "verb", "object", "date", "date_kind", "date_precision")
    path = published / "facts" / "reform_2026" / "health_reform_2026.csv"
    for _, row in read_table(path, *columns):
        exact = row["date_kind"] == "actual" and row["date_precision"] == "day"
        if row["verb"] == "renamed" and row["subject_id"].startswith("trust:") and exact:
            _, _, code = row["subject_id"].partition(":")
            found.setdefault(code, {})[row["date"]] = Renamed(row["object"], row["date"], REPORTS)
    for _, row in read_table(_acquisitions(published), "acquirer_ods", "acquirer_name_after", "rename_date"):
        name, _, _ = row["acquirer_name_after"].partition(" (")
        if day := row["rename_date"]:
            found.setdefault(row["acquirer_ods"], {})[day] = Renamed(name, day, ACQUISITIONS)
    return {code: [names[day] for day in sorted(names)] for code, names in found.items()}


def _acquisitions(published: Path) -> Path:
    return published / "facts" / "reform_2026" / "trust_acquisitions_2014_2026.csv"
