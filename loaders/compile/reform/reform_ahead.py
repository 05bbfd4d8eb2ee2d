"""What is planned for health bodies and councils: from rows that people wrote, and from who is there today."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.compile.reform.boards_ahead import add_boards, add_ends
from orgmap.loaders.compile.reform.councils_ahead import add_councils
from orgmap.loaders.compile.reform.today import Today
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import lines, places_and_records

PLANS = "reform_ahead/rows/plans"
"""The statements of plans that were written one by one."""


class LeftOut(NamedTuple):
    """A row of the given lists that is no plan: why, and the ids of what has its fact instead."""

    row: str
    reason: str
    where: str = ""


def compile_dataset(published: Path) -> Compiled:
    """The reform ahead: councils, boards and ends; what stands in its folder of rows comes to it as it is."""
    dataset = Compiled("reform_ahead")
    today = Today(published)
    add_councils(dataset, today)
    add_boards(dataset, today)
    add_ends(dataset, today)
    _in_one_place(dataset)
    return dataset


def _in_one_place(dataset: Compiled) -> None:
    """Raises `DataBroken` where a row of the given lists stands in two plans, or in a plan and among those left out."""
    column = TABLES["plans"].columns.index("row")
    seen = {row: "councils.csv" for cells in dataset.rows.get("plans", ()) for row in cells[column].split()}
    written = [(where, row) for where, cells in lines(PLANS) for row in cells["row"].split()]
    left = places_and_records("reform_ahead/left_out", LeftOut, key="row")
    for where, row in [*written, *((where, one.row) for where, one in left)]:
        if row in seen:
            raise DataBroken(f"{where}: “{row}” stands in {seen[row]} too. Take it away in one of the two.")
        seen[row] = where
