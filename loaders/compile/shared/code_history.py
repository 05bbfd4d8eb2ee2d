"""The ONS history of area codes: which code an area had when, under what name, inside which larger area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.model import Period
from orgmap.loaders.published import read_table

CODE_HISTORY = "ons-chd-2024"
"""The source to cite for what this module reads."""


class CodeVersion(NamedTuple):
    """Days on which an area's code, name and parent stayed the same; `valid_until` is exclusive."""

    code: str
    name: str
    valid_from: str
    valid_until: str
    parent: str


class Run(NamedTuple):
    """A value that held from one day until another; a blank `valid_until` is open."""

    value: str
    valid_from: str
    valid_until: str

    def within(self, life: Period | None) -> list[Run]:
        """The part of it that falls into a life, if any does.

        >>> Run("a", "2013-04-01", "").within(Period("2014-04-01", "2015-04-01"))
        [Run(value='a', valid_from='2014-04-01', valid_until='2015-04-01')]
        """
        part = life and life.clip(Period(self.valid_from or None, self.valid_until or None))
        return [Run(self.value, part.valid_from or "", part.valid_until or "")] if part else []


def code_versions(published: Path, area_type: str) -> list[CodeVersion]:
    """Every version of the codes of one type of area (E38, E39, E40 or E54), oldest first.

    The history ends and begins some codes of 2020 on the same 31 March; such one-day versions are
    left out, and an end on 30 March counts as the 31st, so that one code holds on each day.
    """
    versions = []
    for _, row in read_table(_path(published), "entity", "code", "name", "start", "end", "parent"):
        if row["entity"] != area_type or row["start"] == row["end"] == "2020-03-31":
            continue
        last = "2020-03-31" if row["end"] == "2020-03-30" else row["end"]
        until = day_after(last) if last else ""
        versions.append(CodeVersion(row["code"], row["name"], row["start"], until, row["parent"]))
    return sorted(versions, key=lambda version: (version.code, version.valid_from))


def join_runs(runs: Iterable[Run]) -> list[Run]:
    """Runs in order of time, with neighbours of the same value made one.

    >>> join_runs([Run("a", "2019-01-01", "2020-01-01"), Run("a", "2020-01-01", "")])
    [Run(value='a', valid_from='2019-01-01', valid_until='')]
    """
    joined: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.valid_from, run.value)):
        if joined and joined[-1].value == run.value and joined[-1].valid_until == run.valid_from:
            joined[-1] = joined[-1]._replace(valid_until=run.valid_until)
        else:
            joined.append(run)
    return joined


def runs_by(
    found: Iterable[tuple[str, Run]], life: Mapping[str, Period] | None = None
) -> dict[str, list[Run]]:
    """Runs by what they are of, each within that one's life, in order, with neighbours of the same value made one."""
    runs: dict[str, list[Run]] = {}
    for one, run in found:
        runs.setdefault(one, []).extend(run.within(life[one]) if life else [run])
    return {one: join_runs(stretch) for one, stretch in sorted(runs.items()) if stretch}


def _path(published: Path) -> Path:
    return published / "data" / "ons" / "chd" / "chd_areas_selected.csv"
