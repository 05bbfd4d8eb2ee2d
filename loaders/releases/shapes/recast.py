"""Tables that came as something else than text: sheets of a workbook, answers of a server in JSON, as text again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.releases.lists.workbooks import sheets_of
from orgmap.loaders.releases.opening import UnpackedFile, is_workbook

FEATURES = "features"
"""Where an answer of a map server has its rows."""

CELLS = ("attributes", "properties")
"""Where each of these has its cells."""

MORE = "exceededTransferLimit"
"""Says that the server has more rows than it gave."""

SCALARS = (str, int, float, bool, type(None))


def recast(part: UnpackedFile) -> Iterator[UnpackedFile]:
    """The tables in a file, as text: itself, if it is one. A row of JSON bears its number, below the titles.

    Raises `DataBroken` for a damaged workbook, and for an answer that the server cut short.
    """
    if is_workbook(part.raw):
        for sheet in sheets_of(part.raw, part.label):
            above: list[Sequence[object]] = []
            for line, row in sheet.rows:
                above += [()] * (line - 1 - len(above)) + [row]
            yield UnpackedFile(f"{part.label} (sheet {sheet.name})", _written(above))
    elif (rows := _features(part)) is not None:
        yield UnpackedFile(part.label, _written(rows))
    else:
        yield part


def _written(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _features(part: UnpackedFile) -> list[Sequence[object]] | None:
    """The rows of a table in JSON below its titles; None if the file is none."""
    if part.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    try:
        answer = json.loads(part.raw)
    except (ValueError, RecursionError):
        return None
    listed = answer.get(FEATURES) if isinstance(answer, dict) else answer
    if not isinstance(listed, list) or not listed:
        return None
    rows = [_cells(one) for one in listed]
    first = rows[0]
    if not first or any(row is None or row.keys() != first.keys() for row in rows):
        return None
    if isinstance(answer, dict) and (answer.get(MORE) or (answer.get("properties") or {}).get(MORE)):
        raise DataBroken(
            f"{part.label}: has {len(rows):,} rows and says that the server has more ({MORE}): it is cut short. Ask for"
            " the rest as well, or download the whole table as CSV."
        )
    return [[*first], *([row[title] for title in first] for row in rows if row)]


def _cells(row: Any) -> dict[str, Any] | None:
    """The cells of a row by their titles; None if it is no row of a table."""
    if not isinstance(row, dict):
        return None
    inside = next((row[name] for name in CELLS if isinstance(row.get(name), dict)), row)
    return inside if all(isinstance(cell, SCALARS) for cell in inside.values()) else None
