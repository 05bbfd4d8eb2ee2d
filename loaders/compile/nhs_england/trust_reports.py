"""What others report of trusts beside the register: days of new names, and trusts that another took over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.shared.change_events import Handover, add_changes
from orgmap.loaders.compile.shared.compiled import Compiled
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


CLOSE = 3
"""The list gives now the last day of a trust, now the next: so many days apart they mean the same."""


class Acquisition(NamedTuple):
    """One trust that another took over, and the day from which it did."""

    date: str
    acquired: str
    acquirer: str


def add_acquisitions(dataset: Compiled, published: Path, known: set[tuple[str, str]]) -> None:
    """Adds an event for each acquisition in the list whose pair (acquired, acquirer) is not yet `known`.

    A trust that was divided among several on one day is one event. Raises `DataBroken` for a name that no trust has.
    """
    found = [one for one in read_acquisitions(published, _bodies(dataset)) if one[1:] not in known]
    source = ACQUISITIONS
    for day, acquired in sorted({(one.date, one.acquired) for one in found}):
        acquirers = sorted(one.acquirer for one in found if (one.date, one.acquired) == (day, acquired))
        divided = " divided among them;" if len(acquirers) > 1 else ""
        add_changes(
            dataset,
            day,
            [Handover(f"trust:{acquired}", f"trust:{acquirer}") for acquirer in acquirers],
            source,
            kind="function_transfer",
            name=f"trust-{acquired}",
            note=f"acquired;{divided} the successor went on",
        )


def read_acquisitions(published: Path, bodies: dict[str, tuple[str, str]]) -> list[Acquisition]:
    """The list, with the day after the acquired trust's last where its end is known; `bodies`: code → name, end."""
    of_name = {_plain(name): code for code, (name, _) in bodies.items()}
    found = []
    columns = ("acquirer_ods", "acquired_ods", "acquired_name", "succession_date")
    for line, row in read_table(_acquisitions(published), *columns):
        codes = [row["acquired_ods"]]
        if not codes[0]:
            codes = [of_name.get(_plain(name), "") for name in row["acquired_name"].split(";")]
        for code in codes:
            if code not in bodies or row["acquirer_ods"] not in bodies:
                raise DataBroken(
                    f"{_acquisitions(published)}:{line}: no trust “{row['acquired_name']}” is known."
                )
            day, end = row["succession_date"], bodies[code][1]
            if end and abs((date.fromisoformat(day) - date.fromisoformat(end)).days) <= CLOSE:
                day = end
            found.append(Acquisition(day, code, row["acquirer_ods"]))
    return sorted(found)


def _bodies(dataset: Compiled) -> dict[str, tuple[str, str]]:
    """The name and the end of every trust of the dataset by its code."""
    body, name, end = (TABLES["entities"].columns.index(column) for column in ("id", "name", "valid_until"))
    return {row[body].partition(":")[2]: (row[name], row[end]) for row in dataset.rows["entities"]}


def _plain(name: str) -> str:
    return re.sub(r"\bft\b", "foundation trust", name.strip().lower())
