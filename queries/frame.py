"""Answers as pandas tables, for notebooks and bulk work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Turns the rows of an answer into a pandas table, dates as dates; nested parts get dotted columns.

    `rows` is any list that a question returned: bodies, events, relations, crosswalk rows. Open ends
    are NaT.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.body.listing import list_bodies
    >>> with open_store() as store:
    ...     table = frame(list_bodies(store, "integrated_care_board", "2022-07-01")["bodies"])
    >>> len(table), str(table["valid_from"].dt.year.max())
    (42, '2022')
    """
    import pandas as pd

    table = pd.json_normalize(rows)
    for column in table.columns:
        if column.rpartition(".")[2] in ("valid_from", "valid_until", "stated_on", "date", "as_of"):
            table[column] = pd.to_datetime(table[column])
    return table
