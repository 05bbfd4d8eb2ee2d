"""Workbooks of Excel as publishers hand them out: sheet by sheet as rows of text, never beyond bounds."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import DataBroken, not_installed
from orgmap.loaders.releases.listings import LONGEST, Rows
from orgmap.loaders.releases.opening import HARMLESS, SPOILED, SWELLING, members_of
from orgmap.loaders.releases.texts import unseen

MOST_CELLS = 3_000_000
"""So many cells may a sheet have: the largest published one has a tenth."""

MOST_ROWS = 1 << 20
"""So many rows can a sheet have: what says that it stands further below is damaged."""

LARGEST_WORKBOOK = 128 * 1024 * 1024
"""So many bytes may the parts of a workbook have unpacked."""

_FURTHER_RIGHT = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{4}|[^"']{0,40}&)""")
"""A cell that stands where no sheet has any."""

MARKUP, DECLARES, OTHER_LETTERS = b"<!", re.compile(b"<!(?:DOCTYPE|ENTITY)"), b"\0"
"""What begins a declaration, and what text of another encoding holds: no part of a workbook has them but for harm."""

BLOCK, HEAD = 1 << 20, 512


class Sheet(NamedTuple):
    """One sheet of a workbook: its name and its rows, each with its number."""

    name: str
    rows: Rows


def sheets_of(raw: bytes, label: str) -> Iterator[Sheet]:
    """The sheets of a workbook that hold anything, every row as long as the longest.

    Raises `DataBroken` for a workbook that is damaged, locked, swells beyond bounds or declares entities.
    """
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise not_installed("Excel", "openpyxl", "export") from error
    _checked(raw, label)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
            if rows := _rows(sheet.iter_rows(values_only=True), f"{label} (sheet {sheet.title[:40]})"):
                yield Sheet(sheet.title[:40], rows)
        workbook.close()
    except DataBroken:
        raise
    except Exception as error:  # the reader raises whatever it meets in a damaged part
        raise DataBroken(
            f"{label}: is a damaged workbook ({type(error).__name__}). Fetch it again."
        ) from error


def _checked(raw: bytes, label: str) -> None:
    """Raises `DataBroken` for a workbook that swells beyond bounds or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = members_of(packed, label)
            if sum(one.file_size for one in members) > min(
                LARGEST_WORKBOOK, max(HARMLESS, len(raw) * SWELLING)
            ):
                raise DataBroken(f"{label}: unpacks to more than a workbook can; refused.")
            for one in members:
                if one.filename.endswith((".xml", ".rels")):
                    _checked_part(packed, one, label)
    except DataBroken:
        raise
    except SPOILED as error:
        raise DataBroken(f"{label}: is a damaged workbook ({error}). Fetch it again.") from error


def _checked_part(packed: zipfile.ZipFile, member: zipfile.ZipInfo, label: str) -> None:
    before = b""
    with packed.open(member) as part:
        while block := part.read(BLOCK):
            head = block[:HEAD] if not before else b""
            if MARKUP in head or OTHER_LETTERS in head or DECLARES.search(before + block):
                raise DataBroken(f"{label} ({member.filename[:80]}): declares entities; refused.")
            if _FURTHER_RIGHT.search(before + block):
                raise DataBroken(
                    f"{label} ({member.filename[:80]}): has cells where no sheet has any; refused."
                )
            before = block[-64:]


def _rows(cells: Iterator[tuple[Any, ...]], label: str) -> Rows:
    rows: Rows = []
    seen = width = 0
    for line, row in enumerate(cells, start=1):
        seen += len(row)
        if seen > MOST_CELLS or line > MOST_ROWS:
            raise DataBroken(f"{label}:{line}: has more cells than a list can; refused.")
        text = [_text(cell, f"{label}:{line}") for cell in row]
        while text and not text[-1]:
            text.pop()
        if text:
            rows.append((line, text))
            width = max(width, len(text))
    return [(line, [*text, *[""] * (width - len(text))]) for line, text in rows]


def _text(cell: Any, where: str) -> str:
    """A cell as the same list writes it without a workbook: days as yyyymmdd, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y%m%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    if len(text) > LONGEST:
        raise DataBroken(f"{where}: a cell has more than {LONGEST:,} letters.")
    if unseen(text):
        raise DataBroken(
            f"{where}: holds letters that nobody can see (control characters). Fetch the file again."
        )
    return text
