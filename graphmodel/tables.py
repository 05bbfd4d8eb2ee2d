"""Every table of the project's own data: its columns, what may stand in them, what they point to.

The declaration is rows: `terms/tables.csv` has one for each table, `terms/columns.csv` one for each column. The
check of the tables, the stores' schemas, the tables of columns in `data/README.md` and the descriptions that
go with every dataset and export are all made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from orgmap.graphmodel import vocabulary
from orgmap.graphmodel.listed import power_words, seat_sorts
from orgmap.graphmodel.model import BASES, DATE_PRECISIONS, STATUSES
from orgmap.graphmodel.observed import measures
from orgmap.graphmodel.plans.cases import outcomes
from orgmap.graphmodel.plans.news import news
from orgmap.graphmodel.term_tables import term_rows

SHARED = "*"
"""The table of `columns.csv` that holds what many tables share: a row with nothing but a name stands for it."""

DIVIDERS = {"": "", "space": " ", ";": "; "}
"""What stands between several words in one cell, by its name in `columns.csv`."""

NUMBERS = ("number", "share")
"""Types that are numbers: any from 0 up, or a part of a whole."""


class Column(NamedTuple):
    """A column: what may stand in it, and what it says.

    `type` is `text`, `id` (of a body: prefix, colon, code), `day`, `number`, `share` (more than 0, up to 1) or `url`.
    A blank cell counts as `default`. `words` names a list of the vocabulary or gives the words; `refers_to` names
    the table whose first column holds what stands here (or one of the mixtures in `loaders.check.cells`);
    `divided_by` is what stands between several.

    >>> TABLES["events"].column("kind").words
    'event_kinds'
    """

    name: str
    type: str
    required: bool
    default: str
    words: str
    refers_to: str
    divided_by: str
    description: str


class Table(NamedTuple):
    """A table: what one row of it is, which columns make a row unique, and its columns in order.

    `columns` are their names, `numbers` the names of those that hold numbers.
    """

    name: str
    description: str
    key: tuple[str, ...]
    declared: tuple[Column, ...]
    columns: tuple[str, ...]
    numbers: tuple[str, ...]

    def column(self, name: str) -> Column:
        """One of its columns; `ValueError` if it has none of that name."""
        return self.declared[self.columns.index(name)]


def _column(cells: list[str]) -> Column:
    name, kind, required, default, words, refers_to, divided_by, description = cells
    return Column(name, kind, required == "yes", default, words, refers_to, DIVIDERS[divided_by], description)


def shared_columns() -> dict[str, Column]:
    """The columns that many tables have alike, by name.

    >>> shared_columns()["valid_from"].type
    'day'
    """
    rows = term_rows("columns.csv")
    return {name: _column([name, *cells]) for table, name, *cells in rows if table == SHARED}


def _declared() -> dict[str, Table]:
    shared, columns = shared_columns(), dict[str, list[Column]]()
    for table, name, *cells in term_rows("columns.csv"):
        if table != SHARED:
            columns.setdefault(table, []).append(_column([name, *cells]) if any(cells) else shared[name])
    return {
        name: _table(name, description, key, tuple(columns[name]))
        for name, key, description in term_rows("tables.csv")
    }


def _table(name: str, description: str, key: str, declared: tuple[Column, ...]) -> Table:
    numbers = tuple(column.name for column in declared if column.type in NUMBERS)
    return Table(
        name, description, tuple(key.split()), declared, tuple(one.name for one in declared), numbers
    )


TABLES = _declared()
"""Every table of `data/`, by name."""

DATES = frozenset(
    column.name for table in TABLES.values() for column in table.declared if column.type == "day"
)
"""Columns that hold a day."""


def words_of(column: Column) -> frozenset[str]:
    """The words that may stand in a column, none if any may; a blank is not among them.

    >>> sorted(words_of(TABLES["sources"].column("verified")))
    ['no', 'yes']
    """
    if column.words in _LISTS:
        return frozenset(_LISTS[column.words]()) - {""}
    return frozenset(column.words.split())


_LISTS: dict[str, Callable[[], Iterable[str]]] = {
    "statuses": lambda: STATUSES,
    "bases": lambda: BASES,
    "precisions": lambda: DATE_PRECISIONS,
    "kinds": vocabulary.kinds,
    "verbs": vocabulary.verbs,
    "event_kinds": vocabulary.event_kinds,
    "news": news,
    "populations": vocabulary.populations,
    "topics": vocabulary.topics,
    "measures": measures,
    "outcomes": outcomes,
    "powers": power_words,
    "seat_sorts": seat_sorts,
}
"""The lists of the vocabulary, by the name that a column gives them."""
