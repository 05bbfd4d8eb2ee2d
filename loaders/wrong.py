"""A fault in the form of a table's file, as it is told to whoever must mend it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Wrong(NamedTuple):
    """A fault in the form of a file: where, what is wrong, and how to mend it."""

    path: Path
    line: int
    said: str
    mend: str
