"""Trusts that another trust took over: those that the register's own change log leaves out."""

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

LIST = Path("facts", "reform_2026", "trust_acquisitions_2014_2026.csv")
SOURCE_ID = "rcpch-trust-acquisitions"

CLOSE = 3
"""The list gives now the last day of a trust, now the next: so many days apart they mean the same."""


class Acquisition(NamedTuple):
    """One trust that another took over, and the day from which it did."""

    date: str
    acquired: str
    acquirer: str


def add_acquisitions(dataset: Compiled, published: Path, told: set[tuple[str, str]]) -> None:
    """Adds an event for each acquisition in the list whose pair (acquired, acquirer) is not yet `told`.

    A trust that was divided among several on one day is one event. Raises `DataBroken` for a name that no trust has.
    """
    found = [one for one in read_acquisitions(published, _bodies(dataset)) if one[1:] not in told]
    source = SOURCE_ID
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
    for line, row in read_table(published / LIST, *columns):
        codes = [row["acquired_ods"]]
        if not codes[0]:
            codes = [of_name.get(_plain(name), "") for name in row["acquired_name"].split(";")]
        for code in codes:
            if code not in bodies or row["acquirer_ods"] not in bodies:
                raise DataBroken(f"{published / LIST}:{line}: no trust “{row['acquired_name']}” is known.")
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
