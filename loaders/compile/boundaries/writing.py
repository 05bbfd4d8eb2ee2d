"""Writing the outlines: three small tables, the same bytes for the same outlines."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_tables(
    folder: Path,
    layers: Sequence[tuple[str, ...]],
    areas: Sequence[tuple[str, ...]],
    outlines: Mapping[str, int],
) -> None:
    """Writes layers, areas and outlines into a folder, each file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(str(number), outline) for outline, number in outlines.items()]
    columns = ("layer", "gss", "body", "name", "outline", "joined_from")
    _write(folder / "layers.csv", _table(("layer", "kind", "valid_from", "valid_until", "note"), layers))
    _write(folder / "areas.csv.gz", _packed(_table(columns, sorted(areas))))
    _write(folder / "outlines.csv.gz", _packed(_table(("outline", "rings"), rows)))


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _packed(raw: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
        file.write(raw)
    return packed.getvalue()


def _write(path: Path, raw: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(raw)
    os.replace(beside, path)
