"""Reading published tables as they are: old encodings, no header, gzip, stray line ends."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken

LARGEST = 600 * 1024 * 1024
"""Bytes a file may have when unpacked; more is taken for a decompression bomb."""


def read_text(path: Path, encoding: str = "utf-8-sig") -> str:
    """A published file's text, unpacked if its name ends in .gz.

    Raises `DataBroken` with the file's name if it is missing, too large or not in that encoding.
    """
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataBroken(f"{path}: cannot be read ({error}).") from error
    if len(raw) > LARGEST:
        raise DataBroken(f"{path}: unpacks to more than {LARGEST:,} bytes; refused.")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataBroken(f"{path}: is not {encoding} text at byte {error.start}.") from error


def read_headless(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of a legacy register file, which has no header, with their line numbers.

    Raises `DataBroken` at the first row that has not as many columns as stated.
    """
    reader = csv.reader(io.StringIO(read_text(path, "cp1252"), newline=""))
    for row in reader:
        if not row:
            continue
        if len(row) != columns:
            raise DataBroken(f"{path}:{reader.line_num}: {len(row)} columns where {columns} are expected.")
        yield reader.line_num, [cell.strip() for cell in row]


def read_table(path: Path, *needed: str, encoding: str = "utf-8-sig") -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a published table with a header, as dictionaries, with their line numbers.

    Raises `DataBroken` if a needed column is missing or a row is longer or shorter than the header.
    """
    reader = csv.reader(io.StringIO(read_text(path, encoding), newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    if missing := [name for name in needed if name not in header]:
        raise DataBroken(f"{path}:1: the columns {', '.join(missing)} are missing.")
    for row in reader:
        if not any(row):
            continue
        if len(row) != len(header):
            raise DataBroken(
                f"{path}:{reader.line_num}: {len(row)} columns where {len(header)} are expected."
            )
        yield reader.line_num, {name: cell.strip() for name, cell in zip(header, row, strict=True)}


@lru_cache(maxsize=50_000)
def compact_day(text: str) -> str:
    """A register's yyyymmdd as an ISO date; blank stays blank.

    >>> compact_day("20130401")
    '2013-04-01'
    """
    if not text:
        return ""
    if len(text) != 8 or not text.isdigit():
        raise DataBroken(f"“{text}” is not a date of the form yyyymmdd.")
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
