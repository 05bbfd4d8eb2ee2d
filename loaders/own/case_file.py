"""Cases of one's own to walk through the structure: a table with a script, a home and a practice in each row."""

from __future__ import annotations

from orgmap.loaders.own.csvreading import Readable
from orgmap.loaders.own.named_rows import NamedRow, named_rows

NEEDED = ("script",)
OPTIONAL = ("case", "resident", "practice", "at", "and", "note")
"""The columns of such a table: what is walked, and whose case it is, where they live, their practice, the days."""

MOST = 1_000
"""So many cases a table may have: each is kept whole until all are walked."""


def read_cases(file: Readable) -> list[NamedRow]:
    """The rows of somebody's own table of cases, in the order of the file; a bad row is kept with its reason.

    Raises `WrongUse` for a file that is no such table.
    """
    return [
        row if row.fault or row.cells["script"] else row._replace(fault=_NO_SCRIPT)
        for row in named_rows(file, NEEDED, OPTIONAL, "case", MOST)
    ]


_NO_SCRIPT = "which case is walked is missing (script)."
