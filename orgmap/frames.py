"""Adding the answers to a pandas table, or to a file as `orgmap annotate` does, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgmap.csvfiles import Outcome, added_columns, annotate_file
from orgmap.graphmodel.dates import AnyDay, as_text, day_of, month_first, today
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds
from orgmap.queries.coverage import check_day
from orgmap.queries.table.annotate import Annotator

if TYPE_CHECKING:
    import pandas as pd


def annotate(
    store: Store,
    table: pd.DataFrame | str | Path,
    column: str,
    output: str | Path | None,
    at: AnyDay | None,
    at_column: str | None,
    to_day: AnyDay | None,
    kinds: Kinds,
    encoding: str,
) -> pd.DataFrame | Outcome:
    """Adds the answers to a pandas table, or to a CSV file, whose result is written to `output`."""
    if at and at_column:
        raise WrongUse("at is one day for all rows, at_column a day for each: name one of them.")
    if not isinstance(table, str | Path):
        return annotate_frame(store, table, column, at, at_column, to_day, kinds)
    if output is None:
        raise WrongUse("Name the file to write: output='out.csv'.")
    follow = day_of(to_day) if to_day else None
    when = None if at_column else as_text(at) if at else follow or today()
    meant = chosen_kinds(kinds)
    return annotate_file(store, Path(table), Path(output), column, when, at_column, encoding, follow, meant)


def annotate_frame(
    store: Store,
    table: pd.DataFrame,
    column: str,
    at: AnyDay | None = None,
    at_column: str | None = None,
    to_day: AnyDay | None = None,
    kinds: Kinds = None,
) -> pd.DataFrame:
    """A copy of a pandas table with the columns of `annotate` behind its own; its rows, order and index stay.

    What is not known is missing (`pd.NA`), and the column `note` says why. A column of days may hold texts, dates or
    pandas' timestamps. Raises `WrongUse` for a column that there is not, or days with their month first.
    """
    import pandas as pd

    for day in (at, to_day):
        if day:
            check_day(store, day)
    names = [str(name) for name in table.columns]
    for wanted in (column, at_column):
        if wanted is not None and names.count(wanted) != 1:
            there = "no" if wanted not in names else f"{names.count(wanted)}"
            raise WrongUse(f"The table has {there} column “{wanted}”. Columns: {', '.join(names[:20])}.")
    cells = [_text(one) for one in table.iloc[:, names.index(column)]]
    days = [_text(one) for one in table.iloc[:, names.index(at_column)]] if at_column else [""] * len(cells)
    if wrong := next(filter(month_first, days), None):
        raise WrongUse(
            f"“{wrong}” has its month first, so that no day of the column “{at_column}” can be read with its day"
            " first. Write them as 2013-06-30, or turn them into dates first."
        )
    rows = Annotator(store, kinds).rows(
        map(list, zip(cells, days, strict=True)), 0, at, 1 if at_column else None, to_day
    )
    cells_added = [row[2:] for row in rows]
    added = pd.DataFrame(
        cells_added, columns=added_columns(names, day_of(to_day) if to_day else None), index=table.index
    )
    return pd.concat([table, added.astype("string").replace("", pd.NA)], axis=1)


def _text(cell: Any) -> str:
    """A cell as a person would have typed it; one that is missing is blank."""
    import pandas as pd

    if isinstance(cell, str):
        return cell
    if cell is None or pd.isna(cell):
        return ""
    try:
        return as_text(cell)
    except WrongUse:
        return str(cell)
